"""Questions that articles do answer, made from their own statements by rule.

"... reached 30 million tonnes in 2024" becomes "What figure did ... reach in 2024?", and 集市里有近9000个摊位 becomes
集市里有多少个摊位？ Nothing is invented: the answer stands where the question came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.languages import detect_language
from corpus.quantities import Quantity, find_quantities
from corpus.records import Document, Kind, Language
from corpus.sentences import split_sentences

_LONGEST = {"en": 90, "zh": 34}
_REACHING = {
    "reached": "reach",
    "exceeded": "exceed",
    "totalled": "total",
    "totaled": "total",
    "topped": "top",
    "rose to": "rise to",
    "grew to": "grow to",
    "climbed to": "climb to",
    "fell to": "fall to",
    "came to": "come to",
    "amounted to": "amount to",
}
_CHANGING = {"rose": "rise", "grew": "grow", "increased": "increase", "climbed": "climb", "fell": "fall"}
_HAVING = {"has": "does", "have": "do", "had": "did"}
_SUBJECT = r"(?P<subject>[A-Z][^,;:.!?\"“”()]{5,80}?)"
_REACHED = re.compile(_SUBJECT + rf" (?P<verb>{'|'.join(_REACHING)})(?: a record| the)? $")
_CHANGED = re.compile(_SUBJECT + rf" (?P<verb>{'|'.join(_CHANGING)})(?: by)? $")
_SHARED = re.compile(_SUBJECT + r" accounted for $")
_HAD = re.compile(_SUBJECT + rf" (?P<verb>{'|'.join(_HAVING)}) $")
_REST = re.compile(r"[^,;:.!?()\"“”]*")
_TAIL = re.compile(r"^[^,;:.!?()]{0,12}?(?P<tail> (?:in|during) (?:the [a-z]+ half of )?(?:[A-Z][a-z]+ )?\d{4})\b")
_WHEN = re.compile(r"^(?P<when>In (?:[A-Z][a-z]+ )?\d{4}),? (?=[A-Za-z])")
_POINTING_EN = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|he|she|his|her|there|but|and|meanwhile|in|by|on|at|from|for|after|of|"
    r"with|as|while|since|during|among|about|when|if|last|total|"
    r"the (?:country|city|company|figure|number|total|value))\b",
    re.IGNORECASE,
)
"""Subjects that mean nothing without the sentences before them."""
_NAME = re.compile(r"(?:^|\s)(?!(?:The|A|An|Its|In)\b)[A-Z][a-z]+")
_COMMON_FIRST = frozenset("The A An Total Foreign Imports Exports Sales Trade Its In Annual Orders".split())
_CLAUSE_END_ZH = re.compile(r"[，。；：！？、（）“”]")
_STATEMENT_ZH = re.compile(
    r"(?P<subject>[^\s]{4,20}?)(?:却|已经|已|就|竟|也|更|高)*"
    r"(?P<verb>达到|达|突破|增至|升至|增加到|上升到|降至|总额为|约为|共有|拥有|设有|有|超过|覆盖|增长)了?$"
)
_ASKED_VERB_ZH = {"突破": "达到", "超过": "达到", "达": "达到"}
_REACHING_ZH = ("达到", "达", "突破", "超过")
_POINTING_ZH = re.compile(
    r"^(?:它|其|这|该|此|他|她|而|但|并|也|还|又|同时|去年|今年|当年|当月|本月|上月|当地|同比|环比|全市|全省|全年|累计|总额|总数|数量|"
    r"增幅|占比|较|比|截至|后者|前者|如今|目前|现在|每|\d)"
)
_MEASURE_ZH = re.compile(r"[个家种项条座位人户件吨次列班辆台公里平方米]+$")
_REST_ZH = re.compile(r"[一-鿿]{1,10}$")


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
    for sentence in split_sentences(document.text, document.boilerplate):
        if sentence.kind is not Kind.PROSE or sentence.language != language:
            continue
        statement = sentence.span.cut(document.text)
        for quantity in find_quantities(statement, language):
            question = question_of(statement, quantity, language)
            if question:
                yield question


def question_of(statement: str, quantity: Quantity, language: Language) -> str:
    """The question that a statement answers with one of its numbers; empty where no rule makes a good one."""
    question = _question_zh(statement, quantity) if language == "zh" else _question_en(statement, quantity)
    good = detect_language(question) == language and len(question) <= _LONGEST[language]
    return question if good else ""


def _question_en(statement: str, quantity: Quantity) -> str:
    when = _WHEN.match(statement)
    skipped = when.end() if when else 0
    if skipped > quantity.span.start:
        return ""
    before = statement[skipped : quantity.span.start]
    before = before[:1].upper() + before[1:]
    after = statement[quantity.span.end :]
    tail_match = _TAIL.match(after)
    tail = f" {_lowered(when['when'])}" if when else (tail_match["tail"] or "") if tail_match else ""
    if not before:
        return _counted_first(after, quantity) if not when else ""
    if _POINTING_EN.match(before) or not _NAME.search(before):
        return ""
    return _told_of_subject(before, after, tail, quantity)


def _told_of_subject(before: str, after: str, tail: str, quantity: Quantity) -> str:
    """A question for a statement that says of its subject a figure, a change, a share or a count."""
    if match := _REACHED.fullmatch(before):
        return f"What figure did {_continued(match['subject'])} {_REACHING[match['verb']]}{tail}?"
    if quantity.kind == "share" and (match := _CHANGED.fullmatch(before)):
        return f"By how much did {_continued(match['subject'])} {_CHANGING[match['verb']]}{tail}?"
    rest = _rest(after)
    if quantity.kind == "share" and rest.startswith("of ") and (match := _SHARED.fullmatch(before)):
        return f"What share {rest} did {_continued(match['subject'])} account for?"
    if quantity.kind == "number" and quantity.noun and rest.startswith(quantity.noun):
        match = _HAD.fullmatch(before)
        if match:
            return f"How many {quantity.noun} {_HAVING[match['verb']]} {_continued(match['subject'])} have?"
    return ""


def _counted_first(after: str, quantity: Quantity) -> str:
    """A question for a statement that begins with how many there are."""
    rest = _rest(after)
    if quantity.kind != "number" or not quantity.noun or not rest.startswith(quantity.noun):
        return ""
    told = rest[len(quantity.noun) :]
    return f"How many {rest}?" if len(told.split()) >= 3 and _NAME.search(told) else ""


def _rest(after: str) -> str:
    match = _REST.match(after)
    return match[0].strip() if match else ""


def _continued(subject: str) -> str:
    """A sentence's beginning, for use in mid-sentence: articles and the like lose their capital."""
    first, space, rest = subject.partition(" ")
    return (_lowered(first) if first in _COMMON_FIRST else first) + space + rest


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _question_zh(statement: str, quantity: Quantity) -> str:
    """Chinese asks in place: the number gives way to 多少, the rest of the clause stays."""
    clause = _CLAUSE_END_ZH.split(statement[: quantity.span.start])[-1]
    before = _STATEMENT_ZH.fullmatch(clause)
    if not re.search(r"\d", statement[quantity.span.start : quantity.span.end]):
        return ""
    if before is None or _POINTING_ZH.match(before["subject"]) or not re.search("[一-鿿]{3}", before["subject"]):
        return ""
    rest = _CLAUSE_END_ZH.split(statement[quantity.span.end :])[0]
    verb = before["verb"]
    if quantity.change or quantity.kind == "share":
        return f"{before['subject']}增长了多少？" if verb == "增长" and not rest else ""
    if rest and not _REST_ZH.fullmatch(rest):
        return ""
    measure = _MEASURE_ZH.search(statement[quantity.span.start : quantity.span.end])
    counted = (measure[0] if measure else "") + rest
    if quantity.kind == "money" or not counted:
        return f"{before['subject']}{_ASKED_VERB_ZH.get(verb, verb)}多少？" if verb not in ("有", "增长") else ""
    asked = "有" if verb in _REACHING_ZH else _ASKED_VERB_ZH.get(verb, verb)
    return f"{before['subject']}{asked}多少{counted}？"
