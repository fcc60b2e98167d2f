"""Search: every channel proposes passages in each language, all channels score all of them, and fusion orders them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.languages import detect_language, has_words
from corpus.records import LANGUAGES, Document, Language
from index.closeness import Rarity, rarity_of
from index.database import Database, StoredChunk
from index.embedders import Embedder
from index.explaining import explained
from index.fusion import DENSE, Candidate, Fused, fuse
from index.levelling import level
from index.partitions import ExactPartition, Partition, StoredPartition
from index.passage_reading import READ, Asked, Leading, PassageReader
from index.records import Found, Passage, Scope
from index.rerankers import Reranker
from index.settings import IndexSettings
from index.store_folders import StoreFolders
from index.stores import Store
from index.terms import Analyzer, Concept
from index.vector_space import VectorSpace, read_space

_LONGEST = 10_000
"""Characters of a query that are read."""
_MOST_CONCEPTS = 120
_DOCUMENTS_REMEMBERED = 512
_FAMILIES = 32
"""Documents whose families are read together."""
_COPIES = 2
"""Articles with largely the same text that keep their places; with one alone, the better half of two near copies was
missed for 3 % of the nq_en questions."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A collection as it was after one finished change."""

    generation: int
    store: Store
    partitions: Mapping[Language, Partition]
    """Only of languages that have chunks."""
    space: VectorSpace


class Searcher:
    """Reads one collection; threads may share it.

    Args:
        database: The truth.
        folders: Where stores live.
        settings: Of the index.
        embedder: Makes the query's vector.
        analyzer: Makes the query's concepts.
        fingerprint: Of the store that must be opened.
        reader: Orders the leading passages by their own text.
        reranker: Reads the best passages again, if there is one.
    """

    def __init__(
        self,
        database: Database,
        folders: StoreFolders,
        settings: IndexSettings,
        embedder: Embedder,
        analyzer: Analyzer,
        fingerprint: str,
        reader: PassageReader,
        reranker: Reranker | None = None,
    ) -> None:
        self._database = database
        self._folders = folders
        self._settings = settings
        self._embedder = embedder
        self._analyzer = analyzer
        self._fingerprint = fingerprint
        self._reranker = reranker
        self._reader = reader
        self._loading = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._document = lru_cache(_DOCUMENTS_REMEMBERED)(self._read_document)

    def snapshot(self) -> Snapshot:
        """The collection after its last finished change, by whichever process."""
        current = self._snapshot
        generation = self._database.generation
        if current is not None and current.generation == generation:
            return current
        with self._loading:
            if self._snapshot is None or self._snapshot.generation != self._database.generation:
                self._document.cache_clear()
                previous, self._snapshot = self._snapshot, self._load()
                if previous is not None:
                    previous.store.close()
            return self._snapshot

    def forget(self) -> None:
        """Open the store anew at the next use."""
        with self._loading:
            if self._snapshot is not None:
                self._snapshot.store.close()
            self._snapshot = None

    def _load(self) -> Snapshot:
        with self._database.reading():
            generation = self._database.generation
            store = self._folders.open(int(self._database.fact("store", "0")), self._fingerprint)
            fingerprint = self._embedder.fingerprint
            exact_below = self._settings.store.exact_below
            partitions: dict[Language, Partition] = {}
            counts = self._database.language_counts()
            for language in LANGUAGES:
                if 0 < counts.get(language, 0) < exact_below:
                    vectors = self._database.chunk_vectors(language, fingerprint)
                    partitions[language] = ExactPartition(*vectors, self._database.document_ids)
                elif counts.get(language, 0):
                    partitions[language] = StoredPartition(language, store, self._database, fingerprint)
            space = read_space(self._database, fingerprint)
        return Snapshot(generation, store, partitions, space)

    def document(self, document_id: str) -> Document | None:
        """A document, remembered until the next change."""
        self.snapshot()
        return self._document(document_id)

    def _read_document(self, document_id: str) -> Document | None:
        return self._database.document(document_id)

    def find(self, query: str, limit: int, scope: Scope, explain: bool) -> Found:
        """See `Collection.find`."""
        text = query[:_LONGEST].strip()
        snapshot = self.snapshot()
        if limit < 1 or not _is_askable(text):
            return Found([])
        vector, remarks = self._vector(text, snapshot.space)
        asked = self._asked(text, vector, snapshot)
        count = max(limit, self._reranker.candidates if self._reranker else 0)
        fused = self._fused(snapshot, asked, scope, count)
        passages, told = self._reranked(text, fused)
        ranked = [
            replace(passage, rank=place, score=fused[place - 1].score)
            for place, passage in enumerate(passages[:limit], start=1)
        ]
        return Found(explained(ranked, snapshot.store, asked.concepts) if explain else ranked, (*remarks, *told))

    def _reranked(self, text: str, passages: list[Passage]) -> tuple[list[Passage], tuple[str, ...]]:
        """The first ones in the reranker's order, copies of the same text last; and what to say about it."""
        if self._reranker is None:
            return passages, ()
        count = self._reranker.candidates
        result = self._reranker.rerank(text, passages[:count])
        order = {passage.chunk_id: passage for passage in (*result.passages, *passages[count:])}
        documents = {id: passage.document_id for id, passage in order.items()}
        families = {passage.document_id: passage.family for passage in passages}
        ids = _reprints_last(list(order), documents, families.__getitem__, len(order))
        return [order[id] for id in ids], (result.remark,) if result.remark else ()

    def _fused(self, snapshot: Snapshot, asked: Asked, scope: Scope, limit: int) -> list[Passage]:
        """The best that the channels propose, reprints last, still without ranks."""
        candidates: list[Candidate] = []
        space = snapshot.space
        for spoken, partition in snapshot.partitions.items():
            found = self._candidates(spoken, partition, snapshot.store, asked, scope)
            candidates.extend(_on_the_default_scale(found, space, asked.language))
        weights = {"dense": self._settings.fusion.dense, "lexical": self._settings.fusion.lexical}
        scores = {candidate.id: dict(candidate.scores) for candidate in candidates}
        chunks = {chunk.id: chunk for chunk in self._database.chunks(scores)}
        fused = fuse(candidates, weights, asked.language if space.is_default else None)
        known = [each for each in fused if each.id in chunks]
        fused, signals = self._reader.read(asked, known, self._leading(known[:READ], chunks))
        documents = {id: chunk.document_id for id, chunk in chunks.items()}
        family_of = self._families([documents[each.id] for each in fused])
        best = _reprints_last([each.id for each in fused], documents, family_of, limit)
        values = {each.id: each.score for each in fused}
        passages = (
            self._passage(chunks[id], values[id], scores[id] | signals.get(id, {}), family_of(documents[id]))
            for id in best
        )
        return [passage for passage in passages if passage is not None]

    def _families(self, document_ids: Iterable[str]) -> Callable[[str], str]:
        """Tells the family of each document; asked for in this order it reads no more of them than are needed."""
        known: dict[str, str] = {}
        waiting = iter(dict.fromkeys(document_ids))

        def family_of(document_id: str) -> str:
            while document_id not in known and (portion := tuple(islice(waiting, _FAMILIES))):
                known.update(self._database.kinship.families(portion))
            return known[document_id]

        return family_of

    def _leading(self, fused: Sequence[Fused], chunks: Mapping[str, StoredChunk]) -> dict[str, Leading]:
        """Candidates with their text; without those whose document was removed a moment ago."""
        found = {}
        for each in fused:
            chunk = chunks[each.id]
            document = self._document(chunk.document_id)
            if document is not None:
                found[each.id] = Leading(document, chunk.language, chunk.span)
        return found

    def nearness(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """See `Collection.nearness`."""
        space = self.snapshot().space
        vector, _ = self._vector(query[:_LONGEST], space)
        if vector is None or not texts:
            return np.zeros(len(texts))
        try:
            cosines = self._embedder.encode_document(texts) @ vector
        except UserError as error:
            _log.warning("Sentences are read without vectors: %s %s", error.message, error.help)
            return np.zeros(len(texts))
        language = detect_language(query)
        scaled = [space.scaled(float(c), language, detect_language(t)) for c, t in zip(cosines, texts, strict=True)]
        return np.array(scaled)

    def _vector(self, text: str, space: VectorSpace) -> tuple[NDArray[np.float32] | None, tuple[str, ...]]:
        """The query's vector; where there can't be one now, what to say about that."""
        try:
            vectors = self._embedder.encode_query([text])
            space.check(vectors)
            return vectors[0], ()
        except UserError as error:
            remark = f"Searched by words alone: {error.message}"
            _log.warning("%s %s", remark, error.help)
            return None, (remark,)

    def _asked(self, text: str, vector: NDArray[np.float32] | None, snapshot: Snapshot) -> Asked:
        """The query as channels and passages are read for it."""
        question, store = detect_language(text), snapshot.store
        concepts = _merged(self._analyzer.query_concepts(text, question))
        levelled: dict[Language, Sequence[Concept]] = {}
        rarities: dict[Language, Rarity] = {}
        for language in snapshot.partitions:
            known = lru_cache(None)(partial(store.document_frequency, language))
            levelled[language] = level(concepts, known, store.count(language))
            rarities[language] = rarity_of(known, store.count(language))
        return Asked(text, question, vector, levelled, rarities)

    def _candidates(
        self, language: Language, partition: Partition, store: Store, asked: Asked, scope: Scope
    ) -> list[Candidate]:
        """The proposals of both channels in one language, scored by both."""
        limit = self._settings.fusion.candidates
        concepts = asked.concepts[language]
        lexical = dict(store.lexical_query(language, concepts, limit, scope=scope))
        if asked.vector is None:
            return [Candidate(id, language, {"lexical": score}) for id, score in sorted(lexical.items())]
        dense = dict(partition.nearest(asked.vector, limit, scope))
        dense.update(partition.scores(asked.vector, sorted(lexical.keys() - dense.keys())))
        unscored = sorted(dense.keys() - lexical.keys())
        lexical.update(store.lexical_query(language, concepts, len(unscored), chunks=unscored) if unscored else [])
        return [Candidate(id, language, {"dense": dense[id], "lexical": lexical.get(id, 0.0)}) for id in sorted(dense)]

    def _passage(self, chunk: StoredChunk, score: float, signals: dict[str, float], family: str) -> Passage | None:
        """A passage, still without its rank; None where its document was removed a moment ago."""
        document = self._document(chunk.document_id)
        if document is None:
            return None
        text = chunk.span.cut(document.text)
        return Passage(
            document_id=chunk.document_id,
            chunk_id=chunk.id,
            span=chunk.span,
            text=text,
            language=chunk.language,
            article=document.article,
            score=score,
            rank=0,
            signals=signals,
            family=family,
        )


def _reprints_last(
    chunk_ids: Sequence[str], documents: Mapping[str, str], family_of: Callable[[str], str], limit: int
) -> list[str]:
    """The first chunks, but those of an article come last where enough better ones are copies of the same text."""
    leading: dict[str, list[str]] = {}
    first: list[str] = []
    reprints: list[str] = []
    for id in chunk_ids:
        copies = leading.setdefault(family_of(documents[id]), [])
        if documents[id] not in copies and len(copies) < _COPIES:
            copies.append(documents[id])
        (first if documents[id] in copies else reprints).append(id)
        if len(first) == limit:
            return first
    return [*first, *reprints][:limit]


def _on_the_default_scale(
    candidates: Sequence[Candidate], space: VectorSpace, question: Language
) -> Iterator[Candidate]:
    """Candidates whose cosines can be read like those of the embedded default."""
    for candidate in candidates:
        scores = dict(candidate.scores)
        if DENSE in scores:
            scores[DENSE] = space.scaled(scores[DENSE], question, candidate.language)
        yield replace(candidate, scores=scores)


def _is_askable(text: str) -> bool:
    """Whether there is anything to search for: a word or a digit."""
    return has_words(text) or any(character.isdigit() for character in text)


def _merged(concepts: Sequence[Concept]) -> list[Concept]:
    """Concepts without repetitions (a second mention asks for nothing new); the first ones of a long text."""
    return list({concept.alternatives: concept for concept in reversed(concepts)}.values())[::-1][:_MOST_CONCEPTS]
