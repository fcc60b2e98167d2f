"""Numbers, years and months as terms by value, so that 69.07亿元 meets 6.907 billion yuan and 三成 meets 30 percent."""

from __future__ import annotations

import re
from fractions import Fraction

from corpus.quantities.finding import find_quantities
from corpus.quantities.records import Quantity
from corpus.records import Language, Span
from index.scripts import fold

_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_YEAR = re.compile(r"(?<![\d.,])(?:1\d{3}|20\d{2})(?![\d.,]*\d)(?=s?\b|年)")
_ENGLISH_MONTH = re.compile(
    r"\b(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? (?P<year>[12]\d{3})\b)?"
)
_CHINESE_MONTH = re.compile(
    r"(?:(?P<year>[12]\d{3}) ?年 ?)?(?<![\d.])(?P<month>1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]) ?月(?!球|亮|饼|份额|薪|刊)"
)
_HAN_MONTHS = {han: number for number, han in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), start=1)}  # noqa: SIM905
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")

Term = tuple[str, Span]


def value_terms(text: str, language: Language) -> list[Term]:
    """The values of a text, each with the place where it stands, in order.

    Args:
        text: Any text.
        language: Its main language; only settles what is ambiguous.
    """
    folded = fold(text)
    found = _dates(folded)
    taken = {position for _, span in found for position in range(span.start, span.end)}
    for quantity in find_quantities(text, language):
        if quantity.span.start not in taken:
            found.append((f"n:{_value(quantity)}", quantity.span))
            taken.update(range(quantity.span.start, quantity.span.end))
    for figures in _FIGURES.finditer(folded):
        if figures.start() not in taken:
            found.append((f"n:{figures.group().replace(',', '').rstrip('.')}", Span(*figures.span())))
    return sorted(found, key=lambda item: (item[1], item[0]))


def _value(quantity: Quantity) -> str:
    """One spelling for one value: shares in percent, all else as it counts."""
    if quantity.kind in ("share", "points"):
        return f"{_decimal(100 * quantity.low)}%"
    return _decimal(quantity.low) + {"ordinal": "th", "fold": "x"}.get(quantity.kind, "")


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"


def _dates(folded: str) -> list[Term]:
    """Years as `d:2024`, months as `d:05`, months of a year as `d:2024-05`."""
    found = [(f"d:{year.group()}", Span(*year.span())) for year in _YEAR.finditer(folded)]
    for pattern in (_ENGLISH_MONTH, _CHINESE_MONTH):
        for match in pattern.finditer(folded):
            number, span = _month_number(match["month"]), Span(*match.span())
            found.append((f"d:{number:02}", span))
            if match["year"]:
                found.append((f"d:{match['year']}-{number:02}", span))
    return found


def _month_number(name: str) -> int:
    if name.isascii() and name.isalpha():
        return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3].lower()))
    return int(name) if name.isdigit() else _HAN_MONTHS[name]
