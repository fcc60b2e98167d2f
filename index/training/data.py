"""What the student learns from: Chinese texts, each with the English text whose vector it shall have."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError

PARALLEL_FILES = ("parallel_general", "parallel_law_tw", "parallel_tech", "lexicon")
WINDOWS_PER_QUESTION = 2
NEIGHBOURS = 40
SHARE_ON_ONE_SUBJECT = 0.8


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts with their translations, of one kind."""

    name: str
    weight: float
    """How often a pair of this kind is drawn, against 1 for a general sentence."""
    inputs: Sequence[str]
    """What the student reads: Chinese, or English where Latin words are to be learned."""
    english: Sequence[str]
    """What the English encoder reads to make the target."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Chinese questions with a part of the Chinese passage that answers them."""

    questions: Sequence[str]
    windows: Sequence[str]
    passages: NDArray[np.int64]
    """Number of the passage of each window; windows of one passage are not told apart."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that is read from the data folder."""

    parallel: dict[str, list[dict[str, str]]]
    """Lines of `PARALLEL_FILES`: `en`, `zh`, `source`."""
    english_questions: list[str]
    english_passages: list[str]
    chinese_questions: list[dict[str, Any]]
    chinese_passages: dict[str, str]

    def counts(self) -> dict[str, Counter[str]]:
        """Number of lines of each source in each file, for the model card."""
        counts = {name: Counter(line["source"] for line in lines) for name, lines in self.parallel.items()}
        counts["qa_zh_cmrc"] = Counter(
            {"cmrc passages": len(self.chinese_passages), "cmrc questions": len(self.chinese_questions)}
        )
        counts["qa_en_qamr"] = Counter(
            {"qamr sentences": len(self.english_passages), "qamr questions": len(self.english_questions)}
        )
        return counts


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines.

    Raises:
        UserError: If the file is missing.
    """
    if not path.is_file():
        raise UserError(f"{path} is missing.", "Give the folder of the training material with --data.")
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def read_material(folder: Path) -> Material:
    """Read everything in the folder of the training material."""
    return Material(
        parallel={name: read_lines(folder / f"{name}.jsonl") for name in PARALLEL_FILES},
        english_questions=[line["question"] for line in read_lines(folder / "qa_en_qamr_questions.jsonl")],
        english_passages=[line["text"] for line in read_lines(folder / "qa_en_qamr_passages.jsonl")],
        chinese_questions=read_lines(folder / "qa_zh_cmrc_questions.jsonl"),
        chinese_passages={line["id"]: line["text"] for line in read_lines(folder / "qa_zh_cmrc_passages.jsonl")},
    )


def translations(material: Material, name: str, weight: float) -> Pairs:
    """The pairs of a parallel file as they stand."""
    lines = material.parallel[name]
    return Pairs(name, weight, [line["zh"] for line in lines], [line["en"] for line in lines])


def plain_english(name: str, weight: float, texts: Sequence[str]) -> Pairs:
    """English read by the student itself, so that it knows the Latin words that stand in Chinese texts."""
    return Pairs(name, weight, texts, texts)


def spelled_names(material: Material, weight: float) -> Pairs:
    """Names of the lexicon character by character, as names that the vocabulary has not are read."""
    lines = [line for line in material.parallel["lexicon"] if line["en"][0].isupper() and len(line["zh"]) > 1]
    return Pairs("names", weight, [" ".join(line["zh"]) for line in lines], [line["en"] for line in lines])


def word_lists(material: Material, weight: float, generator: np.random.Generator) -> Pairs:
    """Random lists of lexicon entries: they teach how much each word counts beside others."""
    lines = [line for line in material.parallel["lexicon"] if len(line["en"]) < 60]
    order = generator.permutation(len(lines))
    inputs, english, start = [], [], 0
    while start < len(order):
        size = int(generator.integers(3, 9))
        chosen = [lines[number] for number in order[start : start + size]]
        inputs.append("，".join(line["zh"] for line in chosen))
        english.append(", ".join(line["en"].split(";")[0].strip() for line in chosen))
        start += size
    return Pairs("lists", weight, inputs, english)


def long_units(
    lines: Sequence[dict[str, str]], vectors: NDArray[np.float32], count: int, generator: np.random.Generator
) -> tuple[list[str], list[str]]:
    """Passages made of sentences on one subject: a sentence and some of its nearest neighbours.

    Args:
        lines: Sentence pairs of one file.
        vectors: Shape (lines, dimension): unit vectors of the English sides.
        count: Passages to make; one in five is of random sentences.
        generator: Source of the draws.

    Returns:
        The Chinese and the English passages.
    """
    able = np.flatnonzero([len(line["zh"]) >= 8 for line in lines])
    sizes = np.array([min(60, len(line["zh"])) for line in lines if len(line["zh"]) >= 8], np.float64)
    count, near = min(count, len(able)), min(NEIGHBOURS, len(able) - 1)
    seeds = generator.choice(able, count, replace=False, p=sizes / sizes.sum())
    chinese, english = [], []
    for start in range(0, count, 500):
        block = seeds[start : start + 500]
        neighbours = np.argpartition(-(vectors[block] @ vectors[able].T), near, axis=1)[:, :near]
        for seed, close in zip(block, neighbours, strict=True):
            goal = int(generator.integers(30, 150))
            others = able[generator.permutation(close)]
            if generator.random() < SHARE_ON_ONE_SUBJECT:
                others = np.concatenate([[seed], others[others != seed]])
            else:
                others = generator.choice(able, near, replace=False)
            chosen = _fill([int(number) for number in others], lines, goal)
            generator.shuffle(chosen)
            chinese.append("".join(lines[number]["zh"] for number in chosen))
            english.append(" ".join(lines[number]["en"] for number in chosen))
    return chinese, english


def _fill(numbers: Sequence[int], lines: Sequence[dict[str, str]], goal: int, most: int = 170) -> list[int]:
    """The first lines that have `goal` English words together, and not more than `most`."""
    chosen, words = [], 0
    for number in numbers:
        size = len(lines[number]["en"].split())
        if words + size > most:
            continue
        chosen.append(number)
        words += size
        if words >= goal:
            break
    return chosen or [numbers[0]]


def question_windows(material: Material, generator: np.random.Generator) -> Questions:
    """Each Chinese question with windows of 80 to 360 characters around its answer."""
    order = {name: number for number, name in enumerate(material.chinese_passages)}
    questions, windows, passages = [], [], []
    for _ in range(WINDOWS_PER_QUESTION):
        for line in material.chinese_questions:
            text = material.chinese_passages[line["passage_id"]]
            start = int(line["answer_starts"][0])
            end = start + len(line["answers"][0])
            size = int(generator.integers(80, 360))
            first = max(0, min(start, start - int(generator.random() * max(0, size - (end - start)))))
            questions.append(line["question"])
            windows.append(text[first : max(end, first + size)])
            passages.append(order[line["passage_id"]])
    return Questions(questions, windows, np.array(passages, np.int64))
