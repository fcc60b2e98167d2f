"""Spans that can hardly be the answer: without a name where a person is asked for, or only the question's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.boosting import scaled_odds
from assistant.extraction import Candidate
from assistant.reading import CLASS_NUMBER, read_words
from assistant.records import AnswerType, Evidence, Question
from corpus.languages import count_han
from index.function_words import is_function_word
from index.postags import word_class
from index.scripts import fold
from index.tokenizing import Token

_NAMING: Final = frozenset(
    CLASS_NUMBER[name] for name in "capital acronym person place organisation name unknown".split()
)
"""Classes of words that name someone; states, councils and teams do things too."""
_NAMED: Final = frozenset({AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.PLACE})
"""Types that are answered by names."""
_NAMELESS: Final = 0.01
"""Factor of the odds of a span without a name, where one is wanted and another span has one."""
_ECHO: Final = 0.05
"""Factor of the odds of a span that says nothing but what the question says, where another one says more."""
_CHOICE: Final = re.compile(r"\bor\b|还是|或|哪个更|谁更", re.IGNORECASE)
"""Questions that name their possible answers themselves."""
_MET: Final = 0.02
"""Share of the question's weight from which a word counts as the question's own."""
_WHEREABOUTS: Final = "s"
"""Class of words such as 心中, which name no place."""


def news_first(question: Question, evidence: Sequence[Evidence], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates anew, best first: those that can hardly be the answer fall behind the others.

    All stay where the question names its possible answers: "the crew or Mara Quist".

    Args:
        question: As analysed.
        evidence: Holds the keys of the candidates.
        candidates: Best first.
    """
    held = list(candidates)
    if _CHOICE.search(question.standalone):
        return held
    by_key = {item.key: item for item in evidence}
    if question.answer_type in _NAMED:
        held = _behind(held, [_may_name(question, by_key[one.key], one) for one in held], _NAMELESS)
    if question.answer_type is not AnswerType.YES_NO:
        held = _behind(held, [_says_more(by_key[one.key], one) for one in held], _ECHO)
    return sorted(held, key=lambda one: -one.score)


def _behind(candidates: Sequence[Candidate], fits: Sequence[bool], factor: float) -> list[Candidate]:
    if not any(fits):
        return list(candidates)
    pairs = zip(candidates, fits, strict=True)
    return [one if fit else replace(one, score=scaled_odds(one.score, factor)) for one, fit in pairs]


def _inside(item: Evidence, candidate: Candidate) -> list[tuple[Token, int, bool]]:
    """The words of a candidate with their classes, and whether the question has them too."""
    span = candidate.span.moved(-item.sentence.span.start)
    words = read_words(item.text)
    met = [word.span for word in item.matched if word.share > _MET]
    return [
        (token, number, any(token.span.overlaps(other) for other in met))
        for token, number in zip(words.tokens, words.classes, strict=True)
        if token.span.overlaps(span)
    ]


def _may_name(question: Question, item: Evidence, candidate: Candidate) -> bool:
    """Whether a span is a name, or need not be one.

    Organisations and places only where "which company" asks for them, not "where", and where capitals tell a name.
    """
    if question.answer_type is not AnswerType.PERSON and (not question.focus or count_han(candidate.text)):
        return True
    return names(question, item, candidate)


def names(question: Question, item: Evidence, candidate: Candidate) -> bool:
    """Whether a span holds a word that may name someone, and that the question does not have."""
    asked = fold(question.standalone).lower()
    return any(
        number in _NAMING and not met and token.text.lower() not in asked and word_class(token.text) != _WHEREABOUTS
        for token, number, met in _inside(item, candidate)
    )


def _says_more(item: Evidence, candidate: Candidate) -> bool:
    return any(not met and not is_function_word(token.text.lower()) for token, _, met in _inside(item, candidate))
