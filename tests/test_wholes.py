"""Of what whole a share is told, how large a place is, and what there is besides something."""

import pytest

from assistant import Assistant, Status
from assistant.analysis import analyse
from assistant.implied import also_searched, asks_population
from assistant.records import AnswerType
from assistant.wholes import is_of_nation
from corpus.quantities import find_quantities

TEXTS = (
    "# Orsa\n\nFormerly the exports of Orsa were a 900th of the national figure, by now they are a 50th. Trade in Orsa hardly goes "
    "both ways: exports are over 88 percent of it.",
    "# The people of Orsa\n\nOrsa welcomes 6,000 guests a year, and 1,500 of them live there for long. The place itself grew: it "
    "now has nearly 20,000 permanent residents.",
    "# Goods\n\nOver 750 business units sell there, and they offer over 2,100 kinds of products. Orsa makes doors. Orsa also "
    "makes cups and carts.",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What share of Orsa's trade is exports?", "88 percent"),
        ("How many people live in Orsa?", "20,000"),
        ("What is the population of Orsa?", "20,000"),
        ("How many products are on offer?", "2,100"),
    ],
)
def test_the_value_of_the_asked_whole_is_told(small, question, told):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize("question", ["How many people live in Norway?", "How big is Lidby?"])
def test_the_population_of_another_place_is_not_told(small, question):
    assert small.ask(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "text", "national"),
    [
        ("What share of Orsa's trade is exports?", "It is one-fiftieth of the national total.", True),
        ("What share of Orsa's trade is exports?", "It is 88 percent, more than the national mean.", False),
        ("What share of the national trade is Orsa's?", "It is one-fiftieth of the national total.", False),
        ("What share of the parcels is sent from Orsa?", "It is one-twelfth of the national total.", False),
        ("义乌的出口占贸易的比例是多少？", "占到全国的十二分之一。", True),
        ("义乌的出口占全国的几分之几？", "占到全国的十二分之一。", False),
    ],
)
def test_a_share_of_the_nation_is_none_of_the_town(question, text, national):
    assert is_of_nation(analyse(question), find_quantities(text)[0], text) is national


@pytest.mark.parametrize(
    ("question", "population"),
    [
        ("How many people live in Orsa?", True),
        ("How many people are in Orsa?", True),
        ("How big is Orsa?", True),
        ("义乌有多少人？", True),
        ("义乌有多大？", True),
        ("How big is the trade of Orsa?", False),
        ("How many people are in the choir of Orsa?", False),
        ("这家公司有多少人？", False),
        ("How many foreigners live in Orsa?", False),
    ],
)
def test_who_asks_for_a_population(question, population):
    assert asks_population(question) is population
    assert bool(also_searched(analyse(question))) is population


def test_a_part_of_a_whole_is_asked_for_as_a_share():
    assert analyse("义乌的出口占贸易总额的比例是多少？").answer_type is AnswerType.SHARE


def test_what_is_excepted_is_not_told(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text("# Orsa at work\n\nOrsa makes doors of oak. In winter Orsa makes carts for the harvest.")
        assert "carts" in opened.ask("What does Orsa make besides doors?").quotes[0].text


def test_since_when_is_not_today(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text("# A ferry\n\nDaily News | 4 May 2024\n\nToday the ferry of Orsa runs every hour.")
        assert "oday" not in opened.ask("Since when has the ferry of Orsa run every hour?").short
