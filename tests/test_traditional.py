"""Traditional characters change nothing: neither in what is asked nor in what is read."""

import pytest
from opencc import OpenCC

from assistant import Assistant
from assistant.records import Turn
from index.scripts import simplify

TITLE = "柳河镇的缆车"
TEXT = (
    "柳河镇的缆车由陈国强设计，1987年开始运营，从山脚到山顶只要十二分钟。2024年前4个月，缆车共运送乘客38万人次，"
    "当年的门票收入由2000万元增加到3500万元。因为旧缆绳已经磨损，缆车在2019年停运了三个月。"
    "据《柳河日报》报道，镇里打算再建两条缆车线。柳河镇的进口额是6亿元，出口额是9亿元。"
)
QUESTIONS = (
    "柳河镇的缆车是谁设计的？",
    "缆车何时开始运营？",
    "缆车在2024年前4个月运送了多少人次？",
    "门票收入从多少增加到多少？",
    "缆车为什么停运？",
    "哪家报纸报道了新的缆车线？",
    "柳河镇的出口额是多少？",
    "从山脚到山顶要多少分钟？",
    "柳河镇有几座图书馆？",
)


def traditional(text):
    return OpenCC("s2t").convert(text)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The same article in Simplified and in Traditional characters, each in a home of its own."""
    with (
        Assistant.open(tmp_path_factory.mktemp("simplified"), bundled=False) as plain,
        Assistant.open(tmp_path_factory.mktemp("traditional"), bundled=False) as other,
    ):
        for shelf, text, title in ((plain, TEXT, TITLE), (other, traditional(TEXT), traditional(TITLE))):
            shelf.add_text(text, title)
        yield plain, other


@pytest.mark.parametrize("question", QUESTIONS)
def test_traditional_text_is_answered_as_its_simplified_twin(read, question):
    plain, other = read
    expected = plain.ask(question)
    for shelf, asked in ((plain, traditional(question)), (other, question), (other, traditional(question))):
        answer = shelf.ask(asked)
        assert answer.status == expected.status
        assert simplify(answer.text) == expected.text
        assert [(quote.span, simplify(quote.text)) for quote in answer.quotes] == [
            (quote.span, quote.text) for quote in expected.quotes
        ]


@pytest.mark.parametrize(
    ("question", "told"),
    [(QUESTIONS[1], "1987年"), (QUESTIONS[3], "由2000万元增加到3500万元"), (QUESTIONS[6], "9亿元")],
)
def test_rules_for_chinese_read_both_scripts(read, question, told):
    assert simplify(read[1].ask(traditional(question)).short) == told


def test_quotes_keep_the_characters_of_the_article(read):
    answer = read[1].ask(QUESTIONS[4])
    assert answer.quotes
    assert all(quote.text in traditional(TEXT) for quote in answer.quotes)


def test_follow_ups_in_traditional_characters_are_rewritten(assistant):
    question = "義烏2025年1至5月進口了多少？"
    answer = assistant.ask("那5月份呢？", [Turn(question, assistant.ask(question).text)])
    assert "2025年5月份" in next(entry["standalone"] for entry in answer.trace if "standalone" in entry)
