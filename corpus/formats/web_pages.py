"""HTML pages: trafilatura finds the article among menus and links, and who published it when."""

from __future__ import annotations

import re

import trafilatura
from lxml import html
from lxml.etree import LxmlError
from trafilatura.settings import Document as Page

from corpus.decoding import decode
from corpus.errors import UserError
from corpus.formats.records import Extracted, Found, as_day
from corpus.front_matter import Metadata
from corpus.settings import ReadingSettings

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
_AUTHOR_NAMES = ("author", "article:author", "byl", "dc.creator", "parsely-author")
_DEEPEST = 2_000
"""Elements inside each other; more is no page that a person wrote."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li td tr th dd dt".split())


def read_html(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The article of a page; its address is the canonical one where the page names it."""
    text = decode_markup(data)
    if _depth(text) > _DEEPEST:
        raise UserError("The page nests too deeply.", "Save the article as plain text.")
    page = trafilatura.bare_extraction(
        text, include_comments=False, include_tables=True, with_metadata=True, favor_recall=True, deduplicate=False
    )
    if not isinstance(page, Page) or not page.text or not page.text.strip():
        raise UserError("There is no article on this page.", "Save the article's text, or copy and paste it.")
    yield Extracted(source, _paragraphs(page.text), _metadata(page, text))


def decode_markup(data: bytes) -> str:
    """Markup as text: by its byte-order mark, by the encoding that it declares, or by its characters."""
    declared = _CHARSET.search(data[:4_096])
    if declared is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii", "replace").lower()
        try:
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (LookupError, UnicodeDecodeError):
            pass  # it is not what it says
    return decode(data).text


def _paragraphs(text: str) -> str:
    """Paragraphs with a blank line between them; trafilatura ends each with one line break."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def _metadata(page: Page, text: str) -> Metadata:
    return Metadata(
        title=_one_line(page.title),
        publisher=_one_line(page.sitename),
        author=_one_line(page.author) or _author(text),
        published=as_day(page.date),
        url=web_address(page.url),
    )


def _author(text: str) -> str:
    """The author that the page's head names, where trafilatura leaves a Chinese name out."""
    try:
        tree = html.fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError):
        return ""
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in _AUTHOR_NAMES and (content := _one_line(meta.get("content"))) and "://" not in content:
            return content[:100]
    return ""


def web_address(address: str | None) -> str:
    """An address of the web as one line, or nothing where it is none."""
    cleaned = _one_line(address)
    return cleaned if re.match(r"https?://[^\s/]+", cleaned, re.I) and len(cleaned) < 2_000 else ""


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _depth(text: str) -> int:
    """Greatest number of elements that are open at once, elements that need no end tag left out."""
    deepest = depth = 0
    for closing, name, empty in _TAG.findall(text):
        if empty or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest
