import subprocess
import sys

import numpy as np
import pytest

from corpus.errors import UserError
from index import onnx_export
from index.bilingual import BilingualEmbedder, EnglishEncoder
from index.model_settings import BilingualEmbedderSettings
from index.onnx_export import build_graph, exported_model, model_folder

TEXTS = [
    "The ferry crosses eleven times a day.",
    "渡轮每天往返十一次。",
    "A cheese maker in the hills doubled her output, " * 30,
    "x",
]


@pytest.fixture(scope="module")
def encoder():
    return EnglishEncoder()


@pytest.fixture(scope="module")
def embedder(encoder):
    return BilingualEmbedder(encoder=encoder)


def test_rows_are_unit_vectors_in_order(embedder):
    vectors = embedder.encode_document(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((4, embedder.dimension), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(embedder.encode_document(TEXTS[::-1])[::-1], vectors, atol=1e-5)


def test_a_text_has_the_same_vector_in_any_company(encoder):
    alone = np.stack([encoder.encode([text])[0] for text in TEXTS])
    assert ((alone * encoder.encode(TEXTS * 9)[:4]).sum(axis=1) > 0.9999).all()


def test_no_text_gives_no_row(embedder):
    assert embedder.encode_query([]).shape == (0, embedder.dimension)


@pytest.mark.parametrize("text", ["", " ", "\0\x07", "\ud800", "🛳️", "字" * 10_000, "word " * 5_000], ids=range(7))
def test_any_text_has_a_finite_vector(embedder, text):
    vector = embedder.encode_query([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_nearness_is_nearness_in_meaning_in_and_across_languages(embedder):
    near, far = embedder.encode_document(["Trade with Africa grew by a tenth.", "The cat sleeps on the warm roof."])
    for question in ("How much did commerce with African countries rise?", "对非洲的贸易增长了多少？"):
        asked = embedder.encode_query([question])[0]
        assert asked @ near > asked @ far + 0.2


def test_the_latest_vectors_are_remembered(encoder):
    calls = []

    class Spy(EnglishEncoder):
        def encode(self, texts, reading=str):
            calls.append(list(texts))
            return encoder.encode(texts, reading)

    spied = BilingualEmbedder(encoder=Spy())
    first = spied.encode_query(["tide", "rope", "tide"])
    again = spied.encode_document(["rope", "gull"])
    assert calls == [["tide", "rope"], ["gull"]]
    assert (first[0] == first[2]).all()
    assert (first[1] == again[0]).all()


def test_fingerprints_tell_settings_apart():
    def named(**settings):
        return BilingualEmbedder(BilingualEmbedderSettings(**settings)).fingerprint

    assert named() == named()
    assert len({named(), named(gloss_weight=0.5), named(precision="float32")}) == 3


def test_queries_need_no_torch():
    code = (
        "import sys; from index.bilingual import BilingualEmbedder; BilingualEmbedder().encode_query(['tide', '潮水']); "
        "assert not {'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_graph_is_written_once(tmp_path, monkeypatch):
    file = exported_model("int8", tmp_path)
    monkeypatch.setattr(onnx_export, "build_graph", lambda *_: pytest.fail("written twice"))
    assert exported_model("int8", tmp_path) == file
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="can't be written"):
        exported_model("int8", tmp_path / "file")


def test_a_missing_package_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(onnx_export, "PACKAGE", "no_such_package_anywhere")
    with pytest.raises(UserError, match="pip install"):
        model_folder()


@pytest.mark.slow
@pytest.mark.parametrize(("precision", "least"), [("float32", 0.99999), ("int8", 0.99)])
def test_vectors_are_those_of_sentence_transformers(tmp_path, precision, least):
    from sentence_transformers import SentenceTransformer

    texts = [TEXTS[0], *TEXTS[2:], "Exports rose 7.2 percent to 1.05 trillion yuan (about $146 billion), customs said."]
    texts += [" ".join(TEXTS[2].split()[:size]) for size in range(2, 60, 5)]
    reference = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
    expected = reference.encode(texts, normalize_embeddings=True)
    found = EnglishEncoder(precision, tmp_path).encode(texts)
    assert (expected * found).sum(axis=1).min() > least
    assert len(build_graph(model_folder() / "model.safetensors", precision)) < 92_000_000
