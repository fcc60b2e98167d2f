from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.analysis import analyse
from assistant.records import AnswerType as T


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What share of the harvest is sold abroad?", T.SHARE),
        ("How many booths does the fair have?", T.COUNT),
        ("How much did the bridge cost?", T.MONEY),
        ("how long did the strike last", T.PERIOD),
        ("How long is the canal in kilometres?", T.NUMBER),
        ("In what year was the harbour opened?", T.DATE),
        ("Who designed the lighthouse?", T.PERSON),
        ("Which swimmer won the race around Orsa?", T.PERSON),
        ("The town elected which Orsa-born lawyer?", T.PERSON),
        ("What was the magnitude of the earthquake?", T.NUMBER),
        ("The ferry left at noon. What was its destination?", T.PLACE),
        ("What is Orsa's old name?", T.NAME),
        ("What is Orsa's first law?", T.DEFINITION),
        ("灯塔的石料从哪边运来？", T.PLACE),
        ("岛上的居民以什么行业为主？", T.NAME),
        ("岛上的人以什么方式捕鱼？", T.MEANS),
        ("这位将军的谥号是什么？", T.NAME),
        ("What is the average temperature of the lake?", T.NUMBER),
        ("Who was mayor when the lighthouse was built?", T.PERSON),
        ("As what do sailors see Orsa when they come home?", T.OTHER),
        ("What is the name of the town where the ferry lands?", T.NAME),
        ("What do people who live there eat?", T.OTHER),
        ("What was the trade of Orsa in 2024?", T.MONEY),
        ("What was Orsa before it became a port of trade?", T.DEFINITION),
        ("Which company runs the ferry?", T.ORGANISATION),
        ("What city hosts the fair?", T.PLACE),
        ("Why did the orchard close?", T.REASON),
        ("How do growers keep the fruit fresh?", T.MEANS),
        ("What is a tide mill?", T.DEFINITION),
        ("Who is Anna Holm?", T.DEFINITION),
        ("Who is the harbour master?", T.PERSON),
        ("Who is Orsa's mayor?", T.PERSON),
        ("安娜·霍尔姆是谁？", T.DEFINITION),
        ("周德文是谁？", T.DEFINITION),
        ("谁是特朗普？", T.DEFINITION),
        ("港务局长是谁？", T.PERSON),
        ("白石镇的人口是多少", T.COUNT),
        ("白石镇人口", T.COUNT),
        ("白石镇2021年人口出生率", T.SHARE),
        ("How much did Orsa raise its tariffs on wool?", T.CHANGE),
        ("Is the ferry free?", T.YES_NO),
        ("What is the ratio of pears to plums?", T.RATIO),
        ("By how much did the harvest grow?", T.CHANGE),
        ("出口占收成的多大比例？", T.SHARE),
        ("集市有多少个摊位？", T.COUNT),
        ("修桥花了多少钱？", T.MONEY),
        ("罢工持续了多久？", T.PERIOD),
        ("港口是哪一年开放的？", T.DATE),
        ("灯塔是由谁设计的？", T.PERSON),
        ("渡轮由哪家公司经营？", T.ORGANISATION),
        ("集市在哪座城市举行？", T.PLACE),
        ("果园为什么关闭？", T.REASON),
        ("这趟班列为什么停运？", T.REASON),
        ("果農為什麼要提早採收？", T.REASON),
        ("果农如何保鲜？", T.MEANS),
        ("什么是潮汐磨坊？", T.DEFINITION),
        ("渡轮是免费的吗？", T.YES_NO),
        ("How many US dollars did the bridge cost?", T.MONEY),
        ("How much of the harvest is sold abroad?", T.SHARE),
        ("How fast did the harvest grow?", T.CHANGE),
        ("How did the ferry help the harvest to grow?", T.MEANS),
        ("What was the old mill called?", T.NAME),
        ("Which fruits are sold at the fair?", T.LIST),
        ("Did the mayor say which roads would close?", T.YES_NO),
        ("What is the Harbour Council?", T.DEFINITION),
        ("这座磨坊被称为什么？", T.NAME),
        ("收成增长了多少？", T.CHANGE),
        ("收成发生了怎样的变化？", T.CHANGE),
        ("磨坊的出口额2010年是多少？", T.MONEY),
        ("磨坊有多少是水车带动的？", T.SHARE),
        ("有没有哪家磨坊关门了？", T.YES_NO),
        ("磨坊在镇上排第几？", T.NUMBER),
        ("集市上有哪些水果？", T.LIST),
        ("灯塔落成的时间", T.DATE),
        ("集市的摊位数量", T.COUNT),
        ("果园去年的产量？", T.NUMBER),
        ("渡轮的票价", T.MONEY),
        ("一个摊位的年租金是多少？", T.MONEY),
        ("店铺的租金", T.MONEY),
        ("What is the rent of a stall?", T.MONEY),
        ("渡轮的起点", T.PLACE),
        ("灯塔的设计师", T.PERSON),
        ("集市的口号是什么", T.NAME),
        ("ferry opening date", T.DATE),
        ("old mill location", T.PLACE),
        ("Is Testhaven a city?", T.YES_NO),
        ("白石镇", T.OTHER),
        ("The old ferry date was moved, and the mill is closed for the whole year", T.OTHER),
    ],
)
def test_answer_type(text, kind):
    assert analyse(text).answer_type is kind


def test_language_is_that_of_the_words_asked_and_reading_follows_the_rewritten_question():
    question = analyse("那5月份呢？", "What did the port import in May?")
    assert question.language == "zh"
    assert question.standalone == "What did the port import in May?"


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("How many foreign visitors does the fair attract?", "foreign visitors"),
        ("Which company runs the ferry?", "company"),
        ("Which rowing club won the regatta of Orsa?", "rowing club"),
        ("Which village later became the capital?", "village"),
        ("What newly formed team rows for Orsa?", "newly formed team"),
        ("How many sailors drowned in the storm?", "sailors"),
        ("集市每年接待多少名外国客商？", "外国客商"),
        ("列车停靠哪个车站？", "车站"),
        ("哪个国家想少用外国商品？", "国家"),
    ],
)
def test_focus(text, focus):
    assert analyse(text).focus == focus


def test_names_and_years():
    assert analyse("When did Anna Holm leave Port Ellis in 1987?").entities == ("Anna Holm", "Port Ellis")
    assert analyse("When did Anna Holm leave Port Ellis in 1987?").years == (1987,)
    assert analyse("《潮汐》的作者是谁？").entities == ("潮汐",)


def test_comparison():
    assert analyse("Did pears sell better than plums?").comparison
    assert not analyse("Who sells pears?").comparison


@given(st.text(max_size=60))
@example("a0A覡")
def test_any_text_is_analysed(text):
    question = analyse(text)
    assert question.text == text
    assert question.language in ("en", "zh")
    assert all(name in question.standalone for name in question.entities)


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("从河口开往白石镇的班列叫什么名字？", "班列"),
        ("白石镇的镇长叫什么名字？", "镇长"),
        ("这条路的名称是什么？", "名称"),
    ],
)
def test_what_has_the_name_stands_before_it(text, focus):
    assert analyse(text).focus.endswith(focus)
