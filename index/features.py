"""What is searched of a document: its chunks, and the vector and the terms of each, computed once for each text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from corpus.chunking import chunk_document
from corpus.errors import UserError
from corpus.records import Chunk, Document, text_digest
from corpus.settings import ChunkingSettings
from index.connections import portions
from index.database import Database
from index.embedders import Embedder
from index.stores import Entry
from index.terms import Analyzer
from index.vector_space import ensure_space

Progress = Callable[[int, int], None]
"""Called with (done, all) chunks; `all` is 0 while it is unknown."""

_ENCODED_TOGETHER = 64


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with what is searched for each of its chunks."""

    document: Document
    chunks: list[Chunk]
    texts: list[str]
    digests: list[str]


def searched_text(title: str, text: str) -> str:
    """What stands for a chunk in search: the article's title, then its text. Never quoted."""
    return f"{title}\n{text}"


class Features:
    """Computes what is missing and keeps it in the database, by the digest of the text.

    Args:
        database: Keeps vectors and terms.
        chunking: How documents are cut.
        embedder: Makes vectors.
        analyzer: Makes terms.
    """

    def __init__(self, database: Database, chunking: ChunkingSettings, embedder: Embedder, analyzer: Analyzer) -> None:
        self._database = database
        self._chunking = chunking
        self._embedder = embedder
        self._analyzer = analyzer

    @property
    def fingerprint(self) -> str:
        """Of everything that shapes chunks, vectors and terms."""
        return f"{self._chunking.model_dump_json()} | {self._embedder.fingerprint} | {self._analyzer.fingerprint}"

    def prepare(self, document: Document) -> Prepared:
        """Cut a document."""
        chunks = chunk_document(document, self._chunking)
        texts = [searched_text(document.article.title, chunk.text) for chunk in chunks]
        return Prepared(document, chunks, texts, [text_digest(text) for text in texts])

    def ensure(self, group: Sequence[Prepared], progress: Progress | None) -> None:
        """Compute and keep what is not known yet: terms beside vectors, long texts first, so that batches are even."""
        wanted = {
            digest: (text, chunk)
            for prepared in group
            for digest, text, chunk in zip(prepared.digests, prepared.texts, prepared.chunks, strict=True)
        }
        fingerprint = self._analyzer.fingerprint
        known = self._database.terms(wanted, fingerprint)
        missing = {digest: pair for digest, pair in wanted.items() if digest not in known}
        with ThreadPoolExecutor(1) as beside:
            terms = beside.submit(self._terms, missing)
            self._ensure_vectors({digest: text for digest, (text, _) in wanted.items()}, progress)
        with self._database.writing():
            self._database.put_terms(terms.result(), fingerprint)

    def _terms(self, texts: dict[str, tuple[str, Chunk]]) -> dict[str, list[str]]:
        return {d: self._analyzer.document_terms(text, chunk.language) for d, (text, chunk) in texts.items()}

    def _ensure_vectors(self, texts: dict[str, str], progress: Progress | None) -> None:
        fingerprint = self._embedder.fingerprint
        known = self._database.vectors(texts, fingerprint)
        missing = sorted(texts.keys() - known.keys(), key=lambda digest: (-len(texts[digest]), digest))
        done = len(texts) - len(missing)
        if not missing:
            return
        space = ensure_space(self._database, self._embedder)
        for digests in portions(missing, _ENCODED_TOGETHER):
            vectors = self._embedder.encode_document([texts[digest] for digest in digests])
            space.check(vectors)
            with self._database.writing():
                self._database.put_vectors(dict(zip(digests, vectors, strict=True)), fingerprint)
            done += len(digests)
            if progress is not None:
                progress(done, len(texts))

    def prepare_existing(self, document_ids: Sequence[str]) -> list[Prepared]:
        """Cut documents of the database.

        Raises:
            UserError: An id is unknown.
        """
        return [self.prepare(self._existing(document_id)) for document_id in document_ids]

    def _existing(self, document_id: str) -> Document:
        document = self._database.document(document_id)
        if document is None:
            raise UserError(f"There is no article {document_id!r}.", "See the ids with: yiju list")
        return document

    def entries(self, chunk_ids: Sequence[str]) -> Iterator[Entry]:
        """What a store keeps of chunks, in the order of their ids."""
        chunks = self._database.chunks(chunk_ids)
        digests = {chunk.digest for chunk in chunks}
        vectors = self._database.vectors(sorted(digests), self._embedder.fingerprint)
        terms = self._database.terms(sorted(digests), self._analyzer.fingerprint)
        if digests - vectors.keys() or digests - terms.keys():
            ids = sorted({chunk.document_id for chunk in chunks})
            self.ensure(self.prepare_existing(ids), None)
            vectors = self._database.vectors(sorted(digests), self._embedder.fingerprint)
            terms = self._database.terms(sorted(digests), self._analyzer.fingerprint)
        facts = self._database.facts_of({chunk.document_id for chunk in chunks})
        for chunk in chunks:
            publisher, published, language = facts[chunk.document_id]
            yield Entry(
                id=chunk.id,
                document_id=chunk.document_id,
                language=chunk.language,
                terms=terms[chunk.digest],
                vector=vectors[chunk.digest],
                publisher=publisher,
                published=published,
                article_language=language,
            )
