"""What a question asks for by a bound or as a ratio is told by such a value."""

import pytest

from assistant import Status
from assistant.bounds import asks_bound, is_bounded
from corpus.quantities import find_quantities

TEXTS = (
    "# The trade of Orsa\n\nIn 2024 the wool centre of Orsa imported goods worth 7 million kronor. All imports of Orsa stayed "
    "below 20 million kronor in 2024. Exports make up over 88 percent of the trade of Orsa. Imports stand to exports at a "
    "ratio of about 1:9 in Orsa.",
    "# 白石镇的生意\n\n2024年，白石镇羊毛中心进口了700万元的货物。白石镇全年进口不到2000万元。白石镇的出口占贸易总额的比例超过88%。"
    "白石镇的进口与出口之比约为1比9。",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("The imports of Orsa in 2024 were less than how much?", "20 million"),
        ("白石镇2024年的进口额不到多少？", "2000万元"),
        ("What is the ratio of imports to exports in Orsa?", "1:9"),
        ("白石镇的进口与出口之比是多少？", "1比9"),
        ("白石镇的出口占贸易总额的比例是多少？", "88%"),
    ],
)
def test_a_bound_and_a_ratio_are_told(small, question, told):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.short


@pytest.mark.parametrize(
    ("asked", "text", "fits"),
    [
        ("不到多少？", "不到800亿元", True),
        ("不到多少？", "800亿元", False),
        ("超过多少亿元？", "超过800亿元", True),
        ("More than what share of trade is exports?", "over 88 percent", True),
        ("More than what share of trade is exports?", "below 88 percent", False),
        ("Under how many minutes?", "nearly 9 minutes", True),
        ("近几年进口了多少？", "800亿元", True),
        ("How much more than 80 million did it import?", "9 million", True),
        ("How many people live in Orsa?", "nearly 9,000", True),
    ],
)
def test_the_side_of_a_bound(asked, text, fits):
    assert is_bounded(find_quantities(text)[0], asked) is fits


def test_a_bound_elsewhere_in_a_question_asks_for_none():
    assert not asks_bound("Which towns with over 9,000 people export more?")
    assert not asks_bound("超过1万亿元的城市有几个？")
