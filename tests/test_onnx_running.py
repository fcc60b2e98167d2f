"""8-bit products are the same on every processor."""

import numpy as np
import pytest

from index.onnx_graph import Graph
from index.onnx_running import open_session


@pytest.mark.parametrize("sign", [1, -1])
def test_sums_of_8_bit_products_do_not_saturate(tmp_path, sign):
    graph = Graph({}, "int8")
    floats = graph.node("Cast", ["numbers"], "floats", to=1)
    graph.multiply(floats, np.full((4, 64), sign, np.float32), np.zeros(4, np.float32), "product")
    file = tmp_path / "product.onnx"
    file.write_bytes(graph.model("product", {"numbers": ["rows", 64]}, {"product": ["rows", 4]}))
    (found,) = open_session(file).run(["product"], {"numbers": np.full((3, 64), 255, np.int64)})
    np.testing.assert_allclose(found, np.full((3, 4), sign * 255 * 64), rtol=1e-5)
