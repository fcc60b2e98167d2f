"""A question about two things is asked of each where no sentence tells of both."""

from __future__ import annotations

import pytest

from assistant import Status
from assistant.analysis import analyse
from assistant.compound import of_each
from assistant.coordinated import joined

VALLEYS = """# Exports of the two valleys

The valley of Orsa exported 620 tons of pears in 2023. Snow fell early in the hills. The valley of Mora exported 890 tons
of pears in 2023. The ferry between Orsa and Mora carries 300 people.
"""
TOWNS_ZH = """# 两个镇的梨

白石镇2023年的梨产量为890吨。镇上的灯塔落成于1956年，如今是博物馆。灰石镇2023年的梨产量为450吨。白石镇和灰石镇之间的渡船能载300人。
"""


TEXTS = (VALLEYS, TOWNS_ZH)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("2021年香港和澳门的GDP增长率", [("香港", "澳门")]),
        ("2022年英特尔和英伟达全年营收", [("英特尔", "英伟达")]),
        ("布林肯和耶伦访华时间", [("布林肯", "耶伦")]),
        ("速度与激情10内地和北美的上映时间", [("速度", "激情"), ("内地", "北美")]),
        ("2023年五一旅游人次和收入是多少？", [("人次", "收入")]),
        ("How many tons of pears did Orsa and Mora export?", [("Orsa", "Mora")]),
        ("When were the New Harbour and Port Ellis opened?", [("New Harbour", "Port Ellis")]),
        ("How many stalls and merchants does the market have?", [("stalls", "merchants")]),
        ("What is the difference between pears and plums?", []),
        ("义乌和金华一共有多少人？", []),
        ("义乌和多少个国家有贸易往来？", []),
        ("Who and when?", []),
        ("和", []),
    ],
)
def test_what_a_question_joins(text, pairs):
    question = analyse(text)
    assert [tuple(span.cut(question.standalone) for span in pair) for pair in joined(question)] == pairs


def test_each_is_asked_for_in_the_words_of_the_question():
    question = analyse("2021年香港和澳门的GDP增长率")
    assert [part.question for part in of_each(question.standalone, joined(question)[0])] == [
        "2021年香港的GDP增长率",
        "2021年澳门的GDP增长率",
    ]


def test_two_sentences_tell_of_the_two(small):
    answer = small.ask("How many tons of pears did Orsa and Mora export in 2023?")
    assert answer.status is Status.ANSWERED
    assert "Orsa: 620 tons" in answer.text
    assert "Mora: 890 tons" in answer.text
    told = next(entry for entry in answer.trace if entry["stage"] == "joined")
    assert told["told"]


def test_two_sentences_tell_of_the_two_in_chinese(small):
    answer = small.ask("白石镇和灰石镇2023年的梨产量")
    assert "白石镇：890吨" in answer.text
    assert "灰石镇：450吨" in answer.text


@pytest.mark.parametrize(
    "text", ["How many people does the ferry of Orsa and Mora carry?", "白石镇和灰石镇的渡船能载多少人？"]
)
def test_a_sentence_that_tells_of_both_answers_alone(small, text):
    answer = small.ask(text)
    assert "300" in answer.short
    assert not any(entry["stage"] == "joined" for entry in answer.trace)


def test_what_is_not_told_of_each_is_not_told_of_both(small):
    answer = small.ask("How many tons of plums did Orsa and Lund export in 2019?")
    assert answer.status is Status.NOT_FOUND
