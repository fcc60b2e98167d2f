import pytest

from corpus.records import Span
from index.lexical import LexicalStore
from index.records import Scope
from index.stores import Entry, StoreError
from index.terms import Alternative, Concept


def concept(*alternatives, weight=1.0):
    return Concept("x", Span(0, 1), weight, tuple(Alternative(term, value, "word") for term, value in alternatives))


@pytest.fixture
def store(tmp_path):
    opened = LexicalStore(tmp_path)
    texts = {
        "a:0": ["e:boat", "e:harbour", "e:boat", "z:港口"],
        "b:0": ["e:boat", "e:tide", "e:gull", "e:rope"],
        "c:0": ["e:hill", "e:sheep", "e:rope", "n:7"],
    }
    opened.upsert([Entry(id, id[0], "en", terms, None) for id, terms in texts.items()])
    opened.upsert([Entry("d:0", "d", "zh", ["z:港口", "p:港口"], None)])
    return opened


def found(store, *concepts, language="en", **options):
    return [hit.id for hit in store.query(language, concepts, 10, **options)]


def test_a_concept_counts_its_best_alternative_not_their_sum(store):
    (single,) = store.query("en", [concept(("e:tide", 1.0))], 10)
    (double,) = store.query("en", [concept(("e:tide", 1.0), ("e:gull", 0.9))], 10)
    assert double.score == pytest.approx(single.score)


def test_weights_scale_scores(store):
    (plain,) = store.query("en", [concept(("e:tide", 1.0))], 10)
    (half,) = store.query("en", [concept(("e:tide", 0.5))], 10)
    (thrice,) = store.query("en", [concept(("e:tide", 1.0), weight=3.0)], 10)
    assert half.score == pytest.approx(plain.score / 2)
    assert thrice.score == pytest.approx(plain.score * 3)


def test_concepts_add_up_and_languages_are_apart(store):
    assert found(store, concept(("e:boat", 1.0)), concept(("z:港口", 1.0)))[0] == "a:0"
    assert found(store, concept(("z:港口", 1.0)), language="zh") == ["d:0"]
    assert store.document_frequency("zh", "z:港口") == 1
    assert store.document_frequency("en", "e:boat") == 2
    assert store.document_frequency("en", "e:none") == 0


def test_filters_leave_scores_alone(store):
    everything = dict(store.query("en", [concept(("e:boat", 1.0))], 10))
    assert dict(store.query("en", [concept(("e:boat", 1.0))], 10, scope=Scope(documents=["b", "c"]))) == pytest.approx(
        {"b:0": everything["b:0"]}
    )
    assert found(store, concept(("e:boat", 1.0)), chunks=["a:0"]) == ["a:0"]
    assert found(store, concept(("e:boat", 1.0)), scope=Scope(documents=[])) == []


def test_nothing_asked_finds_nothing(store):
    assert found(store) == []
    assert store.query("en", [concept(("e:boat", 1.0))], 0) == []


def test_odd_terms_are_harmless(store):
    odd = ["e:\ud800", "e:" + "x" * 70_000, 'e:"quoted" AND (x', "e:*"]
    store.upsert([Entry("e:0", "e", "en", odd, None)])
    assert found(store, concept(('e:"quoted"', 1.0))) == ["e:0"]


def test_upsert_replaces_and_delete_removes(store):
    store.upsert([Entry("a:0", "a", "en", ["e:cloud"], None)])
    assert found(store, concept(("e:harbour", 1.0))) == []
    assert store.count("en") == 3
    store.delete(["a:0", "unknown"])
    assert store.ids() == ["b:0", "c:0", "d:0"]


def test_another_reader_sees_commits_after_refreshing(store, tmp_path):
    reader = LexicalStore(tmp_path)
    store.upsert([Entry("f:0", "f", "en", ["e:fog"], None)])
    reader.refresh()
    assert found(reader, concept(("e:fog", 1.0))) == ["f:0"]


def test_damage_is_a_store_error(store, tmp_path):
    for file in (tmp_path / "en").glob("*"):
        file.write_bytes(b"spoiled")
    with pytest.raises(StoreError):
        LexicalStore(tmp_path)
