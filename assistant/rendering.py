"""Answers as HTML: pure functions from records to strings; everything that comes from articles or people is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date

from assistant.records import Answer, Quote, Status
from assistant.texts import text
from corpus.records import Article, Language

_BIDI_AND_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MARK = re.compile(r"\[(\d{1,3})\]")
_STATUS_KEY = {
    Status.ANSWERED: "status_answered",
    Status.CONFLICT: "status_conflict",
    Status.NOT_FOUND: "status_not_found",
}


def safe(raw: str) -> str:
    """`raw` for use inside HTML that a Markdown renderer sees too: nothing in it is markup of either kind.

    Control characters and bidirectional overrides are dropped; every ASCII punctuation mark becomes a numeric
    reference, which Markdown never reads as structure.
    """
    clean = _BIDI_AND_CONTROL.sub("", raw)
    return "".join(f"&#{ord(c)};" if c.isascii() and not c.isalnum() and c not in " \n" else c for c in clean)


def answer_html(answer: Answer, turn: int, language: Language) -> str:
    """An answer for the chat: its text with every `[n]` made a link to the card of quote n of this turn.

    Args:
        answer: What to show.
        turn: Number of the answer in its conversation; makes the targets unique.
        language: Language of the page.
    """
    numbers = {quote.number for quote in answer.quotes}
    pieces = []
    position = 0
    for mark in _MARK.finditer(answer.text):
        number = int(mark[1])
        if number not in numbers:
            continue
        label = html.escape(text("show_quote", language).format(number=number))
        pieces.append(safe(answer.text[position : mark.start()]))
        pieces.append(f'<a class="cite" href="#quote-{turn}-{number}" aria-label="{label}">{number}</a>')
        position = mark.end()
    pieces.append(safe(answer.text[position:]))
    body = "".join(pieces).replace("\n", "<br>")
    return f'<div class="answer" lang="{answer.language}">{_status_badge(answer.status, language)}{body}</div>'


def quotes_html(answer: Answer | None, turn: int, language: Language, today: date | None = None) -> str:
    """The quotes panel: a card for each quote of an answer, or a line that says what will appear here."""
    if answer is None or not answer.quotes:
        key = "quotes_none" if answer is not None and answer.status is Status.NOT_FOUND else "quotes_empty"
        return f'<div class="quotes"><p class="empty">{html.escape(text(key, language))}</p></div>'
    heading = html.escape(text("quotes_heading", language))
    cards = "".join(_card(quote, turn, language, today) for quote in answer.quotes)
    return f'<div class="quotes"><h2>{heading}</h2>{cards}</div>'


def source_line(article: Article) -> str:
    """Publisher, title and date of an article in one plain line; what is unknown is left out."""
    published = article.published.isoformat() if article.published else ""
    return ", ".join(part for part in (article.publisher, article.title, published) if part)


def _status_badge(status: Status, language: Language) -> str:
    key = _STATUS_KEY.get(status)
    if key is None:
        return ""
    return f'<span class="status {status.value}">{html.escape(text(key, language))}</span> '


def _card(quote: Quote, turn: int, language: Language, today: date | None) -> str:
    identifier = f"quote-{turn}-{quote.number}"
    meta = _metadata(quote.article, language, today)
    gloss = ""
    if quote.gloss:
        gloss = f'<p class="gloss"><b>{html.escape(text("gloss", language))}</b> {safe(quote.gloss)}</p>'
    return (
        f'<article class="card" id="{identifier}" tabindex="0" data-document="{safe(quote.document_id)}" '
        f'data-start="{quote.span.start}" data-end="{quote.span.end}">'
        f'<span class="number">{quote.number}</span>'
        f'<blockquote lang="{quote.language}">{safe(quote.text)}</blockquote>{gloss}'
        f"<footer>{meta}</footer></article>"
    )


def _metadata(article: Article, language: Language, today: date | None) -> str:
    parts: Sequence[str] = [
        f'<span class="title">{safe(article.title)}</span>',
        safe(article.publisher),
        shown_date(article.published, language, today),
    ]
    return " · ".join(part for part in parts if part)


def shown_date(day: date | None, language: Language, today: date | None = None) -> str:
    """A date as the page's language writes it, with its age where `today` is given."""
    if day is None:
        return ""
    shown = (
        f"{day.year}年{day.month}月{day.day}日"
        if language == "zh"
        else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )
    return f"{shown} ({_age((today - day).days, language)})" if today and today >= day else shown


_MONTHS = ("January February March April May June July August September October November December").split()


def _age(days: int, language: Language) -> str:
    amount, unit = (days, "day") if days < 60 else (days // 30, "month") if days < 730 else (days // 365, "year")
    if language == "zh":
        return f"{amount}{ {'day': '天', 'month': '个月', 'year': '年'}[unit] }前"
    return f"{amount} {unit}{'' if amount == 1 else 's'} ago"
