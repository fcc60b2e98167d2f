"""The tab of evaluations: running a set, its progress, its report, and a comparison with an earlier run.

This floor does not know how evaluations are made: whoever starts the page hands in an `Evaluator`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import gradio as gr

from assistant.rendering import safe, say
from assistant.web.reports import list_reports, report_html, report_label
from corpus.errors import UserError
from corpus.records import Language


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How far the latest run is."""

    set_name: str
    done: int
    total: int
    """0 while it is unknown."""
    seconds: float
    """Since its start."""
    running: bool
    report: str = ""
    """Name of its report inside the folder of reports, once it is finished."""
    fault: str = ""
    """Why it ended without one."""


class Evaluator(Protocol):
    """Runs sets of questions over the page's own articles, one at a time."""

    def sets(self) -> Sequence[str]:
        """Names of the sets that can be run."""
        ...

    def start(self, set_name: str) -> None:
        """Begin to run a set, or go on with its stopped run.

        Raises:
            UserError: Another run is not finished yet, or there is no such set.
        """
        ...

    def stop(self) -> None:
        """Stop the run after its present question; what is finished is kept."""
        ...

    def latest(self) -> Evaluation | None:
        """How far the latest run is; None where none was started."""
        ...

    def runs(self) -> Sequence[str]:
        """Names of finished runs, newest first."""
        ...

    def compare(self, before: str, after: str) -> str:
        """Compare two finished runs; the name of the report.

        Raises:
            UserError: One of them is unknown, or they have no question in common.
        """
        ...


class Evaluations:
    """The tab's handlers; without an evaluator it only shows the reports of the folder."""

    def __init__(self, reports: Path, evaluator: Evaluator | None) -> None:
        self._reports = reports
        self._evaluator = evaluator

    @property
    def can_run(self) -> bool:
        """Whether sets can be run here."""
        return self._evaluator is not None

    def enter(self, language: Language) -> dict[str, Any]:
        """Everything on the tab, by the name of its component."""
        names = list_reports(self._reports)
        shown: dict[str, Any] = self._offered(names[0] if names else None, language)
        if self._evaluator is not None:
            shown["set"] = _choices(self._evaluator.sets())
        return shown | self._progress(language)

    def start(self, set_name: str | None, language: Language) -> dict[str, Any]:
        """The tab after "Run" was pressed."""
        try:
            if self._evaluator is not None and set_name:
                self._evaluator.start(set_name)
        except UserError as error:
            return {"progress": _fault(str(error))}
        return self._progress(language)

    def stop(self, language: Language) -> dict[str, Any]:
        """The tab after "Stop" was pressed."""
        if self._evaluator is not None:
            self._evaluator.stop()
        return self._progress(language)

    def tick(self, language: Language) -> dict[str, Any]:
        """The tab a moment later: progress, and at the end the report."""
        latest = self._evaluator.latest() if self._evaluator is not None else None
        ended = latest is not None and not latest.running and latest.report
        report = self._offered(latest.report, language) if latest is not None and ended else {}
        return self._progress(language) | report

    def compare(self, shown: str | None, before: str | None, language: Language) -> dict[str, Any]:
        """The tab with the run that is shown compared with an earlier one."""
        if self._evaluator is None or not shown or not before:
            return {}
        try:
            return self._offered(self._evaluator.compare(before, report_label(shown)), language)
        except UserError as error:
            return {"frame": _fault(str(error))}

    def show(self, name: str | None, language: Language) -> dict[str, Any]:
        """The tab with another report, and the runs it can be compared with."""
        runs = self._evaluator.runs() if self._evaluator is not None else ()
        others = [run for run in runs if name and run != report_label(name)]
        comparable = bool(name) and report_label(name or "") in runs and bool(others)
        return {
            "frame": report_html(self._reports, name, language),
            "before": gr.update(choices=others, value=others[0] if others else None, visible=comparable),
            "compare": gr.update(visible=comparable),
        }

    def _offered(self, name: str | None, language: Language) -> dict[str, Any]:
        labelled = [(report_label(report), report) for report in list_reports(self._reports)]
        choice = gr.update(choices=labelled, value=name, visible=bool(labelled))
        return {"report": choice} | self.show(name, language)

    def _progress(self, language: Language) -> dict[str, Any]:
        latest = self._evaluator.latest() if self._evaluator is not None else None
        running = latest is not None and latest.running
        return {
            "progress": progress_html(latest, language),
            "run": gr.update(visible=self.can_run and not running),
            "stop": gr.update(visible=running),
            "timer": gr.Timer(active=running),
        }


def progress_html(latest: Evaluation | None, language: Language) -> str:
    """How far a run is, with the time left; nothing where none was started."""
    if latest is None:
        return ""
    if latest.fault:
        return _fault(latest.fault)
    if not latest.running:
        key = "eval_done" if latest.report else "eval_stopped"
        return f'<p role="status" class="hint">{say(key, language, name=latest.set_name, done=latest.done)}</p>'
    label = say("eval_running", language, name=latest.set_name)
    if not latest.total:
        return f'<p class="hint">{label} …</p><progress aria-label="{label}"></progress>'
    left = latest.seconds / latest.done * (latest.total - latest.done) if latest.done else 0.0
    told = say("eval_left", language, time=_clock(left)) if latest.done else ""
    return (
        f'<p class="hint">{label} · {latest.done} / {latest.total} · {told}</p>'
        f'<progress aria-label="{label}" max="{latest.total}" value="{latest.done}"></progress>'
    )


def _choices(names: Sequence[str]) -> dict[str, Any]:
    return gr.update(choices=list(names), value=names[0] if names else None)


def _fault(told: str) -> str:
    return f'<p role="alert" class="fault">{safe(told)}</p>'


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
