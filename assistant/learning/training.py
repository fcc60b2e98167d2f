"""From examples to learned weights: sentences, their second look, then spans, each on held-out scores before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import second_look, sentence_features, span_features
from assistant.boosting import Floats
from assistant.choosing import choose_among
from assistant.evidence import ranked, worth_a_look
from assistant.extraction import READ, Candidate, measure_evidence, ranked_spans
from assistant.learning.examples import Example, fold_of, squeeze
from assistant.learning.trees import SETTINGS, export
from assistant.records import Evidence
from assistant.second_look import Look, look_closely
from assistant.sentence_features import SentenceFeatures
from assistant.sources import Candidate as SentenceCandidate
from assistant.span_context import Tables
from assistant.spans import SpanTable
from corpus.languages import count_han

FOLDS = 3
SENTENCE_TREES = 150
SPAN_TREES = 300
SHARPNESS = 2.0
"""Power of a span's overlap with the answer that is learned: above 1, near misses count less."""
_KEPT_SPANS = 160
"""Spans of one question that are learned from: all that overlap the answer, and a sample of the others."""


@dataclass
class Gathered:
    """An example with its measured sentences."""

    example: Example
    features: SentenceFeatures
    rows: Floats
    labels: NDArray[np.int64]
    """1 for a sentence with the marked answer, -1 for another one that holds the same words, else 0."""
    fold: int
    learned_from: bool
    """False where nothing can be learned for ranking: no answer is marked, or its document is hidden."""
    answerable: bool

    def look(self, first: Floats) -> Look:
        """The second look at the sentences that get one by these scores."""
        return look_closely(self.features, self.rows, worth_a_look(first, self.features))


def gather(examples: Iterable[Example], hidden: bool = False) -> list[Gathered]:
    """Measure the sentences found for each example; with `hidden`, as if the answer's document were not there."""
    found = []
    for example in examples:
        candidates = example.candidates(hidden)
        if candidates:
            features = SentenceFeatures(example.question, candidates, example.collection)
            labels = np.array([_label(example, candidate) for candidate in candidates])
            if hidden and (labels == -1).any():
                continue  # another document may answer it too
            useful = not hidden and bool(example.spans)
            labels = labels if useful else np.full(len(labels), -1)
            answerable = not hidden and bool(example.gold)
            found.append(
                Gathered(
                    example, features, features.matrix(), labels, fold_of(example.group, FOLDS), useful, answerable
                )
            )
    return found


def _label(example: Example, candidate: SentenceCandidate) -> int:
    sentence = candidate.sentence
    if candidate.document.id == example.gold and any(sentence.sentence.span.overlaps(s) for s in example.spans):
        return 1
    text = squeeze(sentence.text)
    return -1 if any(squeeze(answer) and squeeze(answer) in text for answer in example.answers) else 0


def held_out(
    rows: Sequence[Floats], labels: Sequence[Floats], folds: Sequence[int], trees: int, **settings: float | list[int]
) -> tuple[list[Floats], Any]:
    """Predictions of each item by a model that has not seen its fold, and a model that has seen all.

    Args:
        rows: Features of each item, (n, features).
        labels: In [0, 1], or negative for rows to leave out.
        folds: One an item.
        trees: Number of trees.
        settings: Of LightGBM, over `SETTINGS`.
    """
    import lightgbm

    def train(keep: Callable[[int], bool]) -> Any:  # noqa: ANN401
        chosen = [i for i in range(len(rows)) if keep(folds[i]) and len(rows[i])]
        x, y = np.concatenate([rows[i] for i in chosen]), np.concatenate([labels[i] for i in chosen])
        data = lightgbm.Dataset(x[y >= 0].astype(np.float32), y[y >= 0])
        return lightgbm.train({**SETTINGS, "objective": "cross_entropy", **settings}, data, trees)

    models = [train(lambda fold, k=k: fold != k) for k in range(FOLDS)]  # type: ignore[misc]
    predictions = [
        np.asarray(models[fold].predict(row)) if len(row) else np.zeros(0)
        for row, fold in zip(rows, folds, strict=True)
    ]
    return predictions, train(lambda fold: True)


@dataclass
class Measured:
    """An example with the measured spans of its best sentences."""

    evidence: list[Evidence]
    tables: list[SpanTable]
    rows: Floats
    labels: Floats
    """F1 of the characters shared with the answer; -1 for the same words elsewhere."""


def measure_spans(item: Gathered, evidence: list[Evidence], tables: Tables) -> Measured:
    """The spans of an example's best sentences."""
    found, rows = measure_evidence(item.example.question, evidence, tables)
    labels = [_span_labels(table, one, item.example) for table, one in zip(found, evidence, strict=True)]
    return Measured(evidence, found, rows, np.concatenate(labels) if labels else np.zeros(0))


def _span_labels(table: SpanTable, item: Evidence, example: Example) -> Floats:
    starts = np.array([table.words.tokens[i].span.start for i in table.first], dtype=float) + item.sentence.span.start
    ends = np.array([table.words.tokens[i].span.end for i in table.last], dtype=float) + item.sentence.span.start
    best = np.zeros(len(starts))
    inside = [s for s in example.spans if item.document_id == example.gold and item.sentence.span.overlaps(s)]
    for span in inside:
        shared = np.clip(np.minimum(ends, span.end) - np.maximum(starts, span.start), 0, None)
        best = np.maximum(best, 2 * shared / (ends - starts + len(span)))
    if not inside:
        wanted = {squeeze(answer) for answer in example.answers}
        base = item.sentence.span.start
        best[
            [squeeze(item.text[int(a) - base : int(b) - base]) in wanted for a, b in zip(starts, ends, strict=True)]
        ] = -1
    return best


def sampled(labels: Floats, seed: int) -> NDArray[np.int64]:
    """Positions of all spans that overlap the answer, and of a sample of the others."""
    near = np.flatnonzero(labels > 0)
    far = np.flatnonzero(labels == 0)
    count = max(0, min(len(far), _KEPT_SPANS - min(len(near), _KEPT_SPANS // 2)))
    chosen = np.random.default_rng(seed).choice(far, count, replace=False)
    return np.sort(np.concatenate([near, chosen]))


class Stages:
    """Sentences and spans learned one after the other; each item's scores are of models that had not seen its fold.

    Args:
        items: Measured examples.
        tables: Learned log-odds of words.
    """

    def __init__(self, items: Sequence[Gathered], tables: Mapping[str, Any]) -> None:
        self.items = items
        folds = [item.fold for item in items]
        rows, labels = [item.rows for item in items], [item.labels.astype(float) for item in items]
        first, model = held_out(rows, labels, folds, SENTENCE_TREES)
        self.sentences = export(model, sentence_features.FEATURES)
        looks = [item.look(score) for item, score in zip(items, first, strict=True)]
        closer = [look.rows for look in looks]
        chosen_labels = [label[look.positions] for look, label in zip(looks, labels, strict=True)]
        second, model = held_out(closer, chosen_labels, folds, SENTENCE_TREES)
        self.second_look = export(model, second_look.FEATURES)
        words = Tables(tables)
        self.measured = [
            measure_spans(item, ranked(item.features, item.rows, one, look, two)[:READ], words)
            for item, one, look, two in zip(items, first, looks, second, strict=True)
        ]
        picks = [sampled(m.labels, seed) for seed, m in enumerate(self.measured)]
        kept = [np.full(len(m.labels), -1.0) for m in self.measured]
        for keep, choice, one, item in zip(kept, picks, self.measured, items, strict=True):
            if item.learned_from:
                keep[choice] = one.labels[choice] ** SHARPNESS
        self.span_scores, model = held_out([m.rows for m in self.measured], kept, folds, SPAN_TREES, num_leaves=31)
        self.spans = export(model, span_features.FEATURES)
        self.report = self._report()

    def candidates(self, number: int) -> list[Candidate]:
        """The spans of one item, best first."""
        one = self.measured[number]
        return ranked_spans(one.evidence, one.tables, self.span_scores[number]) if len(one.rows) else []

    def _report(self) -> dict[str, Any]:
        """For each set: questions, share whose chosen sentence holds the answer, mean F1 of the chosen span."""
        sums: dict[str, list[float]] = {}
        for number, item in enumerate(self.items):
            if not item.learned_from:
                continue
            one = sums.setdefault(item.example.set_name, [0, 0.0, 0.0])
            one[0] += 1
            choice = choose_among(self.measured[number].evidence, self.candidates(number))
            if choice is not None:
                text = next(e.text for e in self.measured[number].evidence if e.key == choice.span.key)
                one[1] += any(squeeze(answer) in squeeze(text) for answer in item.example.answers)
                one[2] += max(overlap(choice.span.text, answer) for answer in item.example.answers)
        return {
            name: {"n": n, "sentence": round(hit / n, 3), "span_f1": round(f1 / n, 3)}
            for name, (n, hit, f1) in sums.items()
        }


def overlap(answer: str, gold: str) -> float:
    """F1 of shared characters (Chinese) or words (English, articles left out), as CMRC's and SQuAD's scripts count."""
    if count_han(gold):
        one, two = list(squeeze(answer)), list(squeeze(gold))
    else:
        one, two = ([w for w in re.findall(r"\w+", t.lower()) if w not in ("a", "an", "the")] for t in (answer, gold))
    shared = sum((Counter(one) & Counter(two)).values())
    return 2 * shared / (len(one) + len(two)) if shared else 0.0
