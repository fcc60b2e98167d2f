"""Who may write, and what is done when an index is damaged or was replaced: one writer, and readers that mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from corpus.errors import UserError
from index.building import Builder
from index.features import Progress
from index.searching import Searcher
from index.stores import StoreError
from index.write_lock import BusyError, WriteLock

_Result = TypeVar("_Result")


class Upkeep:
    """Keeps the indexes of a collection usable; threads may share it.

    Args:
        builder: Makes the indexes.
        searcher: Reads them.
        lock: Of the collection's folder.
    """

    def __init__(self, builder: Builder, searcher: Searcher, lock: WriteLock) -> None:
        self._builder, self._searcher, self._lock = builder, searcher, lock

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the collection's lock.

        Raises:
            UserError: Another process is writing.
        """
        with self._lock.held():
            try:
                yield
            except StoreError as error:
                raise _unusable(error) from error
            finally:
                self._builder.release()

    def check_settings(self) -> None:
        """Nobody made the indexes anew with other settings meanwhile.

        Raises:
            UserError: Somebody did; two that took turns at it would never come to an end.
        """
        if self._builder.was_replaced():
            told = "The index was made anew with other settings, such as another embedder, while this was open."
            raise UserError(told, "Close this and open it again with those settings.")

    def mend_if_needed(self, progress: Progress | None = None) -> None:
        """Make the indexes anew where they are damaged or were made with other settings.

        Args:
            progress: Called with (done, all) chunks.

        Raises:
            UserError: They can't be made, or another process is at work and has never finished one.
        """
        try:
            self._builder.open_store().close()
        except StoreError:
            try:
                with self.writing():
                    self._builder.mend(progress)
            except BusyError as busy:
                try:
                    self._searcher.snapshot()  # the other process is at work: its last finished state will do
                except StoreError:
                    raise busy from None

    def retried(self, read: Callable[[], _Result]) -> _Result:
        """Read; where a store turns out to be damaged or was replaced meanwhile, mend it and read again.

        Raises:
            UserError: It can't be read even so.
        """
        try:
            return read()
        except StoreError:
            self._searcher.forget()
            self.check_settings()
            self.mend_if_needed()
        try:
            return read()
        except StoreError as error:
            raise _unusable(error) from error


def _unusable(fault: object) -> UserError:
    return UserError(f"The search index can't be made or read: {fault}.", "Check free space and the folder's rights.")
