"""RSS and Atom feeds in a file: an article for each entry, from the text that the feed itself carries."""

from __future__ import annotations

import io
from datetime import date
from itertools import islice
from typing import Any

import feedparser

from corpus.errors import UserError
from corpus.formats.markup import paragraphs
from corpus.formats.records import Extracted, Found
from corpus.formats.web_pages import web_address
from corpus.front_matter import Metadata
from corpus.records import Refusal
from corpus.settings import ReadingSettings


def read_feed(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The entries of a feed in its order; one without text is told.

    Raises:
        UserError: It is no feed.
    """
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise UserError("This is no RSS or Atom feed.", "Give a feed, a page or a text.")
    publisher = _one_line(feed.feed.get("title"))
    for number, entry in enumerate(islice(feed.entries, settings.max_members), 1):
        text = "\n\n".join(paragraphs(_markup(entry)))
        name = f"{source}#{number}"
        if not text.strip():
            link = web_address(entry.get("link"))
            yield Refusal(name, "The entry holds no text.", f"Add its page: {link}" if link else "", link)
            continue
        yield Extracted(
            name,
            text + "\n",
            Metadata(
                title=_one_line(" ".join(paragraphs(str(entry.get("title", ""))))),
                publisher=publisher,
                author=_one_line(entry.get("author")),
                published=_day(entry),
                url=web_address(entry.get("link")),
            ),
        )
    if not feed.entries:
        raise UserError("The feed is empty.", "Try again when it has entries.")


def _markup(entry: Any) -> str:  # noqa: ANN401 - feedparser's own type
    """The longest of the texts that an entry carries."""
    texts = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    return max(map(str, texts), key=len)


def _day(entry: Any) -> date | None:  # noqa: ANN401 - feedparser's own type
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return date(*moment[:3]) if moment else None
    except ValueError:
        return None


def _one_line(value: object) -> str:
    return " ".join(str(value or "").split())
