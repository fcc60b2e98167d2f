"""Articles from files, folders and pasted text.

A new format is one more entry of `READERS`: a function that makes a document from the bytes of a file.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from corpus.decoding import decode
from corpus.errors import UserError
from corpus.front_matter import Metadata, metadata_of, split_front_matter
from corpus.languages import detect_language
from corpus.pages import read_page
from corpus.records import Article, Document, Kind, Span
from corpus.sentences import split_sentences
from corpus.settings import ReadingSettings

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("[\n\r]")
_SUPPORTED = "Supported are files that end in .txt, .md or .markdown."
_KNOWN = tuple(field.name for field in fields(Metadata))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or folder that was not read, and why; the rest goes on."""

    source: str
    """Name relative to the given folder, with forward slashes."""
    reason: str
    """One line: what was wrong."""
    help: str = ""
    """One line: what is allowed or how to mend it; may be empty."""


def _read_plain(data: bytes, source: str, settings: ReadingSettings) -> Document:
    text = decode(data).text
    if len(text) > settings.max_lines and len(_LINE_BREAK.findall(text)) > settings.max_lines:
        raise UserError("The text has too many lines.", f"At most {settings.max_lines:,} lines are read; split it.")
    return read_text(text, name=source, source=source)


READERS: Mapping[str, Callable[[bytes, str, ReadingSettings], Document]] = {
    ".txt": _read_plain,
    ".md": _read_plain,
    ".markdown": _read_plain,
}
"""What reads a file, by the end of its name in lower case: bytes, source name and settings to a document."""


def read_paths(
    paths: Iterable[str | Path],
    settings: ReadingSettings = ReadingSettings(),  # noqa: B008
) -> Iterator[Document | Refusal]:
    """The articles in files and folders, in the order given; folders are walked in sorted order.

    Hidden files and folders are skipped, symbolic links that leave the given folder are refused, and what cannot be
    read is told as a `Refusal` while the rest goes on.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from _read_folder(path, path, settings)
        else:
            yield _read_or_refuse(path, _shown(path.name), settings)


def read_file(path: str | Path, settings: ReadingSettings = ReadingSettings()) -> Document:  # noqa: B008
    """The article in a file.

    Raises:
        UserError: The file is missing, empty, too large, binary or of an unsupported kind, or its front matter is
            broken.
    """
    return _read(Path(path), _shown(Path(path).name), settings)


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
    stated, body = split_front_matter(_SURROGATE.sub("\ufffd", text))
    if not any(map(str.isalnum, body)):
        raise UserError("The text is empty.", "Give an article with at least one word.")
    page = read_page(body)
    metadata = _merged(metadata_of(known_metadata), stated, page.metadata)
    return Document.create(body, _article(metadata, body, name, page.boilerplate), page.boilerplate)


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
    return (stem if dot and f".{suffix.lower()}" in READERS else last).strip()


def _first_words(text: str, boilerplate: tuple[Span, ...], longest: int = 60) -> str:
    """The beginning of the first sentence, for a text without headline and name."""
    sentences = split_sentences(text[:5_000], boilerplate) or split_sentences(text)
    sentence = next((s for s in sentences if s.kind is not Kind.BOILERPLATE), sentences[0])
    words = " ".join(sentence.span.cut(text)[: longest + 1].split())
    return words if len(sentence.span) <= longest else f"{words.rsplit(' ', 1)[0][:longest]}…"


def _read_folder(folder: Path, root: Path, settings: ReadingSettings) -> Iterator[Document | Refusal]:
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
            yield _read_or_refuse(entry, source, settings)
        elif not entry.is_symlink():  # a link inside the folder leads to what is walked anyway
            yield from _read_folder(entry, root, settings)


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _read_or_refuse(path: Path, source: str, settings: ReadingSettings) -> Document | Refusal:
    try:
        return _read(path, source, settings)
    except UserError as error:
        return Refusal(source, error.message.removeprefix(f"{source}: "), error.help)


def _read(path: Path, source: str, settings: ReadingSettings) -> Document:
    reader = READERS.get(path.suffix.lower())
    try:
        if reader is None and path.exists():
            raise UserError(f"Files of the kind {path.suffix or 'without suffix'!r} are not supported.", _SUPPORTED)
        data = _bytes(path, settings)
        return (reader or _read_plain)(data, source, settings)
    except UserError as error:
        raise UserError(f"{source}: {error.message}", error.help) from None


def _bytes(path: Path, settings: ReadingSettings) -> bytes:
    """The bytes of a regular file that is neither empty nor too large."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise UserError("This is no regular file.", _SUPPORTED)
        if state.st_size > settings.max_bytes:
            raise UserError(
                f"The file is too large: {state.st_size:,} bytes.",
                f"At most {settings.max_bytes:,} bytes are read; split it or raise max_bytes.",
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
