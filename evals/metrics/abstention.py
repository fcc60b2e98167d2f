"""Knowing when to say no: risk-coverage curve, area under the ROC curve, refusals right and wrong.

Sources: El-Yaniv and Wiener 2010, JMLR 11 (risk-coverage); Geifman et al. 2019, arXiv:1805.08206 (area under it);
Fawcett 2006, doi:10.1016/j.patrec.2005.10.010 (ROC; ties count one half, as in Mann and Whitney's U).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What happens when only answers of at least this confidence are given."""

    threshold: float
    coverage: float
    """Share of the questions that are answered, in (0, 1]."""
    risk: float
    """Share of wrong ones among the answered, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refusals at one threshold."""

    threshold: float
    refused: float
    """Share of the unanswerable questions that are refused."""
    false_refusals: float
    """Share of the answerable questions that are refused."""


def risk_coverage(confidences: Sequence[float], correct: Sequence[float]) -> list[CurvePoint]:
    """The curve, one point for each distinct confidence, from the most confident on; empty for no questions."""
    order = sorted(range(len(confidences)), key=lambda i: -confidences[i])
    points: list[CurvePoint] = []
    wrong = 0.0
    for count, position in enumerate(order, start=1):
        wrong += 1.0 - correct[position]
        is_last_of_ties = count == len(order) or confidences[order[count]] != confidences[position]
        if is_last_of_ties:
            points.append(CurvePoint(confidences[position], count / len(order), wrong / count))
    return points


def area_under_risk(confidences: Sequence[float], correct: Sequence[float]) -> float | None:
    """Mean risk over all coverages, lower is better, ties taken together; None for no questions."""
    points = risk_coverage(confidences, correct)
    if not points:
        return None
    before = [0.0, *(point.coverage for point in points[:-1])]
    return float(sum(point.risk * (point.coverage - start) for point, start in zip(points, before, strict=True)))


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """Chance that a random answerable question has more confidence than a random unanswerable one; ties count half.

    None when either list is empty.
    """
    if not answerable or not unanswerable:
        return None
    negatives = np.sort(np.asarray(unanswerable, dtype=float))
    positives = np.asarray(answerable, dtype=float)
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    return float((below + not_above).sum() / (2.0 * len(positives) * len(negatives)))


def refusals_at(threshold: float, answerable: Sequence[float], unanswerable: Sequence[float]) -> Refusals:
    """What is refused when answers below `threshold` are not given."""
    return Refusals(threshold, _share_below(unanswerable, threshold), _share_below(answerable, threshold))


def best_refusals(answerable: Sequence[float], unanswerable: Sequence[float], allowed: float) -> Refusals | None:
    """The highest threshold at which at most the share `allowed` of the answerable questions is refused.

    None when either list is empty.
    """
    if not answerable or not unanswerable:
        return None
    candidates = sorted({*answerable, *unanswerable, max([*answerable, *unanswerable]) + 1e-9}, reverse=True)
    points = (refusals_at(threshold, answerable, unanswerable) for threshold in candidates)
    return next((point for point in points if point.false_refusals <= allowed), None)


def _share_below(confidences: Sequence[float], threshold: float) -> float:
    return sum(value < threshold for value in confidences) / len(confidences) if confidences else 0.0
