"""What spans are measured against: the words of one question, and learned log-odds of words around answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assistant.boosting import Floats
from assistant.reading import CLASS_NUMBER, CLASSES, GAP_NUMBER, Words, asking_span, focus_span, key, read_words
from assistant.records import AnswerType, Question
from assistant.spans import Whole
from corpus.languages import detect_language
from index.scripts import fold

GROUPS = ("numeric", "date", "person", "place", "name", "reason", "long", "other")
"""Kinds of answers that share learned tables."""
_GROUP = {
    AnswerType.NUMBER: 0, AnswerType.SHARE: 0, AnswerType.MONEY: 0, AnswerType.COUNT: 0, AnswerType.RATIO: 0,
    AnswerType.CHANGE: 0, AnswerType.DATE: 1, AnswerType.PERIOD: 1, AnswerType.PERSON: 2, AnswerType.PLACE: 3,
    AnswerType.ORGANISATION: 4, AnswerType.NAME: 4, AnswerType.REASON: 5, AnswerType.MEANS: 5,
    AnswerType.DEFINITION: 6, AnswerType.LIST: 6, AnswerType.YES_NO: 7, AnswerType.OTHER: 7,
    AnswerType.OVERVIEW: 6,
}  # fmt: skip
_TYPES = tuple(AnswerType)


def answer_group(question: Question) -> int:
    """Position in `GROUPS` of what a question asks for."""
    return _GROUP[question.answer_type]


POSITIONS = ("before", "first", "inside", "last", "after")
"""Where a word stands to a span: the places that the learned tables tell apart."""


class Asked:
    """What spans are measured against: the words of one question.

    Args:
        question: As analysed.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.language = detect_language(question.standalone)
        self.group = _GROUP[question.answer_type]
        self.type = _TYPES.index(question.answer_type)
        self.folded = fold(question.standalone).lower()
        asking = asking_span(question)
        words = read_words(question.standalone).tokens
        left = [key(w) for w in words if asking and w.span.end <= asking.start]
        right = [key(w) for w in words if asking and w.span.start >= asking.end]
        focus = [key(w) for w in read_words(question.focus).tokens]
        rest = right[len(focus) :] if focus and right[: len(focus)] == focus else right
        self.left, self.right = set(left[-1:]), set(rest[:1])
        """The words around the asking word, between which the answer would stand in a statement."""
        self.far_left, self.far_right = set(left[-3:]), set(rest[:3])
        before = [w.span for w in words if asking and w.span.end <= asking.start]
        after = [w.span for w in words if asking and w.span.start >= asking.end][len(right) - len(rest) :]
        self.spans_left, self.spans_right = before[-3:], after[:3]
        """The same words' places in the question, by which words of the other language are told to meet them."""
        self.focus = set(focus)
        self.focus_span = focus_span(question)
        self.focus_end = question.focus[-1:] if self.language == "zh" else (focus[-1] if focus else "")


class Tables:
    """How much likelier a word, or a class of words, is at a place of an answer than at that place of any other span.

    Args:
        content: For each position, `words` (key to log-odds, one a group) and `classes` (class to the same).
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._words: list[dict[str, list[float]]] = [content[p]["words"] for p in POSITIONS]
        self._classes = np.zeros((len(POSITIONS), len(CLASSES), len(GROUPS)))
        for row, position in enumerate(POSITIONS):
            for name, values in content[position]["classes"].items():
                self._classes[row, CLASS_NUMBER[name]] = values

    def words(self, keys: Sequence[str], group: int) -> Floats:
        """float64 (positions, keys)."""
        return np.array([[table[k][group] if k in table else 0.0 for k in keys] for table in self._words])

    def classes(self, numbers: Whole, group: int) -> Floats:
        """float64 (positions, words)."""
        found: Floats = self._classes[:, numbers, group]
        return found


EDGE = CLASS_NUMBER["edge"]


def outer_keys(text: str, words: Words) -> tuple[list[str], list[str]]:
    """For each gap (one more than words), what a span sees before it and after it: a mark, else the next word's key."""
    keys = [key(token) for token in words.tokens]
    before, after = [], []
    for position, gap in enumerate(words.gaps):
        mark = ""
        if gap >= GAP_NUMBER["joint"]:
            start = words.tokens[position - 1].span.end if position else 0
            end = words.tokens[position].span.start if position < len(keys) else len(text)
            mark = words.folded[start:end].strip()
        before.append(mark[-1:] or (keys[position - 1] if position else "^"))
        after.append(mark[:1] or (keys[position] if position < len(keys) else "$"))
    return before, after
