"""What a search engine must be able to do for this project: one protocol, so that another engine is one more file.

A store holds nothing of its own: all of it can be made again from the database. Chunks of each language are kept
apart, so that the statistics (rarity of words, number of passages) of one language never depend on the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.records import Language
from index.records import EVERYTHING, Scope
from index.terms import Concept


@dataclass(frozen=True, slots=True)
class Entry:
    """A chunk as a store keeps it: no text, only what is searched."""

    id: str
    document_id: str
    language: Language
    terms: Sequence[str]
    """Without white space, repeated as often as they occur."""
    vector: NDArray[np.float32]
    """Unit length."""
    publisher: str = ""
    """Of the article; so are the following two: what a `Scope` asks for."""
    published: date | None = None
    article_language: str = ""


class Hit(NamedTuple):
    """A chunk that a store found."""

    id: str
    score: float
    """Higher is better."""


class StoreError(Exception):
    """A store is damaged; it must be made again from the database."""


class Store(Protocol):
    """Dense and lexical search over the chunks of one collection.

    Any method may raise `StoreError`. Hits are ordered by (-score, id).
    """

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Add chunks, or replace those of the same ids. Durable on return."""

    def delete(self, chunk_ids: Collection[str]) -> None:
        """Remove chunks; unknown ids are ignored. Durable on return."""

    def ids(self) -> list[str]:
        """Ids of all chunks, ordered."""

    def count(self, language: Language) -> int:
        """Number of chunks of a language."""

    def dense_query(self, language: Language, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        """The chunks whose vectors are nearest; scores are cosines in [-1, 1]; may be approximate."""

    def lexical_query(
        self,
        language: Language,
        concepts: Sequence[Concept],
        limit: int,
        scope: Scope = EVERYTHING,
        chunks: Collection[str] | None = None,
    ) -> list[Hit]:
        """The best chunks that hold a term, by the sum over concepts of the weight times the best alternative's BM25.

        Args:
            language: Only chunks of this language.
            concepts: With terms of any language.
            limit: At most so many hits.
            scope: Only chunks of these articles.
            chunks: Only these chunks.
        """

    def document_frequency(self, language: Language, term: str) -> int:
        """Number of chunks of a language that hold a term."""

    def refresh(self) -> None:
        """See what other processes have finished writing."""

    def close(self) -> None:
        """Release files; twice is fine."""
