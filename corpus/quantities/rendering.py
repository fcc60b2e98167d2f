"""Numbers and dates written out in either language: exactly, never rounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from corpus.quantities.comparing import decimal_places, figure
from corpus.quantities.dates_en import MONTHS
from corpus.quantities.records import Bound, DateSpan, Quantity
from corpus.quantities.units import CURRENCIES, UNITS
from corpus.records import Language

_BEFORE: dict[Bound, tuple[str, str]] = {
    "exact": ("", ""),
    "over": ("over ", "超过"),
    "at_least": ("at least ", "至少"),
    "nearly": ("nearly ", "近"),
    "under": ("less than ", "不到"),
    "at_most": ("up to ", "至多"),
    "about": ("about ", "约"),
}
_SCALES_EN = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))
_SCALES_ZH = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_MOST_PLACES = 6
_CROWDS = {
    10: ("dozens", "数十"),
    100: ("hundreds", "数百"),
    1000: ("thousands", "数千"),
    10**4: ("tens of thousands", "数万"),
    10**5: ("hundreds of thousands", "数十万"),
    10**6: ("millions", "数百万"),
    10**7: ("tens of millions", "数千万"),
    10**8: ("hundreds of millions", "数亿"),
    10**9: ("billions", "数十亿"),
}
"""Vague numbers: from this to ten times it."""
_PART_NAMES = {
    3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth", 12: "twelfth", 20: "twentieth",
    50: "fiftieth", 100: "hundredth", 1000: "thousandth",
}  # fmt: skip
_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_SIGNS_EN = {"USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$"}


def render(quantity: Quantity, language: Language) -> str:
    """The quantity in words of `language` ("over 88 percent", 超过88%), with its unit and without its noun.

    Reading the result back gives the same value (`same_value`): nothing is rounded, no currency or unit converted.
    """
    which = 0 if language == "en" else 1
    crowd = _CROWDS.get(int(quantity.low)) if _is_crowd(quantity) else None
    if crowd is not None:
        tail = _tail(quantity, language)
        return crowd[which] + (f" of{tail}" if tail and language == "en" else tail)
    before = _BEFORE[quantity.bound][which]
    if quantity.kind == "ratio":
        return before + _ratio(quantity, language)
    if quantity.kind == "ordinal":
        return _ordinal(quantity.low, language)
    low, high = quantity.low, quantity.high
    if quantity.kind == "share":
        if low == high and (decimal_places(low) is None or quantity.fraction) and 0 < low < 1:
            return before + _fraction(low, language)
        low, high = low * 100, high * 100
    return before + _figures(low, high, quantity, language)


def _is_crowd(quantity: Quantity) -> bool:
    return (
        quantity.bound == "about"
        and 0 < quantity.low == quantity.high / 10
        and quantity.kind in ("number", "money", "period", "measure")
    )


def _figures(low: Fraction, high: Fraction, quantity: Quantity, language: Language) -> str:
    """A point or a range with its sign or unit."""
    sign = _SIGNS_EN.get(quantity.currency, "") if language == "en" else ""
    tail = _tail(quantity, language, plural=not low == high == 1)
    if low == high:
        return _signed(low, sign, language) + tail
    scaled = [_scale(value, language) for value in (low, high)]
    plain = scaled[0] != scaled[1]
    connector = " to " if language == "en" else "至"
    middle = tail if quantity.kind in ("share", "points", "fold") and language == "zh" else ""
    return _signed(low, sign, language, plain) + middle + connector + _signed(high, sign, language, plain) + tail


def _signed(value: Fraction, sign: str, language: Language, plain: bool = False) -> str:
    return f"{'-' if value < 0 else ''}{sign}{_number(abs(value), language, plain)}"


def _scale(value: Fraction, language: Language) -> tuple[int, str]:
    """The largest scale word that needs few decimals, and what it multiplies by; 1 and "" where there is none."""
    for scale, word in _SCALES_EN if language == "en" else _SCALES_ZH:
        places = decimal_places(value / scale)
        if abs(value) >= scale and places is not None and places <= (3 if language == "en" else 4):
            return scale, word
    return 1, ""


def _number(value: Fraction, language: Language, plain: bool) -> str:
    """Figures with a scale word; without one where `plain`."""
    scale, word = (1, "") if plain else _scale(value, language)
    written = figure(value / scale)
    if "/" in written:
        raise ValueError(f"no decimals write {value}")
    if word:
        return written + word
    whole, point, part = written.partition(".")
    grouped = language == "en" or len(whole) > 4 or (not point and 1000 <= value < 3000)
    return (f"{int(whole):,}" if grouped else whole) + point + part


def _tail(quantity: Quantity, language: Language, plural: bool = True) -> str:
    """What follows the figures: percent, a currency, a unit."""
    english = language == "en"
    match quantity.kind:
        case "share":
            return " percent" if english else "%"
        case "points":
            return " percentage points" if english else "个百分点"
        case "fold":
            return "-fold" if english else "倍"
        case "money":
            if english and quantity.currency in _SIGNS_EN and not _is_crowd(quantity):
                return ""
            names = CURRENCIES.get(quantity.currency, (("",), ("",)))
            if english and _is_crowd(quantity):
                return f" {names[0][0]}"
            return f" {names[0][0]}" if english else names[1][0]
        case "measure" | "period":
            unit = UNITS[quantity.unit]
            return f" {unit.english[1 if plural else 0]}" if english else unit.chinese[0]
        case _:
            return ""


def _fraction(value: Fraction, language: Language) -> str:
    """One part over the whole: 三分之二, "2 out of 3", "one-fiftieth"."""
    top, under = value.numerator, value.denominator
    if language == "zh":
        return "一半" if under == 2 else f"{under}分之{top}"
    if under == 2:
        return "half"
    if under in _PART_NAMES and top <= 10:
        word = "one two three four five six seven eight nine ten".split()[top - 1]
        return f"{word}-{_PART_NAMES[under]}{'s' if top > 1 else ''}"
    return f"{top} out of {under}"


def _ratio(quantity: Quantity, language: Language) -> str:
    """1:10 and 1比10; said to be a ratio where it might be a time of day."""
    terms = figure(quantity.low), figure(quantity.high)
    if language == "zh":
        return "比".join(terms)
    return ("a ratio of " if len(terms[1]) == 2 else "") + ":".join(terms)


def _ordinal(value: Fraction, language: Language) -> str:
    number = int(value)
    if language == "zh":
        return f"第{number}"
    if number <= len(_ORDINAL_WORDS):
        return _ORDINAL_WORDS[number - 1]
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_QUARTERS = (("first", "一"), ("second", "二"), ("third", "三"), ("fourth", "四"))


def render_date(value: DateSpan, language: Language) -> str:
    """The date in words of `language` ("December 24, 2024", 2024年12月24日), without a year that is not known."""
    value = _single(value)
    year = value.start.year if value.anchored else None
    return _english_date(value, year) if language == "en" else _chinese_date(value, year)


def _single(value: DateSpan) -> DateSpan:
    """A range of one year or one month ("2020 to 2020") as that year or month."""
    start, last = value.start, value.end - timedelta(days=1)
    if value.precision == "range" and start.year == last.year:
        if value.anchored and _whole_years(value):
            return replace(value, precision="year")
        if (start.day, value.end.day) == (1, 1) and start.month == last.month:
            return replace(value, precision="month")
    return value


def _english_date(value: DateSpan, year: int | None) -> str:
    start, last = value.start, value.end - timedelta(days=1)
    of_year = f" of {year}" if year else ""
    match value.precision:
        case "year":
            return f"fiscal {year}" if value.fiscal else f"AD {year}" if start.year < 1400 else f"{year}"
        case "decade":
            return f"{year}s"
        case "century":
            return f"{_ordinal(Fraction(start.year // 100 + 1), 'en')} century"
        case "quarter":
            return f"{_QUARTERS[start.month // 3][0]} quarter{of_year}"
        case "half" if year:
            return f"{_QUARTERS[start.month // 6][0]} half{of_year}"
        case "month":
            return MONTHS[start.month - 1] + (f" {year}" if year else "")
        case "day":
            return f"{MONTHS[start.month - 1]} {start.day}" + (f", {year}" if year else "")
    if year and _whole_years(value):
        return f"{start.year} to {last.year}"
    if start.day == 1 and value.end.day == 1:
        first = MONTHS[start.month - 1] + (f" {start.year}" if year and last.year != start.year else "")
        return f"{first} to {MONTHS[last.month - 1]}" + (f" {last.year}" if year else "")
    first = f"{MONTHS[start.month - 1]} {start.day}" + (f", {start.year}" if year and last.year != start.year else "")
    return f"{first} to {MONTHS[last.month - 1]} {last.day}" + (f", {last.year}" if year else "")


def _chinese_date(value: DateSpan, year: int | None) -> str:
    start, last = value.start, value.end - timedelta(days=1)
    head = f"{year}年" if year else ""
    match value.precision:
        case "year":
            return f"{year}财年" if value.fiscal else f"公元{head}" if start.year < 1000 else head
        case "decade":
            return (
                f"{start.year // 100 + 1}世纪{start.year % 100}年代"
                if start.year % 100
                else f"{start.year}至{last.year}年"
            )
        case "century":
            return f"{start.year // 100 + 1}世纪"
        case "quarter":
            return f"{head}第{_QUARTERS[start.month // 3][1]}季度"
        case "half":
            return f"{head}{'上' if start.month == 1 else '下'}半年"
        case "month":
            return f"{head}{start.month}月" if year else f"{start.month}月份"
        case "day":
            return f"{head}{start.month}月{start.day}日"
    if year and _whole_years(value):
        return f"{start.year}年至{last.year}年"
    later = f"{last.year}年" if year and last.year != start.year else ""
    if start.day == 1 and value.end.day == 1:
        return f"{head}{start.month}月至{later}{last.month}月"
    return f"{head}{start.month}月{start.day}日至{later}{last.month}月{last.day}日"


def _whole_years(value: DateSpan) -> bool:
    return (value.start.month, value.start.day, value.end.month, value.end.day) == (1, 1, 1, 1)
