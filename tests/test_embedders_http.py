"""The embedder behind an endpoint, against a scripted server that speaks OpenAI's protocol, well and badly."""

import numpy as np
import pytest
from loopback import serving

from assistant.settings import load_settings
from corpus.errors import UserError
from index.embedders import build_embedder
from index.model_settings import OpenAICompatibleSettings

KEY = "sk-very-secret-123"


def vector(text):
    return [float(len(text)), 1.0, float(text.count("e"))]


def embeddings(asked):
    return {"data": [{"index": i, "embedding": vector(text)} for i, text in enumerate(asked.body["input"])]}


def embedder(server, **settings):
    settings = {"timeout": 5, "retries": 2, **settings}
    return build_embedder(OpenAICompatibleSettings(base_url=server.url + "/v1/", model="m", **settings))


def test_the_protocol_is_spoken(monkeypatch):
    monkeypatch.setenv("MY_KEY", KEY)
    with serving(embeddings) as server:
        made = embedder(server, key_variable="MY_KEY", batch_size=2, dimensions=None, query_prompt="q: ")
        found = made.encode_document(["one", "three", "seven"])
        made.encode_query(["one", "", "one"])
    expected = np.array([vector("one"), vector("three"), vector("seven")])
    assert np.allclose(found, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-6)
    assert [asked.body for asked in server.asked] == [
        {"model": "m", "input": ["one", "three"]},
        {"model": "m", "input": ["seven"]},
        {"model": "m", "input": ["q: one", "q: "]},
    ]
    assert {(asked.path, asked.key) for asked in server.asked} == {("/v1/embeddings", f"Bearer {KEY}")}
    assert made.dimension == 3


def test_dimensions_are_asked_for_and_checked():
    with serving(embeddings) as server:
        assert embedder(server, dimensions=None).dimension == 3
        with pytest.raises(UserError, match="vectors of 3 numbers instead of 8"):
            embedder(server, dimensions=8).encode_document(["x"])
        assert server.asked[-1].body["dimensions"] == 8


def test_it_tries_again_when_refused_for_now():
    failures = [(429, {}, {"retry-after": "0"}), (503, b"busy", {"retry-after": "0"})]
    with serving(lambda asked: failures.pop(0) if failures else embeddings(asked)) as server:
        assert embedder(server).encode_document(["x"]).shape == (1, 3)
        assert len(server.asked) == 3


FAULTS = {
    "wrong key": ((401, {"error": {"message": f"bad key {KEY}"}}), "refuses the key .HTTP 401", "MY_KEY"),
    "unknown model": ((404, {"error": {"message": f"no model m for {KEY}"}}), r"HTTP 404\): no model m for \*\*\*", "model"),
    "limited": ((429, {}, {"retry-after": "0"}), "can't answer now .HTTP 429", "later"),
    "broken": ((500, b"<html>", {"retry-after": "0"}), "can't answer now .HTTP 500", "later"),
    "moved": ((302, b"", {"location": "http://127.0.0.1:1/"}), "refuses .HTTP 302", "address"),
    "a page": (b"<html>hello</html>", "no JSON", "address"),
    "no data": ({"object": "list"}, "without a vector for each text", "embeddings"),
    "a list": ([1, 2], "without a vector for each text", "embeddings"),
    "too few": ({"data": []}, "without a vector for each text", "embeddings"),
    "no numbers": ({"data": [{"index": 0, "embedding": "AAAA"}]}, "something else than vectors", "show-config"),
    "no direction": ({"data": [{"index": 0, "embedding": [0, 0, 0]}]}, "no direction", "show-config"),
    "no finite numbers": (b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}', "not finite", "show-config"),
    "cut off": ((200, b"[]", {"content-length": "99"}), "broke off", "log"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "message", "help"), FAULTS.values(), ids=FAULTS)
def test_faults_are_one_clear_line_without_secrets(answer, message, help, monkeypatch):
    monkeypatch.setenv("MY_KEY", KEY)
    with serving(lambda asked: answer) as server, pytest.raises(UserError, match=message) as caught:
        embedder(server, key_variable="MY_KEY", retries=1 if "retry" in str(answer) else 0).encode_document(["x"])
    assert help in caught.value.help
    assert KEY not in str(caught.value) + caught.value.help
    assert "\n" not in caught.value.message


def test_a_slow_endpoint_is_given_up():
    with serving(lambda asked: server.release.wait(20) and embeddings(asked)) as server:
        slow = embedder(server, query_timeout=0.2, timeout=0.2, retries=0)
        for encode in (slow.encode_query, slow.encode_document):
            with pytest.raises(UserError, match=r"didn't answer within 0\.2 seconds"):
                encode(["x"])


def test_an_endpoint_that_answers_without_an_end_is_left(monkeypatch):
    monkeypatch.setattr("index.endpoints._LARGEST", 100)
    with serving(b" " * 1_000) as server, pytest.raises(UserError, match="answers without an end"):
        embedder(server).encode_document(["x"])


def test_an_endpoint_that_is_down_is_told():
    with serving(embeddings) as server:
        made = embedder(server)
    with pytest.raises(UserError, match="can't be reached"):
        made.encode_document(["x"])
    assert made.fingerprint, "its name is known without it"


@pytest.mark.parametrize("value", [None, " ", "two\nlines", "ключ"])
def test_a_missing_or_spoiled_key_is_told_before_anything_is_sent(value, monkeypatch):
    monkeypatch.delenv("MY_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("MY_KEY", value)
    with serving(embeddings) as server, pytest.raises(UserError, match="environment variable MY_KEY"):
        embedder(server, key_variable="MY_KEY").encode_query(["x"])
    assert server.asked == []


def test_fingerprints_cover_what_shapes_vectors():
    def named(**settings):
        settings = {"base_url": "http://localhost:1/v1", "model": "m", **settings}
        return build_embedder(OpenAICompatibleSettings(**settings)).fingerprint

    same = [named(), named(timeout=9), named(key_variable="OTHER"), named(batch_size=2)]
    other = [{"model": "n"}, {"base_url": "http://localhost:2/v1"}, {"dimensions": 64}, {"document_prompt": "d"}]
    assert len(set(same)) == 1
    assert len({same[0], *(named(**settings) for settings in other)}) == 5


# Settings


EMBEDDER = "index.embedder."


def chosen(*overrides):
    return load_settings(None, [EMBEDDER + override for override in overrides]).index.embedder


def test_a_kind_can_be_left_out_for_the_default():
    assert (chosen().kind, chosen("precision=float32").precision) == ("bilingual", "float32")
    assert chosen("kind=sentence_transformer", "model=BAAI/bge-m3").model == "BAAI/bge-m3"


def test_another_kind_starts_its_group_anew(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('[index.embedder]\nkind = "sentence_transformer"\nmodel = "a/b"\n', encoding="utf-8")
    assert load_settings(file, [EMBEDDER + "kind=bilingual"]).index.embedder.kind == "bilingual"
    assert load_settings(file, [EMBEDDER + "device=cpu"]).index.embedder.device == "cpu"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["kind=magic"], r"index\.embedder: .*magic"),
        (["kind=sentence_transformer"], r"index\.embedder\.model: Field required"),
        (["kind=sentence_transformer", "model=m", "pooling=best"], r"index\.embedder\.pooling: "),
        (["kind=openai_compatible", "model=m", "base_url=localhost:1"], r"index\.embedder\.base_url: .*http://"),
        (["kind=openai_compatible", "model=m", "base_url=http://me:" + KEY + "@h/v1"], "holds no key"),
        (["kind=openai_compatible", "model=m", "base_url=http://h/v1?key=" + KEY], "holds no key"),
        (["kind=openai_compatible", "model=m", "base_url=http://h", "key_variable=" + KEY], "key_variable"),
        (["kind=openai_compatible", "model=m", "base_url=http://h", "api_key=" + KEY], r"index\.embedder\.api_key"),
    ],
)
def test_wrong_settings_are_one_line_with_the_path(overrides, message):
    with pytest.raises(UserError, match=message) as caught:
        chosen(*overrides)
    assert KEY not in caught.value.message
    assert "\n" not in caught.value.message
