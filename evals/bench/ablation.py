"""What each signal is worth: the whole search with one off in turn, and the vectors by themselves, bridge by bridge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.bench.baselines import Ranking
from evals.bench.retrieval import Row, our_rankings, row
from evals.bench.sets import Task
from index.settings import IndexSettings

Off = dict[str, dict[str, float]]

WHOLE: dict[str, Off] = {
    "without vectors": {"fusion": {"dense": 0.0}},
    "without titles": {"fusion": {"title": 0.0}},
    "without closeness": {"fusion": {"closeness": 0.0}},
    "without words in context": {"fusion": {"interaction": 0.0}},
    "without glosses": {"embedder": {"gloss_weight": 0.0}},
    "without the trained table": {"embedder": {"student_weight": 0.0}},
}
VECTORS_ALONE = "vectors alone"
VECTORS: dict[str, Off] = {
    f"{VECTORS_ALONE}, of glosses": {"embedder": {"student_weight": 0.0}},
    f"{VECTORS_ALONE}, of the trained table": {"embedder": {"gloss_weight": 0.0}},
}
_NO_WORDS: Off = {"fusion": {"lexical": 0.0, "title": 0.0, "closeness": 0.0, "interaction": 0.0}}


def ablation_rows(tasks: Sequence[Task], homes: Path) -> list[Row]:
    """Our search with signals off, on each task.

    Each row tells the paired difference from the whole search; vectors of one bridge tell it from those of both.
    """
    rows = []
    for task in tasks:
        whole = our_rankings(task, homes)
        rows += [_row(task, homes, name, off, whole)[0] for name, off in WHOLE.items()]
        both, found = _row(task, homes, VECTORS_ALONE, _NO_WORDS, whole)
        rows.append(both)
        rows += [_row(task, homes, name, off | _NO_WORDS, found)[0] for name, off in VECTORS.items()]
    return rows


def _row(task: Task, homes: Path, name: str, off: Off, beside: Sequence[Ranking]) -> tuple[Row, list[Ranking]]:
    named = f"Yiju {name}"
    found = our_rankings(task, homes, IndexSettings.model_validate(off), named)
    return row(task, named, found, beside), found
