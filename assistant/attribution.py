"""Questions that ask where something was told: which outlet reported it, who published the figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.boosting import scaled_odds
from assistant.discourse import before
from assistant.evidence import weighed
from assistant.records import Evidence, Question
from assistant.slots import certain_names, name_spans
from corpus.records import Span

_ASKS = re.compile(
    r"\b(?:which|what) (?:news )?"
    r"(?:outlet|medium|media|newspaper|paper|magazine|broadcaster|agency|website|channel|source)\b"
    r"|\bwho (?:first )?(?:reported|reports|published|released)\b|\baccording to (?:whom|which|what)\b"
    r"|哪一?[家个份些]?(?:媒体|报纸|报社|电视台|通讯社|网站|杂志)|谁(?:报道|发布|公布|披露)"
    r"|(?:报道|发布|公布|披露)(?:者|方)?的?(?:是谁|是哪)",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(
    r"\breport(?:s|ed)\b|\baccording to\b|\b(?:published|released) by\b"
    r"|\b(?:figures?|data|numbers) (?:come|came|from)\b"
    r"|据[^，。]{1,30}(?:报道|消息|介绍|统计|数据|透露)|报道|披露|数据显示|认为，",
    re.IGNORECASE,
)
_TELLING = re.compile(r"\b(?:report|publish|releas|announc|writ|wrot)\w*|报道|发布|公布|披露|刊登", re.IGNORECASE)
_NAMED = 6.0
"""Factor of the odds of a sentence that names where it was told."""
_TOLD = 0.6
"""Chance at least that such a sentence answers where it tells of what is asked about ..."""
_OF_ANOTHER = 0.1
"""... and factor of its odds where neither it nor the sentence before it does."""


def prefer_attributed(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew; where the source is asked for, those that name one come further up."""
    if not _ASKS.search(question.standalone):
        return evidence
    return weighed(evidence, (_NAMED if _ATTRIBUTES.search(item.simplified) else 1.0 for item in evidence))


def attributed_chance(question: Question, item: Evidence, evidence: Sequence[Evidence], chance: float) -> float:
    """The chance in [0, 1] that a sentence answers; where its source is asked for, by whether it tells of the topic.

    Args:
        question: As analysed.
        item: The sentence chosen.
        evidence: All, among which the sentence before it is looked for.
        chance: As learned.
    """
    asked = question.standalone
    asks = _ASKS.search(asked)
    if asks is None:
        return chance
    telling = (Span(*match.span()) for match in _TELLING.finditer(asked))
    others = [Span(*asks.span()), *telling, *name_spans(asked, certain_names(asked))]
    ahead = before(item, evidence)
    words = (word for each in (item, ahead) if each for word in each.matched if word.is_of_question)
    if not any(not any(word.asked.overlaps(other) for other in others) for word in words):
        return scaled_odds(chance, _OF_ANOTHER)
    return max(chance, _TOLD) if _ATTRIBUTES.search(item.simplified) else chance
