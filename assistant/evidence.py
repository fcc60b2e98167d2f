"""Which sentences may prove an answer: those of the found passages and their neighbours, scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from assistant.boosting import Floats, probability, scaled_odds
from assistant.learned import second_look_model, sentence_model
from assistant.records import AnswerType, Evidence, Question, WordScore
from assistant.second_look import FEATURES, LOOKED_AT, measure_closely, read_closely
from assistant.sentence_features import SentenceFeatures
from assistant.sources import Candidate, EvidenceSource, find_candidates
from corpus.records import Kind, Sentence, Span
from corpus.sentences import read_document
from index.records import Passage

KEPT = 24
"""At most so many sentences are handed on."""


def gather_evidence(question: Question, passages: Sequence[Passage], collection: EvidenceSource) -> list[Evidence]:
    """The sentences of the passages that may prove an answer, best first, keyed `S1`, `S2`, ...

    Args:
        question: As analysed.
        passages: Best first.
        collection: Where they were found.
    """
    candidates = find_candidates(passages, collection)
    if not candidates:
        return []
    features = SentenceFeatures(question, candidates, collection)
    rows = features.matrix()
    first = probability(sentence_model().score(rows))
    looked_at = worth_a_look(first, features)
    closer = measure_closely(features, rows, looked_at)
    return ranked(features, rows, first, looked_at, closer, probability(second_look_model().score(closer)))


def weighed(evidence: Sequence[Evidence], factors: Iterable[float]) -> list[Evidence]:
    """The sentences anew, the odds of each multiplied by its factor, best first."""
    held = [
        item if factor == 1.0 else replace(item, score=scaled_odds(item.score, factor))
        for item, factor in zip(evidence, factors, strict=True)
    ]
    return sorted(held, key=lambda item: -item.score)


def worth_a_look(first: Floats, features: SentenceFeatures) -> list[int]:
    """Positions of the candidates that get a second look, best first; what tells nothing only for want of others."""
    order = best_of(first, features)
    told = [i for i in order if tells(features.candidates[i].sentence.sentence, features.candidates[i].sentence.text)]
    return (told or order)[:LOOKED_AT]


def tells(sentence: Sentence, text: str) -> bool:
    """Whether a sentence can tell anything: it is no heading, and asks no question itself.

    Args:
        sentence: Of an article.
        text: Its text.
    """
    return sentence.kind is not Kind.HEADING and not text.rstrip('”"』」’) ）').endswith(("?", "？"))


def best_of(scores: Floats, features: SentenceFeatures) -> list[int]:
    """Positions of the candidates, best first."""
    candidates = features.candidates
    return sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i].passage.rank, i))


def ranked(
    features: SentenceFeatures, rows: Floats, first: Floats, looked_at: Sequence[int], closer: Floats, second: Floats
) -> list[Evidence]:
    """The best of the measured sentences as evidence: those looked at twice, then the others.

    Args:
        features: Of the question and the candidates.
        rows: `features.matrix()`.
        first: A score for each candidate, 0 to 1.
        looked_at: Positions of the candidates that were looked at twice.
        closer: What was measured of these.
        second: A score for each of these, 0 to 1.
    """
    scores = np.minimum(first, second.min())
    scores[list(looked_at)] = second
    measured = dict(zip(looked_at, closer, strict=True))
    twice = sorted(looked_at, key=lambda i: (-scores[i], features.candidates[i].passage.rank, i))
    once = [i for i in best_of(first, features) if i not in measured]
    read = read_closely(features, looked_at)
    found: dict[tuple[str, Span], Evidence] = {}
    for i in [*twice, *once][:KEPT]:
        row = measured.get(i, rows[i])
        item = _evidence(f"S{len(found) + 1}", features, i, float(scores[i]), row, read.get(i, ()))
        found.setdefault((item.document_id, item.sentence.span), item)
    return list(found.values())


def _evidence(
    name: str, features: SentenceFeatures, position: int, score: float, row: Floats, reading: Sequence[WordScore]
) -> Evidence:
    candidate = features.candidates[position]
    document, sentence = candidate.document, with_list(candidate, features.question)
    text = sentence.span.cut(document.text)
    return Evidence(
        key=name,
        document_id=document.id,
        sentence=sentence,
        text=text,
        article=document.article,
        score=score,
        signals=dict(zip(FEATURES, (round(float(value), 4) for value in row), strict=False)),
        matched=features.matched_words(text, sentence.language),
        reading=moved(reading, candidate.sentence.offset - sentence.span.start),
        family=candidate.passage.family,
    )


def moved(reading: Sequence[WordScore], offset: int) -> tuple[WordScore, ...]:
    """The words of a sentence in a text where it begins at an offset, nearly always 0."""
    if not offset:
        return tuple(reading)
    return tuple(replace(word, span=word.span.moved(offset)) for word in reading)


def with_list(candidate: Candidate, question: Question) -> Sentence:
    """A candidate's sentence; with the items that follow where it introduces them, or whose list is asked for."""
    sentences = [read.sentence for read in read_document(candidate.document)]
    first = candidate.sentence.number
    if sentences[first].kind is Kind.LIST_ITEM and question.answer_type is AnswerType.LIST:
        while first and sentences[first].kind is Kind.LIST_ITEM:
            first -= 1
    if not _introduces(sentences[first], candidate.document.text):
        return candidate.sentence.sentence
    last = first
    while last + 1 < len(sentences) and sentences[last + 1].kind is Kind.LIST_ITEM:
        last += 1
    return replace(candidate.sentence.sentence, span=Span(sentences[first].span.start, sentences[last].span.end))


def _introduces(sentence: Sentence, text: str) -> bool:
    """Whether a sentence of prose ends with a colon, or stops short: "To get there, the city wants to"."""
    said = sentence.span.cut(text).rstrip()
    return said.endswith((":", "：")) or (sentence.kind is Kind.PROSE and said[-1:].isalnum())
