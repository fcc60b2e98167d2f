"""Tables of external sets as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.bench.retrieval import METRICS, Row


def cell(estimate: Mapping[str, Any] | None) -> str:
    """A mean with its interval, such as `.912 (.880-.941)`."""
    if not estimate or estimate.get("mean") is None:
        return "-"
    if estimate.get("low") is None:
        return _short(estimate["mean"])
    return f"{_short(estimate['mean'])} ({_short(estimate['low'])}-{_short(estimate['high'])})"


def table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def retrieval_table(rows: Sequence[Row]) -> str:
    """Retrieval figures, one line a system and direction; means with 95 % intervals."""
    header = ["set", "direction", "system", "n", *METRICS]
    lines = [
        [
            row.set_name,
            row.direction,
            row.system,
            str(row.figures["R@1"]["n"]),
            *(cell(row.figures[m]) for m in METRICS),
        ]
        for row in rows
    ]
    return table(header, lines)


def figures_table(title: str, figures: Mapping[str, Any]) -> str:
    """All figures of one task, one line each."""
    lines = [[name, str(value.get("n", "")), cell(value)] for name, value in figures.items() if value]
    return f"### {title}\n\n" + table(["figure", "n", "mean (95 % interval)"], lines)


def _short(value: float) -> str:
    if abs(value) > 1:
        return f"{value:.1f}"
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0.") else text
