"""Glosses: names, numbers and dates as English articles write them; particles dropped; quick."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Span
from index.glossing import Glosser, english_words
from index.pinyin import romanise

GLOSSER = Glosser()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("义乌的贸易", ["Yiwu", "trade"], id="place"),
        pytest.param("丁薛祥出席仪式", ["Ding Xuexiang", "ceremony"], id="person"),
        pytest.param("义新欧班列", ["Yixin'ou"], id="unknown-name"),
        pytest.param("出口69.07亿元", ["export", "6.907 billion yuan"], id="amount"),
        pytest.param("同比增长三成", ["30 percent"], id="share"),
        pytest.param("2024年5月3日", ["May 3, 2024"], id="date"),
        pytest.param("国家统计局", ["National Bureau of Statistics"], id="organisation"),
        pytest.param("國家統計局", ["National Bureau of Statistics"], id="traditional"),
        pytest.param("Apple在上海", ["Apple", "Shanghai"], id="mixed"),
    ],
)
def test_gloss_holds(text, parts):
    gloss = GLOSSER.gloss(text)
    for part in parts:
        assert part in gloss


def test_particles_are_dropped():
    assert GLOSSER.gloss("港口的贸易了") == "port trade"


@settings(deadline=None)
@given(st.text(st.sampled_from("港口的貿易额 trade 3.5%，。，!,\n😀\u0000义乌五月"), max_size=40))
def test_any_text_has_a_tidy_gloss(text):
    for gloss in (GLOSSER.gloss(text), GLOSSER.display_gloss(text, "zh"), GLOSSER.display_gloss(text, "en")):
        assert gloss == " ".join(gloss.split())
        assert GLOSSER.gloss(text) == GLOSSER.gloss(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("港口的貿易额 trade 3.5%，。，!,\n😀\u0000义乌五月"), max_size=40))
def test_each_word_of_a_gloss_is_told_what_it_stands_for(text):
    gloss, words = GLOSSER.aligned_gloss(text)
    assert gloss == GLOSSER.gloss(text)
    for (place, origin), (following, _) in itertools.pairwise([*words, (Span(len(gloss), len(gloss)), Span(0, 0))]):
        assert place.end <= following.start
        assert place.cut(gloss).strip()
        assert origin.cut(text)


def test_words_of_a_gloss_stand_for_words_of_the_text():
    text = "丁薛祥出席仪式，出口69.07亿元。"
    gloss, words = GLOSSER.aligned_gloss(text)
    told = {place.cut(gloss): origin.cut(text) for place, origin in words}
    assert told["Ding Xuexiang"] == "丁薛祥"
    assert told["6.907 billion yuan"] == "69.07亿元"


def test_a_word_is_glossed_by_the_meaning_that_is_wanted():
    assert "benefit" in GLOSSER.gloss("企业的利益")
    assert "interest" in GLOSSER.aligned_gloss("企业的利益", english_words("Whose interests count?"))[0]
    assert GLOSSER.aligned_gloss("企业的利益", ["harbour"]) == GLOSSER.aligned_gloss("企业的利益")


def test_common_words_and_places_are_glossed_as_articles_mean_them():
    assert GLOSSER.gloss("占全国的60%") == "account for nationwide 60 percent"
    assert GLOSSER.gloss("最大的市场") == "largest market"
    for place, english in (("金华", "Jinhua"), ("浙江省", "Zhejiang"), ("深圳", "Shenzhen"), ("纽约", "New York")):
        assert GLOSSER.gloss(place) == english


def test_display_gloss_in_both_directions():
    assert "flood control" in GLOSSER.display_gloss("防洪很重要", "zh")
    assert "防洪" in GLOSSER.display_gloss("Flood control matters.", "en")
    assert GLOSSER.display_gloss("", "en") == GLOSSER.display_gloss("", "zh") == ""


def test_the_collection_settles_between_senses(tmp_path):
    senses = [sense.english for sense in GLOSSER.dictionary.senses("打")]
    settled = Glosser(GLOSSER.dictionary, vocabulary=[senses[2]]).gloss("打")
    assert settled == senses[2] != GLOSSER.gloss("打")


def test_glossary_is_used(tmp_path):
    glossary = tmp_path / "own.tsv"
    glossary.write_text("长风厂\tLongwind Works\n", encoding="utf-8")
    assert Glosser(glossary=glossary).gloss("长风厂") == "Longwind Works"


@pytest.mark.parametrize(
    ("word", "person", "expected"),
    [
        ("义乌", False, "Yiwu"),
        ("义新欧", False, "Yixin'ou"),
        ("西安", False, "Xi'an"),
        ("丁薛祥", True, "Ding Xuexiang"),
        ("欧阳明", True, "Ouyang Ming"),
    ],
)
def test_romanised_names(word, person, expected):
    assert romanise(word, person) == expected


@pytest.mark.slow
def test_three_hundred_sentences_a_second():
    sentences = [f"第{n}家企业在义乌的市场向{n}个国家出口了价值{n}.5亿元的商品。" for n in range(2, 902)]
    GLOSSER.gloss(sentences[0])
    start = time.perf_counter()
    for sentence in sentences:
        GLOSSER.gloss(sentence)
    assert len(sentences) / (time.perf_counter() - start) > 300
