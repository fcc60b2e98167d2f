"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

import re

from corpus.decoding import decode
from corpus.errors import UserError
from corpus.formats.records import Extracted, Found
from corpus.front_matter import split_front_matter
from corpus.settings import ReadingSettings

_LINE_BREAK = re.compile("[\n\r]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_plain(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The one article of a text file, its text unchanged after the front matter."""
    text = decode(data).text
    if len(text) > settings.max_lines and len(_LINE_BREAK.findall(text)) > settings.max_lines:
        raise UserError("The text has too many lines.", f"At most {settings.max_lines:,} lines are read; split it.")
    yield plain_article(text, source)


def plain_article(text: str, source: str) -> Extracted:
    """A text after its front matter; lone surrogates, which are no characters, become U+FFFD one by one.

    Raises:
        UserError: The front matter is broken.
    """
    metadata, body = split_front_matter(_SURROGATE.sub("\ufffd", text))
    return Extracted(source, body, metadata)
