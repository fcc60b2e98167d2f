"""Questions about two things in one breath: "the exports of Yiwu and Jinhua", 香港和澳门的增长率.

Such a question stays whole (it may ask for the trade between the two) while a sentence tells of both. Where the one
found tells of one alone, each is asked for by itself, so that nobody takes the answer about one for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.compound import LONGEST, Pair, joined_zh
from assistant.records import AnswerType, Draft, Evidence, Question, Status
from corpus.records import Span
from index.function_words import is_function_word
from index.tokenizing import Token, tokens

_TYPES: Final = frozenset(
    {
        AnswerType.NUMBER,
        AnswerType.SHARE,
        AnswerType.MONEY,
        AnswerType.COUNT,
        AnswerType.CHANGE,
        AnswerType.DATE,
        AnswerType.PERIOD,
    }
)
"""Types of which each of two things has its own; who and what is often one for both: "banned from foods and drinks"."""
_TOGETHER: Final = re.compile(
    r"\b(?:between|both|together|combined|total|altogether|jointly|difference|common|than|compared?)\b"
    r"|之间|关系|区别|差[别距异]|共同|一共|总共|合计|相比|比|两[国地市者]",
    re.I,
)
"""Asks for something that two things have together."""
_AND: Final = re.compile(r" and (?:the )?", re.I)
_MOST_WORDS: Final = 4


def joined(question: Question) -> list[Pair]:
    """The pairs of things that a question asks about in one breath, as parts of `question.standalone`."""
    asked = question.standalone
    if question.answer_type not in _TYPES or len(asked) > LONGEST or _TOGETHER.search(asked):
        return []
    if question.language == "en":
        return list(_joined_en(asked))
    pairs = joined_zh(asked, len(asked))
    return [pair for pair in pairs if not any(_has_function_word(part.cut(asked)) for part in pair)]


def _has_function_word(text: str) -> bool:
    return any(is_function_word(word.text.lower()) for word in tokens(text))


def _joined_en(asked: str) -> Iterator[Pair]:
    words = tokens(asked)
    for conjunction in _AND.finditer(asked):
        left = [word for word in words if word.span.end <= conjunction.start()][::-1]
        right = [word for word in words if word.span.start >= conjunction.end()]
        first, second = _phrase(left), _phrase(right)
        if first and second and _is_name(first[0]) == _is_name(second[0]):
            count = max(len(first), len(second)) if _is_name(first[0]) else min(len(first), len(second))
            first, second = first[:count], second[:count]
            yield Span(first[-1].span.start, first[0].span.end), Span(second[0].span.start, second[-1].span.end)


def _phrase(words: Sequence[Token]) -> list[Token]:
    """The first words up to one without content; where they begin with a capital, as long as they do."""
    found: list[Token] = []
    for word in words[:_MOST_WORDS]:
        if is_function_word(word.text.lower()) or (found and _is_name(found[0]) and not _is_name(word)):
            break
        found.append(word)
    return found


def _is_name(word: Token) -> bool:
    return word.text[:1].isupper()


def tells_of_both(pair: Pair, draft: Draft, evidence: Sequence[Evidence]) -> bool:
    """Whether the sentences that prove an answer meet both words of a pair, in either language."""
    cited = {key for claim in draft.claims for key in claim.keys}
    met = [word.asked for item in evidence if item.key in cited for word in item.matched]
    return all(any(asked.overlaps(span) for asked in met) for span in pair)


def are_told_apart(found: Sequence[tuple[Sequence[Evidence], Draft]]) -> bool:
    """Whether each of two questions got its own answer."""
    if any(draft.status is Status.NOT_FOUND for _, draft in found):
        return False
    one, two = (draft.claims[0] for _, draft in found)
    return (one.short or one.text) != (two.short or two.text)
