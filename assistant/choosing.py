"""Which sentence and which span make the answer, and how likely it is that the articles answer the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.abbreviations import spell_out
from assistant.attribution import prefer_attributed
from assistant.besides import others_first
from assistant.boosting import Floats, probability
from assistant.compared import both_first
from assistant.discourse import adjacent, before, counted_list_first, listed_first, of_someone
from assistant.evidence import tells
from assistant.extraction import Candidate, extract
from assistant.fitting import fit_candidates, fitting_evidence
from assistant.learned import confidence_model
from assistant.naming import names, news_first
from assistant.records import Evidence, Question
from assistant.span_context import answer_group
from assistant.speakers import speaker_named

_TAKEN = (
    "with_context", "coverage", "coverage_words", "passage", "missing_rarest", "matched_rarest", "concepts", "runs",
    "entities", "entities_context", "years", "years_context", "numbers", "best_score", "relative_score", "dense",
    "type_found", "title",
    "zh", "crossing",
)  # fmt: skip
_LOOKED_UP = (
    "nearness", "match", "match_best", "match_context", "answers", "answers_lead", "best_span", "best_span_lead",
    "counted", "time", "focus", "focus_context",
)  # fmt: skip
"""Taken where the sentence got a second look."""
FEATURES = (
    "chosen", "evidence", "span", "lead", "second_span", "best_evidence", "mean_evidence", "best_context", "best_dense",
    "best_entities", "least_missing", "group", *_TAKEN, *_LOOKED_UP, "best_match", "best_answers",
)  # fmt: skip
"""What is measured of a choice, in the order of the learned model's columns."""

_SPAN_WEIGHT = 1.0
"""Weight of a span's log-odds beside its sentence's, of 0, 0.5, 1 and 1.5 the best in cross-validation."""
_OWN_LANGUAGE = 0.7
"""Log-odds by which a sentence in the language of the question is ahead: of two equal proofs it is the one read."""
_UNREAD = -5.0
"""Log-odds that a sentence answers which the reader has not read."""
_CERTAIN = 0.95
"""Chance that a form which leaves no doubt answers the question."""
_NEIGHBOUR = 0.4
"""A runner-up next to the best sentence joins its quote from this share of its odds."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer chosen among the candidates."""

    span: Candidate
    support: tuple[str, ...]
    """Keys of neighbouring sentences that belong to the quote, in order."""
    candidates: tuple[Candidate, ...]
    """All spans, best first, the chosen one included."""
    totals: tuple[tuple[str, float], ...]
    """Each sentence that was read with its log-odds, its own as evidence and its best span's together, best first."""
    is_certain: bool = False
    """Whether it is told in a form that leaves no doubt."""


def choose(question: Question, evidence: Sequence[Evidence]) -> Choice | None:
    """The best span of the best sentence; None where no sentence holds any span.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    told = [item for item in evidence if tells(item.sentence, item.text)] or evidence
    told = others_first(question, both_first(question, counted_list_first(question, told)))
    told = listed_first(question, prefer_attributed(question, fitting_evidence(question, told)))
    spelled = spell_out(question, told)
    if spelled:
        return Choice(spelled[0], (), tuple(spelled), sentence_totals(told, spelled), is_certain=True)
    choice = choose_among(told, fit_candidates(question, told, news_first(question, told, extract(question, told))))
    return _named(question, told, choice) if choice else None


def _named(question: Question, evidence: Sequence[Evidence], choice: Choice) -> Choice:
    """The choice; where only "she" or 他 is told of someone who is asked for, whom the sentence before it names."""
    speaker = speaker_named(question, evidence)
    if speaker:
        return replace(choice, span=speaker[0], support=(speaker[1].key,))
    by_key = {item.key: item for item in evidence}
    chosen = by_key[choice.span.key]
    ahead = before(chosen, evidence) if of_someone(question, chosen) else None
    named = [one for one in choice.candidates if ahead and one.key == ahead.key and names(question, ahead, one)]
    if not named or (names(question, chosen, choice.span) and choice.span.score >= named[0].score):
        return choice
    return replace(choice, span=named[0], support=(chosen.key,))


def choose_among(evidence: Sequence[Evidence], candidates: Sequence[Candidate]) -> Choice | None:
    """As `choose`, with the spans given, best first."""
    totals = sentence_totals(evidence, candidates)
    if not totals:
        return None
    best = totals[0][0]
    span = next(candidate for candidate in candidates if candidate.key == best)
    return Choice(span, _neighbours(evidence, totals), tuple(candidates), totals)


def sentence_totals(evidence: Sequence[Evidence], candidates: Sequence[Candidate]) -> tuple[tuple[str, float], ...]:
    """The log-odds of each sentence with a span: its own as evidence and its best span's together, best first."""
    scores = {item.key: item.score for item in evidence}
    own = {item.key: item.signals.get("same_language", 0.0) for item in evidence}
    best: dict[str, float] = {}
    for candidate in candidates:
        best.setdefault(candidate.key, candidate.score)
    totals = [
        (key, log_odds(scores[key]) + _SPAN_WEIGHT * log_odds(span) + _OWN_LANGUAGE * own[key])
        for key, span in best.items()
    ]
    return tuple(sorted(totals, key=lambda pair: (-pair[1], int(pair[0][1:]))))


def _neighbours(evidence: Sequence[Evidence], totals: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The runner-up, where it stands next to the best sentence and is not much less likely."""
    by_key = {item.key: item for item in evidence}
    best = by_key[totals[0][0]]
    for key, total in totals[1:3]:
        other = by_key[key]
        if adjacent(best, other):
            return (key,) if np.exp(total - totals[0][1]) >= _NEIGHBOUR else ()
    return ()


def confidence(question: Question, evidence: Sequence[Evidence], choice: Choice) -> float:
    """Chance in [0, 1] that the articles answer the question."""
    if choice.is_certain:
        return _CERTAIN
    return float(probability(confidence_model().score(measure_choice(question, evidence, choice)))[0])


def measure_choice(question: Question, evidence: Sequence[Evidence], choice: Choice) -> Floats:
    """float64 (1, len(FEATURES))."""
    chosen = next(item for item in evidence if item.key == choice.span.key)
    second = next((c.score for c in choice.candidates if c.text != choice.span.text), 0.0)
    lead = choice.totals[0][1] - (choice.totals[1][1] if len(choice.totals) > 1 else -10.0)
    near = evidence[:5]
    row = [
        choice.totals[0][1],
        chosen.score,
        choice.span.score,
        lead,
        second,
        evidence[0].score,
        sum(item.score for item in near) / len(near),
        max(item.signals["with_context"] for item in near),
        max(item.signals["dense"] for item in near),
        max(item.signals["entities_context"] for item in near),
        min(item.signals["missing_rarest"] for item in near),
        float(answer_group(question)),
        *(chosen.signals[name] for name in _TAKEN),
        *(chosen.signals.get(name, 0.0) for name in _LOOKED_UP),
        max(item.signals.get("match_context", 0.0) for item in near),
        max(item.signals.get("answers", _UNREAD) for item in near),
    ]
    return np.array([row])


def log_odds(chance: float) -> float:
    """Logit of a probability, kept finite."""
    clipped = min(max(chance, 1e-4), 1 - 1e-4)
    return float(np.log(clipped / (1 - clipped)))
