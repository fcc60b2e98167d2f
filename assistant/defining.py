"""Questions for what or who something is: told by what calls it something, not by whatever else is told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from assistant.records import AnswerType, MetWord, Question
from corpus.records import Span
from index.postags import class_at_end
from index.scripts import fold

_ASKS: Final = (
    re.compile(
        r"^(?i:what|who)(?: exactly)? +(?:is|are|was|were) +"
        r"(?P<thing>(?:(?:[Tt]he )?[A-Z0-9“\"‘]|an? )[^?,]{1,40}?)\W*$"
    ),
    re.compile(
        r"^(?P<thing>[^，,？?]{2,14}?)(?:究竟|到底)?(?:是|指的?是)(?:一?[个座种位家])?(?:什么|谁|啥)"
        r"(?:样?的?(?:东西|人|组织|地方|机构|城市))?[？?]?$"
    ),
    re.compile(r"^(?:什么是|谁是|何谓)(?P<thing>[^，,？?]{2,14}?)[？?]?$"),
)
_ATTRIBUTE: Final = re.compile(
    r"的|之|[轮次期]|\b(?:of|in|for|to)\b|['’]s\b|^the (?:\w+ )*\w+est\b|^the (?:first|last|only)\b", re.I
)
"""Of a thing that is something of another thing, which needs no name."""
_MARKS: Final = '“”"「」《》 '
_TOLD_BEHIND: Final = re.compile(
    r"[”\"」》]?(?:\s*[(（][^)）]*[)）])?"
    r"(?:, (?:an?|the|one|who|which|whose|head|director|secretary|chair\w*|president|deputy|[A-Z][\w-]*['’]s)\b"
    r"| (?:is|are|remains|became|has become|means|refers to|stands for) (?:now |also |still )?(?:an?|the|one)\b"
    r"|（[^）]*），[^，。；]{2}"
    r"|[^，。；]{0,6}，?[^，。；]{0,4}?(?:是|指|即|作为|成为|属于)(?!否))"
)
_TOLD_BEFORE: Final = re.compile(r"(?:\b(?:called|named|known as)|叫做?|名为|称为) ?[“\"「《]?$")
_COMMON_NOUNS: Final = frozenset({"n", "nz", "vn"})


def tells_what(question: Question, text: str, matched: Sequence[MetWord] = ()) -> bool:
    """Whether it is asked what or who something is, and a text calls it something: behind its name, or right before.

    Args:
        question: As analysed.
        text: A sentence.
        matched: Its words that meet the question; tell where the name stands in another language.
    """
    thing = _thing(question)
    if thing is None:
        return False
    text = fold(text)
    name = fold(thing.cut(question.standalone)).strip(_MARKS).lower()
    places = [Span(*match.span()) for match in re.finditer(re.escape(name), text.lower())]
    for place in places or _met(matched, thing, text):
        if _TOLD_BEHIND.match(text, place.end) or _is_titled(text[: place.start]):
            return True
    return False


@lru_cache(maxsize=64)
def _thing(question: Question) -> Span | None:
    """Where the thing stands of which it is asked what it is; None where nothing like that is asked."""
    if question.answer_type not in (AnswerType.DEFINITION, AnswerType.PLACE):
        return None
    found = next((match for asks in _ASKS if (match := asks.search(question.standalone))), None)
    return Span(*found.span("thing")) if found and not _ATTRIBUTE.search(found["thing"]) else None


def _met(matched: Sequence[MetWord], thing: Span, text: str) -> list[Span]:
    """Where the last word of a name stands in a text of another language."""
    met = [word for word in matched if word.asked.overlaps(thing) and not word.span.cut(text)[:1].islower()]
    end = max((word.asked.end for word in met), default=0)
    return [word.span for word in met if word.asked.end == end]


def _is_titled(before: str) -> bool:
    """Whether a name is told right behind what it is: 发言人何亚东, 官方账号“义乌发布”."""
    return class_at_end(before.rstrip('“"「《')) in _COMMON_NOUNS or _TOLD_BEFORE.search(before) is not None
