"""The time a question asks for: which sentences and which of their values are of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.discourse import adjacent, before, follows
from assistant.evidence import weighed
from assistant.reading import asked_days, read_dates, told_dates
from assistant.records import AnswerType, Evidence, Question
from corpus.quantities import DateSpan, Quantity

_AT_ONCE = re.compile(
    r"\)?(?: ?\([^()]{0,30}\))? (?:(?:by|in|for|during|until|at|from|between) (?:the end of )?)?", re.I
)
"""Between a value and its time, in English: "20 billion yuan ($2.73 billion) in 2010"."""
_BEGINNING = r"开通|成立|开业|创[立办建]|建[成立]|启动|开始|问世|诞生"
_WHEN = r"什么时候|何时|几时|哪[天月]|时间"
_YEAR = re.compile(r"\b(?:what|which) year\b|哪一?年", re.I)
_MOMENT = re.compile(
    rf"{_YEAR.pattern}|\bwhen (?:did|was|were|has)\b.*\b(?:open|found|start|begin|launch|establish|set up|built)"
    rf"|(?:{_WHEN}).*(?:{_BEGINNING})|(?:{_BEGINNING}).*(?:{_WHEN})",
    re.I,
)
"""Asks in which year something was, or when it began."""
_SINCE = re.compile(r"\bsince when\b|\bhow long (?:has|have)\b|[从自](?:什么时候|何时|哪一?年)", re.I)
_LONGEST_YEAR = 366
_LASTING = re.compile(
    r"\bhow many (?:minutes|hours|days|weeks|months)\b|(?:多少|几)(?:分钟|个?小时|天|个?星期|个月)", re.I
)
"""Asks how long something takes, in units of time: no date is an answer."""
_OTHER_TIME = 0.03
"""Factor of the odds of a sentence that tells of a time which only overlaps the one asked for."""
_MOST = 0.75
"""Share of a time that is most of it."""
_WHOLE = re.compile(r"\b(?:whole|full|entire)[ -]year\b|全年|整年", re.I)
"""Asks for all of a year."""
_SHORT = frozenset({"month", "day"})
_OF_A_YEAR = re.compile(r"全年|整年|年度|\b(?:whole|full|entire|same) year\b|\bannual", re.I)
"""Tells of a year, not of a month of it."""
_SAME_TIME = re.compile(r"\b(?:the same|that) (?:year|month|period)\b|同[年期]|当[年月]|该年|全年|这一年", re.I)
"""Tells the time of the sentence before."""


def timely_first(
    question: Question, evidence: Sequence[Evidence], answers: Callable[[Evidence], bool]
) -> Sequence[Evidence]:
    """The sentences anew: where one tells of the very time asked for, those of an overlapping one fall behind.

    A sentence of the very time that goes on from one of an overlapping time ("Of these, in May alone ...") is as likely
    as that one was. One that tells of most of the time stays, where no sentence beside it tells of the whole.

    Args:
        question: As analysed.
        evidence: Best first.
        answers: Whether a sentence holds a value of the asked kind.
    """
    asked = read_dates(question.standalone)
    if not asked:
        return evidence
    told = [_told(item, evidence, undated=not any(day.anchored for day in asked)) for item in evidence]
    exact = [
        any(_is_same(a, b) for a in asked for b in days) and answers(item)
        for item, days in zip(evidence, told, strict=True)
    ]
    if not any(exact):
        return evidence
    loose = [any(_meet(a, b) for a in asked for b in days) for days in told]
    of_it = [item for item, meets in zip(evidence, exact, strict=True) if meets]
    stays = [
        _is_most(days, asked) and not any(adjacent(item, one) for one in of_it)
        for item, days in zip(evidence, told, strict=True)
    ]
    other = [o and not m and not s for m, o, s in zip(exact, loose, stays, strict=True)]
    longer = [item for item, falls in zip(evidence, other, strict=True) if falls]
    raised = [
        replace(item, score=max([item.score, *(one.score for one in longer if follows(one, item))])) if meets else item
        for item, meets in zip(evidence, exact, strict=True)
    ]
    return weighed(raised, (_OTHER_TIME if falls else 1.0 for falls in other))


def asks_year(question: Question) -> bool:
    """Whether a question wants no more than a year."""
    return _YEAR.search(question.standalone) is not None


def asks_since(question: Question) -> bool:
    """Whether it is asked since when something is so, or when it began: not today."""
    asked = question.standalone
    return _SINCE.search(asked) is not None or _MOMENT.search(asked) is not None


def datable(question: Question, days: Sequence[DateSpan]) -> list[DateSpan]:
    """The dates that may answer: a few months ("from January to May") are neither a year nor a beginning."""
    if question.answer_type is AnswerType.PERIOD and _LASTING.search(question.standalone):
        return []
    momentary = question.answer_type is AnswerType.DATE and _MOMENT.search(question.standalone)
    return [
        day for day in days if not momentary or day.precision != "range" or (day.end - day.start).days > _LONGEST_YEAR
    ]


def _told(item: Evidence, evidence: Sequence[Evidence], *, undated: bool) -> list[DateSpan]:
    """The dated times of a sentence, or also the undated; "in the same year" stands for that of the sentence before."""
    days = told_dates(item.text, item.article.published)
    if _SAME_TIME.search(item.simplified) and not any(day.anchored for day in days):
        first = before(item, evidence)
        days = days if first is None else told_dates(first.text, item.article.published)
    return [day for day in days if day.anchored or undated]


def time_tests(asked: str, item: Evidence) -> Iterator[Callable[[Quantity], bool]]:
    """Values of the very time asked for, else of one that overlaps it."""
    wanted = read_dates(asked)
    told = told_dates(item.text, item.article.published)
    if not wanted or not told:
        return

    def same(quantity: Quantity) -> bool:
        day = _time_of(quantity, told, item.text)
        return day is not None and any(_is_same(day, other) for other in wanted)

    def met(quantity: Quantity) -> bool:
        day = _time_of(quantity, told, item.text)
        return day is not None and any(_meet(day, other) for other in wanted)

    yield same
    yield met


def asks_start(asked: str, item: Evidence) -> bool:
    """Whether the time asked for begins one that a sentence tells of: 1991, of "from 1991 to 2000"."""
    told = told_dates(item.text, item.article.published)
    return any(a.start == b.start and a.end < b.end for a in read_dates(asked) for b in told)


def untimely(question: Question, value: Quantity, item: Evidence) -> bool:
    """Whether a value of a sentence is told of another time than the one asked for, if only of another month."""
    wanted = asked_days(question) or read_dates(question.standalone)
    day = time_of_value(value, item) if wanted else None
    if day is None and wanted and all(other.precision in _SHORT for other in wanted):
        return _OF_A_YEAR.search(item.simplified) is not None
    if day is None or (not day.anchored and any(other.anchored for other in wanted)):
        return False
    if _WHOLE.search(question.standalone) and any(_is_part(day, other) for other in wanted):
        return True
    return not any(_meet(day, other) for other in wanted)


def time_of_value(value: Quantity, item: Evidence) -> DateSpan | None:
    """The time of which a sentence tells a value; None where it tells none."""
    return _time_of(value, told_dates(item.text, item.article.published), item.text)


def _time_of(quantity: Quantity, days: Sequence[DateSpan], text: str) -> DateSpan | None:
    """The time that a value is of: one that follows at once ("300 million by 2030"), else the last named before it."""
    for day in days:
        if _AT_ONCE.fullmatch(text[quantity.span.end : max(quantity.span.end, day.span.start)]):
            return day
    before = [day for day in days if day.span.end <= quantity.span.start]
    return before[-1] if before else None


def _stretch(day: DateSpan, other: DateSpan) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Start and end of a date, without their years where either date has none."""
    if day.anchored and other.anchored:
        return (day.start.timetuple()[:3], day.end.timetuple()[:3])
    return (day.start.timetuple()[1:3], day.end.timetuple()[1:3])


def _is_same(day: DateSpan, other: DateSpan) -> bool:
    return _stretch(day, other) == _stretch(other, day)


def _is_most(days: Sequence[DateSpan], asked: Sequence[DateSpan]) -> bool:
    """Whether a time told is most of one asked for and nothing beyond it: January to November, of a year."""
    return any(_is_inside(day, a) and not _is_part(day, a) for day in days for a in asked)


def _is_part(day: DateSpan, asked: DateSpan) -> bool:
    """Whether a time is less than most of the one asked for, as a quarter is of a year."""
    return _is_inside(day, asked) and day.end - day.start < _MOST * (asked.end - asked.start)


def _is_inside(day: DateSpan, asked: DateSpan) -> bool:
    return asked.start <= day.start and day.end <= asked.end


def _meet(day: DateSpan, other: DateSpan) -> bool:
    one, two = _stretch(day, other), _stretch(other, day)
    return one[0] < two[1] and two[0] < one[1]
