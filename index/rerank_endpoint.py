"""Scores of question and passage from an endpoint that answers `POST .../rerank`."""

from __future__ import annotations

import math
from collections.abc import Sequence

from corpus.errors import UserError
from index.endpoints import Endpoint
from index.model_settings import EndpointRerankerSettings


class EndpointScorer:
    """All texts in one request, which may take as long as the budget. Threads may share it.

    Args:
        settings: Address and model.
    """

    def __init__(self, settings: EndpointRerankerSettings) -> None:
        self._model = settings.model
        self._name = f"Reranker {settings.model!r} of {settings.base_url}"
        self._endpoint = Endpoint(f"{settings.base_url}/rerank", settings.key_variable, "The reranker")

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> dict[int, float]:
        """See `PairScorer`; what the endpoint leaves out is missing.

        Raises:
            UserError: The endpoint can't be used, is too slow, or answers something else than scores.
        """
        body = {"model": self._model, "query": query, "documents": list(texts), "top_n": len(texts)}
        answer = self._endpoint.post(body, timeout=seconds)
        try:
            found = {item["index"]: float(item["relevance_score"]) for item in answer["results"]}
        except (KeyError, TypeError, ValueError):
            fault = f"{self._name} answers without results of index and relevance_score."
            raise UserError(fault, "Check that its address ends before /rerank.") from None
        if not all(isinstance(place, int) and 0 <= place < len(texts) for place in found) or not all(
            math.isfinite(score) for score in found.values()
        ):
            raise UserError(f"{self._name} scores passages that it was not given.", "Look at its log.")
        return found
