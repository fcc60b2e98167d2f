"""How alike two texts are: MinHash signatures of runs of words (Broder, On the resemblance of documents, 1997)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.records import Document
from index.scripts import HAN, fold

SIZE = 128
"""Numbers of a signature; the standard error of a likeness is at most .045."""
LEAST_LIKENESS = 0.5
"""Share of common shingles from which two articles are versions or reprints of one text."""
_LEAST_HELD = 0.8
"""Share of the shorter text's shingles found in the longer one that means the same: a reprint may be cut short."""
_LEAST_SHINGLES = 10
"""Shorter texts tell too little to be called alike."""
_ROWS = 4
"""Numbers of a band: texts with half of their shingles in common share one of the 32 bands in seven cases of eight."""
_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_RUN = 3
"""Tokens of a shingle: words of English; of Chinese, whose tokens are single characters, two more."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text to find its likes."""

    values: NDArray[np.uint32]
    """(128,), the least hash value of the text's shingles under as many hash functions."""
    shingles: int
    """Number of different shingles."""

    def bands(self) -> list[bytes]:
        """Names of the parts of which alike texts probably share one; none for a text that is too short."""
        if self.shingles < _LEAST_SHINGLES:
            return []
        parts = self.values.reshape(-1, _ROWS)
        return [hashlib.sha256(b"%d " % row + part.tobytes()).digest()[:8] for row, part in enumerate(parts)]


def sign(document: Document) -> Signature:
    """The signature of a document's text without its boilerplate."""
    shingles = _shingles(document)
    made = _blank().copy()
    made.update_batch(shingles)
    return Signature(made.hashvalues.astype(np.uint32), len(shingles))


@lru_cache(maxsize=1)
def _blank() -> Any:  # noqa: ANN401 -- datasketch has no types
    """The signature of nothing; drawing its hash functions takes as long as using them."""
    from datasketch import MinHash

    return MinHash(num_perm=SIZE, seed=1, scheme="affine32")


def likeness(one: Signature, other: Signature) -> float:
    """Estimated share of common shingles among all shingles of two texts, 0 to 1; 0 where one is too short."""
    if min(one.shingles, other.shingles) < _LEAST_SHINGLES:
        return 0.0
    return float(np.mean(one.values == other.values))


def are_alike(one: Signature, other: Signature) -> bool:
    """Whether two texts are versions or reprints of one: largely the same, or one holds most of the other."""
    share = likeness(one, other)
    common = share / (1 + share) * (one.shingles + other.shingles)
    return share >= LEAST_LIKENESS or common >= _LEAST_HELD * max(min(one.shingles, other.shingles), _LEAST_SHINGLES)


def _shingles(document: Document) -> set[bytes]:
    edges = [0, *(edge for span in document.boilerplate for edge in (span.start, span.end)), len(document.text)]
    body = "\n".join(document.text[start:end] for start, end in list(pairwise(edges))[::2])
    tokens = _TOKEN.findall(fold(body).lower())
    length = _RUN + 2 * (document.article.language == "zh")
    runs = range(max(1, len(tokens) - length + 1)) if tokens else ()
    return {" ".join(tokens[start : start + length]).encode("utf-8", "replace") for start in runs}
