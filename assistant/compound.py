"""Questions that ask for two things at once: taken apart, and their answers put together.

"When and where did it open?", 落成时间和地点 and 甲和乙的产量分别是多少 ask twice. One search can't serve both, and one
sentence seldom answers both, so each part is answered by itself. What is no clear case stays whole: 甲和乙的贸易额 may
be the trade between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Final

from assistant.analysis import headed_type
from assistant.conversation import standalone_question
from assistant.question_words import ASKING_ZH
from assistant.records import Claim, Draft, Evidence, Status, Turn
from assistant.slots import Encode
from corpus.languages import detect_language
from corpus.quantities import covers_numbers, find_dates
from corpus.records import Language, Span
from index.function_words import is_function_word
from index.postags import word_class
from index.tokenizing import Token, tokens

_ASKING: Final = r"(?:who|whom|what|when|where|why|which|how(?: (?:many|much|long|old|far|often))?|by whom|since when)"
_TOGETHER = re.compile(rf"^({_ASKING}),? and ({_ASKING}) (?=\w)(.+)$", re.I)
"""When and where did it open?"""
_TRAILING = re.compile(rf"^({_ASKING}\b.+?),? and ({_ASKING})\W*$", re.I)
"""Who opened it, and when?"""
_NEXT_CLAUSE = re.compile(rf"(?:[,;?]\s*(?:and\s+)?|\s+and\s+)(?={_ASKING}\s+\w+\s+\w)", re.I)
_ASKS_FIRST = re.compile(rf"^{_ASKING}\b", re.I)
_CLAUSE_ZH = re.compile(r"[，,；;？?]\s*(?:以及|而且|还有)?")
_AND_ZH = re.compile(r"以及|和|与|及|、")
_EACH_ZH = re.compile(r"分别|各自|各(?=[是有为])")
_REST_ZH = re.compile(r"分别|各自|各?[是有为在叫]|[？?]|$")
LONGEST = 300
"""Characters of a question that is taken apart; nobody asks for two things at greater length."""
_LONGEST_HEAD = 6
_MOST_TOKENS = 4
"""Tokens on either side of 和 that may be what is told apart."""
_UNKNOWN = "nz"
"""Class of a word that no dictionary knows: some name."""


Pair = tuple[Span, Span]
"""Two things that a question names, as parts of its text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks for."""

    question: str
    label: str = ""
    """What tells its answer from the others'; empty where their order must do."""
    of_each: bool = False
    """Whether the label is the name or time that this part is about, where the others are about other ones."""


def split_question(text: str, encode: Encode) -> tuple[Part, ...]:
    """The parts of a question that asks for several things; none where it asks for one.

    Args:
        text: A standalone question in either language.
        encode: Bilingual encoder, texts to unit rows; see `standalone_question`.
    """
    asked = text.strip()
    if len(asked) > LONGEST:
        return ()
    ways = (_heads_zh, _each_zh, _clauses_zh) if detect_language(asked) == "zh" else (_together, _trailing, _clauses)
    return next((parts for way in ways if len(parts := tuple(way(asked, encode))) > 1), ())


def _together(asked: str, encode: Encode) -> Iterator[Part]:
    match = _TOGETHER.match(asked)
    if match:
        for word in match.group(1, 2):
            yield Part(f"{word.capitalize()} {match[3]}", word.capitalize())


def _trailing(asked: str, encode: Encode) -> Iterator[Part]:
    match = _TRAILING.match(asked)
    if match:
        first = f"{match[1]}?"
        yield Part(first)
        yield Part(standalone_question(f"{match[2].capitalize()}?", [Turn(first, "")], encode), match[2].capitalize())


def _clauses(asked: str, encode: Encode) -> Iterator[Part]:
    first, *others = (piece.strip(" ?") for piece in _NEXT_CLAUSE.split(asked))
    if _ASKS_FIRST.match(first) and len(first.split()) > 2:
        yield from _in_turn([f"{clause}?" for clause in (first, *others) if clause], encode)


def _clauses_zh(asked: str, encode: Encode) -> Iterator[Part]:
    pieces = [piece.strip() for piece in _CLAUSE_ZH.split(asked) if piece.strip()]
    asks = [ASKING_ZH.search(piece) or (number and piece.endswith("呢")) for number, piece in enumerate(pieces)]
    if len(pieces) > 1 and all(asks):
        yield from _in_turn([f"{piece}？" for piece in pieces], encode)


def _in_turn(clauses: Sequence[str], encode: Encode) -> Iterator[Part]:
    """Clauses as parts, each read as a follow-up to the first."""
    for clause in clauses:
        history = [] if clause is clauses[0] else [Turn(clauses[0], "", clauses[0])]
        yield Part(standalone_question(clause, history, encode))


def _heads_zh(asked: str, encode: Encode) -> Iterator[Part]:
    """落成时间和地点: two nouns that each tell what is asked for."""
    for conjunction in _AND_ZH.finditer(asked):
        before, after = asked[: conjunction.start()], asked[conjunction.end() :]
        second = _REST_ZH.split(after, maxsplit=1)[0]
        first = next((word for word in _endings(before) if headed_type(word, "zh")), "")
        short = 0 < len(second) <= _LONGEST_HEAD and not second.endswith(first)
        if not (first and short and headed_type(second, "zh")):
            continue
        subject, end = before.removesuffix(first), _EACH_ZH.sub("", after[len(second) :])
        if subject:
            yield Part(f"{subject}{first}{end}", first)
            yield Part(f"{subject}{second}{end}", second)
            return


def _endings(text: str) -> Iterator[str]:
    """The last one, two and three words of a Chinese text."""
    words = tokens(text)
    for count in range(1, 4):
        if len(words) >= count:
            yield text[words[-count].span.start :]


def _each_zh(asked: str, encode: Encode) -> Iterator[Part]:
    """甲和乙的产量分别是多少, or two times: 2021年和2022年的产量."""
    for first, second in pairwise(find_dates(asked)):
        if _AND_ZH.fullmatch(asked[first.span.end : second.span.start]):
            yield from of_each(asked, (first.span, second.span))
            return
    each = _EACH_ZH.search(asked)
    if each:
        yield from next((of_each(asked, pair) for pair in joined_zh(asked, each.start())), ())


def joined_zh(asked: str, last: int) -> Iterator[Pair]:
    """What 和 joins, the second thing before `last` if that comes after 和."""
    words = tokens(asked)
    for conjunction in _AND_ZH.finditer(asked):
        left = [word for word in words if word.span.end <= conjunction.start()]
        until = last if last > conjunction.end() else len(asked)
        right = [word for word in words if word.span.start >= conjunction.end() and word.span.end <= until]
        chosen = _alike(left, right)
        if chosen and left[-1].span.end == conjunction.start() and right[0].span.start == conjunction.end():
            yield Span(chosen[0], conjunction.start()), Span(conjunction.end(), chosen[1])


def of_each(asked: str, pair: Pair) -> tuple[Part, ...]:
    """The question asked about each of a pair by itself."""
    first, second = pair
    return tuple(
        Part(_EACH_ZH.sub("", f"{asked[: first.start]}{name}{asked[second.end :]}"), name, of_each=True)
        for name in (first.cut(asked), second.cut(asked))
    )


def _alike(left: Sequence[Token], right: Sequence[Token]) -> tuple[int, int] | None:
    """Where what stands before 和 begins and what stands behind it ends: as alike as words on both sides can be."""
    pairs = [
        (left[-before:], right[:after])
        for before, after in product(range(1, _MOST_TOKENS + 1), repeat=2)
        if before <= len(left) and after <= len(right)
    ]
    whole = [(one, two) for one, two in pairs if not _is_cut(left[: -len(one)], one, two)]
    one, two = max(whole or pairs, key=lambda pair: _likeness(*pair), default=((), ()))
    return (one[0].span.start, two[-1].span.end) if one else None


def _is_cut(ahead: Sequence[Token], one: Sequence[Token], two: Sequence[Token]) -> bool:
    """Whether a name was cut in pieces: 英 for 英伟达, 林肯 behind a lone 布; or something begins with 年 or 的."""
    alone = any(len(words) == 1 == len(words[0].text) and word_class(words[0].text) != "n" for words in (one, two))
    torn = bool(ahead) and len(ahead[-1].text) == 1 and word_class(ahead[-1].text) == "nr"
    return alone or torn or any(is_function_word(words[0].text) for words in (one, two))


def _likeness(one: Sequence[Token], two: Sequence[Token]) -> float:
    classes = [word_class(words[-1].text) or _UNKNOWN for words in (one, two)]
    return (
        3.0 * (one[-1].text[-1:] == two[-1].text[-1:])
        + 1.5 * (classes[0] == classes[1])
        + 1.0 * (classes[0][0] == classes[1][0])
        + (len(one) == len(two))
        - 0.3 * abs(sum(len(w.text) for w in one) - sum(len(w.text) for w in two))
        - 0.2 * (len(one) + len(two))
    )


def merge_drafts(
    parts: Sequence[Part], found: Sequence[tuple[list[Evidence], Draft]], language: Language
) -> tuple[list[Evidence], Draft] | None:
    """The evidence and drafts of all parts as one of each; None where no part is answered.

    Args:
        parts: Of the question.
        found: Evidence and draft of each.
        language: Of the question; what is missing is told in it.
    """
    evidence: list[Evidence] = []
    claims: list[Claim] = []
    missing = []
    differ = False
    for part, (items, draft) in zip(parts, found, strict=True):
        keys = {item.key: f"S{number}" for number, item in enumerate(items, start=len(evidence) + 1)}
        named = [replace(item, key=keys[item.key]) for item in items]
        evidence += named
        renamed = [replace(claim, keys=tuple(keys[key] for key in claim.keys)) for claim in draft.claims]
        own = [_labelled(claim, part, named, language) for claim in renamed if _is_own(claim, part, parts, named)]
        if not own:
            missing.append(part.label or part.question.rstrip("?？"))
        differ |= draft.status is Status.CONFLICT and sum(not claim.adds for claim in own) > 1
        claims += [claim for claim in own if claim.text not in [other.text for other in claims]]
    if not claims:
        return None
    status = Status.CONFLICT if differ else Status.ANSWERED
    confidence = min(draft.confidence for _, draft in found if draft.status is not Status.NOT_FOUND)
    return evidence, Draft(status, tuple(claims), confidence, _missing(missing, language))


def _is_own(claim: Claim, part: Part, parts: Sequence[Part], evidence: Sequence[Evidence]) -> bool:
    """Whether a claim is of its part: its sentence does not name what another part is about and leave out its own."""
    text = next(item.text for item in evidence if item.key == claim.keys[0])
    others = any(other.label in text for other in parts if other.of_each)
    return not part.of_each or part.label in text or not others


def _labelled(claim: Claim, part: Part, evidence: Sequence[Evidence], language: Language) -> Claim:
    """A claim behind its part's label, unless that holds a number which the quotes don't prove."""
    cited = [item for item in evidence if item.key in claim.keys]
    texts, days = [item.text for item in cited], [item.article.published for item in cited]
    if not part.label or claim.adds or covers_numbers(part.label, texts, days):
        return claim
    return Claim(f"{part.label}{'：' if language == 'zh' else ': '}{claim.text}", claim.keys, claim.short or claim.text)


def _missing(parts: Sequence[str], language: Language) -> str:
    if not parts:
        return ""
    return (
        f"这些文章里没有：{'、'.join(parts)}。" if language == "zh" else f"Not in these articles: {'; '.join(parts)}."
    )
