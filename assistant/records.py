"""The records of an answer, one type per stage: Question -> Evidence -> Draft -> Answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from corpus.records import Article, Language, Sentence, Span


class Status(StrEnum):
    """What an answer is."""

    ANSWERED = "answered"
    CONFLICT = "conflict"
    """The articles give incompatible values; all are shown."""
    NOT_FOUND = "not_found"
    """The articles do not tell."""
    CHAT = "chat"
    """No question about the articles: a greeting, thanks, or a question about the assistant."""


class AnswerType(StrEnum):
    """What kind of thing a question asks for."""

    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    COUNT = "count"
    RATIO = "ratio"
    CHANGE = "change"
    DATE = "date"
    PERIOD = "period"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"
    MEANS = "means"
    LIST = "list"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str
    standalone: str = ""
    """The question as it was understood then; empty where unknown."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as analysed: what every later stage reads."""

    text: str
    """As asked."""
    standalone: str
    """Rewritten so that it needs no earlier turn; equal to `text` where nothing was missing."""
    language: Language
    answer_type: AnswerType
    focus: str = ""
    """The noun that the answer counts or names ("booths" in "How many booths ..."); empty where none was seen."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may prove an answer, scored."""

    key: str
    """`S1`, `S2`, ... within one answer; the only thing an answerer may point with."""
    document_id: str
    sentence: Sentence
    text: str
    """`sentence.span.cut(document.text)`, unchanged."""
    article: Article
    score: float
    """Higher is better; calibrated per language to [0, 1] as the chance that the sentence proves the answer."""
    signals: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a draft and the evidence keys that it stands on (at least one)."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answerer says before quoting has checked it."""

    status: Status
    claims: tuple[Claim, ...]
    confidence: float
    """Chance in [0, 1] that the articles answer the question and the claims are right."""
    note: str = ""
    """A line for the reader, such as why a chat model was not used; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact characters of an article. Made by `assistant.quoting` only."""

    number: int
    """As cited in the answer's text, from 1."""
    text: str
    """`span.cut(document.text)`: checked when made and when reloaded."""
    document_id: str
    span: Span
    article: Article
    language: Language
    gloss: str = ""
    """Word-by-word help for readers of the other language; never part of the quote."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got."""

    question: str
    language: Language
    status: Status
    text: str
    """Short; cites quotes as `[1]`, `[2]`."""
    short: str
    """The bare answer without marks and framing ("over 88 percent"); empty when not found."""
    quotes: tuple[Quote, ...]
    confidence: float
    suggestions: tuple[str, ...] = ()
    """Questions that the articles do answer, for the reader to go on with."""
    trace: tuple[dict[str, Any], ...] = ()
    """One entry per stage: what it chose and why, as plain data."""
