"""Rerankers: a tiny cross-encoder from a folder, an endpoint on loopback, and what each must keep to."""

import re
import subprocess
import sys
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import serving
from test_collection import document, documents
from tiny_models import make_cross_encoder, make_sentence_transformer

from assistant import Assistant
from assistant.settings import load_settings
from corpus.errors import UserError
from corpus.records import Article, Span
from index.bilingual import BilingualEmbedder
from index.collection import Collection
from index.cross_encoder import CrossEncoderScorer
from index.model_checks import check_reranker
from index.model_settings import CrossEncoderSettings, EndpointRerankerSettings, NoRerankerSettings
from index.records import Passage
from index.rerankers import SIGNAL, ScoringReranker, build_reranker
from index.settings import IndexSettings

KEY = "sk-very-secret-123"
QUERY = "how much did trade grow ?"


def passages(size=8):
    words = ["the cat sleeps on the roof", "trade with africa grew", "渡轮每天往返十一次", "the ferry crosses a day"]
    return [
        Passage(
            document_id=f"{place:04}", chunk_id=f"{place:04}:0", span=Span(0, 1), text=f"{words[place % 4]} {place}",
            language="en", article=Article(f"Notes {place}", "en"), score=9.0 - place, rank=place + 1,
            signals={"lexical": 1.0},
        )
        for place in range(size)
    ]  # fmt: skip


def by_length(asked):
    """Longer texts are better, in Cohere's and Jina's form, in no order."""
    results = [{"index": i, "relevance_score": len(text)} for i, text in enumerate(asked.body["documents"])]
    return {"results": results[::-1]}


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    return make_cross_encoder(tmp_path_factory.mktemp("cross"))


def cross_encoder(model, **settings):
    return build_reranker(CrossEncoderSettings(model=str(model), device="cpu", **{"budget": 60_000, **settings}))


def endpoint(server, **settings):
    return build_reranker(EndpointRerankerSettings(base_url=f"{server.url}/v1", model="m", **settings))


@pytest.fixture(scope="module", params=["cross_encoder", "http"])
def every(request, model):
    if request.param == "cross_encoder":
        yield cross_encoder(model)
    else:
        with serving(by_length) as server:
            yield endpoint(server)


# What every reranker keeps to


@pytest.mark.parametrize("count", [0, 1, 2, 8, 40])
def test_nothing_is_lost_or_invented(every, count):
    given = passages(count)
    result = every.rerank(QUERY, given)
    assert result.remark == ""
    assert sorted(p.chunk_id for p in result.passages) == [p.chunk_id for p in given]
    assert {p.text for p in result.passages} == {p.text for p in given}


def test_the_order_is_that_of_its_scores(every):
    scores = [p.signals[SIGNAL] for p in every.rerank(QUERY, passages()).passages]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 1


def test_the_same_again_is_the_same(every):
    assert every.rerank(QUERY, passages()) == every.rerank(QUERY, passages())


def test_odd_text_does_no_harm(every):
    assert len(every.rerank("\ud800 🛳️", passages(3)).passages) == 3
    assert len(every.rerank("字" * 5_000, passages(3)).passages) == 3


def test_without_one_there_is_none():
    assert build_reranker(NoRerankerSettings()) is None


# The budget


class Scripted:
    def __init__(self, scores):
        self.given = scores

    def scores(self, query, texts, seconds):
        if isinstance(self.given, Exception):
            raise self.given
        return self.given


@given(st.dictionaries(st.integers(0, 7), st.sampled_from([0.0, 0.5, 1.0])))
def test_what_was_not_read_keeps_its_order_below(scores):
    result = ScoringReranker(Scripted(scores), 8, 100).rerank(QUERY, passages())
    places = [int(p.document_id) for p in result.passages]
    read, rest = places[: len(scores)], places[len(scores) :]
    assert read == sorted(scores, key=lambda place: (-scores[place], place))
    assert rest == sorted(set(range(8)) - set(scores))
    assert (result.remark == "") == (len(scores) == 8)


def test_a_fault_keeps_the_order_and_is_one_remark():
    result = ScoringReranker(Scripted(UserError("It is down.", "Start it.")), 8, 100).rerank(QUERY, passages())
    assert (result.passages, result.remark) == (passages(), "Not reranked: It is down.")


def test_a_cross_encoder_stops_when_its_budget_is_spent(model, monkeypatch):
    scorer = CrossEncoderScorer(CrossEncoderSettings(model=str(model), device="cpu"))
    clock = count(0, 0.25)
    monkeypatch.setattr("index.cross_encoder.monotonic", lambda: next(clock))
    texts = [passage.text for passage in passages(20)]
    first = scorer.scores(QUERY, texts, 0.9)
    assert 0 < len(first) < 20
    assert list(first) == list(range(len(first)))
    assert len(scorer.scores(QUERY, texts, 0.5)) == 1, "a pace measured once does not switch it off for ever"


def test_a_cross_encoder_at_work_is_not_waited_for_longer_than_the_budget(model):
    reranker = cross_encoder(model, budget=10)
    with reranker._scorer._working:
        result = reranker.rerank(QUERY, passages())
    assert result.passages == passages()
    assert result.remark == "Reranked 0 of 8 passages: the budget is 10 ms."


# Cross-encoders


def test_scores_are_those_of_sentence_transformers(model):
    from sentence_transformers import CrossEncoder

    texts = [passage.text for passage in passages(20)]
    expected = CrossEncoder(str(model), device="cpu").predict([(QUERY, text) for text in texts])
    found = CrossEncoderScorer(CrossEncoderSettings(model=str(model), device="cpu")).scores(QUERY, texts, 60)
    assert [found[place] for place in range(20)] == pytest.approx(list(expected), abs=1e-5)


def test_making_one_loads_nothing(model):
    code = (
        "import sys; from index.rerankers import build_reranker; from index.model_settings import *; "
        f"build_reranker(CrossEncoderSettings(model={str(model)!r})); "
        "assert not {'torch', 'transformers', 'sentence_transformers', 'httpx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_model_that_is_not_there_or_no_reranker_is_a_remark(tmp_path):
    result = build_reranker(CrossEncoderSettings(model="./nowhere/at/all")).rerank(QUERY, passages())
    assert (result.passages, "no model folder ./nowhere" in result.remark) == (passages(), True)
    (tmp_path / "config.json").write_text("{}")
    result = build_reranker(CrossEncoderSettings(model=str(tmp_path), device="cpu")).rerank(QUERY, passages())
    assert (result.passages, "can't be loaded" in result.remark) == (passages(), True)


# Endpoints


def test_the_protocol_is_spoken(monkeypatch):
    monkeypatch.setenv("MY_KEY", KEY)
    with serving(by_length) as server:
        endpoint(server, key_variable="MY_KEY").rerank(QUERY, passages(2))
    (asked,) = server.asked
    assert (asked.path, asked.key) == ("/v1/rerank", f"Bearer {KEY}")
    texts = ["Notes 0\nthe cat sleeps on the roof 0", "Notes 1\ntrade with africa grew 1"]
    assert asked.body == {"model": "m", "query": QUERY, "documents": texts, "top_n": 2}


def test_what_an_endpoint_leaves_out_keeps_its_order():
    with serving({"results": [{"index": 5, "relevance_score": 0.9}, {"index": 1, "relevance_score": 0.2}]}) as server:
        result = endpoint(server).rerank(QUERY, passages(6))
    assert [int(p.document_id) for p in result.passages] == [5, 1, 0, 2, 3, 4]
    assert "2 of 6" in result.remark


FAULTS = {
    "wrong key": ((401, {"message": f"bad {KEY}"}), "refuses the key"),
    "limited": ((429, {}), "can't answer now .HTTP 429"),
    "broken": ((500, b"<html>"), "can't answer now .HTTP 500"),
    "unknown model": ((400, {"message": f"no model for {KEY}"}), r"no model for \*\*\*"),
    "a page": (b"<html>", "no JSON"),
    "another protocol": ({"data": []}, "without results"),
    "words": ({"results": [{"index": 0, "relevance_score": "good"}]}, "without results"),
    "not finite": (b'{"results": [{"index": 0, "relevance_score": NaN}]}', "not given"),
    "invented": ({"results": [{"index": 99, "relevance_score": 1}]}, "not given"),
    "invented from behind": ({"results": [{"index": -1, "relevance_score": 1}]}, "not given"),
    "no number": ({"results": [{"index": "0", "relevance_score": 1}]}, "not given"),
    "breaks off": ((200, None), "broke off"),
}


@pytest.mark.parametrize(("answer", "message"), FAULTS.values(), ids=FAULTS)
def test_faults_keep_the_order_and_are_one_remark_without_secrets(answer, message, monkeypatch, caplog):
    monkeypatch.setenv("MY_KEY", KEY)
    with serving(lambda asked: answer) as server:
        result = endpoint(server, key_variable="MY_KEY").rerank(QUERY, passages())
    assert result.passages == passages()
    assert re.search(message, result.remark)
    assert KEY not in result.remark + caplog.text
    assert "\n" not in result.remark


def test_a_slow_endpoint_is_left_when_the_budget_is_spent():
    with serving(lambda asked: server.release.wait(20) and by_length(asked)) as server:
        result = endpoint(server, budget=150).rerank(QUERY, passages())
    assert result.passages == passages()
    assert "didn't answer within 0.15 seconds" in result.remark


# Tried before anything is asked


def test_a_reranker_can_be_tried(model):
    settings = CrossEncoderSettings(model=str(model), device="cpu", max_tokens=16)
    assert re.fullmatch(r"cross_encoder: \d+ ms a passage, so about \d+ of 30 .* 2000 ms", check_reranker(settings))
    assert check_reranker(NoRerankerSettings()) == "none: passages keep their fused order"
    with serving(by_length) as server:
        assert "http: " in check_reranker(EndpointRerankerSettings(base_url=server.url, model="m"))
    with pytest.raises(UserError, match="can't be reached"):
        check_reranker(EndpointRerankerSettings(base_url=server.url, model="m"))
    with pytest.raises(UserError, match="not on this machine") as caught:
        check_reranker(CrossEncoderSettings(model="nobody/nothing"))
    assert "hf download nobody/nothing" in caught.value.help


# In a search, in an answer, in the settings


def longest_last(asked):
    """The fewest words are best."""
    texts = asked.body["documents"]
    return {"results": [{"index": i, "relevance_score": 1 / len(text)} for i, text in enumerate(texts)]}


def reranking(server, **settings):
    chosen = {"kind": "http", "base_url": server.url, "model": "m", "budget": 20_000, **settings}
    return IndexSettings.model_validate({"reranker": chosen})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("reranked")
    more = [document(f"The ferry note {'long ' * number}ends.", f"Ferry {number}") for number in range(6)]
    with Collection.open(made, embedder=BilingualEmbedder()) as collection:
        collection.add([*documents(), *more])
    return made


def test_a_search_takes_the_rerankers_order_and_keeps_its_places_scores(folder):
    with Collection.open(folder) as plain:
        before = plain.search("ferry note", limit=5)
    with serving(longest_last) as server, Collection.open(folder, reranking(server)) as collection:
        result = collection.find("ferry note", 5)
    assert result.remarks == ()
    lengths = [len(p.article.title + p.text) for p in result.passages]
    assert lengths == sorted(lengths)
    assert [p.rank for p in result.passages] == [1, 2, 3, 4, 5]
    assert [p.score for p in result.passages] == [p.score for p in before]
    assert all({"dense", "lexical", SIGNAL} <= p.signals.keys() for p in result.passages)
    assert len(server.asked[0].body["documents"]) > 5


def test_only_the_candidates_are_reranked(folder):
    with serving(longest_last) as server, Collection.open(folder, reranking(server, candidates=3)) as collection:
        found = collection.search("ferry note", limit=6)
    assert [SIGNAL in p.signals for p in found] == [True] * 3 + [False] * 3


def test_a_failing_reranker_leaves_the_search_as_it_was(folder):
    with Collection.open(folder) as plain:
        before = plain.search("ferry note", limit=5, explain=True)
    with serving((500, {})) as server, Collection.open(folder, reranking(server)) as collection:
        result = collection.find("ferry note", 5, explain=True)
    assert result.passages == before
    assert len(result.remarks) == 1


def test_an_answer_arrives_and_its_trace_says_why_it_was_not_reranked(assistant, tmp_path):
    question = "What share of Yiwu trade is exports?"
    with serving((500, {})) as server:
        override = [f"index.reranker.{item}" for item in ("kind=http", f"base_url={server.url}", "model=m")]
        with Assistant.open(tmp_path, load_settings(None, override)) as reranked:
            answer = reranked.ask(question)
    assert answer.text == assistant.ask(question).text
    (search,) = [entry for entry in answer.trace if entry["stage"] == "search"]
    assert len(search["remarks"]) == 1
    assert "HTTP 500" in search["remarks"][0]


def test_the_best_setup_can_be_said_in_settings(tmp_path, model):
    """The preset "hub", with tiny models in the place of its two."""
    embedder = make_sentence_transformer(tmp_path / "embedder")
    overrides = [
        f"index.embedder.model={embedder}", "index.embedder.kind=sentence_transformer", "index.embedder.device=cpu",
        f"index.reranker.model={model}", "index.reranker.kind=cross_encoder", "index.reranker.device=cpu",
    ]  # fmt: skip
    with Assistant.open(tmp_path / "home", load_settings(None, overrides), bundled=False) as assistant:
        assistant.add_text("The bridge of Testford was opened on 3 May 2021 by Jane Roe.", title="Bridge opened")
        assistant.add_text("The bakery of Testford sells bread from six in the morning.", title="Bakery")
        answer = assistant.ask("Who opened the bridge of Testford?")
        assert all(assistant.verify(quote).value == "ok" for quote in answer.quotes)
        assert [passage.signals.keys() >= {"dense", SIGNAL} for passage in assistant.search("bridge")] == [True, True]


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["kind=magic"], r"index\.reranker: .*magic"),
        (["kind=http", "model=m"], r"index\.reranker\.base_url: Field required"),
        (["kind=http", "model=m", "base_url=http://h", "key_variable=" + KEY], r"index\.reranker\.key_variable"),
        (["kind=cross_encoder", "model=m", "budget=0"], r"index\.reranker\.budget: "),
    ],
)
def test_wrong_settings_are_one_line_with_the_path(overrides, message):
    with pytest.raises(UserError, match=message) as caught:
        load_settings(None, [f"index.reranker.{override}" for override in overrides])
    assert KEY not in caught.value.message
