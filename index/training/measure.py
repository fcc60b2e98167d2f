"""Measures a student alone, without any other channel, on question sets that it was not trained on."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.student import Student
from index.training.data import read_lines

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Figure:
    """How often the right text was found."""

    name: str
    first: float
    """Share found at rank 1."""
    five: float
    """Share found within rank 5."""
    queries: int
    texts: int


def interval(share: float, queries: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, J. Am. Stat. Assoc. 22, 1927)."""
    z, n, p = 1.96, queries, share
    middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def _figure(name: str, queries: NDArray[np.float32], texts: NDArray[np.float32], right: Sequence[int]) -> Figure:
    scores = queries @ texts.T
    ranks = (scores > scores[np.arange(len(right)), list(right)][:, None]).sum(axis=1)
    return Figure(name, float((ranks < 1).mean()), float((ranks < 5).mean()), len(queries), len(texts))


def _other(identifier: str) -> str:
    """The same passage in the other language."""
    return identifier.replace("-en-", "-zh-") if "-en-" in identifier else identifier.replace("-zh-", "-en-")


def _question_set(folder: Path, name: str, encoders: dict[str, Encode]) -> list[Figure]:
    """Questions of each language against the passages of each language."""
    passages, questions = read_lines(folder / "passages.jsonl"), read_lines(folder / "questions.jsonl")
    languages = sorted({line["lang"] for line in passages})
    vectors, numbers = {}, {}
    for language in languages:
        chosen = [line for line in passages if line["lang"] == language]
        numbers[language] = {line["id"]: number for number, line in enumerate(chosen)}
        vectors[language] = encoders[language]([line["text"] for line in chosen])
    figures = []
    for asked in languages:
        chosen = [line for line in questions if line["lang"] == asked]
        encoded = encoders[asked]([line["question"] for line in chosen])
        for read in languages:
            wanted = [line["passage_id"] if read == asked else _other(line["passage_id"]) for line in chosen]
            right = [numbers[read][identifier] for identifier in wanted]
            figures.append(_figure(f"{name} {asked} -> {read}", encoded, vectors[read], right))
    return figures


def measure(folder: Path, student: Student, english: Encode) -> list[Figure]:
    """Measure on XQuAD, NTREX, CMRC 2018 and DRCD.

    Args:
        folder: Holds `xquad`, `ntrex`, `cmrc2018` and `drcd`, each with JSON lines.
        student: Reads the Chinese texts.
        english: Reads the English texts.
    """
    encoders: dict[str, Encode] = {"en": english, "zh": student.encode}
    figures = _question_set(folder / "xquad", "xquad", encoders)
    lines = read_lines(folder / "ntrex" / "sentences.jsonl")
    chinese, other = student.encode([line["zh"] for line in lines]), english([line["en"] for line in lines])
    same = range(len(lines))
    figures += [_figure("ntrex zh -> en", chinese, other, same), _figure("ntrex en -> zh", other, chinese, same)]
    for name in ("cmrc2018", "drcd"):
        figures += _question_set(folder / name, name, encoders)
    return figures
