"""One number at one place of a text: its value, then everything around it that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from corpus.quantities.context import bound_after, bound_before, change_around, minus_before, sign_after, sign_before
from corpus.quantities.forms import read_form
from corpus.quantities.numbers_en import MONEY_SCALES, SCALES, read_english
from corpus.quantities.numbers_zh import Number, read_chinese
from corpus.quantities.records import Bound, Quantity, QuantityKind
from corpus.quantities.suffixes import Suffix, noun_after, read_suffix
from corpus.records import Span

_CONNECTOR = re.compile(r"[ ]?(?:-|–|—|~|至|到)[ ]?(?=[^ ])|-?[ ](?:to|and)[ ](?=[^ ])", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|介于)[ ][^,.]{0,12}\Z|介于[ ]?\Z", re.IGNORECASE)
_AN_HOUR_ZH = re.compile(r"每小时[约近达为超过]{0,2}[ ]?\Z")
_SPEEDS = {"km": "kmh", "mile": "mph"}
_FROM = re.compile(r"(?:\b(?P<from>from)[ ]|[从由])[^,，。 ]{0,6}\Z", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:rang(?:e[sd]?|ing)|anywhere|var(?:y|ies|ying)) from[ ][^ ]{0,4}\Z", re.IGNORECASE)
_FEW = re.compile(
    r"(?P<over>多(?![样元边功媒彩维措达少边])|余(?![额下])|几(?=[个名位家人年天]))|"
    r"(?P<about>来(?=[个名位家岁年天人种]))"
)
_YEARS = range(1000, 2101)
_BEFORE_COUNT = tuple("人总次多少分指参系户件天级位奇偶整实倍岁年个")
"""After these 数 is a noun: 人数, 总数."""
_IDIOMS = re.compile(
    r"十分|万一|千万[别不要注]|四处|一一|三三两两|两两|万万|百般|千方百计|四周(?![内后前的])|一路|"
    r"一带|一国两制|两国|两岸|两地|两会|两侧|两边|两旁|两者"
    r"|两手|两头|两级|一度|两度|三级跳|三门峡|百分[制百]|几何|数字|千年|百年|万年|万科|万达|百度|"
    r"十一届|十字|[两三四五]位数|十堰|十家渡|三星|一人之|一人一|万人空|百万富翁|千岛|三国|四大皆空|千万(?=[，。、])"
)


@dataclass(slots=True)
class _Draft:
    """A number on its way to a quantity."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    bound: Bound
    sign: str
    plain: bool
    suffix: Suffix | None = None


def read_quantity(text: str, start: int, free: int, limit: int) -> Quantity | None:
    """The number that begins at `start` of folded text; nothing before `free` or beyond `limit` belongs to it."""
    if not _may_begin(text, start):
        return None
    form = read_form(text, start)
    if form is not None and form.end <= limit:
        unit = "percent" if form.kind == "share" else form.unit
        quantity = Quantity(
            Span(start, form.end), form.kind, form.low, form.high, form.bound, unit=unit, fraction=form.fraction
        )
        return _complete(text, quantity, free, limit)
    number = _number(text, start)
    if number is None or number.end > limit:
        return None
    draft = _drafted(text, number, free, limit)
    return _complete(text, _quantity(draft), free, limit) if _accepted(text, number, draft) else None


def _may_begin(text: str, start: int) -> bool:
    """Whether figures at `start` stand on their own: not in a name (G20, F-16), version, path or longer figure."""
    before = text[max(0, start - 2) : start]
    if not text[start].isdigit():
        return _IDIOMS.match(text, start) is None and not (text[start] == "数" and before[-1:] in _BEFORE_COUNT)
    if not before:
        return True
    last, first = before[-1], before[0]
    if last.isascii() and last.isalpha():
        return bool(sign_before(text, start)[0])
    if last in "_@#/\\=":
        return False
    if last in "-.:" and len(before) == 2:
        return not (first.isascii() and (first.isalpha() or first.isdigit()))
    return True


def _number(text: str, start: int) -> Number | None:
    """The number at `start` in whichever language reads further."""
    chinese = read_chinese(text, start)
    if text[start].isascii():
        english = read_english(text, start)
        if english is not None and (chinese is None or english.end > chinese.end):
            return english
    return chinese


def _drafted(text: str, number: Number, free: int, limit: int) -> _Draft:
    """A bare number with its sign, scale letter, vagueness, range and unit."""
    sign, begin = sign_before(text, number.start)
    if begin < free:
        sign, begin = "", number.start
    draft = _Draft(begin, number.end, number.low, number.high, number.bound, sign, number.plain)
    _scale_by_letter(text, draft)
    draft.suffix = _suffix(text, draft.end, number)
    if draft.bound == "exact" and (few := _FEW.match(text, draft.end)):
        draft.bound, draft.end, draft.plain = "over" if few["over"] else "about", few.end(), False
        draft.suffix = read_suffix(text, draft.end)
    second = _second(text, number, draft, limit)
    if second is not None:
        draft.low, draft.high, draft.end, draft.suffix = second
        draft.bound, draft.plain = "exact" if draft.bound == "over" else draft.bound, False
    if draft.suffix is not None and draft.suffix.end > limit:
        draft.suffix = None
    minus = minus_before(text, begin)
    if free <= minus < begin and second is None:
        draft.start, draft.low, draft.high = minus, -draft.high, -draft.low
    return draft


def _suffix(text: str, end: int, number: Number) -> Suffix | None:
    """The unit after a number, also after the "of" of "hundreds of miles"."""
    if number.low == number.high or not text.startswith(" of ", end):
        return read_suffix(text, end)
    suffix = read_suffix(text, end + 3)
    return suffix if suffix is not None and suffix.kind in ("money", "measure", "period") else None


def _scale_by_letter(text: str, draft: _Draft) -> None:
    """`$5m`, `US$3.2B`."""
    if draft.sign and draft.plain and (scaled := _letter_scale(text, draft.end)):
        draft.low, draft.high, draft.end, draft.plain = draft.low * scaled[0], draft.high * scaled[0], scaled[1], False


def _letter_scale(text: str, end: int) -> tuple[int, int] | None:
    """The scale that the letter at `end` stands for, and where it ends."""
    scale = MONEY_SCALES.get(text[end : end + 1].lower())
    following = text[end + 1 : end + 2]
    if scale is None or (following.isalnum() and following.isascii()):
        return None
    return scale, end + 1


def _second(
    text: str, first: Number, draft: _Draft, limit: int
) -> tuple[Fraction, Fraction, int, Suffix | None] | None:
    """The range that a number opens: lowest and highest value, where its figures end, and the unit both share."""
    suffix = draft.suffix
    match = _CONNECTOR.match(text, suffix.end if suffix is not None else draft.end)
    if match is None or match.end() >= limit or draft.low != draft.high:
        return None
    window = text[max(0, draft.start - 20) : draft.start]
    if match[0].strip(" -").lower() == "and" and not _BETWEEN.search(window):
        return None
    sign, start = sign_after(text, match.end()) if draft.sign else ("", match.end())
    number = _number(text, start) if start < limit and text[start].isalnum() else None
    if number is None or number.low != number.high or number.end > limit or sign not in ("", draft.sign):
        return None
    letter = _letter_scale(text, number.end) if draft.sign and number.plain else None
    high, end = (number.high * letter[0], letter[1]) if letter else (number.high, number.end)
    after = read_suffix(text, end)
    if suffix is not None and (after is None or _unlike(suffix, after)):
        return None
    stated = match[0].strip(" -").lower() in ("to", "至", "到")
    if stated and _FROM.search(window) and not _RANGING.search(window) and (suffix is not None or after is None):
        return None
    low = draft.low
    if suffix is not None and after is not None:
        low = low * suffix.factor / after.factor
    if draft.plain and suffix is None and low < high:
        scaled = low * (letter[0] if letter else number.scale)
        low = scaled if scaled < high else low
    return (low, high, end, after) if low < high else None


def _unlike(first: Suffix, second: Suffix) -> bool:
    return (first.kind, first.unit, first.currency) != (second.kind, second.unit, second.currency)


def _accepted(text: str, number: Number, draft: _Draft) -> bool:
    """Whether what was read is a quantity and not part of a name, a year, an idiom or a code."""
    first = text[number.start]
    if not first.isascii():
        return _accepted_han(text, number, draft.suffix)
    if first.isdigit():
        return _accepted_figures(text, number, draft)
    word = text[number.start : number.end].lower()
    if word == "one":
        return draft.suffix is not None
    return word not in SCALES and word not in ("hundred", "dozen", "zero")


def _accepted_figures(text: str, number: Number, draft: _Draft) -> bool:
    figures, following = text[number.start : number.end], text[draft.end : draft.end + 2]
    if (following[:1] in tuple("._/:") and following[1:].isdigit()) or following[:1] == "_":
        return False
    if draft.suffix is not None or draft.sign or not draft.plain or bound_after(text, draft.end)[0] != "exact":
        return True
    if following[:1].isascii() and following[:1].isalnum():
        return False
    if not figures.isdigit():
        return True
    if len(figures) == 4 and int(figures) in _YEARS:
        return bool(noun_after(text, draft.end)[1]) or bound_before(text, number.start)[0] != "exact"
    if len(figures) > 5 and not noun_after(text, draft.end)[0]:
        return False
    return len(figures) <= 8 and (len(figures) == 1 or figures[0] != "0")


def _accepted_han(text: str, number: Number, suffix: Suffix | None) -> bool:
    numeral = text[number.start : number.end]
    if numeral[0] in "百千万亿":
        bounded = bound_before(text, number.start, numeral[0])[0] != "exact"
        if len(numeral) == 1:
            return bounded
        return (bounded or suffix is not None) and not any(c in "一二三四五六七八九" for c in numeral)
    if numeral in ("零", "〇") and (suffix is None or suffix.kind == "number"):
        return False
    if numeral == "一" and suffix is not None and suffix.kind == "number":
        return False
    if suffix is not None:
        return len(numeral) == 1 or text[number.end : number.end + 1] != "大"
    return len(numeral) > 1 and any(c in "十百千万亿" for c in numeral)


def _quantity(draft: _Draft) -> Quantity:
    suffix, low, high = draft.suffix, draft.low, draft.high
    if suffix is None:
        kind: QuantityKind = "money" if draft.sign else "number"
        return Quantity(Span(draft.start, draft.end), kind, low, high, draft.bound, draft.sign)
    span = Span(draft.start, suffix.end)
    if draft.sign and suffix.kind != "money":
        return Quantity(Span(draft.start, draft.end), "money", low, high, draft.bound, draft.sign)
    low, high = low * suffix.factor, high * suffix.factor
    return Quantity(span, suffix.kind, low, high, draft.bound, draft.sign or suffix.currency, suffix.unit)


def _complete(text: str, quantity: Quantity, free: int, limit: int) -> Quantity:
    """The quantity with the bounds, change and counted noun around it."""
    start, end, bound = quantity.span.start, quantity.span.end, quantity.bound
    if quantity.kind != "ordinal":
        before, begins = bound_before(text, start, text[start])
        if before != "exact" and begins >= free:
            start, bound = begins, before
        after, ends = bound_after(text, end)
        if after != "exact" and ends <= limit:
            bound, end = (after if bound in ("exact", "about") else bound), ends
    if quantity.unit in _SPEEDS and _AN_HOUR_ZH.search(text[max(0, start - 8) : start]):
        quantity = replace(quantity, unit=_SPEEDS[quantity.unit])
    counted = end + 3 if quantity.low != quantity.high and text.startswith(" of ", end) else end
    noun, unit = noun_after(text, counted) if quantity.kind == "number" else ("", "")
    change, basis = (None, None)
    if quantity.kind not in ("ordinal", "ratio"):
        change, basis = change_around(text, start, end, free, bare=quantity.kind == "number")
    if change == "up" and quantity.kind == "fold" and quantity.low == quantity.high == 1:
        quantity = replace(quantity, low=Fraction(2), high=Fraction(2))
    return replace(
        quantity, span=Span(start, end), bound=bound, unit=quantity.unit or unit, noun=noun, change=change, basis=basis
    )
