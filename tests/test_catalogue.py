"""Questions about the articles themselves are answered from what is known of them, with a quote of each."""

import pytest

from assistant import Assistant, Status
from corpus.reading import read_text

ARTICLES = (
    ("Cranes for Ningbo", "en", "Harbour Post", "2024-03-01", "Jane Roe", "The port of Ningbo bought 14 cranes."),
    ("A lighthouse", "en", "Coast Daily", "2024-06-02", "", "The lighthouse is 42 metres tall. Nobody lives there."),
    ("港口添置起重机", "zh", "海港报", "2024-09-03", "", "宁波的港口新增了27台起重机。负责人说，业务量增长了一倍。"),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    with Assistant.open(tmp_path_factory.mktemp("catalogue"), bundled=False) as opened:
        opened.collection.add(
            [
                read_text(
                    text, name=f"{title}.txt", title=title, language=language, publisher=publisher,
                    published=published, **({"author": author} if author else {}),
                )
                for title, language, publisher, published, author, text in ARTICLES
            ]
        )  # fmt: skip
        yield opened


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("Which articles mention Ningbo?", ["Cranes for Ningbo", "港口添置起重机"], ["A lighthouse"]),
        ("哪些文章提到了宁波？", ["Cranes for Ningbo", "港口添置起重机"], ["A lighthouse"]),
        ("Which articles are about the lighthouse?", ["A lighthouse", "2024-06-02"], ["Ningbo"]),
        ("When was the article about the tall lighthouse published?", ["2024-06-02"], ["2024-03-01"]),
        ("关于灯塔的文章是什么时候发表的？", ["2024-06-02"], ["2024-09-03"]),
        ("Who wrote the article on cranes?", ["Jane Roe", "2024-03-01"], ["Coast Daily"]),
        ("谁写了关于灯塔的文章？", ["Coast Daily"], ["Jane Roe"]),
    ],
)
def test_articles_are_told_with_a_quote(shelf, question, told, left_out):
    answer = shelf.ask(question)
    assert answer.status is Status.ANSWERED
    assert all(part in answer.text for part in told), answer.text
    assert not any(part in answer.text for part in left_out), answer.text
    assert answer.trace[0]["stage"] == "catalogue"
    assert all(f"[{quote.number}]" in answer.text for quote in answer.quotes)
    assert all(quote.span.cut(shelf.document(quote.document_id).text) == quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    "question", ["Which articles mention Antananarivo?", "How many cranes did the port of Ningbo buy?"]
)
def test_what_no_article_speaks_of_is_left_to_the_search(shelf, question):
    assert all(stage["stage"] != "catalogue" for stage in shelf.ask(question).trace)


@pytest.mark.parametrize("question", ["How many articles do you have?", "一共有多少篇文章？"])
def test_articles_are_counted(shelf, question):
    answer = shelf.ask(question)
    assert answer.status is Status.CHAT
    assert all(number in answer.text for number in "312")
