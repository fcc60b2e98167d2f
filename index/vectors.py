"""What every embedder gives: rows of unit length, checked before anything is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError

Vectors = NDArray[np.float32]
"""Shape (n, dimension), rows of unit length."""

_HELP = "Check that the model makes embeddings; see the settings with: yiju show-config"


def checked(given: Any, count: int, source: str, dimension: int | None = None) -> Vectors:  # noqa: ANN401 - foreign
    """Vectors as a model gave them, brought to unit length.

    Args:
        given: Rows of numbers.
        count: Texts that were encoded.
        source: Names the model in messages.
        dimension: Length that each must have; None for any.

    Raises:
        UserError: There are more or fewer than texts, they have no or another length, or hold no direction.
    """
    try:
        with np.errstate(over="ignore"):
            vectors = np.asarray(given, dtype=np.float32)
    except (TypeError, ValueError):
        raise UserError(f"{source} gave something else than vectors of one length.", _HELP) from None
    if vectors.ndim != 2 or len(vectors) != count or not vectors.shape[1]:
        raise UserError(f"{source} gave an array of shape {vectors.shape} for {count} texts.", _HELP)
    if dimension is not None and vectors.shape[1] != dimension:
        found = f"{source} gave vectors of {vectors.shape[1]} numbers instead of {dimension}."
        raise UserError(found, "Ask for another dimension in the settings, or leave it unset.")
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise UserError(f"{source} gave vectors that are not finite or have no direction.", _HELP)
    return np.asarray(vectors / lengths, dtype=np.float32)


def unit_rows(rows: Vectors) -> Vectors:
    """Rows brought to unit length; zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def readable(texts: Sequence[str]) -> list[str]:
    """Texts without lone surrogates, which no tokenizer and no endpoint takes."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
