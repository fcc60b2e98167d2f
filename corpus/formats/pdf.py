"""PDF files: the text of each page, mended, and where each page begins."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from corpus.errors import UserError
from corpus.formats.pdf_lines import Join, join_pages, mend_characters
from corpus.formats.records import Extracted, Found
from corpus.front_matter import Metadata
from corpus.settings import ReadingSettings

_PROGRAM_TITLE = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Excel) - .*|.*\.(?:docx?|wps|indd|qxd|pptx?|xlsx?|rtf|txt|tex|dvi|html?)|"
    r"untitled|无标题|未命名|document\d*|about:blank)",
    re.I,
)


def read_pdf(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The article of a PDF: hyphens at line ends, running heads and page numbers are gone, paragraphs are whole."""
    reader = _open(data)
    lines = [_lines(reader, number) for number in range(len(reader.pages))]
    joined: Join = join_pages(lines)
    if not any(map(str.isalnum, joined.text)):
        raise UserError("The PDF holds no text, only pictures.", "Run text recognition (OCR) on it first.")
    yield Extracted(source, joined.text, _metadata(reader), joined.pages)


def _open(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError("The PDF is encrypted.", "Save a copy without password.")
        if not len(reader.pages):
            raise UserError("The PDF has no pages.", "Open it in a viewer and print it to a new PDF.")
    except DependencyError:
        raise UserError("The PDF is encrypted in a way that is not known here.", "Save a copy without it.") from None
    except UserError:
        raise
    except Exception as error:  # a broken PDF makes pypdf raise nearly anything
        raise _broken(error) from None
    return reader


def _lines(reader: PdfReader, number: int) -> list[str]:
    """The lines of a page, its look-alike characters and ligatures mended."""
    try:
        text = reader.pages[number].extract_text()
    except PyPdfError as error:
        raise _broken(error) from None
    return [line.rstrip() for line in mend_characters(text).splitlines()]


def _broken(error: Exception) -> UserError:
    return UserError(f"The PDF is broken ({type(error).__name__}).", "Open it in a viewer and print it to a new PDF.")


def _metadata(reader: PdfReader) -> Metadata:
    """Title and author, where they are not what a program wrote by itself."""
    try:
        about = reader.metadata
        title, author = (about.title, about.author) if about is not None else (None, None)
    except (PyPdfError, ValueError, TypeError, AttributeError, KeyError):
        return Metadata()
    shown = " ".join(str(title or "").split())
    return Metadata(
        title="" if _PROGRAM_TITLE.fullmatch(shown) or len(shown) < 4 else mend_characters(shown),
        author=" ".join(str(author or "").split()),
    )
