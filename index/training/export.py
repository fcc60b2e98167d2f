"""Writes a trained table as the folder that `index.student` reads."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.student import VOCABULARY_FILE, WEIGHTS_FILE, unit_keys

STEPS = 127
"""Largest whole number of a row of the table."""
COVERED = 0.99995
"""Share of all entries that the scales must hold; the few larger ones are clipped."""


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers and one scale per dimension, so that rows can be added up before they are scaled.

    Args:
        table: Shape (rows, dimension).
    """
    scales = (np.quantile(np.abs(table), COVERED, axis=0) / STEPS).astype(np.float32)
    scales = np.maximum(scales, np.finfo(np.float32).tiny)
    return np.clip(np.rint(table / scales), -STEPS, STEPS).astype(np.int8), scales


def export(folder: Path, units: Sequence[str], table: NDArray[np.float32], folding: NDArray[np.uint16]) -> str:
    """Write weights and vocabulary.

    Args:
        folder: Made if missing.
        units: Entries of the vocabulary, in the order of the table's rows.
        table: Shape (units, dimension).
        folding: See `index.student.Segmenter`.

    Returns:
        The fingerprint of the student.
    """
    from safetensors.numpy import save_file

    keys = unit_keys(units)
    order = np.argsort(keys)
    rows, scales = quantise(table)
    tensors: dict[str, NDArray[Any]] = {"keys": keys[order], "rows": rows[order], "scales": scales, "folding": folding}
    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(name.encode() + tensors[name].tobytes())
    fingerprint = digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()},
        folder / WEIGHTS_FILE,
        {"format": "1", "fingerprint": fingerprint},
    )
    (folder / VOCABULARY_FILE).write_text("\n".join(units[row] for row in order) + "\n", encoding="utf-8")
    return fingerprint
