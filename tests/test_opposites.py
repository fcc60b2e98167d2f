"""Figures of the opposite, or of another time, are not told for what is asked."""

import pytest

from assistant import Assistant, Status
from assistant.analysis import analyse
from assistant.opposites import opposed_by
from corpus.quantities import find_quantities

ROUNDS_ZH = """# 白石镇改渔

白石镇的上一轮改革重点在于修船坞。当天下着小雨。镇长说，新一轮改革的重点是养海带，渔民都赞成。
"""
RACE = """# The Harbour race

Mara Quist won the silver medal in the final of the Harbour race on Monday and waved to the crowd of the Harbour race.
Rain fell. In the end Ada Lund took the gold medal of the race.
"""
RACE_ZH = """# 海港网球赛

海港网球赛女单冠军是李雪。当天下着小雨，看台上坐满了人。海港网球赛的男单比赛由张岩夺冠，他今年二十岁。
"""
MAYOR = """# A bridge for Testhaven

The former mayor of Testhaven, Carl Brandt, cut the ribbon of the new bridge on Friday. He wore a red scarf. Ines Moll,
mayor of Testhaven, gave a speech.
"""
MAYOR_ZH = """# 白石镇的新桥

白石市前市长王涛周五为新桥剪彩。当天下着小雨。白石市市长赵敏发表了讲话。
"""
ARTICLES = {
    "en": (
        "Trade of Orsa",
        "In 2021 exports made up 72 percent of the trade of Orsa. Its imports stayed below 40 million yuan in the same "
        "year. Between January and May 2023 the imports of Orsa were worth 9 million yuan, more than in 2021.",
    ),
    "zh": (
        "白石镇的贸易",
        "2021年，白石镇的出口占贸易总额的72%，进口不到4000万元。城镇居民的收入为5万元，农村居民的收入为2万元。",
    ),
}


@pytest.mark.parametrize(
    ("question", "text", "opposed"),
    [
        ("How large were imports?", "Exports rose to 72 million yuan, imports to 9 million yuan.", [True, False]),
        ("How large was trade?", "Exports rose to 72 million yuan, imports to 9 million yuan.", [True, True]),
        ("How large was the total (exports)?", "Exports came to 72 million yuan, trade to 81 million.", [True, False]),
        ("What share of trade was imports?", "Exports made up 72 percent of trade, imports 28.", [True, False]),
        ("顺差有多少？", "出口达到72万元，顺差为9万元，外贸总额为81万元。", [True, False, True]),
        ("出口有多少？", "出口达到72万元，其中5月为9万元；进口为4万元。", [False, False, True]),
        ("进口占多少？", "出口占72%，同比增长3%。", [True, True]),
        ("净利润是多少？", "营收为72万元，净利润为9万元，研发投入4万元。", [True, False, True]),
        ("全年销量是多少？", "销售额为72万元，交付9万辆。", [True, False]),
        ("What was the revenue?", "Revenue was 72 million yuan, profit 9 million yuan.", [False, True]),
        ("How many trains went to Ulm?", "In May 462 trains came back from Ulm.", [True]),
        ("How many trains came back from Ulm?", "In May 462 trains came back from Ulm.", [False]),
        ("What do women earn?", "Men earn $30 and women $28.", [False, False]),
    ],
)
def test_the_clause_of_a_value_tells_what_it_is_of(question, text, opposed):
    test = opposed_by(analyse(question))
    assert [bool(test and test(value, text)) for value in find_quantities(text)] == opposed


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("What share of the trade of Orsa was exports in 2021?", "72 percent", "million"),
        ("How large were the imports of Orsa in 2021?", "40 million", "9 million"),
        ("How large were the imports of Orsa from January to May 2023?", "9 million", "40 million"),
        ("白石镇农村居民的收入是多少？", "2万元", "5万元"),
        ("白石镇2021年的进口有多少？", "4000万元", "72%"),
    ],
)
def test_values_of_the_opposite_and_of_other_times_are_not_told(shelf, question, told, not_told):
    answer = shelf.ask(question)
    assert told in answer.text
    assert not_told not in answer.text


@pytest.mark.parametrize(
    "question", ["What share of the trade of Orsa was imports in 2021?", "白石镇的进口占多大比例？"]
)
def test_a_share_of_exports_is_no_share_of_imports(shelf, question):
    assert shelf.ask(question).short not in ("72 percent", "72%")


TEXTS = (RACE, RACE_ZH, MAYOR, MAYOR_ZH, ROUNDS_ZH)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who won the gold medal in the final of the Harbour race?", "Ada Lund"),
        ("Who won the silver medal in the Harbour race?", "Mara Quist"),
        ("海港网球赛的男单冠军是谁？", "张岩"),
        ("海港网球赛的女单冠军是谁？", "李雪"),
        ("Who is the mayor of Testhaven?", "Ines Moll"),
        ("Who is the former mayor of Testhaven?", "Carl Brandt"),
        ("白石市市长是谁？", "赵敏"),
        ("白石市前市长是谁？", "王涛"),
        ("白石镇新一轮改革的重点是什么？", "海带"),
        ("白石镇上一轮改革的重点是什么？", "船坞"),
    ],
)
def test_a_rival_is_not_told_for_the_one_asked_for(small, question, told):
    answer = small.ask(question)
    assert told in answer.quotes[0].text
    assert told in answer.text


LOST = """# 白石镇的森林

1991年至2000年间，白石镇失去的森林总面积从415平方公里增加到587平方公里，其中大部分成了牧场。
"""
GROWN = """# Exports of Orsa

Orsa's exports grew from approximately 20 million yuan ($2.73 million) in 2010 to over 500 million yuan in 2023. Its part
in the exports of the country grew from one-thousandth to one-fiftieth. Orsa's imports reached 9 million yuan in 2023.
"""
WHOLE_ZH = """# 白石镇的贸易

2024年，白石镇的外贸额达到6689万元。出口占大头，全年进口则不到800万元。
"""
UNDATED = """# Harbour centre

The harbour centre of Orsa imported goods worth 69 million yuan ($9.6 million) from January to May. Notably, imports
for May alone reached 24 million yuan, a record.
"""


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (GROWN, "How big were Orsa's exports in 2010?", "20 million yuan"),
        (GROWN, "奥萨2010年的出口额是多少？", "20 million yuan"),
        (GROWN, "How big were Orsa's exports in 2023?", "500 million yuan"),
        (GROWN, "What fraction of the country's exports comes from Orsa?", "one-fiftieth"),
        (LOST, "到1991年白石镇失去了多少平方公里的森林？", "415平方公里"),
        (LOST, "到2000年白石镇失去了多少平方公里的森林？", "587平方公里"),
        (UNDATED, "How much did the harbour centre of Orsa import in May?", "24 million yuan"),
        (UNDATED, "How much did the harbour centre of Orsa import from January to May?", "69 million yuan"),
        (UNDATED, "How much did the harbour centre of Orsa import in June?", ""),
        (WHOLE_ZH, "白石镇今年6月进口多少？", ""),
        (WHOLE_ZH, "白石镇2024年进口多少？", "800万元"),
    ],
)
def test_of_several_times_the_value_of_the_asked_one_is_told(tmp_path, text, question, told):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(text)
        answer = opened.ask(question)
    assert (answer.status is Status.NOT_FOUND) == (not told)
    assert told in answer.text.replace("One-", "one-")
