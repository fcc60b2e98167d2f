"""What a title and the nearness of asked words add: shares in [0, 1], and their effect on a real search."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Article, Document
from index.closeness import WEIGHTS, close_share, met_share, reordered
from index.collection import Collection
from index.fusion import Fused
from index.levelling import level
from index.settings import IndexSettings
from index.terms import Analyzer

QUESTION = "渡轮每天往返几次？"
SCATTERED = (
    "渡轮很旧，漆成白色。"
    + "湖边住着许多渔民，他们修补渔网，晾晒鱼干，闲谈天气。" * 6
    + "邮件每天往返几次，由骑手送到。"
)
TOGETHER = "渡轮每天往返十一次。" + "湖边住着许多渔民，他们修补渔网，晾晒鱼干，闲谈天气。" * 6


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer()


def equally_rare(term):
    return 1.0


def test_words_that_stand_together_count_more(analyzer):
    concepts = analyzer.query_concepts(QUESTION, "zh")
    assert close_share(concepts, equally_rare, TOGETHER, "zh") > close_share(concepts, equally_rare, SCATTERED, "zh")
    assert close_share(concepts, equally_rare, QUESTION, "zh") == 1.0
    assert close_share(concepts, equally_rare, "渔民晾晒鱼干", "zh") == 0.0


@settings(deadline=None)
@given(text=st.text("渡轮每天往返几次，湖 a", max_size=400), question=st.text("渡轮每天往返几次？a", max_size=30))
def test_a_share_is_a_share(analyzer, text, question):
    concepts = analyzer.query_concepts(question, "zh")
    assert 0.0 <= close_share(concepts, equally_rare, text, "zh") <= 1.0
    assert 0.0 <= met_share(concepts, equally_rare, frozenset(analyzer.document_terms(text, "zh"))) <= 1.0


def test_nothing_asked_is_nothing_met():
    assert met_share([], equally_rare, frozenset({"e:ferry"})) == 0.0
    assert close_share([], equally_rare, TOGETHER, "zh") == 0.0


def test_a_title_meets_questions_of_both_languages(analyzer):
    title = frozenset(analyzer.document_terms("Ferries on the lake", "en"))
    for question, language in (("Does the ferry cross the lake?", "en"), ("渡轮往返湖面", "zh")):
        concepts = level(analyzer.query_concepts(question, language), lambda term: int(term in title), 1)
        assert met_share(concepts, equally_rare, title) > 0.3


def test_of_two_equal_texts_that_of_the_telling_title_comes_first(tmp_path):
    text = "They run eleven times a day, and on Sundays only twice. {}"
    documents = [
        Document.create(text.format("Bring a coat."), Article(title="Buses to the airport", language="en")),
        Document.create(text.format("Bring a hat."), Article(title="Ferries across the lake", language="en")),
    ]
    with Collection.open(tmp_path / "told") as collection:
        collection.add(documents)
        first, second = collection.search("How often do ferries cross the lake?")
        assert first.article.title == "Ferries across the lake"
        assert first.signals["title"] > second.signals["title"]
        told = first.score - second.score
        asked_in_chinese = collection.search("渡轮多久横渡一次湖？")
        assert "closeness" not in asked_in_chinese[0].signals
    weightless = IndexSettings.model_validate({"fusion": {"title": 0.0, "closeness": 0.0}})
    with Collection.open(tmp_path / "told", weightless) as collection:
        first, second = collection.search("How often do ferries cross the lake?")
        assert first.score - second.score < told - 1.0


def test_english_words_count_once_and_by_their_lemma(analyzer):
    concepts = analyzer.query_concepts("How many ferries crossed the lake in 2019?", "en")
    told = "The ferry crosses the lake; in 2019 it did so often."
    assert close_share(concepts, equally_rare, told, "en") == close_share(concepts, equally_rare, told * 2, "en")
    assert close_share(concepts, equally_rare, told, "en") > close_share(
        concepts, equally_rare, "A lake, a lake.", "en"
    )


TRUST = {"title": 1.0, "closeness": 1.0}


def test_the_first_of_each_language_keeps_its_score():
    fused = [Fused(id, score, {}) for id, score in (("a", 9.0), ("b", 8.0), ("c", 7.5), ("d", 7.0))]
    signals = {"a": {"title": 0.1}, "b": {"closeness": 0.9}, "c": {"closeness": 1.0}, "d": {"title": 1.0}}
    languages = {"a": "en", "b": "zh", "c": "zh", "d": "en"}
    found = reordered(fused, signals, languages, "zh", TRUST)
    scores = {each.id: each.score for each in found}
    assert (scores["a"], scores["b"]) == (9.0, 8.0)
    assert scores["c"] == pytest.approx(7.5 + WEIGHTS["zh"]["closeness"] * (1 - 0.81))
    assert scores["d"] == pytest.approx(7.0 + WEIGHTS["en"]["title"] * (1 - 0.01))
    assert all(each.score == scores[each.id] for each in found)


def test_shares_still_add_up_to_the_score():
    fused = [Fused("a", 9.0, {"lexical": 4.0, "dense": 5.0}), Fused("b", 8.0, {"lexical": 5.0, "dense": 3.0})]
    signals = {"a": {"closeness": 0.2}, "b": {"closeness": 0.8, "title": 0.5}}
    for language in ("en", "zh"):
        found = reordered(fused, signals, {"a": language, "b": language}, language, TRUST)
        assert all(sum(each.shares.values()) == pytest.approx(each.score) for each in found)
        untrusted = reordered(fused, signals, {"a": language, "b": language}, language, dict.fromkeys(TRUST, 0.0))
        assert [(each.id, each.score) for each in untrusted] == [("a", 9.0), ("b", 8.0)]
