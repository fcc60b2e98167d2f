"""The headline of a run as plain text and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

HEADLINE = ("correct", "proved", "quotes_verbatim", "quotes_support", "false_refusal", "refused_rightly")
LABELS = {
    "correct": "correct",
    "proved": "correct and rightly quoted",
    "quotes_verbatim": "quotes verbatim at their offsets",
    "quotes_support": "quotes hold the answer",
    "first_quote_supports": "first quote holds the answer",
    "first_quote_from_gold": "first quote from a gold article",
    "evidence_overlap": "a quote overlaps the gold sentence",
    "citation_recall": "citation recall",
    "citation_precision": "citation precision",
    "refused_rightly": "unanswerable refused",
    "false_refusal": "false refusals",
    "wrong_answer": "wrong answers",
    "conflict_recall": "conflicting values shown",
    "exact_match": "exact match",
    "f1": "F1",
    "article_hit_at_1": "search: gold article first",
    "article_recall_at_5": "search: gold articles among 5",
    "article_mrr": "search: reciprocal rank",
    "article_ndcg": "search: nDCG at 10",
    "answer_length": "answer length, words",
}


def cell(estimate: Mapping[str, Any] | None) -> str:
    """A mean with its interval, such as `.912 (.880-.941)`; `-` where nothing was scored."""
    if not estimate or estimate.get("mean") is None:
        return "-"
    if estimate.get("low") is None:
        return short(estimate["mean"])
    return f"{short(estimate['mean'])} ({short(estimate['low'])}-{short(estimate['high'])})"


def short(value: float | None) -> str:
    """Three digits after the point, without the leading zero; one digit for larger values; `-` for None."""
    if value is None:
        return "-"
    if abs(value) > 1:
        return f"{value:.1f}"
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0.") else text


def table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def group_table(title: str, groups: Mapping[str, Mapping[str, Any]], metrics: Sequence[str] = HEADLINE) -> str:
    """Headline figures of each group (direction, kind, ...), one line a group."""
    lines = [
        [name, str(figures.get("correct", {}).get("n", 0)), *(cell(figures.get(metric)) for metric in metrics)]
        for name, figures in groups.items()
    ]
    return table([title, "n", *(LABELS[metric] for metric in metrics)], lines)


def headline(summary: Mapping[str, Any], latency: Mapping[str, float] | None = None) -> str:
    """What the command prints: all and each direction, abstention, calibration and waiting time."""
    groups = {"all": summary["metrics"]["all"], **summary["metrics"]["direction"], **summary["metrics"]["kind"]}
    lines = [f"{summary['set']}: {summary['questions']} questions. Means with 95 % intervals.\n"]
    lines.append(group_table("questions", groups))
    abstention, calibration = summary["abstention"], summary["calibration"]
    if abstention["auroc"] is not None:
        low, high = abstention["auroc_interval"]
        lines.append(
            f"AUROC of the confidence {short(abstention['auroc'])} ({short(low)}-{short(high)}), "
            f"area under the risk curve {short(abstention['area_under_risk'])}."
        )
    if calibration["error"] is not None:
        lines.append(f"Calibration error {short(calibration['error'])} over {calibration['n']} answers.")
    if latency:
        lines.append(
            f"Waiting time: median {latency['p50'] * 1000:.0f} ms, 95 % within {latency['p95'] * 1000:.0f} ms."
        )
    return "\n".join(lines)
