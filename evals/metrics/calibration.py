"""Expected calibration error: how far stated confidence is from the share of right answers.

Source: Guo et al. 2017, arXiv:1706.04599, equation 3, with bins of equal width over [0, 1].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in `[low, high)`; the last bin holds 1.0 too."""

    low: float
    high: float
    count: int
    confidence: float
    """Mean confidence, 0.0 in an empty bin."""
    accuracy: float
    """Share of right answers, 0.0 in an empty bin."""


def calibration_bins(confidences: Sequence[float], correct: Sequence[float], bins: int = 10) -> list[Bin]:
    """`bins` bins of equal width, empty ones included; confidences are clipped to [0, 1]."""
    members: list[list[int]] = [[] for _ in range(bins)]
    for position, confidence in enumerate(confidences):
        members[min(bins - 1, int(_clip(confidence) * bins))].append(position)
    return [
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            count=len(inside),
            confidence=_mean([_clip(confidences[position]) for position in inside]),
            accuracy=_mean([correct[position] for position in inside]),
        )
        for number, inside in enumerate(members)
    ]


def calibration_error(confidences: Sequence[float], correct: Sequence[float], bins: int = 10) -> float | None:
    """Mean distance of confidence and accuracy over the bins, weighted by their counts; None for no answers."""
    if not confidences:
        return None
    filled = calibration_bins(confidences, correct, bins)
    return sum(abs(part.accuracy - part.confidence) * part.count for part in filled) / len(confidences)


def _clip(confidence: float) -> float:
    return min(1.0, max(0.0, confidence))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
