"""A progress line with the time left, on a terminal's standard error only."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 28


class Progress:
    """Counts finished items of a known total; a context manager that ends the line."""

    def __init__(self, label: str, total: int, done: int = 0, stream: TextIO | None = None) -> None:
        self._label, self._total, self._done, self._before = label, total, done, done
        self._stream = sys.stderr if stream is None else stream
        self._started = time.perf_counter()
        self._shown = 0.0

    def advance(self, count: int = 1) -> None:
        """`count` more items are finished."""
        self._done += count
        now = time.perf_counter()
        if self._stream.isatty() and (now - self._shown > 0.1 or self._done >= self._total):
            self._shown = now
            self._stream.write("\r" + self.line(now - self._started) + "\x1b[K")
            self._stream.flush()

    def line(self, elapsed: float) -> str:
        """The line as shown `elapsed` seconds after the start."""
        share = self._done / self._total if self._total else 1.0
        bar = ("#" * round(share * _WIDTH)).ljust(_WIDTH, ".")
        return f"{self._label} [{bar}] {self._done}/{self._total} {self._time_left(elapsed)}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream.isatty():
            self._stream.write("\n")

    def _time_left(self, elapsed: float) -> str:
        fresh = self._done - self._before
        if fresh <= 0 or self._done >= self._total:
            return f"in {_clock(elapsed)}"
        return f"{_clock(elapsed / fresh * (self._total - self._done))} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
