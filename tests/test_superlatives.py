"""The largest is told only where an article says so of the same thing."""

import pytest

from assistant import Status

TEXTS = (
    "# The wool of Orsa\n\nOrsa sells wool to customers in Norway, Sweden and Finland. Most of the growth came from the new "
    "looms. Orsa has the largest wool hall in the north.",
    "# 白石镇的羊毛\n\n白石镇把羊毛卖给挪威、瑞典和芬兰的客户。白石镇拥有北方最大的羊毛市场。",
    "# 茶叶\n\n宁波靠近海港。舟山的茶叶市场已是全国规模最大的市场。",
    "# Salt\n\nYiwu has the largest salt market in China.",
)


@pytest.mark.parametrize(
    "question",
    [
        "Which country is the largest customer of Orsa?",
        "Which country buys the most from Orsa?",
        "白石镇最大的客户是哪个国家？",
        "Who is the richest trader in Orsa?",
        "Is Orsa the largest customer of Norway?",
        "白石镇是挪威最大的客户吗？",
        "白石镇是北方最大的城市吗？",
        "Is Yiwu China's oldest salt market?",
        "Is the tea market of Ningbo China's biggest?",
    ],
)
def test_what_no_article_calls_the_largest_is_not_told(small, question):
    assert small.ask(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which town has the largest wool hall in the north?", "largest wool hall"),
        ("北方最大的羊毛市场在哪里？", "最大的羊毛市场"),
        ("Which countries are customers of Orsa?", "Norway"),
    ],
)
def test_what_is_called_so_is(small, question, told):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.quotes[0].text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Does Orsa have the largest wool hall in the north?", "Yes: "),
        ("白石镇有北方最大的羊毛市场吗？", "有："),
        ("Is Yiwu China's largest salt market?", "Yes: "),
        ("Is the tea market of Zhoushan China's biggest?", "Yes: "),
    ],
)
def test_whether_it_is_the_largest(small, question, told):
    assert small.ask(question).text.startswith(told)
