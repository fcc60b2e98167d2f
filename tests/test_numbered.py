"""What a question numbers must be told: the 31st of something, a film's second part, a model."""

import pytest

from assistant import Status
from assistant.numbered import absent_numbers

TEXTS = (
    "# Premiers of Ruritania\n\nJane Roe was the 30th premier of Ruritania. She took office in May 2021.",
    "# 海港奇谈\n\n电影《海港奇谈3》于2021年5月21日上映，由李雪执导。影片讲述渔民的故事。",
)


@pytest.mark.parametrize(
    ("asked", "told", "absent"),
    [
        ("Who was the 31st premier?", "Jane Roe was the 30th premier.", ("31st",)),
        ("Who was the 31st premier?", "Jane Roe was the thirty-first premier.", ()),
        ("谁是第31任总理？", "简罗是第三十一任总理。", ()),
        ("谁是第31任总理？", "简罗是总理。", ("第31",)),
        ("谁在第四节得分？", "米勒得分。", ()),
        ("Who sang at the 12th annual Harbour Festival?", "Ada Lund sang at the Harbour Festival.", ("12th",)),
        ("Which town won for the eighth year in a row?", "Orsa won again.", ()),
        ("What was the first market called?", "The earliest market was Huqingmen.", ()),
        ("海港奇谈4什么时候上映？", "《海港奇谈3》去年上映。", ("奇谈4",)),
        ("海港奇谈4什么时候上映？", "《海港奇谈 4》去年上映。", ()),
        ("海港奇谈4什么时候上映？", "这部电影去年上映。", ()),
        ("When was Diablo 3 released?", "Diablo 2 was released in 2000.", ("Diablo 3",)),
        ("When was Diablo 3 released?", "Diablo 30 and Diablo 3 were released.", ()),
        ("Who built Apollo 1?", "阿波罗（Apollo）一号由渔民建造。", ()),
        ("谁将市场列为1级？", "市场被列为一级。", ()),
        ("What happened on February 4?", "In February it rained.", ()),
        ("金华2025年出口多少？", "金华出口很多。", ()),
        ("义乌今年6月进口多少？", "义乌进口很多。", ()),
    ],
)
def test_what_is_numbered_is_looked_for(asked, told, absent):
    assert absent_numbers(asked, told) == absent


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who was the 30th premier of Ruritania?", "Jane Roe"),
        ("Who was the 31st premier of Ruritania?", ""),
        ("海港奇谈3什么时候上映？", "2021年5月21日"),
        ("海港奇谈4什么时候上映？", ""),
    ],
)
def test_another_number_is_not_answered(small, question, told):
    answer = small.ask(question)
    assert (answer.status is Status.NOT_FOUND) == (not told)
    assert told in answer.text
