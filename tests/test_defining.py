"""What or who something is: what calls it something goes before whatever else is told of it."""

import pytest

from assistant import Status

TEXTS = (
    "# A record\n\nThe first record of Kolmar came out in March 2005 and sold well in Finland. "
    "Kolmar is a band from Vaasa that plays old songs on new instruments. Many people in Vaasa like Kolmar.",
    "# 风球\n\n受台风影响，最近一次红风球于2017年10月悬挂。红风球（），是海港城最低一级的风暴警告信号。看到红风球，渔船就要回港。",
    "# 消息\n\n市政府周五发布了新的规定，青山发布了公告。据青山市官方账号“青山发布”消息，今年的桥已经修好。",
    "# A speech\n\nMarta Quill spoke in Vaasa about ferries. Marta Quill, the mayor of Turku, wants more of them.",
    "# 讲话\n\n秦远山在会上谈了渡轮。市长秦远山希望增加渡轮。",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is Kolmar?", "band"),
        ("Kolmar是什么？", "band"),
        ("红风球是什么？", "警告信号"),
        ("什么是红风球？", "警告信号"),
        ("“青山发布”是什么？", "官方账号"),
        ("Who is Marta Quill?", "mayor"),
        ("秦远山是谁？", "市长"),
    ],
)
def test_what_something_is_is_told_first(small, question, told):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.quotes[0].text


def test_what_is_asked_of_something_else_needs_no_name(small):
    answer = small.ask("When did the first record of Kolmar come out?")
    assert "2005" in answer.text
