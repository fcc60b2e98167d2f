"""Exact match and character F1 of CMRC 2018, for Chinese short answers.

Source: Cui et al. 2019, arXiv:1810.07366; the official script cmrc2018_evaluate.py (v5). Chinese is compared by
character and foreign words by token, and the overlap is the longest common run (not a bag as in SQuAD).
Difference: the script cuts foreign text with NLTK's word tokeniser, we cut at white space and ASCII punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_DROPPED = frozenset("-:_*^/\\~`+=，。：？！“”；’《》…·、「」（）－～『』")
_PIECES = re.compile(r"[\u4e00-\u9fa5]|[^\W_\u4e00-\u9fa5]+(?:[.,']\d+)*|[^\s\w]")


def segment(text: str) -> list[str]:
    """Single Chinese characters and whole foreign words of `text`, lower case, without the script's punctuation."""
    kept = "".join(character for character in text.lower().strip() if character not in _DROPPED)
    return _PIECES.findall(kept)


def exact_match(prediction: str, accepted: Iterable[str]) -> float:
    """1.0 when the prediction equals an accepted answer but for case and the script's punctuation, else 0.0."""
    return float(any(_strip(prediction) == _strip(answer) for answer in accepted))


def character_f1(prediction: str, accepted: Iterable[str]) -> float:
    """The best F1 in [0, 1] of the longest common run over the accepted answers; 0.0 for an empty list."""
    segments = segment(prediction)
    return max((_f1(segments, segment(answer)) for answer in accepted), default=0.0)


def longest_common_run(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest run of pieces that both sequences hold side by side."""
    best = 0
    previous = [0] * (len(second) + 1)
    for piece in first:
        current = [0] * (len(second) + 1)
        for column, other in enumerate(second, start=1):
            if piece == other:
                current[column] = previous[column - 1] + 1
                best = max(best, current[column])
        previous = current
    return best


def _strip(text: str) -> str:
    return "".join(character for character in text.lower().strip() if character not in _DROPPED)


def _f1(prediction: list[str], answer: list[str]) -> float:
    common = longest_common_run(prediction, answer)
    if common == 0:
        return 0.0
    precision, recall = common / len(prediction), common / len(answer)
    return 2 * precision * recall / (precision + recall)
