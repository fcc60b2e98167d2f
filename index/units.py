"""Cutting Chinese texts into the units of a vocabulary: words, characters, numbers, Latin words and pieces of them.

All texts of a call are cut at once by arithmetic on arrays, so that tens of thousands of sentences take a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LONGEST_UNIT: Final = 8
"""Characters of the longest Chinese word, and of the longest piece of an unknown Latin word or number."""
PIECE_MARK: Final = "#"
"""Opens a vocabulary entry that is a piece of a Latin word or of a number and not the whole of it."""

_BLANK: Final = 0x20
_HAN_FROM: Final = 0x2E80
_UNKNOWN: Final = 4_000
"""Cost of a character that is no unit."""
_IMPOSSIBLE: Final = 1_000_000
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
        return _mix(((self._sums[end] - self._sums[start]) * self._shifts[start] + salt).astype(np.uint64, copy=False))


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

    A run of Chinese characters is split where the units cost least in all; characters that the vocabulary has not are
    left out. A Latin word or a number counts as a whole where the vocabulary has it, otherwise it is split into pieces
    in the same way.

    Args:
        keys: Ascending keys of the vocabulary entries (`unit_keys`); the row of an entry is its place here.
        costs: What each entry costs: hundredths of the negative logarithm of its probability.
        folding: Shape (65536,): the character that stands for each character; a blank where it counts for nothing.
            Folds width, case, accents and Traditional characters.
    """

    def __init__(self, keys: Keys, costs: NDArray[np.int32], folding: NDArray[np.uint16]) -> None:
        self._keys = keys
        self._costs = costs
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
        places, rows = self._best_split(hashes, starts[~known], stops[~known], salts)
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

    def _best_split(
        self, hashes: _Hashes, starts: Integers, stops: Integers, salts: Keys
    ) -> tuple[Integers, NDArray[np.int32]]:
        """Places and rows of the cheapest split of each run [start, stop) (Viterbi, all runs in step)."""
        sizes = stops - starts
        firsts = np.cumsum(sizes + 1) - (sizes + 1)
        rows, costs = self._lattice(hashes, starts, stops, salts, firsts)
        best = np.zeros(len(rows), np.int8)
        rest = np.zeros(len(rows) + LONGEST_UNIT, np.int32)
        reach = np.arange(1, LONGEST_UNIT + 1)
        longest_first = np.argsort(-sizes, kind="stable")
        ordered = -sizes[longest_first]
        for step in range(int(sizes.max(initial=0)) - 1, -1, -1):
            cells = firsts[longest_first[: np.searchsorted(ordered, -step)]] + step
            totals = costs[cells] + rest[cells[:, None] + reach]
            best[cells] = totals.argmin(axis=1)
            rest[cells] = totals[np.arange(len(cells)), best[cells]]
        places, found = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
        cells, shifts, ends = firsts, starts - firsts, firsts + sizes
        while len(cells):
            lengths = best[cells].astype(np.int64)
            places.append(cells + shifts)
            found.append(rows[cells, lengths])
            cells = cells + lengths + 1
            inside = cells < ends
            cells, shifts, ends = cells[inside], shifts[inside], ends[inside]
        place, row = np.concatenate(places), np.concatenate(found)
        return place[row >= 0], row[row >= 0]

    def _lattice(
        self, hashes: _Hashes, starts: Integers, stops: Integers, salts: Keys, firsts: Integers
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Row and cost of the unit of each length that begins at each character.

        The cells of a run begin at its number in `firsts` and end with an empty one. Shape of both results:
        (cells, `LONGEST_UNIT`).
        """
        sizes = stops - starts
        run = np.repeat(np.arange(len(starts)), sizes)
        step = np.arange(len(run)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        place, cell, stop, salt = starts[run] + step, firsts[run] + step, stops[run], salts[run]
        shape = (int((sizes + 1).sum()), LONGEST_UNIT)
        rows, costs = np.full(shape, -1, np.int32), np.full(shape, _IMPOSSIBLE, np.int32)
        costs[:, 0] = _UNKNOWN
        for length in range(1, LONGEST_UNIT + 1):
            fits = np.flatnonzero(place + length <= stop)
            found = self._find(hashes.key(place[fits], place[fits] + length, salt[fits]))
            hits, units = cell[fits[found >= 0]], found[found >= 0]
            rows[hits, length - 1], costs[hits, length - 1] = units, self._costs[units]
        return rows, costs
