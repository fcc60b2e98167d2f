"""Word files (docx): paragraphs, lists and tables in the order in which they stand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.errors import UserError
from corpus.formats.packing import check_sizes
from corpus.formats.records import Extracted, Found
from corpus.front_matter import Metadata
from corpus.settings import ReadingSettings

_LIST_STYLE = re.compile(r"list|列表|项目", re.I)
_MADE_BY_PROGRAMS = ("python-docx", "Word Document", "Microsoft Office User", "Administrator")


def read_word(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The article of a Word file; a table's row becomes a line of cells between bars."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_sizes(archive, settings)
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError):
        raise UserError("The Word file is broken.", "Open it in a word processor and save it again.") from None
    blocks = [text for block in document.iter_inner_content() if (text := _text(block))]
    about = document.core_properties
    metadata = Metadata(title=_property(about.title), author=_property(about.author))
    yield Extracted(source, "\n\n".join(blocks) + "\n", metadata)


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Table):
        return "\n".join(f"| {' | '.join(cells)} |" for cells in _rows(block))
    text = block.text.strip()
    style = (block.style.name or "") if block.style is not None else ""
    return f"- {text}" if text and _LIST_STYLE.search(style) else text


def _rows(table: Table) -> Iterator[list[str]]:
    """The cells of each row that holds text; one that spans several columns is told once."""
    for row in table.rows:
        cells: dict[int, str] = {}
        for cell in row.cells:
            cells.setdefault(id(cell._tc), " ".join(cell.text.split()))
        if any(cells.values()):
            yield list(cells.values())


def _property(value: str | None) -> str:
    text = " ".join((value or "").split())
    return "" if text in _MADE_BY_PROGRAMS else text
