"""Dates in a text as stretches of the calendar, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from corpus.quantities import dates_en, dates_zh
from corpus.quantities.folding import fold
from corpus.quantities.periods import Period
from corpus.quantities.records import DateSpan
from corpus.records import Language, Span

_LEFT = r"(?<![A-Za-z_@#.第])(?<![0-9])(?<![0-9][.,])(?<![A-Z0-9]-)"
_BEGIN_ENGLISH = re.compile(rf"{_LEFT}(?:{dates_en.BEGIN})")
_BEGIN_BOTH = re.compile(rf"{_LEFT}(?:{dates_en.BEGIN})|(?<![0-9第])(?<![0-9][.,:])(?:{dates_zh.BEGIN})")
_REMEMBERED: Final = 64
"""Texts whose dates are kept, for who reads their numbers looks for their dates again."""


def find_dates(text: str, language: Language | None = None, reference: date | None = None) -> list[DateSpan]:
    """The dates of `text`, in order, with disjoint spans, without their prepositions ("2030" in "by 2030").

    Both languages are read in any text; `language` is what the caller knows of it, and decides nothing so far.
    `reference` is the day the text was published: it tells the year of "February 4", and what "last month" is.
    Without it dates that lack only their year are given with `anchored` False, and dates that hang on that day alone
    (yesterday, 本周三) are left out. 上年 is the year before the one told last. Time grows linearly with the length of
    the text; no text raises.
    """
    return [
        DateSpan(Span(start, end), period.start, period.end, period.precision, period.anchored, period.fiscal)
        for start, end, period in _scan(fold(text), reference)
        if period is not None
    ]


def date_marks(folded: str) -> list[tuple[int, int]]:
    """Start and end of everything in folded text that is a date, even where the day it names cannot be told."""
    return [(start, end) for start, end, _ in _scan(folded, None)]


@lru_cache(maxsize=_REMEMBERED)
def _scan(folded: str, reference: date | None) -> tuple[tuple[int, int, Period | None], ...]:
    return tuple(_scanned(folded, reference))


def _scanned(folded: str, reference: date | None) -> Iterator[tuple[int, int, Period | None]]:
    ascii_only = folded.isascii()
    begin = _BEGIN_ENGLISH if ascii_only else _BEGIN_BOTH
    position = 0
    told: date | None = None
    while match := begin.search(folded, position):
        start = match.start()
        seen_from = told if told and folded.startswith("上年", start) else reference
        found = None if ascii_only else dates_zh.read_chinese_date(folded, start, seen_from)
        if found is None:
            found = dates_en.read_english_date(folded, start, reference)
        if found is None:
            position = match.end()
        else:
            yield start, found[0], found[1]
            position = found[0]
            told = found[1].start if found[1] and found[1].anchored else told
