"""Percentiles of waiting times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Waiting times in seconds over `count` questions."""

    count: int
    p50: float
    p95: float
    mean: float
    longest: float


def latency(seconds: Sequence[float]) -> Latency | None:
    """Median, 95th percentile (linear between neighbours, numpy's default), mean and longest; None for no times."""
    if not seconds:
        return None
    times = np.asarray(seconds, dtype=float)
    p50, p95 = np.percentile(times, [50, 95])
    return Latency(len(times), float(p50), float(p95), float(times.mean()), float(times.max()))
