"""Scores of question and passage from a cross-encoder of sentence-transformers, by hub name or folder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from time import monotonic
from typing import Any

import numpy as np

from corpus.errors import UserError
from index.model_files import find_model, first_line, loading_options
from index.model_settings import CrossEncoderSettings


class CrossEncoderScorer:
    """A model in this process; loads on first use, which no budget counts. One thread computes at a time.

    How many passages fit into what is left of a budget is told by the pace of those before, so that a slow model on a
    small machine still keeps to it, give or take one passage.

    Args:
        settings: Model, and how it is computed.
    """

    def __init__(self, settings: CrossEncoderSettings) -> None:
        self._settings = settings
        self._name = f"Reranker {settings.model!r}"
        self._working = threading.Lock()
        self._model: Any = None
        self._pace: float | None = None

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> dict[int, float]:
        """See `PairScorer`; waiting for other threads counts.

        Raises:
            UserError: The model is not there, can't be loaded, or gives no scores.
        """
        if not self._working.acquire(timeout=seconds):
            return {}
        try:
            if self._model is None:
                self._model = self._load()
            return self._read([(query, text) for text in texts], monotonic() + seconds)
        finally:
            self._working.release()

    def _read(self, pairs: Sequence[tuple[str, str]], ends: float) -> dict[int, float]:
        found: dict[int, float] = {}
        now = monotonic()
        while len(found) < len(pairs) and now < ends:
            fit = 1 if self._pace is None else int((ends - now) / max(self._pace, 1e-6))
            if found and fit < 1:
                break
            batch = pairs[len(found) : len(found) + min(max(fit, 1), self._settings.batch_size)]
            found.update(enumerate(self._predict(batch), start=len(found)))
            started, now = now, monotonic()
            self._pace = (now - started) / len(batch)
        return found

    def _predict(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        try:
            given = self._model.predict(list(pairs), batch_size=len(pairs), show_progress_bar=False)
        except RuntimeError as error:  # torch's, out of memory among them
            help = "Try a smaller batch_size, or device = cpu."
            raise UserError(f"{self._name} failed: {first_line(error)}", help) from None
        scores = np.asarray(given, dtype=np.float64)
        if scores.shape != (len(pairs),) or not np.isfinite(scores).all():
            raise UserError(f"{self._name} doesn't give one finite score a pair.", "It must be made for reranking.")
        return [float(score) for score in scores]

    def _load(self) -> Any:  # noqa: ANN401
        folder = str(find_model(self._settings))
        try:
            from sentence_transformers import CrossEncoder

            model = CrossEncoder(folder, **loading_options(self._settings))
            if self._settings.max_tokens is not None:
                model.max_seq_length = min(self._settings.max_tokens, model.max_seq_length or self._settings.max_tokens)
            return model
        except Exception as error:  # loading raises many kinds
            fault = f"{self._name} can't be loaded: {first_line(error)}"
            raise UserError(fault, "It must be a cross-encoder of sentence-transformers.") from None
