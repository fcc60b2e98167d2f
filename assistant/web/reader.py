"""The source reader: a whole article with the quotes of an answer marked at their exact characters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import date

from assistant.rendering import safe, say, shown_date
from corpus.records import Article, Document, Language, Span

LONGEST_SHOWN = 200_000
"""Characters of an article that the reader shows; a longer one is cut around the quote."""
_QUOTE = re.compile(r"(\d{1,3}):(\d{1,9})-(\d{1,9})")
_HEADING = re.compile(r"^(#{1,6}[ \t]+)\S.*$", re.MULTILINE)

Numbered = tuple[int, Span]
"""A quote's number and where it stands."""


def parse_quotes(listed: str) -> list[Numbered]:
    """Quotes from `1:10-40,2:80-95`; what has another form, or ends before it begins, is left out."""
    found = []
    for item in listed.split(",")[:200]:
        match = _QUOTE.fullmatch(item)
        if match and int(match[2]) <= int(match[3]):
            found.append((int(match[1]), Span(int(match[2]), int(match[3]))))
    return found


def reader_html(document: Document, quotes: Iterable[Numbered], current: int, language: Language, today: date) -> str:
    """A document for reading, the quotes in it marked, the current one most.

    Args:
        document: What to show, unchanged.
        quotes: Quotes of one answer that stand in this document; may overlap. Those outside of it are left out.
        current: Number of the quote that was opened; 0 for none.
        language: Language of the page.
        today: For the article's age.
    """
    article = document.article
    marks = [(number, span) for number, span in quotes if span.end <= len(document.text)]
    window = _window(len(document.text), next((span for number, span in marks if number == current), Span(0, 0)))
    body = marked_html(document.text, marks, current, window)
    cut = "" if len(window) == len(document.text) else f'<p class="hint">{say("reader_cut", language)}</p>'
    html_language = "zh-Hans" if article.language == "zh" else "en"
    return (
        f'<header><h2 id="reader-title" lang="{html_language}">{safe(article.title)}</h2>'
        f'<dl class="facts">{_facts(document, language, today)}</dl></header>{cut}'
        f'<div class="text" lang="{html_language}" dir="auto">{body}</div>'
    )


def marked_html(text: str, marks: Iterable[Numbered], current: int, window: Span | None = None) -> str:
    """Escaped `text` with `<mark data-numbers="1 2">` around quoted characters; overlapping quotes share pieces."""
    shown = window or Span(0, len(text))
    listed = sorted(((n, s) for n, s in marks if s.overlaps(shown)), key=lambda mark: (mark[1], mark[0]))
    headings = [Span(*match.span()) for match in _HEADING.finditer(text, shown.start, shown.end)]
    signs = {match.start(): match.end(1) for match in _HEADING.finditer(text, shown.start, shown.end)}
    edges = {shown.start, shown.end, *signs.values()}
    for span in [*headings, *(span for _, span in listed)]:
        edges.update(edge for edge in (span.start, span.end) if shown.start < edge < shown.end)
    ordered = sorted(edges)
    pieces = []
    for start, end in itertools.pairwise(ordered):
        numbers = [number for number, span in listed if span.start <= start and end <= span.end]
        piece = safe(text[start:end])
        if start in signs:
            piece = f'<span class="sign">{piece}</span>'
        elif any(heading.start <= start < heading.end for heading in headings):
            piece = f'<span class="heading">{piece}</span>'
        if numbers:
            kind = ' class="current"' if current in numbers else ""
            piece = f'<mark data-numbers="{" ".join(map(str, numbers))}"{kind}>{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces)


def _window(length: int, around: Span) -> Span:
    if length <= LONGEST_SHOWN:
        return Span(0, length)
    start = max(0, min(around.start - LONGEST_SHOWN // 2, length - LONGEST_SHOWN))
    return Span(start, start + LONGEST_SHOWN)


def _facts(document: Document, language: Language, today: date) -> str:
    article = document.article
    rows = [
        ("publisher", article.publisher),
        ("author", article.author),
        ("published", shown_date(article.published, language, today)),
        ("reports_on", _reports(article, language)),
        ("language", say(f"language_{article.language}", language)),
        ("length", f"{len(document.text):,}"),
        ("source", article.source),
        ("link", article.url),
        ("licence", article.licence),
    ]
    return "".join(f"<div><dt>{say(key, language)}</dt><dd>{safe(value)}</dd></div>" for key, value in rows if value)


def _reports(article: Article, language: Language) -> str:
    listed = (
        ", ".join(part for part in (report.publisher, report.title, shown_date(report.published, language)) if part)
        for report in article.reports
    )
    return "; ".join(listed)
