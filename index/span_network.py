"""A network that tells of each word of a sentence whether an answer begins or ends there, from the encoder's states.

Two convolutions over words that name both ends of the answer, as pointer networks do (Wang and Jiang, 2017); numpy
alone runs it. How it is learned: `index.training.span_network`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.vectors import Vectors

WIDTH: Final = 5
"""Words that a convolution sees."""
QUESTION_PARTS: Final = 4
"""Vectors of a question."""


@dataclass(frozen=True, slots=True)
class NetworkInput:
    """A question and a sentence as the network reads them."""

    words: Vectors
    """Vectors of the sentence's words, (words, 384), unit rows; zeros for a word that the encoder does not read."""
    question: Vectors
    """(QUESTION_PARTS, 384); zeros for what the question lacks."""
    likeness: Vectors
    """Cosine of each word with the question's word that is most like it, (words,)."""
    classes: NDArray[np.int64]
    """Numbers of their classes, (words,)."""
    gaps: NDArray[np.int64]
    """Numbers of what stands before each word and after the last, (words + 1,)."""
    chinese: bool


class SpanNetwork:
    """The network; threads may share it.

    Args:
        weights: `words`, `question`, `near`, `far` and `ends`, each with `_weight` (inputs, outputs) and `_bias`;
            `classes` and `gaps`, vectors of word classes and of what stands between words.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self._weights = {name: np.asarray(values, dtype=np.float32) for name, values in weights.items()}

    @classmethod
    def load(cls, file: Path) -> SpanNetwork:
        """The network of a file."""
        from safetensors.numpy import load_file

        return cls(load_file(file))

    def logits(self, given: Sequence[NetworkInput]) -> list[Vectors]:
        """Of each word that the answer begins with it, ends with it, and that it is inside: (words, 3) a sentence.

        Args:
            given: Sentences, which are computed together: many small products cost more than a few larger ones.
        """
        if not given:
            return []
        sizes = [len(one.words) for one in given]
        words = _rectified(self._layer("words", np.vstack([one.words for one in given])))
        asked = _rectified(self._layer("question", np.stack([one.question.reshape(-1) for one in given])))
        question = np.repeat(asked, sizes, axis=0)
        features = np.hstack(
            [
                words, question, words * question, np.concatenate([one.likeness for one in given])[:, None],
                self._weights["classes"][np.concatenate([one.classes for one in given])],
                self._weights["gaps"][np.concatenate([one.gaps[:-1] for one in given])],
                self._weights["gaps"][np.concatenate([one.gaps[1:] for one in given])],
                np.repeat(np.array([[float(one.chinese)] for one in given], np.float32), sizes, axis=0),
            ]
        )  # fmt: skip
        near = _rectified(self._layer("near", neighbourhood(features, sizes)))
        far = _rectified(self._layer("far", neighbourhood(near, sizes)))
        return np.split(self._layer("ends", np.hstack([near, far])), np.cumsum(sizes)[:-1])

    def _layer(self, name: str, rows: Vectors) -> Vectors:
        return np.asarray(rows @ self._weights[f"{name}_weight"] + self._weights[f"{name}_bias"], dtype=np.float32)


def neighbourhood(rows: Vectors, sizes: Sequence[int]) -> Vectors:
    """Each row beside those around it in its sentence, (n, WIDTH * columns); zeros beyond the ends.

    Args:
        rows: (n, columns), the sentences below each other.
        sizes: Rows of each sentence.
    """
    reach, columns = WIDTH // 2, rows.shape[1]
    found = np.zeros((len(rows), WIDTH, columns), dtype=np.float32)
    start = 0
    for size in sizes:
        own, into = rows[start : start + size], found[start : start + size]
        for shift in range(-reach, reach + 1):
            into[max(0, -shift) : size - max(0, shift), shift + reach] = own[max(0, shift) : size + min(0, shift)]
        start += size
    return found.reshape(len(rows), WIDTH * columns)


def _rectified(rows: Vectors) -> Vectors:
    return np.maximum(rows, 0.0)
