"""Markup that is all content, such as a book's chapter or a mail: its paragraphs as text."""

from __future__ import annotations

import re

from lxml import etree, html

_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
_SILENT = frozenset("head iframe math noscript object script style svg template title".split())
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")


def paragraphs(markup: str) -> list[str]:
    """The paragraphs, headings, list items and table rows of HTML or XHTML; empty ones are left out.

    Args:
        markup: Any; what is broken is read as browsers read it.
    """
    if not markup.strip():
        return []
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return []
    found: list[str] = [""]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        _take(found, event, element)
    return [shown for piece in found if (shown := _shown(piece))]


def _take(found: list[str], event: str, element: etree._Element) -> None:
    """Add what an element's start or end tells: text goes on in the last paragraph, a block begins another."""
    name = element.tag if isinstance(element.tag, str) else ""
    if event == "start":
        if name in ("td", "th"):
            found[-1] += " | " if found[-1].strip() else "| "
        elif name in _BLOCKS:
            found.append("- " if name == "li" else "")
        found[-1] += "\n" if name == "br" else _text(element)
        return
    if name in _BLOCKS and name not in ("td", "th"):
        found[-1] += " |" if name == "tr" and found[-1].strip() else ""
        found.append("")
    if not _is_silent(element.getparent()):
        found[-1] += _SPACE.sub(" ", element.tail or "")


def _text(element: etree._Element) -> str:
    return "" if _is_silent(element) else _SPACE.sub(" ", element.text or "")


def _is_silent(element: etree._Element | None) -> bool:
    return element is not None and (element.tag in _SILENT or any(up.tag in _SILENT for up in element.iterancestors()))


def _shown(piece: str) -> str:
    lines = (" ".join(line.split()) for line in piece.split("\n"))
    return "\n".join(line for line in lines if line and line not in ("-", "|", "| |"))
