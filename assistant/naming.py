"""Spans that can hardly be the answer: without a name where a person is asked for, or only the question's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.boosting import scaled_odds
from assistant.extraction import Candidate
from assistant.reading import CLASS_NUMBER, read_words
from assistant.records import AnswerType, Evidence, Question
from corpus.languages import count_han
from corpus.records import Span
from index.function_words import is_function_word
from index.postags import word_class
from index.scripts import fold

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
_WHEREABOUTS: Final = "s"
"""Class of words such as 心中, which name no place."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a sentence."""

    span: Span
    """In the sentence's text."""
    names: bool
    """Whether it may name someone whom the question does not."""
    adds: bool
    """Whether it says what the question does not."""


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
    used = {one.key for one in held}
    told = {item.key: (item, _words(question, item)) for item in evidence if item.key in used}
    inside = [_inside(*told[one.key], one) for one in held]
    if question.answer_type in _NAMED:
        fits = [_needs_no_name(question, one) or _has_name(words) for one, words in zip(held, inside, strict=True)]
        held = _behind(held, fits, _NAMELESS)
    if question.answer_type is not AnswerType.YES_NO:
        held = _behind(held, [any(word.adds for word in words) for words in inside], _ECHO)
    return sorted(held, key=lambda one: -one.score)


def _behind(candidates: Sequence[Candidate], fits: Sequence[bool], factor: float) -> list[Candidate]:
    if not any(fits):
        return list(candidates)
    pairs = zip(candidates, fits, strict=True)
    return [one if fit else replace(one, score=scaled_odds(one.score, factor)) for one, fit in pairs]


def names(question: Question, item: Evidence, candidate: Candidate) -> bool:
    """Whether a span holds a word that may name someone, and that the question does not have."""
    return _has_name(_inside(item, _words(question, item), candidate))


def _words(question: Question, item: Evidence) -> list[_Word]:
    """The words of a sentence."""
    asked = fold(question.standalone).lower()
    met = [word.span for word in item.matched if word.is_of_question]
    words = read_words(item.text)
    found = []
    for token, number in zip(words.tokens, words.classes, strict=True):
        text, is_met = token.text.lower(), any(token.span.overlaps(other) for other in met)
        is_name = number in _NAMING and text not in asked and word_class(token.text) != _WHEREABOUTS
        found.append(_Word(token.span, is_name and not is_met, not is_met and not is_function_word(text)))
    return found


def _inside(item: Evidence, words: Sequence[_Word], candidate: Candidate) -> list[_Word]:
    span = candidate.span.moved(-item.sentence.span.start)
    return [word for word in words if word.span.overlaps(span)]


def _has_name(words: Sequence[_Word]) -> bool:
    return any(word.names for word in words)


def _needs_no_name(question: Question, candidate: Candidate) -> bool:
    """Whether no name is wanted of a span.

    Of organisations and places one is only where "which company" asks for them, not "where", and capitals tell it.
    """
    return question.answer_type is not AnswerType.PERSON and (not question.focus or count_han(candidate.text) > 0)
