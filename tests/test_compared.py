"""Which of two is more: a sentence that tells of both, else nothing."""

import pytest

from assistant import Status
from assistant.compared import _compared

TEXTS = (
    "# Orsa trades\n\nOrsa imports a great deal of wool. Orsa wants more imports from abroad. In 2024 the exports of Orsa made up "
    "80 percent of its trade, its imports the rest.",
    "# 白石镇的生意\n\n白石镇想扩大进口。2024年，白石镇的出口占贸易总额的80%，其余是进口。",
    "# 北方的港口\n\n北港去年运来九万吨煤。",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Are imports larger than exports in Orsa?", "80 percent"),
        ("Which is larger in Orsa, imports or exports?", "80 percent"),
        ("白石镇的进口比出口多吗？", "80%"),
        ("白石镇的进口和出口哪个更多？", "80%"),
    ],
)
def test_what_tells_of_both_goes_first(small, question, told):
    assert told in small.ask(question).quotes[0].text


def test_what_tells_of_one_alone_is_no_answer(small):
    assert small.ask("北港运来的煤比木材多吗？").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("asked", "heads"),
    [
        ("Are imports larger than exports in Orsa?", ["imports", "exports"]),
        ("Which grew faster, wool or timber?", ["wool", "timber"]),
        ("白石镇的进口比出口多吗？", ["进口", "出口"]),
        ("进口多还是出口多？", ["进口", "出口"]),
        ("进口与出口之比是多少？", []),
        ("羊毛占全国的百分比是多少？", []),
        ("How much is more than 9 million?", []),
        ("In which year did Orsa have a drought that was longer than in 2005?", []),
    ],
)
def test_what_is_compared(asked, heads):
    assert [span.cut(asked) for span in _compared(asked)] == heads
