"""When two numbers or two dates are the same value, when they can both be true, and a term to look a value up by."""

from __future__ import annotations

from fractions import Fraction

from corpus.quantities.records import DateSpan, Quantity
from corpus.quantities.units import UNITS

_NEAR = Fraction(1, 20)
"""How far below a number "nearly" reaches, and how far around it "about" does, as a part of it."""
_ROUNDING = Fraction(1, 40)
"""The most that rounding may have moved an exact number, as a part of it."""
_PREFIXES = {
    "number": "num",
    "money": "num",
    "share": "pct",
    "points": "pp",
    "ratio": "ratio",
    "fold": "fold",
    "ordinal": "ord",
}

Value = tuple[str, Fraction, Fraction]


def same_value(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities say the same: kind, bound, currency and value, whatever the language and the unit.

    An equivalence. Counted nouns, direction of change and basis are no part of it: compare those where they matter.
    """
    return (_value(first), first.bound, first.currency) == (_value(second), second.bound, second.currency)


def comparable(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities could measure the same thing: one kind, currency and dimension, no two different units."""
    if first.kind != second.kind or first.currency != second.currency:
        return False
    if first.kind in ("measure", "period"):
        return _value(first)[0] == _value(second)[0]
    return first.kind != "number" or not first.unit or not second.unit or first.unit == second.unit


def compatible(first: Quantity, second: Quantity) -> bool:
    """Whether both can be true of the same thing, given their bounds and how far they may have been rounded.

    Quantities that are not `comparable` never contradict each other. "Over" reaches to the next unit of the last
    figure ("over 500" to 600), "nearly" and "about" 5 % far, an exact number as far as rounding may have moved it, at
    most 2.5 %.
    """
    if not comparable(first, second):
        return True
    if first.change and second.change and first.change != second.change:
        return False
    if same_value(first, second):
        return True
    if first.kind == "ordinal" or first.kind == "ratio":
        return _value(first) == _value(second)
    low, high = _reach(first)
    other_low, other_high = _reach(second)
    return low < other_high and other_low < high


def value_key(value: Quantity | DateSpan) -> str:
    """A term for looking a value up: `num:6907000000`, `pct:88`, `length:1000`, `date:2024-12`; equal values share it.

    Bounds and currencies are no part of it, so that "over 88 percent" is found by 88%.
    """
    if isinstance(value, DateSpan):
        return _date_key(value)
    dimension, low, high = _value(value)
    if value.kind == "share":
        low, high = low * 100, high * 100
    sign = ":" if value.kind == "ratio" else "~"
    figures = figure(low) if low == high and value.kind != "ratio" else f"{figure(low)}{sign}{figure(high)}"
    return f"{_PREFIXES.get(value.kind, dimension)}:{figures}"


def same_date(first: DateSpan, second: DateSpan) -> bool:
    """Whether two dates name the same stretch, both with their year or both without. An equivalence."""
    return _stretch(first) == _stretch(second)


def dates_overlap(first: DateSpan, second: DateSpan) -> bool:
    """Whether two dates share a day; both must be anchored for this to say anything."""
    return first.start < second.end and second.start < first.end


def figure(value: Fraction) -> str:
    """A number in plain figures, exactly: `6907000000`, `0.5`, `1/3` where decimals never end."""
    places = decimal_places(value)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    if not places:
        return str(value.numerator)
    scaled = abs(value.numerator) * 10**places // value.denominator
    whole, part = divmod(scaled, 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{places}d}"


def decimal_places(value: Fraction) -> int | None:
    """How many decimals write a number exactly; None where none do."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _value(quantity: Quantity) -> Value:
    """What a quantity measures and its value there in base units."""
    unit = UNITS.get(quantity.unit) if quantity.kind in ("measure", "period") else None
    if unit is None:
        return quantity.kind, quantity.low, quantity.high
    return unit.dimension, quantity.low * unit.factor, quantity.high * unit.factor


def _reach(quantity: Quantity) -> tuple[Fraction, Fraction]:
    """The open stretch of values that a quantity allows."""
    _, low, high = _value(quantity)
    step = _step(high)
    match quantity.bound:
        case "over":
            return low, high + step
        case "at_least":
            return low - step / 1000, max(high * 2, high + step)
        case "nearly":
            return high - abs(high) * _NEAR, high
        case "under":
            return min(low / 2, low - step), high
        case "at_most":
            return min(low * 0, low - step), high + step / 1000
        case "about":
            return low - abs(low) * _NEAR, high + abs(high) * _NEAR
        case _:
            slack = min(step / 2, abs(high) * _ROUNDING) or Fraction(1, 10**9)
            return low - slack, high + slack


def _step(value: Fraction) -> Fraction:
    """The place of the last figure that is not zero: 100 for 500, 1/10 for 2.1; a hundredth of an endless decimal."""
    if not value:
        return Fraction(1)
    places = decimal_places(value)
    if places is None:
        return abs(value) / 100
    whole, step = abs(value * 10**places).numerator, Fraction(1, 10**places)
    while whole % 10 == 0:
        whole, step = whole // 10, step * 10
    return step


def _stretch(date_span: DateSpan) -> tuple[object, ...]:
    return date_span.start, date_span.end, date_span.anchored, date_span.fiscal


def _date_key(value: DateSpan) -> str:
    start = value.start.isoformat() if value.anchored else "-" + value.start.isoformat()[4:]
    head = "fiscal" if value.fiscal else "date"
    if value.precision == "day":
        return f"{head}:{start}"
    if value.precision == "month":
        return f"{head}:{start[:-3]}"
    if value.precision == "year":
        return f"{head}:{start[:-6]}"
    end = value.end.isoformat() if value.anchored else "-" + value.end.isoformat()[4:]
    return f"{head}:{start}/{end}"
