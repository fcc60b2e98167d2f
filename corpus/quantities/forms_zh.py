"""Chinese numbers whose words carry their kind: 百分之五, 三分之一, 八成八, 一半, 第三, 首次, 翻番, 半年, 3个多月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus.quantities.numbers_zh import ARABIC, DIGITS, HAN, read_chinese, to_fraction
from corpus.quantities.records import Bound, QuantityKind


@dataclass(frozen=True, slots=True)
class Form:
    """A number read whole, without the words around it."""

    kind: QuantityKind
    start: int
    end: int
    low: Fraction
    high: Fraction
    bound: Bound = "exact"
    unit: str = ""
    fraction: bool = False


_NUMERAL = rf"(?:{ARABIC}|[{HAN}]+(?:点[零〇一二三四五六七八九]+)?)"
_PART = re.compile(rf"(?P<under>百|千|万|{_NUMERAL})分之(?P<top>{_NUMERAL})(?P<more>多(?!的))?")
_TENTHS = re.compile(
    r"(?P<from>[一二两三四五六七八九]|"
    r"[1-9])(?P<to>(?<=[一二三四五六七八])[二三四五六七八九])?成(?![为功立员本长交就了果绩熟都型品分片套名语千见不效形])"
    r"(?P<ones>[一二三四五六七八九1-9](?![个名家年月日位次成])|半)?(?P<more>多|余)?"
)
_HALF_ZH = re.compile(r"一半(?!天|年|月|路)|半数|过半数|过半(?!百|小时|年|个)|(?<=[超近])半(?=[的数]|[，。,])")
_HALF_PERIOD = re.compile(
    r"(?:(?P<count>[一两二三四五六七八九十]|"
    r"[0-9]{1,3})(?P<measure>个?))?半(?P<whole>个)?(?P<unit>小时|钟头|世纪|年|天|"
    r"月)(?![级代轻薪刊终])"
)
_AND_HALF = re.compile(
    r"(?P<count>[一两二三四五六七八九十]+|[0-9]{1,4})(?P<unit>年|天|倍|成|元|米|公里|吨|斤|亩|"
    r"周)半(?![数个年天])"
)
_MORE_PERIOD = re.compile(rf"(?P<count>{_NUMERAL})(?:个多(?P<unit>小时|钟头|星期|月|世纪)|(?P<minutes>分多钟))")
_ORDINAL_ZH = re.compile(
    rf"第[ ]?(?P<count>[0-9]{{1,5}}(?![0-9])|[{HAN}]{{1,8}})(?![0-9.%]|[方]|产业|三者|二天|一时间|三方|一手)"
)
_FIRST_ZH = re.compile(
    r"首(?=[次个家批届位条座列款架艘轮台例部支只辆站份颗套项种名枚艘门本张篇幅间组期届场]|季(?!度)|"
    r"架次)(?!位于|席|都|个人)"
)
_TURNED = re.compile(r"翻(?:了)?(?P<count>[一两二三四五六七八九]|[1-9])?[番倍]")
_RATIO_ZH = re.compile(
    r"(?P<a>[一二两三四五六七八九十])比(?P<b>[零一二三四五六七八九十])(?![一二三四五六七八九十下起较如])"
)
_TIME_UNITS = {
    "小时": "hour", "钟头": "hour", "世纪": "century", "年": "year", "天": "day", "月": "month", "周": "week",
    "星期": "week",
}  # fmt: skip


def read_chinese_form(text: str, start: int) -> Form | None:
    """The self-contained Chinese number that begins at `start` of folded text, if there is one."""
    match text[start]:
        case "第":
            return _ordinal_zh(text, start)
        case "首":
            return Form("ordinal", start, start + 1, Fraction(1), Fraction(1)) if _FIRST_ZH.match(text, start) else None
        case "加" if text.startswith("加倍", start):
            return Form("fold", start, start + 2, Fraction(2), Fraction(2))
        case "翻":
            return _turned(text, start)
    for read in (_part, _tenths, _half, _half_unit, _and_half, _more_period, _ratio_zh):
        if form := read(text, start):
            return form
    return None


def _part(text: str, start: int) -> Form | None:
    """百分之四点五, 千分之三, 三分之二, 百分之十几."""
    match = _PART.match(text, start)
    if match is None:
        return None
    under = {"百": 100, "千": 1000, "万": 10000}.get(match["under"]) or _exact(match["under"])
    top = _range(match["top"])
    if not under or top is None:
        return None
    low, high, bound = top
    if high > under and match["under"] not in ("百", "千", "万"):
        return None
    return Form(
        "share",
        start,
        match.end(),
        low / under,
        high / under,
        "over" if match["more"] else bound,
        fraction=match["under"] != "百",
    )


def _range(numeral: str) -> tuple[Fraction, Fraction, Bound] | None:
    if numeral[0].isdigit():
        value = to_fraction(numeral)
        return value, value, "exact"
    number = read_chinese(numeral, 0)
    if number is None or number.end != len(numeral):
        return None
    return number.low, number.high, number.bound


def _exact(numeral: str) -> Fraction | None:
    values = _range(numeral)
    return values[0] if values and values[0] == values[1] else None


def _tenths(text: str, start: int) -> Form | None:
    """三成, 八成八, 七八成, 三成半, 六成多."""
    match = _TENTHS.match(text, start)
    if match is None:
        return None
    low = high = Fraction(_digit(match["from"]), 10)
    if match["to"]:
        high = Fraction(_digit(match["to"]), 10)
        if high - low != Fraction(1, 10):
            return None
    if match["ones"]:
        extra = Fraction(5 if match["ones"] == "半" else _digit(match["ones"]), 100)
        low, high = low + extra, high + extra
    bound: Bound = "over" if match["more"] else "about" if match["to"] else "exact"
    return Form("share", start, match.end(), low, high, bound)


def _digit(character: str) -> int:
    return int(character) if character.isdigit() else DIGITS[character]


def _half(text: str, start: int) -> Form | None:
    match = _HALF_ZH.match(text, start)
    if match is None:
        return None
    bound: Bound = "over" if match[0].startswith("过") else "exact"
    return Form("share", start, match.end(), Fraction(1, 2), Fraction(1, 2), bound)


def _half_unit(text: str, start: int) -> Form | None:
    """半年, 半个月, 两个半小时."""
    match = _HALF_PERIOD.match(text, start)
    if match is None or (match["unit"] == "月" and not match["whole"]) or (match["count"] and not match["measure"]):
        return None
    value = (_exact(match["count"]) or 0 if match["count"] else 0) + Fraction(1, 2)
    return Form("period", start, match.end(), value, value, unit=_TIME_UNITS[match["unit"]])


def _and_half(text: str, start: int) -> Form | None:
    """一年半, 三倍半."""
    match = _AND_HALF.match(text, start)
    whole = _exact(match["count"]) if match else None
    if match is None or whole is None:
        return None
    value = whole + Fraction(1, 2)
    unit = _TIME_UNITS.get(match["unit"], "")
    return Form("period" if unit else "fold", start, match.end(), value, value, unit=unit)


def _more_period(text: str, start: int) -> Form | None:
    """3个多月, 两分多钟."""
    match = _MORE_PERIOD.match(text, start)
    count = _exact(match["count"]) if match else None
    if match is None or count is None:
        return None
    unit = "minute" if match["minutes"] else _TIME_UNITS[match["unit"]]
    return Form("period", start, match.end(), count, count, "over", unit)


def _ordinal_zh(text: str, start: int) -> Form | None:
    match = _ORDINAL_ZH.match(text, start)
    value = _exact(match["count"]) if match else None
    return None if match is None or not value or value > 99_999 else Form("ordinal", start, match.end(), value, value)


def _turned(text: str, start: int) -> Form | None:
    """翻番 and 翻一番 double, 翻两番 doubles twice."""
    match = _TURNED.match(text, start)
    if match is None:
        return None
    count = _digit(match["count"]) if match["count"] else 1
    value = Fraction(2**count if match[0].endswith("番") else max(count, 2))
    return Form("fold", start, match.end(), value, value)


def _ratio_zh(text: str, start: int) -> Form | None:
    match = _RATIO_ZH.match(text, start)
    if match is None:
        return None
    low, high = _exact(match["a"]), _exact(match["b"])
    return None if low is None or high is None else Form("ratio", start, match.end(), low, high)
