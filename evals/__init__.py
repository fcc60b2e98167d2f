"""Top floor: how often the assistant, or any other system, is right; with intervals.

`run(system, examples)` asks every question and scores the answers; `read_examples(path)` reads a set;
`summarise(run)` gives all figures. On the command line: `python -m evals --help`.
"""

from evals.examples import BUNDLED, Example, read_examples
from evals.records import CitedQuote, Record, Response, Run
from evals.running import run
from evals.summary import summarise

__all__ = ["BUNDLED", "CitedQuote", "Example", "Record", "Response", "Run", "read_examples", "run", "summarise"]
