from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from corpus.chunking import chunk_document
from corpus.records import Article, Document, Kind, Span
from corpus.sentences import split_sentences
from corpus.settings import ChunkingSettings

SMALL = ChunkingSettings(english_characters=100, chinese_characters=40)
PARTS = st.sampled_from(
    ["The market grew. ", "Buyers came from afar and stayed.\n", "\n\n", "# Stalls\n", "Short title\n\n", "- one item\n", "义乌的市场很大。", "他说：“来吧！”", "\r\n", "word ", " " * 50, "\x00"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PARTS, max_size=40).map("".join))


def document(text: str, *boilerplate: Span) -> Document:
    return Document.create(text, Article(title="A title", language="en"), tuple(boilerplate))


@settings(max_examples=200, deadline=None)
@given(
    TEXTS,
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=2),
    st.sampled_from([SMALL, ChunkingSettings()]),
)
def test_chunks_hold_every_sentence_once(text, marks, chunking):
    doc = document(text, *(Span(start, start + length) for start, length in marks))
    sentences = split_sentences(doc.text, doc.boilerplate)
    chunks = chunk_document(doc, chunking)
    position = 0
    for ordinal, chunk in enumerate(chunks):
        assert chunk.id == f"{doc.id}:{ordinal}"
        assert (chunk.document_id, chunk.ordinal) == (doc.id, ordinal)
        assert chunk.text == chunk.span.cut(doc.text) == chunk.text.strip()
        assert position <= chunk.span.start
        position = chunk.span.end
    for sentence in sentences:
        holders = [chunk for chunk in chunks if chunk.span.overlaps(sentence.span)]
        if sentence.kind is Kind.BOILERPLATE:
            assert not holders
        else:
            assert len(holders) == 1
            assert holders[0].span.contains(sentence.span)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_chunks_are_no_fuller_than_asked(text):
    doc = document(text)
    sentences = split_sentences(text)
    for chunk in chunk_document(doc, SMALL):
        inside = [s for s in sentences if chunk.span.contains(s.span) and s.kind is not Kind.HEADING]
        weight = sum(len(s.span) / (40 if s.language == "zh" else 100) for s in inside)
        assert weight <= 1 or len(inside) == 1


def test_paragraph_borders_are_preferred():
    first = "The hall opened early. Its stalls sold pens and toys."
    second = "Buyers came by train. They stayed for a week in town."
    assert [chunk.text for chunk in chunk_document(document(f"{first}\n\n{second}"), SMALL)] == [first, second]
    assert len(chunk_document(document(f"{first}\n\n{second}"))) == 1


def test_a_long_paragraph_is_cut_evenly():
    text = " ".join(f"Sentence number {i} tells of trade." for i in range(7))
    lengths = [len(chunk.span) for chunk in chunk_document(document(text), SMALL)]
    assert len(lengths) > 2
    assert max(lengths) <= 100
    assert min(lengths) >= 33


def test_the_last_chunk_is_not_nearly_empty():
    paragraph = "Stalls sold pens, toys and lamps."
    lengths = [
        len(chunk.span) for chunk in chunk_document(document("\n\n".join([paragraph] * 4 + ["They closed."])), SMALL)
    ]
    assert lengths == [68, 82]


def test_headings_go_with_what_follows():
    text = "# Old stalls\n\nThey sold pens to the whole town for years.\n\n# New halls\n\nThey sell toys to the whole wide world today."
    assert [chunk.text.splitlines()[0] for chunk in chunk_document(document(text), SMALL)] == [
        "# Old stalls",
        "# New halls",
    ]


def test_boilerplate_breaks_a_chunk_and_is_in_none():
    text = "The hall opened early.\nPhoto: nobody\nIts stalls sold pens."
    start = text.index("Photo")
    chunks = chunk_document(document(text, Span(start, start + 13)))
    assert [chunk.text for chunk in chunks] == ["The hall opened early.", "Its stalls sold pens."]


def test_text_without_prose_still_has_chunks():
    assert [chunk.text for chunk in chunk_document(document("- pens\n- toys"))] == ["- pens\n- toys"]
    assert [chunk.text for chunk in chunk_document(document("Only a title"))] == ["Only a title"]
    assert chunk_document(document(" \n")) == []


def test_headings_without_text_fill_chunks_too():
    chunks = chunk_document(document("\n\n".join(f"# Heading number {i}" for i in range(60))), SMALL)
    assert len(chunks) > 5
    assert all(len(chunk.span) < 200 for chunk in chunks)


def test_language_of_a_chunk():
    chunks = chunk_document(
        document(
            "义乌的市场很大，商人来自世界各地，他们都喜欢这里的小商品，也喜欢这里的人。\n\n" + "The hall is big. " * 5
        ),
        SMALL,
    )
    assert [chunk.language for chunk in chunks] == ["zh", "en"]


def test_settings_know_their_names_and_ranges():
    with pytest.raises(ValidationError):
        ChunkingSettings(size=3)  # type: ignore[call-arg]
    with pytest.raises(ValidationError):
        ChunkingSettings(english_characters=0)
    assert all(field.description for field in ChunkingSettings.model_fields.values())
