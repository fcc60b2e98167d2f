"""Numbers and dates as terms by value, so that 69.07亿元 meets 6.907 billion yuan, 三成 30 percent and 去年5月 May."""

from __future__ import annotations

import re

from corpus.quantities import DateSpan, find_dates, find_quantities, value_key
from corpus.records import Language, Span
from index.scripts import fold

_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")

Term = tuple[str, Span]


def value_terms(text: str, language: Language) -> list[Term]:
    """The values of a text, each with the place where it stands, in order.

    Args:
        text: Any text.
        language: Its main language; only settles what is ambiguous.

    Returns:
        `n:` and the value for numbers, `d:` and the stretch for dates; a day also tells its month and its year.
    """
    found: list[Term] = []
    for date_span in find_dates(text, language):
        found.extend((f"d:{name}", date_span.span) for name in _date_names(date_span))
    for quantity in find_quantities(text, language):
        found.append((f"n:{value_key(quantity)}", quantity.span))
    taken = {position for _, span in found for position in range(span.start, span.end)}
    for figures in _FIGURES.finditer(fold(text)):
        if figures.start() not in taken:
            found.append((f"n:num:{figures.group().replace(',', '')}", Span(*figures.span())))
    return sorted(found, key=lambda item: (item[1], item[0]))


def _date_names(found: DateSpan) -> list[str]:
    year, month = f"{found.start:%Y}", f"{found.start:%m}"
    if found.precision == "year":
        return [year]
    if found.precision not in ("day", "month"):
        return [value_key(found).partition(":")[2]]
    names = [f"{month}-{found.start:%d}", month] if found.precision == "day" else [month]
    return [*names, f"{year}-{month}", year] if found.anchored else names
