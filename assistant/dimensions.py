"""What a question for a size or a number of things is told in: how tall something is only in metres, feet or floors."""

from __future__ import annotations

import re
from typing import Final

from assistant.reading import read_quantities
from assistant.records import AnswerType, Question
from corpus.quantities import Quantity, comparable

_ASKED: Final = (
    (
        re.compile(
            r"\bhow (?:tall|deep|wide|thick)\b|\bwhat (?:is|was) the (?:height|depth|width|length) of\b|多[深宽厚]"
            r"|身高|海拔|(?:[高深宽长]度)(?:是|为|有|达)?多少",
            re.I,
        ),
        "1 m",
    ),
    (
        re.compile(r"\bhow heavy\b|\bwhat (?:is|was) the weight of\b|多重|[体净]重|重量(?:是|为|有|达)?多少", re.I),
        "1 kg",
    ),
    (re.compile(r"\bhow (?:hot|cold)\b|\btemperature\b|[气体水]温|温度", re.I), "1 °C"),
)
"""How a size is asked for, and one of its units."""
_PIECES: Final = re.compile(r"\bhow many\b|(?:多少|几)[个位名家种座条项部只张间支辆艘所届层台份列人]", re.I)
_FLOORS: Final = re.compile(r"\s?(?:(?:floors?|stor(?:e?ys?|ies)|levels?)\b|层)", re.I)


def asks_size(question: Question) -> bool:
    """Whether a question asks for a size, which only a value with its unit tells."""
    return _unit(question) is not None


def is_of_pieces(question: Question) -> bool:
    """Whether a question asks how many of something there are, not how much."""
    return _PIECES.search(question.standalone) is not None


def is_measured_so(question: Question, quantity: Quantity, text: str) -> bool:
    """Whether a quantity of a text has a unit of the size that a question asks for; so has any where none is.

    Args:
        question: As analysed.
        quantity: Of the text.
        text: Of a sentence.
    """
    unit = _unit(question)
    if unit is None or comparable(quantity, unit):
        return True
    return unit.unit == "m" and quantity.kind == "number" and _FLOORS.match(text, quantity.span.end) is not None


def _unit(question: Question) -> Quantity | None:
    if question.answer_type is not AnswerType.NUMBER:
        return None
    found = next((unit for pattern, unit in _ASKED if pattern.search(question.standalone)), None)
    return read_quantities(found)[0] if found else None
