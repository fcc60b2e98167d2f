"""Questions for where a place is, or what it belongs to: answered by what tells that, not by what else is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.evidence import fitting_first
from assistant.records import AnswerType, Evidence, Question
from corpus.records import Span
from index.postags import class_at_end

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
_NAMED: Final = r"(?P<place>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*(?: [Cc]ounty| [Cc]ity)?)"
_RULES_EN: Final = (
    r"(?:belong(?:s|ing)? to|(?:a )?part of|(?:a (?:city|county|district) )?(?:administered by|governed by|under))"
)
_OF_A_KIND_EN: Final = r"(?:city|town|county|province|prefecture|municipality|district|country|state|government)"
_OF_A_KIND_ZH: Final = r"(?:哪个|哪座|哪一个|什么)(?:城市|地级市|市|省份?|县|地方|国家|政府)"
_ASKS_OWNER: Final = (
    re.compile(rf"\b(?i:which|what) {_OF_A_KIND_EN} (?:administers|governs|rules|runs) {_NAMED}\W*$"),
    re.compile(rf"\b(?i:which|what) {_OF_A_KIND_EN} (?:does|do|is|are|was) {_NAMED} {_RULES_EN}\W*$"),
    re.compile(rf"^(?:Does|Do|Is|Was) {_NAMED} {_RULES_EN} (?P<owner>[^?,]+)"),
    re.compile(rf"{_OF_A_KIND_ZH}(?:负责)?(?:管辖|下辖|代管|管理|管)着?(?P<place>[^，,？?]{{2,10}})[？?]?$"),
    re.compile(
        rf"^(?P<place>[^，,？?]{{2,10}}?)是?(?:归|由|属于|隶属于?|在){_OF_A_KIND_ZH}(?:管辖|代管|管理?|的)?(?:之下|下面?)?(?:的)?[？?]?$"
    ),
    re.compile(
        r"^(?P<place>[^，,？?]{2,10}?)是?(?:归|由|属于|隶属于?)(?P<owner>[^，,？?]{2,10}?)(?:管辖|代管|管理?)?的?吗[？?]?$"
    ),
)
_BELONGS_BEHIND: Final = re.compile(
    r"(?:['’]s)?(?:\s*[(（][^)）]*[)）])?"
    rf"(?:(?:,| is| was| does)? ?(?:[\w-]+ ){{0,6}}?{_RULES_EN} (?:the )?(?:[\w-]+ ){{0,2}}?[A-Z]"
    r"|[^。；]{0,12}?由[^，。；]{1,8}(?:代管|管辖)|[^。；]{0,6}?(?:隶属于?|属于|归属?)[^，。；]{2})"
)
_BELONGS_BEFORE: Final = re.compile(
    rf"(?:下辖|管辖|代管|所属|所辖)的$|{_RULES_EN} [A-Z][\w'’-]*, (?:just )?(?:as|like) $"
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
_TYPES: Final = frozenset({AnswerType.PLACE, AnswerType.NAME, AnswerType.ORGANISATION, AnswerType.YES_NO})
_THIS: Final = re.compile(
    r"\bthis (?:[\w-]+ ){0,2}(?:city|town|county|village|port|province|country|region|island|state) in (?:the )?"
    r"(?:[\w-]+ ){0,3}?[A-Z]"
)
"""Tells where a place lies that the sentence before names."""
_ELSEWHERE: Final = 0.01
"""Factor of the odds of a sentence that does not tell where the place lies, where another one does."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which place it is asked where it is, or what it belongs to."""

    place: Span
    owner: Span | None
    """What it is said to belong to, where that is asked with yes or no."""
    behind: re.Pattern[str]
    """Tells it behind the name of the place."""
    before: Callable[[str], bool]
    """Whether what stands before the name tells it."""


def located_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where it is asked where a place is and one tells it, those that don't fall behind.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    asked = _asked(question)
    return fitting_first(evidence, [_tells(item, asked) for item in evidence], _ELSEWHERE) if asked else evidence


def tells_whereabouts(question: Question, item: Evidence) -> bool:
    """Whether it is asked where a place is, or what it belongs to, and a sentence tells it."""
    asked = _asked(question)
    return asked is not None and _tells(item, asked)


def _asked(question: Question) -> _Asked | None:
    """What is asked; None where nothing like that is."""
    if question.answer_type not in _TYPES:
        return None
    text = question.standalone
    found = next((match for asks in _ASKS_OWNER if (match := asks.search(text))), None)
    if found:
        owner = Span(*found.span("owner")) if found.groupdict().get("owner") else None
        return _Asked(Span(*found.span("place")), owner, _BELONGS_BEHIND, _belongs)
    found = next((match for asks in _ASKS if (match := asks.search(text))), None)
    is_place = found and question.answer_type is AnswerType.PLACE
    return _Asked(Span(*found.span("place")), None, _TOLD_BEHIND, _lies_in) if found and is_place else None


def _tells(item: Evidence, asked: _Asked) -> bool:
    """Whether a sentence tells beside the name of a place where that lies, or what it belongs to."""
    text = item.simplified
    if asked.behind is _TOLD_BEHIND and _THIS.search(text) and item.is_of_names:
        return True
    met = [word for word in item.matched if not word.span.cut(text)[:1].islower()]
    if asked.owner and not any(word.asked.overlaps(asked.owner) for word in met):
        return False
    return any(
        asked.behind.match(text, word.span.end) or asked.before(text[: word.span.start])
        for word in met
        if word.asked.overlaps(asked.place)
    )


def _belongs(before: str) -> bool:
    return _BELONGS_BEFORE.search(before) is not None


def _lies_in(before: str) -> bool:
    """Whether a Chinese name is told behind that of the larger place: 浙江义乌."""
    return _TOLD_BEFORE.search(before) is not None or class_at_end(before) == "ns"
