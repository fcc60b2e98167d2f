"""Chunks: whole sentences packed into the units of search."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from corpus.languages import detect_language
from corpus.records import Chunk, Document, Kind, Sentence, Span
from corpus.sentences import split_sentences
from corpus.settings import ChunkingSettings

_LINE_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


_NEARLY_EMPTY = 0.35
"""A chunk less full than this takes paragraphs from the one before it."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Sentences of one paragraph, with the headings that stand above it."""

    sentences: tuple[Sentence, ...]
    weights: tuple[float, ...]
    """Share of a full chunk that each sentence takes, the gap before it included; above 0."""
    gap: float = 0.0
    """Share of a full chunk that the white space before the paragraph takes."""

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
        for group in _packed(_paragraphs(document.text, run, settings), settings):
            chunks.append(_chunk(document, len(chunks), group))
    return chunks


def _chunk(document: Document, ordinal: int, group: list[_Paragraph]) -> Chunk:
    span = Span(group[0].sentences[0].span.start, group[-1].sentences[-1].span.end)
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
    starts = [0] + [
        number
        for number in range(1, len(run))
        if run[number - 1].kind is not Kind.HEADING and _border(text, run[number - 1], run[number])
    ]
    gaps = [0, *(after.span.start - before.span.end for before, after in pairwise(run))]
    paragraphs = []
    for start, end in pairwise([*starts, len(run)]):
        sentences = tuple(run[start:end])
        inner = [0, *gaps[start + 1 : end]]
        weights = ((len(s.span) + gap) / full[s.language] for s, gap in zip(sentences, inner, strict=True))
        paragraphs.append(_Paragraph(sentences, tuple(weights), gaps[start] / full[sentences[0].language]))
    return paragraphs


def _border(text: str, before: Sentence, after: Sentence) -> bool:
    """Whether a paragraph ends between two sentences."""
    if after.kind is Kind.HEADING or after.kind is not before.kind:
        return True
    return _LINE_BREAK.search(text, before.span.end, after.span.start) is not None


def _packed(paragraphs: list[_Paragraph], settings: ChunkingSettings) -> list[list[_Paragraph]]:
    """The paragraphs of each chunk of a run, in order."""
    groups: list[list[_Paragraph]] = []
    weight = math.inf
    for paragraph in chain.from_iterable(map(_even_parts, paragraphs)):
        section = paragraph.has_heading and weight >= settings.section_share
        if section or weight + paragraph.gap + paragraph.weight > 1:
            groups.append([])
            weight = -paragraph.gap
        groups[-1].append(paragraph)
        weight += paragraph.gap + paragraph.weight
    for before, group in pairwise(groups):
        _fill_up(before, group)
    return groups


def _fill_up(before: list[_Paragraph], group: list[_Paragraph]) -> None:
    """Move paragraphs from the end of a full group to the nearly empty one after it."""
    while len(before) > 1 and not group[0].has_heading:
        moved = before[-1].weight + group[0].gap
        rest, filled = sum(p.weight for p in before[:-1]), sum(p.weight for p in group)
        if filled >= _NEARLY_EMPTY or filled + moved > min(1.0, rest):
            return
        group.insert(0, before.pop())


def _even_parts(paragraph: _Paragraph) -> list[_Paragraph]:
    """A paragraph in as few parts as fit into chunks, all about as long; headings stay with what follows them."""
    count = math.ceil(max(1.0, paragraph.weight))
    parts = _parts(paragraph, paragraph.weight / count)
    return parts if len(parts) <= count else _parts(paragraph, paragraph.weight / len(parts))


def _parts(paragraph: _Paragraph, share: float) -> list[_Paragraph]:
    """A paragraph cut before the sentences that would make a part fuller than a chunk, or much fuller than `share`."""
    starts = [0]
    weight = 0.0
    for number, size in enumerate(paragraph.weights):
        headed = number > 0 and paragraph.sentences[number - 1].kind is Kind.HEADING and weight <= 0.5
        if number > starts[-1] and not headed and (weight + size > 1 or weight + size / 2 > share):
            starts.append(number)
            weight = 0.0
        weight += size
    borders = [*starts, len(paragraph.sentences)]
    gaps = [paragraph.gap] + [0.0] * len(starts)
    return [
        _Paragraph(paragraph.sentences[start:end], paragraph.weights[start:end], gap)
        for (start, end), gap in zip(pairwise(borders), gaps, strict=False)
    ]
