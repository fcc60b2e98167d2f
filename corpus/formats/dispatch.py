"""From a file's bytes to its articles: the one place that names every reader.

A new format is one more member of `Format`, one file with a reader, and one arm here.
"""

from __future__ import annotations

from corpus.errors import UserError
from corpus.formats.recognising import Format, recognise
from corpus.formats.records import Extractor, Found
from corpus.settings import ReadingSettings

INSTALL = "pip install 'yiju[formats]'"


def extract(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The articles in the bytes of a file, one by one, with refusals of the parts that cannot be read.

    Args:
        data: The whole file.
        source: Its name.
        settings: Limits.
        depth: How many archives or mails it lies in.

    Raises:
        UserError: Nothing of it can be read.
    """
    reader = _reader(recognise(data, source))
    yield from reader(data, source, settings, depth)


def _reader(format: Format) -> Extractor:  # noqa: C901 - an arm for each format
    try:
        match format:
            case Format.TEXT:
                from corpus.formats.plain import read_plain as reader
            case Format.HTML:
                from corpus.formats.web_pages import read_html as reader
            case Format.PDF:
                from corpus.formats.pdf import read_pdf as reader
            case Format.WORD:
                from corpus.formats.word import read_word as reader
            case Format.EPUB:
                from corpus.formats.books import read_epub as reader
            case Format.MAIL:
                from corpus.formats.mail import read_mail as reader
            case Format.TABLE:
                from corpus.formats.tables import read_table as reader
            case Format.FEED:
                from corpus.formats.feeds import read_feed as reader
            case Format.ARCHIVE:
                from corpus.formats.archives import read_archive as reader
    except ImportError as error:
        raise UserError(
            f"Reading {format.value} needs a package ({error.name or error}).", f"Install it: {INSTALL}"
        ) from None
    return reader
