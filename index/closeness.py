"""Two signals that take the best passages' own text: what the title tells, and how much of the question stands in it.

Both are shares of what a question asks for, weighted by rarity, from 0 to 1, and enter a passage's score squared: a
little of everything tells little. They are read for the passages that lead already, for they need the text. Closeness
is read where question and passage are in one language: the share that stands within two or three Chinese sentences, or
within an English passage. BM25 counts a repeated word again, and a word in a short text for more; the share doesn't,
and takes over most of BM25's part in the order of English passages. What counts is the difference from the leading
passage of the same language: only a Chinese passage can stand close to a Chinese question, and must not be put before
English ones for that.

Measured, right passage first. Title: news_en_rtqa .779 -> .808, other sets the same. Closeness of English, whole sets:
xquad .962 -> .967, nq_en .929 -> .931, evidence_en .840 both, news_en_rtqa (104 questions) .798 -> .788; fitted for
evidence_en it makes that .862, but nq_en .925. Closeness of Chinese: by character pairs news_zh_crud .910 -> .935,
xquad .950 -> .957; by all terms instead drcd .941 -> .945, xquad and cmrc2018 the same, news_zh_crud (322) .935 ->
.932. Across languages it added nothing (n = 638 each way). Left out: nearness to the mean vector of the
article (nq_en .910 -> .917, news_en_rtqa .779 -> .798, but evidence_en .826 -> .816 and drcd .940 -> .927), the place
of a passage in its article, the lexical scores of its other passages (within a point of nothing), and an article's day
near the time that a question names (31 of 37 such questions of news_zh_crud right with it and without).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from corpus.records import Language
from index.fusion import DENSE, LEXICAL, Fused, best_first
from index.scripts import fold
from index.terms import Analyzer, Concept
from index.tokenizing import latin_words, lemma
from index.values import value_terms

TITLE = "title"
CLOSENESS = "closeness"
WEIGHTS: Final[Mapping[Language, Mapping[str, float]]] = {
    "en": {TITLE: 3.0, CLOSENESS: 4.0},
    "zh": {TITLE: 6.0, CLOSENESS: 12.0},
}
"""What a full share adds to the fused score of a passage of that language."""
FACTORS: Final[Mapping[str, float]] = {LEXICAL: 0.36, DENSE: 1.13}
"""What the fused shares of English passages are multiplied with where closeness is read, by channel."""
_WINDOW: Final[Mapping[Language, int]] = {"en": 600, "zh": 120}
"""Characters within which the asked words count as close: an English passage, two or three Chinese sentences."""
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
        """The two signals of one passage, each 0 to 1; closeness only where both are in one language.

        Args:
            concepts: Of the question, as `levelling.level` leaves them for the passage's language.
            rarity: In that language.
            question: Its language.
            passage: The passage's language.
            title: Of the passage's article; may be empty.
            text: Of the passage.
        """
        found = {}
        if title:
            found[TITLE] = met_share(concepts, rarity, self._title_terms(title, passage))
        if question == passage:
            found[CLOSENESS] = close_share(concepts, rarity, text, passage)
        return found

    def _make_title_terms(self, title: str, language: Language) -> frozenset[str]:
        return frozenset(self._analyzer.document_terms(title, language))


def reordered(
    fused: Sequence[Fused],
    signals: Mapping[str, Mapping[str, float]],
    languages: Mapping[str, Language],
    question: Language,
    trust: Mapping[str, float],
) -> list[Fused]:
    """Candidates by descending score with what their shares add; the first one of each language keeps its score.

    Args:
        fused: Best first.
        signals: Shares of each by signal.
        languages: Of each.
        question: Language of the question.
        trust: What the weight of each signal is multiplied with, 0 or more; 0 leaves it out.
    """
    leaders: dict[Language, dict[str, float]] = {}
    moved = []
    for each in fused:
        language = languages[each.id]
        factors = FACTORS if language == question == "en" and trust[CLOSENESS] else {}
        told = {name: (factors.get(name, 1.0) - 1.0) * share for name, share in each.shares.items()}
        for name, weight in WEIGHTS[language].items():
            told[name] = trust[name] * weight * signals[each.id].get(name, 0.0) ** 2
        leader = leaders.setdefault(language, told)
        added = {name: share - leader.get(name, 0.0) for name, share in told.items()}
        shares = {name: each.shares.get(name, 0.0) + share for name, share in added.items()}
        moved.append(Fused(each.id, each.score + math.fsum(added.values()), shares))
    return best_first(moved)


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


def close_share(concepts: Sequence[Concept], rarity: Rarity, text: str, language: Language) -> float:
    """Share of the concepts, by weight and rarity, in the window of a text that holds most of them, 0 to 1.

    Args:
        concepts: Of a question, as `levelling.level` leaves them for the text's language.
        rarity: Of terms.
        text: Of a passage, or a part of it.
        language: Of the text.
    """
    values: dict[str, list[tuple[int, float]]] = {}
    wanted = 0.0
    for number, concept in enumerate(concepts):
        told = {a.term: concept.weight * a.weight * rarity(a.term) for a in concept.alternatives if _is_seen(a.term)}
        wanted += max(told.values(), default=0.0)
        for term, value in told.items():
            values.setdefault(term, []).append((number, value))
    hits = sorted((start, *met) for term, start in _placed(values, text, language) for met in values[term])
    return min(1.0, _best_window(hits, _WINDOW[language]) / wanted) if hits else 0.0


def _is_seen(term: str) -> bool:
    """Whether a text can be searched for a term as it stands: not for sounds, and not for single characters."""
    return term.startswith(("e:", "n:", "d:")) or (term.startswith(("z:", "p:")) and len(term) > 3)


def _placed(terms: Iterable[str], text: str, language: Language) -> Iterator[tuple[str, int]]:
    """Where terms stand in a text, in any order."""
    wanted, folded = frozenset(terms), fold(text)
    kinds = {term[:2] for term in wanted}
    if "e:" in kinds:
        found = ((f"e:{lemma(word)}", start) for word, start in latin_words(folded))
        yield from (place for place in found if place[0] in wanted)
    if kinds & {"n:", "d:"}:
        yield from ((term, span.start) for term, span in value_terms(text, language) if term in wanted)
    for term in wanted if language == "zh" else ():
        name, _, word = term.partition(":")
        start = folded.find(word) if name in "zp" else -1
        while start >= 0:
            yield term, start
            start = folded.find(word, start + 1)


def _best_window(hits: Sequence[tuple[int, int, float]], width: int) -> float:
    """The largest value of different concepts within so many characters; hits are places, concepts and values."""
    best = 0.0
    for first, (start, _, _) in enumerate(hits):
        held: dict[int, float] = {}
        for place, concept, value in islice(hits, first, None):
            if place - start > width:
                break
            held[concept] = max(value, held.get(concept, 0.0))
        best = max(best, math.fsum(held.values()))
    return best
