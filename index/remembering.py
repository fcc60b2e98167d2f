"""Vectors of the texts that were asked for last: a question is encoded once, however many stages need it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from corpus.records import text_digest
from index.vectors import Vectors

REMEMBERED = 4_096


class Remembered:
    """The vectors of at most `size` texts; threads may share it."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()

    def fill(self, texts: Sequence[str], compute: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """One row for each text, computing each unknown text once."""
        digests = [text_digest(text) for text in texts]
        with self._lock:
            known = {digest: self._vectors[digest] for digest in digests if digest in self._vectors}
            for digest in known:
                self._vectors.move_to_end(digest)
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if missing:
            computed = compute(list(missing.values()))
            known.update(zip(missing, computed, strict=True))
            with self._lock:
                self._vectors.update((digest, known[digest]) for digest in missing)
                while len(self._vectors) > self._size:
                    self._vectors.popitem(last=False)
        return np.stack([known[digest] for digest in digests]) if digests else compute([])
