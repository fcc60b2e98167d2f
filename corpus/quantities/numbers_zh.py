"""Chinese numerals: 两万五千, 3亿5000万, 十几, 数百万, 三四十, 八百五."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus.quantities.records import Bound

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
_UNITS = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
HAN = "零〇一二两三四五六七八九十百千万亿几数"

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,9}(?![0-9])|[0-9]{1,30})(?:\.[0-9]{1,30})?"
_RUN = re.compile(
    rf"(?P<arabic>{ARABIC})(?P<few>[多余来几](?=[十百千万亿]))?"
    r"(?P<scale>[ ]?(?:[十百千]?万亿|[十百千]?[万亿]|[百千](?![米克瓦赫卡伏帕升焦])))?"
    r"(?P<rest>(?<=亿)[0-9]{1,4}万|(?<=万)[0-9][千百])?"
    rf"|(?P<han>[{HAN}]+)(?P<point>点[零〇一二三四五六七八九]+)?"
    r"(?P<few_han>[多余来](?=[万亿]))?(?P<scale_han>(?<![十百千万亿几数])[十百千]?[万亿]+)?"
)


_LAST_SCALE = re.compile(r"[万亿]+\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number read from `start` to `end`; `plain` tells that it stood without a scale word."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    bound: Bound = "exact"
    plain: bool = False
    scale: int = 1
    """What its last scale word multiplies by: 10000 in 5万, 1 where there is none."""
    fraction: bool = False


def to_fraction(figures: str) -> Fraction:
    """The value of figures with or without separators: `12,345.6`."""
    return Fraction(figures.replace(",", ""))


def read_chinese(text: str, start: int) -> Number | None:
    """The number that begins at `start` of folded text: figures with a Chinese scale, or numerals."""
    match = _RUN.match(text, start)
    if match is None:
        return None
    if match["arabic"] is not None:
        return _read_mixed(match)
    values = han_values(match["han"])
    if values is None:
        return None
    low, high, bound = values
    scale = _scale(match["scale_han"] or "")
    if match["point"]:
        low = high = low + Fraction("0." + "".join(str(DIGITS[c]) for c in match["point"][1:]))
    if match["few_han"]:
        bound = "about" if match["few_han"] == "来" else "over"
    last = _LAST_SCALE.search(match[0])
    plain = len(match[0]) == 1 and bound == "exact"
    return Number(start, match.end(), low * scale, high * scale, bound, plain, _scale(last[0]) if last else 1)


def _read_mixed(match: re.Match[str]) -> Number:
    value = to_fraction(match["arabic"]) * _scale(match["scale"] or "")
    low = high = value
    bound: Bound = "exact"
    if match["rest"]:
        low = high = value + int(match["rest"][:-1]) * _scale(match["rest"][-1])
    if match["few"] == "来":
        bound = "about"
    elif match["few"]:
        bound = "over"
    plain = not (match["scale"] or match["few"])
    return Number(match.start(), match.end(), low, high, bound, plain, _scale(match["scale"] or ""))


def _scale(word: str) -> int:
    scale = 1
    for character in word.strip():
        scale *= SMALL.get(character) or LARGE[character]
    return scale


def han_values(numeral: str) -> tuple[Fraction, Fraction, Bound] | None:
    """Lowest and highest value of a numeral and whether it is vague; None where it is no well-formed number."""
    vague = _vague(numeral)
    if vague is not None:
        return Fraction(vague[0]), Fraction(vague[1]), "about"
    if "几" in numeral or "数" in numeral:
        return None
    low = _cardinal(numeral)
    return None if low is None else (Fraction(low), Fraction(low), "exact")


_FEW_FIRST = re.compile(r"[几数]([十百千万亿]+)\Z")
_FEW_LAST = re.compile(r"([一二三四五六七八九]?十)几([万亿]*)\Z")
_PAIR = re.compile(
    r"(?P<head>[一二两三四五六七八九]?十)?(?P<a>[一二两三四五六七八])(?P<b>[二两三四五六七八九])(?P<tail>[十百千万亿]*)\Z"
)


def _vague(numeral: str) -> tuple[int, int] | None:
    if match := _FEW_FIRST.match(numeral):
        unit = _scale(match[1])
        return unit, unit * 10
    if match := _FEW_LAST.match(numeral):
        base = _cardinal(match[1]) or 10
        return (base + 1) * _scale(match[2]), (base + 9) * _scale(match[2])
    match = _PAIR.match(numeral)
    if match and DIGITS[match["b"]] == DIGITS[match["a"]] + 1:
        head = (_cardinal(match["head"]) or 0) if match["head"] else 0
        if head and match["tail"][:1] in ("十", "百", "千"):
            return None
        scale = _scale(match["tail"])
        return (head + DIGITS[match["a"]]) * scale, (head + DIGITS[match["b"]]) * scale
    return None


def _cardinal(numeral: str) -> int | None:
    """The value of a numeral made of digits and units; None where the order of its characters makes none."""
    if len(numeral) == 1 and numeral in DIGITS:
        return DIGITS[numeral]
    if not 0 < len(numeral) <= 24:
        return None
    for character, unit in _UNITS:
        head, found, tail = numeral.rpartition(character)
        if found:
            high = _cardinal(head) if head else 1
            low = _tail(tail, unit)
            if not high or low is None or low >= unit or high >= (unit if unit >= 10**4 else 10):
                return None
            return high * unit + low
    return None


def _tail(tail: str, unit: int) -> int | None:
    """What follows a unit: nothing, a digit of the next lower place (八百五), or a smaller number."""
    if not tail:
        return 0
    if tail in DIGITS:
        return DIGITS[tail] * unit // 10
    return _cardinal(tail.lstrip("零〇"))


def read_digits(numeral: str) -> int | None:
    """The value of a numeral read digit by digit (二〇二四) or as a number (二十四); None where it is neither."""
    if numeral.isdigit():
        return int(numeral)
    if numeral and all(c in DIGITS for c in numeral):
        return int("".join(str(DIGITS[c]) for c in numeral))
    return _cardinal(numeral) if numeral and all(c in DIGITS or c in SMALL for c in numeral) else None
