"""Dense search: Chroma's HNSW graph for large collections, exact products for small ones.

chromadb is named only here. It gets ids and vectors, one collection for each language: no metadata, for filtering
by them made its queries thirty times slower, and no embedding function, for its own would download a model.
"""

from __future__ import annotations

import contextlib
import ctypes
import sqlite3
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.records import LANGUAGES, Language
from index.connections import LOOKED_THROUGH
from index.stores import Entry, Hit, StoreError

_BATCH = 2_000
_PAGE = 5_000
HNSW = {"hnsw": {"space": "cosine", "ef_construction": 100, "max_neighbors": 16, "ef_search": 200}}
_PERTURB, _FILLING = -6, 0x5A
"""glibc's M_PERTURB, and a byte of which no text is made; memory is filled with its complement."""
_opening = threading.Lock()
_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def nearest(matrix: NDArray[np.float32], vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
    """Rows of `matrix` (n, dimension) whose inner products with `vector` are largest, best first; ties by row."""
    if not len(matrix) or limit < 1:
        return []
    scores = matrix @ vector
    if limit < len(scores):
        bound = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        rows = np.flatnonzero(scores >= bound)
    else:
        rows = np.arange(len(scores))
    ordered = sorted(rows.tolist(), key=lambda row: (-scores[row], row))[:limit]
    return [(row, float(scores[row])) for row in ordered]


def _faults_named(method: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Every fault of Chroma's becomes `StoreError`."""

    @wraps(method)
    def wrapped(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        try:
            return method(*args, **kwargs)
        except (StoreError, UserError):
            raise
        except Exception as error:  # its Rust core raises many kinds
            store: Any = args[0]
            store.check_reachable()
            raise StoreError(f"dense store: {error}") from error

    return wrapped


def _clean_memory() -> None:
    """Have the C library fill memory when it is handed out.

    Chroma writes whole blocks of its graph to disk, the unused part of fresh memory included; without this they held
    remains of texts that this process had read, even of removed ones. Other C libraries than glibc know no such switch.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_PERTURB, _FILLING)


class ChromaStore:
    """The dense half of a store, in a folder of its own; opened on first use, for importing it takes a second.

    Only one process may write to the folder at a time; the caller holds the lock.

    Args:
        folder: Made if missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.RLock()
        self._client: Any = None
        self._collections: dict[Language, Any] = {}

    def _collection(self, language: Language) -> Any:  # noqa: ANN401
        with self._guard:
            if self._client is None:
                _clean_memory()
                with _opening:
                    self._client = self._connect()
                self._collections = {each: self._chunks_of(each) for each in LANGUAGES}
            return self._collections[language]

    def _connect(self) -> Any:  # noqa: ANN401
        import chromadb
        from chromadb.config import Settings

        self._folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(path=str(self._folder), settings=settings)

    def _chunks_of(self, language: Language) -> Any:  # noqa: ANN401
        return self._client.get_or_create_collection(f"chunks-{language}", embedding_function=None, configuration=HNSW)

    def check_whole(self) -> None:
        """Look through Chroma's database where that takes no time; what else is damaged is told when it is used.

        Raises:
            StoreError: It is damaged.
        """
        file = self._folder / "chroma.sqlite3"
        if not file.is_file() or file.stat().st_size > LOOKED_THROUGH:
            return
        try:
            with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.OperationalError:
            return  # another process is writing to it
        except sqlite3.DatabaseError as error:
            found = str(error)
        if found != "ok":
            raise StoreError(f"dense store: {found}")

    def check_reachable(self) -> None:
        """Nothing stands between a folder and its store."""

    @_faults_named
    def upsert(self, entries: Sequence[Entry]) -> None:
        """Add entries, in place of those of the same ids."""
        for language in LANGUAGES:
            own = [entry for entry in entries if entry.language == language]
            for start in range(0, len(own), _BATCH):
                batch = own[start : start + _BATCH]
                collection = self._collection(language)
                vectors = np.stack([entry.vector for entry in batch])
                collection.upsert(ids=[entry.id for entry in batch], embeddings=vectors)

    @_faults_named
    def delete(self, chunk_ids: Collection[str]) -> None:
        """Remove chunks of any language."""
        for language in LANGUAGES if chunk_ids else ():
            collection = self._collection(language)
            listed = sorted(chunk_ids)
            for start in range(0, len(listed), _BATCH):
                found = collection.get(ids=listed[start : start + _BATCH], include=[])["ids"]
                if found:
                    collection.delete(ids=found)

    @_faults_named
    def ids(self) -> list[str]:
        """Ids of all chunks, ordered."""
        found: list[str] = []
        for language in LANGUAGES:
            collection = self._collection(language)
            for offset in range(0, collection.count(), _PAGE):
                found.extend(collection.get(include=[], limit=_PAGE, offset=offset)["ids"])
        return sorted(found)

    @_faults_named
    def count(self, language: Language) -> int:
        """Number of chunks of a language."""
        return int(self._collection(language).count())

    @_faults_named
    def drop(self) -> None:
        """Delete all collections and close."""
        for language in LANGUAGES:
            self._client.delete_collection(self._collection(language).name)
        self.close()

    @_faults_named
    def query(self, language: Language, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        """The chunks that the graph finds nearest; scores are cosines."""
        collection = self._collection(language)
        wanted = min(limit, collection.count())
        if wanted < 1:
            return []
        found = collection.query(query_embeddings=[vector.tolist()], n_results=wanted, include=["distances"])
        hits = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted((Hit(id, 1.0 - distance) for id, distance in hits), key=lambda hit: (-hit.score, hit.id))

    def close(self) -> None:
        """Release the client, so that the next use reads the folder anew; twice is fine."""
        with self._guard:
            if self._client is not None:
                with _opening:
                    self._client.close()
            self._client = None
            self._collections = {}
