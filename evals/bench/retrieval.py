"""Finding the right passage: R@1, R@5 and MRR@10 of our search and of the baselines, on the same questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.about import code_digest, versions
from evals.bench.baselines import Baseline, Ranking
from evals.bench.caching import remember
from evals.bench.homes import open_collection
from evals.bench.sets import Passage, Question, Task
from evals.intervals import difference, estimate
from evals.metrics.retrieval import hit_at, ndcg_at, reciprocal_rank, unique
from evals.progress import Progress
from evals.summary import rounded
from index.settings import IndexSettings

if TYPE_CHECKING:
    from index.collection import Collection

OURS = "Yiju"
DEPTH = 30
"""Chunks asked of the search; several chunks of a passage count as that passage, as for the baselines."""

METRICS: dict[str, Callable[[Ranking, frozenset[str]], float | None]] = {
    "R@1": lambda ranking, gold: hit_at(ranking, gold, 1),
    "R@5": lambda ranking, gold: hit_at(ranking, gold, 5),
    "MRR@10": lambda ranking, gold: reciprocal_rank(ranking, gold, 10),
    "nDCG@10": lambda ranking, gold: ndcg_at(ranking, gold, 10),
}


PAIRED = "R@1, paired difference"
"""The difference in R@1 from a fuller system on the same questions: see `evals.bench.ablation`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a system on a task."""

    set_name: str
    direction: str
    system: str
    figures: dict[str, dict[str, Any]]
    """Estimates by metric."""


def our_rows(tasks: Sequence[Task], homes: Path, settings: IndexSettings | None = None, name: str = OURS) -> list[Row]:
    """Our search on each task; tasks over the same passages share a collection."""
    return [row(task, name, our_rankings(task, homes, settings, name)) for task in tasks]


def our_rankings(task: Task, homes: Path, settings: IndexSettings | None = None, name: str = OURS) -> list[Ranking]:
    """What our search finds for each question of a task, kept until code, settings or task change."""
    chosen = settings or IndexSettings()
    texts = [question.text for question in task.questions]
    passages = [passage.document_id for passage in task.passages]
    key = [code_digest(("corpus", "index")), chosen.model_dump_json(), passages, texts]
    found: list[Ranking] = remember(homes.parent / "cache", key, partial(_rankings, task, homes, chosen, name))
    return found


def _rankings(task: Task, homes: Path, settings: IndexSettings, name: str) -> list[Ranking]:
    with (
        open_collection(homes, task.passages, settings) as collection,
        Progress(f"{name}: {task.name}", len(task.questions)) as progress,
    ):
        return [search(collection, question.text, progress) for question in task.questions]


def baseline_rows(tasks: Sequence[Task], systems: dict[str, Baseline], cache: Path) -> list[Row]:
    """Each baseline on each task; rankings are kept in `cache`, for they never change."""
    made_with = versions(
        ("langchain-core", "langchain-chroma", "langchain-community", "rank-bm25", "jieba", "chromadb", "txtai")
    )
    rows = []
    for task in tasks:
        texts = [question.text for question in task.questions]
        for name, system in systems.items():
            key = ["baseline", name, made_with, [passage.document_id for passage in task.passages], texts]
            rows.append(row(task, name, remember(cache, key, partial(system, task.passages, texts))))
    return rows


def mixed_tasks(tasks: Sequence[Task]) -> list[Task]:
    """The same questions over the passages of all tasks at once.

    A question keeps the passage of the asked language as gold; its twin of the other language, which answers it too, is
    taken out of its ranking (see `row`), as if only the asked language told.
    """
    union: dict[str, Passage] = {}
    for task in tasks:
        union.update((passage.document_id, passage) for passage in task.passages)
    return [replace(task, set_name=f"{task.set_name} (mixed)", passages=tuple(union.values())) for task in tasks]


def search(collection: Collection, text: str, progress: Progress) -> Ranking:
    """Document ids of our search, best first, each once."""
    passages = collection.search(text, limit=DEPTH)
    progress.advance()
    return unique(passage.document_id for passage in passages)


def row(task: Task, name: str, rankings: Sequence[Ranking], fuller: Sequence[Ranking] | None = None) -> Row:
    """The figures of one system's rankings, one ranking a question.

    Args:
        task: With the questions.
        name: Of the system.
        rankings: One a question.
        fuller: Another system's, from which the first figure's paired difference is told.
    """
    figures = {metric: rounded(estimate(_measured(task, rankings, measure))) for metric, measure in METRICS.items()}
    if fuller is not None:
        first, second = (
            [value or 0.0 for value in _measured(task, found, METRICS["R@1"])] for found in (fuller, rankings)
        )
        gap = difference(first, second)
        figures[PAIRED] = {"n": gap.n, "mean": gap.mean, "low": gap.low, "high": gap.high} if gap else {"n": 0}
    return Row(task.set_name, task.direction, name, figures)


def _measured(
    task: Task, rankings: Sequence[Ranking], measure: Callable[[Ranking, frozenset[str]], float | None]
) -> list[float | None]:
    pairs = zip(rankings, task.questions, strict=True)
    return [measure(_without(ranking, question), question.gold) for ranking, question in pairs]


def _without(ranking: Ranking, question: Question) -> Ranking:
    return [id for id in ranking if id not in question.twins]
