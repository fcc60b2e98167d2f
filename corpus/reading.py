"""Articles from files, folders and pasted text.

What a file holds is found out by `corpus.formats`; here its parts become documents, and what cannot be read a refusal.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from corpus.errors import UserError
from corpus.formats.dispatch import INSTALL, extract
from corpus.formats.isolation import Isolated
from corpus.formats.plain import plain_article
from corpus.formats.recognising import SUFFIXES, SUPPORTED, Format, recognise
from corpus.formats.records import Extracted
from corpus.front_matter import UNKNOWN, Metadata, metadata_of
from corpus.languages import detect_language
from corpus.pages import read_page
from corpus.records import Article, Document, Kind, Refusal, Span
from corpus.sentences import split_sentences
from corpus.settings import FetchingSettings, ReadingSettings

__all__ = [
    "SUFFIXES",
    "Found",
    "Refusal",
    "is_address",
    "read_bytes",
    "read_file",
    "read_found",
    "read_paths",
    "read_text",
    "walk",
]

_ADDRESS = re.compile("https?://", re.I)
_KNOWN = tuple(field.name for field in fields(Metadata))


@dataclass(frozen=True, slots=True)
class Found:
    """A file or an address that is to be read."""

    path: Path | None
    """None for an address."""
    source: str
    """As `Refusal.source`; the address itself."""


def read_paths(
    paths: Iterable[str | Path],
    settings: ReadingSettings = ReadingSettings(),  # noqa: B008
    fetching: FetchingSettings = FetchingSettings(),  # noqa: B008
) -> Iterator[Document | Refusal]:
    """The articles in files and folders and at addresses, in the order given; folders are walked in sorted order.

    Hidden files and folders are skipped, symbolic links that leave the given folder are refused, and what cannot be
    read is told as a `Refusal` while the rest goes on.
    """
    with Isolated(settings) as isolated:
        for entry in walk(paths):
            if isinstance(entry, Refusal):
                yield entry
            else:
                yield from read_found(entry, settings, isolated, fetching)


def walk(paths: Iterable[str | Path]) -> Iterator[Found | Refusal]:
    """The files and addresses that `read_paths` reads, in its order, still unread."""
    for given in paths:
        path = Path(given)
        if isinstance(given, str) and is_address(given):
            yield Found(None, given)
        elif path.is_dir():
            yield from _walk_folder(path, path)
        else:
            yield Found(path, _shown(path.name))


def read_found(
    found: Found,
    settings: ReadingSettings,
    isolated: Isolated,
    fetching: FetchingSettings = FetchingSettings(),  # noqa: B008
) -> Iterator[Document | Refusal]:
    """What stands in a file or at an address."""
    if found.path is None:
        yield from _read_address(found.source, settings, fetching, isolated)
    else:
        yield from _read(found.path, found.source, settings, isolated)


def is_address(given: str) -> bool:
    """Whether something to add is an address of the web, no path."""
    return _ADDRESS.match(given) is not None


def read_file(path: str | Path, settings: ReadingSettings = ReadingSettings()) -> Document:  # noqa: B008
    """The article in a file that holds one.

    Raises:
        UserError: The file is missing, empty, too large, broken or of an unsupported kind, or holds several articles.
    """
    source = _shown(Path(path).name)
    with Isolated(settings) as isolated:
        return _only(_read(Path(path), source, settings, isolated), source)


def read_bytes(
    data: bytes,
    source: str,
    settings: ReadingSettings = ReadingSettings(),  # noqa: B008
) -> Iterator[Document | Refusal]:
    """The articles in the bytes of a file of that name; what cannot be read is told as a `Refusal`."""
    with Isolated(settings) as isolated:
        yield from _read_data(data, source, settings, isolated)


def read_text(text: str, name: str = "", **known_metadata: object) -> Document:
    """The article in a text: a file's, with or without front matter, or a page pasted as it is.

    The document's text is `text` after its front matter, otherwise unchanged, save that lone surrogates, which are no
    characters, become U+FFFD one by one.

    Args:
        text: The text.
        name: What to call it where no headline is found; a file's name.
        known_metadata: What is known already, stronger than what the text says: title, language, publisher, author,
            published (a date or written), url, source, reports, licence.

    Raises:
        UserError: The text is empty, its front matter is broken, or a key or value of the metadata cannot be read.
    """
    unknown = sorted(set(known_metadata) - set(_KNOWN))
    if unknown:
        raise UserError(f"Unknown metadata: {', '.join(unknown)}.", f"Known are: {', '.join(_KNOWN)}.")
    return _document(plain_article(text, name), metadata_of(known_metadata))


def _document(extracted: Extracted, known: Metadata = UNKNOWN) -> Document:
    """The document of what was taken out of a file.

    Raises:
        UserError: There is no word in it.
    """
    text = extracted.text
    if not any(map(str.isalnum, text)):
        raise UserError("The text is empty.", "Give an article with at least one word.")
    page = read_page(text)
    metadata = _merged(known, extracted.metadata, page.metadata)
    article = _article(metadata, text, extracted.source, page.boilerplate)
    return Document.create(text, article, page.boilerplate, extracted.pages)


def _merged(*sources: Metadata) -> Metadata:
    """What the sources say, the earlier the stronger."""
    merged = sources[-1]
    for stronger in reversed(sources[:-1]):
        said = {field: value for field in _KNOWN if (value := getattr(stronger, field))}
        merged = replace(merged, **said)
    return merged


def _article(metadata: Metadata, text: str, name: str, boilerplate: tuple[Span, ...]) -> Article:
    return Article(
        title=metadata.title or _title_from_name(name) or _first_words(text, boilerplate),
        language=metadata.language or detect_language(text),
        publisher=metadata.publisher,
        author=metadata.author,
        published=metadata.published,
        url=metadata.url,
        source=metadata.source or name,
        reports=metadata.reports,
        licence=metadata.licence,
    )


def _title_from_name(name: str) -> str:
    """A file's name without folder and suffix."""
    last = name.rsplit("/", 1)[-1]
    stem, dot, suffix = last.rpartition(".")
    return (stem if dot and f".{suffix.lower()}" in SUFFIXES else last).strip()


def _first_words(text: str, boilerplate: tuple[Span, ...], longest: int = 60) -> str:
    """The beginning of the first sentence, for a text without headline and name."""
    sentences = split_sentences(text[:5_000], boilerplate) or split_sentences(text)
    sentence = next((s for s in sentences if s.kind is not Kind.BOILERPLATE), sentences[0])
    words = " ".join(sentence.span.cut(text)[: longest + 1].split())
    return words if len(sentence.span) <= longest else f"{words.rsplit(' ', 1)[0][:longest]}…"


def _walk_folder(folder: Path, root: Path) -> Iterator[Found | Refusal]:
    """Everything below `folder` in the order of names; `root` is what the user gave."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(_shown(folder.relative_to(root).as_posix()), f"The folder cannot be read: {error.strerror}.")
        return
    for entry in entries:
        source = _shown(entry.relative_to(root).as_posix())
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not _is_inside(entry, root):
            yield Refusal(source, "A symbolic link leads out of the folder or nowhere.", "Give the path it leads to.")
        elif not entry.is_dir():
            yield Found(entry, source)
        elif not entry.is_symlink():  # a link inside the folder leads to what is walked anyway
            yield from _walk_folder(entry, root)


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _only(items: Iterable[Document | Refusal], source: str) -> Document:
    """The one document of a file.

    Raises:
        UserError: There is none, or there are several.
    """
    found = list(items)
    for item in found:
        if isinstance(item, Refusal):
            raise UserError(f"{item.source}: {item.reason}", item.help)
    if len(found) != 1 or not isinstance(found[0], Document):
        raise UserError(f"{source}: The file holds {len(found)} articles, not one.", "Read it with read_paths.")
    return found[0]


def _read(path: Path, source: str, settings: ReadingSettings, isolated: Isolated) -> Iterator[Document | Refusal]:
    try:
        data = _bytes(path, settings)
    except UserError as error:
        yield Refusal(source, error.message, error.help)
    else:
        yield from _read_data(data, source, settings, isolated)


def _read_address(
    address: str, settings: ReadingSettings, fetching: FetchingSettings, isolated: Isolated
) -> Iterator[Document | Refusal]:
    try:
        from corpus.web.reading import read_address
    except ImportError as error:
        yield Refusal(address, f"Fetching pages needs the package {error.name}.", f"Install it: {INSTALL}")
        return
    yield from read_address(address, fetching, lambda data, name: _read_data(data, name, settings, isolated))


def _read_data(data: bytes, source: str, settings: ReadingSettings, isolated: Isolated) -> Iterator[Document | Refusal]:
    """The documents in a file's bytes: of plain text here, of everything else in another process."""
    try:
        plain = recognise(data, source) is Format.TEXT
        for item in extract(data, source, settings) if plain else isolated.extract(data, source):
            yield item if isinstance(item, Refusal) else _document_or_refusal(item)
    except UserError as error:
        yield Refusal(source, error.message, error.help)


def _document_or_refusal(extracted: Extracted) -> Document | Refusal:
    try:
        return _document(extracted)
    except UserError as error:
        return Refusal(extracted.source, error.message, error.help)


def _bytes(path: Path, settings: ReadingSettings) -> bytes:
    """The bytes of a regular file that is neither empty nor too large."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise UserError("This is no regular file.", SUPPORTED)
        if state.st_size > settings.max_bytes:
            raise UserError(
                f"The file is too large: {state.st_size:,} bytes.",
                f"At most {settings.max_bytes:,} bytes are read; split it or raise reading.max_bytes.",
            )
        with path.open("rb") as file:
            data = file.read(settings.max_bytes + 1)[: settings.max_bytes]
    except FileNotFoundError:
        raise UserError("No such file or folder.", "Give the path of an article or of a folder.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"The file cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    if not data.strip(b" \t\r\n\x00"):
        raise UserError("The file is empty.", "Give an article with at least one word.")
    return data


def _shown(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")
