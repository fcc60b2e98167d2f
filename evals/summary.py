"""All figures of a run as plain data: means with n and interval, by direction, kind, answer type and tag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from evals.intervals import Estimate, estimate, statistic_interval
from evals.metrics.abstention import area_under_risk, auroc, best_refusals, risk_coverage
from evals.metrics.calibration import calibration_bins, calibration_error
from evals.metrics.latency import latency
from evals.records import SCHEMA, Record, Run

METRICS = (
    "correct",
    "proved",
    "quotes_verbatim",
    "quotes_support",
    "first_quote_supports",
    "first_quote_from_gold",
    "evidence_overlap",
    "citation_recall",
    "citation_precision",
    "refused_rightly",
    "false_refusal",
    "wrong_answer",
    "conflict_recall",
    "exact_match",
    "f1",
    "article_hit_at_1",
    "article_recall_at_5",
    "article_mrr",
    "article_ndcg",
    "answer_length",
)
"""In the order of reports. `false_refusal` and `wrong_answer` are better when lower; `answer_length` counts words."""

DIMENSIONS: dict[str, Callable[[Record], Iterable[str]]] = {
    "direction": lambda record: [record.direction],
    "kind": lambda record: [record.example.kind],
    "answer_type": lambda record: [record.example.answer_type],
    "tag": lambda record: record.example.tags,
}
ALLOWED_FALSE_REFUSALS = 0.10


def summarise(run: Run) -> dict[str, Any]:
    """The summary of a run: plain data, the same for the same records; times are left out (see `timings`)."""
    return {
        "schema": SCHEMA,
        "set": run.set_name,
        "system": run.system,
        "questions": len(run.records),
        "about": run.about,
        "metrics": {
            "all": estimates(run.records),
            **{name: _by_group(run.records, groups) for name, groups in DIMENSIONS.items()},
        },
        "abstention": abstention_summary(run.records),
        "calibration": calibration_summary(run.records),
    }


def timings(run: Run) -> dict[str, float] | None:
    """Count, p50, p95, mean and longest, in seconds; None for no questions."""
    times = latency([run.seconds[record.example.id] for record in run.records])
    return asdict(times) if times else None


def estimates(records: Sequence[Record]) -> dict[str, dict[str, Any]]:
    """One estimate a metric; metrics that apply to none of the records are left out."""
    found: dict[str, dict[str, Any]] = {}
    for metric in METRICS:
        values = [record.scores.get(metric) for record in records]
        if any(value is not None for value in values):
            found[metric] = rounded(estimate(values))
    return found


def rounded(value: Estimate) -> dict[str, Any]:
    """An estimate as plain data, six digits after the point."""
    return {key: round(item, 6) if isinstance(item, float) else item for key, item in asdict(value).items()}


def abstention_summary(records: Sequence[Record]) -> dict[str, Any]:
    """AUROC of the confidence with its interval, the risk-coverage curve, refusals at 10 % false ones.

    The curve is that of the answers given, an answer to an unanswerable question being wrong; it ends at their share
    of all questions, for what the refused ones would have got is unknown.
    """
    stated = [record for record in records if record.response.confidence is not None]
    answerable, unanswerable = split_confidences(stated)
    area = auroc(answerable, unanswerable)
    given = [record for record in stated if not record.response.refused]
    confidences = [_confidence(record) for record in given]
    correct = [record.scores["correct"] or 0.0 for record in given]
    share = len(given) / len(stated) if stated else 0.0
    best = best_refusals(answerable, unanswerable, ALLOWED_FALSE_REFUSALS)
    risk = area_under_risk(confidences, correct)
    return {
        "n_answerable": len(answerable),
        "n_unanswerable": len(unanswerable),
        "auroc": None if area is None else round(area, 6),
        "auroc_interval": None if area is None else auroc_interval(answerable, unanswerable),
        "area_under_risk": None if risk is None else round(risk, 6),
        "refused_at_ten_percent_false": None if best is None else round(best.refused, 6),
        "risk_coverage": [
            [round(point.threshold, 6), round(point.coverage * share, 6), round(point.risk, 6)]
            for point in risk_coverage(confidences, correct)
        ],
    }


def calibration_summary(records: Sequence[Record]) -> dict[str, Any]:
    """Expected calibration error over the answers that were given, and its bins."""
    given = [r for r in records if r.response.confidence is not None and not r.response.refused]
    confidences = [_confidence(record) for record in given]
    correct = [record.scores["correct"] or 0.0 for record in given]
    error = calibration_error(confidences, correct)
    return {
        "n": len(given),
        "error": None if error is None else round(error, 6),
        "bins": [asdict(part) for part in calibration_bins(confidences, correct)],
    }


def split_confidences(records: Sequence[Record]) -> tuple[list[float], list[float]]:
    """Confidences of the answerable and of the unanswerable questions."""
    answerable = [_confidence(record) for record in records if record.example.kind != "unanswerable"]
    return answerable, [_confidence(record) for record in records if record.example.kind == "unanswerable"]


def auroc_interval(answerable: Sequence[float], unanswerable: Sequence[float]) -> list[float]:
    """Bootstrap interval over all questions of both lists together."""
    values = [*answerable, *unanswerable]
    border = len(answerable)

    def statistic(picks: Iterable[int]) -> float:
        chosen = list(picks)
        right = [values[i] for i in chosen if i < border]
        wrong = [values[i] for i in chosen if i >= border]
        return auroc(right, wrong) or 0.5

    return [round(bound, 6) for bound in statistic_interval(statistic, len(values))]


def _by_group(records: Sequence[Record], groups: Callable[[Record], Iterable[str]]) -> dict[str, Any]:
    names = sorted({name for record in records for name in groups(record)})
    return {name: estimates([record for record in records if name in groups(record)]) for name in names}


def _confidence(record: Record) -> float:
    return record.response.confidence or 0.0
