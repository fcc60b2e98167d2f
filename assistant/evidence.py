"""Which sentences may prove an answer: those of the found passages and their neighbours, scored."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.boosting import Floats, probability
from assistant.learned import sentence_model
from assistant.records import Evidence, Question
from assistant.sentence_features import FEATURES, SentenceFeatures
from assistant.sources import Candidate, EvidenceSource, find_candidates
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
    return ranked(features, rows, probability(sentence_model().score(rows)))


def ranked(features: SentenceFeatures, rows: Floats, scores: Floats) -> list[Evidence]:
    """The best of the measured sentences as evidence.

    Args:
        features: Of the question and the candidates.
        rows: `features.matrix()`.
        scores: One a candidate, 0 to 1.
    """
    candidates = features.candidates
    order = sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i].passage.rank, i))[:KEPT]
    return [
        _evidence(f"S{place}", candidates[i], float(scores[i]), rows[i], features)
        for place, i in enumerate(order, start=1)
    ]


def _evidence(name: str, candidate: Candidate, score: float, row: Floats, features: SentenceFeatures) -> Evidence:
    document, sentence = candidate.document, candidate.sentence.sentence
    text = sentence.span.cut(document.text)
    return Evidence(
        key=name,
        document_id=document.id,
        sentence=sentence,
        text=text,
        article=document.article,
        score=score,
        signals=dict(zip(FEATURES, (round(float(value), 4) for value in row), strict=True)),
        matched=features.matched_words(text, sentence.language),
        family=candidate.passage.family,
    )
