"""Sentences that tell of a rival of what is asked for, silver for gold, or of the very thing in words of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from assistant.boosting import scaled_odds
from assistant.evidence import fitting_first, weighed
from assistant.implied import asks_old_name, asks_population, implied_words, tells_implied, tells_of_former
from assistant.opposites import names_asked, tells_only_others
from assistant.records import AnswerType, Evidence, Question
from assistant.slots import content_words
from assistant.whereabouts import tells_whereabouts
from index.compiling import KINDS
from index.tokenizing import lemma

_WHO: Final = frozenset({AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.PLACE, AnswerType.NAME})
"""Types of which one thing is told of the asked one and another of its opposite."""
_MISTAKEN: Final = 0.001
"""Factor of the odds of a sentence that answers with a rival."""
_UNNAMED: Final = 0.03
"""The same where whole sentences answer, which may tell of both."""

_UNTOLD: Final = 0.1
"""Factor of the odds of a sentence that does not tell the role or deed by which a person is asked for."""
_RESIDENTS: Final = 5.0
"""Factor of the odds of an answer that tells a population by its residents, where it is of what is named."""
_TOLD: Final = 0.6
"""Chance at least that a sentence answers which tells of a former name, or where a place lies, where that is asked."""

Test = Callable[[Question, str], bool]


def rivals_last(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: those that tell only of a rival fall behind, where another one tells of what is asked.

    So do those that tell no former name, where one does and one is asked for.

    Args:
        question: As analysed; no value is asked for.
        evidence: Best first.
    """
    for is_rival, is_asked in ((tells_of_former, tells_implied), (tells_only_others, names_asked)):
        evidence = _behind(question, evidence, is_rival, is_asked)
    if asks_old_name(question.standalone):
        return implied_first(question, evidence)
    if question.answer_type is AnswerType.PERSON:
        return fitting_first(evidence, [tells_implied(question, item.simplified) for item in evidence], _UNTOLD)
    return evidence


def implied_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where one tells what a question implies, residents of a population, others fall behind.

    Args:
        question: As analysed; a value or a former name is asked for.
        evidence: Best first.
    """
    return fitting_first(evidence, [tells_implied(question, item.simplified) for item in evidence], _UNNAMED)


def told_otherwise(question: Question, item: Evidence, chance: float) -> float:
    """The chance in [0, 1] that a sentence answers; more where it tells what is asked for in words of its own.

    "The population of Yiwu" shares no word with "nearly 2 million permanent residents", nor "Jinhua's old name" with
    "in earlier times the city was called Wuzhou".
    """
    if tells_whereabouts(question, item):
        return max(chance, _TOLD)
    if item.is_of_others or not tells_implied(question, item.simplified):
        return chance
    if question.answer_type is AnswerType.PERSON:
        return max(chance, _TOLD) if _tells_whose(question, item) else chance
    if asks_old_name(question.standalone):
        return max(chance, _TOLD)
    return scaled_odds(chance, _RESIDENTS) if asks_population(question.standalone) else chance


def _tells_whose(question: Question, item: Evidence) -> bool:
    """Whether a sentence has all words of a question but the role, which it tells in words of its own.

    "Who speaks for the Ministry of Commerce" tells 商务部发言人是谁; that there is a ministry tells of no other one.
    """
    asked = question.standalone
    role = {word for implied in implied_words(question) for word in content_words(implied)}
    wanted = [word for word in content_words(asked) if word not in role]
    met = {word.asked.cut(asked) for word in item.matched if lemma(word.span.cut(item.text)) not in KINDS}
    return bool(wanted) and all(any(word in other or other in word for other in met) for word in wanted)


def _behind(question: Question, evidence: Sequence[Evidence], is_rival: Test, is_asked: Test) -> Sequence[Evidence]:
    rivals = [is_rival(question, item.simplified) for item in evidence]
    others = [item for item, rival in zip(evidence, rivals, strict=True) if not rival]
    if len(others) == len(evidence) or not any(is_asked(question, item.simplified) for item in others):
        return evidence
    factor = _MISTAKEN if question.answer_type in _WHO else _UNNAMED
    return weighed(evidence, (factor if rival else 1.0 for rival in rivals))
