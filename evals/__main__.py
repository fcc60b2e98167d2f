"""The command: `python -m evals run|compare|report|new|from-feedback|scale|speed`."""

from __future__ import annotations

import sys

from corpus.errors import UserError
from evals.command import arguments, dispatch


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns its exit status.

    0 good, 1 something is wrong with what was given, 2 wrong usage, 3 a figure too low or a regression, 130
    stopped.
    """
    options = arguments().parse_args(argv)
    try:
        return dispatch(options, print)
    except UserError as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nevals: stopped. Finished questions are kept; the same command goes on.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
