"""Putting a report together from a finished run's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evals.metrics.latency import latency
from evals.records import Record
from evals.report.markdown import markdown_report
from evals.report.plots import calibration_plot, interval_plot, latency_plot, risk_coverage_plot
from evals.report.texts import TEXTS, words_of
from evals.storing import RunFiles, read_records
from evals.tables import short

PAGE, MARKDOWN = "report.html", "report.md"
_CARDS = ("correct", "proved", "quotes_verbatim", "quotes_support", "false_refusal", "refused_rightly")
_COLUMNS = ("correct", "proved", "quotes_support", "evidence_overlap", "false_refusal", "refused_rightly", "f1")


def write_report(folder: Path) -> Path:
    """Write `report.html` and `report.md` into the folder of a finished run; returns the page's path.

    Raises:
        UserError: The folder holds no finished run, or cannot be written.
    """
    records, summary, seconds = read_records(folder)
    files = RunFiles(folder)
    times = latency(list(seconds.values()))
    files.write(MARKDOWN, [markdown_report(summary, records, asdict(times) if times else None)])
    return files.write(PAGE, [render("report.html.j2", **page_data(records, summary, seconds))])


def page_data(records: Sequence[Record], summary: Mapping[str, Any], seconds: Mapping[str, float]) -> dict[str, Any]:
    """What the template of a run's report shows."""
    times = latency(list(seconds.values()))
    figures = summary["metrics"]
    groups = [("all", figures["all"]), *figures["direction"].items(), *figures["kind"].items()]
    curve = summary["abstention"]["risk_coverage"]
    return {
        "summary": summary,
        "cards": [(name, figures["all"][name]) for name in _CARDS if name in figures["all"]],
        "columns": _COLUMNS,
        "latency": times,
        "records": sorted(records, key=_worst_first),
        "result": result,
        "plots": {
            "where": interval_plot([(name, group) for name, group in groups if "correct" in group]),
            "risk": risk_coverage_plot(curve) if curve else None,
            "calibration": calibration_plot(summary["calibration"]["bins"]) if summary["calibration"]["n"] else None,
            "latency": latency_plot(list(seconds.values()), times.p50, times.p95) if times else None,
        },
    }


def result(record: Record) -> str:
    """`right`, `unproved` (right, but its quotes do not prove it), `wrong`, or `unscored`."""
    correct = record.scores.get("correct")
    if correct is None:
        return "unscored"
    if correct < 1.0:
        return "wrong"
    return "unproved" if record.scores.get("proved") == 0.0 else "right"


def render(template: str, **data: Any) -> str:  # noqa: ANN401 - template data
    """A template filled in; everything that is not markup of our own is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=bilingual, texts=TEXTS, words_of=words_of, name_of=name_of)
    environment.filters["estimate"] = _estimate
    environment.filters["short"] = short
    return environment.get_template(template).render(**data)


def name_of(dimension: str, group: str) -> str:
    """The key of a group's name: answer types have words of their own, a tag is its own name."""
    return f"type_{group}" if dimension == "answer_type" else group


def bilingual(key: str) -> Markup:
    """The words of a key in both languages, of which the page shows one."""
    english, chinese = words_of(key)
    if english == chinese:
        return Markup("{}").format(english)
    return Markup('<span class="en">{}</span><span class="zh" lang="zh">{}</span>').format(english, chinese)


def _estimate(value: Mapping[str, Any] | None) -> Markup:
    """A mean with its interval in small print."""
    if not value or value["mean"] is None:
        return Markup("–")
    interval = f"{short(value['low'])}–{short(value['high'])}" if value.get("low") is not None else ""
    return Markup("<b>{}</b> <small>{}</small>").format(short(value["mean"]), interval)


def _worst_first(record: Record) -> tuple[int, str]:
    return ({"wrong": 0, "unproved": 1, "unscored": 2, "right": 3}[result(record)], record.example.id)
