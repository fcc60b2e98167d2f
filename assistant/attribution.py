"""Questions that ask where something was told: which outlet reported it, who published the figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import weighed
from assistant.records import Evidence, Question

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
_NAMED = 6.0
"""Factor of the odds of a sentence that names where it was told."""


def prefer_attributed(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew; where the source is asked for, those that name one come further up."""
    if not _ASKS.search(question.standalone):
        return evidence
    return weighed(evidence, (_NAMED if _ATTRIBUTES.search(item.simplified) else 1.0 for item in evidence))
