"""Of whom something is told: another country's president, another town's trade, and what nobody named did."""

import pytest

from assistant import Assistant, Status
from assistant.slots import certain_names

TEXTS = (
    "# A long quarrel\n\nTwo countries sell far too little to each other. The gap reached 9 million last year. It has been a "
    "sore point between Bonn and Paris for years, above all while Carl Brandt was president of one of them.",
    "# 金华的贸易\n\n义乌和金华都在浙江。2024年，金华的外贸总额达到500亿元，比上年增长4%。市里的人都很自豪。",
    "# 义乌的贸易\n\n义乌2024年的外贸总额达到90亿元。市里的人都很自豪。",
    "# 一座老城\n\n义乌和金华相邻。金华自古是一座内陆城市，古称婺州，城里的老房子很多。",
    "# 金华的网店\n\n金华新增了许多网店。在义乌的保税区，直播直接来自仓库。全市一年处理了900万个订单。",
    "# Guests of Yiwu\n\nNearly 600,000 foreigners visit Yiwu in a year. Carl Brandt likes to travel, his office said.",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who is the president of China?", ""),
        ("中国国家主席是谁？", ""),
        ("Did Jane Roe visit Yiwu?", ""),
        ("义乌2024年的外贸总额是多少？", "90亿元"),
        ("金华2024年的外贸总额是多少？", "500亿元"),
        ("金华的古称是什么？", "婺州"),
        ("义乌的古称是什么？", ""),
        ("金华古时候叫什么？", "婺州"),
        ("What was Jinhua formerly known as?", "婺州"),
        ("义乌一年处理了多少个订单？", "900万"),
        ("金华一年处理了多少个订单？", ""),
    ],
)
def test_what_is_told_of_another_does_not_answer(small, question, told):
    answer = small.ask(question)
    assert (answer.status is Status.NOT_FOUND) == (not told)
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Did Trump visit Yiwu?", ["Trump", "Yiwu"]),
        ("Which Chinese cities trade most?", ["Chinese"]),
        ("Is Anna Holm the mayor?", ["Anna Holm"]),
        ("Does it rain?", []),
    ],
)
def test_a_name_right_behind_the_asking_word_is_one(question, names):
    assert certain_names(question) == names


def test_what_can_not_be_of_the_same_town_is_no_conflict(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text("# Brenn grows\n\nThe town of Brenn has nearly 20,000 permanent residents, more than ever.")
        opened.add_text("# 白石镇在变\n\n白石镇接待客商很多。全镇常住居民近9000人。")
        answer = opened.ask("What is the population of Brenn?")
    assert answer.status is Status.ANSWERED
    assert "20,000" in answer.text
