"""What there is besides something: not told by a sentence about that very thing, unless it lists others with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.evidence import weighed
from assistant.records import Evidence, Question
from corpus.records import Span

_EXCEPTS: Final = (
    re.compile(r"\b(?:besides|apart from|other than|except(?: for)?|in addition to) (?P<thing>[^?,.]+)", re.I),
    re.compile(r"除了?(?P<thing>[^，,？?]{1,12}?)(?:之外|以外|外)?[，,]?(?=[还也又]|其他|别的)"),
)
_LISTS: Final = re.compile(r"\n|、|, (?:[^,]+, )*[^,]+ and ")
_OF_THAT: Final = 0.03
"""Factor of the odds of a sentence that tells of what is excepted, and of nothing with it."""


def others_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: those that tell only of what a question excepts fall behind.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    match = next((found for excepts in _EXCEPTS if (found := excepts.search(question.standalone))), None)
    if match is None:
        return evidence
    thing = Span(*match.span("thing"))
    return weighed(evidence, (_OF_THAT if _is_of_that(item, thing) else 1.0 for item in evidence))


def _is_of_that(item: Evidence, thing: Span) -> bool:
    met = any(word.is_of_question and word.asked.overlaps(thing) for word in item.matched)
    return met and _LISTS.search(item.text) is None
