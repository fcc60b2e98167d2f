"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.records import Reason, Record
from evals.report.texts import english
from evals.tables import HEADLINE, LABELS, group_table, headline, table
from evals.tables import cell as estimate_cell

_DIMENSIONS = (("direction", "direction"), ("kind", "kind"), ("answer_type", "answer type"), ("tag", "tag"))


def markdown_report(summary: Mapping[str, Any], records: Sequence[Record], latency: Mapping[str, float] | None) -> str:
    """Headline, all figures, groups, and the questions that went wrong, with article text escaped."""
    figures = summary["metrics"]["all"]
    parts = [
        f"# Evals: {summary['set']}",
        headline(summary, latency),
        "## All figures",
        table(
            ["figure", "n", "mean (95 % interval)", "not scored"],
            [[LABELS[name], str(v["n"]), estimate_cell(v), str(v["unscored"])] for name, v in figures.items()],
        ),
    ]
    for key, title in _DIMENSIONS:
        parts += [f"## By {title}", group_table(title, summary["metrics"][key], HEADLINE)]
    wrong = [record for record in records if record.scores.get("correct") == 0.0]
    parts.append(f"## Wrong: {len(wrong)}")
    parts += [_wrong_line(record) for record in wrong]
    about = summary["about"]
    parts += [
        "## Made with",
        f"Code {about.get('code', '?')}, collection {about.get('collection', '?')}, {about.get('date', '')}.",
    ]
    return "\n\n".join(parts) + "\n"


def _wrong_line(record: Record) -> str:
    said = escape(record.response.text) or "(nothing)"
    reasons = escape("; ".join(reason_words(reason) for reason in record.reasons))
    return f"- `{record.example.id}` {escape(record.example.question)} — {said} — {reasons}"


def reason_words(reason: Reason) -> str:
    """A reason in English."""
    words = english(f"reason_{reason.key}")
    return f"{words}: {reason.detail}" if reason.detail else words


def escape(text: str) -> str:
    """`text` on one line with the characters escaped that Markdown or HTML would act on."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join("\\" + character if character in "\\`*_[]#|~" else character for character in plain)
