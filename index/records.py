"""The records of the search floor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from corpus.records import Article, Document, Language, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may be found; None means all."""

    documents: Collection[str] | None = None
    """Only these ids; unknown ones are ignored."""
    languages: Collection[Language] | None = None
    publishers: Collection[str] | None = None
    """Only articles of exactly these publishers."""
    published: tuple[date | None, date | None] | None = None
    """Only articles of this range of days, both ends included, None for an open end."""


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Located:
    """A document and the place that it was read from."""

    document: Document
    origin: str
    """Absolute path or address; where another text was read there before, this one takes its place."""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of an article: kept, shown with the quotes that were cut from it, but no longer searched."""

    document_id: str
    successor: str
    """Id of the current version."""
    replaced: datetime
    """When the successor took its place (UTC)."""
    article: Article
    length: int
    """Characters."""


@dataclass(frozen=True, slots=True)
class Match:
    """One concept of the question found in a passage: what `--explain` shows."""

    query: str
    """Surface form in the question."""
    term: str
    """Term found in the passage; differs from `query` where a translation, a lemma or a value bridged them."""
    channel: str
    """How the two meet: "word", "translation", "pinyin", "value", "glossary"."""
    weight: float
    """Share of this concept in the lexical score, 0 or more."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that a search found, best first."""

    document_id: str
    chunk_id: str
    span: Span
    """Where the passage stands in the document's text."""
    text: str
    """`span.cut(document.text)`, unchanged."""
    language: Language
    article: Article
    score: float
    """Fused score, higher is better; comparable within one search only. Where a reranker changed the order, each place
    keeps its score."""
    rank: int
    """From 1."""
    signals: dict[str, float] = field(default_factory=dict)
    """Score of each channel, comparable across searches of one index: "lexical"; "dense", a cosine on the scale of the
    embedded default; "title" and "closeness" of leading ones (see `closeness`); "rerank" where one was read again."""
    matches: tuple[Match, ...] = ()
    """Filled when the search is asked to explain."""
    family: str = ""
    """The same for all articles that are wire copy or reprints of one text; they count as one source."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and what it had to do without."""

    passages: list[Passage]
    """Best first."""
    remarks: tuple[str, ...] = ()
    """One line for each model that could not be used."""
