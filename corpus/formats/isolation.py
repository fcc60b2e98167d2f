"""Taking files apart in another process, under limits of time and memory (see `corpus.formats.worker`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.formats.records import Extracted, from_plain
from corpus.records import Refusal
from corpus.settings import ReadingSettings

_ROOT = Path(__file__).parent.parent.parent
_STARTING = 30.0
"""Seconds that starting the process may take on a busy machine."""


class Isolated:
    """One worker process, started when first needed and again after it had to be ended.

    For one thread, and one file after the other: the articles of a file must be taken before the next is begun.
    """

    def __init__(self, settings: ReadingSettings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, data: bytes, source: str) -> Iterator[Extracted | Refusal]:
        """The articles of a file, with refusals of the parts that cannot be read; a fault is a refusal as well."""
        process = self._started()
        assert process.stdin is not None
        job = {"source": source, "length": len(data), "settings": self._settings.model_dump(mode="json")}
        try:
            with suppress(BrokenPipeError), _Deadline(process, self._settings.max_seconds):
                process.stdin.write(json.dumps(job).encode() + b"\n" + data)
                process.stdin.flush()
            yield from self._answers(process, source)
        except BaseException:
            self.close()  # what it still has to say belongs to this file
            raise

    def _answers(self, process: subprocess.Popen[bytes], source: str) -> Iterator[Extracted | Refusal]:
        assert process.stdout is not None
        while True:
            with _Deadline(process, self._settings.max_seconds) as deadline:
                line = process.stdout.readline()
            if not line.endswith(b"\n"):
                self.close()
                yield self._lost(source, late=deadline.passed)
                return
            if line == b"\n":
                return
            yield from_plain(json.loads(line))

    def _lost(self, source: str, late: bool) -> Refusal:
        if late:
            seconds = f"{self._settings.max_seconds:g}"
            return Refusal(source, f"Reading took longer than {seconds} seconds.", "Raise reading.max_seconds.")
        return Refusal(source, "The file made its reader crash.", "Open it and save it again, or as plain text.")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "corpus.formats.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
            assert self._process.stdout is not None
            with _Deadline(self._process, _STARTING):
                self._process.stdout.readline()  # it is ready; where it is not, the first answer is missing as well
        return self._process

    def close(self) -> None:
        """End the process; twice is fine."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
        self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Deadline:
    """Ends a process that has not answered in time; waiting for it then ends as well, on every system."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.passed = False
        self._process = process
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def _pass(self) -> None:
        self.passed = True
        self._process.kill()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
