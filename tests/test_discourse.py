"""Sentences that do not answer alone: the one beside them is told as well."""

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.analysis import analyse
from assistant.discourse import listed_first
from assistant.reading import focus_head
from assistant.records import Evidence, MetWord
from corpus.records import Article, Kind, Sentence, Span

ARTICLES = {
    "en": (
        "Port of Orsa",
        "The port of Orsa is building a warehouse. It is meant to hold grain that comes down the river in autumn.\n\n"
        "Mara Quist runs a workshop at the quay. She designs lamps for the lighthouse of Orsa.\n\n"
        "Ships are fewer and the harbour silts up. As a result, the fees of the port of Orsa have risen.\n\n"
        "The port of Orsa wants to agree with the lighthouse office on rules for pilots. The fields of the rules are:\n\n"
        "- night signals\n- salvage\n- tow ropes",
    ),
    "zh": (
        "白石镇码头",
        "白石镇码头要和航道局商定领航的规则。要商定的方面包括：\n\n- 夜间信号\n- 打捞\n- 拖缆\n\n"
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


def test_who_she_is_stands_in_the_sentence_before(shelf):
    answer = shelf.ask("Who designs lamps for the lighthouse of Orsa?")
    assert answer.short == "Mara Quist"
    assert "She designs lamps" in " ".join(quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("In which fields does the port of Orsa want to agree with the lighthouse office on rules?", "salvage"),
        ("白石镇码头要在哪些方面和航道局商定规则？", "打捞"),
    ],
)
def test_a_list_of_what_is_asked_for_goes_before_the_sentence_that_leads_to_it(shelf, question, told):
    assert told in shelf.ask(question).quotes[0].text


def test_a_list_changes_places_with_the_sentence_before_it_only_where_its_introduction_names_what_is_asked_for():
    question = analyse("In which fields will they agree on rules?")
    head = focus_head(question)
    lead = sentence("S1", 0.5, "They will agree on rules.", 0)
    listed = sentence("S2", 0.1, "The fields are:\n\n- salvage\n- signals", 26)
    naming = replace(listed, matched=(MetWord(Span(4, 10), 0.3, head),))
    assert [(item.key, item.score) for item in listed_first(question, [lead, naming])] == [
        ("S2", 0.5),
        ("S1", pytest.approx(1 / 11)),
    ]
    assert list(listed_first(question, [lead, listed])) == [lead, listed]
    assert list(listed_first(analyse("Who will agree on rules?"), [lead, naming])) == [lead, naming]


def sentence(key, score, text, start):
    where = Sentence(Span(start, start + len(text)), Kind.PROSE, "en")
    return Evidence(key, "d", where, text, Article("", "en"), score)


def test_a_sentence_that_tells_something_stands_alone(shelf):
    answer = shelf.ask("Is the port of Orsa building a warehouse?")
    assert "grain" not in answer.text


def test_a_list_of_as_many_things_as_are_asked_for_answers(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(
            "# The harbour plan\n\nMara Quist of the Harbour and Trade Commission of Orsa presented the reform on Monday.\n\n"
            "Quist named three fields of work besides:\n\n- new cranes;\n- longer quays;\n- lower fees.\n\n"
            "Two guests praised it:\n\n- Ada Lund;\n- Ines Moll.\n"
        )
        answer = opened.ask("What are the three fields named by Mara Quist?")
    assert all(part in answer.text for part in ("new cranes", "longer quays", "lower fees"))
