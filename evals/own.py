"""`python -m evals run` without external data: the bundled set, or an owner's set over an owner's collection."""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from corpus.errors import UserError
from evals.about import about
from evals.examples import BUNDLED, Example, read_examples
from evals.limits import failures, parse_limits
from evals.progress import Progress
from evals.records import Run
from evals.running import run
from evals.storing import RECORDS, SUMMARY, TIMINGS, RunFiles
from evals.summary import summarise, timings
from evals.tables import headline

if TYPE_CHECKING:
    from assistant import Assistant

SEED = 7
LATENCY = "latency.json"


def run_own(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Ask the set, write records, summary and report, print the headline; 3 when a figure is below its limit."""
    limits = parse_limits(options.fail_under)
    path = Path(options.set) if options.set else BUNDLED
    files = RunFiles(options.out)
    if options.fresh:
        for name in (RECORDS, TIMINGS):
            (options.out / name).unlink(missing_ok=True)
    with ExitStack() as stack:
        assistant = stack.enter_context(_assistant(options.home, options.setting, stack))
        examples = choose(_reviewed(read_examples(path, file_names(assistant)), say), options.limit)
        progress = stack.enter_context(Progress("questions", len(examples)))
        finished = run(
            assistant,
            examples,
            set_name=path.stem,
            out=options.out,
            about=about(assistant),
            jobs=options.jobs,
            advance=progress.advance,
        )
    summary = write_summary(files, finished)
    from evals.report import write_report

    say(headline(summary, timings(finished)))
    page = write_report(options.out)
    say(f"Report: {page}")
    if options.open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    missed = failures(summary, limits)
    for line in missed:
        say(line)
    return 3 if missed else 0


def write_summary(files: RunFiles, finished: Run) -> dict[str, Any]:
    """Write and return the run's summary; waiting times go to a file of their own."""
    summary = summarise(finished)
    files.write(SUMMARY, [json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n"])
    files.write(LATENCY, [json.dumps(timings(finished), indent=1, sort_keys=True) + "\n"])
    return summary


def choose(examples: Sequence[Example], limit: int | None) -> list[Example]:
    """At most `limit` examples, chosen by a fixed seed, in the set's order.

    Raises:
        UserError: `limit` is below 1.
    """
    if limit is None or limit >= len(examples):
        return list(examples)
    if limit < 1:
        raise UserError(f"--limit {limit} leaves no question.", "Give at least 1.")
    return [examples[pick] for pick in sorted(random.Random(SEED).sample(range(len(examples)), limit))]


def _reviewed(examples: Sequence[Example], say: Callable[[str], None]) -> list[Example]:
    """The examples that a person has looked at; the others are counted aloud."""
    kept = [example for example in examples if not example.review]
    if len(kept) < len(examples):
        say(f"{len(examples) - len(kept)} drafts await review and are left out.")
    if not kept:
        raise UserError("Every example awaits review.", "Check them and take out their review marks.")
    return kept


def _assistant(home: Path | None, overrides: Sequence[str], stack: ExitStack) -> Assistant:
    """The assistant of an owner's home, or of a new one that holds the bundled articles and goes away afterwards."""
    from assistant import Assistant
    from assistant.settings import SETTINGS_FILE, load_settings

    if home is not None:
        if not home.is_dir():
            raise UserError(f"There is no home folder {home}.", "Make one with: yiju add ARTICLES --home FOLDER")
        return Assistant.open(home, load_settings(home / SETTINGS_FILE, overrides))
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="yiju-evals-"))
    return Assistant.open(folder, load_settings(None, overrides), bundled=True)


def file_names(assistant: Assistant) -> frozenset[str]:
    """File names of all articles."""
    return frozenset(PurePath(entry.article.source).name for entry in assistant.articles())
