"""The records of the top floor: what a system said, how it was scored, and a whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from evals.examples import Example

SCHEMA = "yiju.evals/2"

ResponseStatus = Literal["answered", "conflict", "not_found", "chat"]


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote as a system gave it; what it did not tell is None or empty."""

    text: str
    document_id: str = ""
    start: int | None = None
    """Offset of the first character in the document's text."""
    end: int | None = None
    source: str = ""
    """File name of the article."""
    title: str = ""
    language: str = ""
    before: str = ""
    """Characters of the article just before the quote, for the report."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What a system under test said to one question."""

    text: str
    short: str = ""
    """The bare answer; the whole text where the system knows no such thing."""
    status: ResponseStatus = "answered"
    quotes: tuple[CitedQuote, ...] = ()
    confidence: float | None = None
    """In [0, 1]; None where the system states none."""
    trace: tuple[Mapping[str, Any], ...] = ()
    ranking: tuple[str, ...] = ()
    """File names of the articles that were searched out, best first, each once; empty where the system tells none."""

    @property
    def refused(self) -> bool:
        """Whether the system declined to answer."""
        return self.status in ("not_found", "chat")


class Reason(NamedTuple):
    """Why a question was scored so."""

    key: str
    """What it is about; reports say it in the reader's language."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One question with its answer and scores."""

    example: Example
    response: Response
    direction: str
    """Language of the question -> language of the gold articles, such as `zh->en`."""
    scores: dict[str, float | None]
    """Each in [0, 1] unless its metric says otherwise; None where the question could not be scored on it."""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """All records of one system over one set, in the set's order."""

    set_name: str
    system: str
    records: tuple[Record, ...]
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall time of each question by example id: apart from the records, because it is never the same twice."""
    about: dict[str, Any] = field(default_factory=dict)
    """Filled configuration, versions, digest of the collection, date."""
