"""The articles at an address: a page, a file or a feed."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.errors import UserError
from corpus.formats.recognising import SUFFIXES, Format, recognise
from corpus.records import Document, Refusal
from corpus.settings import FetchingSettings
from corpus.web.fetching import Fetched, Fetcher

ReadData = Callable[[bytes, str], Iterator[Document | Refusal]]
"""Bytes and name of a file to the articles in it."""

_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/zip": ".zip",
}
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
_WHOLE = 1_000
"""Characters of a feed's entry that are taken for the article itself, not for its announcement."""


def read_address(address: str, settings: FetchingSettings, read_data: ReadData) -> Iterator[Document | Refusal]:
    """The articles at an address; of a feed those that its entries lead to. What cannot be read is a `Refusal`.

    Args:
        address: Of http or https.
        settings: Limits.
        read_data: Reads what was fetched.
    """
    with Fetcher(settings) as fetcher:
        try:
            fetched = fetcher.fetch(address)
            name = _name(fetched)
            data = _decoded(fetched)
            is_feed = recognise(data, name) is Format.FEED
        except UserError as error:
            yield Refusal(address, error.message, error.help)
            return
        items = (_placed(item, name, address, fetched.url) for item in read_data(data, name))
        yield from _entries(list(items), settings, fetcher, read_data) if is_feed else items


def _entries(
    items: list[Document | Refusal], settings: FetchingSettings, fetcher: Fetcher, read_data: ReadData
) -> Iterator[Document | Refusal]:
    """A feed's entries; where one only announces its article, the article's page instead."""
    for number, item in enumerate(items):
        url = item.url if isinstance(item, Refusal) else item.article.url
        announced = isinstance(item, Refusal) or len(item.text) < _WHOLE
        page = list(_page(url, fetcher, read_data)) if url and announced and number < settings.max_entries else []
        if isinstance(item, Document) and not any(isinstance(found, Document) for found in page):
            yield item
        else:
            yield from page or [item]


def _page(url: str, fetcher: Fetcher, read_data: ReadData) -> Iterator[Document | Refusal]:
    try:
        fetched = fetcher.fetch(url)
        name = _name(fetched)
        for item in read_data(_decoded(fetched), name):
            yield _placed(item, name, url, fetched.url)
    except UserError as error:
        yield Refusal(url, error.message, error.help)


def _name(fetched: Fetched) -> str:
    """The name of a file with this content: the address's last part, with the end that its kind has.

    Raises:
        UserError: The site says that it is something that holds no article.
    """
    last = PurePosixPath(unquote(urlsplit(fetched.url).path)).name or urlsplit(fetched.url).hostname or "page"
    if fetched.content_type in _UNTOLD:
        return last
    suffix = _SUFFIX_OF.get(fetched.content_type)
    if suffix is None:
        raise UserError(
            f"The address gives {fetched.content_type[:80]}, no article.", f"Supported are {', '.join(SUFFIXES)}."
        )
    return last if last.lower().endswith(suffix) else f"{last}{suffix}"


def _decoded(fetched: Fetched) -> bytes:
    """The content in UTF-8 with a mark, where the site tells another encoding; else as it came."""
    try:
        name = codecs.lookup(fetched.charset).name if fetched.charset else ""
    except LookupError:
        return fetched.data
    if not name or name == "utf-8" or not fetched.content_type.startswith("text/"):
        return fetched.data
    text = fetched.data.decode("gb18030" if name in ("gb2312", "gbk") else name, "replace")
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _placed(item: Document | Refusal, name: str, address: str, url: str) -> Document | Refusal:
    """An item that tells the address instead of the file's name."""
    if isinstance(item, Refusal):
        return replace(item, source=address + item.source.removeprefix(name))
    article = item.article
    source = address + article.source.removeprefix(name)
    return replace(item, article=replace(article, source=source, url=article.url or url))
