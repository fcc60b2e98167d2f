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
from index.scripts import fold

LEAST_SHARE_OF_EVIDENCE = 0.55
"""Score of a sentence, as a share of the chosen one's, from which it speaks to the same point."""
LEAST_SHARE_OF_SPAN = 0.35
"""The same for the span inside it."""
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
        if item.document_id in seen or not _on_the_point(candidate, item, chosen, own):
            continue
        if agrees(chosen.text, candidate.text, own.article.published, item.article.published):
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


def _contradicts(chosen: Candidate, own: Evidence, candidate: Candidate, item: Evidence) -> bool:
    """Whether two spans give values of one kind that can't both be true, for the same time and scope."""
    one, two = _values(chosen.text), _values(candidate.text)
    if not one or not two or not comparable(one[0], two[0]) or compatible(one[0], two[0]):
        return False
    if (one[0].change is None) != (two[0].change is None) or one[0].basis != two[0].basis:
        return False
    return _same_time(_times(own, chosen), _times(item, candidate))


def _values(text: str) -> list[Quantity]:
    return [quantity for quantity in find_quantities(text) if quantity.kind != "ordinal"]


def _times(item: Evidence, candidate: Candidate) -> list[DateSpan]:
    """Dates of a sentence outside the span of the answer."""
    start = candidate.span.start - item.sentence.span.start
    rest = item.text[:start] + " … " + item.text[start + len(candidate.span) :]
    return [day for day in find_dates(rest, None, item.article.published) if day.anchored]


def _same_time(one: Sequence[DateSpan], two: Sequence[DateSpan]) -> bool:
    """Whether two sentences can speak of the same time: one names none, or they share a stretch."""
    return not one or not two or any(a.start < b.end and b.start < a.end for a in one for b in two)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text).lower())
