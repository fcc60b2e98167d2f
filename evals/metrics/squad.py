"""Exact match and token F1 of SQuAD v1.1, for English short answers.

Source: Rajpurkar et al. 2016, arXiv:1606.05250; the official script evaluate-v1.1.py. The script splits on white
space and drops English articles, so it is reported for English answers only; Chinese ones go to `evals.metrics.cmrc`.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(text: str) -> str:
    """Lower case, without ASCII punctuation, articles and extra white space, as the official script does."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(prediction: str, accepted: Iterable[str]) -> float:
    """1.0 when the normalised prediction equals a normalised accepted answer, else 0.0."""
    return float(any(normalise(prediction) == normalise(answer) for answer in accepted))


def token_f1(prediction: str, accepted: Iterable[str]) -> float:
    """The best F1 in [0, 1] of the bags of tokens over the accepted answers; 0.0 for an empty list."""
    return max((_f1(normalise(prediction).split(), normalise(answer).split()) for answer in accepted), default=0.0)


def _f1(prediction: list[str], answer: list[str]) -> float:
    same = sum((Counter(prediction) & Counter(answer)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(prediction), same / len(answer)
    return 2 * precision * recall / (precision + recall)
