"""Where a reader finds a quote: page, or paragraph below a heading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.texts import place_text
from corpus.places import find_place
from corpus.reading import read_text
from corpus.records import Article, Document, Place, Span

TEXT = """# The new hall

The hall opened on Friday. Traders came from thirty countries.

## What it cost

The city paid 40 million yuan.

- Stone came from the hills.
- Glass came by train.

No tax was raised for it.
"""


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Traders came", Place("paragraph", 1)),
        ("The city paid", Place("paragraph", 2, "What it cost")),
        ("Glass came", Place("paragraph", 4, "What it cost")),
        ("No tax", Place("paragraph", 5, "What it cost")),
    ],
)
def test_paragraphs_are_counted_below_their_heading(words, place):
    document = read_text(TEXT)
    assert find_place(document, document.text.index(words)) == place


def test_boilerplate_is_no_paragraph():
    text = "Home | News\n\nThe hall opened on Friday."
    document = Document.create(text, Article("Hall", "en"), (Span(0, 11),))
    assert find_place(document, 13) == Place("paragraph", 1)


@given(st.lists(st.integers(0, 99), min_size=1, unique=True).map(sorted), st.integers(0, 99))
def test_a_page_is_the_last_that_begins_before(starts, offset):
    document = Document.create("x" * 100, Article("x", "en"), pages=(0, *starts))
    number = find_place(document, offset).number
    assert document.pages[number - 1] <= offset
    assert number == len(document.pages) or offset < document.pages[number]


@given(st.text(alphabet="ab 。.\n#-一", max_size=80), st.integers(0, 80))
def test_any_text_has_a_place(text, offset):
    place = find_place(Document.create(text, Article("x", "en")), min(offset, len(text)))
    assert place.number >= 1


def test_places_are_told_in_the_readers_language():
    assert place_text(Place("page", 3), "en") == "page 3"
    assert place_text(Place("page", 3), "zh") == "第3页"
    assert place_text(Place("paragraph", 12, "Costs"), "en") == "paragraph 12 below “Costs”"
    assert place_text(Place("paragraph", 12), "zh") == "第12段"
    assert place_text(None, "en") == ""
