"""Conflict recall: of the incompatible values that the articles give, the share that the answer shows."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.answers import match_groups


def conflict_recall(text: str, values: Sequence[Sequence[str]], answer_type: str = "other") -> float | None:
    """Share of the groups of `values` (one group for each side) that stand in `text`; None when there are none."""
    matches = match_groups(text, values, answer_type)
    return sum(bool(match.way) for match in matches) / len(matches) if matches else None
