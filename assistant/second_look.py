"""A second look at the best sentences: what is too slow to measure of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from assistant import sentence_features
from assistant.boosting import Floats
from assistant.learned import span_reader
from assistant.reading import asked_days, fitting_kinds, focus_span, read_dates, read_values
from assistant.records import MetWord, Question, WordScore
from assistant.sentence_features import SentenceFeatures
from corpus.quantities import DateSpan, dates_overlap
from index.late_interaction import MEASURES

LOOKED_AT: Final = 8
"""So many sentences get a second look; right after it are .724 of the first, .702 without it (mean over the sets)."""
_COMPARED: Final = ("nearness", *MEASURES)
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


def measure_closely(features: SentenceFeatures, rows: Floats, chosen: Sequence[int]) -> Floats:
    """The features of the chosen candidates, float64 (chosen, len(FEATURES)).

    Args:
        features: Of the question and all candidates.
        rows: `features.matrix()`.
        chosen: Positions of candidates, best first.
    """
    question = features.question
    found = [features.candidates[position] for position in chosen]
    sentences = [candidate.sentence for candidate in found]
    texts = [sentence.text for sentence in sentences]
    nearness = features.collection.nearness(question.standalone, texts)
    windows = [candidate.window for candidate in found]
    compared = np.column_stack([nearness, features.collection.match(question.standalone, windows)])
    met = [features.matched_words(s.text, s.sentence.language) for s in sentences]
    asked = asked_days(question)
    added = [
        *(part for column in compared.T for part in _beside_the_others(column)),
        np.array([counts_focus(question, text, words) for text, words in zip(texts, met, strict=True)]),
        np.array([_time(asked, features, position) for position in chosen]),
        *np.array([features.focus_met(position) for position in chosen]).T,
    ]
    return np.column_stack([rows[list(chosen)], *added])


def read_closely(features: SentenceFeatures, chosen: Sequence[int]) -> dict[int, tuple[WordScore, ...]]:
    """The words of the chosen candidates' sentences as the span reader sees them, by position."""
    question = features.question
    found = [features.candidates[position] for position in chosen]
    asked, told = features.collection.token_states(question.standalone, [candidate.window for candidate in found])
    sentences = [candidate.sentence for candidate in found]
    return dict(zip(chosen, span_reader().read(question, asked, sentences, told), strict=True))


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


def _time(asked: Sequence[DateSpan], features: SentenceFeatures, position: int) -> float:
    """How far a sentence speaks of the time asked for; -2 where none is asked for.

    1 of that very time, 0.5 of one that overlaps it, 0 of none, -1 of another one.
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
    return 0.5 if any(dates_overlap(a, b) for a in asked for b in anchored) else -1.0
