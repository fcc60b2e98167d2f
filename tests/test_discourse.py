"""Sentences that do not answer alone: the one beside them is told as well."""

import pytest

ARTICLES = {
    "en": (
        "Port of Orsa",
        "The port of Orsa is building a warehouse. It is meant to hold grain that comes down the river in autumn.\n\n"
        "Mara Quist runs a workshop at the quay. She designs lamps for the lighthouse of Orsa.\n\n"
        "Ships are fewer and the harbour silts up. As a result, the fees of the port of Orsa have risen.",
    ),
    "zh": (
        "白石镇码头",
        "白石镇码头正在建一座仓库。它用来存放秋天沿河运来的粮食。\n\n船越来越少，港口泥沙淤积。因此，白石镇码头的收费上涨了。",
    ),
}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the warehouse that the port of Orsa is building for?", "grain"),
        ("Why have the fees of the port of Orsa risen?", "silts up"),
        ("Who designs lamps for the lighthouse of Orsa?", "Mara Quist"),
        ("白石镇码头正在建的仓库是做什么用的？", "粮食"),
        ("白石镇码头的收费为什么上涨了？", "淤积"),
    ],
)
def test_the_sentence_beside_completes_the_answer(shelf, question, told):
    answer = shelf.ask(question)
    assert told in answer.text
    assert any(told in quote.text for quote in answer.quotes)


def test_a_sentence_that_tells_something_stands_alone(shelf):
    answer = shelf.ask("Is the port of Orsa building a warehouse?")
    assert "grain" not in answer.text
