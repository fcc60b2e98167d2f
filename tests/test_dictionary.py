"""The dictionary: cleaned senses, both directions, the owner's glossary on top, one compiled form for all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UserError
from index.alignment import Pair, learn
from index.cedict import clean, place_named
from index.compiling import TERMS, english_key, mix
from index.dictionary import Dictionary
from index.scripts import simplify

WEIGHTS = st.dictionaries(st.text("abc", min_size=1, max_size=2), st.floats(0.01, 50))


@pytest.fixture(scope="module")
def dictionary():
    return Dictionary()


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        pytest.param("to regulate", [("regulate", "verb")], id="verb"),
        pytest.param("CL:個|个[ge4]", [], id="classifier"),
        pytest.param("surname Ding", [], id="surname"),
        pytest.param("Xanadu, a town in the north", [("Xanadu", "name")], id="place"),
        pytest.param("harbor (for ships); port", [("harbor", "noun"), ("port", "noun")], id="several"),
        pytest.param("variant of 港", [], id="variant"),
    ],
)
def test_senses_are_cleaned(definition, expected):
    assert clean(definition) == expected


@pytest.mark.parametrize(
    ("definition", "word", "pinyin", "expected"),
    [
        ("Kelin county in Yuanhe 遠河|远河[Yuan3 he2], Bohai", "可林", "Ke3 lin2", "Kelin"),
        ("Kelin county in Yuanhe 遠河|远河[Yuan3 he2], Bohai", "可林县", "Ke3 lin2 xian4", "Kelin county"),
        ("Lü'an prefecture-level city and capital of Bohai", "绿安市", "Lu:4 an1 shi4", "Lü'an city"),
        ("Kelin, author of a novel", "可林", "Ke3 lin2", "Kelin, author of a novel"),
        ("Kelin River", "可林", "Ke3 lin2", "Kelin River"),
        ("district of a town", "市区", "shi4 qu1", "district of a town"),
    ],
)
def test_a_place_is_named_without_what_it_lies_in(definition, word, pinyin, expected):
    assert place_named(definition, word, pinyin) == expected


def test_places_are_not_met_by_what_they_lie_in(dictionary):
    assert [lemma for lemma, _ in dictionary.lemmas("武义")] == ["wuyi"]
    assert dictionary.lemmas("武义县") == (("wuyi", 1.0), ("county", 0.25))
    assert dictionary.renderings("hangzhou")[0][0] == "杭州"
    assert dict(dictionary.lemmas("金华")) == {"jinhua": 1.0}


def test_words_of_the_news_are_known(dictionary):
    rows = [row.split("\t") for row in TERMS.read_text(encoding="utf-8").splitlines()]
    words = [word for word, _ in rows]
    assert words == sorted(set(words))
    for word, english in rows:
        assert word == simplify(word)
        known = {sense.english for sense in dictionary.senses(word)}
        for meaning in english.split("; "):
            assert meaning in known
            assert set(english_key(meaning).split()) & {lemma for lemma, _ in dictionary.lemmas(word)}


def test_both_directions(dictionary):
    assert dictionary.senses("防洪")[0].english == "flood control"
    assert "防洪" in [word for word, _ in dictionary.renderings(english_key("flood controls"))]
    assert dict(dictionary.lemmas("贸易"))["trade"] == 1.0
    assert dictionary.is_name("义乌")
    assert not dictionary.is_name("贸易")


def test_use_by_translators_orders_senses(dictionary):
    assert dictionary.senses("出口")[0].english == "export"


def test_weights_are_shares(dictionary):
    for word in ("打", "出口", "王", "发布"):
        assert sum(sense.weight for sense in dictionary.senses(word)) == pytest.approx(1, abs=0.01)
        weights = [weight for _, weight in dictionary.lemmas(word)]
        assert weights == sorted(weights, reverse=True)
        assert 0 < min(weights) <= max(weights) == 1


def test_unknown_words_are_empty(dictionary):
    for word in ("", "䶮䶮䶮", "😀", "'; DROP TABLE chinese"):
        assert dictionary.senses(word) == dictionary.lemmas(word) == dictionary.renderings(word) == ()
        assert word not in dictionary


def test_glossary_goes_first(tmp_path):
    glossary = tmp_path / "own.tsv"
    glossary.write_text("# ours\n長風廠\tLongwind Works\n港口\tquay\n", encoding="utf-8")
    own, plain = Dictionary(glossary=glossary), Dictionary()
    assert own.senses("长风厂")[0].english == "Longwind Works"
    assert own.renderings(english_key("Longwind Works"))[0] == ("长风厂", 1.0)
    assert own.lemmas("港口")[0] == ("quay", 1.0)
    assert own.is_glossary("长风厂")
    assert own.fingerprint != plain.fingerprint


@pytest.mark.parametrize("content", [b"no tab here\n", b"\xff\xfe\x00broken"], ids=["tab", "encoding"])
def test_broken_glossary_is_told_in_one_line(tmp_path, content):
    glossary = tmp_path / "own.tsv"
    glossary.write_bytes(content)
    with pytest.raises(UserError, match="glossary"):
        Dictionary(glossary=glossary)
    with pytest.raises(UserError, match="missing"):
        Dictionary(glossary=tmp_path / "missing.tsv")


@settings(deadline=None)
@given(WEIGHTS, WEIGHTS)
def test_mixed_weights_lie_in_one_range(written, learned):
    mixed = mix(written, learned)
    assert mixed.keys() <= written.keys() | learned.keys()
    assert not mixed or max(mixed.values()) == pytest.approx(1)
    assert all(0 < weight <= 1 + 1e-9 for weight in mixed.values())


def test_alignment_learns_who_renders_whom():
    texts = [
        ("港口 贸易", "port trade"),
        ("港口 工人", "port worker"),
        ("贸易 数据", "trade figure"),
        ("工人", "worker"),
    ]
    pairs = [Pair(chinese.split(), english.split(), 1.0, True) for chinese, english in texts]
    learned = {(chinese, english): forward for chinese, english, forward, _ in learn(pairs)}
    assert learned["港口", "port"] > 0.8
    assert learned["贸易", "trade"] > 0.8
    assert learned == {(zh, en): forward for zh, en, forward, _ in learn(pairs[::-1])} | learned


def test_alignment_leaves_out_what_only_the_dictionary_knows():
    pairs = [Pair(["港口"], ["port"], 1.0, False), Pair(["工人"], ["worker"], 1.0, True)]
    assert [row[:2] for row in learn(pairs)] == [("工人", "worker")]
