"""The benchmark of scale runs the real collection; small here, for its figures are no matter of tests."""

import json

import pytest

from corpus.errors import UserError
from evals.command import arguments, dispatch


def test_scale_builds_searches_and_reports(tmp_path):
    told = []
    options = arguments().parse_args(["scale", "--chunks", "400", "--out", str(tmp_path)])
    assert dispatch(options, told.append) == 0
    figures = json.loads((tmp_path / "scale.json").read_text())
    assert (figures["chunks"], figures["recall_at_100"]) == (400, 1.0)
    assert {"all", "language", "one outlet", "one month"} <= set(figures["query"])
    assert "95 %" in told[0]


def test_a_size_that_can_not_be_measured_is_one_clear_line(tmp_path):
    options = arguments().parse_args(["scale", "--chunks", "7", "--out", str(tmp_path)])
    with pytest.raises(UserError, match="--chunks 7"):
        dispatch(options, print)
