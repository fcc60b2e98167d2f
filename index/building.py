"""Changing a collection: adding, removing and making the stores again from the database."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.records import Document
from index.connections import portions
from index.database import Database
from index.features import Features, Prepared, Progress, size
from index.store_folders import StoreFolders, counts_agree
from index.stores import Store, StoreError

if TYPE_CHECKING:
    from corpus.reading import Refusal

_VERSION = "1"
_CHUNKS_TOGETHER = 512
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the documents that were to be added."""

    added: tuple[str, ...]
    """Ids, in the order given."""
    unchanged: tuple[str, ...]
    """Ids of documents that were there already; their metadata was refreshed."""
    refused: tuple[Refusal, ...]


class Builder:
    """Writes to one collection. The caller holds the collection's lock during every call.

    Args:
        database: The truth.
        folders: Where stores live.
        features: Makes what is searched.
    """

    def __init__(self, database: Database, folders: StoreFolders, features: Features) -> None:
        self._database = database
        self._folders = folders
        self._features = features
        self._writable: Store | None = None

    @property
    def fingerprint(self) -> str:
        """Of everything that shapes chunks, vectors and terms."""
        return hashlib.sha256(f"{_VERSION} | {self._features.fingerprint}".encode()).hexdigest()[:16]

    @property
    def store_number(self) -> int:
        """The store that counts; 0 where none was made yet."""
        return int(self._database.fact("store", "0"))

    # Keeping the store whole

    def open_store(self) -> Store:
        """The store that counts, if it is whole.

        Raises:
            StoreError: It must be mended.
        """
        number = self.store_number
        if self._database.fact("fingerprint") != self.fingerprint:
            raise StoreError("chunks, vectors or terms were made with other settings")
        store = self._folders.open(number, self.fingerprint)
        if self._folders.was_interrupted(number) or not counts_agree(store, self._database.language_counts()):
            store.close()
            raise StoreError(f"a change of store {number} was interrupted")
        return store

    def release(self) -> None:
        """Close the store that was written to; the caller is about to give back the lock."""
        if self._writable is not None:
            self._writable.close()
        self._writable = None

    def mend(self) -> Store:
        """The store that counts, made whole by the least work: as it is, by the chunks that differ, or anew."""
        fault = "there is none"
        for attempt in (self.open_store, self._reconcile):
            try:
                self._writable = attempt()
                return self._writable
            except StoreError as error:
                fault = str(error)
        if self._database.chunk_count() or self.store_number:
            _log.warning("Making the search index again: %s.", fault)
        return self.rebuild()

    def _reconcile(self) -> Store:
        """The store that counts, after chunks that only it or only the database holds were dealt with.

        Raises:
            StoreError: It must be made anew.
        """
        number = self.store_number
        if self._database.fact("fingerprint") != self.fingerprint:
            raise StoreError("chunks, vectors or terms were made with other settings")
        store = self._folders.open(number, self.fingerprint)
        try:
            held = set(store.ids())
            wanted = {chunk.id for chunk in self._database.chunks()}
            store.delete(sorted(held - wanted))
            self._fill(store, sorted(wanted - held))
            if not counts_agree(store, self._database.language_counts()):
                raise StoreError("chunks are missing after mending")
        except StoreError:
            store.close()
            raise
        self._folders.clear_mark(number)
        return store

    def rebuild(self, without: Sequence[str] = (), progress: Progress | None = None) -> Store:
        """Make the store anew in another folder, leaving out some documents, which the database forgets as well.

        One commit of the database brings it all into force.
        """
        self.release()
        fresh = self._database.fact("fingerprint") != self.fingerprint
        documents = [id for id in self._database.document_ids() if id not in set(without)]
        if fresh:
            for group in portions(documents, 100):
                self._features.ensure(self._features.prepare_existing(group), progress)
        number = self.store_number + 1
        store = self._writable = self._folders.create(number)
        with self._database.writing():
            self._database.delete_documents(without)
            if fresh:
                for prepared in (self._features.prepare_existing([id])[0] for id in documents):
                    self._database.put_document(prepared.document, prepared.chunks, prepared.digests)
            self._fill(store, [chunk.id for chunk in self._database.chunks()])
            self._database.drop_unused()
            self._folders.sign(number, self.fingerprint)
            self._database.set_fact("store", str(number))
            self._database.set_fact("fingerprint", self.fingerprint)
            self._database.advance()
        self._database.empty_log()
        self._folders.discard_others(number)
        return store

    def _fill(self, store: Store, chunk_ids: Sequence[str]) -> None:
        for group in portions(chunk_ids, 2_000):
            store.upsert(self._features.entries(group))

    # Adding

    def add(self, documents: Iterable[Document | Refusal], progress: Progress | None) -> AddReport:
        """Add documents in portions; each portion becomes visible as a whole.

        An interruption keeps the portions that were finished and the vectors that were computed.
        """
        states: dict[str, bool] = {}
        refused: list[Refusal] = []
        portion: list[Prepared] = []
        done = 0

        def finish(total: int) -> None:
            nonlocal done
            start = done
            self._commit(portion, progress and (lambda part, _: progress(start + part, total)))
            done += size(portion)
            portion.clear()

        for item in documents:
            if not isinstance(item, Document):
                refused.append(item)
            elif item.id not in states:
                known = self._database.document(item.id)
                states[item.id] = known is None
                if known is None or not self._refreshed(known, item):
                    portion.append(self._features.prepare(item))
                if size(portion) >= _CHUNKS_TOGETHER:
                    finish(0)
        if portion:
            finish(done + size(portion))
            self._database.drop_unused()
        added = tuple(id for id, new in states.items() if new)
        return AddReport(added, tuple(id for id, new in states.items() if not new), tuple(refused))

    def _refreshed(self, known: Document, document: Document) -> bool:
        """Whether new metadata was all there was to change; a new title must be searched anew."""
        if (known.article.title, known.boilerplate) != (document.article.title, document.boilerplate):
            return False
        if known != document:
            with self._database.writing():
                self._database.refresh_document(document)
                self._database.advance()
        return True

    def _commit(self, group: Sequence[Prepared], progress: Progress | None) -> None:
        try:
            self._commit_to(self._writable or self.mend(), group, progress)
        except StoreError as error:
            _log.warning("Making the search index again: %s.", error)
            self._commit_to(self.rebuild(), group, progress)

    def _commit_to(self, store: Store, group: Sequence[Prepared], progress: Progress | None) -> None:
        """Stores first, the database last: what the database does not name, no reader shows."""
        self._features.ensure(group, progress)
        with self._folders.marked(self.store_number), self._database.writing():
            before = {id for prepared in group for id in self._database.chunk_ids(prepared.document.id)}
            store.delete(sorted(before - {chunk.id for prepared in group for chunk in prepared.chunks}))
            for prepared in group:
                self._database.put_document(prepared.document, prepared.chunks, prepared.digests)
            self._fill(store, [chunk.id for prepared in group for chunk in prepared.chunks])
            self._database.advance()
