"""Sentences of a text, with exact offsets into the unchanged text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.languages import count_han, count_latin_words, detect_language
from corpus.layout import find_blocks, read_lines
from corpus.records import Document, Kind, Language, Sentence, Span
from corpus.sentence_ends import cut_sentences

_MARKER = re.compile(r"\s*(?:#{1,6}\s+|[-*+•●○▪■◆·‣–—]\s+|[•●▪◆■]|\(?\d{1,3}[.)）、．]\s*(?!\d)|[①-⑳]\s*)")


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a document with its place in it."""

    sentence: Sentence
    number: int
    """Position among the document's sentences, from 0."""
    text: str
    """As it stands in the article, without the mark of a list item or heading."""
    offset: int
    """Offset of `text` in the document."""
    before: int
    """Position of what it is read after: the sentence before, of an item what stands before its list; -1 for none."""


def split_sentences(text: str, boilerplate: Sequence[Span] = ()) -> list[Sentence]:
    """The sentences, headings and list items of `text`, in order.

    Laws: the spans are ordered and disjoint, begin and end with no white space, and every character that is not white
    space lies in exactly one of them. No sentence crosses a border of `boilerplate`. Takes time linear in the text.

    Args:
        text: Any text; line ends of any kind.
        boilerplate: Parts that are no evidence, ordered and disjoint; their sentences are of kind `BOILERPLATE`.
    """
    main = detect_language(text)
    sentences: list[Sentence] = []
    for start, end, marked in _parts(len(text), boilerplate):
        pieces = _boilerplate_lines(text, start, end) if marked else _sentences(text, start, end)
        sentences.extend(Sentence(span, _language(span.cut(text), main), kind) for span, kind in pieces)
    return sentences


def content_span(text: str, sentence: Sentence) -> Span:
    """The span of a sentence without the "- ", "1. " or "# " that marks it as list item or heading, for showing."""
    if sentence.kind not in (Kind.LIST_ITEM, Kind.HEADING):
        return sentence.span
    marker = _MARKER.match(text, sentence.span.start, sentence.span.end)
    if marker is None or marker.end() >= sentence.span.end:
        return sentence.span
    return Span(marker.end(), sentence.span.end)


@lru_cache(maxsize=1024)
def read_document(document: Document) -> tuple[ReadSentence, ...]:
    """The sentences of a document that may be evidence or context, in order; boilerplate is left out."""
    found: list[ReadSentence] = []
    for sentence in split_sentences(document.text, document.boilerplate):
        if sentence.kind is Kind.BOILERPLATE:
            continue
        span = content_span(document.text, sentence)
        in_list = bool(found) and sentence.kind is found[-1].sentence.kind is Kind.LIST_ITEM
        before = max(0, found[-1].before) if in_list else len(found) - 1
        found.append(ReadSentence(sentence, len(found), span.cut(document.text), span.start, before))
    return tuple(found)


def context_before(document: Document, number: int) -> ReadSentence | None:
    """What a sentence is read after (`ReadSentence.before`); None where nothing stands before it.

    Args:
        document: Any.
        number: Of the sentence, as `read_document` counts.
    """
    sentences = read_document(document)
    before = sentences[number].before
    return sentences[before] if before >= 0 else None


def _parts(length: int, boilerplate: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """The text in order, cut at the borders of the boilerplate: start, end, whether it is boilerplate."""
    position = 0
    for span in sorted(boilerplate):
        start, end = max(position, span.start), min(length, span.end)
        if start >= end:
            continue
        if position < start:
            yield position, start, False
        yield start, end, True
        position = end
    if position < length:
        yield position, length, False


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[Span, Kind]]:
    for block in find_blocks(text, start, end):
        pieces = list(cut_sentences(text, block.span.start, block.span.end))
        kind = Kind.PROSE if block.kind is Kind.HEADING and len(pieces) > 1 else block.kind
        for first, last in pieces:
            yield Span(first, last), kind


def _boilerplate_lines(text: str, start: int, end: int) -> Iterator[tuple[Span, Kind]]:
    for line in read_lines(text, start, end):
        for first, last in cut_sentences(text, line.span.start, line.span.end):
            yield Span(first, last), Kind.BOILERPLATE


def _language(piece: str, main: Language) -> Language:
    """The language of a sentence; that of the whole text where the sentence has no words."""
    han = count_han(piece)
    words = 0 if han and han * 2 > len(piece) else count_latin_words(piece)
    if not han and not words:
        return main
    return "zh" if han and han >= words else "en"
