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
