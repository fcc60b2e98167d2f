"""A question and a sentence read together: whether the sentence answers it, and where in it the answer stands.

A cross-encoder with two heads, as BERT reads for SQuAD 2.0 (Devlin et al., 2019): one tells of each word piece whether
the answer begins there, ends there, or holds it, the other whether the sentence answers at all. Logits of beginnings
and ends are learned over a sentence that answers and one that does not at once (shared normalisation: Clark and
Gardner, 2018), so they may be compared between sentences. The encoder is the bundled one with its layers learned on;
Chinese is read as its English gloss, beside English by those meanings of its words that the English has too. How it is
learned: `index.training.reader`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.records import Span
from index.bilingual import WordPiece
from index.bridged_pieces import BridgedPieces
from index.late_interaction import Window
from index.onnx_graph import Precision
from index.onnx_running import of_each, open_session
from index.reader_export import FILE, HEADS, exported_reader

QUESTION_TOKENS: Final = 48
TITLE_TOKENS: Final = 16
BEFORE_TOKENS: Final = 24
SENTENCE_TOKENS: Final = 100
"""At most so many tokens are read, the last ones of the sentence before and the first ones of all others."""
BEGINS, ENDS, INSIDE = range(3)
"""Columns of `Reading.words`."""
NOTHING: Final = np.float32(-30.0)
"""Sum of logits of what can't be an answer."""
_LONGEST: Final = 30
"""Word pieces of an answer at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is told of one sentence."""

    answers: float
    """Log-odds that it answers the question."""
    words: NDArray[np.float32]
    """Of each word piece the logits that the answer begins there, ends there, and holds it, (pieces, 3)."""
    places: tuple[Span, ...]
    """What of the sentence each piece stands for; empty for some marks."""

    @property
    def best_place(self) -> tuple[int, int]:
        """The pieces that the likeliest answer begins and ends with."""
        sums = self._sums()
        first, last = np.unravel_index(sums.argmax(), sums.shape)
        return int(first), int(last)

    @property
    def best(self) -> float:
        """The highest sum of the logits of a beginning and an end; very low for a sentence without words."""
        return float(self._sums().max(initial=NOTHING))

    def _sums(self) -> NDArray[np.float32]:
        size = len(self.words)
        sums = self.words[:, BEGINS][:, None] + self.words[:, ENDS][None]
        return np.where(np.triu(np.ones((size, size))) - np.triu(np.ones((size, size)), _LONGEST) > 0, sums, NOTHING)


class JointReader:
    """Reads questions with sentences; loads on first use; threads may share it.

    Args:
        pieces: Cuts texts into the encoder's word pieces.
        file: A kept reader.
        precision: Of the products.
        cache: Folder of the exported graph; by default the user's cache folder.
    """

    def __init__(
        self, pieces: BridgedPieces, file: Path = FILE, precision: Precision = "int8", cache: Path | None = None
    ) -> None:
        self._pieces = pieces
        self._file, self._precision, self._cache = file, precision, cache
        self._loading = threading.Lock()
        self._session: Any = None

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """What is told of each sentence.

        Args:
            question: In either language.
            windows: Sentences after their title and the sentence before them.
        """
        session = self._load() if windows else None
        return of_each(lambda window: self._read(session, question, window), windows)

    def _read(self, session: Any, question: str, window: Window) -> Reading:  # noqa: ANN401
        ids, start, places = joint_tokens(self._pieces, question, window)
        types = [0] * start + [1] * (len(ids) - start)
        given = {"input_ids": np.array([ids], dtype=np.int64), "token_type_ids": np.array([types], dtype=np.int64)}
        words, answers = session.run(list(HEADS), given)
        return Reading(float(answers[0, 0, 0]), words[0, start : start + len(places)], places)

    def _load(self) -> Any:  # noqa: ANN401
        with self._loading:
            if self._session is None:
                self._session = open_session(exported_reader(self._precision, self._file, self._cache))
        return self._session


def joint_tokens(pieces: BridgedPieces, question: str, window: Window) -> tuple[list[int], int, tuple[Span, ...]]:
    """A question and a sentence in its context as numbers of word pieces.

    Returns:
        The numbers with the marks between question, context and sentence; where the sentence begins; what of the
        sentence each of its pieces stands for.
    """
    first, last = pieces.marks
    own = sentence_pieces(pieces, window, question)
    asked = [piece.number for piece in question_pieces(pieces, question, window.sentence)]
    ahead = [first, *asked, last, *(piece.number for piece in context_pieces(pieces, window, question)), last]
    return [*ahead, *(piece.number for piece in own), last], len(ahead), tuple(piece.place for piece in own)


def question_pieces(pieces: BridgedPieces, question: str, beside: str = "") -> tuple[WordPiece, ...]:
    """What is read of a question; beside a sentence, words of the other language as they may be meant there."""
    return pieces.of(question, beside)[:QUESTION_TOKENS]


def context_pieces(pieces: BridgedPieces, window: Window, beside: str = "") -> tuple[WordPiece, ...]:
    """What is read before a sentence, beside a question: the title, and the end of the sentence before it."""
    title = pieces.of(window.title, beside)[:TITLE_TOKENS]
    return (*title, *(pieces.of(".") if title else ()), *pieces.of(window.before, beside)[-BEFORE_TOKENS:])


def sentence_pieces(pieces: BridgedPieces, window: Window, beside: str = "") -> tuple[WordPiece, ...]:
    """What is read of a sentence beside a question."""
    return pieces.of(window.sentence, beside)[:SENTENCE_TOKENS]
