"""The static student: Chinese text to a vector in the English encoder's space, without a deep network.

A text is cut into the units of a vocabulary (`index/units.py`), the rows of its units are added up, the sum is made a
unit vector, projected into the space of the English encoder and corrected by one hidden layer. All sums are sums of
whole numbers that a float holds exactly, so that the same text has the same vector on every machine, whatever the order
in which it adds; nothing but numpy is needed. How the numbers were learned: `index/training`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from index.units import Segmenter, Units

FOLDER: Final = Path(__file__).with_name("student")
"""The student that comes with the project."""
WEIGHTS_FILE: Final = "student.safetensors"
VOCABULARY_FILE: Final = "vocabulary.txt"
FORMAT: Final = "3"
INPUT_STEPS: Final = 1_024
"""Whole number that stands for 1 in a pooled vector."""
HIDDEN_STEPS: Final = 170
"""Largest whole number of a hidden unit: 768 of them times 127 stay below 2 ** 24, which a float32 holds exactly."""
LEVELS: Final = 7
"""Four bits hold the numbers from -7 to 7."""
MOST: Final = 18
"""Largest multiplier of a row: 7 times 18 is a number of eight bits."""
TENSORS: Final = {
    "keys": "(rows,) uint64: ascending keys of the vocabulary entries",
    "costs": "(rows,) int32: what each entry costs when a text is split",
    "folding": "(65536,) uint16: the character that stands for each character",
    "rows": "(rows, width / 2) uint8: the table, two numbers of four bits in a byte (`unpack`)",
    "multipliers": "(rows,) uint8: what a step is worth in each row",
    "scales": "(width,) float32: what a step is worth in each dimension",
    "projection": "(width, dimension) int16",
    "inner": "(width, hidden) int16",
    "inner_bias": "(hidden,) int32, in steps of inner",
    "outer": "(hidden, dimension) int8",
    "steps": "(3,) float64: hidden units per step of inner; vector per step of projection; vector per step of outer",
}

_BLOCK: Final = 256
_TEXTS: Final = 1_024
"""Texts computed at once, few enough for their numbers to stay in the processor's cache."""


def unpack(packed: NDArray[np.uint8], multipliers: NDArray[np.uint8]) -> NDArray[np.int8]:
    """The table in whole numbers of eight bits, shape (rows, width).

    Args:
        packed: Shape (rows, width / 2); the lower half of a byte stands first, each with `LEVELS` added.
        multipliers: Shape (rows,).
    """
    byte = np.arange(256)
    pairs = (np.stack([byte & 15, byte >> 4], axis=1) - LEVELS).astype(np.int8)
    table = np.take(pairs.view(np.int16).ravel(), packed).view(np.int8)
    table *= multipliers[:, None].astype(np.int8)
    return table


def _sums(table: NDArray[np.int8], units: Units) -> NDArray[np.int32]:
    """Sum of the rows of each text, in whole numbers: shape (texts, width)."""
    lengths = np.diff(units.offsets)
    order = np.argsort(-lengths, kind="stable")
    sums = np.zeros((len(lengths), table.shape[1]), np.int32)
    for start in range(0, len(order), _BLOCK):
        texts = order[start : start + _BLOCK]
        block = np.zeros((len(texts), table.shape[1]), np.int32)
        for place in range(int(lengths[texts[0]])):
            active = int(np.searchsorted(-lengths[texts], -place, side="left"))
            block[:active] += table[units.rows[units.offsets[texts[:active]] + place]]
        sums[texts] = block
    return sums


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors; zeros stay zeros."""
    unit: NDArray[np.float64] = vectors / np.maximum(np.sqrt((vectors * vectors).sum(axis=1, keepdims=True)), 1e-12)
    return unit


class Student:
    """Encodes Chinese texts, with Latin words and numbers in them, into the English encoder's space.

    Args:
        tensors: The arrays of `TENSORS`.
        fingerprint: Tells this student from every other.
    """

    def __init__(self, tensors: Mapping[str, NDArray[Any]], fingerprint: str) -> None:
        self.segmenter = Segmenter(tensors["keys"], tensors["costs"], tensors["folding"])
        self.fingerprint = fingerprint
        self._rows = unpack(tensors["rows"], tensors["multipliers"])
        self._scales = tensors["scales"].astype(np.float64)
        self._projection, self._inner, self._inner_bias, self._outer = (
            tensors[name].astype(np.float32) for name in ("projection", "inner", "inner_bias", "outer")
        )
        self._hidden_per_step, self._direct_step, self._outer_step = map(float, tensors["steps"])

    @classmethod
    def load(cls, folder: Path | None = None) -> Student:
        """Read a trained student.

        Args:
            folder: Folder written by `python -m index.training`; None for the one that comes with the project.

        Raises:
            UserError: If the folder holds no student, or one of another format.
        """
        from safetensors import SafetensorError, safe_open

        path = (folder or FOLDER) / WEIGHTS_FILE
        remedy = "Train one with `python -m index.training`, or give the folder of a trained one."
        if not path.is_file():
            raise UserError(f"There is no Chinese encoder at {path}.", remedy)
        try:
            with safe_open(path, framework="numpy") as file:
                metadata = file.metadata() or {}
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
        except (SafetensorError, OSError) as error:
            raise UserError(f"The Chinese encoder at {path} cannot be read: {error}.", remedy) from error
        if metadata.get("format") != FORMAT or set(tensors) != set(TENSORS):
            raise UserError(f"The Chinese encoder at {path} has another format than {FORMAT}.", remedy)
        return cls(tensors, metadata["fingerprint"])

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._projection.shape[1])

    @property
    def rows(self) -> int:
        """Entries of the vocabulary."""
        return len(self._rows)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Returns:
            Shape (texts, dimension): unit vectors; zeros for a text without any unit of the vocabulary.
        """
        sums = _sums(self._rows, self.segmenter.segment(texts))
        vectors = np.zeros((len(sums), self.dimension), np.float32)
        for start in range(0, len(sums), _TEXTS):
            block = slice(start, start + _TEXTS)
            vectors[block] = self._vectors(sums[block]) * sums[block].any(axis=1, keepdims=True)
        return vectors

    def _vectors(self, sums: NDArray[np.int32]) -> NDArray[np.float64]:
        """Unit vectors of some texts, by the sums of their rows."""
        pooled = np.rint(_unit(sums * self._scales) * INPUT_STEPS).astype(np.float32)
        hidden = pooled @ self._inner
        hidden += self._inner_bias
        np.maximum(hidden, 0, out=hidden)
        hidden *= self._hidden_per_step
        np.rint(hidden, out=hidden)
        np.minimum(hidden, HIDDEN_STEPS, out=hidden)
        direct = (pooled @ self._projection).astype(np.float64) * self._direct_step
        return _unit(direct + (hidden @ self._outer).astype(np.float64) * self._outer_step)
