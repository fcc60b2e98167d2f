"""What tells the asked value from others in its sentence: currency, bound, time, counted noun, that it is no change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from assistant.bounds import is_bounded
from assistant.counting import counting_tests
from assistant.given import between
from assistant.latest import asks_latest, is_latest
from assistant.opposites import opposed_by
from assistant.reading import focus_head, read_quantities
from assistant.records import AnswerType, Evidence, Question
from assistant.timing import asks_start, time_tests, untimely
from corpus.quantities import Quantity
from corpus.records import Span

GROWTH = re.compile(
    r"\b(?:gr[eo]w|grown|growth|r[io]se|risen|increased?|decreased?|fall|fell|fallen|drop|dropped|climb|climbed|jump)\b"
    r"|\b(?:up by|bigger|smaller|faster|how fast|more than (?:before|the year)|change)\b"
    r"|增长|增幅|增速|涨|上升|提高|扩大|同比|环比|幅度"
    r"|下降|下滑|降幅|减少",
    re.I,
)
"""Asks or tells by how much something changed."""
_DOLLARS = re.compile(r"\b(?:us )?dollars?\b|us\$|美元|美金", re.I)
_YUAN = re.compile(r"\byuan\b|\brmb\b|人民币|[亿万]元|(?<![美欧日港])元")
_FROM = re.compile(r"(?:\bfrom|从|由)\s*$", re.I)
_TO = re.compile(r"\s*(?:to|(?:提高|上升|增加|增长|下降|减少|降低|升|增|降|变|扩大)?[到至为])\s*", re.I)
_CONVERTED = re.compile(r"(?:[(（]|\bor |\babout |约?合|折合|相当于|即)\s*$", re.I)
"""Before a sum that says the one before it in another currency."""
_BREAK = re.compile(r"[,，;；。]|(?<!\d)\.")
_NOUN_REACH = 24
"""Characters from a number within which the counted noun is looked for."""

Test = Callable[[Quantity], bool]
"""Tells of a value whether it is what is asked for."""


def preferences(question: Question, item: Evidence, fitting: Sequence[Quantity]) -> Iterator[Test]:
    """What tells the asked value from others in its sentence, the strongest first.

    Args:
        question: As analysed.
        item: The sentence.
        fitting: Its values of the asked kind.
    """
    asked = question.standalone
    currency = currency_named(asked)
    if currency:
        yield lambda quantity: quantity.currency == currency
    growth = question.answer_type is AnswerType.CHANGE or bool(GROWTH.search(asked))
    yield lambda quantity: _tells_change(quantity, item.simplified) == growth
    yield lambda quantity: is_bounded(quantity, asked)
    yield from time_tests(asked, item)
    yield lambda quantity: not untimely(question, quantity, item)
    if asks_latest(question):
        yield lambda quantity: is_latest(quantity, item, fitting)
    yield from counting_tests(question, item.simplified)
    opposed = opposed_by(question)
    yield lambda quantity: not opposed(quantity, item.simplified)
    yield lambda quantity: not _CONVERTED.search(item.simplified[: quantity.span.start])
    if not growth:
        of_start = asks_start(asked, item)
        yield lambda quantity: bool(_FROM.search(item.simplified[: quantity.span.start])) == of_start
    yield from _nouns(question, item, fitting)


def _tells_change(quantity: Quantity, text: str) -> bool:
    """Whether a value tells by how much something changed, not from where: "grew [from 20 million] to 500 million"."""
    return quantity.change is not None and not _FROM.search(text[: quantity.span.start])


def _nouns(question: Question, item: Evidence, fitting: Sequence[Quantity]) -> Iterator[Test]:
    """The value that stands nearest to the asked noun, or holds it: behind it in English, on either side in Chinese."""
    head = focus_head(question)
    nouns = [word.span for word in item.matched if head is not None and word.asked.overlaps(head)]
    if not nouns:
        return

    def distance(quantity: Quantity) -> int:
        return min(_gap(noun, quantity.span, item.simplified) for noun in nouns)

    nearest = min((distance(quantity) for quantity in fitting), default=_NOUN_REACH)
    if nearest < _NOUN_REACH:
        yield lambda quantity: distance(quantity) == nearest


def _gap(noun: Span, number: Span, text: str) -> int:
    """How far a noun stands from a number: a little further where it comes first, much further across a comma."""
    if noun.overlaps(number):
        return 0
    gap = between(noun, number)
    crossed = _NOUN_REACH if _BREAK.search(gap.cut(text)) else 0
    return len(gap) + crossed + (2 if noun.end <= number.start else 0)


def from_to(text: str) -> list[Span]:
    """Where a text tells a change by both its ends."""
    found = []
    for first, second in pairwise(read_quantities(text)):
        start = _FROM.search(text[: first.span.start])
        if start and first.kind == second.kind and _TO.fullmatch(text[first.span.end : second.span.start]):
            found.append(Span(start.start(), second.span.end))
    return found


def currency_named(asked: str) -> str:
    """The currency that a question names; empty for none."""
    return "USD" if _DOLLARS.search(asked) else "CNY" if _YUAN.search(asked) else ""
