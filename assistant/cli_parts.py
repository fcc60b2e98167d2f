"""What the commands share: opening the collection, progress on stderr, JSON on stdout."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.facade import Assistant, Progress
from assistant.homes import prepare_home
from assistant.settings import SETTINGS_FILE, AssistantSettings, load_settings


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Assistant]:
    """The assistant of the home that the options name, closed at the end."""
    settings = settings_of(options)
    with progress("Indexing, once") as show:
        assistant = Assistant.open(options.home, settings, progress=show)
    with assistant:
        yield assistant


def settings_of(options: argparse.Namespace) -> AssistantSettings:
    """The settings of the home, overridden as the options say."""
    return load_settings(prepare_home(options.home) / SETTINGS_FILE, options.set)


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A progress bar on stderr that appears only when there is something to wait for."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=None, rate="")

    def show(done: int, total: int) -> None:
        bar.start()
        speed = bar.tasks[task].speed
        bar.update(task, completed=done, total=total or None, rate=f"{speed:,.0f}/s" if speed else "")

    try:
        yield show
    finally:
        if bar.live.is_started:
            bar.stop()


def print_json(data: object) -> None:
    """Print data as readable JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=2))
