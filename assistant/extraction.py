"""Short answers inside evidence sentences: the spans that may answer, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.boosting import Floats, probability
from assistant.learned import learned, span_model
from assistant.records import AnswerType, Evidence, Question
from assistant.span_context import Asked, Tables
from assistant.span_features import FEATURES, measure
from assistant.spans import SpanTable, find_spans
from corpus.records import Span

READ = 8
"""So many sentences of the best evidence are searched for spans."""

_SCORED = 250
"""So many spans that a rough look finds best are looked at closely ..."""
_ROUGH = 40
"""... and the rough look is by so many of the first trees."""
_PRECISE = (AnswerType.MONEY, AnswerType.SHARE)
"""Types whose values are told apart surely: where any span holds one, those without lose ..."""
_UNFIT = 2.0
"""... so much of their log-odds."""
_EACH = 5
"""So many spans of one sentence are kept."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of an evidence sentence that may be the short answer."""

    key: str
    """Of the evidence."""
    text: str
    span: Span
    """In the document's text."""
    score: float
    """Chance in [0, 1] that it is the answer."""


def extract(question: Question, evidence: Sequence[Evidence]) -> list[Candidate]:
    """The spans of the best evidence that may be the short answer, best first.

    Args:
        question: As analysed.
        evidence: Best first, as `gather_evidence` gives it.
    """
    read = evidence[:READ]
    tables, rows = measure_evidence(question, read, _tables())
    if not len(rows):
        return []
    scores = span_model().score_best(rows, _SCORED, _ROUGH)
    if question.answer_type in _PRECISE:
        values = rows[:, FEATURES.index("values")] + rows[:, FEATURES.index("value_exact")]
        scores = np.where((values == 0) & (values.max() > 0), scores - _UNFIT, scores)
    return ranked_spans(read, tables, probability(scores))


def measure_evidence(
    question: Question, evidence: Sequence[Evidence], tables: Tables
) -> tuple[list[SpanTable], Floats]:
    """The spans of each sentence, and the features of all of them below each other."""
    asked = Asked(question)
    spans = [find_spans(item.text, item.sentence.language) for item in evidence]
    best = evidence[0].score if evidence else 0.0
    parts = [
        measure(table, asked, tables, item, rank, item.score - best)
        for rank, (table, item) in enumerate(zip(spans, evidence, strict=True), start=1)
    ]
    return spans, np.concatenate(parts) if parts else np.zeros((0, len(FEATURES)))


def ranked_spans(evidence: Sequence[Evidence], tables: Sequence[SpanTable], scores: Floats) -> list[Candidate]:
    """The best spans as candidates; of those with equal scores the shorter first.

    Args:
        evidence: The sentences.
        tables: The spans of each.
        scores: One a span, in the order of the tables.
    """
    owner = np.repeat(np.arange(len(tables)), [len(table.first) for table in tables])
    offset = np.concatenate([np.arange(len(table.first)) for table in tables])
    found: dict[tuple[str, Span], Candidate] = {}
    taken = [0] * len(tables)
    for place in np.argsort(-scores, kind="stable"):
        if taken[owner[place]] >= _EACH:
            continue
        item, table = evidence[owner[place]], tables[owner[place]]
        start, end = table.bounds(int(offset[place]))
        base = item.sentence.span.start
        span = Span(base + start, base + end)
        if (item.key, span) not in found:
            taken[owner[place]] += 1
            found[item.key, span] = Candidate(item.key, item.text[start:end], span, float(scores[place]))
    return list(found.values())


@lru_cache(maxsize=1)
def _tables() -> Tables:
    return Tables(learned()["tables"])
