"""The command `yiju` with every floor in it: its page can also run evaluations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import main as run_command

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.web.evaluating import Evaluator


def main() -> int:
    """Run `yiju`; returns its exit code."""
    return run_command(evaluator=_evaluator)


def _evaluator(assistant: Assistant, folder: Path) -> Evaluator:
    from evals.page import PageEvaluator

    return PageEvaluator(assistant, folder)


if __name__ == "__main__":
    sys.exit(main())
