"""Of what whole a share is told: of a town's trade, or of what the whole nation has of it."""

from __future__ import annotations

import re
from typing import Final

from assistant.records import AnswerType, Question
from assistant.slots import proper_names
from corpus.quantities import Quantity
from index.scripts import fold

_OF_WHOLE: Final = (
    re.compile(
        r"\b(?:share|percentage|proportion|part|portion|fraction) of (?P<whole>.+?) "
        r"(?:is|are|was|were|goes?|went|comes?|came|consists?|consisted|do|does|did)\b",
        re.I,
    ),
    re.compile(r"(?P<part>.+?)占(?P<whole>[^多几]{1,12}?)的?(?:比例|比重|份额|占比|多少|多大|几成|几分之几)"),
)
_NATIONAL: Final = re.compile(
    r"\bnation(?:al|'s|wide)?\b|\bcountry\b|\bchin(?:a|ese)\b|\bworld|\bglobal|全国|我国|中国|国内|全球|世界", re.I
)
_CLAUSE: Final = re.compile(r"[,;，；。]|\.(?!\d)")


def is_of_nation(question: Question, value: Quantity, text: str) -> bool:
    """Whether a share is told of a nation where a question asks for that of what a named town has.

    Args:
        question: As analysed.
        value: Of the text.
        text: Of a sentence.
    """
    if question.answer_type not in (AnswerType.SHARE, AnswerType.RATIO):
        return False
    asked = fold(question.standalone)
    match = next((found for pattern in _OF_WHOLE if (found := pattern.search(asked))), None)
    if match is None or _NATIONAL.search(asked):
        return False
    owned = proper_names(match["whole"]) or proper_names(match.groupdict().get("part") or "")
    start = max((mark.end() for mark in _CLAUSE.finditer(text, 0, value.span.start)), default=0)
    end = next((mark.start() for mark in _CLAUSE.finditer(text, value.span.end)), len(text))
    return bool(owned) and _NATIONAL.search(text[start:end]) is not None
