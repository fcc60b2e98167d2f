"""What a number or a date in a text is, once read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from corpus.records import Span

QuantityKind = Literal[
    "number",  # a count or a bare number: 233, 两万五千
    "share",  # a part of a whole, 1 = all of it: 88%, one third, 八成八
    "points",  # percentage points, 1 = one point: 0.5 percentage points
    "money",  # an amount in `currency`
    "ratio",  # 1:10, 3比2
    "fold",  # a multiple: tenfold, 24倍, doubled
    "ordinal",  # third, 第16, 首次
    "measure",  # a length, mass, area, ... in `unit`
    "period",  # a length of time or an age in `unit`: 16 years, 三个月
]
Bound = Literal["exact", "over", "at_least", "nearly", "under", "at_most", "about"]
Change = Literal["up", "down"]
Basis = Literal["year_on_year", "month_on_month"]
Precision = Literal["day", "week", "month", "quarter", "half", "year", "decade", "century", "range"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text as a value.

    `low` and `high` are exact and equal for a point; they bound a range ("10-15 percent") or a vague number
    ("hundreds of": 100 to 1000), and are the two terms of a ratio. A share of 88 percent is 22/25; money and measures
    count whole units of `currency` and `unit`.
    """

    span: Span
    """Exactly the number with its bound, currency, unit and Chinese measure word; never the counted noun."""
    kind: QuantityKind
    low: Fraction
    high: Fraction
    bound: Bound = "exact"
    currency: str = ""
    """ISO 4217 code; empty unless `kind` is money."""
    unit: str = ""
    """Key such as `percent`, `pp`, `km`, `year`, `person`, `country`; empty where none is known."""
    noun: str = ""
    """The words counted, as they stand in the text ("standard containers"); empty where none were seen."""
    change: Change | None = None
    """Set where the number says by how much something rose or fell, not how large it is."""
    basis: Basis | None = None
    """What a change is measured against, where the text says so."""
    fraction: bool = False
    """Written as one number over another ("one-fiftieth"); never part of the value."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A stretch of the calendar named in a text."""

    span: Span
    start: date
    end: date
    """Half-open: the first day after the stretch."""
    precision: Precision
    anchored: bool = True
    """False where neither text nor reference tells the year: `start` and `end` then lie in the stand-in year 4."""
    fiscal: bool = False
    """A fiscal year, told by its name; `start` and `end` are the calendar year's."""
