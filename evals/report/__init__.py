"""The report of a run: one self-contained HTML file and the same figures as Markdown."""

from evals.report.writing import write_report

__all__ = ["write_report"]
