"""EPUB books: the chapters in reading order, taken from the archive without any library but a parser of XML."""

from __future__ import annotations

import io
import posixpath
import zipfile
from urllib.parse import unquote

from lxml import etree

from corpus.errors import UserError
from corpus.formats.markup import paragraphs
from corpus.formats.packing import check_sizes, read_member
from corpus.formats.records import Extracted, Found, as_day
from corpus.formats.web_pages import decode_markup
from corpus.front_matter import Metadata
from corpus.settings import ReadingSettings

_CONTAINER = "META-INF/container.xml"
_LOCKED = "META-INF/encryption.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_epub(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The book as one article, chapters one after the other."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_sizes(archive, settings)
        package_path = _package_path(_xml(archive, _CONTAINER, settings))
        package = _xml(archive, package_path, settings)
        chapters = _chapters(package, posixpath.dirname(package_path))
        names = set(archive.namelist())
        text = []
        for chapter in chapters:
            if chapter in names:
                member = archive.getinfo(chapter)
                text += paragraphs(decode_markup(read_member(archive, member, settings.max_bytes)))
        if not text and _LOCKED in names:
            raise UserError("The book is locked by its seller (DRM).", "Only books without a lock can be read.")
    yield Extracted(source, "\n\n".join(text) + "\n", _metadata(package))


def _xml(archive: zipfile.ZipFile, name: str, settings: ReadingSettings) -> etree._Element:
    """A member as XML; no entity is followed and nothing is loaded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(read_member(archive, archive.getinfo(name), settings.max_bytes), parser=parser)
    except (KeyError, etree.XMLSyntaxError, ValueError):
        raise UserError("The book is broken.", "Open it in a reader of books and save it again.") from None
    return tree


def _package_path(container: etree._Element) -> str:
    for element in container.iter("{*}rootfile"):
        if path := element.get("full-path"):
            return str(path)
    raise UserError("The book is broken: it names no contents.", "Open it in a reader of books and save it again.")


def _chapters(package: etree._Element, folder: str) -> list[str]:
    """Members of the archive in reading order."""
    files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    hrefs = [files.get(reference.get("idref")) for reference in package.iter("{*}itemref")]
    return [posixpath.normpath(posixpath.join(folder, unquote(href.split("#")[0]))) for href in hrefs if href]


def _metadata(package: etree._Element) -> Metadata:
    def told(name: str) -> str:
        return " ".join(" ".join((package.findtext(f".//{_DUBLIN_CORE}{name}") or "").split())[:300].split())

    return Metadata(
        title=told("title"), author=told("creator"), publisher=told("publisher"), published=as_day(told("date"))
    )
