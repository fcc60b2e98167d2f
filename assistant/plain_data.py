"""Articles as plain data for JSON, and text as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.records import Article, Report


def escape_markdown(text: str) -> str:
    """`text` with every character that Markdown or HTML would act on escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join("\\" + character if character in "\\`*_{}[]()#+!|~" else character for character in escaped)


def article_to_dict(article: Article) -> dict[str, Any]:
    """An article without its text; `article_from_dict` gives back an equal one."""
    return {
        "title": article.title,
        "language": article.language,
        "publisher": article.publisher,
        "author": article.author,
        "published": _iso(article.published),
        "url": article.url,
        "source": article.source,
        "reports": [
            {"title": report.title, "publisher": report.publisher, "published": _iso(report.published)}
            for report in article.reports
        ],
        "licence": article.licence,
    }


def article_from_dict(data: Mapping[str, Any]) -> Article:
    """The article that `article_to_dict` wrote."""
    reports = tuple(Report(item["title"], item["publisher"], _day(item["published"])) for item in data["reports"])
    return Article(**{**data, "published": _day(data["published"]), "reports": reports})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
