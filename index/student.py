"""The static student: Chinese text to a vector in the English encoder's space, by table look-up alone.

A text is cut into the units of a vocabulary (words, characters, numbers, Latin words and pieces of them), the rows of
its units are added up, and the sum is made a unit vector. Adding is done in whole numbers, so that the same text has
the same vector on every machine; nothing but numpy is needed. How the rows were learned: `index/training`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError

WEIGHTS_FILE: Final = "student.safetensors"
VOCABULARY_FILE: Final = "vocabulary.txt"
LONGEST_UNIT: Final = 8
"""Characters of the longest Chinese word, and of the longest piece of an unknown Latin word or number."""
PIECE_MARK: Final = "#"
"""Opens a vocabulary entry that is a piece of a Latin word or of a number and not the whole of it."""

_FORMAT: Final = "1"
_BLANK: Final = 0x20
_HAN_FROM: Final = 0x2E80
_BLOCK: Final = 256
_NONE, _HAN, _LETTERS, _DIGITS = range(4)
_BASE: Final = 0x9E3779B97F4A7C15
_BASE_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_MIXER: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)
_SALT_HAN, _SALT_WHOLE, _SALT_PIECE = np.array([1, 2, 3], np.uint64) * np.uint64(0x1234567) * _MIXER
_FILTER_SHIFT: Final = np.uint64(44)

Integers = NDArray[np.int64]
Keys = NDArray[np.uint64]


def _mix(numbers: Keys) -> Keys:
    """Spread the bits of polynomial hashes, so that their upper bits tell them apart."""
    numbers = (numbers ^ (numbers >> _HALF)) * _MIXER
    return numbers ^ (numbers >> _HALF)


class _Hashes:
    """Hashes of all substrings of one text, each in constant time.

    With character codes c and base p, `key(i, j)` is the sum of (c[k] + 1) * p ** (k - i) for i <= k < j, modulo
    2 ** 64, mixed: a difference of two prefix sums, shifted back by the inverse of p.
    """

    def __init__(self, codes: NDArray[np.uint16]) -> None:
        size = len(codes) + 1
        powers = np.cumprod(np.full(size, _BASE, np.uint64))
        self._shifts = np.cumprod(np.full(size, _BASE_INVERSE, np.uint64))
        self._sums = np.zeros(size, np.uint64)
        np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers[:-1], out=self._sums[1:])

    def key(self, start: Integers, end: Integers, salt: Keys | np.uint64) -> Keys:
        """Keys of the substrings [start, end)."""
        keys: Keys = (self._sums[end] - self._sums[start]) * self._shifts[start] + salt
        return _mix(keys)


def unit_keys(units: Sequence[str]) -> Keys:
    """Keys of vocabulary entries, in their order; entries are folded text, pieces open with `PIECE_MARK`."""
    keys = np.zeros(len(units), np.uint64)
    for number, unit in enumerate(units):
        piece = len(unit) > 1 and unit[0] == PIECE_MARK
        codes = np.array([ord(character) for character in unit[piece:]], np.uint16)
        salt = _SALT_HAN if codes[0] >= _HAN_FROM else _SALT_PIECE if piece else _SALT_WHOLE
        whole = np.array([0]), np.array([len(codes)])
        keys[number] = _Hashes(codes).key(*whole, salt)[0]
    return keys


def _character_kinds(codes: NDArray[np.uint16]) -> NDArray[np.int8]:
    letters = np.where(codes < _HAN_FROM, _LETTERS, _HAN)
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    return np.where(codes == _BLANK, _NONE, np.where(digits, _DIGITS, letters)).astype(np.int8)


@dataclass(frozen=True, slots=True)
class Units:
    """Units found in several texts."""

    rows: NDArray[np.int32]
    """Row of each unit in the vocabulary, in reading order."""
    offsets: Integers
    """Shape (texts + 1,): the units of text i are rows[offsets[i]:offsets[i + 1]]."""


class Segmenter:
    """Cuts texts into the units of a vocabulary, all texts at once.

    In a run of Chinese characters, every longest match counts that does not lie inside another one; so matches may
    overlap, and what no word covers is read by characters. A Latin word or a number counts as a whole where the
    vocabulary has it, otherwise its pieces are found in the same way.

    Args:
        keys: Ascending keys of the vocabulary entries (`unit_keys`); the row of an entry is its place here.
        folding: Shape (65536,): the character that stands for each character; a blank where it counts for nothing.
            Folds width, case, accents and Traditional characters.
    """

    def __init__(self, keys: Keys, folding: NDArray[np.uint16]) -> None:
        self._keys = keys
        self._folding = folding
        self._filter = np.zeros(1 << 20, np.bool_)
        self._filter[keys >> _FILTER_SHIFT] = True

    def fold(self, texts: Sequence[str]) -> tuple[NDArray[np.uint16], Integers]:
        """Folded characters of all texts, one blank after each, and the places of those blanks."""
        raw = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "replace"), np.uint32)
        ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64) - 1
        codes = self._folding[np.where(raw < len(self._folding), raw, _BLANK)]
        codes[ends] = _BLANK
        return codes, ends

    def segment(self, texts: Sequence[str]) -> Units:
        """Find the units of texts, which may be empty."""
        if not texts:
            return Units(np.zeros(0, np.int32), np.zeros(1, np.int64))
        codes, ends = self.fold(texts)
        hashes = _Hashes(codes)
        kinds = _character_kinds(codes)
        edges = np.flatnonzero(np.diff(kinds)) + 1
        starts, stops = np.append(0, edges), np.append(edges, len(codes))
        wanted = kinds[starts] != _NONE
        starts, stops = starts[wanted], stops[wanted]
        whole = self._whole_words(hashes, kinds, starts, stops)
        known = whole >= 0
        salts = np.where(kinds[starts[~known]] == _HAN, _SALT_HAN, _SALT_PIECE)
        places, rows = self._matches(hashes, starts[~known], stops[~known], salts)
        places, rows = np.concatenate([starts[known], places]), np.concatenate([whole[known], rows])
        order = np.argsort(places, kind="stable")
        offsets = np.searchsorted(places[order], np.append(0, ends)).astype(np.int64)
        return Units(rows[order], offsets)

    def _find(self, keys: Keys) -> NDArray[np.int32]:
        """Rows of keys, -1 where the vocabulary has none."""
        rows = np.full(len(keys), -1, np.int32)
        likely = np.flatnonzero(self._filter[keys >> _FILTER_SHIFT])
        found = np.minimum(np.searchsorted(self._keys, keys[likely]), len(self._keys) - 1)
        exact = self._keys[found] == keys[likely]
        rows[likely[exact]] = found[exact]
        return rows

    def _whole_words(
        self, hashes: _Hashes, kinds: NDArray[np.int8], starts: Integers, stops: Integers
    ) -> NDArray[np.int32]:
        rows = np.full(len(starts), -1, np.int32)
        latin = np.flatnonzero(kinds[starts] != _HAN)
        rows[latin] = self._find(hashes.key(starts[latin], stops[latin], _SALT_WHOLE))
        return rows

    def _matches(
        self, hashes: _Hashes, starts: Integers, stops: Integers, salts: Keys
    ) -> tuple[Integers, NDArray[np.int32]]:
        """Places and rows of the longest matches in the runs [start, stop) that lie in no other match."""
        lengths = stops - starts
        run = np.repeat(np.arange(len(starts)), lengths)
        place = np.arange(len(run)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + starts[run]
        stop, salt = stops[run], salts[run]
        longest = np.zeros(len(run), np.int64)
        rows = np.full(len(run), -1, np.int32)
        for length in range(1, LONGEST_UNIT + 1):
            fits = np.flatnonzero(place + length <= stop)
            found = self._find(hashes.key(place[fits], place[fits] + length, salt[fits]))
            hits = fits[found >= 0]
            longest[hits], rows[hits] = length, found[found >= 0]
        reach = np.maximum.accumulate(place + longest) if len(run) else place
        covered = np.append(0, reach[:-1]) if len(run) else reach
        kept = (longest > 0) & (place + longest > covered)
        return place[kept], rows[kept]


def _sums(table: NDArray[np.int8], units: Units) -> NDArray[np.int32]:
    """Sum of the rows of each text, in whole numbers: shape (texts, dimension)."""
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


class Student:
    """Encodes Chinese texts, with Latin words and numbers in them, into the English encoder's space.

    Args:
        keys: Shape (rows,): ascending keys of the vocabulary entries.
        rows: Shape (rows, dimension): the table.
        scales: Shape (dimension,): what one step of the table is worth in each dimension.
        folding: Shape (65536,): see `Segmenter`.
        fingerprint: Tells this table from every other.
    """

    def __init__(
        self,
        keys: Keys,
        rows: NDArray[np.int8],
        scales: NDArray[np.float32],
        folding: NDArray[np.uint16],
        fingerprint: str,
    ) -> None:
        self.segmenter = Segmenter(keys, folding)
        self.fingerprint = fingerprint
        self._rows = rows
        self._scales = scales.astype(np.float64)

    @classmethod
    def load(cls, folder: Path | None = None) -> Student:
        """Read a trained student.

        Args:
            folder: Folder written by `python -m index.training`; None for the one that comes with the project.

        Raises:
            UserError: If the folder holds no student, or one of another format.
        """
        from safetensors import SafetensorError, safe_open

        path = (folder or Path(__file__).with_name("student")) / WEIGHTS_FILE
        remedy = "Train one with `python -m index.training`, or give the folder of a trained one."
        if not path.is_file():
            raise UserError(f"There is no Chinese encoder at {path}.", remedy)
        try:
            with safe_open(path, framework="numpy") as file:
                metadata = file.metadata() or {}
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
        except (SafetensorError, OSError) as error:
            raise UserError(f"The Chinese encoder at {path} cannot be read: {error}.", remedy) from error
        if metadata.get("format") != _FORMAT:
            raise UserError(f"The Chinese encoder at {path} has format {metadata.get('format')!r}.", remedy)
        return cls(tensors["keys"], tensors["rows"], tensors["scales"], tensors["folding"], metadata["fingerprint"])

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._rows.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Returns:
            Shape (texts, dimension): unit vectors; zeros for a text without any unit of the vocabulary.
        """
        sums = _sums(self._rows, self.segmenter.segment(texts)) * self._scales
        lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        vectors: NDArray[np.float32] = (sums / np.maximum(lengths, 1e-12)).astype(np.float32)
        return vectors
