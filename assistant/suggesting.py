"""Questions that articles do answer, made from their own statements by rule.

A statement such as "... reached 30 million tonnes in 2024" becomes "What figure did ... reach in 2024?", and
……达到3000万吨 becomes ……达到多少？ Nothing is invented: the answer stands where the question came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.languages import detect_language
from corpus.quantities import Quantity, find_quantities
from corpus.records import Document, Kind, Language
from corpus.sentences import split_sentences

_VERBS_EN = {
    "reached": "reach",
    "exceeded": "exceed",
    "totalled": "total",
    "totaled": "total",
    "hit": "hit",
    "topped": "top",
    "rose to": "rise to",
    "grew to": "grow to",
    "climbed to": "climb to",
    "fell to": "fall to",
    "came to": "come to",
    "amounted to": "amount to",
}
_STATEMENT_EN = re.compile(
    r"(?P<subject>[A-Z][^,;:.!?\"“”()]{5,80}?) (?P<verb>" + "|".join(_VERBS_EN) + r")(?: a record| the)? $"
)
_TAIL_EN = re.compile(r"^(?:[^,;:.!?()]{0,12})?(?P<tail> (?:in|by|for|from|during) [^,;:.!?()]{2,30}?)?(?=[,;:.!?(]|$)")
_POINTING_EN = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|he|she|his|her|there|but|and|meanwhile)\b", re.I
)
_STATEMENT_ZH = re.compile(
    r"(?P<subject>[^，。；：！？“”（）、]{4,30}?)(?P<verb>达到|达|突破|增至|升至|增加到|上升到|攀升至|降至|总额为|约为|共有)$"
)
_POINTING_ZH = re.compile(r"^(?:它|其|这|该|此|他|她|而|但|并|也|同时|其中)")
_LONGEST = 90


def suggest_questions(
    documents: Iterable[Document], language: Language, count: int, without: str = ""
) -> tuple[str, ...]:
    """Up to `count` questions in one language, at most one from each document in turn.

    Args:
        documents: In order of preference; only those in the language are read.
        language: Language of the questions.
        count: At most so many.
        without: A question not to repeat.
    """
    found: list[str] = []
    for document in documents:
        if len(found) >= count:
            break
        if document.article.language != language:
            continue
        question = next((q for q in _questions(document, language) if q != without and q not in found), None)
        if question:
            found.append(question)
    return tuple(found)


def _questions(document: Document, language: Language) -> Iterator[str]:
    make = _question_zh if language == "zh" else _question_en
    for sentence in split_sentences(document.text, document.boilerplate):
        if sentence.kind is not Kind.PROSE or sentence.language != language:
            continue
        statement = sentence.span.cut(document.text)
        for quantity in find_quantities(statement, language):
            question = make(statement, quantity)
            if question and detect_language(question) == language and len(question) <= _LONGEST:
                yield question


def _question_en(statement: str, quantity: Quantity) -> str:
    before = _STATEMENT_EN.search(statement[: quantity.span.start])
    if before is None or before.start() != 0 or _POINTING_EN.match(before["subject"]):
        return ""
    after = _TAIL_EN.match(statement[quantity.span.end :])
    tail = (after["tail"] or "") if after else ""
    return f"What figure did {_continued(before['subject'])} {_VERBS_EN[before['verb']]}{tail}?"


def _continued(subject: str) -> str:
    """A sentence's beginning, for use in mid-sentence: articles and the like lose their capital."""
    first, space, rest = subject.partition(" ")
    common = {
        "The",
        "A",
        "An",
        "Total",
        "Foreign",
        "Imports",
        "Exports",
        "Sales",
        "Trade",
        "Its",
        "In",
        "Annual",
        "Orders",
    }
    return (first.lower() if first in common else first) + space + rest


def _question_zh(statement: str, quantity: Quantity) -> str:
    clause = re.split(r"[，。；：！？]", statement[: quantity.span.start])[-1]
    before = _STATEMENT_ZH.fullmatch(clause)
    if before is None or _POINTING_ZH.match(before["subject"]):
        return ""
    return f"{before['subject']}{before['verb']}多少？"
