"""Of sentences that give the same answer the one that gives it in full: "Rory McIlroy", a day and not its year.

Articles name people and teams in full once, and shortly from then on; some tell a day where others tell its year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from assistant.choosing import Choice
from assistant.extraction import Candidate
from assistant.reading import read_dates
from assistant.records import AnswerType, Evidence, Question
from assistant.timing import asks_year
from corpus.quantities import DateSpan

_NEARLY: Final = 0.02
"""Share of the best sentence's odds from which another one may stand in for it."""
_OF_SPANS: Final = 0.1
"""Share of the chance of a sentence's best span from which another one may be told."""
_NAMED: Final = frozenset({AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.NAME})
_MOST_WORDS: Final = 3
"""Words that a whole name has before its short form."""


def told_in_full(question: Question, evidence: Sequence[Evidence], choice: Choice) -> Choice:
    """The choice; where a sentence nearly as likely gives the same name or date in full, that one beside the best.

    Args:
        question: As analysed.
        evidence: Holds the keys of the choice.
        choice: The best sentence and its span.
    """
    by_key = {item.key: item for item in evidence}
    own, highest = by_key[choice.span.key], choice.totals[0][1]
    for key, total in choice.totals[1:]:
        if np.exp(total - highest) < _NEARLY:
            break
        for other in _likely(choice.candidates, key):
            if _is_fuller(question, (other, by_key[key]), (choice.span, own)):
                whole = replace(other, score=max(other.score, choice.span.score))
                return replace(choice, span=whole, support=(own.key,))
    return choice


def _likely(candidates: Sequence[Candidate], key: str) -> list[Candidate]:
    """The spans of a sentence that are not much less likely than its best one."""
    own = [one for one in candidates if one.key == key]
    return [one for one in own if one.score >= _OF_SPANS * own[0].score]


def _is_fuller(question: Question, one: tuple[Candidate, Evidence], two: tuple[Candidate, Evidence]) -> bool:
    """Whether the first span says all of what the second one does, and more."""
    if question.answer_type is AnswerType.DATE:
        return not asks_year(question) and _is_finer(_day(*one), _day(*two))
    return question.answer_type in _NAMED and _is_whole_name(one[0].text, two[0].text)


def _day(span: Candidate, item: Evidence) -> DateSpan | None:
    """The date of a span that holds just one, with its year."""
    found = read_dates(span.text, item.article.published)
    return found[0] if len(found) == 1 and found[0].anchored else None


def _is_finer(day: DateSpan | None, other: DateSpan | None) -> bool:
    """Whether a date lies inside another, longer one."""
    if day is None or other is None:
        return False
    return other.start <= day.start and day.end <= other.end and day.end - day.start < other.end - other.start


def _is_whole_name(text: str, short: str) -> bool:
    """Whether a name in capitals ends with a shorter one: "Milwaukee Bucks", "the Bucks"."""
    words, last = text.split(), short.removeprefix("the ").removeprefix("The ").split()
    ahead = words[: -len(last)] if last else []
    named = 0 < len(ahead) <= _MOST_WORDS and all(word[:1].isupper() and not word.endswith(",") for word in ahead)
    return named and words[-len(last) :] == last
