"""Whether an answer holds an accepted string, compared by pieces rather than by letters.

Containment rewards long answers, so every report shows the answer's length beside it (DESIGN: correctness and answer
length stand beside citation scores). Pieces keep "8" from being found in "88" or "1.8", and "art" in "start".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_MARKS = re.compile(r"\[\d+\]")
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECES = re.compile(rf"\d+(?:[.,:]\d+)*|[{_HAN}]|[^\W\d_{_HAN}]+|[%‰$€£¥℃]")


def without_marks(text: str) -> str:
    """`text` without citation marks such as `[1]`."""
    return " ".join(_MARKS.sub(" ", text).split())


def pieces(text: str) -> list[str]:
    """Numbers (thousands separators dropped), words, and single Han characters of `text`: NFKC, case folded."""
    found: list[str] = _PIECES.findall(unicodedata.normalize("NFKC", text).casefold())
    return [_plain_number(piece) if piece[0].isdigit() else piece for piece in found]


def contains(text: str, accepted: str) -> bool:
    """Whether the pieces of `accepted` stand side by side in `text`; never where it has no pieces."""
    return contains_pieces(pieces(text), pieces(accepted))


def contains_pieces(text: Sequence[str], accepted: Sequence[str]) -> bool:
    """Whether `accepted` (not empty) is a run of `text`."""
    width = len(accepted)
    if width == 0:
        return False
    wanted = list(accepted)
    return any(list(text[start : start + width]) == wanted for start in range(len(text) - width + 1))


def length(text: str) -> int:
    """Length of an answer as a reader sees it: Han characters plus words and numbers, citation marks left out."""
    return len(pieces(without_marks(text)))


def folded(text: str) -> str:
    """NFKC, lower case, punctuation and white space dropped: the comparison key that external sets prescribe."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c)[0] not in "PZ")


def _plain_number(piece: str) -> str:
    return re.sub(r",(?=\d{3}(?:\D|$))", "", piece)
