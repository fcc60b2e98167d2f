"""What an abbreviation stands for, where an article tells it beside the abbreviation, in brackets, or in full alone.

English long forms are found as by Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (2003): the shortest words before the bracket that hold the letters of the abbreviation in order, its
first letter at the beginning of a word. A Chinese long form has other letters: it is the title, quotation or run of
characters next to the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.extraction import Candidate
from assistant.reading import CLASSES, read_words
from assistant.records import Evidence, Question
from corpus.languages import count_han
from corpus.records import Span

_SHORT = r"[\"“‘]?(?P<short>(?<![A-Za-z0-9])[A-Z][A-Za-z0-9&./-]*[A-Z0-9](?![A-Za-z0-9]))[\"”’]?"
_ASKS = tuple(
    re.compile(pattern.replace("SHORT", _SHORT))
    for pattern in (
        r"SHORT (?:stands? for|is short for|is the abbreviation for)\b",
        r"\b[Ii]s SHORT (?:short for|an? (?:abbreviation|acronym))\b",
        r"\b(?:full|long|complete) (?:name|form|title) (?:of|for) (?:the )?SHORT\W*$",
        r"SHORT(?:这个(?:词|缩写|简称))?的?(?:中文|英文)?全称",
        r"SHORT(?:是|为)(?:什么|哪些词|哪个词)的(?:缩写|简称)",
        r"SHORT代表什么",
        r"(?:^|[\s，,：:])SHORT的(?:中文|英文)?全名",
    )
)
"""Questions for the long form of an abbreviation; the full name of somebody's CEO is none."""
_CALLED = r"(?:以下简称|简称为?|英文缩写为?|缩写为?|又称|or|hereafter|abbreviated(?: as)?)?\s*[“\"'‘]?"
_FULL = re.compile(r"(?:即|全称为?|full name)?[:：]?\s*")
_TITLE = re.compile(r"[《“「『\"]([^《》“”「」『』\"]{2,60})[》”」』\"]\s*$")
_HAN = re.compile(r"[\u4e00-\u9fff·]{4,30}")
_OF_NAMES = frozenset({"noun", "name", "place", "organisation", "person", "adjective", "unknown", "capital", "acronym"})
"""Classes of words that Chinese names are made of; a verb may stand among them, but not first."""
_NO_CHANCE = 3
"""Letters from which a run of words in capitals with these initials is the long form, also without any bracket."""
_SMALL = r"(?:[ -](?:of|for|and|the|on|in|to|de|du))*[ -]"
"""Between the words of such a run."""
_WORDS_MORE = 5
"""An English long form has at most so many words more than its abbreviation has letters."""


def spell_out(question: Question, evidence: Sequence[Evidence]) -> list[Candidate]:
    """What tells the long form of the abbreviation that is asked for, best sentence first; nothing for other questions.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    abbreviation = asked_abbreviation(question.standalone)
    found = [(item, spelled_out(item.text, abbreviation)) for item in evidence] if abbreviation else []
    return [
        Candidate(item.key, span.cut(item.text), span.moved(item.sentence.span.start), 1.0)
        for item, span in found
        if span is not None
    ]


def asked_abbreviation(question: str) -> str:
    """The abbreviation whose long form a question asks for; empty for none."""
    found = next((match for pattern in _ASKS if (match := pattern.search(question))), None)
    return found["short"] if found else ""


def spelled_out(text: str, abbreviation: str) -> Span | None:
    """Where a text tells what an abbreviation stands for: "long form (ABC)", "ABC (long form)", "Long Form Beside"."""
    return next(_long_forms(text, abbreviation), None)


def _long_forms(text: str, abbreviation: str) -> Iterator[Span]:
    short = re.escape(abbreviation)
    for bracket in re.finditer(rf"\s*[(（]{_CALLED}{short}(?![A-Za-z0-9])", text):
        found = _before(text[: bracket.start()], abbreviation)
        if found:
            yield found
    for bracket in re.finditer(rf"(?<![A-Za-z0-9]){short}[”\"]?\s*[(（]([^()（）]+)", text):
        start = _FULL.match(text, bracket.start(1)).end()  # type: ignore[union-attr]
        inside = Span(start, max(start, bracket.end(1)))
        if _spells(inside.cut(text), abbreviation) == 0 or _HAN.fullmatch(inside.cut(text).strip("《》")):
            yield inside

    if len(abbreviation) >= _NO_CHANCE and abbreviation.isalpha() and abbreviation.isupper():
        initials = _SMALL.join(f"{letter}[a-z]+" for letter in abbreviation)
        yield from (
            Span(*name.span())
            for name in re.finditer(rf"(?<![A-Za-z-]){initials}(?![a-z]| [A-Z][a-z]| ?[(（][A-Z])", text)
        )


def _before(text: str, abbreviation: str) -> Span | None:
    title = _TITLE.search(text)
    if title:
        return Span(*title.span(1))
    if count_han(text[-1:]):
        start = _chinese_name(text)
        return Span(start, len(text)) if len(text) - start >= max(4, len(abbreviation)) else None
    first = _spells(text, abbreviation)
    return None if first is None else Span(first, len(text))


def _chinese_name(text: str) -> int:
    """Where the words at the end of a text that can make up one name begin."""
    words = read_words(text)
    start = end = len(text)
    for token, number in zip(reversed(words.tokens), reversed(words.classes), strict=True):
        kind = CLASSES[number]
        if token.span.end != end or kind not in (*_OF_NAMES, "verb"):
            break
        end = token.span.start
        start = end if kind != "verb" else start
    return start


def _spells(text: str, abbreviation: str) -> int | None:
    """Where the shortest end of a text begins that spells an abbreviation; None where none does."""
    place, lowered = len(text), text.lower()
    letters = [letter for letter in abbreviation.lower() if letter.isalnum()]
    for number, letter in reversed(list(enumerate(letters))):
        place = lowered.rfind(letter, 0, place)
        while number == 0 and place > 0 and text[place - 1].isalnum():
            place = lowered.rfind(letter, 0, place)
        if place < 0:
            return None
    words = len(text[place:].split())
    return place if 1 < words <= len(letters) + _WORDS_MORE else None
