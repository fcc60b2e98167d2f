"""Evaluation reports of a folder, shown as they are; this floor does not know how they are made."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from assistant.rendering import safe, say
from corpus.records import Language

MOST_REPORTS = 100


def list_reports(folder: Path) -> list[str]:
    """Names of the HTML files in a folder and in its folders, newest first, with forward slashes."""
    if not folder.is_dir():
        return []
    files = [file for pattern in ("*.html", "*/*.html") for file in folder.glob(pattern) if file.is_file()]
    newest = sorted(files, key=lambda file: (-file.stat().st_mtime, file.as_posix()))
    return [file.relative_to(folder).as_posix() for file in newest[:MOST_REPORTS]]


def find_report(folder: Path, name: str) -> Path | None:
    """The file of a name that `list_reports` gives; None for any other, so nothing outside the folder is ever read."""
    return folder / name if name in list_reports(folder) else None


def report_label(name: str) -> str:
    """A report's name as people read it: that of its run."""
    return name.removesuffix("/report.html").removesuffix("/compare.html")


def report_html(folder: Path, name: str | None, language: Language) -> str:
    """A report in a frame of its own, or what to do where there is none."""
    if not name:
        return (
            f'<div class="empty"><p>{say("reports_empty", language)}</p><p><code>{safe(str(folder))}</code></p></div>'
        )
    address = safe(f"page/report?name={quote(name)}#{language}")
    return (
        f'<p class="hint"><a href="{address}" target="_blank" rel="noopener">{say("report_alone", language)}</a></p>'
        f'<iframe class="report" title="{say("report", language)}" sandbox="allow-scripts" src="{address}"></iframe>'
    )
