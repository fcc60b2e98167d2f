"""Uncertainty of a mean and of the difference of two systems on the same questions.

Sources: percentile bootstrap, Efron and Tibshirani 1993, chapter 13; paired bootstrap, Koehn 2004, ACL W04-3250;
sign-flip test, Noreen 1989, "Computer-Intensive Methods for Testing Hypotheses"; McNemar 1947,
doi:10.1007/BF02295996, in its exact (binomial) form. Resampling is seeded, so the same scores give the same
interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20_240_601
RESAMPLES = 2_000
_LEVEL = 0.95
_EXACT, _FLIPS = 12, 10_000
_CELLS = 4_000_000  # indices drawn at once: bounds memory at about 32 MB


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its count and 95 % interval; `mean`, `low` and `high` are None where nothing could be scored."""

    n: int
    """Questions that were scored."""
    mean: float | None
    low: float | None
    high: float | None
    unscored: int = 0
    """Questions that could not be scored; they are no part of the mean."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of `second - first` over the same questions."""

    n: int
    mean: float
    low: float
    high: float
    p_value: float
    """Two-sided, of the sign-flip test: how often chance alone makes a gap as wide; valid for few questions too."""


@dataclass(frozen=True, slots=True)
class McNemar:
    """Exact test on the questions that exactly one of two systems got right."""

    fixed: int
    """Wrong before, right now."""
    broken: int
    """Right before, wrong now."""
    p_value: float
    """Two-sided, 1.0 when nothing changed."""


def estimate(values: Sequence[float | None]) -> Estimate:
    """Mean and bootstrap interval of the scored values."""
    scored = np.asarray([value for value in values if value is not None], dtype=float)
    unscored = len(values) - len(scored)
    if len(scored) == 0:
        return Estimate(0, None, None, None, unscored)
    low, high = _percentiles(_resampled_means(scored))
    return Estimate(len(scored), float(scored.mean()), low, high, unscored)


def statistic_interval(
    statistic: Callable[[np.ndarray], float], size: int, resamples: int = 500
) -> tuple[float, float]:
    """95 % interval of any statistic of `size` questions; it is given an array of positions, some repeated."""
    generator = np.random.default_rng(SEED)
    values = [statistic(generator.integers(0, size, size)) for _ in range(resamples)]
    return _percentiles(np.asarray(values, dtype=float))


def difference(first: Sequence[float], second: Sequence[float]) -> Difference | None:
    """Paired bootstrap of `second - first`; None for no questions.

    Raises:
        ValueError: the two are not of one length.
    """
    if len(first) != len(second):
        raise ValueError(f"not paired: {len(first)} and {len(second)} scores")
    if not first:
        return None
    gaps = np.asarray(second, dtype=float) - np.asarray(first, dtype=float)
    means = _resampled_means(gaps)
    low, high = _percentiles(means)
    return Difference(len(gaps), float(gaps.mean()), low, high, _sign_flip(gaps))


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> McNemar:
    """Exact McNemar test of two systems on the same questions.

    Raises:
        ValueError: the two are not of one length.
    """
    pairs = list(zip(first, second, strict=True))
    fixed = sum(after and not before for before, after in pairs)
    broken = sum(before and not after for before, after in pairs)
    changed = fixed + broken
    tail = sum(math.comb(changed, count) for count in range(min(fixed, broken) + 1))
    return McNemar(fixed, broken, min(1.0, 2 * tail / 2**changed))


def _sign_flip(gaps: np.ndarray) -> float:
    """Share of the ways to swap the two systems on each question that give a sum at least as far from zero.

    All ways for up to 12 gaps that are not zero, else 10,000 random ones.
    """
    moved = gaps[gaps != 0]
    if len(moved) == 0:
        return 1.0
    if len(moved) <= _EXACT:
        ways = np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved)) & 1
    else:
        ways = np.random.default_rng(SEED).integers(0, 2, (_FLIPS, len(moved)))
    sums = np.abs((2.0 * ways - 1.0) @ moved)
    extreme = int((sums >= abs(moved.sum()) - 1e-9).sum())
    return extreme / len(sums) if len(moved) <= _EXACT else (extreme + 1) / (len(sums) + 1)


def _resampled_means(values: np.ndarray) -> np.ndarray:
    generator = np.random.default_rng(SEED)
    rows = max(1, _CELLS // len(values))
    means: list[np.ndarray] = []
    for start in range(0, RESAMPLES, rows):
        picks = generator.integers(0, len(values), (min(rows, RESAMPLES - start), len(values)))
        means.append(values[picks].mean(axis=1))
    return np.concatenate(means)


def _percentiles(values: np.ndarray) -> tuple[float, float]:
    tail = 100 * (1 - _LEVEL) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)
