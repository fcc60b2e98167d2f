"""Words of both languages keep their places; scripts are folded; lemmas join forms of one word."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.scripts import fold, plain_latin, regional_variants
from index.tokenizing import inner_words, lemma, pairs, tokens

MIXED = st.text(st.sampled_from("港口的貿易额 tradeTRADE Öl3.5%，。’\n😀\u0000ＡＢ１義乌"), max_size=40)


@settings(deadline=None)
@given(MIXED)
def test_tokens_stand_where_they_say_and_do_not_overlap(text):
    found = tokens(text)
    for token in found:
        assert fold(token.span.cut(text)) == token.text
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_the_length_and_is_done_once(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_scripts_of_a_mixed_sentence():
    found = [(token.text, token.script) for token in tokens("2024年，Ａpple在義烏開店。")]
    assert ("2024", "digits") in found
    assert ("Apple", "latin") in found
    assert ("义乌", "han") in found


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("Companies", "company", id="plural"),
        pytest.param("playing", "play", id="mended"),
        pytest.param("Yiwu's", "yiwu", id="possessive"),
        pytest.param("U.S.", "usa", id="dotted"),
        pytest.param("US", "usa", id="capitals"),
        pytest.param("us", "us", id="pronoun"),
        pytest.param("NASA", "nasa", id="acronym"),
        pytest.param("Röntgen", "rontgen", id="accents"),
        pytest.param("labour", "labor", id="spelling"),
    ],
)
def test_lemmas(word, expected):
    assert lemma(word) == expected


def test_words_inside_a_word_and_pairs():
    assert "防洪" in inner_words("防洪工程")
    assert inner_words("防洪") == []
    assert pairs("进出口") == ["进出", "出口"]
    assert pairs("港") == ["港"]


def test_words_across_the_strait():
    assert regional_variants("软件") == ("软体",)
    assert regional_variants("港口") == ()
    assert plain_latin("Łódź Straße".split()[1]) == "strasse"
