"""A second look at the best sentences: what is too slow to measure of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant import sentence_features
from assistant.boosting import Floats
from assistant.lists import read_window
from assistant.reading import asked_days, fitting_kinds, focus_span, read_dates, read_values, read_words
from assistant.records import MetWord, Question, WordScore
from assistant.sentence_features import SentenceFeatures
from corpus.quantities import DateSpan, dates_overlap
from index.joint_reading import Reading
from index.late_interaction import MEASURES

LOOKED_AT: Final = 8
"""So many sentences get a second look; right after it are .724 of the first, .702 without it (mean over the sets)."""
LEAST_CHANCE: Final = 0.01
"""Share of the best sentence's chance, before the second look, from which another one gets it, too."""
OF_ANOTHER_TIME: Final = -1.0
"""What `time_told` says of a sentence that speaks of another time than the one asked for."""
_COMPARED: Final = ("nearness", *MEASURES, "answers", "best_span")
"""What is measured of a sentence, then its distance from the best and its place, 0 the best."""
ADDED: Final = (
    *(f"{name}{part}" for name in _COMPARED for part in ("", "_lead", "_place")),
    "counted",
    "time",
    "focus",
    "focus_context",
)
FEATURES: Final = (*sentence_features.FEATURES, *ADDED)
"""What is measured of a sentence at the second look, in the order of the learned model's columns."""

_REACH: Final = 28
"""Characters around a number in which the counted noun is looked for."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a second look found."""

    positions: list[int]
    """Of the candidates, best first."""
    rows: Floats
    """Their features, float64 (positions, len(FEATURES))."""
    words: list[tuple[WordScore, ...]]
    """The words of each one's sentence, or of the list that it introduces, as the reader sees them."""


def look_closely(features: SentenceFeatures, rows: Floats, chosen: Sequence[int]) -> Look:
    """Measure the chosen candidates and read them with the question.

    Args:
        features: Of the question and all candidates.
        rows: `features.matrix()`.
        chosen: Positions of candidates, best first.
    """
    question = features.question
    found = [features.candidates[position] for position in chosen]
    sentences = [candidate.sentence for candidate in found]
    texts = [sentence.text for sentence in sentences]
    windows = [candidate.window for candidate in found]
    told = [read_window(candidate, question) for candidate in found]
    readings = features.collection.read(question.standalone, told)
    compared = np.column_stack(
        [
            features.collection.nearness(question.standalone, texts),
            features.collection.match(question.standalone, windows),
            np.array([(reading.answers, reading.best) for reading in readings]).reshape(-1, 2),
        ]
    )
    met = [features.matched_words(s.text, s.sentence.language) for s in sentences]
    asked = asked_days(question)
    added = [
        *(part for column in compared.T for part in _beside_the_others(column)),
        np.array([counts_focus(question, text, words) for text, words in zip(texts, met, strict=True)]),
        np.array([time_told(asked, features, position) for position in chosen]),
        *np.array([features.focus_met(position) for position in chosen]).T,
    ]
    words = [word_scores(window.sentence, reading) for window, reading in zip(told, readings, strict=True)]
    return Look(list(chosen), np.column_stack([rows[list(chosen)], *added]), words)


def word_scores(text: str, reading: Reading) -> tuple[WordScore, ...]:
    """The words of a sentence by the best of the word pieces that each consists of; words never read are left out."""
    tokens = read_words(text).tokens
    at = {place: number for number, token in enumerate(tokens) for place in range(token.span.start, token.span.end)}
    best: dict[int, NDArray[np.float32]] = {}
    for place, row in zip(reading.places, reading.words, strict=True):
        for number in {at[position] for position in range(place.start, place.end) if position in at}:
            best[number] = np.maximum(best[number], row) if number in best else row
    return tuple(WordScore(tokens[number].span, *row.tolist()) for number, row in sorted(best.items()))


def _beside_the_others(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Values, their distance from the largest, and their places by size, 0 the largest."""
    places = np.argsort(np.argsort(-values, kind="stable"), kind="stable")
    return values, values - values.max(initial=-np.inf), places.astype(np.float64)


def counts_focus(question: Question, text: str, met: Sequence[MetWord]) -> float:
    """1 where a value of the asked kind stands beside the asked noun, else 0; -1 where nothing is counted."""
    kinds, focus = fitting_kinds(question.answer_type), focus_span(question)
    if not kinds or focus is None:
        return -1.0
    nouns = [word.span for word in met if word.asked.overlaps(focus)]
    values = [(start, end) for start, end, kind in read_values(text) if kind in kinds]
    return float(any(start - _REACH // 2 <= n.start <= end + _REACH for n in nouns for start, end in values))


def time_told(asked: Sequence[DateSpan], features: SentenceFeatures, position: int) -> float:
    """How far a sentence speaks of the time asked for; -2 where none is asked for.

    1 of that very time, 0.5 of one that overlaps it, 0 of none, -1 of another one.

    Args:
        asked: `asked_days` of the question.
        features: Of the question and all candidates.
        position: Of the candidate.
    """
    if not asked:
        return -2.0
    candidate = features.candidates[position]
    told = read_dates(candidate.sentence.text, candidate.document.article.published)
    anchored = [day for day in told if day.anchored]
    if not anchored:
        return 0.0
    if any((a.start, a.end) == (b.start, b.end) for a in asked for b in anchored):
        return 1.0
    return 0.5 if any(dates_overlap(a, b) for a in asked for b in anchored) else OF_ANOTHER_TIME
