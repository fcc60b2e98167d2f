"""Which of two things is more: answered by a sentence that tells of both, where there is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.evidence import fitting_first
from assistant.polarity import COMPARED, MORE_EN
from assistant.reading import read_quantities
from assistant.records import Evidence, Question
from assistant.slots import certain_names
from corpus.records import Span
from index.scripts import fold
from index.tokenizing import tokens

_MORE: Final = rf"(?:{MORE_EN}|earlier|later)"
_ZH: Final = "[多少大小高低快慢早晚长短强弱好]"
_ASKS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|will) (?P<one>.+?) (?:\w+ ){{0,2}}?{_MORE}\b"
        r".*?\bthan (?P<two>.+?)(?: (?:in|by|on) .+)?\W*$",
        rf"\b(?:which|what|who)\b.*\b{_MORE}\b[^,:]*[,:] (?P<one>[^,]+?),? or (?P<two>[^,]+?)\W*$",
        rf"(?P<one>[^，,？?]{{1,12}}?)(?<![之分占相对同环])比(?![例重率值分起如较赛])(?P<two>[^，,？?]{{1,12}}?)"
        rf"[更还要]?{_ZH}了?[吗么吧？?]",
        rf"(?P<one>[^，,？?]{{1,12}}?)(?:和|与|跟|还是)(?P<two>[^，,？?]{{1,12}}?)[，,]?"
        rf"(?:哪(?:一?个|边|座|家|种)|谁)的?(?P<of>[^，]{{0,6}}?)更?{_ZH}",
        rf"(?P<one>[^，,？?]{{1,12}}?){_ZH}还是(?P<two>[^，,？?]{{1,12}}?){_ZH}",
    )
)
_OF_ONE: Final = 0.02
"""Factor of the odds of a sentence that tells of one of two compared things, where another tells of both."""


def both_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where two things are compared and one tells of both, those that don't fall behind.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    heads = _compared(fold(question.standalone))
    return fitting_first(evidence, [_meets(item, heads) for item in evidence], _OF_ONE) if heads else evidence


def tells_of_one(question: Question, item: Evidence) -> bool:
    """Whether two things are compared, and a sentence tells of one of them, no comparison and no change."""
    heads = _compared(fold(question.standalone))
    if not heads or _meets(item, heads) or COMPARED.search(item.simplified):
        return False
    return not any(value.change for value in read_quantities(item.simplified))


def asked_of_each(question: Question) -> str:
    """The question for the amounts of two things that a Chinese question compares; empty for any other.

    金华的出口比义乌多吗 asks for 金华和义乌的出口, 义乌的进口比出口多吗 for 义乌的进口和出口.
    """
    match = _match(fold(question.standalone)) if question.language == "zh" else None
    if match is None:
        return ""
    one, two, measure = match["one"], match["two"], match.groupdict().get("of") or ""
    name = next((name for name in certain_names(one) if one.startswith(name) and one != name), "")
    owner, owned = (name, one.removeprefix(name).removeprefix("的")) if name else ("", one)
    if owner and certain_names(two):
        one, measure = owner, owned
    elif owner:
        one = f"{owner}的{owned}"
    return f"{one}和{two}{f'的{measure}' if measure else ''}分别是多少？"


def _compared(asked: str) -> list[Span]:
    """Where the last words of the names of two compared things stand; none where nothing is compared."""
    match = _match(asked)
    if match is None:
        return []
    return [words[-1].span.moved(match.start(name)) for name in ("one", "two") if (words := tokens(match[name]))]


def _match(asked: str) -> re.Match[str] | None:
    return next((found for asks in _ASKS if (found := asks.search(asked))), None)


def _meets(item: Evidence, heads: Sequence[Span]) -> bool:
    met = [word.asked for word in item.matched if word.is_of_question]
    return len(heads) > 1 and all(any(asked.overlaps(head) for asked in met) for head in heads)
