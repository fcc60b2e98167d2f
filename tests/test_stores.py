"""One contract for every store, and the default store held against a plain implementation of the same scores."""

import math
from collections import Counter
from datetime import date

import numpy as np
import pytest

from corpus.records import Span
from index.local_store import LocalStore
from index.records import EVERYTHING, Scope
from index.stores import Entry, Hit, Store
from index.terms import Alternative, Concept


class ReferenceStore:
    """Exact and slow: BM25 and cosines as the books write them."""

    def __init__(self, folder):
        self._entries = {}

    def upsert(self, entries):
        self._entries.update((entry.id, entry) for entry in entries)

    def delete(self, chunk_ids):
        for chunk_id in chunk_ids:
            self._entries.pop(chunk_id, None)

    def ids(self):
        return sorted(self._entries)

    def _of(self, language):
        return [entry for entry in self._entries.values() if entry.language == language]

    def count(self, language):
        return len(self._of(language))

    def dense_query(self, language, vector, limit):
        return _best([Hit(entry.id, float(entry.vector @ vector)) for entry in self._of(language)], limit)

    def lexical_query(self, language, concepts, limit, scope=EVERYTHING, chunks=None):
        own = self._of(language)
        average = sum(len(entry.terms) for entry in own) / max(1, len(own))
        hits = []
        for entry in own:
            if _in_scope(entry, scope) and (chunks is None or entry.id in chunks):
                score = sum(
                    c.weight * max(a.weight * self._bm25(language, entry, a.term, average) for a in c.alternatives)
                    for c in concepts
                )
                hits += [Hit(entry.id, score)] if score else []
        return _best(hits, limit)

    def _bm25(self, language, entry, term, average):
        frequency, holding = Counter(entry.terms)[term], self.document_frequency(language, term)
        rarity = math.log(1 + (self.count(language) - holding + 0.5) / (holding + 0.5))
        return rarity * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * len(entry.terms) / average))

    def document_frequency(self, language, term):
        return sum(term in entry.terms for entry in self._of(language))

    def refresh(self):
        """Nothing is shared."""

    def close(self):
        """Nothing is open."""


def _in_scope(entry, scope):
    first, last = scope.published or (None, None)
    return (
        (scope.documents is None or entry.document_id in scope.documents)
        and (scope.languages is None or entry.article_language in scope.languages)
        and (scope.publishers is None or entry.publisher in scope.publishers)
        and (first is None or (entry.published is not None and entry.published >= first))
        and (last is None or (entry.published is not None and entry.published <= last))
    )


def _best(hits, limit):
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[: max(limit, 0)]


WORDS = ["e:ferry", "e:lamp", "e:salt", "e:wind", "z:渡轮", "z:灯塔"]


def make_entries(count=30):
    generator = np.random.default_rng(5)
    vectors = generator.standard_normal((count, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for row, vector in enumerate(vectors):
        terms = [WORDS[word] for word in generator.integers(0, len(WORDS), 12 + row % 5)]
        language = "zh" if row % 3 == 0 else "en"
        day = date(2024, 1, 1 + row) if row % 4 else None
        yield Entry(f"{row:02d}:0", f"{row:02d}", language, terms, vector, f"Paper {row % 3}", day, "en")


def concept(*pairs, weight=1.0):
    return Concept("x", Span(0, 1), weight, tuple(Alternative(term, value, "word") for term, value in pairs))


CONCEPTS = [concept(("e:ferry", 1.0), ("z:渡轮", 0.6)), concept(("e:salt", 1.0), weight=0.5)]


@pytest.fixture(params=[LocalStore, ReferenceStore], ids=["local", "reference"])
def store(request, tmp_path):
    opened: Store = request.param(tmp_path)
    opened.upsert(make_entries())
    yield opened
    opened.close()


def test_ids_and_counts(store):
    assert store.ids() == [f"{row:02d}:0" for row in range(30)]
    assert (store.count("zh"), store.count("en")) == (10, 20)


def test_dense_query_finds_each_chunk_by_its_own_vector(store):
    for entry in make_entries():
        best = store.dense_query(entry.language, entry.vector, 3)
        assert best[0].id == entry.id
        assert best[0].score == pytest.approx(1.0, abs=1e-4)
        assert len(best) == 3


def test_hits_are_ordered_and_limited(store):
    hits = store.lexical_query("en", CONCEPTS, 4)
    assert len(hits) == 4
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.id))
    assert store.lexical_query("en", [], 4) == []


def test_restrictions(store):
    assert {hit.id for hit in store.lexical_query("en", CONCEPTS, 9, scope=Scope(documents=["01", "03", "04"]))} <= {
        "01:0",
        "04:0",
    }
    assert [hit.id for hit in store.lexical_query("en", CONCEPTS, 9, chunks=["07:0"])] == ["07:0"]


@pytest.mark.parametrize(
    "scope",
    [
        Scope(publishers=["Paper 1"]),
        Scope(publishers=["Paper 1", "Paper 2", "None"]),
        Scope(publishers=[]),
        Scope(languages=["en"]),
        Scope(languages=["zh"]),
        Scope(published=(date(2024, 1, 9), None)),
        Scope(published=(None, date(2024, 1, 9))),
        Scope(["01", "02", "05"], ["en"], ["Paper 2"], (date(2024, 1, 2), date(2024, 1, 20))),
    ],
    ids=str,
)
def test_scopes_change_no_score(store, scope):
    everything = dict(store.lexical_query("en", CONCEPTS, 30))
    inside = {entry.id for entry in make_entries() if _in_scope(entry, scope)}
    expected = {id: score for id, score in everything.items() if id in inside}
    assert dict(store.lexical_query("en", CONCEPTS, 30, scope)) == pytest.approx(expected)


def test_upsert_replaces(store):
    first = next(iter(make_entries()))
    store.upsert([Entry(first.id, first.document_id, first.language, ["e:only"], -first.vector)])
    assert store.count("zh") == 10
    assert store.document_frequency("zh", "e:only") == 1
    assert store.dense_query("zh", -first.vector, 1)[0].id == first.id


def test_delete_leaves_nothing(store):
    gone = next(iter(make_entries()))
    store.delete([gone.id, "unknown"])
    store.refresh()
    assert gone.id not in store.ids()
    assert gone.id not in {hit.id for hit in store.dense_query("zh", gone.vector, 30)}
    assert store.count("zh") == 9


def test_closing_twice_is_fine(store):
    store.close()
    store.close()


def test_the_default_store_scores_as_the_reference(tmp_path):
    local, reference = LocalStore(tmp_path), ReferenceStore(tmp_path)
    for each in (local, reference):
        each.upsert(make_entries())
    for language in ("en", "zh"):
        assert [local.document_frequency(language, word) for word in WORDS] == [
            reference.document_frequency(language, word) for word in WORDS
        ]
        expected = dict(reference.lexical_query(language, CONCEPTS, 30))
        assert dict(local.lexical_query(language, CONCEPTS, 30)) == pytest.approx(expected, rel=1e-3)
    local.close()
