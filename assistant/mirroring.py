"""Files on their way into a collection: each text with its place, and folders that a collection follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from corpus.errors import UserError
from corpus.formats.isolation import Isolated
from corpus.reading import Found, Refusal, read_found, walk
from corpus.records import Document
from corpus.settings import FetchingSettings, ReadingSettings
from index.records import Located

if TYPE_CHECKING:
    from index.adding import AddReport
    from index.collection import Collection
    from index.features import Progress

_LOOK_EVERY = 1_000
"""Milliseconds after which a watched folder is tried again where the collection was busy."""


@dataclass
class Reading:
    """The texts of files, folders and addresses, with what was seen while they were read.

    Args:
        paths: Files and folders, and addresses of the web as strings.
        settings: Of reading.
        fetching: Settings of fetching.

    Raises:
        UserError: A path does not exist.
    """

    paths: tuple[Path | str, ...]
    settings: ReadingSettings = ReadingSettings()  # noqa: RUF009 - frozen
    fetching: FetchingSettings = FetchingSettings()  # noqa: RUF009
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Origin and document id of each text."""
    kept: set[str] = field(default_factory=set)
    """Origins of which something could not be read: what they held before stays."""

    def __post_init__(self) -> None:
        missing = [str(path) for path in self.paths if isinstance(path, Path) and not path.exists()]
        if missing:
            raise UserError(f"No such file or folder: {', '.join(missing)}.", "Give paths of articles or of folders.")
        self._found = list(walk(self.paths))

    def __len__(self) -> int:
        """Number of files."""
        return len(self._found)

    def __iter__(self) -> Iterator[Located | Refusal]:
        """Each text with its place, and what is refused."""
        with Isolated(self.settings) as isolated:
            for found in self._found:
                if isinstance(found, Refusal):
                    folders = (path for path in self.paths if isinstance(path, Path))
                    self.kept.update((folder / found.source).resolve().as_posix() for folder in folders)
                    yield found
                else:
                    yield from self._read(found, isolated)

    def _read(self, found: Found, isolated: Isolated) -> Iterator[Located | Refusal]:
        origin = found.path.resolve().as_posix() if found.path else found.source
        for item in read_found(found, self.settings, isolated, self.fetching):
            if isinstance(item, Document):
                self.seen.add((origin, item.id))
                yield Located(item, origin)
            else:
                self.kept.add(origin)
                yield item

    def is_gone(self, origin: str, document_id: str) -> bool:
        """Whether a text that was read at a place before is no longer there."""
        kept = any(origin == other or origin.startswith(f"{other}/") for other in self.kept)
        return not kept and (origin, document_id) not in self.seen


def mirror(
    collection: Collection, reading: Reading, progress: Progress | None = None, dry_run: bool = False
) -> AddReport:
    """Make what a collection holds of a folder equal to the folder: added, changed and removed files.

    Args:
        collection: To be changed.
        reading: Of one folder. What was read below it before and is there no longer is removed; other articles stay.
        progress: Called with (done, all) chunks.
        dry_run: Tell what would be done and write nothing.

    Raises:
        UserError: It is no folder, it is empty though articles came from it, or another process is writing.
    """
    (given,) = reading.paths
    folder = Path(given)
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder.", "Give the folder that the collection shall follow.")
    held = collection.origins_below(folder.resolve().as_posix())
    if held and not len(reading):
        number = len({id for _, id in held})
        raise UserError(
            f"{folder} is empty, but {number} articles were read from it; nothing was changed.",
            "Is it mounted? To remove articles: yiju remove ID",
        )
    report = collection.preview(reading) if dry_run else collection.add(reading, progress, len(reading))
    gone = [(origin, id) for origin, id in held if id not in report.superseded and reading.is_gone(origin, id)]
    return replace(report, removed=collection.leave(gone, dry_run) if gone else ())


Tell = Callable[["AddReport | UserError"], None]
"""Called with what was changed, and with faults."""


def follow(mirror_once: Callable[[], AddReport], folder: Path, tell: Tell, stop: Event | None = None) -> Iterator[None]:
    """Mirror a folder now and after each of its changes, until stopped.

    Args:
        mirror_once: Makes the collection equal to the folder.
        folder: To be followed.
        tell: Told what was changed, and faults, each once; after a fault it is tried again.
        stop: Set to end; default: goes on until interrupted.

    Yields:
        Once after each look at the folder.
    """
    from watchfiles import watch

    due, told = True, ""
    for changes in watch(folder, stop_event=stop, rust_timeout=_LOOK_EVERY, yield_on_timeout=True):
        if changes or due:
            due, told = _try(mirror_once, tell, told)
        yield


def _try(mirror_once: Callable[[], AddReport], tell: Tell, told: str) -> tuple[bool, str]:
    """Mirror once; returns whether it must be tried again, and the fault that was told."""
    try:
        report = mirror_once()
    except UserError as fault:
        if fault.message != told:
            tell(fault)
        return True, fault.message
    if report.added or report.removed or report.refused:
        tell(report)
    return False, ""
