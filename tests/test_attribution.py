"""Which outlet reported it: told where an article names one that tells of what is asked about."""

import pytest

from assistant import Status
from assistant.analysis import analyse
from assistant.records import AnswerType

TEXTS = (
    "# Trains of Brenn\n\nIn spring 462 trains came back to Brenn, the Brenn Daily reported. A newspaper photographer saw people "
    "at the market of Brenn.",
    "# 白石镇的船\n\n据《湖区日报》报道，今年春天有462艘船回到白石镇。白石镇的市场上人很多。",
    "# Service\n\nAn advice centre for patents helps traders of Brenn to register a trademark.",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which newspaper reported the trains that came back?", "Brenn Daily"),
        ("哪家报纸报道了回到白石镇的船？", "湖区日报"),
        ("Which newspaper reported the earthquake in Brenn?", ""),
        ("Who can help traders to register a trademark?", "advice centre"),
    ],
)
def test_who_told_it(small, question, told):
    answer = small.ask(question)
    assert (answer.status is Status.NOT_FOUND) == (not told)
    assert told in answer.text


@pytest.mark.parametrize("question", ["Who can help me?", "Who should I ask?", "注册商标找谁？", "谁可以帮忙？"])
def test_who_may_do_it_need_not_be_a_person(question):
    assert analyse(question).answer_type is AnswerType.OTHER
