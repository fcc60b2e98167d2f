"""BERT (Devlin et al., 2019) with the six layers of all-MiniLM-L6-v2 as nodes of an ONNX graph.

Its readers are the encoder (`onnx_export`) and the reader of questions with sentences (`reader_export`). The operators
of the domain `com.microsoft` are onnxruntime's fused ones. "int8" rounds weights to 8 bits by output and inputs by
text; only the `LOUD` inputs, far larger than all others, which would take their bits, are multiplied as they are
(Dettmers et al., LLM.int8(), 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Precision = Literal["int8", "float32"]
DIMENSION = 384
LOUD: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((99, 63), (856, 329)),
    ((99, 63), (607, 26)),
    ((99, 223), (1004, 218)),
    ((99, 223), (358, 318)),
    ((99, 223), (192, 1257)),
    ((223, 99), (486, 1300)),
)
"""For each layer the inputs of its wide and of its narrow matrix that come out largest by far, whatever the text: up to
30 and 24, where half of all inputs never leave 1.5 (largest values by input over a few hundred sentences)."""
LAYERS = 6
FUSED = "com.microsoft"
_HEADS = 12
_FLOAT = 1
"""onnx's number of float32."""


class Linear(NamedTuple):
    """A linear layer, as torch keeps it."""

    matrix: NDArray[np.float32]
    """(outputs, inputs)"""
    bias: NDArray[np.float32]
    """(outputs,)"""


class Graph:
    """Nodes and constants as they are added; every node with one output bears its name.

    Args:
        tensors: Float32, by the names that transformers gives them.
        precision: Of the products.
    """

    def __init__(self, tensors: Mapping[str, NDArray[np.float32]], precision: Precision) -> None:
        self.tensors = tensors
        self.precision = precision
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []

    def constant(self, name: str, array: NDArray[Any]) -> str:
        """Numbers that never change."""
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def weight(self, name: str) -> str:
        """A tensor as it is."""
        return self.constant(name, self.tensors[name])

    def linear(self, name: str) -> Linear:
        """What is multiplied with and added, as torch keeps it."""
        return Linear(self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"])

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401
        """A node with one output, which is returned."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def multiply(self, inputs: str, matrix: NDArray[np.float32], bias: NDArray[np.float32], name: str) -> str:
        """`inputs` times a transposed matrix of shape (outputs, inputs), as torch keeps it, plus `bias`."""
        if self.precision == "float32":
            return self.plus(self.multiply_in_full(inputs, matrix, f"{name}.product"), bias, name)
        numbers, scales = rounded(matrix)
        parts = [self.constant(f"{name}.weight", numbers.T), self.constant(f"{name}.scales", scales)]
        parts += ["", self.constant(f"{name}.bias", bias)]
        return self.node("DynamicQuantizeMatMul", [inputs, *parts], name, FUSED)

    def multiply_in_full(self, inputs: str, matrix: NDArray[np.float32], name: str) -> str:
        """The same without bias, in float32."""
        return self.node("MatMul", [inputs, self.constant(f"{name}.weight", matrix.T)], name)

    def plus(self, inputs: str, bias: NDArray[np.float32], name: str) -> str:
        """`inputs` and the same numbers for every token."""
        return self.node("Add", [inputs, self.constant(f"{name}.bias", bias)], name)

    def gelu(self, inputs: str, name: str) -> str:
        """The activation function, as exact as the error function is."""
        return self.node("Gelu", [inputs], name, FUSED)

    def model(self, name: str, inputs: Mapping[str, list[str]], outputs: Mapping[str, list[str | int]]) -> bytes:
        """The whole, with whole numbers as inputs and float32 as outputs, each by its name with its axes."""
        from onnx import TensorProto, helper

        made = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(each, TensorProto.INT64, axes) for each, axes in inputs.items()],
            [helper.make_tensor_value_info(each, TensorProto.FLOAT, axes) for each, axes in outputs.items()],
            self.initializers,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        return bytes(helper.make_model(made, opset_imports=opsets, ir_version=8).SerializeToString())

    def attend(self, inputs: str, prefix: str, name: str) -> str:
        """Self-attention of all heads, up to but without its output matrix."""
        from onnx import helper

        parts = [f"{prefix}.{part}" for part in ("query", "key", "value")]
        matrix, bias = (np.concatenate(tensors) for tensors in zip(*map(self.linear, parts), strict=True))
        joint = self.multiply(inputs, matrix, bias, f"{prefix}.joint")
        self.nodes.append(helper.make_node("Split", [joint], parts, name=f"{prefix}.split", axis=-1))
        return self.node("MultiHeadAttention", parts, name, FUSED, num_heads=_HEADS)

    def add_and_norm(self, inputs: str, residual: str, block: str, name: str) -> str:
        """Residual and layer normalisation; onnxruntime's fused operator for these takes five times as long."""
        return self.norm(self.node("Add", [inputs, residual], f"{name}.added"), block, name)

    def norm(self, inputs: str, block: str, name: str) -> str:
        """Layer normalisation over the numbers of a token."""
        parts = [self.weight(f"{block}.LayerNorm.weight"), self.weight(f"{block}.LayerNorm.bias")]
        return self.node("LayerNormalization", [inputs, *parts], name, axis=-1, epsilon=1e-12)


def rounded(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """8-bit numbers, shape (outputs, inputs), and their scales, one an output: symmetric."""
    scales = np.maximum(np.abs(matrix).max(axis=1) / 127, 1e-12)
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def read_tokens(graph: Graph, typed: bool = False) -> str:
    """From `input_ids` to the last layer's states, (texts, tokens, 384).

    Args:
        graph: With all tensors.
        typed: Whether the graph has `token_type_ids` as well, which tell two texts apart; else all is one text. Vectors
            of word pieces are then kept in 16 bits, for this is a second graph beside the encoder's.
    """
    hidden = _embeddings(graph, typed)
    for layer in range(LAYERS):
        hidden = _layer(graph, hidden, layer)
    return hidden


def _embeddings(graph: Graph, typed: bool) -> str:
    positions = graph.tensors["embeddings.position_embeddings.weight"]
    types = graph.tensors["embeddings.token_type_embeddings.weight"]
    if not typed:
        positions = positions + types[0]
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        graph.constant(name, np.array([value], dtype=np.int64))
    vectors = graph.tensors["embeddings.word_embeddings.weight"]
    if typed:
        halved = graph.node("Gather", [graph.constant("pieces", vectors.astype(np.float16)), "input_ids"], "halved")
        kinds = graph.node("Gather", [graph.constant("types", types), "token_type_ids"], "kinds")
        words = graph.node("Add", [graph.node("Cast", [halved], "full", to=_FLOAT), kinds], "words")
    else:
        words = graph.node("Gather", [graph.constant("pieces", vectors), "input_ids"], "words")
    shape = graph.node("Shape", ["input_ids"], "shape")
    length = graph.node("Slice", [shape, "one", "two"], "length")
    placed = graph.node("Slice", [graph.constant("positions", positions), "zero", length, "zero"], "placed")
    return graph.norm(graph.node("Add", [words, placed], "words_placed"), "embeddings", "embedded")


def _layer(graph: Graph, hidden: str, layer: int) -> str:
    prefix = f"encoder.layer.{layer}."
    output = f"{prefix}attention.output"
    attention = graph.attend(hidden, f"{prefix}attention.self", f"{prefix}attention")
    mixed = graph.multiply(attention, *graph.linear(f"{output}.dense"), output)
    attended = graph.add_and_norm(mixed, hidden, output, f"{prefix}attended")
    wide, narrow = graph.linear(f"{prefix}intermediate.dense"), graph.linear(f"{prefix}output.dense")
    if graph.precision == "float32":
        curved = graph.gelu(graph.multiply(attended, *wide, f"{prefix}wide"), f"{prefix}curved")
        spread = graph.multiply(curved, *narrow, f"{prefix}narrow")
    else:
        spread = _spread_rounded(graph, attended, wide, narrow, layer)
    return graph.add_and_norm(spread, attended, f"{prefix}output", f"{prefix}hidden")


def _spread_rounded(graph: Graph, inputs: str, wide: Linear, narrow: Linear, layer: int) -> str:
    """Wide matrix, activation function, narrow matrix: rounded, but for the loud inputs of both.

    What the narrow matrix would get as a loud input is computed apart from the start, so that the wide matrix makes it
    zero and nothing need be taken out of its many outputs.
    """
    prefix, (into_wide, into_narrow) = f"layer.{layer}.", (list(loud) for loud in LOUD[layer])
    few = graph.multiply_in_full(inputs, wide.matrix[into_narrow], f"{prefix}few")
    few = graph.gelu(graph.plus(few, wide.bias[into_narrow], f"{prefix}few.moved"), f"{prefix}few.curved")
    few = graph.multiply_in_full(few, narrow.matrix[:, into_narrow], f"{prefix}few.narrow")
    others = _zeros_at(wide.matrix.shape[0], into_narrow)
    matrix, bias, quiet = wide.matrix * others[:, None], wide.bias * others, _zeros_at(wide.matrix.shape[1], into_wide)
    places = graph.constant(f"{prefix}loud", np.array(into_wide, dtype=np.int64))
    loud = graph.node("Gather", [inputs, places], f"{prefix}loud.inputs", axis=-1)
    loud = graph.multiply_in_full(loud, matrix[:, into_wide], f"{prefix}loud.wide")
    rest = graph.node("Mul", [inputs, graph.constant(f"{prefix}quiet", quiet)], f"{prefix}rest")
    rest = graph.multiply(rest, matrix * quiet, bias, f"{prefix}rest.wide")
    curved = graph.gelu(graph.node("Add", [rest, loud], f"{prefix}wide"), f"{prefix}curved")
    many = graph.multiply(curved, narrow.matrix * others, narrow.bias, f"{prefix}many.narrow")
    return graph.node("Add", [many, few], f"{prefix}narrow")


def _zeros_at(size: int, places: list[int]) -> NDArray[np.float32]:
    """Ones, shape (size,), but zeros at some places."""
    ones = np.ones(size, dtype=np.float32)
    ones[places] = 0
    return ones
