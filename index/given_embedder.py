"""Embedders passed from Python: our own protocol as it is, LangChain's by its two methods, without importing it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

import numpy as np

from corpus.errors import UserError
from index.embedders import Embedder
from index.remembering import Remembered
from index.vectors import Vectors, checked, readable

_NOT_SHAPING = re.compile(r"key|token|secret|password|time_?out|retr|batch|chunk|cache|progress|proxy|process|header")
"""Names of attributes that do not change a vector, or must not be looked at."""


def as_embedder(given: object) -> Embedder:
    """An embedder made of what the library's user passed.

    Args:
        given: With `encode_query`, `encode_document`, `dimension` and `fingerprint`, or a LangChain `Embeddings`.

    Raises:
        UserError: It is neither.
    """
    if callable(getattr(given, "encode_query", None)) and hasattr(given, "fingerprint"):
        return cast("Embedder", given)
    if callable(getattr(given, "embed_query", None)) and callable(getattr(given, "embed_documents", None)):
        return LangChainEmbedder(given)
    help = "Pass a LangChain Embeddings, or an object with the methods of index.embedders.Embedder."
    raise UserError(f"A {type(given).__name__} is no embedder.", help)


class LangChainEmbedder:
    """Any object with LangChain's `embed_query(text)` and `embed_documents(texts)`.

    Args:
        embeddings: Called from several threads at once.
        name: Names its vectors: another name, another index. By default made of the class and its plain attributes.
    """

    def __init__(self, embeddings: Any, name: str = "") -> None:  # noqa: ANN401 - by shape
        self._embeddings = embeddings
        self._source = f"The given {type(embeddings).__name__}"
        self._name = name or _described(embeddings)
        self._dimension: int | None = None
        self._cache = Remembered()

    @property
    def dimension(self) -> int:
        """As the first vector says."""
        if self._dimension is None:
            self.encode_query(["dimension"])
        assert self._dimension is not None, "an encoded text tells it"
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """Covers the name."""
        return hashlib.sha256(f"langchain {self._name}".encode()).hexdigest()[:16]

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 (n, dimension), unit rows; the latest are remembered."""
        one = self._embeddings.embed_query
        return self._cache.fill(texts, partial(self._checked, lambda asked: [one(text) for text in asked]))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32 (n, dimension), unit rows."""
        return self._checked(self._embeddings.embed_documents, texts)

    def _checked(self, encode: Callable[[list[str]], Any], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            found = encode(readable(texts))
        except Exception as error:  # a foreign object raises what it likes; its text may hold a key
            raise UserError(f"{self._source} failed: {type(error).__name__}.", "Try it by itself.") from error
        vectors = checked(found, len(texts), self._source, self._dimension)
        self._dimension = vectors.shape[1]
        return vectors


def _described(embeddings: object) -> str:
    """The class and its plain attributes: what tells two objects apart that make different vectors."""
    kind = type(embeddings)
    plain = {
        name: value
        for name, value in sorted(getattr(embeddings, "__dict__", {}).items())
        if not name.startswith("_") and not _NOT_SHAPING.search(name.lower()) and _is_plain(value)
    }
    return f"{kind.__module__}.{kind.__qualname__} {json.dumps(plain, sort_keys=True)}"


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(_is_plain(item) for item in value)
    return value is None or isinstance(value, str | int | float | bool)
