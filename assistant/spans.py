"""Runs of words in a sentence that could be a short answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.reading import CLASS_NUMBER, GAP_NUMBER, Words, read_values, read_words
from corpus.records import Language

Whole = NDArray[np.int64]

LONGEST = {"en": 10, "zh": 12}
"""Longest run that may begin and end anywhere, in words; longer ones must be whole clauses."""
_MOST_CLAUSES = 3
Flags = NDArray[np.bool_]


def flags(numbers: Mapping[str, int], names: str) -> Flags:
    """Which of the numbers are those of the names: looked up by number, (numbers,)."""
    found = np.zeros(len(numbers), dtype=bool)
    found[[numbers[name] for name in names.split()]] = True
    return found


_NO_START = flags(CLASS_NUMBER, "article conjunction zh_conjunction particle direction")
_NO_END = flags(CLASS_NUMBER, "article preposition conjunction auxiliary zh_conjunction zh_preposition asking")
_BEFORE = re.compile(r"(?:US|HK|NT|A|C)?[$£€¥￥#]$|[《]$")
_AGENT_MARKS = "由被"
"""Before the doer of a deed; cut off where segmenting glued it to a name (由林|海涛)."""
_AFTER = re.compile(r"^(?:[%％‰°]\s?[CF]?|[》])")


@dataclass(frozen=True, slots=True)
class SpanTable:
    """The candidate spans of one sentence."""

    text: str
    words: Words
    first: Whole
    last: Whole
    """Positions of the first and the last word of each span."""

    def bounds(self, number: int) -> tuple[int, int]:
        """Characters of span `number` in `text`, with what belongs to it: $, %, 《》, whole numbers and dates.

        A 的 at its end is none of it.
        """
        first, last = (self.words.tokens[ends[number]] for ends in (self.first, self.last))
        start, end = first.span.start, last.span.end
        if last.text == "的" and first is not last:
            end = last.span.start
        before = _BEFORE.search(self.text[:start])
        after = _AFTER.match(self.text[end:])
        if before and (before.group() != "《" or (after and after.group() == "》") or "》" in self.text[start:end]):
            start = before.start()
        if after and (after.group() != "》" or "《" in self.text[start:end]):
            end += after.end()
        if self.text[start] in _AGENT_MARKS and end - start > 2:
            start += 1
        for value_start, value_end, _ in read_values(self.text):
            if value_start < end and start < value_end:
                start, end = min(start, value_start), max(end, value_end)
        if "（" in self.text[start:end] and self.text[end : end + 1] == "）":
            end += 1
        if "(" in self.text[start:end] and self.text[end : end + 1] == ")":
            end += 1
        return start, end


def find_spans(text: str, language: Language) -> SpanTable:
    """Every run of words that could be an answer: short ones anywhere between strong marks, and whole clauses."""
    words = read_words(text)
    count = len(words.tokens)
    if not count:
        none = np.zeros(0, dtype=np.int64)
        return SpanTable(text, words, none, none)
    gaps = np.array(words.gaps)
    classes = np.array(words.classes)
    length = LONGEST[language]
    first = np.repeat(np.arange(count), length)
    last = first + np.tile(np.arange(length), count)
    allowed = last < count
    first, last = first[allowed], last[allowed]
    strong = np.concatenate([[0], np.cumsum(gaps[1:] == GAP_NUMBER["strong"])])
    commas = np.concatenate([[0], np.cumsum(gaps[1:] == GAP_NUMBER["comma"])])
    fine = strong[last] == strong[first]
    fine &= commas[last] - commas[first] <= 3
    fine &= ~_NO_START[classes[first]] & ~_NO_END[classes[last]]
    pairs = set(zip(first[fine].tolist(), last[fine].tolist(), strict=True))
    pairs |= _clauses(gaps, count)
    ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return SpanTable(text, words, ordered[:, 0], ordered[:, 1])


def _clauses(gaps: NDArray[np.int64], count: int) -> set[tuple[int, int]]:
    """Runs of up to three whole clauses, and all but their first one to three words (after "because", 是, 由于)."""
    marks = (GAP_NUMBER["strong"], GAP_NUMBER["comma"])
    cuts = [0, *(position for position in range(1, count) if gaps[position] in marks), count]
    cuts = sorted(set(cuts))
    found: set[tuple[int, int]] = set()
    for number, start in enumerate(cuts[:-1]):
        for end in cuts[number + 1 : number + 1 + _MOST_CLAUSES]:
            found.update((start + skipped, end - 1) for skipped in range(4) if start + skipped < end)
    return found
