"""What follows a number: percent signs, currencies, units, Chinese measure words, and the things counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus.quantities.records import QuantityKind
from corpus.quantities.units import (
    CASED_UNIT_WORDS,
    CHINESE_CURRENCY_WORDS,
    CHINESE_THINGS,
    CHINESE_UNIT_WORDS,
    CLASSIFIERS,
    CURRENCY_CHINESE,
    ENGLISH_CURRENCY_WORDS,
    ENGLISH_THINGS,
    ENGLISH_UNIT_WORDS,
    LOWER_CURRENCIES,
    LOWER_UNITS,
    PERIODS,
    UNIT_CHINESE,
    UNIT_ENGLISH,
)


@dataclass(frozen=True, slots=True)
class Suffix:
    """What the words after a number make of it, and where they end."""

    kind: QuantityKind
    end: int
    factor: Fraction = Fraction(1)
    unit: str = ""
    currency: str = ""


_PERCENT, _POINT_HUNDREDTH = Fraction(1, 100), Fraction(1, 100)
_CLASSIFIER_WORDS = "|".join(sorted(CLASSIFIERS, key=lambda word: (-len(word), word)))
_SUFFIX = re.compile(
    r"(?P<points>[ -](?:percentage[ -]points?|percent[ -]points?|ppts?\b|pp\b)|个?百分点)"
    r"|(?P<basis_points>[ ]basis[ -]points?|[ ]?bps\b|个?基点)"
    r"|(?P<percent>[ ]?%|[ -](?:percent|per[ -]cent|pct)\b)"
    r"|(?P<permille>[ ]?‰)"
    r"|(?P<fold>[ -]?fold\b|[ ]?倍|[x×](?![A-Za-z0-9])|[ ]times(?=[ ](?:more|less|as|the|higher|"
    r"larger|greater|bigger|faster|that|what|its|their|smaller|those)\b))"
    rf"|(?P<money_zh>[ ]?(?:{CHINESE_CURRENCY_WORDS})(?![旦素首朝月宵帅老勋年件茶头状垒]))"
    rf"|[ -](?P<money_en>{ENGLISH_CURRENCY_WORDS})(?![A-Za-z])"
    rf"|[ ]?(?P<cased>{CASED_UNIT_WORDS})(?![A-Za-z0-9/])"
    rf"|(?:[ -](?:consecutive|straight|full|successive|calendar|long|whole|additional|more|"
    rf"short)?[ ]?|(?<=[0-9]))(?P<unit_en>{ENGLISH_UNIT_WORDS})(?P<old>-old)?(?![A-Za-z])"
    rf"|[ ]?(?P<unit_zh>(?:{CHINESE_UNIT_WORDS})|"
    rf"年(?![级代底初末轻])|日(?=内|以内|之内)|天(?![津空然文花地涯使])"
    r"|周(?![年边围期末一二三四五六日恩])|度(?![假过])|克(?![拉服隆里罗林什])|"
    r"升(?![至到级高降温值为入])|米(?![兰奇尔勒老粉]|其林)|瓦(?![解片房]))"
    r"|[ ]?(?P<classifier>(?!分[之钟多别析布成为开享配散公行店部支局会期手类级"
    r"院校组子明离批歧量红裂辨担摊解秒管流外化割值数])"
    rf"(?:{_CLASSIFIER_WORDS}))",
    re.IGNORECASE,
)
_ENGLISH_NOUN = re.compile(r"[ -]([A-Za-z][A-Za-z'’-]*)")
_NO_NOUN = frozenset(
    "of in on at by to from for with and or than as is was were are be been has had have will would "
    "could can may the a an this that these those "
    "it its his her their our your my who which when where while but if per after before since "
    "during until about over under between into through "
    "against also not up down so he she they we i you each year-on-year compared".split()
)
_PLURALS = frozenset("people men women children aircraft staff".split())
_CHINESE_NOUN = re.compile(r"[一-鿿]{1,8}")
_NOUN_END = re.compile(r"[的是在和与了及等或为由于从向对将被把已以并而也都到至共每较比]")


def read_suffix(text: str, end: int) -> Suffix | None:
    """The unit that follows a number ending at `end` of folded text; None where nothing known follows."""
    match = _SUFFIX.match(text, end)
    if match is None:
        return None
    group = match.lastgroup or ""
    if match["unit_en"]:
        key = (
            UNIT_ENGLISH.get(match["unit_en"])
            or LOWER_UNITS.get(re.sub("[ -]", " ", match["unit_en"].lower()))
            or LOWER_UNITS.get(match["unit_en"].lower(), "")
        )
        return Suffix("period" if key in PERIODS else "measure", match.end(), unit=key)
    if group == "money_en":
        return Suffix("money", match.end(), currency=LOWER_CURRENCIES[re.sub("[ -]", " ", match["money_en"].lower())])
    if group == "money_zh":
        return Suffix("money", match.end(), currency=CURRENCY_CHINESE[match["money_zh"].strip()])
    if group in ("unit_zh", "cased"):
        key = UNIT_CHINESE.get(match[group]) or _cased(match[group])
        return Suffix("period" if key in PERIODS else "measure", match.end(), unit=key)
    if group == "classifier":
        return Suffix("number", match.end(), unit=CHINESE_THINGS.get(match[group], ""))
    return _share(group, match.end())


def _cased(word: str) -> str:
    return UNIT_ENGLISH.get(word) or LOWER_UNITS.get(word.lower(), "")


def _share(group: str, end: int) -> Suffix:
    match group:
        case "points":
            return Suffix("points", end, unit="pp")
        case "basis_points":
            return Suffix("points", end, _POINT_HUNDREDTH, "pp")
        case "percent":
            return Suffix("share", end, _PERCENT, "percent")
        case "permille":
            return Suffix("share", end, Fraction(1, 1000), "percent")
        case _:
            return Suffix("fold", end)


def noun_after(text: str, end: int) -> tuple[str, str]:
    """The noun counted by a number that ends at `end`, as it stands in the text, and its key; both may be empty."""
    if match := _CHINESE_NOUN.match(text, end):
        return _chinese_noun(match[0])
    words: list[tuple[int, str]] = []
    position = end
    while len(words) < 4 and (match := _ENGLISH_NOUN.match(text, position)):
        word = match[1].lower()
        if word in _NO_NOUN and not (word == "and" and words and not words[-1][1].endswith("s")):
            break
        words.append((match.end(), word))
        position = match.end()
        if word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is", "overseas"))):
            return text[end:position].strip(" -"), ENGLISH_THINGS.get(word, "")
    if not words or words[0][1].endswith(("ed", "ly", "ing")):
        return "", ""
    return text[end : words[0][0]].strip(" -"), ""


def _chinese_noun(run: str) -> tuple[str, str]:
    for length in range(min(4, len(run)), 0, -1):
        if run[:length] in CHINESE_THINGS and length > 1:
            return run[:length], CHINESE_THINGS[run[:length]]
    end = _NOUN_END.search(run)
    noun = run[: end.start()] if end else run
    for length in range(min(4, len(noun)), 1, -1):
        if noun[-length:] in CHINESE_THINGS:
            return noun, CHINESE_THINGS[noun[-length:]]
    for last in range(3, len(noun)):
        for length in range(min(4, last), 1, -1):
            if noun[last - length : last] in CHINESE_THINGS:
                return noun[:last], CHINESE_THINGS[noun[last - length : last]]
    return noun[:4], ""
