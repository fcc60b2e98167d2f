"""Recall at k, reciprocal rank and nDCG of a ranking with binary relevance.

Sources: Manning, Raghavan and Schuetze 2008, "Introduction to Information Retrieval", chapter 8; nDCG with the
logarithmic discount of Jaervelin and Kekaelaeinen 2002, doi:10.1145/582415.582418.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence


def first_hit(ranking: Sequence[str], relevant: Collection[str]) -> int | None:
    """Rank (from 1) of the first relevant item; None when there is none in the ranking."""
    return next((rank for rank, item in enumerate(ranking, start=1) if item in relevant), None)


def hit_at(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1.0 when a relevant item stands among the first `k`: recall at k where any one gold passage is enough."""
    return float(any(item in relevant for item in ranking[:k]))


def recall_at(ranking: Sequence[str], relevant: Collection[str], k: int) -> float | None:
    """Share of the relevant items among the first `k`; None when nothing is relevant."""
    return sum(item in relevant for item in unique(ranking)[:k]) / len(relevant) if relevant else None


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """1 / rank of the first relevant item within the first `k`, 0.0 when there is none (MRR@k is its mean)."""
    rank = first_hit(ranking[:k], relevant)
    return 1.0 / rank if rank else 0.0


def ndcg_at(ranking: Sequence[str], relevant: Collection[str], k: int = 10) -> float | None:
    """Gain discounted by log2(rank + 1) over the best possible one, in [0, 1]; None when nothing is relevant."""
    if not relevant:
        return None
    gains = _discounted(item in relevant for item in unique(ranking)[:k])
    return gains / _discounted([True] * min(k, len(relevant)))


def unique(ranking: Iterable[str]) -> list[str]:
    """The ranking without later repetitions: chunks of one passage count once, at their best rank."""
    return list(dict.fromkeys(ranking))


def _discounted(hits: Iterable[bool]) -> float:
    return sum(1.0 / math.log2(rank + 1) for rank, hit in enumerate(hits, start=1) if hit)
