"""Which sentences may prove an answer: those of the found passages and their neighbours, scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from assistant.boosting import Floats, probability, scaled_odds
from assistant.defining import tells_what
from assistant.dimensions import is_of_pieces
from assistant.implied import tells_implied
from assistant.learned import second_look_model, sentence_model
from assistant.lists import with_list
from assistant.reading import asked_days
from assistant.records import Evidence, Question, WordScore
from assistant.second_look import (
    FEATURES,
    LEAST_CHANCE,
    LOOKED_AT,
    OF_ANOTHER_TIME,
    Look,
    counts_focus,
    look_closely,
    time_told,
)
from assistant.sentence_features import SentenceFeatures
from assistant.sources import EvidenceSource, find_candidates
from assistant.superlatives import asks_whether_most, tells_most
from corpus.records import Kind, Sentence, Span
from index.records import Passage

KEPT = 24
"""At most so many sentences are handed on."""
_NEAR = 3 * LOOKED_AT
"""So many of the best are held to the time asked for before the second look."""
_OTHER_TIME = 0.1
"""Factor of the chance to be looked at closely of a sentence that tells of another time than the one asked for."""
_IMPLIED = 3
"""So many of the likeliest sentences that tell what a question implies (`assistant.implied`) get a second look."""


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
    look = look_closely(features, rows, worth_a_look(first, features))
    return ranked(features, rows, first, look, probability(second_look_model().score(look.rows)))


def weighed(evidence: Sequence[Evidence], factors: Iterable[float]) -> list[Evidence]:
    """The sentences anew, the odds of each multiplied by its factor, best first."""
    held = [
        item if factor == 1.0 else replace(item, score=scaled_odds(item.score, factor))
        for item, factor in zip(evidence, factors, strict=True)
    ]
    return sorted(held, key=lambda item: -item.score)


def fitting_first(evidence: Sequence[Evidence], fits: Sequence[bool], factor: float) -> Sequence[Evidence]:
    """The sentences anew: where any fits, the odds of those that don't are multiplied by a factor, best first."""
    return weighed(evidence, (1.0 if fit else factor for fit in fits)) if any(fits) else evidence


def worth_a_look(first: Floats, features: SentenceFeatures) -> list[int]:
    """Positions of the candidates that get a second look, best first.

    What tells nothing gets one only for want of others, and what has hardly a chance beside the best none; what tells
    of another time than the one asked for comes later. The last places are for what tells what the question implies.
    """
    order = best_of(first, features)
    told = [i for i in order if tells(features.candidates[i].sentence.sentence, features.candidates[i].sentence.text)]
    near, asked = (told or order)[:_NEAR], asked_days(features.question)
    others = {i for i in near if asked and time_told(asked, features, i) == OF_ANOTHER_TIME}
    chances = {i: _OTHER_TIME * first[i] if i in others else first[i] for i in near}
    best, *rest = sorted(near, key=lambda i: -chances[i])[:LOOKED_AT]
    likely = [best, *(i for i in rest if chances[i] >= LEAST_CHANCE * chances[best])]
    implied = (i for i in told if _tells_asked(features.question, features.candidates[i].sentence.text))
    added = [i for i in islice(implied, _IMPLIED) if i not in likely] or _counting(features, told, likely)
    return [*likely[: LOOKED_AT - len(added)], *added]


def _counting(features: SentenceFeatures, told: Sequence[int], likely: Sequence[int]) -> list[int]:
    """The likeliest candidates that count what is asked for, where none of those does that get a second look."""

    def counts(position: int) -> bool:
        sentence = features.candidates[position].sentence
        met = features.matched_words(sentence.text, sentence.sentence.language)
        return counts_focus(features.question, sentence.text, met) > 0

    if not is_of_pieces(features.question) or any(map(counts, likely)):
        return []
    return list(islice(filter(counts, told), _IMPLIED))


def _tells_asked(question: Question, text: str) -> bool:
    """Whether a text tells what a question implies, what something is or, where that is asked, that it is the most."""
    if asks_whether_most(question):
        return tells_most(question, text)
    return tells_implied(question, text) or tells_what(question, text)


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


def ranked(features: SentenceFeatures, rows: Floats, first: Floats, look: Look, second: Floats) -> list[Evidence]:
    """The best of the measured sentences as evidence: those looked at twice, then the others.

    Args:
        features: Of the question and the candidates.
        rows: `features.matrix()`.
        first: A score for each candidate, 0 to 1.
        look: The second look.
        second: A score for each candidate that got it, 0 to 1.
    """
    scores = np.minimum(first, second.min())
    scores[look.positions] = second
    measured = dict(zip(look.positions, look.rows, strict=True))
    read = dict(zip(look.positions, look.words, strict=True))
    twice = sorted(look.positions, key=lambda i: (-scores[i], features.candidates[i].passage.rank, i))
    once = [i for i in best_of(first, features) if i not in measured]
    found: dict[tuple[str, Span], Evidence] = {}
    for i in [*twice, *once][:KEPT]:
        row = measured.get(i, rows[i])
        item = _evidence(f"S{len(found) + 1}", features, i, float(scores[i]), row, read.get(i, ()))
        found.setdefault((item.document_id, item.sentence.span), item)
    return list(found.values())


def _evidence(
    name: str, features: SentenceFeatures, position: int, score: float, row: Floats, reading: tuple[WordScore, ...]
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
        reading=reading,
        family=candidate.passage.family,
    )
