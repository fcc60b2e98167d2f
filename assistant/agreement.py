"""Other articles on the same point: which agree with an answer, and which give an incompatible value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.contradicting import contradictions
from assistant.extraction import Candidate
from assistant.records import Evidence
from assistant.slots import Encode
from corpus.quantities import Quantity, find_dates, find_quantities, same_date, same_value
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


def compare_articles(
    chosen: Candidate, candidates: Sequence[Candidate], evidence: Sequence[Evidence], encode: Encode
) -> Agreement:
    """Agreement and conflict of other articles with a chosen answer.

    Args:
        chosen: The answer's span.
        candidates: All spans, best first.
        evidence: All sentences; holds the keys of the spans.
        encode: Bilingual encoder, texts to unit rows; tells how like each other two sentences are.
    """
    by_key = {item.key: item for item in evidence}
    own = by_key[chosen.key]
    agreeing: list[str] = []
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
    others = [item for item in evidence if item.document_id not in seen and item.source != own.source]
    conflicting: list[Candidate] = []
    for candidate in contradictions(chosen, own, candidates, others, encode):
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


def _values(text: str) -> list[Quantity]:
    return [quantity for quantity in find_quantities(text) if quantity.kind != "ordinal"]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text).lower())
