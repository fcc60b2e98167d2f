"""The truth: articles, chunks, vectors and terms of a collection in one SQLite file.

Whatever is searched elsewhere can be made again from here. Write-ahead logging lets readers go on while one
connection writes; deleted content is overwritten with zeros and the log is emptied after a removal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.metadata import article_from_json, article_to_json
from corpus.records import Article, Chunk, Document, Language, Span
from index.connections import Connections
from index.kinship import SCHEMA as KINSHIP_SCHEMA
from index.kinship import Kinship
from index.records import EVERYTHING, Scope
from index.schema import CURRENT, LATER_COLUMNS, SCHEMA, THEN, URL, in_scope, readable


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """Where a chunk stands, without its text."""

    id: str
    document_id: str
    ordinal: int
    span: Span
    language: Language
    digest: str
    """Of what is searched for this chunk: its title and text."""


class Database:
    """One collection's SQLite file; threads may share it.

    Args:
        file: Made if missing.

    Raises:
        UserError: The file can't be opened or is no collection. So may every method.
    """

    def __init__(self, file: Path) -> None:
        self._sql = Connections(file, SCHEMA + KINSHIP_SCHEMA)
        self.kinship = Kinship(self._sql)
        self._add_columns()

    def _add_columns(self) -> None:
        """Give a table that an earlier version made the columns that came later."""
        for table, column, kind in LATER_COLUMNS:
            present = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?"
            if not self._sql.rows(present, (table, column)):
                with self.writing():
                    if not self._sql.rows(present, (table, column)):  # another process may have been quicker
                        self._sql.rows(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    def copy_to(self, file: Path) -> None:
        """Write everything, as it is at one moment, into a new file (see `Connections.copy_to`)."""
        self._sql.copy_to(file)

    def replace_with(self, file: Path) -> None:
        """Take the content of a copy in place of everything (see `Connections.replace_with`)."""
        self._sql.replace_with(file)

    def close(self) -> None:
        """Close all connections; twice is fine."""
        self._sql.close()

    def leave(self) -> None:
        """Give up what the calling thread holds open, before it ends."""
        self._sql.leave()

    def writing(self) -> AbstractContextManager[None]:
        """One transaction that is wholly kept or, on any exception, wholly undone."""
        return self._sql.writing()

    def reading(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment."""
        return self._sql.reading()

    # Facts

    def fact(self, name: str, default: str = "") -> str:
        """A remembered value, such as the generation or a fingerprint."""
        rows = self._sql.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else default

    def set_fact(self, name: str, value: str) -> None:
        """Remember a value."""
        self._sql.rows("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    @property
    def generation(self) -> int:
        """Counts the finished changes."""
        return int(self.fact("generation", "0"))

    def advance(self) -> None:
        """Tell readers that there is something new, as part of the transaction."""
        self.set_fact("generation", str(self.generation + 1))

    # Documents

    def put_document(self, document: Document, chunks: Sequence[Chunk], digests: Sequence[str]) -> None:
        """Store a document, in place of one with its id, with its chunks and their digests."""
        article = document.article
        self.delete_chunks(document.id)
        self._sql.rows(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "article = excluded.article, boilerplate = excluded.boilerplate, title = excluded.title, "
            "language = excluded.language, publisher = excluded.publisher, published = excluded.published, "
            "pages = excluded.pages",
            (
                document.id,
                document.text.encode("utf-8", "surrogatepass"),
                len(document.text),
                article_to_json(article),
                json.dumps([[span.start, span.end] for span in document.boilerplate]),
                readable(article.title),
                article.language,
                readable(article.publisher),
                article.published.isoformat() if article.published else None,
                json.dumps(document.pages),
            ),
        )
        self._sql.write_many(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (c.id, c.document_id, c.ordinal, c.span.start, c.span.end, c.language, digest)
                for c, digest in zip(chunks, digests, strict=True)
            ],
        )

    def refresh_document(self, document: Document) -> None:
        """Store new metadata, boilerplate and pages of a document whose chunks stay as they are."""
        article = document.article
        self._sql.rows(
            "UPDATE documents SET article = ?, publisher = ?, published = ?, boilerplate = ?, pages = ? WHERE id = ?",
            (
                article_to_json(article),
                readable(article.publisher),
                article.published.isoformat() if article.published else None,
                json.dumps([[span.start, span.end] for span in document.boilerplate]),
                json.dumps(document.pages),
                document.id,
            ),
        )

    def delete_documents(self, document_ids: Iterable[str]) -> None:
        """Forget documents and their chunks."""
        self._sql.write_many("DELETE FROM documents WHERE id = ?", [(id,) for id in document_ids])

    def delete_chunks(self, document_id: str) -> None:
        """Forget a document's chunks; it stays, but can't be found."""
        self._sql.rows("DELETE FROM chunks WHERE document_id = ?", (document_id,))

    def drop_unused(self) -> None:
        """Forget vectors and terms of text that no chunk holds."""
        for table in ("vectors", "terms"):
            self._sql.rows(f"DELETE FROM {table} WHERE digest NOT IN (SELECT digest FROM chunks)")

    def empty_log(self) -> None:
        """Move the write-ahead log into the file and cut it to nothing, so that no deleted page survives in it."""
        self._sql.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def document(self, document_id: str) -> Document | None:
        """A document, or None where there is none of this id."""
        rows = self._sql.rows("SELECT text, article, boilerplate, pages FROM documents WHERE id = ?", (document_id,))
        if not rows:
            return None
        text, article, boilerplate, pages = rows[0]
        spans = tuple(Span(start, end) for start, end in json.loads(boilerplate))
        return Document(
            document_id,
            text.decode("utf-8", "surrogatepass"),
            article_from_json(article),
            spans,
            tuple(json.loads(pages)),
        )

    def articles(self) -> list[tuple[str, Article, int]]:
        """Id, metadata and length in characters of every current document, ordered by title and id."""
        rows = self._sql.rows(f"SELECT id, article, length FROM documents WHERE {CURRENT} ORDER BY title, id")
        return [(id, article_from_json(article), length) for id, article, length in rows]

    def ids_of_url(self, url: str) -> list[str]:
        """Ordered ids of the current documents of an address."""
        rows = self._sql.rows(f"SELECT id FROM documents WHERE {CURRENT} AND {URL} = ? ORDER BY id", (url,))
        return [id for (id,) in rows]

    def ids_of_title(self, title: str, publisher: str) -> list[str]:
        """Ordered ids of the current documents of a title and a publisher."""
        statement = f"SELECT id FROM documents WHERE {CURRENT} AND title = ? AND publisher = ? ORDER BY id"
        return [id for (id,) in self._sql.rows(statement, (readable(title), readable(publisher)))]

    def document_ids(self, scope: Scope = EVERYTHING) -> list[str]:
        """Ordered ids of the current documents in a scope."""
        condition, values = in_scope(scope)
        rows = self._sql.rows(f"SELECT id FROM documents d WHERE {condition} ORDER BY id", values)
        return [id for (id,) in rows]

    def facts_of(self, document_ids: Iterable[str]) -> dict[str, tuple[str, date | None, str]]:
        """Publisher, day and language of documents."""
        statement = "SELECT id, publisher, published, language FROM documents WHERE id IN ({})"
        return {
            id: (publisher, date.fromisoformat(day) if day else None, language)
            for id, publisher, day, language in self._sql.rows_of(statement, document_ids)
        }

    # Chunks

    def chunks(self, chunk_ids: Iterable[str] | None = None) -> list[StoredChunk]:
        """All chunks, or those of the ids that exist; ordered by id."""
        columns = "SELECT id, document_id, ordinal, start, stop, language, digest FROM chunks"
        rows = (
            self._sql.rows(columns)
            if chunk_ids is None
            else list(self._sql.rows_of(columns + " WHERE id IN ({})", chunk_ids))
        )
        return [StoredChunk(i, d, o, Span(start, stop), lang, g) for i, d, o, start, stop, lang, g in sorted(rows)]

    def chunk_count(self, language: Language | None = None, scope: Scope = EVERYTHING) -> int:
        """Number of chunks, or of those of a language in a scope."""
        if language is None:
            return int(self._sql.rows("SELECT COUNT(*) FROM chunks")[0][0])
        condition, values = in_scope(scope)
        statement = f"SELECT COUNT(*) FROM documents d {THEN} chunks c ON c.document_id = d.id WHERE {condition}"
        return int(self._sql.rows(f"{statement} AND c.language = ?", (*values, language))[0][0])

    def chunks_in(self, scope: Scope, chunk_ids: Iterable[str]) -> set[str]:
        """Those of the chunks whose articles are in a scope."""
        condition, values = in_scope(scope)
        statement = f"SELECT c.id FROM chunks c {THEN} documents d ON d.id = c.document_id WHERE {condition}"
        return {id for (id,) in self._sql.rows_of(f"{statement} AND c.id IN ({{}})", chunk_ids, *values)}

    def chunk_ids(self, document_id: str) -> list[str]:
        """Ids of a document's chunks, in order."""
        rows = self._sql.rows("SELECT id FROM chunks WHERE document_id = ? ORDER BY ordinal", (document_id,))
        return [id for (id,) in rows]

    # Vectors and terms

    def vectors(self, digests: Iterable[str], fingerprint: str) -> dict[str, NDArray[np.float32]]:
        """The known ones of the vectors of some texts."""
        statement = "SELECT digest, vector FROM vectors WHERE fingerprint = ? AND digest IN ({})"
        return {digest: unpack(blob) for digest, blob in self._sql.rows_of(statement, digests, fingerprint)}

    def terms(self, digests: Iterable[str], fingerprint: str) -> dict[str, list[str]]:
        """The known ones of the terms of some texts."""
        statement = "SELECT digest, terms FROM terms WHERE fingerprint = ? AND digest IN ({})"
        return {digest: terms.split() for digest, terms in self._sql.rows_of(statement, digests, fingerprint)}

    def put_vectors(self, vectors: Mapping[str, NDArray[np.float32]], fingerprint: str) -> None:
        """Keep vectors (as float16) by the digest of their text."""
        rows = [(digest, fingerprint, vector.astype(np.float16).tobytes()) for digest, vector in vectors.items()]
        self._sql.write_many("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def put_terms(self, terms: Mapping[str, Sequence[str]], fingerprint: str) -> None:
        """Keep terms by the digest of their text."""
        rows = [(digest, fingerprint, readable(" ".join(words))) for digest, words in terms.items()]
        self._sql.write_many("INSERT OR REPLACE INTO terms VALUES (?, ?, ?)", rows)

    def chunk_vectors(
        self, language: Language, fingerprint: str, scope: Scope = EVERYTHING
    ) -> tuple[list[str], list[str], NDArray[np.float32]]:
        """Chunk ids, document ids and vectors, float32 (n, dimension), of one language, ordered by chunk id."""
        condition, values = in_scope(scope)
        statement = (
            "SELECT c.id, c.document_id, v.vector FROM documents d "
            f"{THEN} chunks c ON c.document_id = d.id {THEN} vectors v ON v.digest = c.digest "
            f"WHERE {condition} AND c.language = ? AND v.fingerprint = ?"
        )
        rows = self._sql.rows(statement, (*values, language, fingerprint))
        rows.sort()
        joined = np.frombuffer(b"".join(row[2] for row in rows), dtype=np.float16)
        matrix = joined.reshape(len(rows), -1).astype(np.float32) if rows else np.zeros((0, 1), dtype=np.float32)
        return [row[0] for row in rows], [row[1] for row in rows], matrix

    def language_counts(self) -> dict[str, int]:
        """Number of chunks by language."""
        return dict(self._sql.rows("SELECT language, COUNT(*) FROM chunks GROUP BY language ORDER BY language"))


def unpack(blob: bytes) -> NDArray[np.float32]:
    """A stored vector."""
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)
