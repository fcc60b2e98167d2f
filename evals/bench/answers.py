"""Answering over all passages of a set: the first quote, the marked evidence, the short answer.

Comparison as the sets prescribe: NFKC, lower case, without punctuation and spaces; F1 by token for English and
by character for Chinese.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.records import Document, Span
from evals.bench.homes import open_assistant
from evals.bench.sets import Question, Task
from evals.intervals import estimate
from evals.metrics.abstention import auroc, best_refusals
from evals.metrics.answers import SHORT_ANSWER
from evals.metrics.containment import folded, length, without_marks
from evals.metrics.evidence_overlap import spans_overlap, texts_overlap
from evals.metrics.latency import latency
from evals.progress import Progress
from evals.summary import ALLOWED_FALSE_REFUSALS, auroc_interval, rounded
from index.records import EVERYTHING, Scope

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.records import Answer
    from assistant.settings import AssistantSettings

Outcome = dict[str, Any]
"""One question: id, question, status, text, short, quotes, confidence, seconds, and scores (None: not scored)."""

SCORES = (
    "first_quote_has_answer",
    "any_quote_has_answer",
    "first_quote_from_gold",
    "evidence_overlap",
    "exact_match",
    "f1",
    "answer_length",
    "quotes_verbatim",
    "refused",
)


def answer_task(
    task: Task, homes: Path, settings: AssistantSettings | None = None
) -> tuple[list[Outcome], list[Outcome]]:
    """What our assistant says to the questions of a task, and to those that no passage answers."""
    with open_assistant(homes, task.passages, settings) as assistant:
        total = len(task.questions) + len(task.unanswerable)
        with Progress(f"answers: {task.name}", total) as progress:
            answered = [outcome(assistant, question, progress) for question in task.questions]
            absent = [outcome(assistant, question, progress) for question in task.unanswerable]
    return answered, absent


def outcome(assistant: Assistant, question: Question, progress: Progress, scope: Scope = EVERYTHING) -> Outcome:
    """One question asked and scored; `scope` restricts what it may be answered from."""
    started = time.perf_counter()
    answer = assistant.ask(question.text, scope=scope)
    seconds = time.perf_counter() - started
    progress.advance()
    return {
        "id": question.id,
        "question": question.text,
        "accepted": list(question.answers),
        "status": answer.status.value,
        "text": answer.text,
        "short": answer.short,
        "quotes": [quote.text for quote in answer.quotes],
        "confidence": answer.confidence,
        "seconds": seconds,
        "scores": scores(answer, question, [assistant.document(quote.document_id) for quote in answer.quotes]),
    }


def scores(answer: Answer, question: Question, documents: Sequence[Document]) -> dict[str, float | None]:
    """Scores of one answer; `documents` are those of its quotes, in order."""
    refused = answer.status.value in ("not_found", "chat")
    quotes = [quote.text for quote in answer.quotes]
    short = "" if refused else without_marks(answer.short or answer.text)
    exact_match, f1 = SHORT_ANSWER[question.answered_in or question.language]
    accepted = question.answers
    slices = [
        float(quote.span.cut(document.text) == quote.text)
        for quote, document in zip(answer.quotes, documents, strict=True)
    ]
    return {
        "first_quote_has_answer": has_answer(quotes[:1], accepted) if accepted else None,
        "any_quote_has_answer": has_answer(quotes, accepted) if accepted else None,
        "first_quote_from_gold": float(answer.quotes[0].document_id in question.gold) if quotes else 0.0,
        "evidence_overlap": _evidence(answer, question, documents),
        "exact_match": exact_match(short, accepted) if accepted else None,
        "f1": f1(short, accepted) if accepted else None,
        "answer_length": None if refused else float(length(answer.text)),
        "quotes_verbatim": sum(slices) / len(slices) if slices else None,
        "refused": float(refused),
    }


def has_answer(texts: Iterable[str], accepted: Iterable[str]) -> float:
    """1.0 when one of the texts holds one of the accepted answers, both folded as the sets prescribe."""
    keys = [folded(text) for text in texts]
    wanted = [folded(answer) for answer in accepted]
    return float(any(answer and answer in key for answer in wanted for key in keys))


def figures(answered: Sequence[Outcome], absent: Sequence[Outcome] = ()) -> dict[str, Any]:
    """All figures of a task: estimates, abstention where there are unanswerable questions, latency."""
    found: dict[str, Any] = {}
    for name in SCORES:
        values = [item["scores"][name] for item in answered]
        if any(value is not None for value in values):
            found[name] = rounded(estimate(values))
    found |= abstention(answered, absent) if absent else {}
    times = latency([item["seconds"] for item in answered])
    found["latency_p50_seconds"] = {"n": times.count, "mean": round(times.p50, 4)} if times else None
    return found


def abstention(answerable: Sequence[Outcome], absent: Sequence[Outcome]) -> dict[str, Any]:
    """AUROC of the confidence, refusals as they are, and refusals at a threshold with 10 % false ones."""
    right = [item["confidence"] for item in answerable]
    wrong = [item["confidence"] for item in absent]
    area, best = auroc(right, wrong), best_refusals(right, wrong, ALLOWED_FALSE_REFUSALS)
    low, high = auroc_interval(right, wrong)
    return {
        "auroc": {"n": len(right) + len(wrong), "mean": area, "low": low, "high": high},
        "unanswerable_refused": rounded(estimate([item["scores"]["refused"] for item in absent])),
        "refused_at_10_percent_false_refusals": {"n": len(wrong), "mean": best.refused if best else None},
    }


def _evidence(answer: Answer, question: Question, documents: Sequence[Document]) -> float | None:
    """Whether the first quote overlaps a sentence that people marked: by offsets where they stand in its article."""
    if not question.evidences:
        return None
    if not answer.quotes:
        return 0.0
    text = documents[0].text
    spans = [Span(at, at + len(mark)) for mark in question.evidences if (at := text.find(mark)) >= 0]
    return spans_overlap(answer.quotes[0].span, spans) or texts_overlap(answer.quotes[0].text, question.evidences)
