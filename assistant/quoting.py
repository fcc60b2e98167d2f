"""The only place where quoted text is made: cut out of stored documents by offsets, and checked.

An answerer points at evidence by key; this module cuts the sentences, numbers them, and drops every claim with a number
or a date that stands in none of its own quotes. So a quote is verbatim by construction, and so are an answer's numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from assistant.records import Answer, Claim, Draft, Evidence, Question, Quote, Status
from assistant.wording import answered_text, not_found_text
from corpus.errors import UserError
from corpus.places import find_place
from corpus.quantities import covers_numbers
from corpus.records import Article, Document, Language, Span

DocumentOf = Callable[[str], Document]
Gloss = Callable[[str, Language], str]
"""Text of a quote and its language to word-by-word help in the other language."""

LONGEST_GAP = 3
"""Characters between two sentences that still make one quote."""


class QuoteState(StrEnum):
    """What became of a quote since it was cut."""

    OK = "ok"
    CHANGED = "changed"
    """An article of the same source is there, but these characters are not at these offsets."""
    GONE = "gone"
    """The article is no longer in the collection."""


class Shelf(Protocol):
    """What verifying needs of a collection."""

    def document(self, document_id: str) -> Document:
        """A document by its id."""
        ...

    def articles(self) -> list[tuple[str, Article, int]]:
        """Id, metadata and length of each article."""
        ...


def cut(
    question: Question, draft: Draft, evidence: Sequence[Evidence], document_of: DocumentOf, gloss: Gloss | None = None
) -> Answer:
    """The answer of a draft: claims that hold, with their quotes; "not found" where none does.

    Args:
        question: As analysed.
        draft: Points at evidence by key; claims with unknown keys or none are dropped.
        evidence: Best first.
        document_of: Gives the document of an id.
        gloss: Makes help for quotes in the other language than the question's.
    """
    by_key = {item.key: item for item in evidence}
    claims = [claim for claim in draft.claims if _stands(claim, by_key)] if draft.status is not Status.NOT_FOUND else []
    if not claims:
        nearest = _quotes([Claim("", (evidence[0].key,))] if evidence else [], by_key, document_of, question, gloss)
        text = not_found_text(question.language, nearest, draft.note)
        return Answer(question.text, question.language, Status.NOT_FOUND, text, "", nearest, draft.confidence)
    also = [by_key[key] for key in draft.see_also if key in by_key]
    quotes = _quotes(claims, by_key, document_of, question, gloss, also)
    numbers = [_numbers(claim, by_key, quotes) for claim in claims]
    status = Status.ANSWERED if draft.status is Status.CONFLICT and len(claims) < 2 else draft.status
    further = range(max(map(max, numbers)) + 1, len(quotes) + 1)
    text, short = answered_text(question.language, status, claims, numbers, by_key, further, draft.note)
    return Answer(question.text, question.language, status, text, short, quotes, draft.confidence)


def verify_quote(quote: Quote, shelf: Shelf) -> QuoteState:
    """Whether the characters at a quote's offsets are still the quote's text."""
    try:
        document = shelf.document(quote.document_id)
    except UserError:
        names = {(article.source, article.title) for _, article, _ in shelf.articles()}
        known = (quote.article.source, quote.article.title) in names
        return QuoteState.CHANGED if known else QuoteState.GONE
    return QuoteState.OK if quote.span.cut(document.text) == quote.text else QuoteState.CHANGED


def _stands(claim: Claim, by_key: Mapping[str, Evidence]) -> bool:
    """Whether a claim cites known evidence and each of its numbers and dates stands there, by value."""
    if not claim.keys or any(key not in by_key for key in claim.keys):
        return False
    cited = [by_key[key] for key in claim.keys]
    said = f"{claim.text}\n{claim.short}"
    return not covers_numbers(said, [e.text for e in cited], [e.article.published for e in cited])


def _quotes(
    claims: Sequence[Claim],
    by_key: Mapping[str, Evidence],
    document_of: DocumentOf,
    question: Question,
    gloss: Gloss | None,
    also: Sequence[Evidence] = (),
) -> tuple[Quote, ...]:
    """Quotes of all cited evidence in the order of citing, then those of `also` that stand in none of them.

    Neighbouring sentences cited by one claim are one quote.
    """
    spans: list[tuple[Evidence, Span]] = []
    for claim in claims:
        for key in claim.keys:
            _place(spans, by_key[key], document_of)
    for item in also:
        if not any(_holds(other.document_id, span, item) for other, span in spans):
            spans.append((item, item.sentence.span))
    return tuple(
        make_quote(number, item, span, document_of(item.document_id), question.language, gloss)
        for number, (item, span) in enumerate(spans, start=1)
    )


def _holds(document_id: str, span: Span, item: Evidence) -> bool:
    """Whether a stretch of a document holds a sentence of evidence."""
    return document_id == item.document_id and span.contains(item.sentence.span)


def _place(spans: list[tuple[Evidence, Span]], item: Evidence, document_of: DocumentOf) -> None:
    """Add a sentence to the quotes, joined to a neighbour of at most one sentence that is there already."""
    own = item.sentence.span
    for position, (other, span) in enumerate(spans):
        if other.document_id != item.document_id:
            continue
        if span.contains(own):
            return
        first, second = (span, own) if span.start < own.start else (own, span)
        gap = second.start - first.end
        if 0 <= gap <= LONGEST_GAP and span == other.sentence.span:
            between = document_of(item.document_id).text[first.end : second.start]
            if not between.strip() and "\n" not in between:
                spans[position] = (other, Span(first.start, second.end))
                return
    spans.append((item, own))


def make_quote(
    number: int, item: Evidence, span: Span, document: Document, reader: Language, gloss: Gloss | None = None
) -> Quote:
    """The quote at a span of a document.

    Raises:
        ValueError: The span lies outside the document, or its text is not the evidence's.
    """
    text = span.cut(document.text)
    if span.end > len(document.text) or item.sentence.span.cut(document.text) != item.text:
        raise ValueError(f"evidence {item.key} does not stand at {item.sentence.span} of {document.id}")
    language = item.sentence.language
    helped = gloss(text, language) if gloss is not None and language != reader else ""
    place = find_place(document, span.start)
    return Quote(number, text, document.id, span, item.article, language, helped, place)


def _numbers(claim: Claim, by_key: Mapping[str, Evidence], quotes: Sequence[Quote]) -> tuple[int, ...]:
    """Numbers of the quotes that hold a claim's evidence, in order, each once."""
    found = []
    for key in claim.keys:
        item = by_key[key]
        number = next(quote.number for quote in quotes if _holds(quote.document_id, quote.span, item))
        if number not in found:
            found.append(number)
    return tuple(found)
