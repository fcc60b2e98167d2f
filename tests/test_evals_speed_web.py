"""The speed of the page: 20 people at once are all answered; what the command writes."""

import json

import pytest

from evals.__main__ import main
from evals.speed_web import PEOPLE, TARGETS, _questions, people_at_once


def test_twenty_people_at_once_are_all_answered(served):
    waits, failed = people_at_once(served[1], _questions()[:PEOPLE])
    assert failed == 0
    assert len(waits) == PEOPLE


def test_a_question_that_is_too_long_is_told(served):
    waits, failed = people_at_once(served[1], ["x" * 10_001])
    assert (len(waits), failed) == (1, 0)


@pytest.mark.browser
def test_the_command_measures_every_target(tmp_path, capsys):
    assert main(["speed", "--web", "--out", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "first words of an answer" in told
    results = json.loads((tmp_path / "speed-web.json").read_text(encoding="utf-8"))
    assert set(TARGETS) <= set(results)
    assert results["people_failed"] == 0
