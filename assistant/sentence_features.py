"""What is measured of a sentence to tell whether it may prove an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant import type_features
from assistant.boosting import Floats
from assistant.reading import focus_span, key, read_terms, read_words, word_terms
from assistant.records import MetWord, Question
from assistant.sources import Candidate, CountsTerms, EvidenceSource, FoundCounts, concept_weight
from assistant.type_features import measure_type
from corpus.languages import detect_language
from corpus.records import LANGUAGES, Document, Kind, Language, Span
from corpus.sentences import context_before, read_document
from index.scripts import fold
from index.terms import Concept

FEATURES = (
    "coverage", "coverage_words", "coverage_pairs", "title", "before", "after", "with_title", "with_context",
    "passage", "missing_rarest", "matched_rarest", "concepts", "runs", "entities", "entities_context", "years",
    "years_context", "numbers", "length", "number", "heading", "list_item", "inside", "rank", "relative_score",
    "best_score", "dense", *type_features.FEATURES, "relative_coverage", "place_coverage",
)  # fmt: skip
"""What is measured of a sentence, in the order of the learned model's columns."""


class SentenceFeatures:
    """Measures every candidate sentence against one question.

    Args:
        question: As analysed.
        candidates: Sentences.
        collection: Tells how rare a term is, and makes vectors.
    """

    def __init__(self, question: Question, candidates: Sequence[Candidate], collection: EvidenceSource) -> None:
        self.question = question
        self.collection = collection
        self.candidates = candidates
        self.source = collection.analyzer
        self.reading = detect_language(question.standalone)
        self.concepts = list(self.source.query_concepts(question.standalone, self.reading))
        counts = collection if isinstance(collection, CountsTerms) else FoundCounts(candidates, self.source)
        self.weights = np.array([concept_weight(concept, counts) for concept in self.concepts])
        self.is_pair = np.array(
            [all(a.channel == "pair" for a in concept.alternatives) for concept in self.concepts], bool
        )
        self.reachable = {language: self.weights * _can_be_met(self.concepts, language) for language in LANGUAGES}
        """Weights of the concepts that a text of each language can meet: character pairs say nothing about English."""
        self.folded = fold(question.standalone).lower()
        self.runs = _runs(question.standalone)
        self._matches: dict[tuple[str, int], Floats] = {}
        self._words: dict[tuple[str, Language], tuple[MetWord, ...]] = {}

    def matrix(self) -> Floats:
        """float64 (n, len(FEATURES))."""
        best = max(candidate.passage.score for candidate in self.candidates)
        met = np.array([self._matched(candidate) for candidate in self.candidates]).transpose(1, 0, 2)
        own, title, before, after, passage = met
        around = np.max([own, title, before, after], axis=0)
        others = [self._row(*each, best) for each in zip(self.candidates, own, around, strict=True)]
        weights = np.array([self.reachable[each.sentence.sentence.language] for each in self.candidates])
        context = np.maximum(own, np.maximum(0.8 * title, np.maximum(0.7 * before, 0.5 * after)))
        coverages = [
            _shares(weights, own),
            _shares(weights * ~self.is_pair, own),
            _shares(weights * self.is_pair, own),
            _shares(weights, title),
            _shares(weights, np.maximum(0.0, before - own)),
            _shares(weights, np.maximum(0.0, after - own)),
            _shares(weights, np.maximum(own, title)),
            _shares(weights, context),
            _shares(weights, passage),
        ]
        rows = np.column_stack([*coverages, *_rarest(weights, context), np.array(others)])
        coverage = rows[:, FEATURES.index("with_context")]
        order = np.argsort(np.argsort(-coverage, kind="stable"), kind="stable")
        rows[:, FEATURES.index("relative_coverage")] = coverage / max(coverage.max(), 1e-9)
        rows[:, FEATURES.index("place_coverage")] = np.log1p(order)
        return rows

    def focus_met(self, position: int) -> tuple[float, float]:
        """How much of the asked noun a candidate meets, alone and with what is around it; -1 where none is asked."""
        candidate = self.candidates[position]
        weights = self.reachable[candidate.sentence.sentence.language] * self._focus_concepts
        if not weights.any():
            return -1.0, -1.0
        number = candidate.sentence.number
        own = self._place(candidate.document, number)
        around = [self._place(candidate.document, -1), self._before(candidate), own]
        around.append(self._place(candidate.document, number + 1))
        return _share(weights, own), _share(weights, np.max(around, axis=0))

    def match(self, text: str, language: Language) -> Floats:
        """How well a text meets each concept: float64 (concepts,), 0 to 1."""
        terms = read_terms(self.source, text, language)
        return np.array(
            [max((a.weight for a in concept.alternatives if a.term in terms), default=0.0) for concept in self.concepts]
        )

    def matched_words(self, text: str, language: Language) -> tuple[MetWord, ...]:
        """The words of a text that meet the question, each with the heaviest part of the question that it meets."""
        if (text, language) not in self._words:
            self._words[text, language] = tuple(self._met(text, language))
        return self._words[text, language]

    def _met(self, text: str, language: Language) -> Iterator[MetWord]:
        shares = self._shares[language]
        for token in read_words(text).tokens:
            met = [shares[t] for t in word_terms(self.source, token.text, language) if t in shares]
            if met:
                share, concept = max(met, key=lambda pair: (pair[0], -pair[1]))
                yield MetWord(token.span, share, self.concepts[concept].span)

    @cached_property
    def _shares(self) -> dict[Language, dict[str, tuple[float, int]]]:
        """For each term that meets the question: the largest share of its weight, and the concept that it meets."""
        return {language: self._shares_of(weights) for language, weights in self.reachable.items()}

    def _shares_of(self, weights: Floats) -> dict[str, tuple[float, int]]:
        total = float(weights.sum()) or 1.0
        shares: dict[str, tuple[float, int]] = {}
        for number, (concept, weight) in enumerate(zip(self.concepts, weights, strict=True)):
            for a in concept.alternatives:
                share = round(a.weight * float(weight) / total, 4)
                if share > shares.get(a.term, (0.0, 0))[0]:
                    shares[a.term] = (share, number)
        return shares

    def _place(self, document: Document, number: int) -> Floats:
        place = (document.id, number)
        if place not in self._matches:
            sentences = read_document(document)
            if 0 <= number < len(sentences):
                sentence = sentences[number]
                self._matches[place] = self.match(sentence.text, sentence.sentence.language)
            elif number == -1:
                self._matches[place] = self.match(document.article.title, document.article.language)
            else:
                self._matches[place] = np.zeros(len(self.concepts))
        return self._matches[place]

    def _before(self, candidate: Candidate) -> Floats:
        """How well each concept is met by what a sentence is read after."""
        before = context_before(candidate.document, candidate.sentence.number)
        return self._place(candidate.document, before.number) if before else np.zeros(len(self.concepts))

    def _matched(self, candidate: Candidate) -> list[Floats]:
        """How well each concept is met by a sentence, its title, what it is read after, the next one, its passage."""
        document, number = candidate.document, candidate.sentence.number
        own, title, after = (self._place(document, place) for place in (number, -1, number + 1))
        return [own, title, self._before(candidate), after, self._passage(candidate)]

    def _passage(self, candidate: Candidate) -> Floats:
        document, span = candidate.document, candidate.passage.span
        place = (document.id, -2 - span.start)
        if place not in self._matches:
            inside = [s.number for s in read_document(document) if s.sentence.span.overlaps(span)]
            self._matches[place] = np.max([self._place(document, number) for number in (*inside, -1)], axis=0)
        return self._matches[place]

    def _row(self, candidate: Candidate, own: Floats, context: Floats, best: float) -> list[float]:
        """What is measured of one candidate by itself, in the order of the columns."""
        sentence, around = candidate.sentence, self._around(candidate)
        return [
            float(len(self.concepts)),
            self._shared_runs(sentence.text),
            *self._names(sentence.text, own, context, around),
            *self._years(sentence.text, around),
            *self._shape(candidate, best),
            *measure_type(self.question.answer_type, self.folded, self.reading, sentence, len(self.concepts)),
            0.0,
            0.0,
        ]

    def _shared_runs(self, text: str) -> float:
        """Share of the question's adjacent word pairs or character triples that stand in the sentence."""
        return len(self.runs & _runs(text)) / max(1, len(self.runs))

    def _names(self, text: str, own: Floats, context: Floats, around: str) -> list[float]:
        """Share of the question's names that stand in a sentence and in what is around it; -1 where it has none."""
        names = self._name_concepts
        if not names:
            return [-1.0, -1.0]
        return [
            sum(self._meets(name, concepts, match, where) for name, concepts in names) / len(names)
            for match, where in ((own, text), (context, around))
        ]

    @cached_property
    def _name_concepts(self) -> list[tuple[str, NDArray[np.bool_]]]:
        """The question's names, and which concepts are parts of each."""
        found = []
        for name in self.question.entities:
            start = self.question.standalone.find(name)
            span = Span(start, start + len(name)) if start >= 0 else None
            found.append((fold(name).lower(), self._concepts_in(span) & ~self.is_pair))
        return found

    @cached_property
    def _focus_concepts(self) -> NDArray[np.bool_]:
        """Which concepts are parts of the asked noun."""
        return self._concepts_in(focus_span(self.question))

    def _concepts_in(self, span: Span | None) -> NDArray[np.bool_]:
        """Which concepts stand in a part of the question."""
        return np.array([span is not None and concept.span.overlaps(span) for concept in self.concepts], dtype=bool)

    def _meets(self, name: str, concepts: NDArray[np.bool_], match: Floats, text: str) -> float:
        """1 for a name that stands in a text as it is, else the share of its words that do in any translation."""
        if name in fold(text).lower():
            return 1.0
        return _share(self.weights * concepts, match)

    def _around(self, candidate: Candidate) -> str:
        """What stands around a sentence, where the question names anything that may stand there."""
        if not (self.question.entities or self.question.years):
            return ""
        number = candidate.sentence.number
        before = context_before(candidate.document, number)
        nearby = [*([before] if before else ()), *read_document(candidate.document)[number : number + 2]]
        return " ".join([*(each.text for each in nearby), candidate.document.article.title])

    def _years(self, text: str, around: str) -> list[float]:
        """Share of the question's years that stand in a sentence and around it; -1 where it has none."""
        years = [str(year) for year in self.question.years]
        return [sum(year in where for year in years) / len(years) if years else -1.0 for where in (text, around)]

    def _shape(self, candidate: Candidate, best: float) -> list[float]:
        sentence, passage = candidate.sentence, candidate.passage
        numbers = set(re.findall(r"\d+(?:[.,]\d+)*", self.folded))
        shared = sum(number in sentence.text for number in numbers) / len(numbers) if numbers else -1.0
        kind = sentence.sentence.kind
        chinese = sentence.sentence.language == "zh"
        return [
            shared,
            math.log(1 + len(sentence.text) * (2.5 if chinese else 1)),
            math.log(1 + sentence.number),
            float(kind is Kind.HEADING),
            float(kind is Kind.LIST_ITEM),
            float(candidate.inside),
            math.log(passage.rank),
            passage.score / best if best > 0 else 0.0,
            passage.signals.get("lexical", 0.0) / max(1.0, float(self.weights.sum())),
            passage.signals.get("dense", 0.0),
        ]


_ONLY: dict[Language, tuple[str, ...]] = {"en": ("e",), "zh": ("z", "p", "y")}
"""Kinds of terms that only texts of a language hold."""


def _can_be_met(concepts: Sequence[Concept], language: Language) -> NDArray[np.float64]:
    """1 for each concept with a term that a text of a language can hold, else 0."""
    foreign = [kind for other, kinds in _ONLY.items() if other != language for kind in kinds]
    return np.array([float(any(a.term.split(":")[0] not in foreign for a in c.alternatives)) for c in concepts])


def _share(weights: Floats, match: Floats) -> float:
    return float(_shares(weights[None], match[None])[0])


def _shares(weights: Floats, match: Floats) -> Floats:
    """The share of each row's weights that is met: both (n, concepts)."""
    total = weights.sum(axis=1)
    met: Floats = (weights * np.minimum(match, 1.0)).sum(axis=1)
    shares: Floats = np.divide(met, total, out=np.zeros_like(total), where=total > 0)
    return shares


def _rarest(weights: Floats, context: Floats) -> tuple[Floats, Floats]:
    """The weight of each row's rarest concept that is missing, and of its rarest that is met."""
    missing = weights * (1 - np.minimum(context, 1))
    return missing.max(axis=1, initial=0.0), (weights * context).max(axis=1, initial=0.0)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = [key(token) for token in read_words(text).tokens]
    return frozenset(pairwise(words))
