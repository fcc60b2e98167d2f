"""Values of several articles that can't all be true are told together, newest first; other differences are none."""

import pytest

from assistant import Assistant, Status
from assistant.contradicting import contradictions
from assistant.extraction import Candidate
from assistant.records import Evidence
from corpus.languages import detect_language
from corpus.reading import read_text
from corpus.records import Article, Sentence, Span
from index.bilingual import BilingualEmbedder

ARTICLES = {
    "Harbour Post": ("2024-03-01", "en", "Bridge opened", """
        The new bridge over the Alder in Testhaven cost 48 million euros. In 2023 the port of Testhaven handled
        910,000 containers. The fish market of Ningbo has 320 stalls and is the largest on the coast.
        The ferry to Norhaven employs nearly 600 people. Over 88 percent of the fish sold in Testhaven is herring.
        """),
    "Coast Daily": ("2024-06-01", "en", "What the bridge cost", """
        The new bridge over the Alder in Testhaven cost 61 million euros. In 2022 the port of Testhaven handled
        870,000 containers. The ferry to Norhaven employs 594 people.
        About 90 percent of the fish sold in Testhaven is herring.
        """),
    "海港报": ("2024-09-01", "zh", "宁波的鱼市", """
        宁波的鱼市是沿海最大的市场，如今有商户超过350家。特斯港的老灯塔高42米。
        """),
    "沿海晚报": ("2024-10-01", "zh", "特斯港的老灯塔", """
        特斯港的老灯塔高45米，今年重新开放。
        """),
}  # fmt: skip


@pytest.fixture(scope="module")
def coast(tmp_path_factory):
    with Assistant.open(tmp_path_factory.mktemp("coast"), bundled=False) as opened:
        opened.collection.add(
            [
                read_text(
                    " ".join(text.split()), name=f"{title}.txt", title=title, language=language, publisher=outlet,
                    published=published,
                )
                for outlet, (published, language, title, text) in ARTICLES.items()
            ]
        )  # fmt: skip
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much did the new bridge over the Alder in Testhaven cost?", ["61 million", "48 million"]),
        ("特斯港的老灯塔有多高？", ["45米", "42米"]),
        ("How many stalls does the fish market of Ningbo have?", ["350", "320"]),
    ],
)
def test_incompatible_values_are_told_newest_first(coast, question, told):
    answer = coast.ask(question)
    assert answer.status is Status.CONFLICT, answer.text
    places = [answer.text.find(value) for value in told]
    assert -1 not in places, answer.text
    assert places == sorted(places), answer.text
    assert len({quote.article.publisher for quote in answer.quotes}) == len(told)


@pytest.mark.parametrize(
    "question",
    [
        "How many containers did the port of Testhaven handle in 2023?",
        "How many people does the ferry to Norhaven employ?",
        "What share of the fish sold in Testhaven is herring?",
    ],
)
def test_other_years_and_rounder_values_are_no_conflict(coast, question):
    assert coast.ask(question).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The fish market of Ningbo trades with 350 villages of the coast.", ["350"]),
        ("It was raining when the mayor of Norhaven met 350 villages.", []),
    ],
)
def test_a_sentence_whose_nearness_was_not_measured_contradicts_where_it_is_like_the_chosen_one(text, told):
    own = _said("S1", "The fish market of Ningbo trades with over 320 villages.", nearness=0.6)
    chosen, other = _value(own, "over 320 villages"), _said("S2", text)
    found = contradictions(chosen, own, [chosen], [other], BilingualEmbedder().encode_query)
    assert [candidate.text for candidate in found] == told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("云南省2021年的人口出生率为12.17‰。", "12.17‰"),
        ("2021年的人口出生率为12.17‰。", "12.17‰"),
    ],
)
def test_values_of_one_place_and_time_contradict(text, value):
    assert _contradicts("云南省2021年的人口出生率为9.35‰。", "9.35‰", text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("贵州省2021年的人口出生率为12.17‰。", "12.17‰"),
        ("云南省的人口出生率为12.17‰，比2021年上升。", "12.17‰"),
        ("云南省2021年最后一个季度的人口出生率为12.17‰。", "12.17‰"),
    ],
)
def test_values_of_another_place_or_time_are_no_conflict(text, value):
    assert not _contradicts("云南省2021年的人口出生率为9.35‰。", "9.35‰", text, value)


def _said(key, text, **signals):
    sentence = Sentence(Span(0, len(text)), detect_language(text))
    return Evidence(key, key, sentence, text, Article(key, sentence.language), 0.9, signals=signals)


def _value(item, text):
    start = item.text.index(text)
    return Candidate(item.key, text, Span(start, start + len(text)), 0.9)


def _contradicts(said, value, text, other):
    own, second = _said("S1", said), _said("S2", text)
    candidates = [_value(own, value), _value(second, other)]
    return list(contradictions(candidates[0], own, candidates, [second], BilingualEmbedder().encode_query))
