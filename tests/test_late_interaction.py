"""Late interaction: a question's words against those of sentences read in their context."""

import numpy as np
import pytest

from index.bilingual import EnglishEncoder
from index.bridged_pieces import BridgedPieces
from index.glossing import Glosser
from index.late_interaction import MEASURES, LateInteraction, Window

OWN, BEST, CONTEXT = range(len(MEASURES))


@pytest.fixture(scope="module")
def interaction():
    return LateInteraction(encoder := EnglishEncoder(), BridgedPieces(encoder, Glosser()))


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        (
            "Who built the harbour wall?",
            "Masons from Vell put up the wall of the harbour.",
            "The ferry was late again.",
        ),
        ("港口的墙是谁修的？", "码头的墙由维尔来的石匠砌成。", "渡轮又晚点了。"),
        ("港口的墙是谁修的？", "Masons from Vell put up the wall of the harbour.", "The ferry was late again."),
        ("Who built the harbour wall?", "码头的墙由维尔来的石匠砌成。", "渡轮又晚点了。"),
    ],
)
def test_the_sentence_that_answers_is_matched_better(interaction, question, answer, other):
    right, wrong = interaction.measure(question, [Window("", "", answer), Window("", "", other)])
    assert (right > wrong).all()


def test_what_stands_before_helps_to_understand_a_pronoun(interaction):
    sentence = "It carries four thousand passengers a week."
    alone, told = interaction.measure(
        "How many passengers does the ferry of Arn carry?",
        [Window("", "", sentence), Window("Harbour news", "The ferry of Arn was built in 1987.", sentence)],
    )
    assert told[OWN] > alone[OWN]
    assert told[CONTEXT] > told[OWN]


def test_measures_are_cosines_and_do_not_depend_on_company(interaction):
    windows = [Window("Title", "Before it.", f"The mill of Arn grinds rye number {n}.") for n in range(6)]
    together = interaction.measure("What does the mill grind?", windows)
    assert together.shape == (6, len(MEASURES))
    assert (np.abs(together) <= 1.001).all()
    fresh = LateInteraction(encoder := EnglishEncoder(), BridgedPieces(encoder, Glosser()))
    assert np.allclose(together[3], fresh.measure("What does the mill grind?", windows[3:4])[0], atol=1e-3)


@pytest.mark.parametrize("text", ["", " ", "…", "\ud800", "😀", "a " * 5_000, "的" * 5_000])
def test_any_text_can_be_read(interaction, text):
    for question, window in ((text, Window("t", "b", "A mill.")), ("A mill?", Window(text, text, text))):
        found = interaction.measure(question, [window])
        assert found.shape == (1, len(MEASURES))
        assert np.isfinite(found).all()
    assert interaction.measure(text, []).shape == (0, len(MEASURES))
