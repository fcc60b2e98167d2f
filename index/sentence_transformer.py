"""Vectors from any model of sentence-transformers, by hub name or folder.

sentence_transformers, torch and transformers are named only in this floor's model files, and imported on first use.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import UserError
from index.model_files import content_digest, find_model, first_line, loading_options
from index.model_settings import SentenceTransformerSettings
from index.remembering import Remembered
from index.vectors import Vectors, checked, readable


class SentenceTransformerEmbedder:
    """A model in this process; loads on first use. Threads may share it, one computes at a time.

    Args:
        settings: Model, prompts, and how it is computed.
    """

    def __init__(self, settings: SentenceTransformerSettings) -> None:
        self._settings = settings
        self._name = f"Model {settings.model!r}"
        self._working = threading.RLock()
        self._model: Any = None
        self._cache = Remembered()

    @property
    def dimension(self) -> int:
        """Of the model, or as truncated."""
        return int(self._loaded().get_embedding_dimension())

    @cached_property
    def fingerprint(self) -> str:
        """Covers the model's files and all settings that shape vectors; the model is not loaded, but may be fetched."""
        shaping = self._settings.model_dump_json(
            include={
                "kind", "dtype", "query_prompt", "document_prompt", "pooling", "max_tokens", "truncate_dimension"
            }
        )  # fmt: skip
        return hashlib.sha256(f"{content_digest(self._folder)} {shaping}".encode()).hexdigest()[:16]

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 (n, dimension), unit rows; the latest are remembered."""
        return self._cache.fill(texts, partial(self._encode, "encode_query", self._settings.query_prompt))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages or sentences, float32 (n, dimension), unit rows."""
        return self._encode("encode_document", self._settings.document_prompt, texts)

    @cached_property
    def _folder(self) -> Path:
        return find_model(self._settings)

    def _encode(self, deed: str, prompt: str | None, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._working:
            encode = getattr(self._loaded(), deed)
            try:
                found = encode(
                    readable(texts), prompt=prompt, batch_size=self._settings.batch_size, show_progress_bar=False
                )
            except RuntimeError as error:  # torch's, out of memory among them
                fault = f"{self._name} failed: {first_line(error)}"
                raise UserError(fault, "Try a smaller batch_size, or device = cpu.") from None
            return checked(found, len(texts), self._name)

    def _loaded(self) -> Any:  # noqa: ANN401
        with self._working:
            if self._model is None:
                self._model = self._load()
        return self._model

    def _load(self) -> Any:  # noqa: ANN401
        settings, folder = self._settings, str(self._folder)
        try:
            from sentence_transformers import SentenceTransformer

            model = SentenceTransformer(folder, truncate_dim=settings.truncate_dimension, **loading_options(settings))
            if settings.max_tokens is not None:
                model.max_seq_length = min(settings.max_tokens, model.max_seq_length or settings.max_tokens)
            if settings.pooling:
                _repool(model, settings.pooling)
        except Exception as error:  # loading raises many kinds
            fault = f"{self._name} can't be loaded: {first_line(error)}"
            raise UserError(fault, "It must be a model of sentence-transformers or transformers.") from None
        self._check_truncation(model)
        return model

    def _check_truncation(self, model: Any) -> None:  # noqa: ANN401
        wanted = self._settings.truncate_dimension
        if wanted is None:
            return
        model.truncate_dim = None
        whole = model.get_embedding_dimension()
        model.truncate_dim = wanted
        if whole is not None and wanted > whole:
            fault = f"{self._name} gives {whole} numbers, fewer than truncate_dimension = {wanted}."
            raise UserError(fault, "Take a smaller truncate_dimension, or none.")


def _repool(model: Any, pooling: str) -> None:  # noqa: ANN401
    """Put another pooling into a loaded model."""
    from sentence_transformers.sentence_transformer.modules import Pooling

    for name, module in model.named_children():
        if isinstance(module, Pooling):
            setattr(model, name, Pooling(module.embedding_dimension, pooling))
            return
    raise ValueError("it has no pooling that could be changed")
