"""Opposite things of one kind: a figure of exports is no answer about imports."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from assistant.records import Question
from corpus.quantities import Quantity

_PAIRS = tuple(
    (re.compile(one, re.I), re.compile(other, re.I))
    for one, other in (
        (r"\bimport(?:s|ed|ing)?\b|进口", r"\bexport(?:s|ed|ing)?\b|(?<!进)出口"),
        (r"\b(?:income|revenues?|receipts)\b|收入", r"\b(?:expenditures?|spending|expenses)\b|支出"),
        (r"\burban\b|城镇|城市居民", r"\brural\b|农村|乡村"),
        (r"\b(?:men|males?|boys)\b|男[性生子孩]", r"\b(?:women|females?|girls)\b|女[性生子孩]"),
        (r"\b(?:births?|birth rate)\b|出生", r"\b(?:deaths?|death rate)\b|死亡"),
        (r"\b(?:supply|production|output)\b|供给|产量", r"\b(?:demand|consumption)\b|需求|消费量"),
    )
)
"""What is told of one is not told of the other, in both languages."""
_CLAUSE = re.compile(r"[,，;；。]|(?<!\d)\.(?!\d)|\bwhile\b|\bwhereas\b")
Opposed = Callable[[Quantity, str], bool]
"""Whether a value of a text is of the opposite of what is asked for."""


def opposed_by(question: Question) -> Opposed:
    """The test for a question; of one that does not ask for one of two opposites no value is of the opposite."""
    pairs = _asked_pairs(question.standalone)
    return lambda value, text: any(_tells_other(*pair, value, text) for pair in pairs)


@lru_cache(maxsize=256)
def _asked_pairs(asked: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What a question asks for and its opposite, of each pair of which it names only one."""
    return tuple(
        (wanted, other)
        for pair in _PAIRS
        for wanted, other in (pair, pair[::-1])
        if wanted.search(asked) and not other.search(asked)
    )


def _tells_other(wanted: re.Pattern[str], other: re.Pattern[str], value: Quantity, text: str) -> bool:
    """Whether the clause of a value, or else the last one before it that names either, names only the opposite."""
    start, end = 0, len(text)
    for mark in _CLAUSE.finditer(text):
        if mark.end() <= value.span.start:
            start = mark.end()
        elif mark.start() >= value.span.end:
            end = mark.start()
            break
    clause = text[start:end]
    if not wanted.search(clause) and not other.search(clause):
        clause = text[:start]
        last = max((m.start() for p in (wanted, other) for m in p.finditer(clause)), default=0)
        clause = clause[last:]
    return bool(other.search(clause)) and not wanted.search(clause)
