"""Another embedder for an old collection: the old index serves until the new one is whole, and nothing is lost."""

import shutil

import numpy as np
import pytest
from loopback import serving
from test_collection import CHEESE, document, documents, found

from corpus.errors import UserError
from index.bilingual import BilingualEmbedder
from index.collection import Collection
from index.records import Scope
from index.settings import IndexSettings
from index.vector_space import DEFAULT, DEFAULT_SPREAD, VectorSpace, measure_cosines, measure_space

SIZE = 384


class Squeezed:
    """Another embedder: the default's vectors, turned into another space, with cosines squeezed to 0.6 ... 1."""

    def __init__(self, fail_after=10**9, name="squeezed"):
        self.real = BilingualEmbedder()
        self.fail_after = fail_after
        self.fingerprint = name
        self.texts = []
        turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(384, 384)))
        self.turn = turn[:, :SIZE]

    dimension = SIZE + 1

    def _encode(self, texts):
        vectors = self.real.encode_query(texts) @ self.turn
        vectors *= 0.6 / np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.hstack([vectors, np.full((len(texts), 1), 0.8)]).astype(np.float32)

    def encode_query(self, texts):
        return self._encode(texts)

    def encode_document(self, texts):
        if len(self.texts) + len(texts) > self.fail_after:
            raise KeyboardInterrupt
        self.texts.extend(texts)
        return self._encode(texts)


@pytest.fixture(scope="module")
def old():
    return BilingualEmbedder()


@pytest.fixture(scope="module")
def filled(tmp_path_factory, old):
    """More articles than are encoded together."""
    folder = tmp_path_factory.mktemp("old")
    notes = [document(f"Tide note {number}: the gauge at pier {number} reads low.", "Tides") for number in range(150)]
    with Collection.open(folder, embedder=old) as collection:
        collection.add([*documents(), *notes])
    return folder


@pytest.fixture
def folder(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "collection")


QUESTIONS = {"How long does the crossing take?": ("en", "More crossings"), "新馆有多少藏书": ("zh", "新图书馆九月开放")}


def answers(collection):
    for question, (language, title) in QUESTIONS.items():
        assert found(collection, question, Scope(languages=[language]))[0] == title


def test_an_interruption_keeps_the_old_index_and_the_finished_vectors(folder, old):
    with Collection.open(folder, embedder=old) as reader:
        broken = Squeezed(fail_after=120)
        with pytest.raises(KeyboardInterrupt):
            Collection.open(folder, embedder=broken)
        answers(reader)
    untouched = Squeezed()
    with Collection.open(folder, embedder=old) as again:
        answers(again)
    seen = []
    with Collection.open(folder, embedder=untouched, progress=lambda *told: seen.append(told)) as new:
        answers(new)
        count = new.chunk_count
    kept = set(broken.texts) & set(untouched.texts)
    assert 64 <= len(broken.texts) <= 120
    assert len(kept) <= 12, "only the pairs that measure a space, and what was under way, are encoded twice"
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (count, count)


def test_changing_back_costs_nothing(folder, old):
    with Collection.open(folder, embedder=Squeezed()) as collection:
        answers(collection)
    calls = []

    class Spy(BilingualEmbedder):
        def encode_document(self, texts):
            calls.extend(texts)
            return super().encode_document(texts)

    with Collection.open(folder, embedder=Spy()) as collection:
        answers(collection)
    assert calls == []


def test_an_open_reader_is_told_when_the_index_was_replaced(folder, old):
    with Collection.open(folder, embedder=old) as reader:
        answers(reader)
        Collection.open(folder, embedder=Squeezed()).close()
        for deed in (lambda: reader.search("ferry"), lambda: reader.add([document(CHEESE, "Another title")])):
            with pytest.raises(UserError, match="other settings"):
                deed()
    with Collection.open(folder, embedder=Squeezed()) as new:
        answers(new)


def test_two_that_open_with_different_settings_at_once(folder, old):
    with Collection.open(folder, embedder=old) as writer, writer.upkeep.writing():
        answers(writer)
        with pytest.raises(UserError, match="Another process is changing"):
            Collection.open(folder, embedder=Squeezed())


def test_an_endpoint_that_is_down_leaves_the_old_index(folder, old):
    with serving(None) as server:
        url = server.url
    settings = {"embedder": {"kind": "openai_compatible", "base_url": url, "model": "m", "retries": 0}}
    with pytest.raises(UserError, match="can't be reached"):
        Collection.open(folder, IndexSettings.model_validate(settings))
    with Collection.open(folder, embedder=old) as collection:
        answers(collection)


# Any dimension, any scale


def test_the_default_is_the_scale(old):
    measured, dimension = measure_cosines(old)
    for direction, (related, unrelated, spread) in measured.items():
        assert (related, unrelated) == pytest.approx(DEFAULT[direction], abs=0.02), direction
        assert spread == pytest.approx(DEFAULT_SPREAD, abs=0.01), direction
    assert measure_space(old) == VectorSpace(dimension)


def test_another_models_cosines_are_brought_to_that_scale():
    squeezed = Squeezed()
    measured, _ = measure_cosines(squeezed)
    space = measure_space(squeezed)
    for direction, (related, unrelated, _) in measured.items():
        assert unrelated > 0.6
        assert space.scaled(unrelated, *direction) == pytest.approx(DEFAULT[direction][1], abs=0.01), direction
        assert space.scaled(related, *direction) == pytest.approx(DEFAULT[direction][0], abs=0.06), direction
        assert -1 <= space.scaled(-1, *direction) <= space.scaled(1, *direction) <= 1
    assert VectorSpace.from_json(space.to_json()) == space


def test_a_model_that_tells_nothing_apart_says_little(tmp_path):
    """An English model's cosines of Chinese texts are high for all: their noise is not made larger."""
    noise = np.random.default_rng(3)

    class Noisy(Squeezed):
        def _encode(self, texts):
            vectors = np.ones((len(texts), SIZE)) + noise.normal(size=(len(texts), SIZE)) * 0.5
            return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    for direction, (related, _, _) in measure_cosines(Noisy())[0].items():
        assert measure_space(Noisy()).scaled(related, *direction) < 0.3


def test_dense_signals_mean_the_same_with_every_embedder(folder, old):
    def signals():
        return {p.chunk_id: p.signals["dense"] for p in collection.search("How long does the ferry take?", limit=4)}

    with Collection.open(folder, embedder=old) as collection:
        before = signals()
    with Collection.open(folder, embedder=Squeezed()) as collection:
        after = signals()
    best = max(before, key=before.get)
    assert after[best] == pytest.approx(before[best], abs=0.05)


def test_when_the_embedder_fails_words_alone_are_searched(folder):
    embedder = Squeezed()
    with Collection.open(folder, embedder=embedder) as collection:

        def fail(texts):
            raise UserError("The endpoint can't be reached.", "Start it.")

        embedder.encode_query = fail
        for question, (language, title) in QUESTIONS.items():
            result = collection.find(question, 1, Scope(languages=[language]), explain=True)
            assert result.passages[0].article.title == title
            assert result.remarks == ("Searched by words alone: The endpoint can't be reached.",)
            assert "dense" not in result.passages[0].signals
        assert collection.find("的").passages == []


@pytest.mark.parametrize("failing", ["encode_query", "encode_document"])
def test_when_the_embedder_fails_no_sentence_is_nearer_than_another(folder, failing):
    embedder = Squeezed()
    with Collection.open(folder, embedder=embedder) as collection:
        assert collection.nearness("ferry", ["A ferry.", "A tax."]).shape == (2,)

        def fail(texts):
            raise UserError("The endpoint can't be reached.", "Start it.")

        setattr(embedder, failing, fail)
        assert collection.nearness("ferry", ["A ferry.", "A tax."]).tolist() == [0.0, 0.0]


def test_a_model_that_changed_under_its_name_is_told(folder):
    Collection.open(folder, embedder=Squeezed()).close()
    changed = Squeezed()
    changed._encode = lambda texts: np.eye(8, dtype=np.float32)[: len(texts)]
    with Collection.open(folder, embedder=changed) as collection:
        (remark,) = collection.find("ferry").remarks
        assert "8 numbers a vector, but gave 385" in remark
        with pytest.raises(UserError, match="8 numbers a vector"):
            collection.add([document("A lighthouse keeper retires.", "Lighthouse")])


@pytest.mark.parametrize("exact_below", [0, 50_000])
def test_a_real_sentence_transformer_carries_a_collection(tmp_path, exact_below):
    """Its weights are random: words decide."""
    from tiny_models import make_sentence_transformer

    model = make_sentence_transformer(tmp_path / "tiny")
    embedder = {"kind": "sentence_transformer", "model": str(model), "device": "cpu", "truncate_dimension": 16}
    settings = IndexSettings.model_validate(
        {"embedder": embedder, "store": {"exact_below": exact_below}, "fusion": {"dense": 0.1}}
    )
    with Collection.open(tmp_path / "collection", settings) as collection:
        collection.add(documents())
        answers(collection)
    with Collection.open(tmp_path / "collection", settings) as collection:
        answers(collection)
