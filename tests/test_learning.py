from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.boosting import BoostedTrees
from assistant.learned import learned, threshold
from assistant.learning.confidence import auroc
from assistant.learning.tables import Marked, aligned, learn_tables
from assistant.learning.training import overlap
from assistant.learning.trees import export, rounded
from assistant.span_context import POSITIONS
from assistant.span_features import FEATURES as SPAN_FEATURES
from corpus.records import Article, Document, Span


def test_the_learned_file_fits_the_code_and_tells_where_it_comes_from():
    content = learned()
    assert content["date"]
    assert content["data"]["ranking"]
    assert tuple(content["spans"]["features"]) == SPAN_FEATURES[: len(content["spans"]["features"])]
    assert set(content["tables"]) == set(POSITIONS)
    assert all(0 < threshold(asked, told) < 1 for asked in ("en", "zh") for told in ("en", "zh"))


def test_exported_trees_predict_as_the_library_does():
    lightgbm = pytest.importorskip("lightgbm")
    generator = np.random.default_rng(7)
    rows = generator.normal(size=(400, 3)).astype(np.float32).astype(np.float64)
    labels = (rows[:, 0] + rows[:, 1] * rows[:, 2] > 0).astype(float)
    booster = lightgbm.train(
        {"objective": "binary", "verbosity": -1, "num_threads": 1}, lightgbm.Dataset(rows, labels), 12
    )
    model = BoostedTrees(json.loads(rounded(export(booster, ["a", "b", "c"]))))
    assert np.allclose(model.score(rows), booster.predict(rows, raw_score=True), atol=0.02)


def test_tables_learn_what_stands_around_answers():
    texts = [f"The tower of place{n} was built by Mason{n} last year." for n in range(30)]
    marked = []
    for n, text in enumerate(texts):
        start = text.index(f"Mason{n} ")
        marked.append(
            Marked(
                "Who built the tower?",
                Document.create(text, Article("", "en")),
                (Span(start, start + len(f"Mason{n}")),),
            )
        )
    tables = learn_tables(marked)
    group = 2  # person
    assert tables["before"]["words"]["by"][group] > 1
    assert tables["after"]["words"]["last"][group] > 1


def test_an_answer_is_aligned_to_the_words_that_it_covers():
    assert aligned("It was built in 1902 by Ruth Vane.", Span(24, 33)) == (6, 7)
    assert aligned("...", Span(0, 1)) is None


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [("the old mill", "old mill", 1.0), ("old mill", "new mill", 0.5), ("老磨坊", "磨坊", 0.8), ("a b", "c", 0.0)],
)
def test_overlap(one, two, expected):
    assert overlap(one, two) == pytest.approx(expected)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30))
def test_auroc_is_a_share_and_turns_with_the_truth(pairs):
    scores, truth = np.array([s for s, _ in pairs]), np.array([float(t) for _, t in pairs])
    area = auroc(scores, truth)
    assert 0 <= area <= 1
    assert area + auroc(scores, 1 - truth) == pytest.approx(1)
