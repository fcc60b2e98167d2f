"""Each signal of the search off in turn, and the two bridges of the vectors by themselves: what each is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.bench.retrieval import Row, our_rankings, row
from evals.bench.sets import Task
from index.settings import IndexSettings

SWITCHED_OFF: dict[str, dict[str, dict[str, float]]] = {
    "without vectors": {"fusion": {"dense": 0.0}},
    "without words": {"fusion": {"lexical": 0.0}},
    "without glosses": {"embedder": {"gloss_weight": 0.0}},
    "without the trained table": {"embedder": {"student_weight": 0.0}},
    "vectors of glosses alone": {"fusion": {"lexical": 0.0}, "embedder": {"student_weight": 0.0}},
    "vectors of the trained table alone": {"fusion": {"lexical": 0.0}, "embedder": {"gloss_weight": 0.0}},
}


def ablation_rows(tasks: Sequence[Task], homes: Path) -> list[Row]:
    """Our search with one signal off, on each task, with the paired difference from the whole."""
    whole = [our_rankings(task, homes) for task in tasks]
    rows = []
    for name, off in SWITCHED_OFF.items():
        settings = IndexSettings.model_validate(off)
        found = [our_rankings(task, homes, settings, f"Yiju {name}") for task in tasks]
        rows += [row(task, f"Yiju {name}", *pair) for task, *pair in zip(tasks, found, whole, strict=True)]
    return rows
