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
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.records import Document
from corpus.sentences import ReadSentence, context_before
from index.bilingual import EnglishEncoder, WordPiece
from index.bridged_pieces import BridgedPieces
from index.function_words import is_function_word
from index.onnx_graph import DIMENSION
from index.vectors import unit_rows

MEASURES: Final = ("match", "match_best", "match_context")
"""What is told of a window, cosines in [-1, 1]: how well the question's content tokens are matched in the sentence, in
the mean; the two that are best matched there; and all of them in the whole window."""

QUESTION_TOKENS, TITLE_TOKENS, BEFORE_TOKENS, SENTENCE_TOKENS = 48, 16, 40, 80
"""At most so many tokens are read, the last ones of the sentence before and the first ones of all others."""
REMEMBERED = 800
"""Windows whose vectors are kept, some 60 KB each."""
REMEMBERED_QUESTIONS = 64


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence as it is read: after its article's title and the sentence before it, either of which may be empty."""

    title: str
    before: str
    sentence: str


def window_of(document: Document, sentence: ReadSentence) -> Window:
    """A sentence as it is read: after its article's title and the sentence before it; of an item, before its list."""
    before = context_before(document, sentence.number)
    return Window(document.article.title, before.text if before else "", sentence.text)


@dataclass(frozen=True, slots=True)
class _Read:
    """A window read."""

    vectors: NDArray[np.float16]
    """Unit rows of all its tokens, (tokens, 384)."""
    own: slice
    """Which of them stand in the sentence."""


class LateInteraction:
    """Compares questions with sentences in their context; loads on first use; threads may share it.

    Args:
        encoder: The bundled English encoder.
        pieces: Cuts texts into its word pieces.
    """

    def __init__(self, encoder: EnglishEncoder, pieces: BridgedPieces) -> None:
        self._encoder = encoder
        self._pieces = pieces
        self._lock = threading.Lock()
        self._known: OrderedDict[Window, _Read] = OrderedDict()
        self._asked = lru_cache(maxsize=REMEMBERED_QUESTIONS)(self._read_question)

    def measure(self, question: str, windows: Sequence[Window]) -> NDArray[np.float64]:
        """How well windows meet a question: float64 (n, len(MEASURES)); zeros for a sentence without any word."""
        if not windows:
            return np.zeros((0, len(MEASURES)))
        asked = self._asked(question)
        return np.stack([_match(asked, read) for read in self._read(windows)])

    def _read_question(self, question: str) -> NDArray[np.float32]:
        """Vectors of the question's content tokens; of all where it has none; zeros where nothing is read."""
        first, last = self._encoder.marks
        pieces = self._pieces.of(question)[:QUESTION_TOKENS]
        states = unit_rows(self._encoder.states([[first, *(piece.number for piece in pieces), last]])[0])[1:-1]
        content = [number for number, piece in enumerate(pieces) if _says_something(piece)]
        chosen = states[content] if content else states
        rounded = chosen.astype(np.float16).astype(np.float32)
        return rounded if len(rounded) else np.zeros((1, DIMENSION), dtype=np.float32)

    def _read(self, windows: Sequence[Window]) -> list[_Read]:
        with self._lock:
            known = {window: self._known[window] for window in windows if window in self._known}
            for window in known:
                self._known.move_to_end(window)
        missing = [window for window in dict.fromkeys(windows) if window not in known]
        tokens = [self._tokens(window) for window in missing]
        states = self._encoder.states([ids for ids, _ in tokens])
        for window, (_, own), state in zip(missing, tokens, states, strict=True):
            known[window] = _Read(unit_rows(state).astype(np.float16), own)
        with self._lock:
            self._known.update((window, known[window]) for window in missing)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [known[window] for window in windows]

    def _tokens(self, window: Window) -> tuple[list[int], slice]:
        """Numbers of a window's word pieces, its marks too; which of them stand in its sentence."""
        first, last = self._encoder.marks
        title = self._pieces.of(window.title)[:TITLE_TOKENS]
        title += self._pieces.of(".") if title else ()
        before, own = (
            self._pieces.of(window.before)[-BEFORE_TOKENS:],
            self._pieces.of(window.sentence)[:SENTENCE_TOKENS],
        )
        ahead = 1 + len(title) + len(before)
        ids = [first, *(piece.number for piece in (*title, *before, *own)), last]
        return ids, slice(ahead, ahead + len(own))


def _says_something(piece: WordPiece) -> bool:
    return piece.text.isalnum() and not is_function_word(piece.text)


def _match(asked: NDArray[np.float32], read: _Read) -> NDArray[np.float64]:
    if read.own.start == read.own.stop:
        return np.zeros(len(MEASURES))
    cosines = asked @ read.vectors.astype(np.float32).T
    alone = cosines[:, read.own].max(axis=1)
    return np.array([alone.mean(), np.sort(alone)[-2:].mean(), cosines.max(axis=1).mean()], dtype=np.float64)
