"""Writes a trained model as the folder that `index.student` reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.student import FORMAT, HIDDEN_STEPS, INPUT_STEPS, LEVELS, MOST, VOCABULARY_FILE, WEIGHTS_FILE
from index.training.vocabulary import Vocabulary
from index.units import unit_keys

COVERED = 0.99995
"""Share of the table's entries that its scales must hold; the few larger ones are clipped."""
CLIPPED_AT = 2.6
"""Standard deviations of a row that its 15 levels reach; near the best for numbers spread like a bell."""
INNER_STEPS = 1_000
OUTER_STEPS = 127

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """The numbers of a trained model."""

    table: Floats
    """Shape (rows, width)."""
    projection: Floats
    """Shape (width, dimension)."""
    inner: Floats
    """Shape (width, hidden)."""
    inner_bias: Floats
    """Shape (hidden,)."""
    outer: Floats
    """Shape (hidden, dimension)."""


def _whole(numbers: Floats, steps: int, kind: type[np.signedinteger[Any]]) -> tuple[NDArray[Any], float]:
    """Whole numbers of at most `steps`, and what one step is worth."""
    step = max(float(np.abs(numbers).max()) / steps, 1e-30)
    return np.rint(numbers / step).astype(kind), step


def pack(table: Floats) -> tuple[NDArray[np.uint8], NDArray[np.uint8], Floats]:
    """Four bits a number, a whole multiplier a row and a scale a dimension; see `index.student.unpack`.

    Args:
        table: Shape (rows, width), width even.
    """
    reach = np.quantile(np.abs(table), COVERED, axis=0) / (LEVELS * MOST)
    scales: Floats = np.maximum(reach, np.finfo(np.float32).tiny).astype(np.float32)
    scaled = table / scales
    spread = np.sqrt((scaled * scaled).mean(axis=1))
    multipliers = np.clip(np.rint(spread * (CLIPPED_AT / LEVELS)), 1, MOST)
    levels = np.clip(np.rint(scaled / multipliers[:, None]), -LEVELS, LEVELS).astype(np.int8) + LEVELS
    packed = (levels[:, 0::2] + 16 * levels[:, 1::2].astype(np.uint8)).astype(np.uint8)
    return packed, multipliers.astype(np.uint8), scales


def quantise(network: Network, hidden_peak: float) -> dict[str, NDArray[Any]]:
    """The tensors of `index.student.TENSORS` that hold numbers of the network.

    Args:
        network: The trained numbers.
        hidden_peak: Largest value of a hidden unit that is to be told apart.
    """
    packed, multipliers, scales = pack(network.table)
    projection, projection_step = _whole(network.projection, INNER_STEPS, np.int16)
    inner, inner_step = _whole(network.inner, INNER_STEPS, np.int16)
    outer, outer_step = _whole(network.outer, OUTER_STEPS, np.int8)
    hidden_step = max(hidden_peak, 1e-12) / HIDDEN_STEPS
    steps = [inner_step / INPUT_STEPS / hidden_step, projection_step / INPUT_STEPS, outer_step * hidden_step]
    return {
        "rows": packed,
        "multipliers": multipliers,
        "scales": scales,
        "projection": projection,
        "inner": inner,
        "inner_bias": np.rint(network.inner_bias / inner_step * INPUT_STEPS).astype(np.int32),
        "outer": outer,
        "steps": np.array(steps, np.float64),
    }


def export(folder: Path, vocabulary: Vocabulary, network: Network, hidden_peak: float) -> str:
    """Write weights and vocabulary.

    Args:
        folder: Made if missing.
        vocabulary: Entries in the order of the table's rows.
        network: The trained numbers.
        hidden_peak: See `quantise`.

    Returns:
        The fingerprint of the student.
    """
    from safetensors.numpy import save_file

    tensors = quantise(network, hidden_peak) | {
        "keys": unit_keys(vocabulary.units),
        "costs": vocabulary.costs,
        "folding": vocabulary.folding,
    }
    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(name.encode() + np.ascontiguousarray(tensors[name]).tobytes())
    fingerprint = digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    contiguous = {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}
    save_file(contiguous, folder / WEIGHTS_FILE, {"format": FORMAT, "fingerprint": fingerprint})
    (folder / VOCABULARY_FILE).write_text("\n".join(vocabulary.units) + "\n", encoding="utf-8")
    return fingerprint
