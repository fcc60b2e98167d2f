"""Citation recall and precision of an answer, sentence by sentence.

Source: ALCE (Gao et al. 2023, arXiv:2305.14627, section 4.3): a sentence is recalled when its cited passages together
support it; a citation is imprecise when it supports nothing alone and the others suffice without it.

ALCE asks an 11-billion-parameter model whether a passage supports a sentence. Here a deterministic rule stands in,
so the figures are not comparable with ALCE's: every quantity of the sentence must stand in the quotes by value,
and, where both are in one language, at least 60 % of its content words. Across languages a sentence without
quantities cannot be scored (None).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics.containment import pieces, without_marks
from evals.metrics.quantity import quantities_match

_MARK = re.compile(r"\[(\d+)\]")
_SENTENCE_END = re.compile(r"(?<=[。！？!?])(?!\s*\[\d)|(?<=[.])(?=\s+[^\s\[])|(?<=\])(?=\s*\n)|\n+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_POINTER = re.compile(r"\s*(?:See also|另见)\s*(?:\[\d+\])+[.。]?\s*")
_SHARE = 0.6
_FUNCTION_WORDS = frozenset(
    "a an the of in on at to by for and or is are was were be been it its this that as with from has have had about"
    " there 的 了 是 在 和 与 为 有 这 那 也 就 其 一 个".split()
)


@dataclass(frozen=True, slots=True)
class CitationScore:
    """Recall and precision in [0, 1]; None where nothing could be scored."""

    recall: float | None
    precision: float | None
    statements: int
    """Sentences that could be scored."""


def statements(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of an answer with the numbers that each cites; pieces without a word or number are left out.

    "See also [2]" states nothing and is left out too.
    """
    parts = [part for part in _SENTENCE_END.split(text) if part and not _POINTER.fullmatch(part)]
    cited = [(without_marks(part), tuple(int(number) for number in _MARK.findall(part))) for part in parts]
    return [(statement, numbers) for statement, numbers in cited if pieces(statement)]


def citation_score(text: str, quotes: Sequence[str]) -> CitationScore:
    """Scores of an answer whose mark `[n]` points to `quotes[n - 1]`."""
    recalls: list[float] = []
    precisions: list[float] = []
    for statement, numbers in statements(text):
        cited = [quotes[number - 1] for number in numbers if 0 < number <= len(quotes)]
        supported = supports(cited, statement) if cited else False
        if supported is None:
            continue
        recalls.append(float(supported and len(cited) == len(numbers)))
        precisions += [_precise(position, cited, statement) for position in range(len(cited))]
        precisions += [0.0] * (len(numbers) - len(cited))
    return CitationScore(_mean(recalls), _mean(precisions), len(recalls))


def supports(quotes: Sequence[str], statement: str) -> bool | None:
    """Whether the quotes together support the statement; None where the rule cannot tell."""
    joined = "\n".join(quotes)
    values = quantities_match(joined, statement)
    if values is False:
        return False
    if bool(_HAN.search(statement)) != bool(_HAN.search(joined)):
        return values
    words = [piece for piece in pieces(statement) if piece not in _FUNCTION_WORDS]
    present = set(pieces(joined))
    return not words or sum(word in present for word in words) / len(words) >= _SHARE


def _precise(position: int, cited: Sequence[str], statement: str) -> float:
    if supports([cited[position]], statement):
        return 1.0
    others = [quote for place, quote in enumerate(cited) if place != position]
    return float(bool(supports(cited, statement)) and not (others and supports(others, statement)))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
