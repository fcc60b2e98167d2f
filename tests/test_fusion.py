"""Fusion: order of inputs is nothing, languages do not touch each other, equal scores are ordered by id."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fusion import Candidate, directed, fuse, normalise

SCORES = st.floats(-100, 100, allow_nan=False, width=32)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        id=st.text("abcdef", min_size=1, max_size=4),
        language=st.sampled_from(["en", "zh"]),
        scores=st.fixed_dictionaries({"dense": SCORES}, optional={"lexical": SCORES}),
    ),
    unique_by=lambda candidate: candidate.id,
    max_size=20,
)
WEIGHTS = {"dense": 1.0, "lexical": 0.7}


@settings(deadline=None)
@given(CANDIDATES, st.randoms(use_true_random=False))
def test_order_of_candidates_does_not_matter(candidates, random):
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert fuse(candidates, WEIGHTS) == fuse(shuffled, WEIGHTS)


@settings(deadline=None)
@given(CANDIDATES, CANDIDATES)
def test_adding_one_language_leaves_the_order_of_the_other(candidates, others):
    english = [candidate for candidate in candidates if candidate.language == "en"]
    chinese = [Candidate(f"z{c.id}", "zh", c.scores) for c in others]
    alone = [item.id for item in fuse(english, WEIGHTS)]
    together = [item.id for item in fuse(english + chinese, WEIGHTS) if not item.id.startswith("z")]
    assert alone == together


@settings(deadline=None)
@given(CANDIDATES)
def test_shares_add_up_and_best_comes_first(candidates):
    fused = fuse(candidates, WEIGHTS)
    assert sorted(item.id for item in fused) == sorted(candidate.id for candidate in candidates)
    for item in fused:
        assert math.isclose(sum(item.shares.values()), item.score, abs_tol=1e-9)
    assert [(-item.score, item.id) for item in fused] == sorted((-item.score, item.id) for item in fused)


def test_the_better_in_both_channels_wins():
    fused = fuse(
        [
            Candidate("good", "en", {"dense": 0.9, "lexical": 12}),
            Candidate("half", "en", {"dense": 0.9, "lexical": 2}),
            Candidate("bad", "en", {"dense": 0.1}),
        ],
        WEIGHTS,
    )
    assert [item.id for item in fused] == ["good", "half", "bad"]


def test_equal_scores_are_ordered_by_id():
    fused = fuse([Candidate(name, "zh", {"dense": 0.5}) for name in "cab"], {"lexical": 1.0})
    assert [(item.id, item.score) for item in fused] == [("a", 0.0), ("b", 0.0), ("c", 0.0)]


def test_the_nearer_language_wins_where_the_words_are_alike():
    near = [Candidate(f"n{i}", "en", {"dense": 0.7 - i / 10, "lexical": 5.0 - i}) for i in range(3)]
    far = [Candidate(f"f{i}", "zh", {"dense": 0.4 - i / 10, "lexical": 5.0 - i}) for i in range(3)]
    for question in ("en", "zh"):
        assert fuse(near + far, WEIGHTS, question)[0].id == "n0"


@pytest.mark.parametrize("weight", [-1.0, math.nan, math.inf])
def test_impossible_weights_are_named(weight):
    with pytest.raises(ValueError, match="dense"):
        fuse([], {"dense": weight})


def test_normalise_is_free_of_scale_and_offset():
    scores = np.array([1.0, 2.0, 4.0])
    assert np.allclose(normalise(scores), normalise(100 * scores + 7))
    assert normalise(np.array([])).size == 0


@pytest.mark.parametrize("passage", ["en", "zh"])
def test_directed_weights_of_no_language_lie_between_those_of_both(passage):
    mean = directed(WEIGHTS, None, passage)
    for channel in WEIGHTS:
        one, two = (directed(WEIGHTS, question, passage)[channel] for question in ("en", "zh"))
        assert min(one, two) <= mean[channel] <= max(one, two)
    assert directed({"dense": 0.0}, "en", passage) == {"dense": 0.0}
