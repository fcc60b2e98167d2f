"""Chunks: whole sentences packed into the units of search."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.languages import detect_language
from corpus.records import Chunk, Document, Kind, Sentence, Span
from corpus.sentences import split_sentences
from corpus.settings import ChunkingSettings

_LINE_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Sentences of one paragraph, with the headings that stand above it."""

    sentences: tuple[Sentence, ...]
    weights: tuple[float, ...]
    """Share of a full chunk that each sentence takes, the gap before it included; above 0."""

    @property
    def weight(self) -> float:
        return math.fsum(self.weights)

    @property
    def has_heading(self) -> bool:
        return self.sentences[0].kind is Kind.HEADING


def chunk_document(document: Document, settings: ChunkingSettings = ChunkingSettings()) -> list[Chunk]:  # noqa: B008
    """The chunks of a document, in order.

    Whole paragraphs are packed together until a chunk is full; a paragraph that is too long for one chunk is cut
    between sentences into even parts; headings go with what follows them.

    Laws: chunks are ordered and disjoint, `text` is `span.cut(document.text)`, every sentence that is not boilerplate
    lies in exactly one chunk, and no boilerplate sentence in any. A sentence longer than a chunk is a chunk of its own.

    Args:
        document: The document to cut.
        settings: How full a chunk becomes in each language.
    """
    chunks: list[Chunk] = []
    for run in _runs(split_sentences(document.text, document.boilerplate)):
        for sentences in _packed(_paragraphs(document.text, run, settings), settings):
            chunks.append(_chunk(document, len(chunks), sentences))
    return chunks


def _chunk(document: Document, ordinal: int, sentences: list[Sentence]) -> Chunk:
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    text = span.cut(document.text)
    return Chunk(f"{document.id}:{ordinal}", document.id, ordinal, span, detect_language(text), text)


def _runs(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences with no boilerplate between them."""
    run: list[Sentence] = []
    for sentence in sentences:
        if sentence.kind is not Kind.BOILERPLATE:
            run.append(sentence)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _paragraphs(text: str, run: list[Sentence], settings: ChunkingSettings) -> list[_Paragraph]:
    """The paragraphs of a run; headings are glued to the paragraph after them."""
    full = {"en": settings.english_characters, "zh": settings.chinese_characters}
    paragraphs: list[_Paragraph] = []
    sentences: list[Sentence] = []
    weights: list[float] = []
    for sentence in run:
        previous = sentences[-1] if sentences else None
        if previous is not None and previous.kind is not Kind.HEADING and _border(text, previous, sentence):
            paragraphs.append(_Paragraph(tuple(sentences), tuple(weights)))
            sentences, weights, previous = [], [], None
        gap = 0 if previous is None else sentence.span.start - previous.span.end
        sentences.append(sentence)
        weights.append((len(sentence.span) + gap) / full[sentence.language])
    paragraphs.append(_Paragraph(tuple(sentences), tuple(weights)))
    return paragraphs


def _border(text: str, before: Sentence, after: Sentence) -> bool:
    """Whether a paragraph ends between two sentences."""
    if after.kind is Kind.HEADING or after.kind is not before.kind:
        return True
    return _LINE_BREAK.search(text, before.span.end, after.span.start) is not None


def _packed(paragraphs: list[_Paragraph], settings: ChunkingSettings) -> Iterator[list[Sentence]]:
    """The sentences of each chunk of a run."""
    packed: list[Sentence] = []
    weight = 0.0
    for paragraph in paragraphs:
        section = paragraph.has_heading and weight >= settings.section_share
        if packed and (section or weight + paragraph.weight > 1):
            yield packed
            packed, weight = [], 0.0
        *filled, rest = _even_parts(paragraph)
        yield from filled
        if filled:
            packed, weight = rest, paragraph.weight / (len(filled) + 1)
        else:
            packed, weight = [*packed, *rest], weight + paragraph.weight
    if packed:
        yield packed


def _even_parts(paragraph: _Paragraph) -> list[list[Sentence]]:
    """A paragraph in as few parts as fit into chunks, all about as long; none ends with a heading before the last."""
    share = paragraph.weight / math.ceil(max(1.0, paragraph.weight))
    parts: list[list[Sentence]] = [[]]
    weight = 0.0
    for sentence, size in zip(paragraph.sentences, paragraph.weights, strict=True):
        headed = bool(parts[-1]) and parts[-1][-1].kind is Kind.HEADING
        if parts[-1] and not headed and (weight + size > 1 or weight + size / 2 > share):
            parts.append([])
            weight = 0.0
        parts[-1].append(sentence)
        weight += size
    return parts
