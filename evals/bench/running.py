"""Everything that `python -m evals run --data DIR --set ...` measures, written to a folder as JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from assistant.settings import AssistantSettings
from corpus.errors import UserError
from evals.about import code_digest, today, versions
from evals.bench.ablation import ablation_rows
from evals.bench.answers import answer_task, figures
from evals.bench.baselines import baselines
from evals.bench.caching import remember
from evals.bench.given import clapnq, rgb
from evals.bench.retrieval import Row, baseline_rows, mixed_tasks, our_rows
from evals.bench.sets import PASSAGE_SETS, SETS, Task, sample, tasks_of
from evals.bench.tables import figures_table, retrieval_table
from evals.storing import RunFiles, to_json

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure."""

    data: Path
    sets: tuple[str, ...]
    out: Path
    limit: int | None = None
    """Questions of each task, chosen by a fixed seed; None for all."""
    retrieval: bool = True
    answers: bool = True
    baselines: bool = False
    ablation: bool = False
    mixed: bool = False
    """Also all chosen sets in one index."""
    settings: AssistantSettings = field(default_factory=AssistantSettings)


def run_bench(plan: Plan, say: Say) -> None:
    """Measure, telling each table as it is finished.

    Raises:
        UserError: A set is missing or broken, or the folder cannot be written.
    """
    files = RunFiles(plan.out)
    results: dict[str, Any] = {"about": _about(plan)}
    tasks = [sample(task, plan.limit) for name in plan.sets if name in _TASKED for task in tasks_of(plan.data, name)]
    if plan.retrieval and tasks:
        rows = _retrieval(plan, tasks, say)
        results["retrieval"] = [asdict(row) for row in rows]
        files.write("bench.json", [_pretty(results)])
    if plan.answers:
        results["answers"] = _answers(plan, tasks, files, say)
    files.write("bench.json", [_pretty(results)])


def chosen_sets(names: str) -> tuple[str, ...]:
    """Set names from a comma-separated list; `all` for every known set.

    Raises:
        UserError: A name is unknown.
    """
    wanted = SETS if names == "all" else tuple(name.strip() for name in names.split(",") if name.strip())
    unknown = [name for name in wanted if name not in SETS]
    if unknown or not wanted:
        raise UserError(f"There is no set {', '.join(unknown)!r}.", f"Known sets: all, {', '.join(SETS)}.")
    return wanted


_PACKAGES = ("yiju", "numpy", "onnxruntime", "tantivy", "jieba", "langchain-chroma", "rank-bm25", "txtai")
_TASKED = ("ntrex", *PASSAGE_SETS)


def _retrieval(plan: Plan, tasks: Sequence[Task], say: Say) -> list[Row]:
    homes, cache = plan.out / "homes", plan.out / "cache"
    rows: list[Row] = []
    groups = [[task] for task in tasks]
    if plan.mixed:
        groups.append(mixed_tasks([task for task in tasks if task.set_name in PASSAGE_SETS]))
    for group in groups:
        found = our_rows(group, homes, plan.settings.index)
        if plan.baselines:
            found += baseline_rows(group, baselines(), cache)
        if plan.ablation:
            found += ablation_rows(group, homes)
        say(retrieval_table(found))
        rows += found
    return rows


def _answers(plan: Plan, tasks: Sequence[Task], files: RunFiles, say: Say) -> dict[str, Any]:
    homes = plan.out / "homes"
    results: dict[str, Any] = {}

    def keep(name: str, found: dict[str, Any]) -> None:
        results[name] = found
        say(figures_table(name, found))

    def store(name: str, records: Sequence[dict[str, Any]]) -> None:
        files.write(f"answers {name.replace('->', ' to ')}.jsonl", (to_json(record) + "\n" for record in records))

    for task in tasks:
        if any(question.answers for question in task.questions):
            ids = [[passage.document_id for passage in task.passages], [question.id for question in task.questions]]
            key = ["answers", code_digest(), plan.settings.model_dump_json(), task.name, *ids, len(task.unanswerable)]
            answered, absent = remember(plan.out / "cache", key, partial(answer_task, task, homes, plan.settings))
            store(task.name, [*answered, *absent])
            keep(task.name, figures(answered, absent))
    for name, measure in (("rgb", rgb), ("clapnq_abstain", clapnq)):
        if name in plan.sets:
            given = measure(plan.data, homes, plan.limit, plan.settings)
            store(name, given.pop("records"))
            for part, found in given.items():
                keep(f"{name} {part}", found)
    return results


def _about(plan: Plan) -> dict[str, Any]:
    return {
        "sets": list(plan.sets),
        "limit": plan.limit,
        "configuration": plan.settings.model_dump(mode="json"),
        "code": code_digest(),
        "versions": versions(_PACKAGES),
        "date": today().isoformat(),
    }


def _pretty(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
