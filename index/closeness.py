"""Two signals that take the best passages' own text: how much the title tells, and how close the asked words stand.

Both are shares of what a question asks for, weighted by rarity, from 0 to 1, and enter a passage's score squared: a
little of everything tells little. They are read for the passages that lead already, for they need the text. What counts
is the difference from the leading passage of the same language: only a Chinese passage can stand close to a Chinese
question, and must not be put before English ones for that.

Measured, right passage first, on all news_zh_crud (322) and news_en_rtqa (104) and on 300 questions each of nq_en,
xquad, cmrc2018 and drcd: titles: news_en_rtqa .779 -> .808, others the same; as a plain share instead of its square
.817, but nq_en .910 -> .903. Closeness of Chinese questions and passages: news_zh_crud .910 -> .935, xquad .950 ->
.957, others the same. Left out: the share of an English question that one or two sentences meet (xquad .970 -> .977,
evidence_en .826 -> .840, but nq_en .910 -> .890), nearness to the mean vector of the article (nq_en .910 -> .917,
news_en_rtqa .779 -> .798, but evidence_en .826 -> .816 and drcd .940 -> .927), the place of a passage in its article,
the lexical scores of its other passages (within a point of nothing), and an article's day near the time that a question
names (31 of 37 such questions of news_zh_crud right with it and without).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from corpus.records import Language
from index.fusion import Fused
from index.scripts import fold
from index.terms import Analyzer, Concept, pairs_placed

TITLE = "title"
CLOSENESS = "closeness"
WEIGHTS: Mapping[str, float] = {TITLE: 6.0, CLOSENESS: 8.0}
"""What a full share adds to a fused score."""
_WINDOW = 120
"""Characters within which the asked words count as close: two or three Chinese sentences."""
_TITLES_REMEMBERED = 4_096

Rarity = Callable[[str], float]
"""How much a term tells, 0 or more: the idf of BM25."""


class Closeness:
    """Reads titles and passages; threads may share it.

    Args:
        analyzer: Makes the terms of titles.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._title_terms = lru_cache(_TITLES_REMEMBERED)(self._make_title_terms)

    def shares(
        self, concepts: Sequence[Concept], rarity: Rarity, question: Language, passage: Language, title: str, text: str
    ) -> dict[str, float]:
        """The two signals of one passage, each 0 to 1; closeness only of a Chinese question and a Chinese passage.

        Args:
            concepts: Of the question, as `terms.level` leaves them for the passage's language.
            rarity: In that language.
            question: Its language.
            passage: The passage's language.
            title: Of the passage's article; may be empty.
            text: Of the passage.
        """
        found = {}
        if title:
            found[TITLE] = met_share(concepts, rarity, self._title_terms(title, passage))
        if question == passage == "zh":
            found[CLOSENESS] = close_share(concepts, rarity, text)
        return found

    def _make_title_terms(self, title: str, language: Language) -> frozenset[str]:
        return frozenset(self._analyzer.document_terms(title, language))


def reordered(
    fused: Sequence[Fused],
    signals: Mapping[str, Mapping[str, float]],
    languages: Mapping[str, Language],
    weights: Mapping[str, float],
) -> list[Fused]:
    """Candidates by descending score with what their shares add; the first one of each language keeps its score.

    Args:
        fused: Best first.
        signals: Shares of each by signal.
        languages: Of each.
        weights: What a full share adds, by signal.
    """
    leaders: dict[Language, Mapping[str, float]] = {}
    moved = []
    for each in fused:
        own = signals[each.id]
        leader = leaders.setdefault(languages[each.id], own)
        added = {
            name: weight * (own.get(name, 0.0) ** 2 - leader.get(name, 0.0) ** 2) for name, weight in weights.items()
        }
        moved.append(Fused(each.id, each.score + math.fsum(added.values()), each.shares | added))
    return sorted(moved, key=lambda item: (-item.score, item.id))


def rarity_of(frequency: Callable[[str], int], count: int) -> Rarity:
    """The idf of BM25, remembered; `frequency` is the number of passages that hold a term, out of `count`."""
    return lru_cache(None)(lambda term: math.log(1 + (count - frequency(term) + 0.5) / (frequency(term) + 0.5)))


def met_share(concepts: Sequence[Concept], rarity: Rarity, terms: frozenset[str]) -> float:
    """Share of the concepts, by weight and rarity, that the terms meet, 0 to 1; 0 where there are no concepts."""
    wanted = met = 0.0
    for concept in concepts:
        values = {a.term: concept.weight * a.weight * rarity(a.term) for a in concept.alternatives}
        wanted += max(values.values(), default=0.0)
        met += max((value for term, value in values.items() if term in terms), default=0.0)
    return met / wanted if wanted else 0.0


def close_share(concepts: Sequence[Concept], rarity: Rarity, text: str) -> float:
    """Share of the question's character pairs, by rarity, in the window of a text that holds most of it, 0 to 1."""
    values = {term: rarity(term) for term in _pair_terms(concepts)}
    hits = [(start, f"p:{pair}") for pair, start in pairs_placed(fold(text)) if f"p:{pair}" in values]
    return _best_window(hits, values) / math.fsum(values.values()) if hits else 0.0


def _pair_terms(concepts: Sequence[Concept]) -> Iterable[str]:
    return (a.term for concept in concepts for a in concept.alternatives if a.channel == "pair")


def _best_window(hits: Sequence[tuple[int, str]], values: Mapping[str, float]) -> float:
    """The largest sum of the values of different terms that stand within one window."""
    best, total, first = 0.0, 0.0, 0
    held: dict[str, int] = {}
    for start, term in hits:
        total += values[term] if not held.get(term) else 0.0
        held[term] = held.get(term, 0) + 1
        while start - hits[first][0] > _WINDOW:
            gone = hits[first][1]
            held[gone] -= 1
            total -= values[gone] if not held[gone] else 0.0
            first += 1
        best = max(best, total)
    return best
