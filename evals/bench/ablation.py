"""Each signal of the search off in turn: what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.bench.retrieval import Row, our_rows
from evals.bench.sets import Task
from index.settings import IndexSettings

SWITCHED_OFF: dict[str, dict[str, dict[str, float]]] = {
    "without vectors": {"fusion": {"dense": 0.0}},
    "without words": {"fusion": {"lexical": 0.0}},
    "without glosses": {"embedder": {"gloss_weight": 0.0}},
    "without the trained table": {"embedder": {"student_weight": 0.0}},
}


def ablation_rows(tasks: Sequence[Task], homes: Path) -> list[Row]:
    """Our search with one signal off, on each task."""
    rows = []
    for name, off in SWITCHED_OFF.items():
        rows += our_rows(tasks, homes, IndexSettings.model_validate(off), f"Yiju {name}")
    return rows
