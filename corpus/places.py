"""Where a reader finds a quote in the original: on which page, or else in which paragraph below which heading."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from corpus.layout import find_blocks
from corpus.records import Document, Kind, Place

_LONGEST_HEADING = 80


def find_place(document: Document, offset: int) -> Place:
    """The place of the character at an offset of the document's text."""
    if document.pages:
        return Place("page", max(1, bisect_right(document.pages, offset)))
    starts, headings = _outline(document)
    position = bisect_right(starts, offset)
    return Place("paragraph", max(1, position), headings[max(0, position - 1)] if headings else "")


@lru_cache(maxsize=4)
def _outline(document: Document) -> tuple[list[int], list[str]]:
    """Where each paragraph and list item begins, and the heading that it stands below."""
    starts, headings = [], []
    heading = ""
    for block in find_blocks(document.text):
        if any(span.contains(block.span) for span in document.boilerplate):
            continue
        if block.kind is Kind.HEADING:
            words = " ".join(block.span.cut(document.text).strip("#=- *\t\r\n").split())
            heading = "" if words == document.article.title or len(words) > _LONGEST_HEADING else words
        else:
            starts.append(block.span.start)
            headings.append(heading)
    return starts, headings
