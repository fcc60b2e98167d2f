"""Late interaction: how well each word of a question is met by a word of a sentence that is read in its context.

As in ColBERT (Khattab and Zaharia, 2020): question and sentence are encoded apart, and of every token of the question
the best match among the sentence's tokens counts. Tokens are the states of the bundled English encoder's last layer as
they are; Chinese is read as its English gloss. Of the best sentences chosen by the second look it makes .757 right,
.742 without it (1,742 questions, cross-validated). Trained on 24,000 questions and left out: two matrices for it (no
better); attention between question and sentence over the same states (ESIM, Chen et al., 2017: .762, not worth 3 MB);
the encoder's last three layers reading both together (PreTTR, MacAvaney et al., 2020: nowhere after 4,000 questions).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.languages import count_han
from index.bilingual import EnglishEncoder
from index.function_words import is_function_word
from index.glossing import Glosser
from index.vectors import unit_rows

MEASURES: Final = ("match", "match_best", "match_context")
"""What is told of a window, cosines in [-1, 1]: how well the question's content tokens are matched in the sentence, in
the mean; the two that are best matched there; and all of them in the whole window."""

QUESTION_TOKENS, TITLE_TOKENS, BEFORE_TOKENS, SENTENCE_TOKENS = 48, 16, 40, 80
"""At most so many tokens are read, the last ones of the sentence before and the first ones of all others."""
REMEMBERED = 800
"""Windows whose vectors are kept, some 60 KB each."""

_Read = tuple[NDArray[np.float16], NDArray[np.bool_]]
"""The unit vectors of a window's tokens, (tokens, 384), and which of them stand in the sentence."""


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence as it is read: after its article's title and the sentence before it, either of which may be empty."""

    title: str
    before: str
    sentence: str


class LateInteraction:
    """Compares questions with sentences in their context; loads on first use; threads may share it.

    Args:
        encoder: The bundled English encoder.
        glosser: Puts Chinese into English.
    """

    def __init__(self, encoder: EnglishEncoder, glosser: Glosser) -> None:
        self._encoder = encoder
        self._glosser = glosser
        self._lock = threading.Lock()
        self._known: OrderedDict[Window, _Read] = OrderedDict()

    def measure(self, question: str, windows: Sequence[Window]) -> NDArray[np.float64]:
        """How well windows meet a question: float64 (n, len(MEASURES)); zeros for a sentence without any word."""
        if not windows:
            return np.zeros((0, len(MEASURES)))
        asked = self._asked(question)
        return np.stack([_match(asked, *read) for read in self._read(windows)])

    def _asked(self, question: str) -> NDArray[np.float32]:
        """Unit vectors of a question's content tokens, (tokens, 384); of all where it has none."""
        first, last = self._encoder.marks
        pieces = self._pieces(question)[:QUESTION_TOKENS]
        states = unit_rows(self._encoder.states([[first, *(piece for piece, _ in pieces), last]])[0])
        told = [row for row, (_, word) in enumerate(pieces, start=1) if word.isalnum() and not is_function_word(word)]
        return states[told] if told else states

    def _read(self, windows: Sequence[Window]) -> list[_Read]:
        with self._lock:
            known = {window: self._known[window] for window in windows if window in self._known}
            for window in known:
                self._known.move_to_end(window)
        missing = [window for window in dict.fromkeys(windows) if window not in known]
        tokens = [self._tokens(window) for window in missing]
        states = self._encoder.states([ids for ids, _ in tokens])
        for window, (_, own), state in zip(missing, tokens, states, strict=True):
            known[window] = (unit_rows(state).astype(np.float16), own)
        with self._lock:
            self._known.update((window, known[window]) for window in missing)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [known[window] for window in windows]

    def _tokens(self, window: Window) -> tuple[list[int], NDArray[np.bool_]]:
        """The word pieces of a window, between the marks of beginning and end, and which stand in the sentence."""
        first, last = self._encoder.marks
        title = self._pieces(window.title)[:TITLE_TOKENS]
        title += self._pieces(".") if title else []
        before, own = self._pieces(window.before)[-BEFORE_TOKENS:], self._pieces(window.sentence)[:SENTENCE_TOKENS]
        ids = [first, *(piece for piece, _ in (*title, *before, *own)), last]
        ahead = 1 + len(title) + len(before)
        places = np.arange(len(ids))
        return ids, (places >= ahead) & (places < ahead + len(own))

    def _pieces(self, text: str) -> list[tuple[int, str]]:
        return self._encoder.pieces(self._glosser.gloss(text) if count_han(text) else text) if text else []


def _match(asked: NDArray[np.float32], vectors: NDArray[np.float16], own: NDArray[np.bool_]) -> NDArray[np.float64]:
    if not own.any():
        return np.zeros(len(MEASURES))
    cosines = asked @ vectors.astype(np.float32).T
    alone = cosines[:, own].max(axis=1)
    return np.array([alone.mean(), np.sort(alone)[-2:].mean(), cosines.max(axis=1).mean()], dtype=np.float64)
