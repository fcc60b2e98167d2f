"""How graphs are run: by onnxruntime, without torch.

Each text is computed by itself, so what comes out does not depend on its company, nothing is padded, and its numbers
stay in the cache (a third faster than 32 at a time); and by ONE thread, many texts by several, for threads that share a
text wait for each other: on a busy machine that made a query of 12 ms take 490 ms.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from index.onnx_export import cache_folder, written_once
from index.onnx_graph import Graph

_FEW = 4
_FACTORS = 64
"""Of each sum that tells whether sums saturate."""
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def open_session(file: Path) -> Any:  # noqa: ANN401
    """A graph ready to be run by any number of threads, each run by one.

    Sums of 8-bit products are exact on every processor: one whose sums saturate (x86 without VNNI) multiplies 16 bits
    instead, a sixth slower there. Others aren't asked to, for some do it at half their speed.
    """
    return _session(str(file), "1" if _saturates() else "0")


@cache
def _saturates() -> bool:
    """Whether this processor, left to itself, cuts off large sums of 8-bit products."""
    file = written_once(cache_folder() / "largest-products.onnx", _largest_products)
    (found,) = _session(str(file), "0").run(None, {"ids": np.full((1, _FACTORS), 255, np.int64)})
    return bool(found.min() < 255 * _FACTORS - 1)


def _largest_products() -> bytes:
    graph = Graph({}, "int8")
    numbers = graph.node("Cast", ["ids"], "numbers", to=1)
    graph.multiply(numbers, np.ones((4, _FACTORS), np.float32), np.zeros(4, np.float32), "sums")
    return graph.model("largest products", {"ids": ["rows", "factors"]}, {"sums": ["rows", 4]})


def _session(file: str, exact: str) -> Any:  # noqa: ANN401
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.x64quantprecision", exact)
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def of_each(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """What `work` makes of each item, in order; by several threads where there are more than a few."""
    if len(items) < _FEW:
        return [work(item) for item in items]
    with ThreadPoolExecutor(_workers()) as pool:
        return list(pool.map(work, items))


def _workers() -> int:
    limit = os.environ.get("OMP_NUM_THREADS", "")
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(available, int(limit) if limit.isdigit() else available, 8))
