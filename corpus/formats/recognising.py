"""Which format a file is in: by its first bytes where they tell, else by the end of its name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from corpus.errors import UserError


class Format(StrEnum):
    """What is read; the value is what people call it."""

    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    WORD = "Word (docx)"
    EPUB = "EPUB"
    MAIL = "mail (eml)"
    TABLE = "table"
    FEED = "RSS or Atom"
    ARCHIVE = "zip"


_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".md": Format.TEXT,
    ".markdown": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.WORD,
    ".epub": Format.EPUB,
    ".eml": Format.MAIL,
    ".json": Format.TABLE,
    ".jsonl": Format.TABLE,
    ".ndjson": Format.TABLE,
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".xml": Format.FEED,
    ".zip": Format.ARCHIVE,
}
SUFFIXES = tuple(_BY_SUFFIX)
"""Ends of the names of files that are read, in lower case."""
SUPPORTED = f"Supported are {', '.join(SUFFIXES)}."

_BINARY = (Format.PDF, Format.WORD, Format.EPUB, Format.ARCHIVE)
_PDF_WITHIN = 1024
"""A PDF's mark may stand behind a few other bytes."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+)?(?P<name>html|head|body|rss|feed|rdf:rdf)\b",
    re.I | re.S,
)
_OTHER_OFFICE = {"xl": "a spreadsheet (xlsx)", "ppt": "a presentation (pptx)"}


def recognise(data: bytes, name: str) -> Format:
    """The format of a file.

    Args:
        data: Its bytes.
        name: Its name; only the end is looked at.

    Raises:
        UserError: It is in no format that is read.
    """
    suffix = PurePosixPath(name).suffix.lower()
    named = _BY_SUFFIX.get(suffix)
    found = _by_content(data)
    if found is not None:
        return found
    if named is None:
        raise UserError(f"Files of the kind {suffix or 'without suffix'!r} are not supported.", SUPPORTED)
    if named in _BINARY:
        raise UserError(f"This is no {named.value} file, although its name says so.", SUPPORTED)
    return named


def _by_content(data: bytes) -> Format | None:
    """What the first bytes tell; None where they tell nothing."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Format.PDF
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    markup = _MARKUP.match(data[:4_096])
    if markup is None:
        return None
    return Format.HTML if markup["name"].lower() in (b"html", b"head", b"body") else Format.FEED


def _kind_of_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UserError("The zip archive is broken.", "Pack it again, or give the files themselves.") from None
    if "META-INF/container.xml" in names:
        return Format.EPUB
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return Format.WORD
        for folder, what in _OTHER_OFFICE.items():
            if any(name.startswith(f"{folder}/") for name in names):
                raise UserError(f"This is {what}.", f"Save it as csv or pdf. {SUPPORTED}")
    return Format.ARCHIVE
