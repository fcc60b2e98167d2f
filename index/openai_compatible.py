"""Vectors from an endpoint that speaks OpenAI's embeddings protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from corpus.errors import UserError
from index.connections import portions
from index.endpoints import Endpoint
from index.model_settings import OpenAICompatibleSettings
from index.remembering import Remembered
from index.vectors import Vectors, checked, readable

_PROBE = "dimension"


class OpenAICompatibleEmbedder:
    """An endpoint's model; nothing is sent before the first text. Threads may share it.

    Args:
        settings: Address, model and limits.
    """

    def __init__(self, settings: OpenAICompatibleSettings) -> None:
        self._settings = settings
        self._name = f"Model {settings.model!r} of {settings.base_url}"
        self._endpoint = Endpoint(f"{settings.base_url}/embeddings", settings.key_variable, "The endpoint")
        self._dimension = settings.dimensions
        self._cache = Remembered()

    @property
    def dimension(self) -> int:
        """As set, or as the first vector says."""
        if self._dimension is None:
            self.encode_query([_PROBE])
        assert self._dimension is not None, "an encoded text tells it"
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """Covers address, model, dimensions and prompts."""
        shaping = self._settings.model_dump_json(
            include={"kind", "base_url", "model", "dimensions", "query_prompt", "document_prompt"}
        )
        return hashlib.sha256(shaping.encode()).hexdigest()[:16]

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 (n, dimension), unit rows; the latest are remembered.

        Raises:
            UserError: The endpoint can't be used now.
        """
        prompt, timeout = self._settings.query_prompt, self._settings.query_timeout
        return self._cache.fill(texts, partial(self._encode, prompt=prompt, timeout=timeout, retries=0))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32 (n, dimension), unit rows.

        Raises:
            UserError: The endpoint can't be used, also after some tries.
        """
        return self._encode(texts, self._settings.document_prompt, self._settings.timeout, self._settings.retries)

    def _encode(self, texts: Sequence[str], prompt: str, timeout: float, retries: int) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        batches = [
            self._batch([prompt + text or " " for text in readable(batch)], timeout, retries)
            for batch in portions(texts, self._settings.batch_size)
        ]
        return np.concatenate(batches)

    def _batch(self, texts: list[str], timeout: float, retries: int) -> Vectors:
        body: dict[str, Any] = {"model": self._settings.model, "input": texts}
        if self._settings.dimensions is not None:
            body["dimensions"] = self._settings.dimensions
        rows = self._rows(self._endpoint.post(body, timeout, retries), len(texts))
        vectors = checked(rows, len(texts), self._name, self._dimension)
        self._dimension = vectors.shape[1]
        return vectors

    def _rows(self, answer: object, count: int) -> list[Any]:
        """The vectors in the order of the texts, whatever order they came in."""
        try:
            rows = {item["index"]: item["embedding"] for item in answer["data"]}  # type: ignore[index]
            return [rows[index] for index in range(count)]
        except (KeyError, TypeError):
            fault = f"{self._name} answers without a vector for each text."
            raise UserError(fault, "Check that its address ends before /embeddings.") from None
