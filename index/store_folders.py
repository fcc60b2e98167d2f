"""Where a collection's store lives: numbered folders, of which the database names the one that counts.

A rebuilt store is made in a new folder; a single commit of the database makes it the one that counts, so a crash at any
moment leaves either the old one or the new one. A store that is changed in place bears a mark from before its first
change until after the database's commit; a mark that no process is writing under tells of a crash.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.records import LANGUAGES
from index.settings import LocalStoreSettings, ServerStoreSettings, StoreSettings
from index.stores import Store, StoreError

_MANIFEST = "manifest.json"
_MARK = "writing"
_PARTS = ("tantivy", "chroma")


def build_store(settings: StoreSettings, folder: Path, fresh: bool) -> Store:
    """The store that the settings name.

    Args:
        settings: Kind of store.
        folder: Of the store.
        fresh: It is made now, and empty.

    Raises:
        StoreError: It is damaged.
        UserError: Its server can't be reached.
    """
    from index.local_store import LocalStore

    match settings:
        case ServerStoreSettings():
            from index.dense_server import ChromaServerStore

            return LocalStore(folder, ChromaServerStore(settings.url, folder / "chroma", fresh))
        case LocalStoreSettings():
            return LocalStore(folder)


class StoreFolders:
    """Makes, opens, checks and discards the stores of one collection.

    Args:
        folder: Holds the numbered folders.
        settings: Kind of store.
    """

    def __init__(self, folder: Path, settings: StoreSettings) -> None:
        self._folder = folder
        self._settings = settings
        self._kind = f"server {settings.url}" if isinstance(settings, ServerStoreSettings) else settings.kind

    def path(self, number: int) -> Path:
        """Folder of a store."""
        return self._folder / f"{number:06d}"

    def create(self, number: int) -> Store:
        """An empty store in a folder of this number, whatever was there before.

        Raises:
            StoreError: The folder can't be written.
        """
        shutil.rmtree(self.path(number), ignore_errors=True)
        try:
            for part in _PARTS:
                (self.path(number) / part).mkdir(parents=True)
        except OSError as error:
            raise StoreError(f"{self.path(number)} can't be made: {error.strerror}") from error
        return build_store(self._settings, self.path(number), fresh=True)

    def sign(self, number: int, fingerprint: str) -> None:
        """Write the manifest: the store is whole."""
        text = json.dumps({"fingerprint": fingerprint, "store": self._kind})
        (self.path(number) / _MANIFEST).write_text(text, encoding="utf-8")

    def open(self, number: int, fingerprint: str) -> Store:
        """An existing store.

        Raises:
            StoreError: It is missing, damaged, or of another fingerprint.
        """
        try:
            manifest = json.loads((self.path(number) / _MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"store {number} has no manifest: {error}") from None
        if manifest != {"fingerprint": fingerprint, "store": self._kind}:
            raise StoreError(f"store {number} is {manifest}, wanted is {fingerprint}")
        for part in _PARTS:
            if not (self.path(number) / part).is_dir():
                raise StoreError(f"store {number} has lost its folder {part!r}")
        return build_store(self._settings, self.path(number), fresh=False)

    def was_interrupted(self, number: int) -> bool:
        """Whether the store bears the mark of a change that has not ended."""
        return (self.path(number) / _MARK).exists()

    @contextmanager
    def marked(self, number: int) -> Iterator[None]:
        """Around a change in place and the database's commit; the mark stays when the change fails.

        Raises:
            StoreError: The store's folder is gone.
        """
        mark = self.path(number) / _MARK
        if not mark.parent.is_dir():
            raise StoreError(f"the folder of store {number} is gone")
        mark.touch()
        yield
        mark.unlink()

    def clear_mark(self, number: int) -> None:
        """The store was mended."""
        (self.path(number) / _MARK).unlink(missing_ok=True)

    def discard_others(self, number: int) -> None:
        """Remove all stores but one."""
        from index.dense_server import drop_from_server

        if self._folder.is_dir():
            for other in sorted(self._folder.iterdir()):
                if other != self.path(number):
                    drop_from_server(other / "chroma")
                    shutil.rmtree(other, ignore_errors=True)


def counts_agree(store: Store, counts: dict[str, int]) -> bool:
    """Whether a store holds as many chunks of each language as the database."""
    return all(store.count(language) == counts.get(language, 0) for language in LANGUAGES)
