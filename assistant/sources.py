"""Where evidence comes from: the sentences of found passages, and how rare the words asked for are there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from assistant.reading import TermSource, read_terms
from corpus.records import LANGUAGES, Document, Language
from corpus.sentences import ReadSentence, read_document
from index.joint_reading import Reading
from index.late_interaction import Window, window_of
from index.records import Passage
from index.terms import Concept


class EvidenceSource(Protocol):
    """What is needed of a collection."""

    @property
    def analyzer(self) -> TermSource:
        """Terms of texts and concepts of questions."""

    def document(self, document_id: str) -> Document:
        """A document by its id."""

    def nearness(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Cosine of a question with each of some sentences, (n,)."""

    def match(self, question: str, windows: Sequence[Window]) -> NDArray[np.float64]:
        """How well the words of sentences in their context meet a question's, (n, len(MEASURES))."""

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Whether sentences in their context answer a question, and where in them the answer stands."""


@runtime_checkable
class CountsTerms(Protocol):
    """A collection that knows how rare terms are."""

    def document_frequency(self, language: Language, term: str) -> int:
        """Number of chunks of a language that hold a term."""

    def chunk_count_of(self, language: Language) -> int:
        """Number of chunks of a language."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage, or next to one."""

    document: Document
    sentence: ReadSentence
    passage: Passage
    """The best passage that holds it or lies beside it."""
    inside: bool
    """Whether it lies in that passage."""

    @property
    def window(self) -> Window:
        """The sentence as late interaction and the reader read it."""
        return window_of(self.document, self.sentence)


class FoundCounts:
    """Counts terms among the found sentences, for collections that do not count: a rough guide to what is rare.

    Args:
        candidates: The found sentences.
        source: Terms of texts.
    """

    def __init__(self, candidates: Sequence[Candidate], source: TermSource) -> None:
        self._terms = [
            (c.sentence.sentence.language, read_terms(source, c.sentence.text, c.sentence.sentence.language))
            for c in candidates
        ]

    def document_frequency(self, language: Language, term: str) -> int:
        """Number of sentences of a language that hold a term."""
        return sum(term in terms for spoken, terms in self._terms if spoken == language)

    def chunk_count_of(self, language: Language) -> int:
        """Number of sentences of a language."""
        return sum(spoken == language for spoken, _ in self._terms)


def find_candidates(passages: Sequence[Passage], collection: EvidenceSource) -> list[Candidate]:
    """Every sentence in or next to a passage, once, in the order of the passages."""
    found: dict[tuple[str, int], Candidate] = {}
    for passage in passages:
        document = collection.document(passage.document_id)
        sentences = read_document(document)
        inside = [s.number for s in sentences if s.sentence.span.overlaps(passage.span)]
        if not inside:
            continue
        for number in range(max(0, inside[0] - 1), min(len(sentences), inside[-1] + 2)):
            place = (document.id, number)
            within = inside[0] <= number <= inside[-1]
            if place not in found or (within and not found[place].inside):
                found.setdefault(place, Candidate(document, sentences[number], passage, within))
    return list(found.values())


def concept_weight(concept: Concept, counts: CountsTerms) -> float:
    """Weight of a concept times its rarity, 0 to about 1: inverse document frequency, its synonyms counted together."""
    found = size = 0.0
    for language in LANGUAGES:
        count = counts.chunk_count_of(language)
        if count:
            frequencies = (a.weight * counts.document_frequency(language, a.term) for a in concept.alternatives)
            found += min(float(count), sum(frequencies))
            size += count
    return concept.weight * math.log(1 + (size - found + 0.5) / (found + 0.5)) / math.log(2 + size)
