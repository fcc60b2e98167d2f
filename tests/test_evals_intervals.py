import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.intervals import difference, estimate, mcnemar, statistic_interval

scores = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@given(scores)
def test_interval_holds_the_mean_and_stays_inside_the_values(values):
    result = estimate(values)
    assert min(values) <= result.low <= result.mean <= result.high <= max(values)
    assert result == estimate(values)


def test_unscored_is_not_zero():
    result = estimate([1.0, None, 1.0])
    assert (result.n, result.mean, result.unscored) == (2, 1.0, 1)
    assert estimate([None]).mean is None


def test_interval_is_near_the_normal_one():
    result = estimate([1.0] * 80 + [0.0] * 20)
    assert result.low == pytest.approx(0.8 - 1.96 * 0.04, abs=0.015)
    assert result.high == pytest.approx(0.8 + 1.96 * 0.04, abs=0.015)


def test_difference_is_paired():
    first, second = [0.0, 1.0] * 20, [1.0, 1.0] * 20
    gap = difference(first, second)
    assert gap.mean == 0.5
    assert gap.p_value < 0.01
    assert difference([0.0] * 3, [1.0] * 3).p_value == 2 / 8
    assert difference([0.0], [1.0]).p_value == 1.0
    assert difference(first, first).p_value == 1.0
    assert difference([], []) is None
    with pytest.raises(ValueError, match="not paired"):
        difference([1.0], [])


def test_mcnemar_exact_value():
    # 8 changed, 1 against: 2 * (1 + 8) / 2**8
    result = mcnemar([False] * 7 + [True] + [True] * 5, [True] * 7 + [False] + [True] * 5)
    assert (result.fixed, result.broken, result.p_value) == (7, 1, pytest.approx(18 / 256))
    assert mcnemar([True], [True]).p_value == 1.0


def test_interval_of_a_statistic():
    values = [0.0, 1.0] * 50
    low, high = statistic_interval(lambda picks: sum(values[i] for i in picks) / len(picks), 100)
    assert 0.35 < low < 0.5 < high < 0.65
