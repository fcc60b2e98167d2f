"""Questions for several things at once are taken apart, and only these."""

import pytest

from assistant import Status
from assistant.compound import Part, merge_drafts, split_question
from assistant.records import Claim, Draft, Evidence
from corpus.records import Article, Sentence, Span

FERRY = """# The ferry of Port Ellis

The ferry of Port Ellis was opened in 1987. It was opened by Anna Holm. It carries 4,200 passengers a week.
"""
ORCHARDS_ZH = """# 白石镇的果园

白石镇2021年的梨产量为620吨。白石镇2023年的梨产量为890吨。白石镇的灯塔落成于1956年。灰石镇在河的对岸。
"""


@pytest.fixture(scope="module")
def encode(assistant):
    return assistant.collection.encode_phrases


TEXTS = (FERRY, ORCHARDS_ZH)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("When and where did the ferry open?", ["When did the ferry open?", "Where did the ferry open?"]),
        ("How and why did the market grow?", ["How did the market grow?", "Why did the market grow?"]),
        ("Who opened the ferry, and when?", ["Who opened the ferry?", "When (opened ferry)?"]),
        (
            "What is Yiwu and how many stalls does it have?",
            ["What is Yiwu?", "how many stalls does Yiwu have?"],
        ),
        ("灯塔的落成时间和地点", ["灯塔的落成时间", "灯塔的落成地点"]),
        ("果园的产量和价格是多少？", ["果园的产量是多少？", "果园的价格是多少？"]),
        ("义乌和金华的出口额分别是多少？", ["义乌的出口额是多少？", "金华的出口额是多少？"]),
        ("白石镇生产的梨和苹果分别占全国的多少？", ["白石镇生产的梨占全国的多少？", "白石镇生产的苹果占全国的多少？"]),
        ("2021年和2023年的梨产量", ["2021年的梨产量", "2023年的梨产量"]),
        ("最佳影片奖和最佳导演奖分别是什么？", ["最佳影片奖是什么？", "最佳导演奖是什么？"]),
    ],
)
def test_each_part_is_a_question(encode, text, questions):
    assert [part.question for part in split_question(text, encode)] == questions


def test_a_later_clause_takes_the_topic_of_the_first(encode):
    first, second = split_question("义乌在哪里，有多少人口？", encode)
    assert first.question == "义乌在哪里？"
    assert "义乌" in second.question
    assert "人口" in second.question


def test_a_clause_that_only_names_something_else_asks_the_same_of_it(encode):
    first, second = split_question("永康的保温杯占全国多少，休闲运动车呢？", encode)
    assert first.question == "永康的保温杯占全国多少？"
    assert "休闲运动车" in second.question
    assert "占全国多少" in second.question
    assert "保温杯" not in second.question


@pytest.mark.parametrize(
    "text",
    [
        "What share of Yiwu trade is exports?",
        "What do Yiwu and Jinhua export?",
        "What is the difference between pears and plums?",
        "Did the mayor say when and where it opens?",
        "中国和美国的贸易额是多少？",
        "和平饭店是谁设计的？",
        "从多少增加到多少？",
        "",
        "和",
        "and",
        "甲和乙" * 3000 + "的产量分别是多少？",
    ],
)
def test_a_question_for_one_thing_stays_whole(encode, text):
    assert split_question(text, encode) == ()


def test_both_parts_are_answered_and_proved(small):
    answer = small.ask("Who opened the ferry of Port Ellis, and when?")
    assert answer.status is Status.ANSWERED
    assert "Anna Holm" in answer.text
    assert "When: 1987" in answer.text
    assert {"Anna Holm", "1987"} <= {
        word for word in ("Anna Holm", "1987") if any(word in q.text for q in answer.quotes)
    }


def test_parts_are_labelled_in_chinese(small):
    answer = small.ask("白石镇2021年和2023年的梨产量分别是多少？")
    assert "2021年：620吨" in answer.text
    assert "2023年：890吨" in answer.text
    assert any(entry["stage"] == "parts" and len(entry["questions"]) == 2 for entry in answer.trace)


def test_what_is_missing_is_named(small):
    answer = small.ask("白石镇2021年和2016年的梨产量分别是多少？")
    assert answer.status is Status.ANSWERED
    assert "620吨" in answer.text
    assert "这些文章里没有：2016年" in answer.text


def test_what_is_told_of_one_is_not_told_of_the_other(small):
    answer = small.ask("白石镇和灰石镇2023年的梨产量分别是多少？")
    assert "白石镇：890吨" in answer.text
    assert "灰石镇：" not in answer.text
    assert "这些文章里没有：灰石镇" in answer.text


def test_where_no_part_is_found_nothing_is_answered(small):
    assert small.ask("When and where was the airport of Lind closed?").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("other", "status"), [("白石镇的梨产量为700吨。", "conflict"), ("灰石镇的梨产量为700吨。", "answered")]
)
def test_parts_differ_only_in_what_is_told_of_each(other, status):
    parts = [
        Part("白石镇的梨产量是多少？", "白石镇", of_each=True),
        Part("灰石镇的梨产量是多少？", "灰石镇", of_each=True),
    ]
    texts = ["白石镇的梨产量为620吨。", other]
    items = [
        Evidence(f"S{n}", str(n), Sentence(Span(0, len(text)), "zh"), text, Article(str(n), "zh"), 0.9)
        for n, text in enumerate(texts, start=1)
    ]
    draft = Draft(Status.CONFLICT, (Claim("620吨", ("S1",)), Claim("700吨", ("S2",))), 0.9)
    _, merged = merge_drafts(parts, [(items, draft), ([], Draft(Status.NOT_FOUND, (), 0.1))], "zh")
    assert merged.status == status
