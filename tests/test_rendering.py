import html
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Answer, ArticleEntry, Quote, Status
from assistant.rendering import quotes_html, safe, shown_date, talk_html
from assistant.web.reader import marked_html, parse_quotes, reader_html
from assistant.web.tables import matching, ordered, result_html, table_html
from corpus.records import Article, Document, Place, Span

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/a.png)",
    "${alert(1)} {{constructor}} `code`",
    "\u202egnp.exe\u202c\u2066",
]
ALLOWED = {"section", "div", "h2", "h3", "p", "button", "a", "span", "svg", "path", "article", "blockquote", "br", "b"}


class Tags(HTMLParser):
    """Collects tags and attributes of a piece of HTML."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def _answer(text="Over 40 mills [1].", quoted="Over 40 mills turn.", title="Mills", question="How many?", **more):
    article = Article(title=title, language="en", publisher="The Miller", published=date(2024, 3, 1))
    place = Place("paragraph", 12, more.pop("heading", ""))
    gloss = more.pop("gloss", "")
    quote = Quote(1, quoted, "0123456789abcdef", Span(3, 3 + len(quoted)), article, "en", gloss, place)
    values = {"status": Status.ANSWERED, "confidence": 0.9, "suggestions": ("And the rest?",)} | more
    return Answer(question=question, language="en", text=text, short="over 40", quotes=(quote,), **values)


@given(st.text())
def test_safe_text_holds_no_markup_and_reads_the_same(raw):
    escaped = safe(raw)
    assert not set(escaped) & set("<>\"'`*_[](){}$\\")
    visible = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", raw)
    assert html.unescape(escaped) == re.sub("[\ud800-\udfff]", "\ufffd", visible)


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("place", ["text", "quoted", "title", "question", "gloss", "heading"])
def test_hostile_text_is_only_text_wherever_it_stands(evil, place):
    answer = _answer(**{place: evil})
    shown = talk_html([answer], "en") + quotes_html([answer], "zh", date(2026, 1, 1))
    tags = Tags(shown)
    assert tags.tags <= ALLOWED
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    assert all(value.startswith("#quote-") for name, value in tags.attributes if name == "href")
    assert "${" not in shown
    assert "{{" not in shown
    assert not set(shown) & set("\u202e\u202c\u2066")


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_titles_and_names_in_tables(evil):
    entry = ArticleEntry("0123456789abcdef", Article(title=evil, language="en", publisher=evil, source=evil), 10)
    shown = table_html([entry], "", "title", False, "en") + result_html([(evil, "refused", evil)], "zh", evil)
    tags = Tags(shown)
    assert not tags.tags & {"script", "img", "a"}
    assert tags.tags & {"svg"} == set()
    assert not [name for name, _ in tags.attributes if name.startswith("on")]


def test_marks_of_known_quotes_become_links_and_other_brackets_stay():
    shown = talk_html([_answer(text="Over 40 [1], see [2] and [note].")], "en")
    assert Tags(shown).attributes.count(("href", "#quote-1-1")) == 1
    assert "#quote-1-2" not in shown
    assert html.unescape(re.sub("<[^>]+>", "", shown)).count("see [2] and [note].") == 1


def test_only_the_last_turn_can_be_undone_and_offers_more():
    shown = talk_html([_answer(), _answer()], "en")
    assert shown.count('data-act="undo"') == 1
    assert shown.count('data-act="ask"') == 1
    assert shown.count('data-act="retry"') == 2


def test_a_card_tells_the_place_in_the_page_s_language():
    answer = _answer(heading="Costs")
    assert "paragraph 12 below “Costs”" in html.unescape(quotes_html([answer], "en"))
    assert "“Costs”之下第12段" in html.unescape(quotes_html([answer], "zh"))
    assert "paragraph 12 below “Costs”" in answer.to_markdown()


def test_a_gloss_is_marked_as_the_machine_s():
    assert "Word by word, by machine" in html.unescape(quotes_html([_answer(gloss="mill · turn")], "en"))
    assert "machine" not in quotes_html([_answer()], "en")


def test_an_empty_talk_welcomes_and_an_empty_collection_says_so():
    assert "Who mills?" in html.unescape(talk_html([], "en", ["Who mills?"]))
    assert "no articles" in html.unescape(talk_html([], "en", None))


@pytest.mark.parametrize(
    ("language", "today", "shown"),
    [
        ("en", None, "1 March 2024"),
        ("zh", None, "2024年3月1日"),
        ("en", date(2024, 3, 2), "1 March 2024 (1 day ago)"),
        ("zh", date(2026, 3, 2), "2024年3月1日（2年前）"),
        ("en", date(2024, 1, 1), "1 March 2024"),
    ],
)
def test_dates_are_written_as_the_language_does(language, today, shown):
    assert shown_date(date(2024, 3, 1), language, today) == shown


def _marked(shown, number):
    pieces = re.findall(r'<mark data-numbers="([\d ]+)"[^>]*>(.*?)</mark>', shown, re.DOTALL)
    return html.unescape(
        "".join(re.sub("<[^>]+>", "", piece) for numbers, piece in pieces if str(number) in numbers.split())
    )


@given(st.text(alphabet="ab# <&中文。\n", min_size=1, max_size=60), st.data())
def test_marked_characters_are_the_quotes_characters_even_where_they_overlap(text, data):
    spans = [sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))))) for _ in range(3)]
    marks = [(number, Span(*span)) for number, span in enumerate(spans, 1)]
    shown = marked_html(text, marks, current=1)
    assert html.unescape(re.sub("<[^>]+>", "", shown)) == text
    for number, span in marks:
        assert _marked(shown, number) == span.cut(text)


def test_the_reader_shows_metadata_and_ignores_quotes_outside_of_the_text():
    text = "# Mills\n\nOver 40 mills turn. <b>They</b> rest."
    document = Document.create(text, Article(title="Mills", language="en", publisher="The Miller", url="javascript:x"))
    shown = reader_html(document, [(1, Span(9, 28)), (2, Span(20, 900))], 1, "zh", date(2026, 1, 1))
    assert _marked(shown, 1) == text[9:28]
    assert 'data-numbers="2"' not in shown
    assert "<b>" not in shown
    assert "href" not in shown


def test_a_very_long_article_is_cut_around_its_quote():
    text = "x" * 500_000 + "Over 40 mills turn." + "y" * 500_000
    document = Document.create(text, Article(title="Long", language="en"))
    shown = reader_html(document, [(1, Span(500_000, 500_019))], 1, "en", date(2026, 1, 1))
    assert len(shown) < 250_000
    assert _marked(shown, 1) == "Over 40 mills turn."


@pytest.mark.parametrize("listed", ["", "x", "1:5-2", "1:-3-4", "1:1-2;2:3-4", "1:1-99999999999"])
def test_quotes_of_another_form_are_left_out(listed):
    assert parse_quotes(listed) == []


def test_quotes_are_read():
    assert parse_quotes("1:5-9,2:0-3") == [(1, Span(5, 9)), (2, Span(0, 3))]


def _entries():
    return [
        ArticleEntry("b", Article(title="Über Mills", language="en", published=date(2024, 1, 1)), 30),
        ArticleEntry("a", Article(title="水车", language="zh", publisher="磨坊报"), 20),
    ]


def test_articles_are_found_whatever_width_and_case():
    assert [entry.document_id for entry in matching(_entries(), "ÜBER ２０２４")] == ["b"]
    assert [entry.document_id for entry in matching(_entries(), "磨坊")] == ["a"]
    assert matching(_entries(), "nothing") == []


@pytest.mark.parametrize(("column", "first"), [("title", "a"), ("length", "b"), ("published", "b"), ("other", "a")])
def test_articles_are_sorted(column, first):
    assert ordered(_entries(), column, descending=True)[0].document_id == first
