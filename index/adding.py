"""One run of adding documents: which are new, which take another's place, and which are there already."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from corpus.records import Document
from index.database import Database
from index.features import Features, Prepared, Progress
from index.likeness import Signature, are_alike, likeness, sign
from index.records import Located
from index.stores import Store, StoreError

if TYPE_CHECKING:
    from corpus.reading import Refusal

_CHUNKS_TOGETHER = 256
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the documents that were to be added."""

    added: tuple[str, ...]
    """Ids, in the order given."""
    unchanged: tuple[str, ...]
    """Ids of documents that were there already; their metadata was refreshed."""
    refused: tuple[Refusal, ...]
    superseded: tuple[str, ...] = ()
    """Ids of earlier versions that the added documents took the place of."""
    removed: tuple[str, ...] = ()
    """Ids of documents that the mirrored folder no longer holds."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that is about to be written."""

    prepared: Prepared
    signature: Signature
    origin: str = ""
    """Where it was read; empty where that is unknown."""
    displaced: tuple[str, ...] = ()
    """Ids of documents that were read at its origin before."""
    replaced: tuple[str, ...] = ()
    """Ids of documents that it takes the place of."""


class Writer(Protocol):
    """Writes portions of documents whose vectors and terms are known, each as a whole."""

    def make_ready(self) -> Store:
        """The store, made whole; called before anything is computed for it."""
        ...

    def write(self, portion: Sequence[Arrival]) -> None:
        """Write a portion; called by a thread beside.

        Raises:
            StoreError: The store must be made again.
        """
        ...

    def write_anew(self, portion: Sequence[Arrival]) -> None:
        """Make the store again and write a portion."""
        ...


@dataclass
class Adding:
    """Decides about documents one by one and has them written in portions, each while the next one is computed.

    Args:
        database: The truth.
        features: Cuts documents and computes what is searched.
        writer: Writes a portion.
        expected: Number of documents that will come, for the progress; 0 where it is unknown.
    """

    database: Database
    features: Features
    writer: Writer
    expected: int = 0
    _new: dict[str, bool] = field(default_factory=dict)
    _superseded: list[str] = field(default_factory=list)
    _refused: list[Refusal] = field(default_factory=list)
    _portion: list[Arrival] = field(default_factory=list)
    _computed: list[Arrival] = field(default_factory=list)
    _names: list[tuple[str, str]] = field(default_factory=list)
    _come: int = 0
    _done: int = 0

    def run(self, documents: Iterable[Document | Located | Refusal], progress: Progress | None) -> AddReport:
        """Add documents; an interruption keeps the portions that were computed, and the vectors of the next one."""
        with ThreadPoolExecutor(1) as beside:
            try:
                for item in documents:
                    self._come += 1
                    arrival = self._arrive(item)
                    if arrival is not None:
                        self._portion.append(arrival)
                    if self._size() >= _CHUNKS_TOGETHER:
                        self._finish(beside, progress, self._estimate())
                if self._portion:
                    self._finish(beside, progress, self._done + self._size())
            finally:
                self._settle(self._start_writing(beside))
        if self._computed:
            self.database.drop_unused()
        self._keep_names(())
        return self._report()

    def preview(self, documents: Iterable[Document | Located | Refusal]) -> AddReport:
        """What `run` would report; nothing is written."""
        for item in documents:
            self._arrive(item, writing=False)
        return self._report()

    def _report(self) -> AddReport:
        added = tuple(id for id, new in self._new.items() if new)
        unchanged = tuple(id for id, new in self._new.items() if not new)
        return AddReport(added, unchanged, tuple(self._refused), tuple(dict.fromkeys(self._superseded)))

    # Deciding

    def _arrive(self, item: Document | Located | Refusal, writing: bool = True) -> Arrival | None:
        """What must be written for a document, or None where nothing must."""
        if not isinstance(item, Document | Located):
            self._refused.append(item)
            return None
        document, origin = (item.document, item.origin) if isinstance(item, Located) else (item, "")
        if document.id in self._new:
            self._names += [(document.id, origin)] if origin else []
            return None
        known = self.database.document(document.id)
        is_new = known is None or self.database.kinship.is_superseded(document.id)
        self._new[document.id] = is_new
        displaced = self._displaced(document, origin)
        if known is not None and not is_new and not displaced:
            self._names += [(document.id, origin)] if origin else []
            if not writing or self._refreshed(known, document):
                return None
        signature = sign(document)
        replaced = [id for id in displaced if self.database.kinship.origins(id) == [origin]]
        replaced += self._earlier_versions(document, signature) if is_new else []
        self._superseded += replaced
        return Arrival(self.features.prepare(document), signature, origin, displaced, tuple(dict.fromkeys(replaced)))

    def _displaced(self, document: Document, origin: str) -> tuple[str, ...]:
        """What was read at the origin before and has not come again in this run.

        A place may hold several documents, such as an archive; there only what is like the document makes room for it.
        """
        held = self.database.kinship.at(origin) if origin else []
        earlier = [id for id in held if id != document.id and id not in self._new]
        if document.id in held or not earlier:
            return ()
        if len(held) == 1:
            return tuple(earlier)
        own = sign(document)
        alike = [(likeness(own, other), id) for id, other in self._signatures(earlier) if are_alike(own, other)]
        return (max(alike)[1],) if alike else ()

    def _earlier_versions(self, document: Document, signature: Signature) -> list[str]:
        """Documents of the same address, or of the same title, publisher and day, whose text is largely the same."""
        article = document.article
        named = set(self.database.ids_of_url(article.url)) if article.url else set()
        for id in self.database.ids_of_title(article.title, article.publisher):
            other = self.database.document(id)
            if other is not None and _same_day(article.published, other.article.published):
                named.add(id)
        found = sorted(named - self._new.keys())
        return [id for id, other in self._signatures(found) if are_alike(signature, other)]

    def _signatures(self, document_ids: Sequence[str]) -> list[tuple[str, Signature]]:
        return sorted(self.database.kinship.signatures(document_ids).items())

    def _refreshed(self, known: Document, document: Document) -> bool:
        """Whether new metadata was all there was to change; what is searched or asked for must be indexed anew."""
        if _searched(known) != _searched(document):
            return False
        if known != document:
            with self.database.writing():
                self.database.refresh_document(document)
                self.database.advance()
        return True

    # Writing

    def _size(self) -> int:
        return sum(len(arrival.prepared.chunks) for arrival in self._portion)

    def _estimate(self) -> int:
        """Number of all chunks, judged by those of the documents that have come; 0 where that can't be told."""
        chunks = self._done + self._size()
        return max(chunks, round(chunks / self._come * self.expected)) if self.expected else 0

    def _finish(self, beside: Executor, progress: Progress | None, total: int) -> None:
        """Compute what has come; the portion before is written meanwhile."""
        self.writer.make_ready()
        writing, start = self._start_writing(beside), self._done
        group = [arrival.prepared for arrival in self._portion]
        try:
            self.features.ensure(group, progress and (lambda part, _: progress(start + part, total)))
        finally:
            self._settle(writing)
            self._computed = []
        self._done += self._size()
        self._computed, self._portion = self._portion, []
        self._keep_names(self._computed)

    def _start_writing(self, beside: Executor) -> Future[None]:
        """The portion that was computed, while a thread beside writes it."""

        def write(portion: Sequence[Arrival]) -> None:
            try:
                if portion:
                    self.writer.write(portion)
            finally:
                self.database.leave()

        return beside.submit(write, self._computed)

    def _settle(self, writing: Future[None]) -> None:
        """Wait for what a thread beside writes, and do it here if it can't."""
        try:
            writing.result()
        except StoreError as error:
            _log.warning("Making the search index again: %s.", error)
            self.writer.write_anew(self._computed)

    def _keep_names(self, unwritten: Sequence[Arrival]) -> None:
        """Remember further places of documents that are written by now."""
        kinship = self.database.kinship
        waiting = {arrival.prepared.document.id for arrival in (*unwritten, *self._portion)}
        fresh = [(id, origin) for id, origin in self._names if id not in waiting and origin not in kinship.origins(id)]
        self._names = [(id, origin) for id, origin in self._names if id in waiting]
        if fresh:
            with self.database.writing():
                for id, origin in fresh:
                    kinship.add_origin(id, origin)


def _same_day(one: date | None, other: date | None) -> bool:
    """Whether two articles can be of one day: a daily report of the same title is no version of yesterday's."""
    return one is None or other is None or one == other


def _searched(document: Document) -> tuple[object, ...]:
    """What the indexes hold of a document beside its text."""
    article = document.article
    return article.title, article.publisher, article.published, article.language, document.boilerplate
