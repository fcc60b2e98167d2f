"""One writer at a time, among threads and among processes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import UserError

_FILE = "write.lock"


class BusyError(UserError):
    """Another process holds the collection's lock."""


class WriteLock:
    """The lock of a collection; the system frees it when its process ends, however that comes.

    Args:
        folder: Of the collection.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._one_thread = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; threads of this process wait for each other.

        Raises:
            BusyError: Another process is writing.
            UserError: The folder can't be written.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self._file, timeout=0)
        with self._one_thread:
            try:
                lock.acquire()
            except Timeout:
                raise BusyError(
                    "Another process is changing this collection.",
                    f"Wait until it has ended; its lock is {self._file}.",
                ) from None
            except OSError as error:
                help = "Check the folder's rights."
                raise UserError(f"{self._file} can't be written: {error.strerror}.", help) from None
            try:
                yield
            finally:
                lock.release()
