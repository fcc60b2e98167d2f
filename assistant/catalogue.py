"""Questions about the articles themselves: which mention something, when one was published, who wrote it.

Answered from what is known of the articles, each with a sentence of its own as the proof that it is the one meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from assistant.held_names import holds
from assistant.premises import Library
from assistant.quoting import make_quote
from assistant.reading import read_terms
from assistant.records import Answer, Evidence, Quote, Status
from corpus.languages import detect_language
from corpus.records import Article, Document, Language
from corpus.sentences import read_document
from index.records import Passage, Scope

LISTED = 8
"""At most so many articles are told."""
_SEARCHED = 40
"""Passages in which the articles are looked for."""

_ARTICLE = r"(?:article|report|piece|story|text)"
_ABOUT = r"(?:about|on|mentioning|that mentions?|titled|called)"
_ARTICLE_BEFORE = re.compile(r"^(?:the|an?) ", re.I)
_ARTICLE_ZH = r"(?:文章|报道|稿子|文)"
_PATTERNS: dict[str, tuple[str, ...]] = {
    "mention": (
        rf"(?:which|what|how many)(?: of the| of your)? {_ARTICLE}s? (?:mentions?|discuss(?:es)?|covers?|names?"
        r"|(?:speaks?|talks?|writes?|tells?) (?:of|about)|deals? with|(?:is|are) (?:there )?(?:about|on))"
        r" (?P<topic>.+)",
        rf"(?:哪些|哪几篇|哪篇|有哪些|多少篇|几篇|有几篇|有多少篇){_ARTICLE_ZH}(?:里|中)?"
        r"(?:提到|提及|谈到|谈及|讲到|讲|说到|涉及|写到|介绍|报道)(?:了|过)?(?P<topic>.+)",
        rf"(?:关于|提到|谈到)(?P<topic>.+?)的{_ARTICLE_ZH}(?:都)?有(?:哪些|哪几篇|几篇|多少篇?)",
    ),
    "date": (
        rf"when (?:was|is) (?:the|an?|your) {_ARTICLE} {_ABOUT} (?P<topic>.+?)"
        r" (?:published|written|dated|printed|from)",
        rf"what is the date of the {_ARTICLE} {_ABOUT} (?P<topic>.+)",
        rf"(?:关于|提到|介绍|讲)(?P<topic>.+?)的(?:那篇|这篇)?{_ARTICLE_ZH}(?:是)?(?:在)?(?:什么时候|何时|哪[一]?[天年])"
        r"(?:发表|发布|刊登|出版|刊发|写|登)(?:的|出来的)?",
    ),
    "author": (
        rf"who (?:wrote|published|authored|printed|is the author of|is the publisher of) (?:the|an?|your) {_ARTICLE} "
        rf"{_ABOUT} (?P<topic>.+)",
        rf"(?:关于|提到|介绍|讲)(?P<topic>.+?)的(?:那篇|这篇)?{_ARTICLE_ZH}(?:是)?(?:谁|哪家媒体|哪个媒体|哪家报纸)"
        r"(?:写|发表|发布|刊登|刊发|登)(?:的)?",
        rf"谁(?:写|发表|发布)(?:了)?(?:关于|介绍|提到)(?P<topic>.+?)的{_ARTICLE_ZH}",
    ),
}
"""For each kind the whole questions that are of it, without end marks."""


class Searched(Library, Protocol):
    """What is needed of a collection."""

    def search(self, query: str, limit: int, scope: Scope) -> list[Passage]:
        """The best passages for a query, best first."""
        ...


def catalogue_reply(text: str, scope: Scope, collection: Searched) -> Answer | None:
    """The answer to a question about the articles themselves; None where it is none, or no article is on its topic.

    Args:
        text: The question as asked.
        scope: Which articles may be told.
        collection: Holds the articles.
    """
    kind, topic = _read(text)
    if not topic:
        return None
    language = detect_language(text)
    proofs = list(_proofs(topic, scope, collection))
    if not proofs:
        return None
    told = proofs[:LISTED] if kind == "mention" else proofs[:1]
    quotes = tuple(
        make_quote(number, item, item.sentence.span, document, language)
        for number, (item, document) in enumerate(told, start=1)
    )
    said, short = _list_articles(topic, language, quotes) if kind == "mention" else _origin(kind, language, quotes[0])
    return Answer(text, language, Status.ANSWERED, said, short, quotes, 1.0)


def _read(text: str) -> tuple[str, str]:
    core = text.strip().rstrip(" ?？!！.。")
    for kind, patterns in _PATTERNS.items():
        for pattern in patterns:
            match = re.fullmatch(pattern, core, re.I)
            if match:
                return kind, _ARTICLE_BEFORE.sub("", match["topic"].strip(' ，,"“”《》'))
    return "", ""


def _proofs(topic: str, scope: Scope, collection: Searched) -> Iterator[tuple[Evidence, Document]]:
    """The first sentence of each article that speaks of the topic, best article first."""
    seen: set[str] = set()
    for passage in collection.search(topic, _SEARCHED, scope):
        if passage.document_id in seen:
            continue
        seen.add(passage.document_id)
        document = collection.document(passage.document_id)
        for read in read_document(document):
            sentence = read.sentence
            if holds(topic, read_terms(collection.analyzer, read.text, sentence.language), collection.analyzer):
                quoted = sentence.span.cut(document.text)
                yield Evidence(f"S{len(seen)}", document.id, sentence, quoted, document.article, 1.0), document
                break


def _list_articles(topic: str, language: Language, quotes: tuple[Quote, ...]) -> tuple[str, str]:
    """The articles that speak of a topic, one a line, and their titles."""
    zh = language == "zh"
    count = len(quotes)
    if zh:
        head = f"提到{topic}的文章有{count}篇：" if count < LISTED else f"提到{topic}的文章至少有{count}篇："
    else:
        told = f"{count} article{'s' if count > 1 else ''}"
        head = f"{told} mention{'s' if count == 1 else ''} {topic}:" if count < LISTED else f"At least {told} do:"
    lines = [f"- {_title(quote.article, language)} [{quote.number}]" for quote in quotes]
    return "\n".join([head, *lines]), "; ".join(quote.article.title for quote in quotes)


def _origin(kind: str, language: Language, quote: Quote) -> tuple[str, str]:
    """When an article was published, or by whom, with the reports that it draws on."""
    article = quote.article
    day = article.published.isoformat() if article.published else ""
    who = article.author or article.publisher
    short = day if kind == "date" else who
    sources = ("、" if language == "zh" else "; ").join(
        " ".join(part for part in (report.publisher, report.published and report.published.isoformat()) if part)
        for report in article.reports
    )
    if language == "zh":
        said = f"《{article.title}》：{who or '未署名'}，{day or '日期不详'}"
        return f"{said}{f'（所据报道：{sources}）' if sources else ''} [{quote.number}]。", short
    said = f"“{article.title}”: {who or 'no author named'}, {day or 'date not known'}"
    return f"{said}{f' (after reports by {sources})' if sources else ''} [{quote.number}].", short


def _title(article: Article, language: Language) -> str:
    known = [part for part in (article.publisher, article.published and article.published.isoformat()) if part]
    if language == "zh":
        return f"《{article.title}》" + (f"（{'，'.join(known)}）" if known else "")
    return f"“{article.title}”" + (f" ({', '.join(known)})" if known else "")
