"""First values of the table: a word begins as the vector of its English gloss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.training.vocabulary import Vocabulary, fold

HALF_WEIGHT_FREQUENCY = 5e-4
"""A word of this relative frequency begins with 1 / sqrt(2) of the weight of a rare one (Arora et al., ICLR 2017)."""
COMPOSED_LENGTH = 0.7
"""Length at which a word without gloss begins, as the sum of its characters."""
SMALL = 0.02

Floats = NDArray[np.float32]


def principal_axes(vectors: Floats, width: int) -> Floats:
    """Directions in which vectors vary most: shape (dimension, width), signs fixed."""
    _, axes = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors / len(vectors))
    kept = axes[:, ::-1][:, :width]
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(width)])
    return np.ascontiguousarray(kept * signs, np.float32)


def first_table(
    vocabulary: Vocabulary, words: Sequence[str], glosses: Floats, counts: NDArray[np.float64], seed: int
) -> Floats:
    """Vectors of the glosses, shortened for frequent words; of the characters where there is no gloss.

    Args:
        vocabulary: The entries.
        words: Chinese words of the lexicon, as written.
        glosses: Shape (words, dimension): vectors of their English glosses.
        counts: Shape (units,): how often each unit occurs in the sentences.
        seed: For the small values of entries without either.

    Returns:
        Shape (units, dimension).
    """
    number = {unit: row for row, unit in enumerate(vocabulary.units)}
    table = np.zeros((len(number), glosses.shape[1]), np.float32)
    for word, gloss in zip(fold(words, vocabulary.folding), glosses, strict=True):
        if word.strip() in number:
            table[number[word.strip()]] += gloss
    table = _unit(table)
    bare = np.flatnonzero(~table.any(axis=1))
    for row in map(int, bare):
        unit = vocabulary.units[row]
        parts = [number[part] for part in unit if part in number] if len(unit) > 1 and unit[0] > "\u2e7f" else []
        table[row] = _unit(table[parts].sum(axis=0, keepdims=True))[0] * COMPOSED_LENGTH
    empty = ~table.any(axis=1)
    table *= np.sqrt(HALF_WEIGHT_FREQUENCY / (HALF_WEIGHT_FREQUENCY + counts / counts.sum()))[:, None].astype(
        np.float32
    )
    table[empty] = np.random.default_rng(seed).normal(size=(int(empty.sum()), table.shape[1])) * SMALL
    return table


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
