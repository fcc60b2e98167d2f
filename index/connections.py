"""Connections to one SQLite file: one for each thread, with transactions, many names at once, and clear faults."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import UserError

Item = TypeVar("Item")
_MANY = 500
"""Names bound in one statement; SQLite allows 32,766."""
LOOKED_THROUGH = 32_000_000
"""Bytes of a file that is checked whenever it is opened."""


def portions(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Items in order, so many at a time."""
    iterator = iter(items)
    while portion := tuple(islice(iterator, size)):
        yield portion


class Connections:
    """Write-ahead logging, so that readers go on while one writes; deleted content is overwritten with zeros.

    Args:
        file: Made if missing.
        schema: Statements that make the tables that are missing.

    Raises:
        UserError: The file can't be opened or is no database.
    """

    def __init__(self, file: Path, schema: str) -> None:
        self._file = file
        self._local = threading.local()
        self._open: list[tuple[sqlite3.Connection, threading.Lock]] = []
        self._guard = threading.Lock()
        self._closed = False
        try:
            self._check_whole()
            self._connection().executescript(schema)
        except sqlite3.Error as error:
            self.close()
            raise UserError(f"The collection {file} can't be opened: {error}.", self._help()) from None

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with self._guard:
                if self._closed:
                    raise UserError("The collection was closed.", "Open it again.")
                connection = sqlite3.connect(self._file, timeout=30, isolation_level=None, check_same_thread=False)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA foreign_keys = ON")
                self._local.at_work = threading.Lock()
                self._open.append((connection, self._local.at_work))
            self._local.connection = connection
        return connection

    def _check_whole(self) -> None:
        """Look through a file that is small enough to take no time; a larger one tells of damage when it is read.

        Raises:
            sqlite3.Error: It is damaged.
        """
        if self._file.exists() and self._file.stat().st_size <= LOOKED_THROUGH:
            (found,) = self._connection().execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found)

    def close(self) -> None:
        """Close all connections, each when its thread has finished its statement; twice is fine."""
        with self._guard:
            self._closed = True
            for connection, at_work in self._open:
                with at_work:
                    connection.close()
            self._open.clear()

    def leave(self) -> None:
        """Close the connection of the calling thread, which ends soon; it gets another if it goes on."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            return
        with self._guard:
            self._open = [(other, at_work) for other, at_work in self._open if other is not connection]
            connection.close()
        del self._local.connection

    def copy_to(self, file: Path) -> None:
        """Write everything, as it is at one moment, into a new file that stands by itself.

        Raises:
            UserError: The file can't be written.
        """
        try:
            with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(file)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise UserError(f"The copy {file} can't be written: {error}.", "Check free space and rights.") from error

    def replace_with(self, file: Path) -> None:
        """Take the content of a copy in place of everything; whoever reads meanwhile sees the old or the new."""
        try:
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
                source.backup(self._connection())
        except sqlite3.Error as error:
            raise self._fault(error) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that is wholly kept or, on any exception, wholly undone."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one moment."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        connection = self._connection()
        if connection.in_transaction:  # part of the one around it
            yield
            return
        self.rows(begin)
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        try:
            connection = self._connection()
            with self._local.at_work:
                return connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def write_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""
        try:
            connection = self._connection()
            with self._local.at_work:
                connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _fault(self, error: sqlite3.Error) -> UserError:
        return UserError(f"The collection {self._file} can't be used: {error}.", self._help())

    def _help(self) -> str:
        if not os.access(self._file.parent, os.W_OK):
            return "Check the folder's rights: it must be writable, for reading too."
        return "Check free space and rights; put a damaged file back with: yiju restore FILE --force"

    def rows_of(self, statement: str, names: Iterable[str | bytes], *before: object) -> Iterator[tuple[Any, ...]]:
        """Rows of a statement with `{}` for many names, asked in portions."""
        for portion in portions(names, _MANY):
            marks = ",".join("?" * len(portion))
            yield from self.rows(statement.format(marks), (*before, *portion))
