"""The table of articles and the results of adding some, as HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.records import ArticleEntry
from assistant.rendering import safe, say, shown_date
from corpus.records import Language

MOST_ROWS = 200
"""Rows shown at once; the search narrows down."""
COLUMNS = ("title", "publisher", "published", "language", "length")
_SORT_KEYS: dict[str, Callable[[ArticleEntry], Any]] = {
    "title": lambda entry: entry.article.title.casefold(),
    "publisher": lambda entry: entry.article.publisher.casefold(),
    "published": lambda entry: entry.article.published.isoformat() if entry.article.published else "",
    "language": lambda entry: entry.article.language,
    "length": lambda entry: entry.length,
}


def matching(entries: Iterable[ArticleEntry], query: str) -> list[ArticleEntry]:
    """Entries whose title, publisher, author, date or file holds every word of a query, whatever its width and case."""
    words = _folded(query).split()
    return [entry for entry in entries if all(word in _haystack(entry) for word in words)]


def ordered(entries: Iterable[ArticleEntry], column: str, descending: bool) -> list[ArticleEntry]:
    """Entries by a column, those equal in it by id; an unknown column counts as the title."""
    by_id = sorted(entries, key=lambda entry: entry.document_id)
    return sorted(by_id, key=_SORT_KEYS.get(column, _SORT_KEYS["title"]), reverse=descending)


def table_html(entries: Sequence[ArticleEntry], query: str, column: str, descending: bool, language: Language) -> str:
    """The articles that match a query, sorted, each with a box to select it and a button to read it."""
    if not entries:
        return f'<p class="empty">{say("articles_empty", language)}</p>'
    found = ordered(matching(entries, query), column, descending)
    shown = found[:MOST_ROWS]
    count = f'<p class="count" role="status">{say("articles_count", language, shown=len(found), all=len(entries))}</p>'
    if not found:
        return f'{count}<p class="empty">{say("articles_none", language)}</p>'
    head = "".join(_heading(name, column, descending, language) for name in COLUMNS)
    rows = "".join(_row(entry, language) for entry in shown)
    more = f'<p class="hint">{say("articles_more", language, shown=MOST_ROWS)}</p>' if len(found) > MOST_ROWS else ""
    return (
        f'{count}<div class="table-box" tabindex="0" role="region" aria-label="{say("tab_articles", language)}">'
        f'<table class="articles"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}'
    )


def result_html(results: Sequence[tuple[str, str, str]], language: Language, progress: str = "") -> str:
    """What became of each file: (name, `added`, `unchanged` or `refused`, reason), and what is being done now."""
    lines = "".join(
        f'<li class="{kind}"><b>{say(f"result_{kind}", language)}</b> <span dir="auto">{safe(name)}</span>'
        f"{f'<br><small>{safe(reason)}</small>' if reason else ''}</li>"
        for name, kind, reason in results
    )
    now = f'<p class="hint">{safe(progress)}</p>' if progress else ""
    return f'<div role="status">{now}<ul class="results">{lines}</ul></div>' if lines or now else ""


def _heading(name: str, column: str, descending: bool, language: Language) -> str:
    sorted_by = name == column
    order = "none" if not sorted_by else "descending" if descending else "ascending"
    arrow = "" if not sorted_by else " ↓" if descending else " ↑"
    return (
        f'<th aria-sort="{order}"><button type="button" data-act="sort" data-column="{name}">'
        f"{say(name, language)}{arrow}</button></th>"
    )


def _row(entry: ArticleEntry, language: Language) -> str:
    article = entry.article
    id = safe(entry.document_id)
    label = say("select_article", language, title=article.title)
    return (
        f'<tr><td><input type="checkbox" value="{id}" aria-label="{label}"></td>'
        f'<td class="name"><button type="button" class="link" data-act="open" data-document="{id}" dir="auto">'
        f"{safe(article.title)}</button></td><td>{safe(article.publisher)}</td>"
        f"<td>{safe(shown_date(article.published, language))}</td>"
        f"<td>{say(f'language_{article.language}', language)}</td>"
        f'<td class="figure">{entry.length:,}</td></tr>'
    )


def _haystack(entry: ArticleEntry) -> str:
    article = entry.article
    day = article.published.isoformat() if article.published else ""
    return _folded(" ".join((article.title, article.publisher, article.author, day, article.source)))


def _folded(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).casefold()
