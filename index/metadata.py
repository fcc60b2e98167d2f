"""An article's metadata as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from corpus.records import Article, Report


def article_to_json(article: Article) -> str:
    """Metadata as JSON; days as YYYY-MM-DD."""
    return json.dumps(asdict(article), default=date.isoformat, ensure_ascii=True, sort_keys=True)


def article_from_json(text: str) -> Article:
    """The metadata that `article_to_json` wrote."""
    values = json.loads(text)
    reports = tuple(Report(**{**report, "published": _day(report["published"])}) for report in values.pop("reports"))
    return Article(**{**values, "published": _day(values["published"])}, reports=reports)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
