"""The records of the ground floor: frozen, made once, never changed by a later stage.

All offsets are half-open, count Python characters (Unicode code points), and point into the whole, unchanged
`Document.text`, never into a chunk.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters `[start, end)`.

    Raises:
        ValueError: `start` is negative or `end` lies before `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """The characters of `text` in this span."""
        return text[self.start : self.end]

    def moved(self, offset: int) -> Span:
        """The span in a text where what it was cut from begins at an offset."""
        return Span(self.start + offset, self.end + offset)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Report:
    """The publication that an article reports on: what it was written from."""

    title: str
    publisher: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What is known about an article besides its text."""

    title: str
    """Headline; the file's name where no headline was found."""
    language: Language
    """Main language of the text."""
    publisher: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""
    source: str = ""
    """Where the text came from: a file name or an address; never used to open anything."""
    reports: tuple[Report, ...] = ()
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader finds something in the original article."""

    unit: Literal["page", "paragraph"]
    number: int
    """From 1. Pages are counted as they come in the file; paragraphs without headings, list items included."""
    heading: str = ""
    """The nearest heading above, where the article's pages are not known; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article's unchanging text, its metadata, and the parts of the text that are no evidence."""

    id: str
    """First 16 hexadecimal digits of the SHA-256 of the text: the same text is the same document."""
    text: str
    article: Article
    boilerplate: tuple[Span, ...] = ()
    """Navigation, bylines, permission notices and the like: ordered, disjoint, kept in the text, never quoted."""
    pages: tuple[int, ...] = ()
    """Offset at which each page of the original begins, in order; empty where the original has no pages."""

    @classmethod
    def create(
        cls, text: str, article: Article, boilerplate: tuple[Span, ...] = (), pages: tuple[int, ...] = ()
    ) -> Document:
        """The document of a text; the only place where documents are made from new text."""
        return cls(text_digest(text), text, article, boilerplate, pages)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a part of one, that was not read, and why; the rest goes on."""

    source: str
    """Name relative to the given folder, with forward slashes."""
    reason: str
    """One line: what was wrong."""
    help: str = ""
    """One line: what is allowed or how to mend it; may be empty."""
    url: str = ""
    """Address where the article stands instead; empty where none is known."""


def text_digest(text: str) -> str:
    """First 16 hexadecimal digits of the SHA-256 of `text` (UTF-8, lone surrogates kept)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Kind(StrEnum):
    """What a sentence is in its article."""

    PROSE = "prose"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item of a document, without surrounding white space."""

    span: Span
    language: Language
    kind: Kind = Kind.PROSE


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one document: the unit of search (never of quoting)."""

    id: str
    """`<document id>:<ordinal>`."""
    document_id: str
    ordinal: int
    """Position among the chunks of its document, from 0."""
    span: Span
    language: Language
    text: str
    """`span.cut(document.text)`, unchanged."""
