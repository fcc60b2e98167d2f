"""Questions for where a place is: answered by what tells where it lies, not by whatever else is told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.evidence import fitting_first
from assistant.records import AnswerType, Evidence, Question
from corpus.records import Span
from index.postags import word_class
from index.tokenizing import tokens

_ASKS: Final = (
    re.compile(
        r"\bwhere(?: exactly| in [A-Z]\w+)? (?:is|are|does|do) (?P<place>[^?,]{2,60}?)"
        r"(?: (?:located|situated|lie|to be found))?\W*$",
        re.I,
    ),
    re.compile(
        r"(?:^|[，,])(?:请问)?(?P<place>[^，,？?]{2,14}?)(?:位于|地处|坐落[在于]|在|是)"
        r"(?:中国的?)?(?:哪里|哪儿|什么(?:地方|位置)|哪个?(?:省|市|县|州|国家|地方))(?:的)?[？?。]?$"
    ),
)
_TOLD_BEHIND: Final = re.compile(
    r"(?:['’]s)?(?:\s*[(（][^)）]*[)）])?"
    r"(?:,? (?:which |that |and )?(?:(?:is|are|was|lies?|stands?) )?(?:\w+ly )?(?:located|situated)\b"
    r"|(?:,| is| was| lies?| stands?) (?:[\w-]+ ){0,7}?(?:in|of|near|by|within|outside) (?:the )?(?:[\w-]+ ){0,3}?[A-Z]"
    r"|, [A-Z]\w+"
    r"|市?[^，。；]{0,4}(?:位于|地处|坐落)|市?是[^，。；]{1,16}[省市县州国镇][^，。；]{0,8}(?:市|县|镇|区|城)"
    r"|[^。；]{0,12}?由[^，。；]{1,8}(?:代管|管辖))"
)
_TOLD_BEFORE: Final = re.compile(r"(?:[省州国]|(?:下辖|管辖|代管|所属)的)$")
_THIS: Final = re.compile(
    r"\bthis (?:[\w-]+ ){0,2}(?:city|town|county|village|port|province|country|region|island|state) in (?:the )?"
    r"(?:[\w-]+ ){0,3}?[A-Z]"
)
"""Tells where a place lies that the sentence before names."""
_ELSEWHERE: Final = 0.01
"""Factor of the odds of a sentence that does not tell where the place lies, where another one does."""


def located_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where it is asked where a place is and one tells it, those that don't fall behind.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    place = _asked_place(question)
    return fitting_first(evidence, [_tells_where(item, place) for item in evidence], _ELSEWHERE) if place else evidence


def tells_whereabouts(question: Question, item: Evidence) -> bool:
    """Whether it is asked where a place is, and a sentence tells it."""
    place = _asked_place(question)
    return place is not None and _tells_where(item, place)


def _asked_place(question: Question) -> Span | None:
    """Where the name of the place stands of which is asked where it is; None where nothing like that is asked."""
    if question.answer_type is not AnswerType.PLACE:
        return None
    found = next((match for asks in _ASKS if (match := asks.search(question.standalone))), None)
    return Span(*found.span("place")) if found else None


def _tells_where(item: Evidence, place: Span) -> bool:
    """Whether a sentence tells beside the name of a place where that lies."""
    text = item.simplified
    if _THIS.search(text) and item.is_of_names:
        return True
    return any(
        _TOLD_BEHIND.match(text, word.span.end) or _lies_in(text[: word.span.start])
        for word in item.matched
        if word.is_of_question and word.asked.overlaps(place)
    )


def _lies_in(before: str) -> bool:
    """Whether a Chinese name is told behind that of the larger place: 浙江义乌."""
    last = tokens(before[-8:])[-1:]
    behind = last and last[0].span.end == len(before[-8:])
    return _TOLD_BEFORE.search(before) is not None or bool(behind and word_class(last[0].text) == "ns")
