"""Rarity evened out among the ways to say one thing, before a store weighs each term by its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from index.terms import Alternative, Concept


def level(concepts: Iterable[Concept], document_frequency: Callable[[str], int], count: int) -> list[Concept]:
    """Evens out rarity inside each concept, so that a rare wrong synonym does not beat the right common one.

    A store scores a term by its own rarity (the idf of BM25). Here every alternative's weight is multiplied by the
    ratio of the concept's rarity to its own, where the concept's document frequency is the weighted sum over its
    alternatives of one language (Darwish and Oard, Probabilistic structured query methods, SIGIR 2003), and terms that
    no document holds are left out.

    Args:
        concepts: As `Analyzer.query_concepts` makes them.
        document_frequency: Number of documents that hold a term, 0 or more.
        count: Number of documents.
    """
    return [
        Concept(c.surface, c.span, c.weight, alternatives)
        for c in concepts
        if (alternatives := _levelled(c.alternatives, document_frequency, count))
    ]


def _levelled(
    alternatives: tuple[Alternative, ...], document_frequency: Callable[[str], int], count: int
) -> tuple[Alternative, ...]:
    def rarity(frequency: float) -> float:
        return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))

    frequencies = {a.term: document_frequency(a.term) for a in alternatives}
    levelled = []
    for english in (True, False):
        members = [a for a in alternatives if a.term.startswith("e:") == english and frequencies[a.term]]
        total = sum(a.weight * frequencies[a.term] for a in members)
        for a in members:
            factor = rarity(min(count, total)) / rarity(frequencies[a.term])
            levelled.append(Alternative(a.term, a.weight * factor, a.channel))
    return tuple(levelled)
