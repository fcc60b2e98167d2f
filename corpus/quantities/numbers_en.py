"""English numbers: 2.1 million, thirty-nine, two and a half thousand, hundreds of thousands, two thirds, 3 in 4."""

from __future__ import annotations

import re
from fractions import Fraction

from corpus.quantities.numbers_zh import ARABIC, Number, to_fraction

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SHORT_SCALES = {"mln": 10**6, "mn": 10**6, "bln": 10**9, "bn": 10**9, "tn": 10**12, "trn": 10**12}
"""Scales cut short that mean nothing else after figures."""
MONEY_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
"""Scales of one letter: sure only after a currency sign."""
_ORDINAL_STEMS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip
ORDINALS = (
    _ORDINAL_STEMS
    | {w + "th": v for w, v in ONES.items() if v and v not in _ORDINAL_STEMS.values()}
    | {w[:-1] + "ieth": v for w, v in TENS.items()}
    | {"hundredth": 100, "thousandth": 1000, "millionth": 10**6, "billionth": 10**9}
)
_COMPOUND = {f"{t}-{o}": tv + ov for t, tv in TENS.items() for o, ov in ORDINALS.items() if ov < 10}
ORDINALS |= _COMPOUND
_DENOMINATORS = {w: v for w, v in ORDINALS.items() if v > 2 and v not in _COMPOUND.values()} | {"quarter": 4, "half": 2}

_CARDINALS = ONES | TENS
_WORD = re.compile(r"[ -]?([a-z]+)\b", re.IGNORECASE)
_AND = re.compile(r"[ ,]{0,2}and ", re.IGNORECASE)
_HALF = re.compile(r" and a half\b(?! dozen)", re.IGNORECASE)
_FIGURES = re.compile(
    rf"(?P<figures>{ARABIC})(?:[ ](?P<over>[1-9])/(?P<under>[2458])(?![0-9/]))?(?P<half> and a half\b)?"
    r"(?:[ ]?-?(?P<scale>hundred|thousand|million|billion|trillion|mln|bln|trn|mn|bn|tn)(?![a-z]))?",
    re.IGNORECASE,
)
_CROWD = re.compile(
    r"(?:(?P<few>several|a few|few|many) )?(?P<count>tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"
    r"(?: of (?P<of>thousands|millions|billions|trillions))?\b|(?P<some>several|a few|"
    r"few) (?P<unit>hundred|thousand|million|billion)\b",
    re.IGNORECASE,
)
_CROWD_SIZE = {"tens": 10, "dozens": 10, "scores": 10, "hundreds": 100}
_HALF_SCALE = re.compile(r"half(?: an?|-an?)?[ -](?P<scale>dozen|thousand|million|billion|trillion)\b", re.IGNORECASE)
_QUARTER_OVER = re.compile(r" and (?P<top>a|three)[ -]quarters?\b", re.IGNORECASE)
_FRACTION = re.compile(
    r"(?P<top>an?|[a-z]+|[0-9]{1,3})[ -](?P<under>"
    + "|".join(sorted(_DENOMINATORS, key=len, reverse=True))
    + r")(?P<s>s?)\b"
    r"(?![ -](?:half|quarter)\b)",
    re.IGNORECASE,
)
_OF = re.compile(r" of\b", re.IGNORECASE)
_HALVES = re.compile(r"half\b", re.IGNORECASE)
_NOT_HALF = re.compile(
    r"[ -](?:tons?|year|time|day|hour|brother|sister|back|life|an hour|a year|a day|a century|mile|"
    r"marathon|century|term|past|mast|moon|board|pint|decade|a decade)",
    re.IGNORECASE,
)
_BEFORE_NOT_HALF = re.compile(
    r"\b(?:first|second|1st|2nd|last|latter|other|opening|better|either|each|final|former|next|third|"
    r"early|top|bottom|northern|southern|eastern|western|upper|lower|left|right|and a)[ -]\Z",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"(?P<top>[0-9]{1,6}|[a-z]+) (?:(?P<out>out of(?: every)?)|in(?: every)?) (?P<under>[0-9]{1,6}|"
    r"[a-z]+)\b(?![,.]?[0-9])",
    re.IGNORECASE,
)


def read_english(text: str, start: int) -> Number | None:
    """The number in figures or words that begins at `start` of folded text; None where there is none."""
    if text[start].isdigit():
        return _read_figures(text, start)
    return _read_crowd(text, start) or _read_half_scale(text, start) or _read_words(text, start)


def _read_figures(text: str, start: int) -> Number | None:
    match = _FIGURES.match(text, start)
    if match is None:
        return None
    value = to_fraction(match["figures"])
    if match["over"]:
        value += Fraction(int(match["over"]), int(match["under"]))
    if match["half"]:
        value += Fraction(1, 2)
    word = (match["scale"] or "").lower()
    scale = 100 if word == "hundred" else SCALES.get(word) or SHORT_SCALES.get(word, 1)
    value *= scale
    return Number(start, match.end(), value, value, plain=not word and not match["half"], scale=scale)


def _read_crowd(text: str, start: int) -> Number | None:
    match = _CROWD.match(text, start)
    if match is None:
        return None
    if match["some"]:
        unit = match["unit"].lower()
        size = 100 if unit == "hundred" else SCALES[unit]
    else:
        count = match["count"].lower()
        size = _CROWD_SIZE.get(count) or SCALES[count[:-1]]
        size *= SCALES[match["of"].lower()[:-1]] if match["of"] else 1
    return Number(start, match.end(), Fraction(size), Fraction(10 * size), "about")


def _read_half_scale(text: str, start: int) -> Number | None:
    match = _HALF_SCALE.match(text, start)
    if match is None:
        return None
    scale = match["scale"].lower()
    value = Fraction(12 if scale == "dozen" else SCALES[scale], 2)
    return Number(start, match.end(), value, value)


def _read_words(text: str, start: int) -> Number | None:
    """Number words from left to right, as long as they make one number."""
    total, current, end, last_scale = Fraction(0), Fraction(0), start, 10**15
    position, previous = start, ""
    while (match := _WORD.match(text, position)) and (position > start or match[0][0].isalpha()):
        word = match[1].lower()
        if not _fits(word, previous, current, last_scale):
            break
        if word in _CARDINALS:
            current += _CARDINALS[word]
        elif word in ("hundred", "dozen"):
            current = (current or Fraction(1)) * (100 if word == "hundred" else 12)
        elif word in SCALES:
            last_scale = SCALES[word]
            total, current = total + (current or Fraction(1)) * last_scale, Fraction(0)
        previous, position = word, match.end()
        if word not in ("a", "an"):
            end = position
        if (half := _HALF.match(text, position)) and word not in ("a", "an"):
            current, position, end, previous = current + Fraction(1, 2), half.end(), half.end(), "half"
        elif (joined := _AND.match(text, position)) and word in ("hundred", *SCALES):
            position, previous = joined.end() - 1, "and"
    if end == start:
        return None
    scale = last_scale if total and not current else 1
    return Number(start, end, total + current, total + current, plain=total + current < 100, scale=scale)


def _fits(word: str, previous: str, current: Fraction, last_scale: int) -> bool:
    """Whether a number goes on with `word` after `previous`."""
    if word in ("a", "an"):
        return previous == ""
    if word == "hundred":
        return previous in ONES or previous in ("a", "half") or previous in TENS or previous == ""
    if word == "dozen":
        return previous in ("a", "") or previous in _CARDINALS
    if word in SCALES:
        return previous not in ("and", "an") and SCALES[word] < last_scale and (current > 0 or previous in ("a", ""))
    if word in ONES:
        return (previous in TENS and 0 < ONES[word] < 10) or previous in ("", "hundred", "and") or previous in SCALES
    return word in TENS and (previous in ("", "hundred", "and") or previous in SCALES)


def read_english_share(text: str, start: int) -> Number | None:
    """A part of a whole in words that begins at `start`: two thirds, one-fiftieth, half, nine out of ten."""
    return _read_half(text, start) or _read_out_of(text, start) or _read_fraction(text, start)


def _read_half(text: str, start: int) -> Number | None:
    match = _HALVES.match(text, start)
    if match is None or _NOT_HALF.match(text, match.end()) or _BEFORE_NOT_HALF.search(text[max(0, start - 12) : start]):
        return None
    return Number(start, match.end(), Fraction(1, 2), Fraction(1, 2), fraction=True)


def _read_fraction(text: str, start: int) -> Number | None:
    match = _FRACTION.match(text, start)
    if match is None:
        return None
    top = _whole(match["top"])
    if top is None or (top == 1) != (match["s"] == ""):
        return None
    quarter = match["under"].lower() == "quarter"
    joined = match[0][len(match["top"])] == "-"
    if (match["top"].lower() in ("a", "an") or (quarter and top == 1 and not joined)) and not _OF.match(
        text, match.end()
    ):
        return None
    if quarter and top not in (1, 3):
        return None
    if top > _DENOMINATORS[match["under"].lower()]:
        return None
    value = Fraction(top, _DENOMINATORS[match["under"].lower()])
    return Number(start, match.end(), value, value, fraction=True)


def _read_out_of(text: str, start: int) -> Number | None:
    match = _OUT_OF.match(text, start)
    if match is None:
        return None
    top, under = _whole(match["top"]), _whole(match["under"])
    if not top or not under or top > under or match["top"].lower() in ("a", "an"):
        return None
    if not match["out"] and not (top < 10 and (under < 11 or under in (12, 20, 50, 100, 1000))):
        return None
    return Number(start, match.end(), Fraction(top, under), Fraction(top, under), fraction=True)


def _whole(word: str) -> int | None:
    """A small whole number in figures or one word; "a" is one."""
    word = word.lower()
    return int(word) if word.isdigit() else 1 if word in ("a", "an") else _CARDINALS.get(word)
