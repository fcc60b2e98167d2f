"""The largest, the most: what is asked for by a superlative is told only by a sentence that says so of the same."""

from __future__ import annotations

import re
from typing import Final

from assistant.records import AnswerType, Evidence, Question
from assistant.slots import certain_names, name_spans
from corpus.records import Language, Span
from index.scripts import fold

_ASKS: Final = re.compile(
    r"\b(?:larg|bigg|busi|rich|old|young|tall|high|long|fast|cheap|small)(?:i?est)\b"
    r"(?! (?:\w+ )?(?:factors?|reasons?|causes?|problems?|challenges?|role|impact|part|share)\b)"
    r"|\bthe most\b(?= (?:in|from|to|by|for|often|money|people|goods)\b|\W*$)|\bmost (?:often|frequently)\b"
    r"|最[大多高长快老小低富](?!程度|限度|的?(?:因素|原因|问题|挑战|作用|影响|困难))",
    re.I,
)
"""Superlatives that articles hardly tell in other words, as they do "the most important" or "the biggest reason"."""
_RECORD: Final = re.compile(r"\brecords?\b|[纪记]录", re.I)
_TELLS: Final = re.compile(
    r"\b(?!(?:west|east|north-?east|rest|test|inter?est|request|invest|suggest|guest|forest|honest|protest|contest"
    r"|harvest|modest|latest)\b)\w{2,}est\b"
    r"|\bmost\b|\bmain|\bleader\b|\bleading\b|\bleads?\b|\btop(?:s|ped)?\b|\bfirst\b|\bchief\b|\bno\. ?1"
    r"|\bnumber one\b|\bdominat|\bmore \w* ?than any"
    r"|\bahead of\b|\brank|\brecord\b|\bonly\b|\bunique|\bpeak|\bmaximum|\bfavou?rite\b"
    r"|最|第[一1]|首[位屈富都]|主要|居首|领先|龙头|冠|榜|大部分|大多|多数|之[最王首]|唯一|纪录|记录|过半|顶级|头号",
    re.I,
)
_FIRST: Final = (
    r"\b(?:top|first|leading|leads?|main|record|peak)\b|\bno\. ?1|\bnumber one\b"
    r"|第[一1]|首[位屈]|居首|领先|冠|榜|头号|之[最王首]|[纪记]录"
)
_KINDS: Final = tuple(
    (re.compile(asked, re.I), re.compile(f"{told}|{_FIRST}", re.I))
    for asked, told in (
        (r"\b(?:larg|bigg)est\b|最[大多]", r"\b(?:larg|bigg|great)est\b|\bmost\b|最[大多]"),
        (r"\boldest\b|最老", r"\b(?:old|earli)est\b|\bmost ancient\b|最[老古早]|悠久"),
        (r"\byoungest\b", r"\b(?:young|new)est\b|最[年小新]"),
        (r"\b(?:tall|high)est\b|最高", r"\b(?:tall|high)est\b|最高"),
        (r"\blongest\b|最长", r"\blongest\b|最长"),
        (r"\bfastest\b|最快", r"\b(?:fast|quick|swift)est\b|\bmost rapid|最[快迅]"),
        (r"\bsmallest\b|最小", r"\b(?:small|tini)est\b|\bfewest\b|最[小少]"),
        (r"\bcheapest\b|最低", r"\b(?:cheap|low)est\b|最[低便]"),
        (r"\brichest\b|最富", r"\b(?:rich|wealthi)est\b|最富|首富"),
        (r"\bbusiest\b", r"\bbusiest\b|最[繁忙]"),
    )
)
"""Superlatives as they are asked for and told: the largest market is not the oldest."""
_BESIDE: Final[dict[Language, int]] = {"en": 16, "zh": 5}
"""Characters beside a superlative in which that stands of which it is said: behind it ..."""
_NOUN: Final = re.compile(r" (?!(?:in|from|to|by|for|of|often)\b)\w|的\w")
"""... where a noun follows, before it or behind where none does."""
_OF: Final = frozenset(
    {
        AnswerType.NAME,
        AnswerType.PERSON,
        AnswerType.ORGANISATION,
        AnswerType.PLACE,
        AnswerType.OTHER,
        AnswerType.LIST,
        AnswerType.DEFINITION,
    }
)


def asks_whether_most(question: Question) -> bool:
    """Whether a question asks for a yes or no to a superlative: "Is it the largest?", 是最大的吗."""
    return question.answer_type is AnswerType.YES_NO and _ASKS.search(fold(question.standalone)) is not None


def tells_most(question: Question, text: str) -> bool:
    """Whether a text has the superlative of a question, or one of its kind."""
    asked, told = fold(question.standalone), fold(text)
    return all(tells.search(told) for asks, tells in _KINDS if asks.search(asked)) and _TELLS.search(told) is not None


def lacks_superlative(question: Question, item: Evidence) -> bool:
    """Whether a question has a superlative and a sentence none, or no word of what stands beside that in the question.

    The largest market is not the largest customer. A size or a sum may be told without.
    """
    asked = fold(question.standalone)
    match = _ASKS.search(asked) if question.answer_type in _OF else None
    if match is None or (_RECORD.search(asked) and _RECORD.search(item.simplified)):
        return False
    reach, noun = _BESIDE[question.language], _NOUN.match(asked, match.end())
    beside = Span(match.end() if noun else max(0, match.start() - reach), match.end() + reach)
    others = [Span(*match.span()), *name_spans(asked, certain_names(asked))]
    met = (word.asked for word in item.matched if word.is_of_question and word.asked.overlaps(beside))
    is_met = any(not any(other.overlaps(place) for other in others) for place in met)
    return _TELLS.search(item.simplified) is None or not is_met
