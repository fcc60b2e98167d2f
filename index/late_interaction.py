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
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.languages import count_han
from corpus.records import Document, Span
from corpus.sentences import ReadSentence, read_document
from index.bilingual import EnglishEncoder, WordPiece
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
REMEMBERED_QUESTIONS = 64


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The tokens of a text as the encoder sees them in their context."""

    vectors: NDArray[np.float16]
    """Unit rows, (tokens, 384)."""
    places: tuple[Span, ...]
    """What of the text each stands for; of Chinese the word whose gloss it belongs to; empty for some marks."""
    content: NDArray[np.bool_]
    """Which are words that say something, (tokens,)."""
    whole: NDArray[np.float16]
    """Unit vector of the mark at the beginning, which sees all of them, (384,)."""


NOWHERE: Final = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence as it is read: after its article's title and the sentence before it, either of which may be empty."""

    title: str
    before: str
    sentence: str


def window_of(document: Document, sentence: ReadSentence) -> Window:
    """A sentence as it is read: after its article's title and the sentence before it."""
    before = read_document(document)[sentence.number - 1].text if sentence.number else ""
    return Window(document.article.title, before, sentence.text)


@dataclass(frozen=True, slots=True)
class _Read:
    """A window read."""

    vectors: NDArray[np.float16]
    """Unit rows of all its tokens, (tokens, 384)."""
    own: slice
    """Which of them stand in the sentence."""
    sentence: TokenStates


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
        self._asked = lru_cache(maxsize=REMEMBERED_QUESTIONS)(self._read_question)

    def measure(self, question: str, windows: Sequence[Window]) -> NDArray[np.float64]:
        """How well windows meet a question: float64 (n, len(MEASURES)); zeros for a sentence without any word."""
        if not windows:
            return np.zeros((0, len(MEASURES)))
        asked = telling(self._asked(question))
        return np.stack([_match(asked, read.vectors, read.own) for read in self._read(windows)])

    def states(self, question: str, windows: Sequence[Window]) -> tuple[TokenStates, list[TokenStates]]:
        """The tokens of a question, and those of the sentences of windows."""
        return self._asked(question), [read.sentence for read in self._read(windows)]

    def _read_question(self, question: str) -> TokenStates:
        first, last = self._encoder.marks
        pieces = self._pieces(question)[:QUESTION_TOKENS]
        states = unit_rows(self._encoder.states([[first, *(piece.number for piece in pieces), last]])[0])
        return _states(states[1:-1].astype(np.float16), pieces, states[0].astype(np.float16))

    def _read(self, windows: Sequence[Window]) -> list[_Read]:
        with self._lock:
            known = {window: self._known[window] for window in windows if window in self._known}
            for window in known:
                self._known.move_to_end(window)
        missing = [window for window in dict.fromkeys(windows) if window not in known]
        tokens = [self._tokens(window) for window in missing]
        states = self._encoder.states([ids for ids, _, _ in tokens])
        for window, (_, ahead, pieces), state in zip(missing, tokens, states, strict=True):
            vectors = unit_rows(state).astype(np.float16)
            own = slice(ahead, ahead + len(pieces))
            known[window] = _Read(vectors, own, _states(vectors[own], pieces, vectors[0]))
        with self._lock:
            self._known.update((window, known[window]) for window in missing)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [known[window] for window in windows]

    def _tokens(self, window: Window) -> tuple[list[int], int, list[WordPiece]]:
        """Numbers of a window's word pieces, its marks too; how many go ahead of its sentence; that one's pieces."""
        first, last = self._encoder.marks
        title = self._pieces(window.title)[:TITLE_TOKENS]
        title += self._pieces(".") if title else []
        before, own = self._pieces(window.before)[-BEFORE_TOKENS:], self._pieces(window.sentence)[:SENTENCE_TOKENS]
        ids = [first, *(piece.number for piece in (*title, *before, *own)), last]
        return ids, 1 + len(title) + len(before), own

    def _pieces(self, text: str) -> list[WordPiece]:
        """The word pieces of a text, of Chinese those of its gloss, each with the part of the text it stands for."""
        if not count_han(text):
            return self._encoder.pieces(text) if text else []
        gloss, words = self._glosser.aligned_gloss(text)
        ends = [place.end for place, _ in words]
        found = []
        for piece in self._encoder.pieces(gloss):
            number = bisect_right(ends, piece.place.start)
            glossed = number < len(words) and words[number][0].overlaps(piece.place)
            found.append(piece._replace(place=words[number][1] if glossed else NOWHERE))
        return found


def telling(asked: TokenStates) -> NDArray[np.float32]:
    """Vectors of a question's content tokens, (tokens, 384); of all where it has none; zeros where nothing is read."""
    chosen = asked.vectors[asked.content] if asked.content.any() else asked.vectors
    return chosen.astype(np.float32) if len(chosen) else np.zeros((1, asked.vectors.shape[1]), dtype=np.float32)


def _states(vectors: NDArray[np.float16], pieces: Sequence[WordPiece], whole: NDArray[np.float16]) -> TokenStates:
    content = [piece.text.isalnum() and not is_function_word(piece.text) for piece in pieces]
    return TokenStates(vectors, tuple(piece.place for piece in pieces), np.array(content, dtype=bool), whole)


def _match(asked: NDArray[np.float32], vectors: NDArray[np.float16], own: slice) -> NDArray[np.float64]:
    if own.start == own.stop:
        return np.zeros(len(MEASURES))
    cosines = asked @ vectors.astype(np.float32).T
    alone = cosines[:, own].max(axis=1)
    return np.array([alone.mean(), np.sort(alone)[-2:].mean(), cosines.max(axis=1).mean()], dtype=np.float64)
