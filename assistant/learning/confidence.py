"""How sure an answer is, learned on questions whose articles do and do not answer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.boosting import Floats
from assistant.choosing import FEATURES, choose_among, measure_choice
from assistant.learning.training import Stages, held_out
from assistant.learning.trees import export
from corpus.records import LANGUAGES

FALSE_REFUSALS = 0.08
"""Share of answerable questions that may be refused."""
HIGHEST = 0.45
"""No threshold lies above it: what it lets through still has to share the question's premises, by which alone most of
the bundled set's unanswerable questions above .38 are refused. From here to .5 that set has no question whose status
changes, and the news sets six answerable ones, all with the right quote, and four unanswerable ones."""
LOWEST = 0.36
"""No threshold lies below it: of Chinese questions to English articles eight in a hundred are refused below .27; from
there to this the bundled set has two unanswerable questions and one right answer."""

_RISING = {
    "chosen", "evidence", "span", "best_evidence", "best_context", "best_dense", "best_entities", "with_context",
    "coverage", "coverage_words", "passage", "runs", "entities",
    "entities_context", "years", "years_context", "numbers", "dense", "type_found", "nearness", "match", "match_best",
    "match_context", "best_match", "answers", "best_span", "best_answers",
}  # fmt: skip
_FALLING = {"least_missing", "missing_rarest"}
"""What speaks for an answer and what against it, whatever else is seen: kept so in learning."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """The learned model, the thresholds by the languages of question and answer, and how well held-out ones did."""

    model: dict[str, Any]
    threshold: dict[str, float]
    report: dict[str, Any]


def learn_confidence(stages: Stages) -> Confidence:
    """Learn from the choices that held-out models made."""
    rows, labels, folds, names, directions = [], [], [], [], []
    for number, item in enumerate(stages.items):
        evidence = stages.measured[number].evidence
        choice = choose_among(evidence, stages.candidates(number)) if evidence else None
        if choice is None:
            continue
        rows.append(measure_choice(item.example.question, evidence, choice))
        labels.append(np.array([float(item.answerable)]))
        folds.append(item.fold)
        names.append(item.example.set_name)
        told = next(one for one in evidence if one.key == choice.span.key).sentence.language
        directions.append(f"{item.example.question.language}-{told}")
    signs = [1 if name in _RISING else -1 if name in _FALLING else 0 for name in FEATURES]
    settings = {"num_leaves": 6, "max_depth": 3, "min_data_in_leaf": 20, "learning_rate": 0.06}
    predictions, model = held_out(rows, labels, folds, 120, **settings, monotone_constraints=signs)
    scores, truth = np.concatenate(predictions), np.concatenate(labels)
    threshold = {}
    for direction in (f"{asked}-{told}" for asked in LANGUAGES for told in LANGUAGES):
        positive = scores[(truth == 1) & (np.array(directions) == direction)]
        found = float(np.quantile(positive, FALSE_REFUSALS)) if len(positive) else 0.3
        threshold[direction] = round(min(max(found, LOWEST), HIGHEST), 4)
    kinds = np.array([name.split()[0] for name in names])
    report = {
        kind: {"n": int((kinds == kind).sum()), "auroc": round(auroc(scores[kinds == kind], truth[kinds == kind]), 3)}
        for kind in sorted(set(kinds))
    }
    return Confidence(export(model, FEATURES), threshold, {"confidence": report})


def auroc(scores: Floats, truth: Floats) -> float:
    """Area under the ROC curve: the chance that an answerable question scores above another; 0.5 without both."""
    yes, no = scores[truth == 1], scores[truth == 0]
    if not len(yes) or not len(no):
        return 0.5
    above = (yes[:, None] > no[None, :]).mean() + 0.5 * (yes[:, None] == no[None, :]).mean()
    return float(above)
