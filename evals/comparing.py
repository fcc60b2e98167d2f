"""What changed between two runs of one set: question by question, and whether it could be chance."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.errors import UserError
from evals.intervals import McNemar, difference, mcnemar
from evals.limits import LOWER_IS_BETTER, failures, parse_limits
from evals.records import Record
from evals.storing import RunFiles, read_records
from evals.summary import METRICS
from evals.tables import LABELS, short, table

Scores = Mapping[str, float | None]
State = Literal["fixed", "broken", "changed", "same"]
STATES: tuple[State, ...] = ("broken", "fixed", "changed", "same")
_CHANCE = 0.05
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both runs."""

    was: Scores
    """Scores of the earlier run; the baseline keeps only some."""
    after: Record
    before: Record | None = None
    """The earlier run's whole record, where it was kept."""

    @property
    def state(self) -> State:
        """`fixed`, `broken`, `changed` (another answer, as right or wrong as before), or `same`."""
        was, now = self.was.get("correct"), self.after.scores.get("correct")
        if was != now and None not in (was, now):
            return "fixed" if (now or 0.0) > (was or 0.0) else "broken"
        return "same" if self.before is None or self.before.response.text == self.after.response.text else "changed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, paired by question id; questions of one run only are left out and counted."""

    pairs: tuple[Pair, ...]
    left_out: int
    figures: dict[str, dict[str, Any]]
    """By metric: before, after, and the difference with n, interval and p."""
    test: McNemar

    def count(self, state: State) -> int:
        """Questions in a state."""
        return sum(pair.state == state for pair in self.pairs)


def compare(before: Sequence[Record], after: Sequence[Record]) -> Comparison:
    """Pair two runs of one set.

    Raises:
        UserError: They have no question in common.
    """
    earlier = {record.example.id: record for record in before}
    pairs = tuple(Pair(earlier[i].scores, r, earlier[i]) for r in after if (i := r.example.id) in earlier)
    return _compared(pairs, len(before) + len(after) - 2 * len(pairs))


def compare_scores(before: Mapping[str, Scores], after: Sequence[Record]) -> Comparison:
    """Pair a run with scores by question id, such as the baseline keeps.

    Raises:
        UserError: They have no question in common.
    """
    pairs = tuple(Pair(before[record.example.id], record) for record in after if record.example.id in before)
    return _compared(pairs, len(before) + len(after) - 2 * len(pairs))


def _compared(pairs: tuple[Pair, ...], left_out: int) -> Comparison:
    if not pairs:
        raise UserError("The two runs have no question in common.", "Compare runs of one set.")
    figures = {metric: found for metric in METRICS if (found := _figure(pairs, metric))}
    rights = [(p.was.get("correct") == 1.0, p.after.scores.get("correct") == 1.0) for p in pairs]
    return Comparison(pairs, left_out, figures, mcnemar([a for a, _ in rights], [b for _, b in rights]))


def regressions(comparison: Comparison) -> list[str]:
    """One line for each headline figure that became worse by more than chance, and for accuracy that fell at all."""
    lines = []
    for metric, figure in comparison.figures.items():
        gap = -figure["difference"] if metric in LOWER_IS_BETTER else figure["difference"]
        strict = metric in ("correct", "quotes_verbatim")
        significant = figure["p_value"] < _CHANCE and metric != "answer_length"
        if gap < -_SLACK and (strict or significant):
            verb = "rose" if metric in LOWER_IS_BETTER else "fell"
            lines.append(f"{metric} {verb} from {short(figure['before'])} to {short(figure['after'])}.")
    return lines


def summary_regressions(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The same from two summaries, where the records of the earlier run were not kept."""
    lines = []
    for metric in ("correct", "proved", "quotes_verbatim"):
        was, now = (summary["metrics"]["all"].get(metric, {}).get("mean") for summary in (before, after))
        if was is not None and (now is None or now < was - _SLACK):
            lines.append(f"{metric} fell from {short(was)} to {'not scored' if now is None else short(now)}.")
    return lines


def compare_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals compare BEFORE AFTER`: tables, report, and 3 when a figure is too low or became worse."""
    limits = parse_limits(options.fail_under)
    after, after_summary, _ = read_records(options.after)
    summary = _read_summary(options.before) if options.before.is_file() else None
    if summary is not None and "scores" not in summary:
        worse = summary_regressions(summary, after_summary)
        say(f"{options.before.name} is a summary: figures only.")
    else:
        scores = summary["scores"] if summary is not None else None
        comparison = compare_scores(scores, after) if scores else compare(read_records(options.before)[0], after)
        say(comparison_table(comparison))
        if options.out:
            names = (options.before.name, options.after.name)
            say(f"Report: {write_comparison(comparison, options.out, names)}")
        worse = regressions(comparison)
    faults = failures(after_summary, limits) + (worse if options.no_regression else [])
    for line in faults:
        say(line)
    return 3 if faults else 0


def comparison_table(comparison: Comparison) -> str:
    """Differences with intervals and p, the counts, and the broken and fixed questions, as Markdown."""
    lines = [
        [
            LABELS[metric],
            str(figure["n"]),
            short(figure["before"]),
            short(figure["after"]),
            f"{figure['difference']:+.3f} ({figure['low']:+.3f} to {figure['high']:+.3f})",
            f"{figure['p_value']:.3f}",
        ]
        for metric, figure in comparison.figures.items()
    ]
    counts = ", ".join(f"{comparison.count(state)} {state}" for state in STATES)
    parts = [
        table(["figure", "n", "before", "after", "difference (95 % interval)", "p"], lines),
        f"{counts}; McNemar p = {comparison.test.p_value:.3f}; {comparison.left_out} not in both.",
    ]
    parts += [
        f"- {pair.state}: {pair.after.example.id}" for pair in comparison.pairs if pair.state in ("broken", "fixed")
    ]
    return "\n".join(parts)


def _figure(pairs: Sequence[Pair], metric: str) -> dict[str, Any] | None:
    scored = [
        (was, now)
        for pair in pairs
        if (was := pair.was.get(metric)) is not None and (now := pair.after.scores.get(metric)) is not None
    ]
    gap = difference([was for was, _ in scored], [now for _, now in scored])
    if gap is None:
        return None
    before = sum(was for was, _ in scored) / len(scored)
    return {
        "n": gap.n,
        "before": before,
        "after": before + gap.mean,
        "difference": gap.mean,
        "low": gap.low,
        "high": gap.high,
        "p_value": gap.p_value,
    }


def write_comparison(comparison: Comparison, out: Path, names: tuple[str, str]) -> Path:
    """Write `compare.json`, `compare.md` and `compare.html` into a folder; returns the page's path.

    Args:
        comparison: What to write.
        out: The folder.
        names: Of the earlier and of the later run.

    Raises:
        UserError: The folder can't be written.
    """
    from evals.report.writing import render

    files = RunFiles(out)
    data = {"figures": comparison.figures, "mcnemar": asdict(comparison.test)}
    states = {state: comparison.count(state) for state in STATES}
    files.write("compare.json", [json.dumps(data | {"states": states}, indent=1, sort_keys=True) + "\n"])
    files.write("compare.md", [comparison_table(comparison) + "\n"])
    pairs = sorted(comparison.pairs, key=lambda pair: (STATES.index(pair.state), pair.after.example.id))
    page = render("compare.html.j2", comparison=comparison, pairs=pairs, states=states, names=names)
    return files.write("compare.html", [page])


def _read_summary(path: Path) -> dict[str, Any]:
    try:
        summary: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        summary["metrics"]["all"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{path} is no summary of a run ({error}).", "Name a run's folder or its summary.json."
        ) from None
    return summary
