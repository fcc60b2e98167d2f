"""Figures that a build insists on: `--fail-under correct=0.95`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.errors import UserError
from evals.summary import METRICS

ALIASES = {"accuracy": "correct"}
LOWER_IS_BETTER = frozenset({"false_refusal", "wrong_answer"})


def parse_limits(items: Sequence[str]) -> dict[str, float]:
    """Limits by metric from items such as `accuracy=0.95`.

    Raises:
        UserError: Not a known figure, or not a number.
    """
    limits: dict[str, float] = {}
    for item in items:
        name, equals, value = item.partition("=")
        metric = ALIASES.get(name, name)
        if metric not in METRICS or not equals:
            raise UserError(f"--fail-under {item!r} names no figure.", f"Figures: accuracy, {', '.join(METRICS)}.")
        try:
            limits[metric] = float(value)
        except ValueError:
            raise UserError(f"--fail-under {item!r}: {value!r} is no number.", "For example: accuracy=0.95") from None
    return limits


def failures(summary: Mapping[str, Any], limits: Mapping[str, float]) -> list[str]:
    """One line for each figure on the wrong side of its limit; a figure that was not scored fails too."""
    lines = []
    for metric, limit in limits.items():
        value = summary["metrics"]["all"].get(metric, {}).get("mean")
        lower = metric in LOWER_IS_BETTER
        if value is None or (value > limit if lower else value < limit):
            wanted = "at most" if lower else "at least"
            lines.append(f"{metric} is {'not scored' if value is None else f'{value:.4f}'}, wanted {wanted} {limit:g}.")
    return lines
