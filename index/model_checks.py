"""Trying the models that the settings name, for whoever wants to know before asking; nothing is downloaded."""

from __future__ import annotations

import time
from typing import TypeVar

from pydantic import BaseModel

from index.dictionary import Dictionary
from index.embedders import build_embedder
from index.model_settings import EmbedderSettings, LocalModelSettings, RerankerSettings, RerankingSettings
from index.rerankers import build_scorer

_PASSAGE = "The harbour office counted the ships of the year and told how many of them carried grain. " * 10
"""As long as a passage, about 900 characters."""
_PAIRS = 4
_SECONDS = 60.0
_Settings = TypeVar("_Settings", bound=BaseModel)


def check_embedder(settings: EmbedderSettings) -> str:
    """What the embedder gives, and how fast, on one line.

    Raises:
        UserError: It can't be used; the help says how to mend it.
    """
    embedder = build_embedder(_offline(settings), Dictionary())
    embedder.encode_document([_PASSAGE])
    started = time.perf_counter()
    embedder.encode_document([f"{number} {_PASSAGE}" for number in range(_PAIRS)])
    passage = (time.perf_counter() - started) / _PAIRS
    return f"{settings.kind}: {embedder.dimension} numbers a vector, {passage * 1000:.0f} ms a passage"


def check_reranker(settings: RerankerSettings) -> str:
    """How fast the reranker reads, and whether its budget is enough, on one line.

    Raises:
        UserError: It can't be used; the help says how to mend it.
    """
    scorer = build_scorer(_offline(settings))
    if scorer is None or not isinstance(settings, RerankingSettings):
        return f"{settings.kind}: passages keep their fused order"
    scorer.scores("How many ships carried grain?", [_PASSAGE], _SECONDS)
    started = time.perf_counter()
    scorer.scores("How many ships carried grain?", [_PASSAGE] * _PAIRS, _SECONDS)
    passage = (time.perf_counter() - started) / _PAIRS
    fit = min(settings.candidates, int(settings.budget / 1000 / max(passage, 1e-6)))
    return (
        f"{settings.kind}: {passage * 1000:.0f} ms a passage, so about {fit} of {settings.candidates} candidates "
        f"fit into the budget of {settings.budget} ms"
    )


def _offline(settings: _Settings) -> _Settings:
    if isinstance(settings, LocalModelSettings):
        return settings.model_copy(update={"local_files_only": True})
    return settings
