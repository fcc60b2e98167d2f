"""How much is traded, where no time is asked for: of the latest year, not of a month, an aim or a part of the town."""

import pytest

from assistant import Assistant, Status
from assistant.analysis import analyse
from assistant.latest import asks_latest

TEXTS = (
    "# The trade of Orsa\n\nIn 2010 Orsa exported goods worth about 20 million dollars; in 2023 the sum was over 500 million "
    "dollars. The imports of Orsa stayed below 80 million dollars in 2024. Orsa wants to import goods worth 300 million dollars "
    "by 2030.",
    "# The centre\n\nImports through the Orsa Wool Centre are climbing. From January to May 2025 they were worth 6 million "
    "dollars. In May alone imports came to 2 million dollars.",
)
TEXTS_ZH = (
    "# 白石镇的生意\n\n2010年，白石镇的出口额大约只有200万元；到2023年，已经超过5000万元。2024年，白石镇全年进口不到800万元。",
    "# 羊毛中心\n\n2025年1至5月，白石镇羊毛中心进口额为69万元。仅5月就进口24万元。",
)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory):
    """An assistant on the Chinese texts alone."""
    with Assistant.open(tmp_path_factory.mktemp("chinese"), bundled=False) as opened:
        for text in TEXTS_ZH:
            opened.add_text(text)
        yield opened


@pytest.mark.parametrize(
    ("texts", "question", "told"),
    [
        ("small", "How much does Orsa import?", "below 80 million"),
        ("small", "How much does Orsa export?", "over 500 million"),
        ("small", "How much did Orsa export in 2010?", "about 20 million"),
        ("small", "How much was imported through the Orsa Wool Centre from January to May 2025?", "6 million"),
        ("chinese", "白石镇的进口额是多少？", "不到800万元"),
        ("chinese", "白石镇的出口额是多少？", "超过5000万元"),
        ("chinese", "白石镇2010年的出口额是多少？", "200万元"),
        ("chinese", "白石镇羊毛中心的进口额是多少？", "69万元"),
    ],
)
def test_the_latest_year_is_told(request, texts, question, told):
    answer = request.getfixturevalue(texts).ask(question)
    assert answer.status is Status.ANSWERED
    assert told.lower() in answer.text.lower()


@pytest.mark.parametrize(
    ("question", "latest"),
    [
        ("How much does Orsa import?", True),
        ("白石镇的出口额是多少？", True),
        ("How much did Orsa import in May?", False),
        ("What is the import target of Orsa?", False),
        ("How much did the exports grow?", False),
        ("How many people live in Orsa?", False),
        ("How much does a ticket cost?", False),
    ],
)
def test_who_asks_for_the_latest(question, latest):
    assert asks_latest(analyse(question)) is latest


def test_two_amounts_stand_for_a_comparison(chinese):
    answer = chinese.ask("白石镇的进口比出口多吗？")
    assert answer.status is Status.ANSWERED
    assert "800万元" in answer.text
    assert "5000万元" in answer.text
