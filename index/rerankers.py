"""Reading the best passages again, together with the question: slower than vectors and words, and more exact.

A reranker decides the order only. Each place keeps its fused score, because what reads scores later was trained on
theirs; what the reranker said stands among the passage's signals. It never fails a question: what it can't read in
time keeps its order below what it could, and where it fails, all does.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.errors import UserError
from index.features import searched_text
from index.model_settings import CrossEncoderSettings, NoRerankerSettings, RerankerSettings
from index.records import Passage
from index.vectors import readable

SIGNAL = "rerank"
"""Under this name `Passage.signals` holds the reranker's score: higher is better, of any range."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reranked:
    """All passages that were given, in their new order."""

    passages: list[Passage]
    remark: str = ""
    """Why some, or all, were not read; empty where all were."""


class Reranker(Protocol):
    """Orders passages by how well they answer a question."""

    @property
    def candidates(self) -> int:
        """Passages worth giving to it."""

    def rerank(self, query: str, passages: Sequence[Passage]) -> Reranked:
        """The passages, best first; never raises for a fault of the model.

        Args:
            query: The question.
            passages: In their fused order.
        """


class PairScorer(Protocol):
    """Reads a question and a text together."""

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> dict[int, float]:
        """Scores by the positions of the texts, higher is better; positions that there was no time for are missing.

        Args:
            query: The question.
            texts: Passages with their titles.
            seconds: That it may take.

        Raises:
            UserError: The model can't be used.
        """


def build_scorer(settings: RerankerSettings) -> PairScorer | None:
    """The model that the settings name; light, for models load on first use."""
    match settings:
        case NoRerankerSettings():
            return None
        case CrossEncoderSettings():
            from index.cross_encoder import CrossEncoderScorer

            return CrossEncoderScorer(settings)
        case _:
            from index.rerank_endpoint import EndpointScorer

            return EndpointScorer(settings)


def build_reranker(settings: RerankerSettings) -> Reranker | None:
    """The reranker that the settings name, with its budget; None for none."""
    scorer = build_scorer(settings)
    if scorer is None or isinstance(settings, NoRerankerSettings):
        return None
    return ScoringReranker(scorer, settings.candidates, settings.budget)


class ScoringReranker:
    """Orders by a scorer's scores, within a budget; equal scores keep their order.

    Args:
        scorer: Reads pairs.
        candidates: Passages worth giving to it.
        budget: Milliseconds.
    """

    def __init__(self, scorer: PairScorer, candidates: int, budget: int) -> None:
        self._scorer = scorer
        self._candidates = candidates
        self._budget = budget

    @property
    def candidates(self) -> int:
        """Passages worth giving to it."""
        return self._candidates

    def rerank(self, query: str, passages: Sequence[Passage]) -> Reranked:
        """See `Reranker`."""
        if len(passages) < 2:
            return Reranked(list(passages))
        texts = [searched_text(passage.article.title, passage.text) for passage in passages]
        try:
            scores = self._scorer.scores(readable([query])[0], readable(texts), self._budget / 1000)
        except UserError as error:
            remark = f"Not reranked: {error.message}"
            _log.warning("%s %s", remark, error.help)
            return Reranked(list(passages), remark)
        remark = f"Reranked {len(scores)} of {len(passages)} passages: the budget is {self._budget} ms."
        return Reranked(_ordered(passages, scores), "" if len(scores) == len(passages) else remark)


def _ordered(passages: Sequence[Passage], scores: dict[int, float]) -> list[Passage]:
    read = [
        replace(passages[place], signals={**passages[place].signals, SIGNAL: scores[place]})
        for place in sorted(scores, key=lambda place: (-scores[place], place))
    ]
    return read + [passage for place, passage in enumerate(passages) if place not in scores]
