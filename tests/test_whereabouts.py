"""Where a place is: what tells where it lies goes before whatever else is told of it."""

import pytest

from assistant import Status

TEXTS = (
    "# Wool for all\n\nFew towns are as closely tied to the wool of Norway as Orsa. Its centre is the Orsa Wool Hall. "
    "Many traders from Sweden come to Orsa in spring.",
    "# A harbour\n\nOrsa, the wool town in Dalecarlia, wants a harbour. The plan is old.",
    "# 羊毛之乡\n\n白石镇的羊毛卖到挪威。很多商人从瑞典来到白石镇。",
    "# 码头\n\n白石镇位于湖州北部，想建一座码头。",
    "# The market of Lidby\n\nLidby lives from trade with Finland. In 2024 the trade of this small town in Scania came to "
    "9 million kronor.",
    "# Boats\n\nMora builds boats. The boats of Rättvik are praised at a fair in Mora, a town that belongs to Falun, as Leksand "
    "does. Leksand has nine mills and Mora has two.",
    "# 茶乡\n\n青田镇出产名茶，去年卖出三吨。青田镇和古堰镇一样，是由丽水代管的小镇。古堰镇的画家很多。",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Where is Orsa?", "Dalecarlia"),
        ("Where is Orsa located?", "Dalecarlia"),
        ("白石镇在哪里？", "湖州北部"),
        ("白石镇位于什么地方？", "湖州北部"),
        ("Where is Lidby?", "Scania"),
    ],
)
def test_a_place_is_told_by_where_it_lies(small, question, told):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.quotes[0].text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which town does Mora belong to?", "Falun"),
        ("Which town administers Mora?", "Falun"),
        ("Does Mora belong to Falun?", "Yes: "),
        ("Does Leksand belong to Falun?", "Yes: "),
        ("哪个城市管辖青田镇？", "丽水"),
        ("青田镇归哪个市管？", "丽水"),
        ("青田镇属于丽水吗？", "是："),
    ],
)
def test_what_a_place_belongs_to_is_told(small, question, told):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize("question", ["Does Mora belong to Uppsala?", "青田镇属于温州吗？"])
def test_a_place_belongs_to_nothing_that_is_not_told(small, question):
    assert small.ask(question).status is Status.NOT_FOUND
