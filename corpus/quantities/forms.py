"""Numbers whose words carry their kind: two thirds, twenty-first, tenfold, doubled, 3:2, and the Chinese ones."""

from __future__ import annotations

import re
from fractions import Fraction

from corpus.quantities.forms_zh import Form, read_chinese_form
from corpus.quantities.numbers_en import ONES, ORDINALS, SCALES, TENS, read_english_share
from corpus.quantities.numbers_zh import to_fraction

_ORDINAL_EN = re.compile(
    r"(?:(?P<figures>[0-9]{1,5})(?:st|nd|rd|th)\b|(?P<word>(?:(?:"
    + "|".join(TENS)
    + r")[- ])?[a-z]+)\b)(?![ -]hand\b|-ever\b)",
    re.IGNORECASE,
)
_LARGE_HALF = re.compile(r"half(?: an?|-an?)?[ -](?:dozen|thousand|million|billion|trillion)\b", re.IGNORECASE)
_AGES = re.compile(r"(decades)|centuries\b", re.IGNORECASE)
_FOLD_WORD = re.compile(
    r"([a-z]+?)-?fold\b|(twice|doubl(?:ed|ing)|tripl(?:ed|ing)|quadrupled|doubles|triples|double|triple)\b(?! check)",
    re.IGNORECASE,
)
_VERB_AFTER = re.compile(r" (?:the|its|their|that|what|in|by|from|to|over)\b", re.IGNORECASE)
_FOLD_WORDS = {
    "twice": 2,
    "double": 2,
    "doubles": 2,
    "triples": 3,
    "triple": 3,
    "doubled": 2,
    "doubling": 2,
    "tripled": 3,
    "tripling": 3,
    "quadrupled": 4,
}
_RATIO = re.compile(
    r"(?P<a>[0-9]{1,5}(?:\.[0-9]{1,4})?)[ ]?(?P<sign>:|∶|比|-|"
    r"–)[ ]?(?P<b>[0-9]{1,5}(?:\.[0-9]{1,4})?)(?![0-9:%/]|\.[0-9]|-[0-9]|[ ]?(?:%|percent|per cent|点))"
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
    if not character.isascii():
        return read_chinese_form(text, start)
    if character.isdigit() and (form := read_chinese_form(text, start) or _ratio(text, start)):
        return form
    return _ages(text, start) or _fold_word(text, start) or _words(text, start) or _ordinal_en(text, start)


def _words(text: str, start: int) -> Form | None:
    number = read_english_share(text, start)
    return (
        None
        if number is None or _LARGE_HALF.match(text, start)
        else Form("share", start, number.end, number.low, number.high, fraction=True)
    )


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


def _ages(text: str, start: int) -> Form | None:
    """Decades and centuries without a number: 几十年, 数百年."""
    match = _AGES.match(text, start)
    if match is None:
        return None
    low = Fraction(10 if match[1] else 100)
    return Form("period", start, match.end(), low, low * 10, "about", "year")


def _fold_word(text: str, start: int) -> Form | None:
    match = _FOLD_WORD.match(text, start)
    if match is None:
        return None
    if match[2]:
        if match[2].lower() in ("double", "triple") and not _VERB_AFTER.match(text, match.end()):
            return None
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
    return "." not in match[0] and re.match("[A-Za-z]", text[match.end() : match.end() + 1]) is None


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
