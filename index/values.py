"""Numbers and dates as terms by value, so that 69.07亿元 meets 6.907 billion yuan, 三成 30 percent and 去年5月 May."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby

from corpus.quantities import DateSpan, find_dates, find_quantities, value_key
from corpus.records import Language, Span
from index.scripts import fold

_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ROMAN = r"(?=[XVIL]{2,}\b|[VX]\b)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NUMBERED = re.compile(rf"\b[A-Z][\w'’-]* (?:(?P<figures>\d{{1,3}})(?![\w%]|[.,]\d)|(?P<roman>{_ROMAN})\b)")
"""A name with its number: Super Bowl 50, World War II."""
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50}

Term = tuple[str, Span]


def value_terms(text: str, language: Language) -> list[Term]:
    """The values of a text, each with the place where it stands, in order.

    Args:
        text: Any text.
        language: Its main language; only settles what is ambiguous.

    Returns:
        `n:` and the value for numbers, `d:` and the stretch for dates; a day also tells its month and its year, and
        the number behind a name is an ordinal, too: Super Bowl 50 is 第50届.
    """
    found: list[Term] = []
    days = find_dates(text, language)
    for date_span in days:
        found.extend((f"d:{name}", date_span.span) for name in _date_names(date_span))
    for quantity in find_quantities(text, language):
        found.append((f"n:{value_key(quantity)}", quantity.span))
    taken = {position for _, span in found for position in range(span.start, span.end)}
    for figures in _FIGURES.finditer(fold(text)):
        if figures.start() not in taken:
            found.append((f"n:num:{figures.group().replace(',', '')}", Span(*figures.span())))
    found.extend(_numbered(text, [day.span for day in days]))
    return sorted(dict.fromkeys(found), key=lambda item: (item[1], item[0]))


def values_asked(text: str, language: Language) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Each value that a question names, by any of whose terms it is met: Super Bowl 50 as a number or as an ordinal.

    Args:
        text: The question.
        language: Its main language.
    """
    for (place, kind), found in groupby(value_terms(text, language), key=lambda term: (term[1], term[0][:2])):
        terms = tuple(term for term, _ in found)
        yield from ((place, told) for told in ([terms] if kind == "n:" else [(term,) for term in terms]))


def _numbered(text: str, days: Collection[Span]) -> Iterator[Term]:
    """The numbers behind names, as ordinals, those in Roman figures as numbers, too."""
    for match in _NUMBERED.finditer(text):
        place = Span(*match.span("roman" if match["roman"] else "figures"))
        if any(place.overlaps(day) for day in days):
            continue
        value = roman_value(match["roman"]) if match["roman"] else int(match["figures"])
        yield f"n:ord:{value}", place
        if match["roman"]:
            yield f"n:num:{value}", place


def roman_value(figures: str) -> int:
    """The number that Roman figures tell, from 1 to 89: 14 of XIV."""
    values = [_LETTERS[letter] for letter in figures]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


def _date_names(found: DateSpan) -> list[str]:
    year, month = f"{found.start:%Y}", f"{found.start:%m}"
    if found.precision == "year":
        return [year]
    if found.precision not in ("day", "month"):
        return [value_key(found).partition(":")[2]]
    names = [f"{month}-{found.start:%d}", month] if found.precision == "day" else [month]
    return [*names, f"{year}-{month}", year] if found.anchored else names
