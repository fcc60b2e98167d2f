"""The plots of a report as inline SVG that follows the page's colours and language.

matplotlib draws with placeholder colours and text keys; both are replaced in the SVG, colours by CSS variables
(so that light and dark share one drawing) and keys by the words of both languages. The same figures give the
same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from evals.report.texts import words_of

INK, GRID, FIRST, SECOND = "#010101", "#020202", "#030303", "#040404"
_VARIABLES = {INK: "var(--muted)", GRID: "var(--line)", FIRST: "var(--accent)", SECOND: "var(--second)"}
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "yiju",
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GRID,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
}

Draw = Callable[[Any, Any], None]


def interval_plot(groups: Sequence[tuple[str, Mapping[str, Any]]]) -> Markup:
    """Dots with whiskers of `correct` and `proved` for named groups, top to bottom."""

    def draw(figure: Any, axes: Any) -> None:  # noqa: ANN401 - matplotlib has no types here
        for metric, colour, offset in (("correct", FIRST, 0.16), ("proved", SECOND, -0.16)):
            for place, (_, figures) in enumerate(reversed(groups)):
                found = figures.get(metric)
                if found and found["mean"] is not None:
                    height = place + offset
                    axes.plot([found["low"], found["high"]], [height] * 2, color=colour, lw=2.2, solid_capstyle="round")
                    axes.plot(found["mean"], height, "o", color=colour, ms=6, clip_on=False)
        axes.set_yticks(range(len(groups)), [f"t:{name}" for name, _ in reversed(groups)])
        for place, (_, figures) in enumerate(reversed(groups)):
            axes.annotate(str(figures["correct"]["n"]), (1.03, place), va="center", annotation_clip=False)
        axes.set_xlim(_left(groups), 1.005)
        axes.set_ylim(-0.6, len(groups) - 0.4)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.plot([], [], "o-", color=FIRST, label="t:correct")
        axes.plot([], [], "o-", color=SECOND, label="t:proved")
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, handlelength=1.2)

    return _render(draw, (5.4, 0.9 + 0.34 * len(groups)))


def risk_coverage_plot(points: Sequence[Sequence[float]]) -> Markup:
    """Risk against coverage; points are (threshold, coverage, risk)."""

    def draw(figure: Any, axes: Any) -> None:  # noqa: ANN401
        coverage, risk = [point[1] for point in points], [point[2] for point in points]
        axes.plot(coverage, risk, color=FIRST, lw=2)
        axes.fill_between(coverage, risk, color=FIRST, alpha=0.12, lw=0)
        axes.set(xlim=(0, 1), ylim=(0, max(0.05, max(risk) * 1.15)), xlabel="t:coverage", ylabel="t:risk")
        axes.grid()

    return _render(draw, (4.6, 3.2))


def calibration_plot(bins: Sequence[Mapping[str, float]]) -> Markup:
    """Accuracy against confidence, one dot a filled bin."""

    def draw(figure: Any, axes: Any) -> None:  # noqa: ANN401
        filled = [part for part in bins if part["count"]]
        most = max((part["count"] for part in filled), default=1)
        axes.plot([0, 1], [0, 1], "--", color=INK, lw=1, label="t:perfect")
        axes.plot([p["confidence"] for p in filled], [p["accuracy"] for p in filled], color=FIRST, lw=1.2)
        sizes = [18 + 160 * part["count"] / most for part in filled]
        axes.scatter([p["confidence"] for p in filled], [p["accuracy"] for p in filled], s=sizes, color=FIRST, zorder=3)
        axes.set(xlim=(0, 1.03), ylim=(0, 1.05), xlabel="t:confidence", ylabel="t:accuracy")
        axes.grid()
        axes.legend(loc="upper left")

    return _render(draw, (4.6, 3.2))


def latency_plot(seconds: Sequence[float], p50: float, p95: float) -> Markup:
    """Histogram of waiting times with the median and the 95th percentile."""

    def draw(figure: Any, axes: Any) -> None:  # noqa: ANN401
        axes.hist(seconds, bins=40, color=FIRST, alpha=0.75)
        axes.axvline(p50, color=SECOND, lw=1.6, label="t:median")
        axes.axvline(p95, color=SECOND, lw=1.6, ls="--", label="t:p95")
        axes.legend(loc="upper right")
        axes.set(xlabel="t:seconds", ylabel="t:count", xlim=(0, None))
        axes.grid(axis="y")

    return _render(draw, (5.4, 2.3))


def _left(groups: Sequence[tuple[str, Mapping[str, Any]]]) -> float:
    """Left edge of the axis: a round number below every interval."""
    lows = [f[m]["low"] for _, f in groups for m in ("correct", "proved") if m in f and f[m]["low"] is not None]
    return max(0.0, int(min(lows, default=0.0) * 10) / 10 - 0.02)


def _render(draw: Draw, size: tuple[float, float]) -> Markup:
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.add_subplot()
        axes.patch.set_alpha(0)
        axes.set_axisbelow(True)
        draw(figure, axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return _dress(file.getvalue())


def _dress(svg: str) -> Markup:
    """The bare `<svg>` element with the page's colours and words."""
    svg = svg[svg.index("<svg") :]
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, variable)
    svg = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px", svg)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r'\1 role="img"', svg, count=1)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    return Markup(re.sub(r">t:([^<]*)<", _bilingual, svg))


def _bilingual(match: re.Match[str]) -> str:
    key = match[1].replace("&gt;", ">")
    english, chinese = words_of(key)
    return f'><tspan class="en">{escape(english)}</tspan><tspan class="zh">{escape(chinese)}</tspan><'
