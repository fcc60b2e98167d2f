"""Spans held to the type that was asked for: a share is answered by a share, whole, with its bound and unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from assistant.extraction import Candidate
from assistant.records import AnswerType, Evidence, Question
from corpus.quantities import Quantity, find_dates, find_quantities
from corpus.records import Span

_KINDS: dict[AnswerType, frozenset[str]] = {
    AnswerType.SHARE: frozenset({"share"}),
    AnswerType.MONEY: frozenset({"money"}),
    AnswerType.COUNT: frozenset({"number", "measure", "fold"}),
    AnswerType.NUMBER: frozenset({"number", "measure", "money", "fold", "share", "period"}),
    AnswerType.RATIO: frozenset({"ratio", "fold", "share"}),
    AnswerType.PERIOD: frozenset({"period"}),
    AnswerType.CHANGE: frozenset({"share", "points", "fold", "money", "number"}),
}
"""Kinds of quantities that answer a type of question."""

_DEMANDING = frozenset({AnswerType.SHARE, AnswerType.MONEY, AnswerType.RATIO, AnswerType.PERIOD, AnswerType.DATE})
"""Types that only a sentence with such a value can answer."""

_GROWTH = re.compile(
    r"\b(?:gr[eo]w|grown|growth|r[io]se|risen|increased?|decreased?|fall|fell|fallen|drop|dropped|climb|climbed|jump)\b"
    r"|\b(?:up by|bigger|smaller|faster|how fast|more than (?:before|the year)|change)\b"
    r"|增长|增幅|增速|涨|上升|提高|扩大"
    r"|下降|下滑|降幅|减少",
    re.I,
)
_DOLLARS = re.compile(r"\b(?:us )?dollars?\b|us\$|美元|美金", re.I)
_YUAN = re.compile(r"\byuan\b|\brmb\b|人民币|[亿万]元|(?<![美欧日港])元")
_NOUN_REACH = 24
"""Characters behind a number in which the counted noun is looked for."""


def fit_candidates(
    question: Question, evidence: Sequence[Evidence], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """The candidates that hold a value of the asked type, each grown to the whole value; all where none does.

    Args:
        question: As analysed.
        evidence: Holds the keys of the candidates.
        candidates: Best first.
    """
    if question.answer_type not in _KINDS and question.answer_type is not AnswerType.DATE:
        return list(candidates)
    by_key = {item.key: item for item in evidence}
    fitting: dict[tuple[str, Span], Candidate] = {}
    values: dict[str, list[Span]] = {}
    for candidate in candidates:
        item = by_key[candidate.key]
        if candidate.key not in values:
            values[candidate.key] = list(_values(question, item.text, item.article.published))
        own = Span(candidate.span.start - item.sentence.span.start, candidate.span.end - item.sentence.span.start)
        met = [value for value in values[candidate.key] if value.overlaps(own)]
        if len(met) == 1:
            span = Span(item.sentence.span.start + met[0].start, item.sentence.span.start + met[0].end)
            grown = Candidate(candidate.key, met[0].cut(item.text), span, candidate.score)
            fitting.setdefault((candidate.key, span), grown)
    return list(fitting.values()) or list(candidates)


def fitting_evidence(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences with a value of the asked kind, where the question asks for such a one and any has it; else all."""
    if question.answer_type not in _DEMANDING:
        return evidence
    return [item for item in evidence if any(_values(question, item.text, item.article.published))] or evidence


def _values(question: Question, text: str, reference: date | None) -> Iterator[Span]:
    """Spans of the values in a sentence that are of the asked type and do not stand in the question itself."""
    if question.answer_type in (AnswerType.DATE, AnswerType.PERIOD):
        for day in find_dates(text, None, reference):
            if day.span.cut(text) not in question.standalone:
                yield day.span
    kinds = _KINDS.get(question.answer_type, frozenset())
    fitting = [
        quantity
        for quantity in find_quantities(text)
        if quantity.kind in kinds and not _is_given(quantity, text, question.standalone)
    ]
    for preferred in _preferences(question, text):
        fitting = [quantity for quantity in fitting if preferred(quantity)] or fitting
    yield from (quantity.span for quantity in fitting)


def _preferences(question: Question, text: str) -> Iterator[Callable[[Quantity], bool]]:
    """What tells the asked value from others in its sentence, the strongest first."""
    asked = question.standalone
    if _DOLLARS.search(asked):
        yield lambda quantity: quantity.currency == "USD"
    elif _YUAN.search(asked):
        yield lambda quantity: quantity.currency == "CNY"
    growth = question.answer_type is AnswerType.CHANGE or bool(_GROWTH.search(asked))
    yield lambda quantity: (quantity.change is not None) == growth
    noun = question.focus.lower().split()[-1].removesuffix("s") if question.focus.strip() else ""
    if noun:
        yield lambda quantity: noun in text[quantity.span.end : quantity.span.end + _NOUN_REACH].lower()


def _is_given(quantity: Quantity, text: str, question: str) -> bool:
    """Whether the question itself names the number, so that it can't be the answer."""
    written = quantity.span.cut(text)
    return len(written) > 1 and written in question
