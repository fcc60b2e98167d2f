"""Passages that lie close together are compared with the question word by word, each sentence in its context."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UserError
from corpus.records import Article, Document, Span
from index.collection import Collection
from index.fusion import Fused
from index.passage_reading import CLOSE_CALLS, INTERACTION, MARGIN, WEIGHT, Asked, Leading, PassageReader
from index.settings import FusionSettings, IndexSettings


class Nothing:
    """A closeness that tells nothing."""

    def shares(self, *arguments):
        return {}


class Counted:
    """Late interaction whose values are told, and how many sentences it was given."""

    def __init__(self, value_of):
        self.value_of = value_of
        self.read = 0

    def measure(self, question, windows):
        self.read += len(windows)
        return np.array([[0.0, 0.0, self.value_of(window)] for window in windows])


class Broken:
    def measure(self, question, windows):
        raise UserError("The encoder is gone.", "Install it again.")


def order(scores, compare, languages=(), **trust):
    """The ids and the signals of passages a, b, c, ... with such scores, each a document of its own."""
    fused = [Fused(chr(97 + n), score, {}) for n, score in enumerate(scores)]
    leading = {}
    for each, language in zip(fused, languages or ["en"] * len(fused), strict=True):
        text = f"This is {each.id}. Nothing else."
        leading[each.id] = Leading(
            Document.create(text, Article(title="", language="en")), language, Span(0, len(text))
        )
    asked = Asked("Which?", "en", None, {"en": [], "zh": []}, {"en": float, "zh": float})
    reader = PassageReader(Nothing(), compare, FusionSettings(title=0, closeness=0, **trust))
    return reader.read(asked, fused, leading)


def by_letter(window):
    return {"a": 0.1, "b": 0.4, "c": 0.9}.get(window.sentence.removeprefix("This is ")[0], 0.0)


def test_the_best_sentence_of_a_passage_decides_a_close_call():
    read, signals = order([9.0, 8.0, 2.0], Counted(by_letter))
    assert [each.id for each in read] == ["b", "a", "c"]
    assert read[0].score == pytest.approx(8.0 + WEIGHT * 0.3)
    assert read[1].score == 9.0
    assert signals == {"a": {INTERACTION: 0.1}, "b": {INTERACTION: 0.4}, "c": {}}


def test_what_wins_clearly_is_not_read_word_by_word():
    interaction = Counted(by_letter)
    read, signals = order([9.0, 9.0 - MARGIN - 0.01, 2.0], interaction)
    assert [each.id for each in read] == ["a", "b", "c"]
    assert interaction.read == 0
    assert not any(signals.values())


def test_only_so_many_are_read_and_those_behind_stay_behind():
    interaction = Counted(lambda window: 0.9 if "This is a" in window.sentence else 0.0)
    read, _ = order([9.0] * (CLOSE_CALLS + 3), interaction)
    assert interaction.read == 2 * CLOSE_CALLS
    assert [each.id for each in read] == [chr(97 + n) for n in range(CLOSE_CALLS + 3)]
    assert all(first.score >= second.score for first, second in pairwise(read))


def test_a_setting_leaves_it_out_and_a_broken_encoder_only_this():
    for compare, trust in ((Counted(by_letter), {"interaction": 0.0}), (Broken(), {})):
        read, signals = order([9.0, 8.5, 8.0], compare, **trust)
        assert [(each.id, each.score) for each in read] == [("a", 9.0), ("b", 8.5), ("c", 8.0)]
        assert not any(signals.values())


def test_languages_are_compared_as_they_are():
    read, _ = order([9.0, 8.9, 8.8], Counted(by_letter), languages=("en", "zh", "zh"))
    assert [each.id for each in read] == ["c", "b", "a"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(-20, 20), max_size=14).map(lambda scores: sorted(scores, reverse=True)))
def test_the_first_keeps_its_score_and_nothing_is_lost(scores):
    read, _ = order(scores, Counted(by_letter))
    assert sorted(each.id for each in read) == [chr(97 + n) for n in range(len(scores))]
    assert [each.score for each in read] == sorted((each.score for each in read), reverse=True)
    assert all(each.score == scores[0] for each in read if each.id == "a")


def test_a_real_search_tells_how_well_words_meet_where_passages_lie_close(tmp_path):
    texts = ("The ferry takes longer in winter than the bus.", "In winter the crossing by ferry lasts long.", "A mill.")
    trust = {"interaction": 3.0}
    with Collection.open(tmp_path / "told", IndexSettings.model_validate({"fusion": trust})) as collection:
        collection.add([Document.create(f"{text} It is old.", Article(title="", language="en")) for text in texts])
        *close, far = collection.search("冬天渡轮要开多久？")
        assert [passage.signals[INTERACTION] for passage in close] == pytest.approx([0.65, 0.65], abs=0.05)
        assert INTERACTION not in far.signals
        assert far.text.startswith("A mill.")
