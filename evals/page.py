"""Evaluations on the web page: one set at a time, over the page's own assistant, in a thread of its own.

`assistant` never imports this floor: `evals.command_line` hands an `Evaluator` made here to the page.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.web.evaluating import Evaluation
from corpus.errors import UserError
from evals.about import about, today
from evals.comparing import compare, write_comparison
from evals.examples import BUNDLED, Example, read_examples
from evals.own import file_names, write_summary
from evals.report import write_report
from evals.running import run
from evals.storing import RECORDS, SUMMARY, RunFiles, read_records

if TYPE_CHECKING:
    from assistant import Assistant

SETS = "sets"
"""Folder in the home folder that holds an owner's sets."""


class _Stopped(Exception):
    """Raised between two questions, where the run was told to stop."""


class PageEvaluator:
    """An `assistant.web.evaluating.Evaluator` over one assistant.

    Args:
        assistant: Answers the questions.
        folder: Where runs and their reports are kept.
    """

    def __init__(self, assistant: Assistant, folder: Path) -> None:
        self._assistant = assistant
        self._folder = folder
        self._lock = threading.Lock()
        self._latest: Evaluation | None = None
        self._began = 0.0
        self._stopping = threading.Event()

    def sets(self) -> tuple[str, ...]:
        """The owner's sets, and the project's own where the collection holds its articles."""
        return tuple(self._paths())

    def start(self, set_name: str) -> None:
        """See `Evaluator`."""
        path = self._paths().get(set_name)
        if path is None:
            raise UserError(f"There is no set {set_name!r}.", f"Put it into {self._assistant.home / SETS}.")
        with self._lock:
            if self._latest is not None and self._latest.running:
                raise UserError("Another set is being run.", "Wait for it, or stop it.")
            examples = [item for item in read_examples(path, file_names(self._assistant)) if not item.review]
            self._latest = Evaluation(set_name, 0, len(examples), 0.0, running=True)
            self._began = time.monotonic()
            self._stopping.clear()
        threading.Thread(target=self._work, args=(set_name, examples), daemon=True).start()

    def stop(self) -> None:
        """See `Evaluator`."""
        self._stopping.set()

    def latest(self) -> Evaluation | None:
        """See `Evaluator`."""
        latest = self._latest
        if latest is None or not latest.running:
            return latest
        return replace(latest, seconds=time.monotonic() - self._began)

    def runs(self) -> tuple[str, ...]:
        """See `Evaluator`."""
        found = sorted(self._folder.glob(f"*/{SUMMARY}"), key=lambda file: (-file.stat().st_mtime, file.as_posix()))
        return tuple(file.parent.name for file in found)

    def compare(self, before: str, after: str) -> str:
        """See `Evaluator`."""
        unknown = [name for name in (before, after) if name not in self.runs()]
        if unknown:
            raise UserError(f"There is no run {unknown[0]!r}.")
        comparison = compare(*(read_records(self._folder / name)[0] for name in (before, after)))
        page = write_comparison(comparison, self._folder / f"{after}-vs-{before}", (before, after))
        return page.relative_to(self._folder).as_posix()

    def _paths(self) -> dict[str, Path]:
        own = sorted((self._assistant.home / SETS).glob("*.jsonl"))
        asked = {name for example in read_examples(BUNDLED) for name in example.articles}
        bundled = [BUNDLED] if asked <= file_names(self._assistant) else []
        return {path.stem: path for path in (*bundled, *own)}

    def _work(self, set_name: str, examples: list[Example]) -> None:
        """One run from start to report; how it ends is what `latest` tells."""
        report = fault = ""
        try:
            folder = self._run_folder(set_name)
            files = RunFiles(folder)
            facts = about(self._assistant)
            finished = run(self._assistant, examples, set_name=set_name, out=folder, about=facts, advance=self._advance)
            write_summary(files, finished)
            report = write_report(folder).relative_to(self._folder).as_posix()
        except _Stopped:
            pass
        except Exception as error:  # a thread has nobody above it: the page tells what went wrong
            fault = str(error) or type(error).__name__
        assert self._latest is not None, "set by start"
        seconds = time.monotonic() - self._began
        self._latest = replace(self._latest, running=False, seconds=seconds, report=report, fault=fault)

    def _advance(self) -> None:
        assert self._latest is not None, "set by start"
        self._latest = replace(self._latest, done=self._latest.done + 1)
        if self._stopping.is_set():
            raise _Stopped

    def _run_folder(self, set_name: str) -> Path:
        """The folder of the set's stopped run, or a new one named by set and day."""
        stopped = [
            file.parent
            for file in sorted(self._folder.glob(f"*/{RECORDS}"))
            if re.fullmatch(rf"{re.escape(set_name)}-\d{{4}}-\d\d-\d\d(-\d+)?", file.parent.name)
            and not (file.parent / SUMMARY).exists()
        ]
        if stopped:
            return stopped[-1]
        name = f"{set_name}-{today().isoformat()}"
        taken = sum(1 for _ in self._folder.glob(f"{name}*"))
        return self._folder / (f"{name}-{taken + 1}" if taken else name)
