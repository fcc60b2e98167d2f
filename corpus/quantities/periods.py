"""Stretches of the calendar, and how much of one a text leaves to its date of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from corpus.quantities.records import Precision

STAND_IN_YEAR = 4
"""The year of dates whose year nobody tells: a leap year before any that texts name by figures alone."""
LAST_YEAR = 2999
_LOOK_AHEAD = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch of days; see `DateSpan` for the fields."""

    start: date
    end: date
    precision: Precision
    anchored: bool = True
    fiscal: bool = False


def year_of(month: int, day: int, reference: date | None) -> int | None:
    """The year of a date without one: the latest that starts at most half a year after the reference."""
    if reference is None:
        return None
    for year in (reference.year + 1, reference.year, reference.year - 1):
        try:
            if date(year, month, day) <= reference + _LOOK_AHEAD:
                return year
        except ValueError:
            continue
    return reference.year


def days(year: int | None, month: int, day: int, until: tuple[int | None, int, int] | None = None) -> Period | None:
    """One day, or the days up to and with `until`; None where the calendar has no such day."""
    start = _day(year, month, day)
    last = start if until is None else _day(until[0], until[1], until[2])
    if start is None or last is None or last < start:
        return None
    return Period(start, last + timedelta(days=1), "day" if start == last else "range", year is not None)


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year or STAND_IN_YEAR, month, day) if (year or 1) <= LAST_YEAR else None
    except ValueError:
        return None


def months(
    year: int | None, first: int, last: int, precision: Precision, last_year: int | None = None
) -> Period | None:
    """The months `first` to `last` of a year (or of two years); None where they are no months."""
    if not (1 <= first <= 12 and 1 <= last <= 12) or not 1 <= (year or 1) <= LAST_YEAR:
        return None
    ending = last_year or year or STAND_IN_YEAR
    start = date(year or STAND_IN_YEAR, first, 1)
    end = date(ending + last // 12, last % 12 + 1, 1)
    return Period(start, end, precision, year is not None) if start < end else None


def month(year: int | None, number: int) -> Period | None:
    """A month."""
    return months(year, number, number, "month")


def quarter(year: int | None, number: int) -> Period | None:
    """A quarter of a year, 1 to 4."""
    return months(year, 3 * number - 2, 3 * number, "quarter") if 1 <= number <= 4 else None


def half(year: int | None, number: int) -> Period | None:
    """A half of a year, 1 or 2."""
    return months(year, 6 * number - 5, 6 * number, "half") if 1 <= number <= 2 else None


def years(first: int, last: int, precision: Precision = "year", fiscal: bool = False) -> Period | None:
    """Whole calendar years from `first` up to and with `last`."""
    if not 1 <= first <= last <= LAST_YEAR:
        return None
    return Period(date(first, 1, 1), date(last + 1, 1, 1), precision, True, fiscal)


def year(number: int, fiscal: bool = False) -> Period | None:
    """A calendar year, or the fiscal year of that name."""
    return years(number, number, "year", fiscal)


def decade(number: int) -> Period | None:
    """The ten years from `number`: 1990 to 1999."""
    return years(number, number + 9, "decade") if number % 10 == 0 else None


def century(number: int) -> Period | None:
    """A century by its number: the 19th is 1801 to 1900."""
    return years(100 * number - 99, 100 * number, "century") if 1 <= number <= 29 else None


def week(anchor: date, offset: int) -> Period:
    """The week, Monday to Sunday, `offset` weeks after that of `anchor`."""
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=offset)
    return Period(monday, monday + timedelta(days=7), "week")


def weekday(anchor: date, number: int, offset: int | None = None) -> Period:
    """A day of the week, Monday 0: in the week `offset` from the anchor's, else the latest not after the anchor."""
    start = (
        week(anchor, offset).start + timedelta(days=number)
        if offset is not None
        else anchor - timedelta(days=(anchor.weekday() - number) % 7)
    )
    return Period(start, start + timedelta(days=1), "day")


def month_from(anchor: date, offset: int) -> tuple[int, int]:
    """Year and month `offset` months after that of `anchor`."""
    index = anchor.year * 12 + anchor.month - 1 + offset
    return index // 12, index % 12 + 1
