"""How much is imported or sold, where no time is asked for: of the latest year told, not of a month, nor an aim.

"How much does Yiwu import?" is not answered by what it imported in May, wants to import, or imported in 2010.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.discourse import before, follows
from assistant.given import between
from assistant.held_names import is_spelled_out
from assistant.polarity import AIM
from assistant.reading import read_dates
from assistant.records import AnswerType, Evidence, MetWord, Question
from assistant.slots import name_spans, proper_names
from assistant.timing import time_of_value
from corpus.quantities import Quantity
from corpus.records import Span
from index.tokenizing import tokens

_FLOW: Final = re.compile(
    r"\b(?:(?:foreign|international|total|overall) )?"
    r"(?:import|export|trade|trading|sales?|sell|sold|turnover|revenue|profit|output|produc)\w*"
    r"|(?:对外)?(?:进出口|进口|出口|外贸|贸易|销售|营收|收入|利润|产[量值]|生产)总?额?",
    re.I,
)
"""Of what so much is told a year."""
_OTHERWISE: Final = re.compile(
    r"\b(?:target|goal|aim|plan|want|expect|hope|intend|will|ratio|share|per ?cent|day|daily|month|week|record)\w*\b"
    r"|\b(?:grow|grew|rise|rose|increas|more|less|change)\w*|目标|计划|预[计期]|希望|力争|占|比|增|降|每[天月周]|[一单]个?月|纪录",
    re.I,
)
"""Asks for something else than how much it is a year."""
_WHERE: Final = re.compile(r"\b(?:in|at|from|by|to|with|for|near|under|on) (?:the )?$|[在于从向对与和跟]$", re.I)
"""Before a name that only tells where or with whom."""
_NEW_CLAUSE: Final = re.compile(r"[;；:：]|\b(?:while|whereas|but|although)\b|而|但")
_YEAR: Final = 300
"""Days from which a time counts as a year."""


def asks_latest(question: Question) -> bool:
    """Whether it is asked how much of something is traded or made, without any time."""
    asked = question.standalone
    return (
        question.answer_type in (AnswerType.MONEY, AnswerType.NUMBER)
        and _FLOW.search(asked) is not None
        and _OTHERWISE.search(asked) is None
        and not read_dates(asked)
    )


def latest_alone(
    question: Question, evidence: Sequence[Evidence], values: Callable[[Evidence], Sequence[Quantity]]
) -> Sequence[Evidence]:
    """The sentences but those with a value of a month, of an aim or of an earlier year, where one tells of a later one.

    That one has as many words of the question as any. One that goes on from a sentence left out is as likely as that
    was. What is told right behind the name of something else is of that: "the Yiwu Bonded Centre" is not Yiwu.

    Args:
        question: As analysed.
        evidence: Best first.
        values: Those of a sentence that are of the asked kind.
    """
    if not asks_latest(question):
        return evidence
    told = [[value for value in values(item) if value.kind == "money"] for item in evidence]
    years = [_latest_year(question, item, evidence, found) for item, found in zip(evidence, told, strict=True)]
    words = [_words_met(question, item, evidence) if found else 0 for item, found in zip(evidence, told, strict=True)]
    latest = max((year for year, met in zip(years, words, strict=True) if met == max(words)), default=0)
    gone = [item for item, found, year in zip(evidence, told, years, strict=True) if found and year < latest]
    kept = (item for item in evidence if item not in gone)
    raised = (replace(i, score=max([i.score, *(one.score for one in gone if follows(one, i))])) for i in kept)
    return sorted(raised, key=lambda item: -item.score)


def is_latest(value: Quantity, item: Evidence, others: Sequence[Quantity]) -> bool:
    """Whether no other value of a sentence is told of a later time."""
    ends = [end for other in others if (end := _end(other, item))]
    own = _end(value, item)
    return not ends or own is None or own == max(ends)


def _latest_year(question: Question, item: Evidence, evidence: Sequence[Evidence], values: Sequence[Quantity]) -> int:
    """The latest year of which a sentence tells a value of what is asked about; 0 for none.

    That of its article where it tells no time.
    """
    if item.is_of_others or AIM.search(item.simplified):
        return 0
    published = item.article.published
    of_it = (v for v in values if _is_about(question, item, evidence, v) and not _is_of_another(v, item))
    times = [time_of_value(value, item) for value in of_it]
    years = [
        (published.year if published else 1) if time is None else time.end.year
        for time in times
        if time is None or (time.anchored and (time.end - time.start).days >= _YEAR)
    ]
    return max(years, default=0)


def _is_of_another(value: Quantity, item: Evidence) -> bool:
    """Whether the last name before a value, or a part of it, is none that the question names; "in Zhejiang" is none."""
    ahead = item.simplified[: value.span.start]
    met = [word.span for word in item.matched if word.is_of_question]
    for name in reversed(proper_names(ahead)):
        start = ahead.rfind(name)
        ahead = ahead[:start]
        if not _WHERE.search(ahead) and (ahead.strip() or " " in name or is_spelled_out(name)):
            words = [word.span.moved(start) for word in tokens(name)]
            return not all(any(word.overlaps(other) for other in met) for word in words)
    return False


def _end(value: Quantity, item: Evidence) -> date | None:
    time = time_of_value(value, item)
    return time.end if time else None


def _is_about(question: Question, item: Evidence, evidence: Sequence[Evidence], value: Quantity) -> bool:
    """Whether a value is of what is asked for: told in its clause, else right before its sentence."""
    own = [word.span for word in _asked_for(question, item)]
    if own:
        return any(not _NEW_CLAUSE.search(between(word, value.span).cut(item.simplified)) for word in own)
    ahead = before(item, evidence)
    return ahead is not None and bool(_asked_for(question, ahead))


def _asked_for(question: Question, item: Evidence) -> list[MetWord]:
    """The words of a sentence that meet what is asked for: imports."""
    flows = _flows(question)
    return [word for word in item.matched if word.is_of_question and any(flow.overlaps(word.asked) for flow in flows)]


def _words_met(question: Question, item: Evidence, evidence: Sequence[Evidence]) -> int:
    """How many words of a question a sentence has, or the one before it, besides names and what is asked for."""
    known = [*name_spans(question.standalone, proper_names(question.standalone)), *_flows(question)]
    return sum(not any(other.overlaps(place) for other in known) for place in _met(item, evidence))


def _flows(question: Question) -> list[Span]:
    return [Span(*match.span()) for match in _FLOW.finditer(question.standalone)]


def _met(item: Evidence, evidence: Sequence[Evidence]) -> set[Span]:
    """The parts of a question that a sentence meets, or the one before it."""
    ahead = before(item, evidence)
    return {word.asked for each in (item, ahead) if each for word in each.matched if word.is_of_question}
