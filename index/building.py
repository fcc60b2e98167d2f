"""Changing a collection: adding, removing and making the stores again from the database."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.records import Document
from index.adding import Adding, AddReport, Arrival
from index.connections import portions
from index.database import Database
from index.features import Features, Progress
from index.likeness import sign
from index.records import Located
from index.store_folders import StoreFolders, counts_agree
from index.stores import Store, StoreError

if TYPE_CHECKING:
    from corpus.reading import Refusal

_VERSION = "2"
_DOCUMENTS_TOGETHER = 100
_log = logging.getLogger(__name__)


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

    def was_replaced(self) -> bool:
        """Whether somebody made the index anew with other settings."""
        return self._database.fact("fingerprint") not in ("", self.fingerprint)

    def release(self) -> None:
        """Close the store that was written to; the caller is about to give back the lock."""
        if self._writable is not None:
            self._writable.close()
        self._writable = None

    def mend(self, progress: Progress | None = None) -> Store:
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
        return self.rebuild(progress=progress)

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

        One commit of the database brings it all into force; until then the old store serves, and after an interruption
        the vectors that were computed are kept, so that the next attempt goes on from there.
        """
        self.release()
        fresh = self._database.fact("fingerprint") != self.fingerprint
        documents = [id for id in self._database.document_ids() if id not in set(without)]
        if fresh:
            self._ensure(documents, progress)
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

    def _ensure(self, document_ids: Sequence[str], progress: Progress | None) -> None:
        """Compute what these settings want of the documents; the number of chunks is that of the last settings."""
        done, expected = 0, self._database.chunk_count()
        for ids in portions(document_ids, _DOCUMENTS_TOGETHER):
            group = self._features.prepare_existing(ids)
            self._features.ensure(group, progress and _from(done, expected, progress))
            done += sum(len(prepared.chunks) for prepared in group)

    def _fill(self, store: Store, chunk_ids: Sequence[str]) -> None:
        for group in portions(chunk_ids, 2_000):
            store.upsert(self._features.entries(group))

    # Adding

    def add(
        self, documents: Iterable[Document | Located | Refusal], progress: Progress | None, expected: int = 0
    ) -> AddReport:
        """Add documents in portions; each portion becomes visible as a whole.

        An interruption keeps the portions that were finished and the vectors that were computed.
        """
        for id in self._database.kinship.unsigned():
            self._sign(id)
        return Adding(self._database, self._features, self, expected).run(documents, progress)

    def preview(self, documents: Iterable[Document | Located | Refusal]) -> AddReport:
        """What `add` would report; nothing is written."""
        return Adding(self._database, self._features, self).preview(documents)

    def _sign(self, document_id: str) -> None:
        document = self._database.document(document_id)
        if document is not None:
            with self._database.writing():
                self._database.kinship.put_signature(document_id, sign(document))

    def make_ready(self) -> Store:
        """The whole store that is written to."""
        return self._writable or self.mend()

    def write_anew(self, portion: Sequence[Arrival]) -> None:
        """Make the store again, which forgets vectors and terms of what was not written, and write documents."""
        self.rebuild()
        self._features.ensure([arrival.prepared for arrival in portion], None)
        self.write(portion)

    def write(self, portion: Sequence[Arrival]) -> None:
        """Write documents as a whole: stores first, the database last: what it does not name, no reader shows.

        Raises:
            StoreError: The store must be made again.
        """
        store = self.make_ready()
        with self._folders.marked(self.store_number), self._database.writing():
            touched = [id for arrival in portion for id in (arrival.prepared.document.id, *arrival.replaced)]
            before = {id for document_id in touched for id in self._database.chunk_ids(document_id)}
            kept = [chunk.id for arrival in portion for chunk in arrival.prepared.chunks]
            store.delete(sorted(before - set(kept)))
            for arrival in portion:
                self._write(arrival)
            self._fill(store, kept)
            self._database.advance()

    def _write(self, arrival: Arrival) -> None:
        """Everything the database keeps of a document, as part of a transaction."""
        document, kinship = arrival.prepared.document, self._database.kinship
        self._database.put_document(document, arrival.prepared.chunks, arrival.prepared.digests)
        kinship.put_signature(document.id, arrival.signature)
        kinship.revive(document.id)
        for id in arrival.displaced:
            kinship.drop_origin(id, arrival.origin)
        for id in arrival.replaced:
            self._database.delete_chunks(id)
            kinship.supersede(id, document.id)
        if arrival.origin:
            kinship.add_origin(document.id, arrival.origin)


def _from(start: int, expected: int, progress: Progress) -> Progress:
    """Progress of a part, told as progress of the whole."""
    return lambda done, total: progress(start + done, max(expected, start + total))
