"""The reader's numbers as they are kept, and its ONNX graph, written once from them, with neither torch nor a download.

Kept are the six layers, matrices by 8-bit numbers with a scale an output, and what they are read by. The vectors of
word pieces are those of the bundled encoder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.onnx_export import cache_folder, encoder_tensors, identity, model_folder, written_once
from index.onnx_graph import Graph, Precision, read_tokens, rounded

FILE: Final = Path(__file__).with_name("reader") / "reader.safetensors"
POSITIONS: Final = 256
"""At most so many tokens are read at once."""
HEADS: Final = ("spans", "answers")
"""Linear layers over a token's state: what is told of each word piece, and of the first mark about the sentence."""
_VERSION: Final = "1"
"""Of the graph."""
_WORDS: Final = "embeddings.word_embeddings.weight"
_SCALES: Final = ".scales"


def packed(tensors: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
    """The numbers to keep of a reader, by the names that transformers gives them, and those of its heads."""
    kept: dict[str, NDArray[Any]] = {}
    for name, values in tensors.items():
        if name == _WORDS:
            continue
        if name.startswith("encoder.") and values.ndim == 2:
            kept[name], kept[name + _SCALES] = rounded(values)
        elif values.ndim == 2 and name.startswith("embeddings."):
            kept[name] = values[:POSITIONS].astype(np.float16)
        else:
            kept[name] = values.astype(np.float32)
    return kept


def unpacked(file: Path) -> dict[str, NDArray[np.float32]]:
    """The numbers of a kept reader, in float32, with the encoder's vectors of word pieces."""
    from safetensors.numpy import load_file

    kept = load_file(str(file))
    tensors = {_WORDS: encoder_tensors(model_folder() / "model.safetensors")[_WORDS]}
    for name, values in kept.items():
        if not name.endswith(_SCALES):
            scales = kept.get(name + _SCALES)
            full = values.astype(np.float32)
            tensors[name] = full if scales is None else full * scales[:, None]
    return tensors


def exported_reader(precision: Precision = "int8", file: Path = FILE, cache: Path | None = None) -> Path:
    """The ONNX file, written by the first call (about two seconds) and found by all later ones.

    Args:
        precision: Of the products.
        file: A kept reader.
        cache: Folder for the graph; by default the user's cache folder.

    Raises:
        UserError: The package with the encoder is missing, or the folder can't be written.
    """
    place = (cache or cache_folder()) / f"reader-{precision}-{identity(file, _VERSION)}.onnx"
    return written_once(place, lambda: build_reader(unpacked(file), precision))


def build_reader(tensors: Mapping[str, NDArray[np.float32]], precision: Precision) -> bytes:
    """The ONNX model: `input_ids` and `token_type_ids`, int64 (n, tokens) -> what the two heads say.

    `spans` is float32 (n, tokens, 3), `answers` float32 (n, tokens, 1), of which only the first token's counts.
    """
    graph = Graph(tensors, precision)
    hidden = read_tokens(graph, typed=True)
    outputs: dict[str, list[str | int]] = {}
    for head in HEADS:
        matrix, bias = graph.linear(head)
        graph.plus(graph.multiply_in_full(hidden, matrix, f"{head}.product"), bias, head)
        outputs[head] = ["texts", "tokens", len(bias)]
    axes = ["texts", "tokens"]
    return graph.model("reader", {"input_ids": axes, "token_type_ids": axes}, outputs)
