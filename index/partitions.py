"""The dense channel of one language: exact in memory, or a graph's proposals with vectors from the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.records import Language
from index.database import Database
from index.dense import nearest
from index.records import EVERYTHING, Scope
from index.stores import Hit, Store

_MOST_PROPOSALS = 5_000
"""From the graph; a scope so small that it would take more is searched exactly."""
_SPARE = 1.5
"""Proposals for each that a scope's share of all chunks lets expect to be needed."""
_FEW = 10_000
"""Chunks of a scope that are searched exactly in any case."""
_SCOPES_REMEMBERED = 4


DocumentsIn = Callable[[Scope], Iterable[str]]
"""Ids of the documents in a scope."""


class Partition(Protocol):
    """The chunks of one language, seen from the dense channel."""

    def nearest(self, vector: NDArray[np.float32], limit: int, scope: Scope) -> list[Hit]:
        """The chunks of a scope with the largest cosines, best first."""

    def scores(self, vector: NDArray[np.float32], chunk_ids: Sequence[str]) -> dict[str, float]:
        """Cosine of each chunk that exists."""


class ExactPartition:
    """All vectors in memory: exact, and 10,000 chunks take about two milliseconds.

    Args:
        ids: Chunk ids, ordered.
        documents: Document id of each.
        matrix: Their vectors, float32 (n, dimension), unit rows.
        documents_in: Tells the documents of a scope.
    """

    def __init__(
        self, ids: Sequence[str], documents: Sequence[str], matrix: NDArray[np.float32], documents_in: DocumentsIn
    ) -> None:
        self._documents_in = documents_in
        self._ids = ids
        self._documents = documents
        self._matrix = matrix
        self._rows = {id: row for row, id in enumerate(ids)}

    def nearest(self, vector: NDArray[np.float32], limit: int, scope: Scope) -> list[Hit]:
        """The chunks of a scope with the largest cosines, best first."""
        if scope == EVERYTHING:
            return [Hit(self._ids[row], score) for row, score in nearest(self._matrix, vector, limit)]
        allowed = set(self._documents_in(scope))
        rows = [row for row, document in enumerate(self._documents) if document in allowed]
        return [Hit(self._ids[rows[row]], score) for row, score in nearest(self._matrix[rows], vector, limit)]

    def scores(self, vector: NDArray[np.float32], chunk_ids: Sequence[str]) -> dict[str, float]:
        """Cosine of each chunk that exists."""
        known = [id for id in chunk_ids if id in self._rows]
        rows = [self._rows[id] for id in known]
        return dict(zip(known, (self._matrix[rows] @ vector).tolist(), strict=True)) if known else {}


class StoredPartition:
    """Too many vectors for memory: the store proposes, the database's vectors decide.

    Args:
        language: Of the chunks.
        store: Proposes the nearest.
        database: Holds the vectors.
        fingerprint: Of the embedder.
    """

    def __init__(self, language: Language, store: Store, database: Database, fingerprint: str) -> None:
        self._language = language
        self._store = store
        self._database = database
        self._fingerprint = fingerprint
        self._remembering = threading.Lock()
        self._remembered: dict[str, tuple[int, ExactPartition | None]] = {}

    def nearest(self, vector: NDArray[np.float32], limit: int, scope: Scope) -> list[Hit]:
        """The chunks of a scope with the largest cosines, best first; approximate."""
        if scope == EVERYTHING:
            return self._store.dense_query(self._language, vector, limit)
        count, exact = self._of(scope, limit)
        if exact is not None:
            return exact.nearest(vector, limit, EVERYTHING)
        proposed = self._store.dense_query(self._language, vector, self._wanted(count, limit))
        allowed = self._database.chunks_in(scope, [hit.id for hit in proposed])
        return [hit for hit in proposed if hit.id in allowed][:limit]

    def _wanted(self, count: int, limit: int) -> int:
        """How many of all chunks must be proposed so that enough of them are among `count` chosen ones."""
        return round(limit * _SPARE * self._store.count(self._language) / max(1, count))

    def _of(self, scope: Scope, limit: int) -> tuple[int, ExactPartition | None]:
        """Number of chunks in a scope, and their vectors where they are few; the latest scopes are remembered."""
        key = f"{limit} {scope}"
        with self._remembering:
            if key in self._remembered:
                self._remembered[key] = self._remembered.pop(key)
                return self._remembered[key]
        count, exact = self._database.chunk_count(self._language, scope), None
        if count <= _FEW or self._wanted(count, limit) > _MOST_PROPOSALS:
            vectors = self._database.chunk_vectors(self._language, self._fingerprint, scope)
            exact = ExactPartition(*vectors, self._database.document_ids)
        with self._remembering:
            self._remembered[key] = count, exact
            while len(self._remembered) > _SCOPES_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        return count, exact

    def scores(self, vector: NDArray[np.float32], chunk_ids: Sequence[str]) -> dict[str, float]:
        """Cosine of each chunk that exists."""
        chunks = [chunk for chunk in self._database.chunks(chunk_ids) if chunk.language == self._language]
        vectors = self._database.vectors({chunk.digest for chunk in chunks}, self._fingerprint)
        return {chunk.id: float(vectors[chunk.digest] @ vector) for chunk in chunks if chunk.digest in vectors}
