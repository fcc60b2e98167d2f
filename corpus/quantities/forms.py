"""Numbers whose words carry their kind: 百分之五, 三分之一, 八成八, 一半, 第三, twenty-first, tenfold, doubled, 3:2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus.quantities.numbers_en import ONES, ORDINALS, SCALES, TENS, read_english_share
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
_HALF_ZH = re.compile(r"一半(?!天|年|月|路)|半数|过半(?!百|小时|年|个)|(?<=[超近])半(?=[的数]|[，。,])")
_HALF_PERIOD = re.compile(
    r"(?:(?P<count>[一两二三四五六七八九十]|"
    r"[0-9]{1,3})(?P<measure>个?))?半(?P<whole>个)?(?P<unit>小时|钟头|世纪|年|天|"
    r"月)(?![级代轻薪刊终])"
)
_AND_HALF = re.compile(
    r"(?P<count>[一两二三四五六七八九十]+|[0-9]{1,4})(?P<unit>年|天|倍|成|元|米|公里|吨|斤|亩|"
    r"周)半(?![数个年天])"
)
_ORDINAL_ZH = re.compile(rf"第[ ]?(?P<count>[0-9]{{1,6}}|[{HAN}]{{1,8}})(?![0-9.%]|[方]|产业|三者)")
_FIRST_ZH = re.compile(r"首(?=[次个家批届位条座列款架艘轮台例部支只辆站份颗]|季(?!度)|架次)(?!位于|席|都|个人)")
_TURNED = re.compile(r"翻(?:了)?(?P<count>[一两二三四五六七八九]|[1-9])?[番倍]")
_ORDINAL_EN = re.compile(
    r"(?:(?P<figures>[0-9]{1,5})(?:st|nd|rd|th)\b|(?P<word>(?:(?:"
    + "|".join(TENS)
    + r")[- ])?[a-z]+)\b)(?![ -]hand\b|-ever\b)",
    re.IGNORECASE,
)
_LARGE_HALF = re.compile(r"half(?: an?|-an?)?[ -](?:dozen|thousand|million|billion|trillion)\b", re.IGNORECASE)
_FOLD_WORD = re.compile(
    r"([a-z]+?)-?fold\b|(twice|doubl(?:ed|ing)|tripl(?:ed|ing)|quadrupled)\b(?! check)", re.IGNORECASE
)
_FOLD_WORDS = {"twice": 2, "doubled": 2, "doubling": 2, "tripled": 3, "tripling": 3, "quadrupled": 4}
_RATIO = re.compile(
    r"(?P<a>[0-9]{1,5}(?:\.[0-9]{1,4})?)[ ]?(?P<sign>:|∶|比|-|"
    r"–)[ ]?(?P<b>[0-9]{1,5}(?:\.[0-9]{1,4})?)(?![0-9:.%/]|-[0-9]|[ ]?(?:%|percent|per cent|点))"
)
_RATIO_ZH = re.compile(
    r"(?P<a>[一二两三四五六七八九十])比(?P<b>[零一二三四五六七八九十])(?![一二三四五六七八九十下起较如])"
)
_RATIO_WORD = re.compile(r"ratio|scale|odds|比例|比率|之比|配比|比值|占比|师生比|比为|比达|比约", re.IGNORECASE)
_CLOCK_WORD = re.compile(
    r"(?:\bat|\bby|\bfrom|\buntil|\btill|\bbetween|午|晨|晚|上|时间|日|[0-9]点?)[ ]*\Z", re.IGNORECASE
)
_VULGAR = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_SECOND_UNIT = re.compile(r"(?:\b(?:a|per|one|each|every|split)|[0-9])[ -]\Z", re.IGNORECASE)


def read_form(text: str, start: int) -> Form | None:
    """The self-contained number that begins at `start` of folded text, if there is one."""
    character = text[start]
    if character in _VULGAR:
        value = _VULGAR[character]
        return Form("share", start, start + 1, value, value, fraction=True)
    if character.isdigit():
        return (
            _part(text, start)
            or _tenths(text, start)
            or _ratio(text, start)
            or _ordinal_en(text, start)
            or _half_period(text, start)
            or _words(text, start)
        )
    if character.isascii():
        return _fold_word(text, start) or _words(text, start) or _ordinal_en(text, start)
    if character == "第":
        return _ordinal_zh(text, start)
    if character == "首":
        return Form("ordinal", start, start + 1, Fraction(1), Fraction(1)) if _FIRST_ZH.match(text, start) else None
    if character == "翻":
        return _turned(text, start)
    return (
        _part(text, start)
        or _tenths(text, start)
        or _half(text, start)
        or _half_period(text, start)
        or _ratio_zh(text, start)
    )


def _words(text: str, start: int) -> Form | None:
    number = read_english_share(text, start)
    return (
        None
        if number is None or _LARGE_HALF.match(text, start)
        else Form("share", start, number.end, number.low, number.high, fraction=True)
    )


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


def _half_period(text: str, start: int) -> Form | None:
    """半年, 两个半小时, 一年半, 三倍半."""
    units = {"小时": "hour", "钟头": "hour", "世纪": "century", "年": "year", "天": "day", "月": "month", "周": "week"}
    match = _HALF_PERIOD.match(text, start)
    if match is not None:
        if (match["unit"] == "月" and not match["whole"]) or (match["count"] and not match["measure"]):
            return None
        value = (_exact(match["count"]) or 0 if match["count"] else 0) + Fraction(1, 2)
        return Form("period", start, match.end(), value, value, unit=units[match["unit"]])
    match = _AND_HALF.match(text, start)
    whole = _exact(match["count"]) if match else None
    if match is None or whole is None or match["unit"] not in ("年", "天", "周", "倍"):
        return None
    value = whole + Fraction(1, 2)
    if match["unit"] == "倍":
        return Form("fold", start, match.end(), value, value)
    return Form("period", start, match.end(), value, value, unit=units[match["unit"]])


def _ordinal_zh(text: str, start: int) -> Form | None:
    match = _ORDINAL_ZH.match(text, start)
    value = _exact(match["count"]) if match else None
    return None if match is None or not value else Form("ordinal", start, match.end(), value, value)


def _turned(text: str, start: int) -> Form | None:
    """翻番 and 翻一番 double, 翻两番 doubles twice."""
    match = _TURNED.match(text, start)
    if match is None:
        return None
    count = _digit(match["count"]) if match["count"] else 1
    value = Fraction(2**count if match[0].endswith("番") else max(count, 2))
    return Form("fold", start, match.end(), value, value)


def _ordinal_en(text: str, start: int) -> Form | None:
    match = _ORDINAL_EN.match(text, start)
    if match is None:
        return None
    if match["figures"]:
        value, end = int(match["figures"]), match.end()
    else:
        word = re.sub("[ ]", "-", match["word"].lower())
        value, end = ORDINALS.get(word, 0), match.end()
        if not value:
            return None
        if text[start].isupper() and text[end : end + 1] == ",":
            return None
        if value == 2 and _SECOND_UNIT.search(text[max(0, start - 7) : start]):
            return None
    return Form("ordinal", start, end, Fraction(value), Fraction(value)) if value else None


def _fold_word(text: str, start: int) -> Form | None:
    match = _FOLD_WORD.match(text, start)
    if match is None:
        return None
    if match[2]:
        value = _FOLD_WORDS[match[2].lower()]
    else:
        word = match[1].lower()
        value = ONES.get(word) or TENS.get(word) or (100 if word == "hundred" else SCALES.get(word, 0))
    return Form("fold", start, match.end(), Fraction(value), Fraction(value)) if value else None


def _ratio(text: str, start: int) -> Form | None:
    """1:10, 3比2, and scores such as 3-2, which are written the larger number first."""
    match = _RATIO.match(text, start)
    if match is None:
        return None
    above, below = to_fraction(match["a"]), to_fraction(match["b"])
    if not below and not above:
        return None
    sign = match["sign"]
    if sign in "-–" and not (above >= below and above < 200 and _score_like(match, text)):
        return None
    if sign == ":" and not _is_ratio(match, text):
        return None
    return Form("ratio", start, match.end(), above, below)


def _score_like(match: re.Match[str], text: str) -> bool:
    return "." not in match[0] and not text[match.end() : match.end() + 1].isalpha()


def _is_ratio(match: re.Match[str], text: str) -> bool:
    if match["b"] == "00":
        return False
    if len(match["b"]) != 2 or "." in match[0]:
        return True
    around = text[max(0, match.start() - 40) : match.end() + 12]
    if _RATIO_WORD.search(around):
        return True
    clock = int(match["a"].split(".")[0]) < 25 and int(match["b"]) < 60
    return not clock or (match["a"] == "1" and not _CLOCK_WORD.search(text[max(0, match.start() - 10) : match.start()]))


def _ratio_zh(text: str, start: int) -> Form | None:
    match = _RATIO_ZH.match(text, start)
    if match is None:
        return None
    low, high = _exact(match["a"]), _exact(match["b"])
    return None if low is None or high is None else Form("ratio", start, match.end(), low, high)
