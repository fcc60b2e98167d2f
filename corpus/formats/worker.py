"""The process in which files of strangers are taken apart, so that none can hang or exhaust the rest.

Writes an empty line when it is ready. Reads jobs from stdin: a line of JSON (`source`, `length`, `settings`), then
`length` bytes. Writes a line of JSON for each article or refusal, then an empty line. Ends with stdin.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from corpus.errors import UserError
from corpus.formats.dispatch import extract
from corpus.formats.records import Found, to_plain
from corpus.records import Refusal
from corpus.settings import ReadingSettings

MEMORY = 1_000_000_000
"""Bytes of address space that this process may take, where the system lets it set a limit."""


def main() -> None:
    """Work until there is no more to do."""
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - what parsers print is no answer
        os.dup2(nowhere.fileno(), 1)
    _write(answers, None)
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        data = sys.stdin.buffer.read(job["length"])
        for item in _items(data, job["source"], ReadingSettings.model_validate(job["settings"])):
            _write(answers, to_plain(item))
        _write(answers, None)


def _items(data: bytes, source: str, settings: ReadingSettings) -> Found:
    """What is in a file; any fault of a parser is a refusal, never the end of the work."""
    try:
        yield from extract(data, source, settings)
    except UserError as error:
        yield Refusal(source, error.message, error.help)
    except MemoryError:
        yield Refusal(source, "Reading the file needs too much memory.", "Give it in parts, or as plain text.")
    except RecursionError:
        yield Refusal(source, "The file nests too deeply.", "Save the article as plain text.")
    except Exception as error:  # parsers of broken files raise nearly anything
        yield Refusal(source, f"The file is broken ({type(error).__name__}).", "Open it and save it again.")


def _write(answers: BinaryIO, values: dict[str, Any] | None) -> None:
    answers.write((json.dumps(values) if values is not None else "").encode() + b"\n")
    answers.flush()


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # no such limit on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
