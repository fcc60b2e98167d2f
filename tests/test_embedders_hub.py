"""Models of sentence-transformers from a folder, LangChain's embeddings, and what every embedder must keep to."""

import shutil
import subprocess
import sys
import threading

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings
from loopback import serving
from tiny_models import make_sentence_transformer

from assistant import Assistant
from corpus.errors import UserError
from index.bilingual import BilingualEmbedder
from index.embedders import build_embedder
from index.given_embedder import LangChainEmbedder, as_embedder
from index.model_checks import check_embedder
from index.model_settings import BilingualEmbedderSettings, OpenAICompatibleSettings, SentenceTransformerSettings

TEXTS = ["The ferry crosses eleven times a day.", "渡轮每天往返十一次。", "the cat sleeps " * 200, "x"]
ODD = ["", " ", "\0\x07", "\ud800", "🛳️", "字" * 3_000]


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    return make_sentence_transformer(tmp_path_factory.mktemp("tiny"))


def embedder(model, **settings):
    return build_embedder(SentenceTransformerSettings(model=str(model), device="cpu", **settings))


def one_hot(text, size=16):
    """A vector that depends on the text and on nothing else."""
    return [1.0 + sum(map(ord, text)) % 7, *(float(text.count(letter)) for letter in "abcdefghijklmno"[: size - 1])]


def embeddings_of(asked):
    vectors = [one_hot(text) for text in asked.body["input"]]
    return {"data": [{"index": i, "embedding": v} for i, v in reversed(list(enumerate(vectors)))]}


@pytest.fixture(scope="module", params=["bilingual", "sentence_transformer", "openai_compatible", "langchain"])
def every(request, model):
    match request.param:
        case "bilingual":
            yield BilingualEmbedder()
        case "sentence_transformer":
            yield embedder(model)
        case "openai_compatible":
            with serving(embeddings_of) as server:
                yield build_embedder(OpenAICompatibleSettings(base_url=server.url, model="m", batch_size=3))
        case "langchain":
            yield as_embedder(DeterministicFakeEmbedding(size=24))


# What every embedder keeps to


def test_rows_are_finite_unit_vectors_in_order(every):
    for encode in (every.encode_query, every.encode_document):
        vectors = encode([*TEXTS, *ODD])
        assert (vectors.shape, vectors.dtype) == ((10, every.dimension), np.float32)
        assert np.isfinite(vectors).all()
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
        assert np.allclose(encode(TEXTS[::-1])[::-1], vectors[:4], atol=1e-4)
        assert encode([]).shape == (0, every.dimension)


def test_the_fingerprint_is_stable(every):
    assert every.fingerprint == every.fingerprint
    assert every.fingerprint.isalnum()


def test_threads_may_share_it(every):
    expected, found = every.encode_query(TEXTS), []
    threads = [threading.Thread(target=lambda: found.append(every.encode_document(TEXTS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vectors.shape for vectors in found] == [expected.shape] * 4
    assert all(np.allclose(vectors, found[0], atol=1e-5) for vectors in found)


# sentence-transformers


def test_vectors_are_those_of_sentence_transformers(model):
    from sentence_transformers import SentenceTransformer

    expected = SentenceTransformer(str(model), device="cpu").encode(TEXTS, normalize_embeddings=True)
    assert np.allclose(embedder(model).encode_document(TEXTS), expected, atol=1e-5)


def test_settings_shape_the_vectors(model):
    plain = embedder(model).encode_document(TEXTS)
    assert embedder(model, truncate_dimension=8).encode_document(TEXTS).shape == (4, 8)
    for shaped in ({"pooling": "cls"}, {"document_prompt": "passage : "}, {"max_tokens": 8}):
        other = embedder(model, **shaped)
        assert not np.allclose(other.encode_document(TEXTS), plain, atol=1e-3), shaped
        assert np.allclose(np.linalg.norm(other.encode_document(TEXTS), axis=1), 1, atol=1e-4)
    assert np.allclose(embedder(model, max_tokens=9_999).encode_document(TEXTS), plain, atol=1e-5)
    low = embedder(model, dtype="bfloat16").encode_document(TEXTS)
    assert ((low * plain).sum(axis=1) > 0.99).all()


def test_prompts_of_the_model_are_used_unless_others_are_set(tmp_path):
    folder = make_sentence_transformer(tmp_path, prompts={"query": "question : ", "document": "passage : "})
    own = embedder(folder)
    assert not np.allclose(own.encode_query(TEXTS), own.encode_document(TEXTS), atol=1e-3)
    bare = embedder(folder, query_prompt="", document_prompt="")
    assert np.allclose(bare.encode_query(TEXTS), bare.encode_document(TEXTS), atol=1e-5)
    said = embedder(folder, query_prompt="question : ")
    assert np.allclose(said.encode_query(TEXTS), own.encode_query(TEXTS), atol=1e-5)


def test_fingerprints_tell_models_and_shaping_settings_apart(model, tmp_path):
    other = make_sentence_transformer(tmp_path / "other", seed=8)
    shaping = [{}, {"query_prompt": ""}, {"pooling": "cls"}, {"truncate_dimension": 8}, {"dtype": "bfloat16"}]
    found = [embedder(model, **settings).fingerprint for settings in shaping] + [embedder(other).fingerprint]
    assert len(set(found)) == len(found)
    assert embedder(model, batch_size=3).fingerprint == found[0]
    moved = shutil.copytree(model, tmp_path / "moved")
    assert embedder(moved).fingerprint == found[0], "the same files in another folder make the same vectors"


def test_making_it_and_asking_its_name_loads_nothing(model):
    code = (
        "import sys; from index.embedders import build_embedder; from index.model_settings import *; "
        f"print(build_embedder(SentenceTransformerSettings(model={str(model)!r})).fingerprint); "
        "assert not {'torch', 'transformers', 'sentence_transformers', 'httpx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


FAULTS = {
    "no folder": ({"model": "./nowhere/at/all"}, r"no model folder \./nowhere"),
    "not downloaded": ({"model": "nobody/nothing", "local_files_only": True}, "not on this machine"),
    "no name": ({"model": "what is this?"}, "neither a folder nor a name"),
}


@pytest.mark.parametrize(("settings", "message"), FAULTS.values(), ids=FAULTS)
def test_a_model_that_is_not_there_is_one_clear_line(settings, message):
    with pytest.raises(UserError, match=message) as caught:
        build_embedder(SentenceTransformerSettings(**settings)).encode_query(["x"])
    assert "\n" not in caught.value.message


def test_a_folder_without_a_model_is_one_clear_line(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(UserError, match="can't be loaded") as caught:
        embedder(tmp_path).encode_query(["x"])
    assert "\n" not in caught.value.message


def test_a_dimension_that_the_model_has_not_is_one_clear_line(model):
    with pytest.raises(UserError, match="gives 32 numbers, fewer than truncate_dimension = 64"):
        embedder(model, truncate_dimension=64).encode_query(["x"])


def test_a_device_that_is_not_there_is_one_clear_line(model):
    with pytest.raises(UserError, match=r"can't be loaded|failed"):
        build_embedder(SentenceTransformerSettings(model=str(model), device="warp")).encode_query(["x"])


def test_an_embedder_can_be_tried(model):
    assert check_embedder(SentenceTransformerSettings(model=str(model))).startswith("sentence_transformer: 32 numbers")
    assert check_embedder(BilingualEmbedderSettings()).startswith("bilingual: 384 numbers")
    with pytest.raises(UserError, match="not on this machine"):
        check_embedder(SentenceTransformerSettings(model="nobody/nothing"))


# LangChain


class Broken(Embeddings):
    def __init__(self, given):
        self.given = given

    def embed_query(self, text):
        return self.embed_documents([text])[0]

    def embed_documents(self, texts):
        if isinstance(self.given, Exception):
            raise self.given
        return [self.given for _ in texts]


@pytest.mark.parametrize(
    "given",
    [[float("nan")] * 4, [0.0] * 4, [], "words", None, [1e39] * 4, RuntimeError("key sk-secret refused")],
    ids=["nan", "zero", "empty", "words", "none", "infinite", "raises"],
)
def test_bad_vectors_are_one_clear_line(given):
    with pytest.raises(UserError, match="given Broken") as caught:
        as_embedder(Broken(given)).encode_document(["x", "y"])
    assert "secret" not in caught.value.message


def test_a_changed_dimension_is_told():
    broken = Broken([1.0, 2.0])
    given = as_embedder(broken)
    given.encode_query(["x"])
    broken.given = [1.0, 2.0, 3.0]
    with pytest.raises(UserError, match="3 numbers instead of 2"):
        given.encode_query(["y"])


def test_fingerprints_of_given_objects_cover_what_shapes_vectors():
    def named(**attributes):
        given = Broken([1.0])
        given.__dict__.update(attributes)
        return as_embedder(given).fingerprint

    assert named(model="a") == named(model="a", api_key="sk-1", timeout=3, max_retries=9)
    assert len({named(), named(model="a"), named(model="b"), named(options={"normalize": True})}) == 4
    assert LangChainEmbedder(Broken([1.0]), "mine").fingerprint != named()


def test_what_is_no_embedder_is_told():
    with pytest.raises(UserError, match="A dict is no embedder"):
        as_embedder({})


def test_an_assistant_takes_one(tmp_path):
    given = DeterministicFakeEmbedding(size=24)
    for _ in range(2):
        with Assistant.open(tmp_path, bundled=False, embedder=given) as opened:
            opened.add_text("The bridge of Testford was opened on 3 May 2021 by Jane Roe.", title="Bridge opened")
            assert opened.search("bridge")[0].article.title == "Bridge opened"
            assert all(opened.verify(quote).value == "ok" for quote in opened.ask("Who opened the bridge?").quotes)
    with pytest.raises(UserError, match="no embedder"):
        Assistant.open(tmp_path, embedder="bge-m3")
