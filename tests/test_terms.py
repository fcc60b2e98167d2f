"""Terms of documents and concepts of questions meet across languages, scripts and ways to write a number."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.languages import detect_language
from index.levelling import level
from index.terms import Alternative, Analyzer, Concept
from index.values import roman_value

ANALYZER = Analyzer()
MIXED = st.text(st.sampled_from("港口的貿易额 trade 3.5%，。 tradeÖ😀\n\u0000义乌五月"), max_size=40)


def met(question, text):
    """Surface forms of the question's concepts that a document's terms meet."""
    terms = set(ANALYZER.document_terms(text, detect_language(text)))
    concepts = ANALYZER.query_concepts(question, detect_language(question))
    return {concept.surface for concept in concepts if any(a.term in terms for a in concept.alternatives)}


@pytest.mark.parametrize(
    ("question", "text", "surface"),
    [
        pytest.param("贸易有多大？", "Its trade grew.", "贸易", id="translation"),
        pytest.param("How large is trade?", "贸易增长了。", "trade", id="translation-back"),
        pytest.param("Where is flood control?", "防洪工程在河边。", "flood control", id="expression"),
        pytest.param("cross-border e-commerce", "跨境电商增长了。", "cross-border e-commerce", id="cut-expression"),
        pytest.param("Which political party won?", "两个政党都没有赢。", "party", id="last-character"),
        pytest.param("Which party won?", "党员都没有来。", "party", id="first-character"),
        pytest.param("Which is the biggest port?", "这是最大的港口。", "biggest", id="superlative"),
        pytest.param("What does Yiwu sell?", "義烏賣什麼。", "Yiwu", id="place"),
        pytest.param("丁薛祥是谁？", "Ding Xuexiang spoke.", "丁薛祥", id="pinyin"),
        pytest.param("Who worth 6.907 billion yuan?", "产值69.07亿元。", "6.907 billion yuan", id="amount"),
        pytest.param("谁占三成？", "It held 30 percent.", "三成", id="share"),
        pytest.param("What happened in May 2024?", "2024年5月开业。", "May 2024", id="month"),
        pytest.param("软體賣給誰？", "Software is sold.", "软體", id="traditional"),
        pytest.param("companies", "A company opened.", "companies", id="lemma"),
        pytest.param("汪正新的店为什么关门？", "Wang Zhengxin spoke.", "汪正新", id="name-cut-short"),
        pytest.param("据程琳介绍，店有多大？", "Cheng Lin spoke.", "程琳", id="name-behind-a-preposition"),
        pytest.param("张素华卖什么？", "Zhang Suhua spoke.", "张素华", id="name-before-a-verb"),
        pytest.param("麦特林是谁？", "Matlin spoke.", "麦特林", id="sound"),
        pytest.param("Who is Matlin?", "记者采访了麦特林。", "Matlin", id="sound-back"),
        pytest.param("Who won Winter Cup 50?", "第50届冬杯在港口举行。", "50", id="numbered-name"),
        pytest.param("第三十三届是谁赢的？", "Her team won Winter Cup XXXIII.", "第三十三", id="roman-figures"),
        pytest.param("Who was Ludwig XIV?", "路德维希十四是国王。", "XIV", id="roman-figures-back"),
    ],
)
def test_question_meets_text(question, text, surface):
    assert surface in met(question, text)


@pytest.mark.parametrize("text", ["Only I know it", "On May 5 it rained", "Beijing 5.5 percent", "Tromso 10%"])
def test_what_numbers_no_name_is_no_ordinal(text):
    assert not any(term.startswith("n:ord") for term in ANALYZER.document_terms(text, "en"))


@given(st.integers(1, 89))
def test_roman_figures_are_read_by_value(value):
    tens, ones = divmod(value, 10)
    figures = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"][tens]
    figures += ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    assert roman_value(figures) == value


def test_a_unit_behind_a_number_is_no_word():
    assert "dollars" not in met("How many dollars is it?", "产值达到亿元。")


def test_a_letter_before_a_hyphen_weighs_little():
    weights = {c.surface: c.weight for c in ANALYZER.query_concepts("Who sells by e-commerce?", "en")}
    assert weights["e"] < weights["commerce"]


def test_a_superlative_is_met_best_by_one():
    (biggest,) = (c for c in ANALYZER.query_concepts("the biggest port", "en") if c.surface == "biggest")
    best = max(a.weight for a in biggest.alternatives)
    assert next(a.weight for a in biggest.alternatives if a.term == "p:最大") == best


def test_unrelated_texts_do_not_meet():
    assert met("Which port trades tea?", "他昨晚看了一部电影。") == set()


@settings(deadline=None)
@given(MIXED)
def test_laws_of_terms_and_concepts(text):
    language = detect_language(text)
    terms = ANALYZER.document_terms(text, language)
    assert all(re.fullmatch(r"[ezpahytnd]:\S+", term) for term in terms)
    for concept in ANALYZER.query_concepts(text, language):
        assert concept.span.cut(text) == concept.surface or concept.surface in text or concept.weight > 0
        assert concept.weight > 0
        assert concept.alternatives
        assert all(0 < a.weight <= 1 and not re.search(r"\s", a.term) for a in concept.alternatives)


@pytest.mark.parametrize("text", ["", " ", "的", "the of", "😀", "?!", "\u0000"])
def test_nothing_to_ask(text):
    assert ANALYZER.query_concepts(text, "en") == []


def test_a_long_question_is_read():
    assert len(ANALYZER.query_concepts("trade 贸易 " * 1000, "en")) >= 2000


def test_levelling_evens_out_rarity_and_drops_unknown_terms():
    common, rare, absent = (Alternative(f"e:{name}", 1.0, "translation") for name in ("common", "rare", "absent"))
    concept = Concept("x", ANALYZER.query_concepts("port", "en")[0].span, 1.0, (common, rare, absent))
    frequencies = {"e:common": 50, "e:rare": 1, "e:absent": 0}
    (levelled,) = level([concept], frequencies.__getitem__, 100)
    weights = {a.term: a.weight for a in levelled.alternatives}
    assert weights.keys() == {"e:common", "e:rare"}
    assert weights["e:rare"] < 0.5 < weights["e:common"]
    assert level([concept], lambda term: 0, 100) == []


def test_fingerprint_knows_the_glossary(tmp_path):
    glossary = tmp_path / "own.tsv"
    glossary.write_text("长风厂\tLongwind Works\n", encoding="utf-8")
    own = Analyzer(glossary=glossary)
    assert own.fingerprint != ANALYZER.fingerprint
    channels = {a.channel for c in own.query_concepts("长风厂", "zh") for a in c.alternatives}
    assert "glossary" in channels
