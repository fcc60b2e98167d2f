"""The committed baseline: figures of the bundled set for the README, and one line a question for CI to compare with."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from evals.files import write_whole
from evals.records import Record
from evals.storing import read_records, to_json
from evals.tables import HEADLINE, cell, table

BASELINE = Path(__file__).parent / "baseline.json"
KEPT = ("correct", "proved")
"""Scores that the baseline keeps of every question."""
_DIRECTIONS = ("en->en", "zh->zh", "en->zh", "zh->en")
_BETWEEN = re.compile(r"(<!-- evals: start -->\n).*?(<!-- evals: end -->)", re.DOTALL)
_CHINESE = {
    "correct": "回答正确",
    "proved": "正确且引文恰当",
    "quotes_verbatim": "引文逐字相符",
    "quotes_support": "引文含有答案",
    "false_refusal": "误拒",
    "refused_rightly": "无答案时拒答",
}
_ENGLISH = {
    "correct": "correct",
    "proved": "correct and rightly quoted",
    "quotes_verbatim": "quotes verbatim",
    "quotes_support": "quotes hold the answer",
    "false_refusal": "false refusals",
    "refused_rightly": "unanswerable refused",
}


def trimmed(summary: Mapping[str, Any], records: Sequence[Record]) -> dict[str, Any]:
    """What the baseline keeps of a run: figures of all questions and by direction and kind, day, scores by question."""
    return {
        **{name: summary[name] for name in ("schema", "set", "questions")},
        "about": {"date": summary["about"].get("date", "")},
        "metrics": {name: summary["metrics"][name] for name in ("all", "direction", "kind")},
        "scores": {record.example.id: {name: record.scores.get(name) for name in KEPT} for record in records},
    }


def laid_out(data: object, indent: str = "") -> str:
    """JSON with keys sorted, each innermost object on a line of its own, so that a change reads as a few lines."""
    if not isinstance(data, Mapping) or not any(isinstance(value, Mapping) for value in data.values()):
        return to_json(data)
    inner = indent + " "
    lines = [f"{inner}{to_json(key)}: {laid_out(data[key], inner)}" for key in sorted(data)]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def readme_table(baseline: Mapping[str, Any], *, chinese: bool = False) -> str:
    """The headline table of a README, with n and 95 % intervals."""
    names = _CHINESE if chinese else _ENGLISH
    groups = {"全部" if chinese else "all": baseline["metrics"]["all"]}
    groups |= {
        name: baseline["metrics"]["direction"][name] for name in _DIRECTIONS if name in baseline["metrics"]["direction"]
    }
    lines = [
        [name.replace("->", " → "), str(figures["correct"]["n"]), *(cell(figures.get(metric)) for metric in HEADLINE)]
        for name, figures in groups.items()
    ]
    return table(["", "n", *(names[metric] for metric in HEADLINE)], lines)


def with_table(text: str, baseline: Mapping[str, Any], *, chinese: bool) -> str:
    """A README's text with the current table between its marks, `<!-- evals: start -->` and `<!-- evals: end -->`."""
    return _BETWEEN.sub(lambda found: found[1] + readme_table(baseline, chinese=chinese) + found[2], text)


def read_baseline() -> dict[str, Any]:
    """The committed baseline.

    Raises:
        UserError: There is none.
    """
    if not BASELINE.is_file():
        raise UserError("There is no baseline.", "Make one with: python -m evals baseline out/eval")
    baseline: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return baseline


def baseline_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals baseline [FOLDER] [--readme FILE ...] [--check]`: keep a run's figures, write README tables."""
    if options.folder is not None:
        records, summary, _ = read_records(options.folder)
        kept = trimmed(summary, records)
        write_whole(BASELINE, [laid_out(kept), "\n"])
        say(f"Baseline of {kept['questions']} questions kept.")
    baseline = read_baseline()
    stale = []
    for readme in options.readme:
        text = _read(readme)
        current = with_table(text, baseline, chinese=".zh" in readme.suffixes)
        if current != text and options.check:
            stale.append(readme)
        elif current != text:
            write_whole(readme, [current])
    for readme in stale:
        say(f"{readme}: the table is not current. Mend it with: python -m evals baseline --readme {readme}")
    if not options.readme:
        say(readme_table(baseline))
    return 3 if stale else 0


def _read(readme: Path) -> str:
    try:
        return readme.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{readme} can't be read.", "Name a text file with the table's marks.") from None
