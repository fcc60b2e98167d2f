"""Questions for what somebody said: answered by sentences in which they say it, not by where or when they spoke."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.discourse import follows
from assistant.evidence import tells
from assistant.overview import differing
from assistant.question_words import SAYING_ZH
from assistant.records import AnswerType, Evidence, Question
from assistant.slots import Encode, proper_names
from corpus.records import Span
from index.postags import word_class
from index.scripts import fold
from index.tokenizing import tokens

_ASKS_EN: Final = re.compile(
    r"\bwhat (?:did|does|do|has|had) (?P<who>(?:(?:the|an?|this|that) )?+\S+(?: \S+){0,6}?) (?:actually |really )?"
    r"(?:say|said|state|explain|announce|promise|recommend|suggest|argue|claim|warn|think|demand)\b"
    r"(?:.* (?:about|on|of|regarding|concerning) (?P<topic>.+))?",
    re.I,
)
_ASKS_ZH: Final = re.compile(
    r"(?:关于(?P<before>[^，,]{1,20})[，,])?(?P<who>[^，,在对就关]{1,16}?)(?:(?:在|就)[^，,对关]{1,15}?)?"
    r"(?:(?:对|关于|就)(?P<topic>.{1,15}?))?"
    rf"(?:{SAYING_ZH}|谈到)了?(?:些|过)?(?:什么|啥|哪些)"
)
_SAYS: Final = re.compile(
    r"\b(?:say|says|said|saying|told|tells|states|stated|explain\w*|announc\w+|promis\w+|recommend\w*|suggest\w*|argu\w+"
    r"|claim\w*|warn\w*|added|inform(?:s|ed)|not(?:es|ed)|declar\w+|remark(?:s|ed)|emphasi[sz]\w+"
    r"|(?:re)?affirm\w*|point(?:s|ed) out|stress\w*|reiterat\w*|assur\w+|demand(?:s|ed)|call(?:s|ed) (?:for|on)"
    r"|finds?|found|in (?:his|her) view|according to|thinks?|thought|believ\w+|nam(?:es|ed)|urg(?:es|ed)"
    r"|describ(?:es|ed)|sp(?:eaks|oke) of|mention(?:s|ed)|provid(?:es|ed) (?:for|that)|sets? out)\b"
    rf"|{SAYING_ZH}|重申|谈到|提到|介绍|直言|坦言|看来|呼吁|要求|保证|称",
    re.I,
)
_PRONOUN: Final = re.compile(r"\b(?:he|she|his|her|they|their)\b|[他她]们?", re.I)
_ONLY_SAID: Final = re.compile(r"(?:say|said|think|state|argue|claim)\b|(?:说|表示|认为)了?", re.I)
"""What is answered by saying alone; what somebody announced or promised may be told as done."""


def asks_words(question: Question) -> bool:
    """Whether a question can be answered only by what somebody said."""
    match = _asked(question)
    return match is not None and _ONLY_SAID.search(match[0], match.end("who") - match.start()) is not None


def statements(question: Question, evidence: Sequence[Evidence], encode: Encode) -> tuple[list[Evidence], bool]:
    """Up to three sentences in which the one asked about says something, and whether they meet the topic asked for.

    Only those that meet it, if any does, in the order of their articles; none where a question does not ask for what
    somebody said.

    Args:
        question: As analysed.
        evidence: Best first.
        encode: Bilingual encoder, texts to unit rows.
    """
    match = _asked(question)
    if match is None:
        return [], False
    said = [
        item
        for item in _of(Span(*match.span("who")), evidence)
        if tells(item.sentence, item.text) and _SAYS.search(item.simplified)
    ]
    topics = [Span(*match.span(name)) for name in ("topic", "before") if name in match.re.groupindex and match[name]]
    about = [item for item in said if any(_meets(item, topic) for topic in topics)]
    return differing(about or said, encode), bool(about)


def _asked(question: Question) -> re.Match[str] | None:
    """Who is asked about, and on what; None where it is not asked what they said."""
    if question.answer_type is not AnswerType.OTHER:
        return None
    return (_ASKS_ZH if question.language == "zh" else _ASKS_EN).search(fold(question.standalone))


def _meets(item: Evidence, part: Span) -> bool:
    """Whether a sentence meets a word of a part of the question."""
    return any(word.asked.overlaps(part) for word in item.matched)


def _of(who: Span, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences about somebody: those that name them, and those that go on right behind with "he" or 她."""
    found: list[Evidence] = []
    for item in sorted(evidence, key=lambda item: (item.document_id, item.sentence.span.start)):
        goes_on = bool(found) and follows(found[-1], item) and _PRONOUN.search(item.simplified)
        if _meets(item, who) or (goes_on and not _names_another(item)):
            found.append(item)
    return found


def _names_another(item: Evidence) -> bool:
    """Whether a sentence that does not name somebody names someone who "he" may be."""
    if item.sentence.language == "zh":
        return any(word_class(token.text).startswith("nr") for token in tokens(item.simplified))
    return any(" " in name for name in proper_names(item.text))
