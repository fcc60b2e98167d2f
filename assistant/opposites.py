"""Opposite things of one kind: a figure of exports is no answer about imports."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.records import Question
from corpus.quantities import Quantity

_WHOLE = (
    r"\bthe total\b|\btrade\b(?! (?:surplus|deficit|war|partner|fair|model|city))|外贸|进出口|[贸交]易总?额|成交额|总额"
)
"""What imports and exports are parts of: a question that names it beside one of them asks for the part."""
_GROUPS = tuple(
    tuple(re.compile(thing, re.I) for thing in things)
    for things in (
        (
            r"\bimport(?:s|ed|ing)?\b|进口",
            r"\bexport(?:s|ed|ing)?\b|(?<!进)出口",
            r"\b(?:surplus|deficit)\b|[顺逆]差",
            _WHOLE,
        ),
        (r"\b(?:income|revenues?|receipts)\b|收入", r"\b(?:expenditures?|spending|expenses)\b|支出"),
        (
            r"\b(?:profits?|earnings|earned)\b|利润|盈利|净[利赚]",
            r"\b(?:revenues?|turnover)\b|营收|营业额|销售额|收入",
            r"\b(?:deliver(?:ies|ed)|units sold)\b|销[量售](?!收入|额)|交付",
            r"\bR&D\b|研发",
        ),
        (
            r"\b(?:new|second|latest|current|next) (?:round|phase|stage)\b|[新这]一[轮期届]|[本此]轮|第二[轮期届]",
            r"\b(?:first|previous|earlier|initial) (?:round|phase|stage)\b|[上前那]一[轮期届]|第一[轮期届]|首[轮期届]",
        ),
        (
            r"\boutbound\b|\b(?:trains?|flights?|ships?|buses|trips?) (?:that )?(?:went|go|left|ran|departed) (?!back)"
            r"|去程|[开发驶]往",
            r"\b(?:c[ao]mes?|coming|went|brought|returned) back\b|\breturn (?:trains?|trips?|flights?|legs?)\b"
            r"|\binbound\b|回程|返[程回]",
        ),
        (r"\burban\b|城镇|城市居民", r"\brural\b|农村|乡村"),
        (
            r"\b(?:men|males?|boys)\b|男[性生子孩单双篮排足队主演]",
            r"\b(?:women|females?|girls)\b|女[性生子孩单双篮排足队主演]",
        ),
        (r"\bgold(?: medals?)?\b|金[牌奖]", r"\bsilver(?: medals?)?\b|银[牌奖]", r"\bbronze(?: medals?)?\b|铜[牌奖]"),
        (
            r"\b(?:champions?|winners?)\b|冠军|夺冠|第一名",
            r"\b(?:runners?[- ]up|second place)\b|亚军|第二名",
            r"\bthird place\b|季军|第三名",
        ),
        (r"\b(?:births?|birth rate)\b|出生", r"\b(?:deaths?|death rate)\b|死亡"),
        (r"\b(?:supply|production|output)\b|供给|产量", r"\b(?:demand|consumption)\b|需求|消费量"),
    )
)
"""Things of which one's figure is not another's, in both languages: opposites, and their balance and whole."""
_TOPIC = re.compile(r"[(（][^)）]*[)）]")
_CLAUSE = re.compile(r"[,，;；。]|(?<!\d)\.(?!\d)|\bwhile\b|\bwhereas\b")
Opposed = Callable[[Quantity, str], bool]
"""Whether a value of a text is of the opposite of what is asked for."""


def opposed_by(question: Question) -> Opposed:
    """The test for a question; of one that does not ask for one thing of a group no value is of another."""
    groups = _asked(question.standalone)
    return lambda value, text: any(_tells_other(*group, value, text) for group in groups)


def names_asked(question: Question, text: str) -> bool:
    """Whether a text names what a question asks for, of each group of which it asks for one thing."""
    return all(wanted.search(text) for wanted, _ in _asked(question.standalone))


def tells_only_others(question: Question, text: str) -> bool:
    """Whether a text names others of a group of which a question asks for one thing, and not that one."""
    groups = _asked(question.standalone)
    return any(not wanted.search(text) and any(other.search(text) for other in others) for wanted, others in groups)


@lru_cache(maxsize=256)
def _asked(text: str) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    """What a question asks for and what it does not, of each group of which it names only one thing.

    A topic carried over from the talk, in brackets, counts where nothing else of the group is named.
    """
    found = []
    bare = _TOPIC.sub("", text)
    for group in _GROUPS:
        named = [thing for thing in group if thing.search(bare)] or [thing for thing in group if thing.search(text)]
        asked = [thing for thing in named if thing.pattern != _WHOLE] or named
        if len(asked) == 1:
            found.append((asked[0], tuple(thing for thing in group if thing not in named)))
    return tuple(found)


def _tells_other(wanted: re.Pattern[str], others: Sequence[re.Pattern[str]], value: Quantity, text: str) -> bool:
    """Whether the clause of a value, or else the last one before it that names any, names only others of the group."""
    start, end = 0, len(text)
    for mark in _CLAUSE.finditer(text):
        if mark.end() <= value.span.start:
            start = mark.end()
        elif mark.start() >= value.span.end:
            end = mark.start()
            break
    clause = text[start:end]
    if not any(thing.search(clause) for thing in (wanted, *others)):
        clause = text[:start]
        last = max((m.start() for thing in (wanted, *others) for m in thing.finditer(clause)), default=0)
        clause = clause[last:]
    return not wanted.search(clause) and any(other.search(clause) for other in others)
