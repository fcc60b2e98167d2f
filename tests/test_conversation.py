"""Follow-ups become standalone questions; whole questions stay as they are."""

import pytest

from assistant.conversation import amount_question, standalone_question
from assistant.records import Turn


@pytest.fixture(scope="module")
def encode(assistant):
    return assistant.collection.encode_phrases


TRADE_EN = Turn("What were Yiwu's exports in 2023?", "Over 500 billion yuan [1].")
TRADE_ZH = Turn("义乌2024年的出口额是多少？", "超过5885亿元 [1]。")


@pytest.mark.parametrize(
    ("turn", "text", "has", "lacks"),
    [
        (TRADE_EN, "And in 2010?", ["Yiwu", "exports", "2010"], ["2023"]),
        (TRADE_EN, "And its imports?", ["Yiwu", "imports", "2023"], ["exports"]),
        (TRADE_EN, "What about Jinhua?", ["Jinhua", "exports", "2023"], ["Yiwu"]),
        (TRADE_EN, "Why did it grow so fast?", ["Yiwu", "grow"], [" it "]),
        (TRADE_EN, "How many visitors come to the city?", ["Yiwu", "visitors"], ["exports"]),
        (TRADE_EN, "那进口呢？", ["Yiwu", "进口", "2023"], ["exports"]),
        (TRADE_ZH, "那5月份呢？", ["义乌", "5月", "出口"], ["2024年的"]),
        (TRADE_ZH, "进口呢？", ["义乌", "2024", "进口"], ["出口"]),
        (TRADE_ZH, "金华呢？", ["金华", "2024", "出口"], ["义乌"]),
        (TRADE_ZH, "它的进口目标是多少？", ["义乌", "进口目标"], ["它"]),
        (TRADE_ZH, "更早呢？", ["义乌", "2024", "前"], []),
        (Turn("Did Yiwu's imports grow in May?", "Yes [1]."), "Why?", ["why", "yiwu", "imports", "grow"], []),
        (Turn("义乌的进口增长了多少？", "49.2% [1]。"), "为什么？", ["为什么", "义乌", "进口", "增长"], ["多少"]),
        (
            Turn("Who leads Zhejiang's party committee?", "Wang Hao [1]."),
            "What did he say?",
            ["Wang Hao", "say"],
            [" he "],
        ),
        (Turn("What share of Yiwu's trade is exports?", "88%."), "And imports?", ["trade is imports"], ["exports"]),
        (Turn("What share of Yiwu trade is exports?", "88%."), "How much was the total?", ["Yiwu trade"], ["exports"]),
        (Turn("What share of Yiwu trade is exports?", "88%."), "How much did it grow?", ["Yiwu", "grow"], [" it "]),
        (
            Turn("How large was the cheese harvest, in yuan?", "9 million."),
            "Did it grow?",
            ["cheese harvest"],
            [" it "],
        ),
        (Turn("What was the trade from January to May 2025?", "6 [1]."), "And in May?", ["in May 2025"], ["from"]),
        (
            Turn("What did Orsa import from January to May 2025?", "6."),
            "And in May alone?",
            ["import in May"],
            ["alone"],
        ),
        (Turn("义乌的出口占多少？", "88%。"), "2030年的进口目标呢？", ["2030年的进口目标是多少", "义乌"], ["占"]),
        (
            Turn("How large is Orsa's trade?", "9."),
            "And the import target for 2030?",
            ["What is the import target", "Orsa"],
            [],
        ),
        (Turn("Tell me about Orsa", "It lies in Norway."), "How large is its trade?", ["Orsa's trade"], ["Tell"]),
        (Turn("丁薛祥说了什么？", "国务院副总理丁薛祥说要多进口。"), "他点名了哪些国家？", ["丁薛祥点名"], ["国务院"]),
        (Turn("How many does Ines Moll sell?", "9."), "What is on them?", ["Ines Moll"], ["does"]),
        (
            Turn("What colour are the nets?", "Not in these articles. The nearest thing found is quote [1]."),
            "Where do they go?",
            [],
            ["nearest", "articles"],
        ),
        (Turn("义乌有多少外商常住？", "1.5万人。"), "每年来多少人？", ["义乌", "外商"], ["常住"]),
        (Turn("2025年1至5月义乌进口了多少？", "69亿元。"), "那5月份呢？", ["2025年5月份"], ["1至5月"]),
        (Turn("How many traders came to Yiwu in May 2024?", "514."), "And for the whole year?", ["year 2024"], ["May"]),
        (Turn("What is Yiwu's goal for 2025?", "9 [1]."), "When was it announced?", ["Yiwu's goal for 2025"], [" it "]),
        (Turn("How big was China's surplus in 2024?", "9."), "How much did it grow?", ["China's surplus"], [" it "]),
        (Turn("How many foreigners visit Yiwu?", "60."), "How many of them live there?", ["the foreigners"], ["them"]),
        (Turn("Which envoy spoke in Davos?", "Ding [1]."), "When was that?", ["When", "Davos", "Ding"], ["Which"]),
        (Turn("What will Yiwu put first?", "Imports."), "Why?", ["Why will Yiwu put first (Imports)"], []),
        (Turn("改革把什么放在优先位置？", "进口。"), "为什么？", ["为什么改革把进口放在优先位置"], []),
        (Turn("义乌第一个市场叫什么？", "湖清门市场。"), "Why could it be opened?", ["湖清门市场"], [" it "]),
        (Turn("2024年前11个月有多少外商入境？", "51万人次。"), "全年预计多少？", ["2024年"], ["11个月"]),
        (
            Turn("How many came in the first half of 2024?", "5."),
            "And how many in the whole year?",
            ["2024"],
            ["first"],
        ),
        (Turn("美国2月4日加征了多少关税？", "10%。"), "中国呢？", ["中国2月4日加征了多少关税"], []),
        (
            Turn("How much did Orsa's trade amount to?", "9."),
            "And its exports?",
            ["Orsa's exports amount to"],
            ["trade"],
        ),
        (Turn("防盗门占多少（永康 产品）？", "70%。"), "那保温杯呢？", ["保温杯占多少（永康"], ["防盗门"]),
        (Turn("保温杯占多少（永康 产品）？", "60%。"), "这个城市归谁管？", ["永康归谁管"], ["保温杯"]),
        (Turn("义乌有多少外商？", "51万人次。"), "他们来自哪里？", ["外商来自哪里"], ["义乌来自"]),
        (Turn("义新欧带动了多少小微企业？", "210万。"), "就业岗位呢？", ["多少就业岗位"], ["小微企业"]),
        (Turn("永康在哪个市管辖之下？", "金华 [1]。"), "这个市出口多少？", ["这个市出口多少", "金华"], ["永康"]),
        (Turn("义新欧今年开行了多少列？", "462列。"), "这条线是哪一年开通的？", ["这条线", "义新欧"], []),
        (Turn("Who approved the pilot?", "In May 2024."), "Where are the goods sold?", ["pilot"], ["May"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_is_put_in(encode, turn, text, has, lacks):
    rewritten = standalone_question(text, [turn], encode)
    for part in has:
        assert part.lower() in rewritten.lower(), rewritten
    for part in lacks:
        assert part not in rewritten, rewritten


@pytest.mark.parametrize(
    "text",
    [
        "What share of Yiwu's trade is exports?",
        "How many booths does the Yiwu market have?",
        "Did Mexico raise its tariffs on Chinese goods?",
        "永康生产多少保温杯？",
        "丁薛祥在达沃斯说了什么？",
    ],
)
def test_a_new_topic_is_left_alone(encode, text):
    assert standalone_question(text, [TRADE_EN, TRADE_ZH], encode) == text


def test_a_chain_of_fragments_is_followed(encode):
    history = [TRADE_EN, Turn("And in 2010?", "About 20 billion yuan [1].")]
    rewritten = standalone_question("And its imports?", history, encode)
    assert "2010" in rewritten
    assert "imports" in rewritten


def test_what_is_said_in_short_is_put_in_full(encode):
    assert standalone_question("义乌的进出口比例是多少？", [], encode) == "义乌的进口与出口之比是多少？"


def test_without_history_nothing_changes(encode):
    assert standalone_question("And its imports?", [], encode) == "And its imports?"


@pytest.mark.parametrize(
    ("text", "standalone", "amount"),
    [
        ("And its imports?", "What share of Yiwu trade is imports?", "How large are the imports of Yiwu trade?"),
        ("那进口呢？", "义乌的进口占贸易总额的多大比例？", "义乌的进口是多少（贸易总额）？"),
        ("What share is imports?", "What share of Yiwu trade is imports?", ""),
        ("And to shops?", "What share of the cheese goes to shops?", ""),
        ("And for wheels?", "What share of China's wheels is made in Yongkang?", ""),
        ("And in 2010?", "What were Yiwu's exports in 2010?", ""),
    ],
)
def test_a_fragment_in_a_question_for_a_share_may_ask_for_the_amount(text, standalone, amount):
    assert amount_question(text, standalone) == amount


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("What share of Yiwu trade is exports?", "And its imports?", "80 billion"),
        ("义乌的出口占贸易总额的多大比例？", "那进口呢？", "800亿"),
    ],
)
def test_the_amount_is_told_where_no_share_is(assistant, first, then, told):
    answer = assistant.ask(then, history=[Turn(first, assistant.ask(first).text)])
    assert told in answer.text
    assert any(entry["stage"] == "amount" for entry in answer.trace)
