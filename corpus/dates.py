"""The date on which an article was published, as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.records import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}\s?年\s?(?P<month>[01]?\d)\s?月\s?{_DAY}\s?[日号號]",
        rf"(?<![\d-]){_YEAR}(?P<separator>[-/.])(?P<month>[01]?\d)(?P=separator){_DAY}(?![\d-])",
        rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_DAY}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}\b",
        rf"(?<![\d/]){_DAY}(?P<separator>[/.])(?P<month>[01]?\d)(?P=separator){_YEAR}(?!\d)",
        rf"(?<![\d/])(?P<month>[01]?\d)/{_DAY}/{_YEAR}(?!\d)",
    )
)
_CLOCK = re.compile(
    r"[T\s]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m)?\s*(?:Z|[+-]\d\d:?\d\d|GMT|UTC|[ECMP][SD]?T)?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class DateMark:
    """A full date and where it stands, with the clock time that follows it."""

    span: Span
    value: date


def find_dates(text: str) -> Iterator[DateMark]:
    """Full dates (year, month, day) of `text`, in order; for a short text such as a date line.

    A date such as 03/04/2026, which two readings fit, is none.
    """
    found = [mark for form in _FORMS for match in form.finditer(text) if (mark := _mark(text, match))]
    end = 0
    for mark in sorted(found, key=lambda mark: (mark.span.start, -mark.span.end)):
        if mark.span.start >= end:
            end = mark.span.end
            yield mark


def parse_date(text: str) -> date | None:
    """The one date in a short text, in ISO form or as English and Chinese write it; None where there is no one date."""
    cleaned = text.strip()
    marks = list(find_dates(cleaned)) if len(cleaned) <= 60 else []
    return marks[0].value if len(marks) == 1 else None


def _mark(text: str, match: re.Match[str]) -> DateMark | None:
    month_name, day, year = match["month"], int(match["day"]), int(match["year"])
    month = int(month_name) if month_name.isdigit() else _MONTHS.index(month_name[:3].lower()) + 1
    if _is_ambiguous(match, month, day):
        return None
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    clock = _CLOCK.match(text, match.end())
    return DateMark(Span(match.start(), clock.end() if clock else match.end()), value)


def _is_ambiguous(match: re.Match[str], month: int, day: int) -> bool:
    """Whether day and month of a date in figures with the year last could be exchanged."""
    return "/" in match.group() and match.end("year") == match.end() and day <= 12 and month <= 12 and day != month
