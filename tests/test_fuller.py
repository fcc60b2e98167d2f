"""Of sentences that tell the same, the one that tells a name or a date in full is told."""

from __future__ import annotations

import pytest

from assistant import Status

CUP = """# McIntyre wins the cup

The Harbour Cup final drew 18,000 people. McIntyre won the Harbour Cup with a score of twelve. The lake stayed calm.
"""
GARDENER = """# A second cup for the gardener

Rory McIntyre has won the Harbour Cup for the second time. He grows roses.
"""
BRIDGE = """# The bridge of Orsa

The bridge of Orsa was opened in 1987 and is 300 metres long.
"""
ANNIVERSARY = """# Anniversary in Orsa

On June 4, 1987 the bridge of Orsa was opened by the mayor. Its keeper sells honey.
"""
COMET = """# Racing games

The Comet 3 was announced in June 2008 and was released in May 2012, after two delays.
"""


TEXTS = (CUP, GARDENER, BRIDGE, ANNIVERSARY, COMET)


def test_a_name_is_told_whole(small):
    answer = small.ask("Who won the Harbour Cup?")
    assert answer.status is Status.ANSWERED
    assert answer.short == "Rory McIntyre"
    assert "Rory McIntyre" in answer.quotes[0].text


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("When was the bridge of Orsa opened?", "June 4, 1987"),
        ("奥萨大桥是什么时候开通的？", "1987年6月4日（June 4, 1987）"),
    ],
)
def test_a_day_is_told_rather_than_its_year_and_both_are_cited(small, question, short):
    answer = small.ask(question)
    assert answer.short == short
    assert ["June 4" in quote.text for quote in answer.quotes] == [True, False]


def test_where_a_year_is_asked_for_a_year_is_told(small):
    assert small.ask("In which year was the bridge of Orsa opened?").short == "1987"


def test_a_number_in_a_name_is_no_sum_that_the_date_stands_beside(small):
    assert small.ask("When was the Comet 3 released?").short == "May 2012"
