"""Log-odds of words and classes of words around answers, counted on questions with marked answers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.analysis import analyse
from assistant.reading import CLASSES, key, read_words
from assistant.span_context import EDGE, GROUPS, POSITIONS, Asked, outer_keys
from assistant.spans import find_spans
from corpus.records import Document, Span
from corpus.sentences import ReadSentence, read_document

_SMOOTHING = 4.0
_LEAST = 12
"""A word is kept if it was seen so often."""
_NEGATIVE = 40
"""Spans of a sentence that stand for all of them."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A question whose answer is marked in a document."""

    question: str
    document: Document
    answers: tuple[Span, ...]
    source: str = ""
    """The set it is of."""


class Counts:
    """How often a key was seen, at one position, at answers and at other spans, by kind of question."""

    def __init__(self) -> None:
        self.positive: Counter[tuple[str, int]] = Counter()
        self.negative: dict[tuple[str, int], float] = {}

    def add(self, name: str, group: int, answer: bool, weight: float) -> None:
        """Count one sighting."""
        if answer:
            self.positive[name, group] += 1
        else:
            self.negative[name, group] = self.negative.get((name, group), 0.0) + weight

    def log_odds(self, least: float) -> dict[str, list[float]]:
        """For each key seen at least so often, log-odds in the order of `GROUPS`, drawn towards those of all groups."""
        names = sorted({name for name, _ in self.positive} | {name for name, _ in self.negative})
        totals_yes = [sum(n for (_, g), n in self.positive.items() if g == group) for group in range(len(GROUPS))]
        totals_no = [sum(n for (_, g), n in self.negative.items() if g == group) for group in range(len(GROUPS))]
        found = {}
        for name in names:
            yes = [self.positive.get((name, g), 0) for g in range(len(GROUPS))]
            no = [self.negative.get((name, g), 0.0) for g in range(len(GROUPS))]
            if sum(yes) + sum(no) < least:
                continue
            ratio = (sum(yes) + 0.5) / (sum(no) + 0.5) * (sum(totals_no) + 1) / (sum(totals_yes) + 1)
            found[name] = [
                round(_drawn(y, n, ratio, (t_no + 1) / (t_yes + 1)), 2)
                for y, n, t_yes, t_no in zip(yes, no, totals_yes, totals_no, strict=True)
            ]
        return found


def _drawn(yes: float, no: float, ratio: float, balance: float) -> float:
    """Log of the ratio within a group, with the ratio of all groups as so many sightings beforehand."""
    return math.log((yes * balance + _SMOOTHING * ratio) / (no + _SMOOTHING))


def learn_tables(examples: Iterable[Marked]) -> dict[str, Any]:
    """The tables that `span_context.Tables` reads."""
    words = [Counts() for _ in POSITIONS]
    classes = [Counts() for _ in POSITIONS]
    for group, names, kinds, answer, weight in _sightings(examples):
        for position in range(len(POSITIONS)):
            share = weight / max(1, len(names[position]))
            for name in names[position]:
                words[position].add(name, group, answer, share)
            for kind in kinds[position]:
                classes[position].add(CLASSES[kind], group, answer, weight / max(1, len(kinds[position])))
    return {
        name: {"words": words[row].log_odds(_LEAST), "classes": classes[row].log_odds(1)}
        for row, name in enumerate(POSITIONS)
    }


def _sightings(
    examples: Iterable[Marked],
) -> Iterator[tuple[int, list[list[str]], list[list[int]], bool, float]]:
    for example in examples:
        found = answered(example)
        if found is None:
            continue
        sentence, truth = found
        group = Asked(analyse(example.question)).group
        table = find_spans(sentence.text, sentence.sentence.language)
        keys = [key(token) for token in table.words.tokens]
        before, after = outer_keys(sentence.text, table.words)
        kinds = [EDGE, *table.words.classes, EDGE]
        pairs = list(zip(table.first.tolist(), table.last.tolist(), strict=True))
        step = max(1, len(pairs) // _NEGATIVE)
        chosen = pairs[::step]
        for (i, j), answer in [(truth, True), *((pair, False) for pair in chosen if pair != truth)]:
            names = [[before[i]], [keys[i]], keys[i : j + 1], [keys[j]], [after[j + 1]]]
            numbers = [[kinds[i]], [kinds[i + 1]], kinds[i + 1 : j + 2], [kinds[j + 1]], [kinds[j + 2]]]
            yield group, names, numbers, answer, 1.0 if answer else 1.0 / len(chosen)


def answered(example: Marked) -> tuple[ReadSentence, tuple[int, int]] | None:
    """The sentence that holds an answer, with the answer's first and last word; None where no single one does."""
    found = answering(example)
    if found is None:
        return None
    sentence, answer = found
    place = aligned(sentence.text, answer)
    return (sentence, place) if place else None


def answering(example: Marked) -> tuple[ReadSentence, Span] | None:
    """The first sentence that holds an answer, and where in its text; None where no single one does."""
    for sentence in read_document(example.document):
        span = next((s for s in example.answers if sentence.sentence.span.contains(s)), None)
        if span is not None:
            return sentence, Span(max(0, span.start - sentence.offset), span.end - sentence.offset)
    return None


def aligned(text: str, answer: Span) -> tuple[int, int] | None:
    """The first and the last word that an answer covers, or None where it begins or ends inside none."""
    covered = [n for n, token in enumerate(read_words(text).tokens) if token.span.overlaps(answer)]
    return (covered[0], covered[-1]) if covered else None
