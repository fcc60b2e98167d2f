"""Boosted regression trees read from a plain file: a few lines of arrays, so that no learning library is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


class BoostedTrees:
    """A sum of trees over named features.

    Args:
        model: `features` (names, in the order of the columns), `base` (added to every sum) and `trees`, each with the
            lists `feature` (column, -1 in a leaf), `threshold`, `left`, `right` (positions in the lists) and `value`
            (of leaves). A row goes left where its feature is at most the threshold.
    """

    def __init__(self, model: Mapping[str, Any]) -> None:
        self.features: tuple[str, ...] = tuple(model["features"])
        self._base = float(model["base"])
        trees = model["trees"]
        size = max((len(tree["feature"]) for tree in trees), default=1)
        feature = _stack([tree["feature"] for tree in trees], size, -1).astype(np.intp)
        left = _stack([tree["left"] for tree in trees], size, 0).astype(np.intp)
        right = _stack([tree["right"] for tree in trees], size, 0).astype(np.intp)
        self._depth = _depth(feature, left, right)
        self._threshold = _stack([tree["threshold"] for tree in trees], size, 0.0).ravel()
        self._value = _stack([tree["value"] for tree in trees], size, 0.0).ravel()
        self._settle(feature, left, right)

    def _settle(self, feature: Places, left: Places, right: Places) -> None:
        """One flat table of nodes; leaves point at themselves, so that every row takes the same number of steps."""
        count, size = feature.shape
        offsets = (np.arange(count) * size)[:, None]
        own = np.arange(size)[None, :] + offsets
        leaf = feature < 0
        ways = [np.where(leaf, own, way + offsets) for way in (right, left)]
        self._ways = np.stack(ways, axis=-1).ravel()
        self._feature = np.where(leaf, 0, feature).ravel()
        self._roots = offsets.ravel()

    def score(self, rows: Floats, trees: int | None = None) -> Floats:
        """The sum of the trees for each row: log-odds, float64 (n,).

        Args:
            rows: float (n, features), columns in the order of `features`.
            trees: Only so many of the first trees; default: all.
        """
        roots, cells = self._roots[:trees], rows.ravel()
        nodes = np.tile(roots, len(rows))
        starts = np.repeat(np.arange(len(rows)) * rows.shape[1], len(roots))
        for _ in range(self._depth):
            below = cells.take(self._feature.take(nodes) + starts) <= self._threshold.take(nodes)
            nodes = self._ways.take(2 * nodes + below)
        total: Floats = self._base + self._value.take(nodes).reshape(len(rows), len(roots)).sum(axis=1)
        return total

    def score_best(self, rows: Floats, kept: int, trees: int) -> Floats:
        """As `score` for the rows that the first trees find best; -30 for the others, which saves most of the time.

        Args:
            rows: As for `score`.
            kept: Number of rows that get their full score.
            trees: Number of the first trees.
        """
        if len(rows) <= kept:
            return self.score(rows)
        best = np.argsort(-self.score(rows, trees), kind="stable")[:kept]
        total: Floats = np.full(len(rows), -30.0)
        total[best] = self.score(rows[best])
        return total


def scaled_odds(chance: float, factor: float) -> float:
    """A chance in [0, 1] after its odds were multiplied."""
    odds = factor * chance / max(1e-9, 1 - chance)
    return odds / (1 + odds)


def probability(log_odds: Floats) -> Floats:
    """Log-odds as probabilities in (0, 1)."""
    result: Floats = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30)))
    return result


def _stack(rows: list[list[float]], size: int, filler: float) -> Floats:
    table = np.full((len(rows), size), float(filler))
    for position, row in enumerate(rows):
        table[position, : len(row)] = row
    return table


def _depth(feature: Places, left: Places, right: Places) -> int:
    """Number of steps from the roots to the farthest leaf."""
    deepest = 0
    for tree in range(len(feature)):
        level = [0]
        depth = 0
        while level := [child[tree, node] for node in level if feature[tree, node] >= 0 for child in (left, right)]:
            depth += 1
        deepest = max(deepest, depth)
    return deepest
