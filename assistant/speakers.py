"""Who said something, where the sentence that tells it says only "he" or 他: whom a sentence before it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.discourse import before
from assistant.extraction import Candidate
from assistant.nameless import person_names
from assistant.question_words import SAYING_ZH
from assistant.records import AnswerType, Evidence, Question
from corpus.records import Span

_SAID: Final = (
    r"(?:said|sa(?:y|ys)|stat(?:es|ed)|add(?:s|ed)|assur(?:es|ed)|explain(?:s|ed)|argu(?:es|ed)|claim(?:s|ed)"
    r"|warn(?:s|ed)|promis(?:es|ed)|announc(?:es|ed)|stress(?:es|ed)|not(?:es|ed)|insist(?:s|ed)|declar(?:es|ed)"
    r"|emphasi[sz]e[sd]|recommend(?:s|ed)|(?:also )?point(?:s|ed)|reaffirm(?:s|ed)|believ(?:es|ed)|th(?:inks|ought))"
)
_ASKS: Final = re.compile(rf"\bwho (?:\w+ )?{_SAID}\b|(?:谁|哪位|什么人).{{0,4}}(?:{SAYING_ZH})", re.I)
_HE_SAYS: Final = re.compile(
    rf"\b(?:he|she) (?:also |further |then )?{_SAID}\b|\b{_SAID} (?:he|she)\b"
    rf"|[他她](?:还|又|也|同时|进一步)?(?:{SAYING_ZH})",
    re.I,
)
_SPEAKS: Final = re.compile(rf"\W*(?:\([^)]*\))?,? ?{_SAID}\b|.{{0,4}}(?:{SAYING_ZH})", re.I)
"""Behind the name of who says something."""
_BACK: Final = 3
"""So many sentences before one are looked through for the name of who speaks in it."""
_CHANCE: Final = 0.6
"""Taken for the chance that such a name answers: high enough to be told, with its sentence."""


def speaker_named(question: Question, evidence: Sequence[Evidence]) -> tuple[Candidate, Evidence] | None:
    """Who says what is asked about, as the sentences before it name them, and the sentence in which "he" says it.

    Args:
        question: As analysed.
        evidence: Best first.

    Returns:
        None where nobody's words are asked for, or where the best sentence names its speaker itself.
    """
    if question.answer_type is not AnswerType.PERSON or not evidence or not _ASKS.search(question.standalone):
        return None
    said = item = evidence[0]
    if not _HE_SAYS.search(said.simplified):
        return None
    named: list[Candidate] = []
    for _ in range(_BACK):
        ahead = before(item, evidence)
        if ahead is None:
            break
        names = person_names(ahead.text, ahead.sentence.language)
        speaking = next((name for name in names if _SPEAKS.match(ahead.text, name.end)), None)
        if speaking:
            return _candidate(ahead, speaking), said
        named.extend(_candidate(ahead, name) for name in names[:1])
        item = ahead
    return (named[0], said) if named else None


def _candidate(item: Evidence, span: Span) -> Candidate:
    return Candidate(item.key, span.cut(item.text), span.moved(item.sentence.span.start), _CHANCE)
