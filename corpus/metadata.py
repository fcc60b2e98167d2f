"""An article's metadata as plain data for JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.records import Article, Report


def article_to_dict(article: Article) -> dict[str, Any]:
    """An article without its text, days as YYYY-MM-DD; `article_from_dict` gives back an equal one."""
    data = asdict(article)
    reports = [{**report, "published": _iso(report["published"])} for report in data["reports"]]
    return {**data, "published": _iso(article.published), "reports": reports}


def article_from_dict(data: Mapping[str, Any]) -> Article:
    """The article that `article_to_dict` wrote."""
    reports = tuple(Report(**{**report, "published": _day(report["published"])}) for report in data["reports"])
    return Article(**{**data, "published": _day(data["published"]), "reports": reports})


def article_to_json(article: Article) -> str:
    """Metadata as JSON, the same for equal articles."""
    return json.dumps(article_to_dict(article), ensure_ascii=True, sort_keys=True)


def article_from_json(text: str) -> Article:
    """The metadata that `article_to_json` wrote."""
    return article_from_dict(json.loads(text))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
