"""The store: Chroma and tantivy side by side, each in a folder of its own; Chroma may be a server instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.records import Language
from index.dense import ChromaStore
from index.lexical import LexicalStore
from index.records import EVERYTHING, Scope
from index.stores import Entry, Hit, StoreError
from index.terms import Concept


class LocalStore:
    """A `Store` in a folder; one process may write to it at a time.

    Args:
        folder: Made if missing.
        dense: Used instead of a Chroma in the folder.

    Raises:
        StoreError: The folder is damaged.
    """

    def __init__(self, folder: Path, dense: ChromaStore | None = None) -> None:
        self._lexical = LexicalStore(folder / "tantivy")
        self._dense = dense or ChromaStore(folder / "chroma")
        self._dense.check_whole()

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Add chunks, or replace those of the same ids."""
        listed = list(entries)
        self._lexical.upsert(listed)
        self._dense.upsert(listed)

    def delete(self, chunk_ids: Collection[str]) -> None:
        """Remove chunks; unknown ids are ignored."""
        self._lexical.delete(chunk_ids)
        self._dense.delete(chunk_ids)

    def ids(self) -> list[str]:
        """Ids of all chunks, ordered.

        Raises:
            StoreError: The two halves differ, or one is damaged.
        """
        found = self._lexical.ids()
        if found != self._dense.ids():
            raise StoreError("dense and lexical store hold different chunks")
        return found

    def count(self, language: Language) -> int:
        """Number of chunks of a language."""
        return self._lexical.count(language)

    def dense_query(self, language: Language, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        """The chunks that Chroma's graph finds nearest."""
        return self._dense.query(language, vector, limit)

    def lexical_query(
        self,
        language: Language,
        concepts: Sequence[Concept],
        limit: int,
        scope: Scope = EVERYTHING,
        chunks: Collection[str] | None = None,
    ) -> list[Hit]:
        """The best chunks by tantivy's BM25."""
        return self._lexical.query(language, concepts, limit, scope, chunks)

    def document_frequency(self, language: Language, term: str) -> int:
        """Number of chunks of a language that hold a term."""
        return self._lexical.document_frequency(language, term)

    def refresh(self) -> None:
        """See what other processes have finished writing."""
        self._lexical.refresh()
        self._dense.close()

    def close(self) -> None:
        """Release files; twice is fine."""
        self._dense.close()
