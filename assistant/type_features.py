"""What is measured of a sentence by the type of answer that is asked for, and by its language."""

from __future__ import annotations

import math
import re
from typing import Final

from assistant.reading import CLASSES, fitting_kinds, read_values, read_words
from assistant.records import AnswerType
from corpus.records import Language
from corpus.sentences import ReadSentence
from index.scripts import fold

FEATURES: Final = (
    "type_found", "type_count", "capitals", "digits", "cue", "question_length", "same_language", "class_found",
    "crossing", "asks", "wanted_number", "wanted_date", "wanted_name", "wanted_reason", "wanted_long", "zh",
)  # fmt: skip
"""What is measured, in the order of the learned model's columns."""

_NUMERIC = {
    AnswerType.NUMBER,
    AnswerType.SHARE,
    AnswerType.MONEY,
    AnswerType.COUNT,
    AnswerType.RATIO,
    AnswerType.CHANGE,
}
_DATES = {AnswerType.DATE, AnswerType.PERIOD}
_NAMES = {AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.PLACE, AnswerType.NAME}
_CLASSES = {
    AnswerType.PERSON: {"person", "capital"},
    AnswerType.PLACE: {"place", "capital"},
    AnswerType.ORGANISATION: {"organisation", "name", "place", "capital", "acronym"},
}
"""Classes of words of which a name is made, by type."""
_REASONS = {AnswerType.REASON, AnswerType.MEANS}
_LONG = {AnswerType.DEFINITION, AnswerType.LIST, AnswerType.OVERVIEW}
_CUE = re.compile(
    r"\b(?:because|since|due to|owing to|in order to|so that|as a result|therefore|thanks to|caused by|reason)\b"
    r"|\b(?:by \w+ing|through)\b"
    r"|因为|由于|因此|所以|为了|以便|使得|导致|原因|从而|通过|之故|因而|旨在|目的",
    re.I,
)
_DIGITS = re.compile(
    r"\d|[一二两三四五六七八九十百千万亿]+[个人名位年月日天家种次倍成％%元米公里吨岁层座]|百分之"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion)\b"
    r"|\b(?:half|third|quarter)\b",
    re.I,
)
_DATE = re.compile(
    r"\b(?:1\d{3}|20\d\d)\b|\d+年|年代|世纪|\d+月|\d+日|[一二三四五六七八九〇十]+年"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|century|decade)\b",
    re.I,
)
_CAPITAL = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'-]+")


def measure_type(
    kind: AnswerType, asked: str, reading: Language, sentence: ReadSentence, question_length: int
) -> list[float]:
    """The features of one sentence.

    Args:
        kind: Type of the answer.
        asked: The question in Simplified, half-width, lower-case characters.
        reading: Language of the question.
        sentence: The sentence.
        question_length: Number of the question's concepts.
    """
    text, chinese = fold(sentence.text), sentence.sentence.language == "zh"
    capitals = [name for name in _CAPITAL.findall(text) if name.lower() not in asked]
    digits = [number for number in re.findall(r"\d+", text) if number not in asked]
    values = _values(kind, text, asked)
    return [
        float(_fits(kind, text, chinese or bool(capitals))) if values is None else float(values > 0),
        float(len(capitals)) if values is None else float(values),
        math.log1p(len(capitals)),
        math.log1p(len(digits)),
        float(_CUE.search(text) is not None),
        float(question_length),
        float(sentence.sentence.language == reading),
        _class_found(kind, text, asked),
        float(reading == "zh") - float(chinese),
        float(re.search(r"[?？]\s*$", text) is not None),
        float(kind in _NUMERIC),
        float(kind in _DATES),
        float(kind in _NAMES),
        float(kind in _REASONS),
        float(kind in _LONG),
        float(chinese),
    ]


def _fits(kind: AnswerType, text: str, has_name: bool) -> bool:
    """Whether a text holds anything of the type asked for."""
    if kind in _NUMERIC:
        return _DIGITS.search(text) is not None
    if kind in _DATES:
        return _DATE.search(text) is not None
    if kind in _REASONS:
        return _CUE.search(text) is not None
    return has_name or kind not in _NAMES


def _values(kind: AnswerType, text: str, asked: str) -> int | None:
    """How many values that the question does not name may answer it; None where no value is asked for."""
    kinds = fitting_kinds(kind)
    if not kinds:
        return None
    found = [text[start:end].lower() for start, end, each in read_values(text) if each in kinds]
    return sum(value not in asked for value in found)


def _class_found(kind: AnswerType, text: str, asked: str) -> float:
    """1 where a word of the class asked for stands in a text, and not in the question; -1 where none is asked for."""
    wanted = _CLASSES.get(kind)
    if wanted is None:
        return -1.0
    words = read_words(text)
    found = (t.text.lower() for t, c in zip(words.tokens, words.classes, strict=True) if CLASSES[c] in wanted)
    return float(any(word not in asked for word in found))
