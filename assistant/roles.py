"""Who does something to whom: tariffs of one country on another's goods are not those of the other on its own.

Read from the small words before the one it is done to, 对 or "on", with the name before them; nothing else is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.reading import TermSource, read_dates
from assistant.slots import proper_names
from corpus.languages import detect_language
from corpus.records import Span
from index.postags import word_class
from index.terms import ENDS_OF_WORDS
from index.tokenizing import tokens

_TO_ZH: Final = re.compile(r"(?<![面相针绝])[对向](?![于方外内])[^，。；,;对向]{0,4}$")
_TO_EN: Final = re.compile(r"\b(?:on|against|towards?|to) (?:[a-z-]+ ){0,3}$")
"""Right before the name of whom it is done to."""
_FROM: Final = re.compile(r"(?:\bfrom|[从由自])\s*$", re.I)
"""Before a name that only tells where a way begins."""
_CLAUSE: Final = re.compile(r"[，,；;。：:]|\.(?!\w)")
_AMERICA: Final = re.compile(r"\bU\.?S\b\.?")
"""A name that reads as "us"."""


def reverses(asked: str, told: str, source: TermSource) -> bool:
    """Whether a text tells of two names what a question asks about them, only the other way round.

    So it does where the question names only who does it, and the text, with the same verb, to whom it is done.

    Args:
        asked: The question.
        told: A sentence, in either language.
        source: Its dictionary tells whether names in two languages are one.
    """
    wanted, doer = _doings(asked), _doer(asked)
    found = _doings(told) if wanted or doer else ()
    if doer and not wanted:
        name, verb = doer
        done = [(who, whom) for who, whom in found if verb in _CLAUSE.split(told[told.index(whom) :])[0]]
        own = any(_same(name, who, source) for who, _ in done)
        return not own and any(_same(name, whom, source) for _, whom in done)
    straight = any(_same(a, c, source) and _same(b, d, source) for a, b in wanted for c, d in found)
    return not straight and any(_same(a, d, source) and _same(b, c, source) for a, b in wanted for c, d in found)


def swapped(asked: str, name: str) -> str:
    """The question the other way round, where it asks what somebody does to a name: "And China?", 中国呢？; else empty.

    Args:
        asked: The question before.
        name: Of whom it is asked now.
    """
    for who, whom in _doings(asked):
        if name in (whom, f"the {whom}"):
            start, behind = asked.index(who), asked.index(whom, asked.index(who) + len(who))
            return f"{asked[:start]}{whom}{asked[start + len(who) : behind]}{who}{asked[behind + len(whom) :]}"
    return ""


@lru_cache(maxsize=256)
def _doer(asked: str) -> tuple[str, str] | None:
    """With which name a Chinese question begins, and the verb right behind it: who does what; None for none."""
    names = proper_names(asked) if detect_language(asked) == "zh" else []
    found = next((name for name in names if asked.startswith(name)), "")
    verb = next((t for t in tokens(asked[len(found) :]) if found), None)
    if verb is None or verb.span.start or len(verb.text) < 2 or not word_class(verb.text).startswith("v"):
        return None
    return found, verb.text


@lru_cache(maxsize=1024)
def _doings(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of names in the clauses of a text: who does something, and to whom."""
    ends = [mark.span() for mark in _CLAUSE.finditer(text)]
    clauses = zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)], strict=True)
    return tuple(pair for start, end in clauses for pair in _pairs(text[start:end]))


def _pairs(clause: str) -> Iterator[tuple[str, str]]:
    toward = _TO_ZH if detect_language(clause) == "zh" else _TO_EN
    for who, whom in pairwise(_names(clause)):
        if toward.search(clause[who.end : whom.start]) and not _FROM.search(clause[: who.start]):
            yield who.cut(clause), whom.cut(clause)


def _names(clause: str) -> list[Span]:
    """Where the names of a clause stand, its dates left out, in order."""
    days = [day.span for day in read_dates(clause)]
    found = [Span(*match.span()) for match in _AMERICA.finditer(clause)]
    start = 0
    for whole in proper_names(clause):
        name = whole.removeprefix("The ")
        start = clause.find(name, start)
        found.append(Span(start, start + len(name)))
        start += len(name)
    return sorted((place for place in found if not any(day.overlaps(place) for day in days)), key=lambda p: p.start)


def _same(one: str, other: str, source: TermSource) -> bool:
    """Whether two names, in any languages, are of one."""
    return one == other or bool(_translations(one, source) & _translations(other, source))


@lru_cache(maxsize=1024)
def _translations(name: str, source: TermSource) -> frozenset[str]:
    """The Chinese terms of a name as a whole: 美国 of "American" and of "United States"."""
    if detect_language(name) == "zh":
        return frozenset(t for t in source.document_terms(name, "zh") if not t.startswith(ENDS_OF_WORDS))
    whole = (each for each in source.query_concepts(name, "en") if each.surface == name)
    return frozenset(a.term for concept in whole for a in concept.alternatives if a.channel == "translation")
