"""Other articles on the same point: which agree with an answer, and which give an incompatible value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.extraction import Candidate
from assistant.records import Evidence
from corpus.quantities import (
    DateSpan,
    Quantity,
    comparable,
    compatible,
    find_dates,
    find_quantities,
    same_date,
    same_value,
)
from corpus.records import Span
from index.scripts import fold

LEAST_SHARE_OF_EVIDENCE = 0.55
"""Score of a sentence, as a share of the chosen one's, from which it speaks to the same point."""
LEAST_SHARE_OF_SPAN = 0.35
"""The same for the span inside it."""
LEAST_SHARE_OF_WORDS = 0.5
"""Share of what the chosen sentence meets of the question that one must meet to count a named thing differently."""
MOST_WORDS = 0.9
"""The same to give another value of any other kind, where no noun tells what it is of."""
LEAST_NEAR = 0.15
"""How much farther from the question a sentence may be that contradicts the chosen one (cosine)."""
FARTHEST = 10
"""Values further apart than so many times are of different things."""
MOST_AGREEING = 2
"""Agreeing articles cited beside the chosen one."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What other articles say to the same point."""

    agreeing: tuple[str, ...]
    """Keys of evidence in other articles that gives the same value, best first; wire copy and reprints left out."""
    conflicting: tuple[Candidate, ...]
    """One span for each incompatible value, best first."""


def compare_articles(chosen: Candidate, candidates: Sequence[Candidate], evidence: Sequence[Evidence]) -> Agreement:
    """Agreement and conflict of other articles with a chosen answer.

    Args:
        chosen: The answer's span.
        candidates: All spans, best first.
        evidence: All sentences; holds the keys of the spans.
    """
    by_key = {item.key: item for item in evidence}
    own = by_key[chosen.key]
    agreeing: list[str] = []
    conflicting: list[Candidate] = []
    seen = {own.document_id}
    sources, texts = {own.source}, {_bare(own.text)}
    for candidate in candidates:
        item = by_key[candidate.key]
        if item.document_id in seen:
            continue
        if _on_the_point(candidate, item, chosen, own) and agrees(
            chosen.text, candidate.text, own.article.published, item.article.published
        ):
            seen.add(item.document_id)
            if item.source not in sources and _bare(item.text) not in texts and len(agreeing) < MOST_AGREEING:
                agreeing.append(item.key)
                sources.add(item.source)
                texts.add(_bare(item.text))
        elif _contradicts(chosen, own, candidate, item):
            seen.add(item.document_id)
            if not any(agrees(candidate.text, other.text, None, None) for other in conflicting):
                conflicting.append(candidate)
    return Agreement(tuple(agreeing), tuple(conflicting))


def agrees(first: str, second: str, first_day: date | None, second_day: date | None) -> bool:
    """Whether two short answers say the same: equal values, equal dates, or the same words."""
    one, two = _values(first), _values(second)
    if one and two:
        return any(same_value(a, b) for a in one for b in two)
    days, other_days = find_dates(first, None, first_day), find_dates(second, None, second_day)
    if days and other_days:
        return any(same_date(a, b) for a in days for b in other_days)
    bare, other = _bare(first), _bare(second)
    return bool(bare) and (bare == other or (min(len(bare), len(other)) >= 4 and (bare in other or other in bare)))


def _on_the_point(candidate: Candidate, item: Evidence, chosen: Candidate, own: Evidence) -> bool:
    return item.score >= LEAST_SHARE_OF_EVIDENCE * own.score and candidate.score >= LEAST_SHARE_OF_SPAN * chosen.score


def _same_subject(item: Evidence, own: Evidence, least: float) -> bool:
    """Whether a sentence meets the same parts of the question as the chosen one, and is as near to it in meaning.

    The learned score does not tell: it is made to prefer one of two sentences that say the same.
    """
    met, wanted = ({word.asked for word in one.matched} for one in (item, own))
    shared = sum(any(word.overlaps(other) for other in met) for word in wanted)
    near = item.signals.get("nearness", 0.0) >= own.signals.get("nearness", 0.0) - LEAST_NEAR
    return near and shared >= least * len(wanted)


def _contradicts(chosen: Candidate, own: Evidence, candidate: Candidate, item: Evidence) -> bool:
    """Whether two spans give values of one kind that can't both be true, for the same subject, time and scope.

    Two different counts of the same named thing ("over 230 countries", "233 countries") are told apart even where a
    bound would allow both: the reader gets the better figure, and who says what.
    """
    one, two = _quantity(own, chosen), _quantity(item, candidate)
    if one is None or two is None or not comparable(one, two) or not _alike(one, two):
        return False
    counted = one.kind == "number"
    if not _same_subject(item, own, LEAST_SHARE_OF_WORDS if counted else MOST_WORDS):
        return False
    if counted and (one.unit != two.unit or not one.unit):
        return False
    if compatible(one, two) and not (counted and (one.low, one.high) != (two.low, two.high)):
        return False
    if (one.change is None) != (two.change is None) or one.basis != two.basis:
        return False
    return _same_time(_time(own, chosen), _time(item, candidate))


def _quantity(item: Evidence, candidate: Candidate) -> Quantity | None:
    """The quantity that a span holds, read in its sentence, where its counted noun stands."""
    start = candidate.span.start - item.sentence.span.start
    span = Span(start, start + len(candidate.span))
    return next((q for q in find_quantities(item.text) if q.kind != "ordinal" and q.span.overlaps(span)), None)


def _alike(one: Quantity, two: Quantity) -> bool:
    """Whether two values are of one order."""
    small, large = sorted((abs(one.low), abs(two.low)))
    return large <= FARTHEST * small


def _values(text: str) -> list[Quantity]:
    return [quantity for quantity in find_quantities(text) if quantity.kind != "ordinal"]


def _time(item: Evidence, candidate: Candidate) -> DateSpan | None:
    """The time that a value is of: the last date before it in its sentence, else the first behind it."""
    start = candidate.span.start - item.sentence.span.start
    days = [day for day in find_dates(item.text, None, item.article.published) if day.anchored]
    before = [day for day in days if day.span.end <= start]
    behind = [day for day in days if day.span.start >= start + len(candidate.span)]
    return before[-1] if before else behind[0] if behind else None


def _same_time(one: DateSpan | None, two: DateSpan | None) -> bool:
    """Whether two values can be of the same time: one names none, or they name the same stretch."""
    return one is None or two is None or same_date(one, two)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text).lower())
