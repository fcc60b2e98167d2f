"""The sums, shares, large numbers and words in quotation marks that a question names: what is asked stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.evidence import fitting_first
from assistant.reading import read_quantities
from assistant.records import AnswerType, Evidence, Question
from corpus.quantities import Quantity, comparable
from corpus.records import Span
from index.scripts import fold

_IN_QUOTATION_MARKS: Final = re.compile(r"[“\"「]([^“”\"「」]{2,40})[”\"」]")
_NEW_CLAUSE: Final = re.compile(r"[:;：；]")
_WITHOUT: Final = 0.1
"""Factor of the odds of a sentence without the sum that the question names, where another has it."""
_MANY: Final = 100
"""Smaller numbers than that are told of too many things."""


def given_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where one tells the very sum that the question names, those without it fall behind.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    given = _given(question)
    if not given:
        return evidence
    tells = [any(_is_same(v, one) for v in read_quantities(item.simplified) for one in given) for item in evidence]
    return fitting_first(evidence, tells, _WITHOUT)


def in_its_words_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where one holds the very words that a question sets in quotation marks, others fall behind.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    if question.answer_type is not AnswerType.DEFINITION:
        return evidence
    terms = [fold(term).lower() for term in _IN_QUOTATION_MARKS.findall(question.standalone)]
    return fitting_first(
        evidence, [all(term in item.simplified.lower() for term in terms) for item in evidence], _WITHOUT
    )


def beside_given(places: Sequence[Span], question: Question, text: str) -> list[Span]:
    """Of some places in a text the one nearest to a value that the question names; none where it tells no such value.

    Args:
        places: Such as its dates.
        question: As analysed.
        text: Of a sentence.
    """
    given = _given(question)
    for value in read_quantities(text):
        if any(_is_same(value, other) for other in given):
            return sorted(places, key=lambda place: _apart(place, value.span, text))[:1]
    return []


def between(one: Span, two: Span) -> Span:
    """What stands between two parts of a text that don't overlap."""
    return Span(min(one.end, two.end), max(one.start, two.start))


def is_given(quantity: Quantity, text: str, question: Question) -> bool:
    """Whether the question itself names a number of a text, so that it can't be the answer."""
    written = quantity.span.cut(text)
    return len(written) > 1 and written in question.standalone


def _given(question: Question) -> list[Quantity]:
    """The values that a question names, less small numbers: "Diablo 3" and "two banks" tell no sum."""
    found = read_quantities(question.standalone)
    return [value for value in found if value.kind not in ("ordinal", "period") and not _is_small(value)]


def _is_small(value: Quantity) -> bool:
    return value.kind == "number" and value.low < _MANY


def _is_same(one: Quantity, two: Quantity) -> bool:
    return comparable(one, two) and one.low == two.low


def _apart(one: Span, two: Span, text: str) -> int:
    """Characters between two parts of a text; many more across a colon or semicolon."""
    gap = between(one, two)
    return len(gap) + (len(text) if _NEW_CLAUSE.search(gap.cut(text)) else 0)
