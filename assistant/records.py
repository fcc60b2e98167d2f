"""The records of an answer, one type per stage: Question -> Evidence -> Draft -> Answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

from assistant.markdown import escape_markdown
from assistant.texts import place_text
from corpus.metadata import article_from_dict, article_to_dict
from corpus.records import Article, Language, Place, Sentence, Span
from index.scripts import simplify

ANSWER_SCHEMA = "yiju.answer/1"
_simplified = lru_cache(maxsize=4096)(simplify)


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
    OVERVIEW = "overview"
    """What is told of a topic, no one thing."""


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One article of a collection, without its text."""

    document_id: str
    article: Article
    length: int
    """Characters of the text."""


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
    """Rewritten so that it needs no earlier turn, in Simplified characters, which all rules for questions read."""
    language: Language
    answer_type: AnswerType
    focus: str = ""
    """The noun that the answer counts or names ("booths" in "How many booths ..."); empty where none was seen."""
    entities: tuple[str, ...] = ()
    """Names as they stand in the question, in order."""
    years: tuple[int, ...] = ()
    """Years that the question names, in order."""
    comparison: bool = False
    """Whether it compares, or asks for the most or the least of something."""


_ALL_NAMES = 0.9
"""Share of a question's names from which a sentence has them all: a translated one counts so much."""
_LEAST_MET = 0.02
"""Share of the question's weight from which a word counts as the question's own."""


@dataclass(frozen=True, slots=True)
class MetWord:
    """A word of a sentence that meets a part of the question."""

    span: Span
    """In the sentence's text."""
    share: float
    """Of the question's weight that it meets, 0 to 1."""
    asked: Span
    """The part of `Question.standalone` that it meets, in whichever language."""

    @property
    def is_of_question(self) -> bool:
        """Whether it meets enough of the question to count as the question's own."""
        return self.share > _LEAST_MET


@dataclass(frozen=True, slots=True)
class WordScore:
    """How likely an answer begins with a word of a sentence, ends with it, and holds it, in log-odds."""

    span: Span
    """In the sentence's text."""
    begins: float
    ends: float
    inside: float


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
    matched: tuple[MetWord, ...] = ()
    """Words of `text` that meet the question, in order."""
    reading: tuple[WordScore, ...] = ()
    """Words of `text` as the reader sees them, in order; empty where the sentence got no second look."""
    family: str = ""
    """As `Passage.family`; empty where the article stands for itself."""

    @property
    def simplified(self) -> str:
        """`text` as rules read it, in Simplified characters; same length."""
        return _simplified(self.text)

    @property
    def is_of_names(self) -> bool:
        """Whether it, with what stands around it, has the names that the question asks about, and that has any."""
        return self.signals.get("entities_context", -1.0) >= _ALL_NAMES

    @property
    def is_of_others(self) -> bool:
        """Whether it lacks, with what stands around it, names that the question asks about."""
        return -1.0 < self.signals.get("entities_context", -1.0) < _ALL_NAMES

    @property
    def source(self) -> str:
        """Who speaks: one name for an article and its reprints."""
        return self.family or self.document_id


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a draft and the evidence keys that it stands on (at least one)."""

    text: str
    keys: tuple[str, ...]
    short: str = ""
    """The bare answer inside `text`; empty where the whole text is the answer."""
    adds: bool = False
    """Whether it only adds to the claim before it, which holds the bare answer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answerer says before quoting has checked it."""

    status: Status
    claims: tuple[Claim, ...]
    confidence: float
    """Chance in [0, 1] that the articles answer the question and the claims are right."""
    note: str = ""
    """A line for the reader, such as why a chat model was not used; empty where there is none."""
    see_also: tuple[str, ...] = ()
    """Keys of sentences that are nearly as likely to tell the answer, where only one proves it."""


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
    place: Place | None = None
    """Page or paragraph of the quote's beginning; None where it was exported before places were told."""
    translation: str = ""
    """By a chat model, its numbers checked, in place of the gloss; never part of the quote."""


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

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, described in the README under "JSON"; `from_dict` gives back an equal answer."""
        return {
            "schema": ANSWER_SCHEMA,
            "question": self.question,
            "language": self.language,
            "status": self.status.value,
            "text": self.text,
            "short": self.short,
            "quotes": [_quote_to_dict(quote) for quote in self.quotes],
            "confidence": self.confidence,
            "suggestions": list(self.suggestions),
            "trace": list(self.trace),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """The answer that `to_dict` wrote.

        Raises:
            ValueError: `data` has another schema or lacks a field.
        """
        if data.get("schema") != ANSWER_SCHEMA:
            raise ValueError(f"not an answer: schema is {data.get('schema')!r}, expected {ANSWER_SCHEMA!r}")
        try:
            return cls(
                question=data["question"],
                language=data["language"],
                status=Status(data["status"]),
                text=data["text"],
                short=data["short"],
                quotes=tuple(_quote_from_dict(quote) for quote in data["quotes"]),
                confidence=data["confidence"],
                suggestions=tuple(data["suggestions"]),
                trace=tuple(data["trace"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not an answer: {error!r}") from error

    def to_markdown(self) -> str:
        """Question, answer and numbered quotes with their sources, as Markdown; article text is escaped."""
        lines = [f"**{escape_markdown(self.question)}**", "", self.text]
        for quote in self.quotes:
            article = quote.article
            published = article.published.isoformat() if article.published else ""
            parts = (article.publisher, article.title, published, place_text(quote.place, self.language))
            source = ", ".join(escape_markdown(part) for part in parts if part)
            text = escape_markdown(" ".join(quote.text.split()))
            lines += [
                "",
                f"[{quote.number}] > {text}",
                f"— {source} ({quote.document_id}:{quote.span.start}-{quote.span.end})",
            ]
            if quote.gloss:
                lines.append(f"(gloss: {escape_markdown(quote.gloss)})")
            if quote.translation:
                lines.append(f"(machine translation: {escape_markdown(quote.translation)})")
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Event:
    """What `Assistant.stream` yields: steps, then pieces of the text, then the whole answer."""

    kind: Literal["step", "text", "answer"]
    text: str = ""
    """Name of the step, or the next characters of the answer's text."""
    answer: Answer | None = None
    """Set on the last event only."""


def _quote_to_dict(quote: Quote) -> dict[str, Any]:
    return {
        "number": quote.number,
        "text": quote.text,
        "document_id": quote.document_id,
        "span": [quote.span.start, quote.span.end],
        "article": article_to_dict(quote.article),
        "language": quote.language,
        "gloss": quote.gloss,
        "place": asdict(quote.place) if quote.place else None,
        "translation": quote.translation,
    }


def _quote_from_dict(data: Mapping[str, Any]) -> Quote:
    start, end = data["span"]
    place = Place(**data["place"]) if data.get("place") else None
    article = article_from_dict(data["article"])
    return Quote(**{**data, "span": Span(start, end), "article": article, "place": place})
