"""Top floor: how often the assistant, or any other system, is right; with intervals.

`run(system, examples)` asks every question and scores the answers; `read_examples(path)` reads a set;
`summarise(run)` gives all figures. On the command line: `python -m evals --help`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.examples import BUNDLED, Example, read_examples
    from evals.records import CitedQuote, Record, Response, Run
    from evals.running import run
    from evals.summary import summarise

__all__ = ["BUNDLED", "CitedQuote", "Example", "Record", "Response", "Run", "read_examples", "run", "summarise"]

_HOMES = {
    "evals.examples": ("BUNDLED", "Example", "read_examples"),
    "evals.records": ("CitedQuote", "Record", "Response", "Run"),
    "evals.running": ("run",),
    "evals.summary": ("summarise",),
}


def __getattr__(name: str) -> object:
    """Load a name when it is asked for: the command `yiju` starts here, and must be quick."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
