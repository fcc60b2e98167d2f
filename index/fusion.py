"""Putting the scores of several channels together: a weighted sum, in deterministic order.

Words are rare or common within one language, so lexical scores are normalised (z-scores) over the candidates of ONE
language. Vectors of both languages lie in one space, so cosines are compared as they are: z-scores would put the best
of each language on one level, however far from the question it is. Neither lets articles added in one language change
the order within the other. Adding scores beat reciprocal-rank fusion in every direction that was measured, for ranks
throw away how clearly a passage won.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.records import LANGUAGES, Language

CLIP = 8.0
"""A z-score further out than this counts as this."""
LEXICAL: Final = "lexical"
"""The channel whose scores are those of words."""
DENSE: Final = "dense"
"""The channel whose scores are cosines, on the scale of the embedded default (see `index.vector_space`)."""
STEP: Final = 0.06
"""The difference of cosines that counts as one step of a z-score: their spread over texts on different subjects."""
DIRECTIONS: Final[Mapping[tuple[Language, Language], Mapping[str, float]]] = {
    ("en", "en"): {"lexical": 1.1, "dense": 1.15},
    ("en", "zh"): {"lexical": 1.1, "dense": 1.15},
    ("zh", "en"): {"lexical": 1.3, "dense": 1.05},
    ("zh", "zh"): {"lexical": 1.45, "dense": 0.7},
}
"""Weight of each channel by the languages of question and passage; 1 where nothing is said.

Fitted (softmax over the candidates, three folds by article) on 5,462 questions of the development sets xquad, cmrc2018,
drcd, nq_en and evidence_en in mixed collections of 2,000 and 3,000 passages of both languages, where each xquad passage
stands in one language only. Right passage first, z-scores in both channels -> cosines as they are: zh->en .564 -> .706,
en->zh .791 -> .816, en->en .900 -> .911 (evidence_en .571 -> .755), zh->zh .920 -> .890; over the passages of one
language alone no set changed by more than a point. Offsets, z-scores beside the cosines and the share of the
question's words that is met added nothing.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that at least one channel found, with the raw score of every channel that knows it."""

    id: str
    language: Language
    scores: Mapping[str, float]
    """Raw scores by channel, higher is better; a channel that is missing scores as that channel's lowest."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A candidate's place: its fused score and each channel's share of it."""

    id: str
    score: float
    shares: dict[str, float]
    """Weighted score by channel; they add up to `score`."""


def directed(weights: Mapping[str, float], question: Language | None, passage: Language) -> dict[str, float]:
    """The weights for passages of one language.

    Args:
        weights: Weight of each channel, 0 or more.
        question: Language of the question; None for the mean over both.
        passage: Language of the passages.
    """
    asked = LANGUAGES if question is None else (question,)
    shares = [DIRECTIONS[language, passage] for language in asked]
    return {
        channel: weight * math.fsum(share.get(channel, 1.0) for share in shares) / len(shares)
        for channel, weight in weights.items()
    }


def fuse(
    candidates: Iterable[Candidate], weights: Mapping[str, float], question: Language | None = None
) -> list[Fused]:
    """Candidates by descending fused score; equal scores by id.

    Args:
        candidates: Each id once; in any order, which does not matter.
        weights: Weight of each channel, 0 or more; a channel without a weight is left out.
        question: Language of the question, where it is known: see `directed`.

    Raises:
        ValueError: A weight is negative or not finite.
    """
    for channel, weight in weights.items():
        if not (math.isfinite(weight) and weight >= 0):
            raise ValueError(f"the weight of channel {channel!r} is {weight}: it must be 0 or more")
    ordered = sorted(candidates, key=lambda candidate: candidate.id)
    fused: list[Fused] = []
    for language in sorted({candidate.language for candidate in ordered}):
        group = [candidate for candidate in ordered if candidate.language == language]
        own = directed(weights, question, language)
        columns = {
            channel: weight * _levelled(channel, _column(group, channel)) for channel, weight in sorted(own.items())
        }
        for row, candidate in enumerate(group):
            shares = {channel: float(column[row]) for channel, column in columns.items()}
            fused.append(Fused(candidate.id, math.fsum(shares.values()), shares))
    return best_first(fused)


def best_first(fused: Iterable[Fused]) -> list[Fused]:
    """Candidates by descending score, equal ones by id."""
    return sorted(fused, key=lambda item: (-item.score, item.id))


def _levelled(channel: str, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return scores / STEP if channel == DENSE else normalise(scores)


def _column(group: Sequence[Candidate], channel: str) -> NDArray[np.float64]:
    known = [c.scores[channel] for c in group if channel in c.scores]
    lowest = min(known, default=0.0)
    return np.array([c.scores.get(channel, lowest) for c in group], dtype=np.float64)


def normalise(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """z-scores: distance from the mean in standard deviations, clipped; all 0 where the scores are (nearly) equal.

    Args:
        scores: Shape (n,), finite.
    """
    if scores.size == 0:
        return scores
    spread = float(scores.std())
    if spread <= 1e-9 * max(1.0, float(np.abs(scores).max())):
        return np.zeros_like(scores)
    clipped: NDArray[np.float64] = np.clip((scores - scores.mean()) / spread, -CLIP, CLIP)
    return clipped
