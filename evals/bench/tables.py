"""Tables of external sets as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.bench.retrieval import METRICS, PAIRED, Row
from evals.tables import cell, table


def retrieval_table(rows: Sequence[Row]) -> str:
    """Retrieval figures, one line a system and direction; means with 95 % intervals."""
    metrics = [*METRICS, *([PAIRED] if any(PAIRED in row.figures for row in rows) else [])]
    header = ["set", "direction", "system", "n", *metrics]
    lines = [
        [
            row.set_name,
            row.direction,
            row.system,
            str(row.figures["R@1"]["n"]),
            *(cell(row.figures[m]) if m in row.figures else "" for m in metrics),
        ]
        for row in rows
    ]
    return table(header, lines)


def figures_table(title: str, figures: Mapping[str, Any]) -> str:
    """All figures of one task, one line each."""
    lines = [[name, str(value.get("n", "")), cell(value)] for name, value in figures.items() if value]
    return f"### {title}\n\n" + table(["figure", "n", "mean (95 % interval)"], lines)
