from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.records import Article, Document
from index.collection import Collection
from index.records import EVERYTHING, Scope

ARTICLES = [
    ("Bridge reopens", "en", "Harbour Post", date(2023, 5, 2), "The old bridge reopened after repairs of 36.5 million euros."),
    ("Whales return", "en", "Harbour Post", date(2024, 8, 9), "Researchers counted twelve whales in the strait this summer."),
    ("Orchestra tour", "en", "Stage", None, "The youth orchestra will tour four countries with a new symphony."),
    ("Bicycle lanes", "en", "Stage", date(2024, 1, 1), "The council voted for nine kilometres of bicycle lanes."),
    ("古桥重新开放", "zh", "港口日报", date(2023, 5, 2), "古桥维修后重新开放，维修费用为三千六百五十万欧元。"),
    ("鲸鱼回来了", "zh", "港口日报", date(2024, 8, 9), "研究人员今年夏天在海峡里数到十二头鲸鱼。"),
    ("茶园丰收", "zh", "农村报", None, "今年春茶产量增加了三成，茶农收入随之提高。"),
    ("新地铁线", "zh", "农村报", date(2024, 1, 1), "新地铁线全长二十一公里，设十四个车站。"),
]  # fmt: skip


def documents():
    return [
        Document.create(text, Article(title, language, publisher, published=published))
        for title, language, publisher, published, text in ARTICLES
    ]


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    with Collection.open(tmp_path_factory.mktemp("searching")) as opened:
        opened.add(documents())
        yield opened


def titles(collection, query, scope=EVERYTHING, limit=10):
    return [passage.article.title for passage in collection.search(query, limit, scope)]


@pytest.mark.parametrize(
    ("query", "english", "chinese"),
    [
        ("How much did repairing the bridge cost?", "Bridge reopens", "古桥重新开放"),
        ("古桥维修花了多少钱？", "Bridge reopens", "古桥重新开放"),
        ("How many whales were counted?", "Whales return", "鲸鱼回来了"),
        ("數到幾頭鯨魚", "Whales return", "鲸鱼回来了"),
    ],
)
def test_both_languages_find_both_languages(collection, query, english, chinese):
    assert titles(collection, query, Scope(languages=["en"]))[0] == english
    assert titles(collection, query, Scope(languages=["zh"]))[0] == chinese
    assert set(titles(collection, query, limit=2)) == {english, chinese}


def test_passages_are_exact_cuts_in_order(collection):
    passages = collection.search("bridge repairs", limit=6)
    assert [passage.rank for passage in passages] == [1, 2, 3, 4, 5, 6]
    assert passages == sorted(passages, key=lambda passage: (-passage.score, passage.chunk_id))
    for passage in passages:
        assert passage.text == passage.span.cut(collection.document(passage.document_id).text)
        assert passage.article == collection.document(passage.document_id).article
        assert passage.signals.keys() - {"title", "closeness", "interaction"} == {"dense", "lexical"}
        assert passage.matches == ()


def test_titles_are_searched_but_not_shown(collection):
    best = collection.search("orchestra tour")[0]
    assert best.article.title == "Orchestra tour"
    assert not best.text.startswith("Orchestra tour")


def test_filters_are_exact(collection):
    ids = {each.article.title: each.id for each in documents()}
    assert set(titles(collection, "bridge", Scope(publishers=["Stage"]))) == {"Orchestra tour", "Bicycle lanes"}
    assert set(titles(collection, "bridge", Scope(languages=["zh"]))) == {title for title, *_ in ARTICLES[4:]}
    assert titles(collection, "bridge", Scope(documents=[ids["新地铁线"], "unknown"])) == ["新地铁线"]
    assert set(titles(collection, "bridge", Scope(published=(date(2024, 1, 1), None)))) == {
        "Whales return", "Bicycle lanes", "鲸鱼回来了", "新地铁线",
    }  # fmt: skip
    assert titles(collection, "bridge", Scope(publishers=["Harbour Post"], published=(None, date(2023, 12, 31)))) == [
        "Bridge reopens"
    ]
    assert titles(collection, "bridge", Scope(documents=[])) == []


def test_explaining_names_the_terms_and_how_they_met(collection):
    best = collection.search("whales in the strait", scope=Scope(languages=["zh"]), explain=True)[0]
    assert best.article.title == "鲸鱼回来了"
    assert {(match.query, match.channel) for match in best.matches} >= {("whales", "translation")}
    assert all(match.weight > 0 for match in best.matches)
    plain = collection.search("whales in the strait", scope=Scope(languages=["zh"]))[0]
    assert (plain.chunk_id, plain.score) == (best.chunk_id, best.score)


def test_the_other_language_does_not_change_the_order_within_one(collection, tmp_path):
    with Collection.open(tmp_path) as english:
        english.add(each for each in documents() if each.article.language == "en")
        for query in ("bridge repairs", "鲸鱼", "symphony for nine bicycles"):
            alone = [(p.chunk_id, p.score, p.signals) for p in english.search(query)]
            assert alone == [
                (p.chunk_id, p.score, p.signals) for p in collection.search(query, scope=Scope(languages=["en"]))
            ]


@pytest.mark.parametrize("query", ["", " \n", "🙂🙂", "\0\x07\x1b", "？！……", "-" * 10_000], ids=range(6))
def test_a_query_without_words_finds_nothing(collection, query):
    assert collection.search(query) == []


@pytest.mark.parametrize(
    "query", ["a", "桥", "7", "the of and", "的了是", "bridge " * 1_500, "古桥维修" * 2_500, "whales 🐋 鲸鱼 \0", "\ud800 tide"],
    ids=range(9),
)  # fmt: skip
def test_odd_queries_get_sane_results(collection, query):
    passages = collection.search(query, limit=3, explain=True)
    assert [passage.rank for passage in passages] == [1, 2, 3]


def test_limits(collection):
    assert collection.search("bridge", limit=0) == []
    assert len(collection.search("bridge", limit=1_000)) == len(ARTICLES)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.integers(-1, 5))
def test_any_query_is_answered_twice_the_same(collection, query, limit):
    first = collection.search(query, limit)
    assert first == collection.search(query, limit)
    assert len(first) <= max(limit, 0)
