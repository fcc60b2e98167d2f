"""Sentences in Chinese that name nobody do not tell who somebody is, nor those without a place where something was.

English has capitals, by which the learned models see names; in Chinese few words can be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.boosting import scaled_odds
from assistant.discourse import of_someone
from assistant.evidence import fitting_first
from assistant.reading import CLASSES, read_words
from assistant.records import AnswerType, Evidence, Question
from assistant.slots import proper_names
from corpus.quantities import find_dates
from corpus.records import Language, Span
from index.names import is_spelling
from index.scripts import fold

_NO_PERSON: Final = re.compile(
    r"冠军|亚军|季军|得主|获胜|赢|胜者|夺[冠魁]|第[一二三]名|主席国|东道主|吉祥物|对手|队|[击打]败|战胜|哪[个些支家][^人]"
    r"|\b(?:champions?|winners?|won|win|wins|mascots?|hosts?|opponents?|owns?|owned)\b",
    re.I,
)
"""Asks for what may as well be a team, a country or a film."""
_WHERE: Final = re.compile(r"举[办行]|召开|主办|承办|\b(?:held|host(?:s|ed)?|t(?:ake|akes|ook) place)\b", re.I)
"""Asks for the place of an event, which has a name."""
_TITLE: Final = re.compile(r"[《〈][^《》〈〉]*[》〉]")
_DOTTED: Final = re.compile(r"[\u4e00-\u9fff]·[\u4e00-\u9fff]")
"""Within a foreign name in Chinese."""
_PLACE: Final = re.compile(r".[国省市县州镇村岛港区馆园场厅]|.+(?:中心|大厦|大学)")
_LATIN: Final = frozenset({"capital", "acronym"})
_LONGEST: Final = 6
"""Characters of a foreign name, or of its part."""
_NAMELESS: Final = 0.1
"""Factor of the odds of a sentence without a name, where another one has one, and of its answer."""


def named_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where a person or a place is asked for and one names such, those that name none fall behind.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    if not _asks_name(question):
        return evidence
    return fitting_first(evidence, [_names_any(question, item) for item in evidence], _NAMELESS)


def unless_nameless(question: Question, item: Evidence, chance: float) -> float:
    """The chance in [0, 1] that a sentence answers; less where a person or a place is asked for and it names none."""
    return scaled_odds(chance, _NAMELESS) if _asks_name(question) and not _names_any(question, item) else chance


def person_names(text: str, language: Language) -> list[Span]:
    """Where names stand in a text that may be a person's, in order: in Chinese by its words, in English by capitals."""
    if language == "en":
        days = [day.span for day in find_dates(text)]
        named = {Span(*match.span()) for name in proper_names(text) for match in re.finditer(re.escape(name), text)}
        return sorted(span for span in named if not any(day.overlaps(span) for day in days))
    words = read_words(text)
    spans: list[Span] = []
    for token, number in zip(words.tokens, words.classes, strict=True):
        if not _may_be_person(token.text, CLASSES[number]):
            continue
        joins = bool(spans) and spans[-1].end == token.span.start
        start = spans.pop().start if joins else token.span.start
        spans.append(Span(start, token.span.end))
    return spans


def _asks_name(question: Question) -> bool:
    if question.answer_type is AnswerType.PLACE:
        return _WHERE.search(question.standalone) is not None
    return question.answer_type is AnswerType.PERSON and _NO_PERSON.search(question.standalone) is None


def _names_any(question: Question, item: Evidence) -> bool:
    """Whether a sentence in Chinese has a name that the question does not; titles of works name nobody."""
    if item.sentence.language != "zh" or of_someone(question, item):
        return True
    asked = fold(question.standalone).lower()
    titles = [match.span() for match in _TITLE.finditer(item.simplified)]
    words = read_words(item.simplified)
    may_name = _may_be_place if question.answer_type is AnswerType.PLACE else _may_be_person
    for token, number in zip(words.tokens, words.classes, strict=True):
        in_title = any(start <= token.span.start < end for start, end in titles)
        if not in_title and token.text.lower() not in asked and may_name(token.text, CLASSES[number]):
            return True
    return _DOTTED.search(_TITLE.sub("", item.simplified)) is not None


def _may_be_person(word: str, kind: str) -> bool:
    foreign = kind in _LATIN and len(word) > 1
    return foreign or kind == "person" or (kind == "unknown" and len(word) <= _LONGEST and is_spelling(word))


def _may_be_place(word: str, kind: str) -> bool:
    return kind == "place" or _PLACE.fullmatch(word) is not None or _may_be_person(word, kind)
