"""The recipe: which pairs, how much of each, and the model that learns them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.training.data import (
    Material,
    Pairs,
    long_units,
    plain_english,
    question_windows,
    spelled_names,
    translations,
    word_lists,
)
from index.training.export import Network
from index.training.initial import first_table, principal_axes
from index.training.model import Examples, QuestionExamples, Schedule, StudentModel, Trainer
from index.training.teacher import CachedTeacher
from index.training.vocabulary import Vocabulary, VocabularySize

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that shapes a student."""

    vocabulary: VocabularySize = field(default_factory=VocabularySize)
    schedule: Schedule = field(default_factory=Schedule)
    width: int = 384
    """Numbers in a row of the table."""
    hidden: int = 768
    passages: tuple[tuple[str, int], ...] = (
        ("parallel_general", 9_000),
        ("parallel_tech", 2_500),
        ("parallel_law_tw", 2_500),
    )
    """Long units made of each file."""
    seed: int = 0


def _pairs(material: Material, teacher: CachedTeacher, recipe: Recipe) -> list[Pairs]:
    """All kinds of pairs; the weights were set by measuring."""
    english = {name: [line["en"] for line in lines] for name, lines in material.parallel.items()}
    chinese_long: list[str] = []
    english_long: list[str] = []
    generator = np.random.default_rng(recipe.seed + 1)
    for name, count in recipe.passages:
        vectors = teacher.vectors(name, english[name]).astype(np.float32)
        passages = long_units(material.parallel[name], vectors, count, generator)
        chinese_long += passages[0]
        english_long += passages[1]
    return [
        translations(material, "parallel_general", 1.0),
        translations(material, "parallel_law_tw", 0.2),
        translations(material, "parallel_tech", 0.25),
        translations(material, "lexicon", 0.5),
        Pairs("long", 1.5, chinese_long, english_long),
        word_lists(material, 0.6, generator),
        spelled_names(material, 0.3),
        plain_english("parallel_general", 0.1, english["parallel_general"]),
        plain_english("parallel_tech", 0.05, english["parallel_tech"]),
        plain_english("lexicon", 0.1, english["lexicon"]),
        plain_english("qamr_questions", 0.3, material.english_questions),
        plain_english("qamr_passages", 0.5, material.english_passages),
    ]


def _unit_counts(examples: Sequence[Examples], rows: int) -> NDArray[np.float64]:
    counts = np.ones(rows)
    for kind in examples:
        counts += kind.weight * np.bincount(kind.units.rows, minlength=rows)
    return counts


def prepare(material: Material, vocabulary: Vocabulary, teacher: CachedTeacher, recipe: Recipe, device: str) -> Trainer:
    """Make the targets and the untrained model.

    Args:
        material: What the data folder holds.
        vocabulary: Entries of the table.
        teacher: The English encoder.
        recipe: Settings.
        device: "cpu" or "cuda".
    """
    segmenter = vocabulary.segmenter()
    examples = []
    for pairs in _pairs(material, teacher, recipe):
        targets = teacher.vectors(pairs.name, pairs.english)
        examples.append(Examples(pairs.weight, segmenter.segment(pairs.inputs), targets))
        logger.info("%s: %d pairs", pairs.name, len(targets))
    windows = question_windows(material, np.random.default_rng(recipe.seed + 3))
    questions = QuestionExamples(
        segmenter.segment(windows.questions), segmenter.segment(windows.windows), windows.passages
    )
    lexicon = material.parallel["lexicon"]
    glosses = teacher.vectors("lexicon", [line["en"] for line in lexicon]).astype(np.float32)
    general = examples[0].targets.astype(np.float32)
    axes = principal_axes(np.concatenate([general, glosses[::2]]), recipe.width)
    counts = _unit_counts(examples, len(vocabulary.units))
    table = first_table(vocabulary, [line["zh"] for line in lexicon], glosses, counts, recipe.seed) @ axes
    import torch

    torch.manual_seed(recipe.seed)
    model = StudentModel(table, np.ascontiguousarray(axes.T), recipe.hidden).to(device)
    return Trainer(model, examples, questions, recipe.schedule)


def network(model: StudentModel) -> Network:
    """The numbers of a model, as the export takes them."""

    def array(tensor: object) -> NDArray[np.float32]:
        return np.ascontiguousarray(tensor.detach().cpu().numpy())  # type: ignore[attr-defined]

    return Network(
        table=array(model.table),
        projection=array(model.projection),
        inner=array(model.inner.weight.T),
        inner_bias=array(model.inner.bias),
        outer=array(model.outer.weight.T),
    )
