"""Copies of a collection's database: checked before they are trusted, and put in place while others may read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.errors import UserError
from index.database import Database
from index.write_lock import WriteLock

DATABASE_FILE = "collection.sqlite3"
_TABLES = {"facts", "documents", "chunks", "vectors", "terms"}


def check_copy(file: Path) -> None:
    """Look through a copy of a database.

    Raises:
        UserError: It is damaged, is no collection, or holds something that runs by itself.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA quick_check(1)") if row[0] != "ok"]
            kinds = dict(connection.execute("SELECT name, type FROM sqlite_master"))
    except sqlite3.Error as error:
        faults, kinds = [str(error)], {}
    names = {name for name, kind in kinds.items() if kind == "table"}
    if not faults and (not names >= _TABLES or set(kinds.values()) & {"trigger", "view"}):
        faults = ["it is no collection"]
    if faults:
        raise UserError(f"The copy of the collection can't be used: {faults[0]}.", "Use another backup.")


def put_copy(folder: Path, copy: Path) -> None:
    """Make a checked copy the content of a collection; its indexes are made again when it is opened next.

    Args:
        folder: Of the collection; made if missing. A database that can't be opened is thrown away.
        copy: Checked by `check_copy`.

    Raises:
        UserError: Another process is writing, or the folder can't be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with WriteLock(folder).held():
        database, generation, store = _opened(folder)
        try:
            database.replace_with(copy)
            with database.writing():  # a number that no folder has: readers and the next opening see that it is new
                database.set_fact("store", str(max(store, int(database.fact("store", "0"))) + 1))
                database.set_fact("generation", str(max(generation, database.generation) + 1))
            database.empty_log()
        finally:
            database.close()


def _opened(folder: Path) -> tuple[Database, int, int]:
    """The database that is there, with its generation and store; an empty one in place of one that can't be read."""
    try:
        database = Database(folder / DATABASE_FILE)
        return database, database.generation, int(database.fact("store", "0"))
    except (UserError, ValueError):
        for name in (DATABASE_FILE, f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
        return Database(folder / DATABASE_FILE), 0, 0
