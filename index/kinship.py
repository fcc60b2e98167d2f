"""How the documents of a collection belong together: where each was read, whose place it took, what is like it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from itertools import chain

import numpy as np

from corpus.metadata import article_from_json
from index.connections import Connections
from index.likeness import Signature, are_alike
from index.records import Version

SCHEMA = """
CREATE TABLE IF NOT EXISTS origins (
    number INTEGER PRIMARY KEY, origin TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, UNIQUE (origin, document_id)
);
CREATE INDEX IF NOT EXISTS origins_by_document ON origins(document_id);
CREATE TABLE IF NOT EXISTS superseded (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    successor TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, moment TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS superseded_by_successor ON superseded(successor);
CREATE TABLE IF NOT EXISTS signatures (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    numbers BLOB NOT NULL, shingles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bands (
    band BLOB NOT NULL, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    PRIMARY KEY (band, document_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bands_by_document ON bands(document_id);
CREATE TABLE IF NOT EXISTS likenesses (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, PRIMARY KEY (document_id, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS likenesses_by_other ON likenesses(other);
"""
_CURRENT = "NOT IN (SELECT document_id FROM superseded)"


class Kinship:
    """Tables beside the documents; a deleted document takes its rows with it.

    Args:
        sql: Connections of the collection's database.
    """

    def __init__(self, sql: Connections) -> None:
        self._sql = sql

    # Where documents were read

    def add_origin(self, document_id: str, origin: str) -> None:
        """Remember one more place where a document was read."""
        self._sql.rows("INSERT OR IGNORE INTO origins (origin, document_id) VALUES (?, ?)", (origin, document_id))

    def drop_origin(self, document_id: str, origin: str) -> None:
        """A document is no longer at a place."""
        self._sql.rows("DELETE FROM origins WHERE origin = ? AND document_id = ?", (origin, document_id))

    def origins(self, document_id: str) -> list[str]:
        """The places where a document was read, the first one first."""
        rows = self._sql.rows("SELECT origin FROM origins WHERE document_id = ? ORDER BY number", (document_id,))
        return [origin for (origin,) in rows]

    def at(self, origin: str) -> list[str]:
        """The current documents of a place, ordered by id."""
        statement = f"SELECT document_id FROM origins WHERE origin = ? AND document_id {_CURRENT} ORDER BY document_id"
        return [id for (id,) in self._sql.rows(statement, (origin,))]

    def below(self, folder: str) -> list[tuple[str, str]]:
        """Origin and id of the current documents that were read below a folder, ordered by origin."""
        statement = (
            "SELECT origin, document_id FROM origins WHERE substr(origin, 1, ?) = ? "
            f"AND document_id {_CURRENT} ORDER BY origin, document_id"
        )
        start = folder.rstrip("/") + "/"
        return [(origin, id) for origin, id in self._sql.rows(statement, (len(start), start))]

    # Versions

    def supersede(self, document_id: str, successor: str) -> None:
        """Let a document take another's place and inherit its history; the other is kept, but no longer current."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        self._sql.rows("UPDATE superseded SET successor = ? WHERE successor = ?", (successor, document_id))
        self._sql.rows("INSERT OR REPLACE INTO superseded VALUES (?, ?, ?)", (document_id, successor, moment))

    def revive(self, document_id: str) -> None:
        """Make a superseded document current again, beside its successor."""
        self._sql.rows("DELETE FROM superseded WHERE document_id = ?", (document_id,))

    def is_superseded(self, document_id: str) -> bool:
        """Whether a newer version took a document's place."""
        return bool(self._sql.rows("SELECT 1 FROM superseded WHERE document_id = ?", (document_id,)))

    def history(self, document_ids: Collection[str] | None = None) -> list[Version]:
        """Earlier versions, of all documents or of some, the latest first."""
        statement = (
            "SELECT s.document_id, s.successor, s.moment, d.article, d.length FROM superseded s "
            "JOIN documents d ON d.id = s.document_id WHERE ? OR s.successor IN (SELECT value FROM json_each(?)) "
            "ORDER BY s.moment DESC, s.document_id"
        )
        rows = self._sql.rows(statement, (document_ids is None, json.dumps(sorted(document_ids or ()))))
        return [
            Version(id, successor, datetime.fromisoformat(moment), article_from_json(article), length)
            for id, successor, moment, article, length in rows
        ]

    # Likeness

    def unsigned(self) -> list[str]:
        """Ids of documents without a signature: those of collections that were made before there were any."""
        rows = self._sql.rows(
            "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM signatures) ORDER BY id"
        )
        return [id for (id,) in rows]

    def put_signature(self, document_id: str, signature: Signature) -> None:
        """Keep a document's signature, and tie the document to those that are like it."""
        others = [other for other in self.alike(signature) if other != document_id]
        numbers = signature.values.tobytes()
        self._sql.rows("INSERT OR REPLACE INTO signatures VALUES (?, ?, ?)", (document_id, numbers, signature.shingles))
        bands = [(band, document_id) for band in signature.bands()]
        self._sql.write_many("INSERT OR IGNORE INTO bands VALUES (?, ?)", bands)
        pairs = chain.from_iterable(((document_id, other), (other, document_id)) for other in others)
        self._sql.write_many("INSERT OR IGNORE INTO likenesses VALUES (?, ?)", list(pairs))

    def alike(self, signature: Signature) -> list[str]:
        """Ids of the documents that are versions or reprints of a text with this signature."""
        near = {
            id for (id,) in self._sql.rows_of("SELECT document_id FROM bands WHERE band IN ({})", signature.bands())
        }
        signatures = self.signatures(near)
        return sorted(id for id, other in signatures.items() if are_alike(signature, other))

    def signatures(self, document_ids: Iterable[str]) -> dict[str, Signature]:
        """The signatures of documents that have one."""
        statement = "SELECT document_id, numbers, shingles FROM signatures WHERE document_id IN ({})"
        return {
            id: Signature(np.frombuffer(numbers, dtype=np.uint32), shingles)
            for id, numbers, shingles in self._sql.rows_of(statement, document_ids)
        }

    def families(self, document_ids: Iterable[str]) -> dict[str, str]:
        """For each document the least id among all that are like it, over as many steps as it takes.

        Wire copy and reprints so bear one name; a document that is like no other bears its own.
        """
        wanted = sorted(set(document_ids))
        links: dict[str, list[str]] = {}
        asked: set[str] = set()
        unknown = wanted
        while unknown:
            asked.update(unknown)
            statement = (
                "SELECT document_id, group_concat(other, ' ') FROM likenesses WHERE document_id IN ({}) "
                "GROUP BY document_id"
            )
            found = {one: others.split() for one, others in self._sql.rows_of(statement, unknown)}
            links |= found
            unknown = sorted(set(chain.from_iterable(found.values())) - asked)
        names: dict[str, str] = {}
        for start in wanted:
            if start not in names:
                family = _reached(start, links)
                names.update(dict.fromkeys(family, min(family)))
        return {id: names[id] for id in wanted}


def _reached(start: str, links: dict[str, list[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = {*links.get(waiting.pop(), ())} - found
        found |= fresh
        waiting.extend(fresh)
    return found
