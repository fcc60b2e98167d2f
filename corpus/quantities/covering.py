"""Whether every number and date of a claim stands in its quotes: by value, across languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.quantities.comparing import comparable, same_date, value_key
from corpus.quantities.dates import find_dates
from corpus.quantities.finding import find_quantities
from corpus.quantities.records import DateSpan, Quantity

_SIDES = {
    "over": "up",
    "at_least": "up",
    "nearly": "down",
    "under": "down",
    "at_most": "down",
    "about": "about",
    "exact": "exact",
}


@dataclass(frozen=True, slots=True)
class _Known:
    """What one quote says in numbers."""

    quantities: list[Quantity]
    dates: list[DateSpan]


def covers_numbers(claim: str, quotes: Sequence[str], references: Sequence[date | None] | None = None) -> list[str]:
    """The numbers and dates of `claim`, as written there, that stand in none of the quotes; empty if all do.

    Values are compared, not strings, with their bounds (超过88% stands in "over 88 percent", 88% alone does not),
    direction of change, currency and unit. A year stands in every date of that year. `references`, one for each quote,
    are the days they were published, and tell which year their "last December" means. Citation marks are no numbers.
    """
    quantities, dates = find_quantities(claim), find_dates(claim)
    if not quantities and not dates:
        return []
    days = references if references is not None else [None] * len(quotes)
    known = [_Known(find_quantities(quote), _both_ways(quote, day)) for quote, day in zip(quotes, days, strict=True)]
    missing = [q.span for q in quantities if not any(_states(q, k) for k in known) and not _said_loosely(q, quotes)]
    missing += [d.span for d in dates if not any(_dates(d, k.dates) for k in known)]
    return [span.cut(claim) for span in sorted(missing)]


def _both_ways(quote: str, reference: date | None) -> list[DateSpan]:
    """The dates of a quote as they stand, and as its day of publication completes them."""
    return find_dates(quote) + (find_dates(quote, None, reference) if reference is not None else [])


_LOOSE = {
    ("number", 1): re.compile(r"\b(?:an?|one|single|once)\b|一|单|首", re.IGNORECASE),
    ("number", 2): re.compile(r"\b(?:both|pair|couple|twice|either)\b|两|双|二", re.IGNORECASE),
    ("ordinal", 1): re.compile(
        r"\b(?:first|earliest|debut|leading|top|front|initial)\b|首|初|第一|最先|最早", re.IGNORECASE
    ),
    ("ordinal", 2): re.compile(r"\b(?:second|another|again|next|following)\b|第二|次|另|再", re.IGNORECASE),
}
"""How texts say one, two, first and second without a number."""


def _said_loosely(claimed: Quantity, quotes: Sequence[str]) -> bool:
    """Whether a one or a two of things or units is said in other words: "a mile", 一英里, "both"."""
    kind = "number" if claimed.kind in ("period", "measure") else claimed.kind
    if claimed.low != claimed.high or claimed.bound not in ("exact", "about") or claimed.low.denominator != 1:
        return False
    pattern = _LOOSE.get((kind, claimed.low.numerator))
    return pattern is not None and any(pattern.search(quote) for quote in quotes)


def _states(claimed: Quantity, known: _Known) -> bool:
    if any(_supports(quoted, claimed) for quoted in known.quantities):
        return True
    if claimed.low == claimed.high or claimed.kind in ("ratio", "ordinal"):
        return False
    ends = [q.low for q in known.quantities if q.low == q.high and comparable(q, claimed)]
    return claimed.low in ends and claimed.high in ends


def _supports(quoted: Quantity, claimed: Quantity) -> bool:
    """Whether a quoted quantity says what the claim says: the same value, and nothing that the claim adds."""
    if claimed.change and quoted.change and claimed.change != quoted.change:
        return False
    if _SIDES[quoted.bound] != _SIDES[claimed.bound]:
        return False
    if quoted.kind == claimed.kind == "number":
        return (quoted.low, quoted.high) == (claimed.low, claimed.high)
    if comparable(quoted, claimed):
        return value_key(quoted) == value_key(claimed)
    if (
        claimed.kind == "period"
        and claimed.unit == "year"
        and (quoted.kind, quoted.unit, quoted.noun) == ("number", "", "")
    ):
        return (quoted.low, quoted.high) == (claimed.low, claimed.high)
    if {claimed.kind, quoted.kind} == {"number", "ordinal"}:
        return quoted.low == claimed.low > 3 and quoted.high == claimed.high
    if (claimed.kind, claimed.unit) == ("number", "") or {claimed.kind, quoted.kind} == {"number", "fold"}:
        return (quoted.low, quoted.high) == (claimed.low, claimed.high) and quoted.kind not in (
            "share",
            "points",
            "ordinal",
        )
    return False


def _dates(claimed: DateSpan, quoted: list[DateSpan]) -> bool:
    if any(same_date(claimed, q) or _within(q, claimed) for q in quoted):
        return True
    if not claimed.anchored:
        return any(
            (claimed.start.month, claimed.start.day) == (q.start.month, q.start.day)
            and claimed.precision == q.precision
            for q in quoted
        )
    bare = any(
        not q.anchored
        and (q.start.month, q.start.day, q.precision) == (claimed.start.month, claimed.start.day, claimed.precision)
        for q in quoted
    )
    return bare and any(q.anchored and q.start.year == claimed.start.year for q in quoted)


def _within(quoted: DateSpan, claimed: DateSpan) -> bool:
    """Whether a claimed year or month is said as a part of a quoted date."""
    if (
        claimed.precision not in ("year", "month")
        or quoted.precision in ("decade", "century")
        or quoted.fiscal != claimed.fiscal
    ):
        return False
    if claimed.anchored != quoted.anchored:
        return False
    if claimed.precision == "year":
        return (
            claimed.start.year in (quoted.start.year, quoted.end.year) and quoted.end <= claimed.end
        ) or quoted.start == claimed.start
    return (claimed.start <= quoted.start and quoted.end <= claimed.end) or quoted.start == claimed.start
