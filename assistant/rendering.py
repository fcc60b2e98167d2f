"""Answers as HTML: pure functions from records to strings; everything that comes from articles or people is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.records import Answer, Quote, Status
from assistant.texts import place_text, text
from corpus.records import Article, Language

_BIDI_AND_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = re.compile(r"\[(\d{1,3})\]")
_STATUS_KEY = {
    Status.ANSWERED: "status_answered",
    Status.CONFLICT: "status_conflict",
    Status.NOT_FOUND: "status_not_found",
}
_MONTHS = "January February March April May June July August September October November December".split()
_THUMB = "M2 8h3v7H2zM6 8l3-6c1.3 0 2 .8 1.7 2L10 7h4c.8 0 1.2.6 1 1.3l-1.5 5.4c-.2.8-.8 1.3-1.6 1.3H6z"


def safe(raw: str) -> str:
    """`raw` for use inside HTML, templates and Markdown: nothing in it is markup of any kind.

    Control characters and bidirectional overrides are dropped, lone surrogates replaced; every ASCII punctuation mark
    becomes a numeric reference, which neither Markdown nor a template engine reads as structure.
    """
    clean = _LONE_SURROGATE.sub("\ufffd", _BIDI_AND_CONTROL.sub("", raw))
    return "".join(f"&#{ord(c)};" if c.isascii() and not c.isalnum() and c not in " \n" else c for c in clean)


def say(key: str, language: Language, **values: object) -> str:
    """Words of the page, filled in and escaped."""
    return safe(text(key, language).format(**values) if values else text(key, language))


def talk_html(answers: Sequence[Answer], language: Language, starters: Sequence[str] | None = None) -> str:
    """A conversation: its turns, or where there are none a welcome with questions to start with.

    Args:
        answers: Oldest first.
        language: Language of the page.
        starters: Questions offered while there is no turn; None where there is not even an article.
    """
    if not answers:
        return _welcome_html(language, starters)
    last = len(answers)
    return "".join(turn_html(answer, turn, language, last=turn == last) for turn, answer in enumerate(answers, 1))


def turn_html(answer: Answer, turn: int, language: Language, *, last: bool) -> str:
    """One question with its answer and what can be done with them.

    Args:
        answer: What to show.
        turn: Number of the answer in its conversation, from 1; makes the targets unique.
        language: Language of the page.
        last: Whether it ends the conversation: only then it can be undone and carries suggestions.
    """
    tools = [_tool("copy", turn, language), _tool("retry", turn, language)]
    if last:
        tools.append(_tool("undo", turn, language))
    if answer.status is not Status.CHAT:
        tools += [_thumb("good", turn, language), _thumb("bad", turn, language)]
    if answer.quotes:
        count = len(answer.quotes)
        label = say("quotes_count_one" if count == 1 else "quotes_count", language, number=count)
        tools.insert(
            0, f'<button type="button" class="tool show-quotes" data-act="quotes" data-turn="{turn}">{label}</button>'
        )
    offered = _questions_html(answer.suggestions, "suggestions", language) if last else ""
    hint = f'<p class="hint">{say("not_found_hint", language)}</p>' if answer.status is Status.NOT_FOUND else ""
    return (
        f'<section class="turn" data-turn="{turn}">{question_html(answer.question, language, turn)}'
        f"{answer_html(answer, turn, language)}{hint}"
        f'<div class="tools">{"".join(tools)}</div>{offered}</section>'
    )


def question_html(question: str, language: Language, turn: int | None = None) -> str:
    """A question as asked; with a turn it can be edited."""
    tool = _tool("edit", turn, language) if turn else ""
    return (
        f'<div class="question"><h3 class="unseen">{say("you", language)}</h3>'
        f'<p dir="auto">{_lines(question)}</p>{tool}</div>'
    )


def answer_html(answer: Answer, turn: int, language: Language) -> str:
    """An answer for the chat: its text with every `[n]` made a link to the card of quote n of this turn."""
    body = cited_html(answer.text, {quote.number for quote in answer.quotes}, turn, language)
    return (
        f'<div class="answer {answer.status.value}" lang="{_html_language(answer.language)}">'
        f'<h3 class="unseen">{say("answer", language)}</h3>{_status_badge(answer.status, language)}{body}</div>'
    )


def cited_html(body: str, numbers: set[int], turn: int, language: Language) -> str:
    """Text with the marks `[n]` of known quotes as links; other brackets stay text."""
    pieces = []
    position = 0
    for mark in _MARK.finditer(body):
        number = int(mark[1])
        if number not in numbers:
            continue
        pieces.append(_lines(body[position : mark.start()]))
        pieces.append(
            f'<a class="cite" href="#quote-{turn}-{number}" data-act="mark" data-turn="{turn}" '
            f'data-number="{number}" aria-label="{say("show_quote", language, number=number)}">{number}</a>'
        )
        position = mark.end()
    return "".join(pieces) + _lines(body[position:])


def quotes_html(answers: Sequence[Answer], language: Language, today: date | None = None) -> str:
    """The quotes panel: for each turn a section of cards, the last one shown.

    Args:
        answers: The conversation, oldest first.
        language: Language of the page.
        today: Where given, dates tell their age.
    """
    close = f'<button type="button" class="tool sheet-close" data-act="close-quotes">{say("close", language)}</button>'
    heading = f'<div class="panel-head"><h2>{say("quotes_heading", language)}</h2>{close}</div>'
    if not answers:
        return f'{heading}<p class="empty">{say("quotes_empty", language)}</p>'
    last = len(answers)
    sections = []
    for turn, answer in enumerate(answers, 1):
        cards = "".join(_card(quote, turn, language, today) for quote in answer.quotes)
        key = "quotes_none" if answer.status is Status.NOT_FOUND else "quotes_empty"
        hidden = "" if turn == last else " hidden"
        content = cards or f'<p class="empty">{say(key, language)}</p>'
        sections.append(f'<section class="quotes" data-turn="{turn}"{hidden}>{content}</section>')
    return heading + "".join(sections)


def shown_date(day: date | None, language: Language, today: date | None = None) -> str:
    """A date as the page's language writes it, with its age where `today` is given."""
    if day is None:
        return ""
    chinese = language == "zh"
    shown = f"{day.year}年{day.month}月{day.day}日" if chinese else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if not today or today < day:
        return shown
    age = _age((today - day).days, language)
    return f"{shown}（{age}）" if chinese else f"{shown} ({age})"


def metadata_line(article: Article, language: Language, today: date | None = None) -> str:
    """Publisher, date and language of an article as escaped HTML; what is unknown is left out."""
    parts = [
        safe(article.publisher),
        safe(shown_date(article.published, language, today)),
        say(f"language_{article.language}", language),
    ]
    return " · ".join(part for part in parts if part)


def _welcome_html(language: Language, starters: Sequence[str] | None) -> str:
    if starters is None:
        return f'<div class="welcome"><h2>{say("start", language)}</h2><p>{say("start_empty", language)}</p></div>'
    offered = _questions_html(starters, "start", language, heading=False)
    return f'<div class="welcome"><h2>{say("start", language)}</h2><p>{say("start_hint", language)}</p>{offered}</div>'


def _questions_html(questions: Sequence[str], key: str, language: Language, *, heading: bool = True) -> str:
    if not questions:
        return ""
    buttons = "".join(
        f'<button type="button" class="offer" data-act="ask" data-question="{safe(question)}">{safe(question)}</button>'
        for question in questions
    )
    title = f"<h3>{say(key, language)}</h3>" if heading else ""
    return f'<div class="offers">{title}{buttons}</div>'


def _status_badge(status: Status, language: Language) -> str:
    key = _STATUS_KEY.get(status)
    return f'<span class="status {status.value}" lang="{language}">{say(key, language)}</span> ' if key else ""


def _card(quote: Quote, turn: int, language: Language, today: date | None) -> str:
    article = quote.article
    where = " · ".join(
        part for part in (metadata_line(article, language, today), safe(place_text(quote.place, language))) if part
    )
    gloss = ""
    if helped := quote.translation or quote.gloss:
        label = say("translation" if quote.translation else "gloss", language)
        gloss = f'<p class="gloss"><b>{label}</b> {safe(helped)}</p>'
    return (
        f'<article class="card" id="quote-{turn}-{quote.number}" tabindex="0" data-turn="{turn}" '
        f'data-number="{quote.number}" data-document="{safe(quote.document_id)}" '
        f'data-start="{quote.span.start}" data-end="{quote.span.end}" '
        f'aria-label="{say("quote", language, number=quote.number)}">'
        f'<span class="number" aria-hidden="true">{quote.number}</span>'
        f'<blockquote lang="{_html_language(quote.language)}" dir="auto">{safe(quote.text)}</blockquote>{gloss}'
        f'<p class="from"><span class="title">{safe(article.title)}</span><br>'
        f"{where}</p>"
        f'<button type="button" class="tool" data-act="read">{say("open_source", language)}</button></article>'
    )


def _tool(key: str, turn: int, language: Language) -> str:
    return f'<button type="button" class="tool" data-act="{key}" data-turn="{turn}">{say(key, language)}</button>'


def _thumb(key: str, turn: int, language: Language) -> str:
    words = say(key, language)
    return (
        f'<button type="button" class="tool thumb {key}" data-act="{key}" data-turn="{turn}" aria-label="{words}" '
        f'title="{words}"><svg viewBox="0 0 17 17" aria-hidden="true"><path d="{_THUMB}"/></svg></button>'
    )


def _lines(raw: str) -> str:
    return safe(raw).replace("\n", "<br>")


def _html_language(language: Language) -> str:
    return "zh-Hans" if language == "zh" else "en"


def _age(days: int, language: Language) -> str:
    amount, unit = (days, "day") if days < 60 else (days // 30, "month") if days < 730 else (days // 365, "year")
    if language == "zh":
        return f"{amount}{ {'day': '天', 'month': '个月', 'year': '年'}[unit] }前" if amount else "今天"
    return f"{amount} {unit}{'' if amount == 1 else 's'} ago" if amount else "today"
