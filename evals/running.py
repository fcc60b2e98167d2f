"""Asking a system every question of a set and scoring what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from evals.adapters import System, adapt
from evals.examples import Example
from evals.records import Record, Response, Run
from evals.scoring import score
from evals.storing import RunFiles, fingerprint

_Answered = tuple[Response, float]


def run(
    target: object,
    examples: Sequence[Example],
    *,
    name: str = "",
    set_name: str = "set",
    articles: Sequence[str] = (),
    out: Path | None = None,
    about: Mapping[str, Any] | None = None,
    jobs: int = 1,
    advance: Callable[[], None] | None = None,
) -> Run:
    """Ask every question and score the answers.

    Args:
        target: An `Assistant`, a LangChain runnable, or any callable from a question to an answer.
        examples: The questions.
        name: The system's name in reports.
        set_name: The set's name in reports.
        articles: Texts of the articles, to check the quotes of a plain function or runnable against.
        out: Folder in which finished questions are kept; a stopped run goes on from there.
        about: Configuration, versions and digests of the system, kept with the run; another `about` starts anew.
        jobs: Questions asked at once; more than 1 makes the times of single questions longer.
        advance: Called after each question.

    Raises:
        UserError: No examples, or the folder cannot be written.
    """
    if not examples:
        raise UserError("There are no examples to run.")
    system = adapt(target, name, articles)
    facts = {"system": system.name, **(about or {})}
    marks = {example.id: fingerprint(example, facts) for example in examples}
    files = RunFiles(out) if out is not None else None
    known = files.finished() if files else {}
    records: list[Record] = []
    seconds: dict[str, float] = {}
    for example, (response, taken) in zip(examples, _answers(system, examples, marks, known, jobs), strict=True):
        record = score(example, response, system.document_text)
        records.append(record)
        seconds[example.id] = taken
        if files and marks[example.id] not in known:
            files.append(record, marks[example.id], taken)
        if advance:
            advance()
    finished = Run(set_name, system.name, tuple(records), seconds, dict(facts))
    if files:
        files.rewrite(finished, marks)
    return finished


def _answers(
    system: System, examples: Sequence[Example], marks: Mapping[str, str], known: Mapping[str, _Answered], jobs: int
) -> Iterator[_Answered]:
    """Responses and seconds in the order of the examples; those known from an earlier run are not asked again."""

    def answer(example: Example) -> _Answered:
        return known.get(marks[example.id]) or _ask(system, example)

    if jobs <= 1:
        yield from map(answer, examples)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(answer, examples)


def _ask(system: System, example: Example) -> _Answered:
    started = time.perf_counter()
    response = system.respond(example)
    return response, time.perf_counter() - started
