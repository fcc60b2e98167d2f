"""The learned weights of ranking, read from their file."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.boosting import BoostedTrees
from corpus.records import Language

FILE = Path(__file__).with_name("learned.json")


@lru_cache(maxsize=1)
def learned() -> dict[str, Any]:
    """Everything learned: `sentences`, `second_look`, `spans`, `tables`, `confidence`, with `data` and `date`."""
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=4)
def sentence_model() -> BoostedTrees:
    """Scores sentences as evidence."""
    return BoostedTrees(learned()["sentences"])


@lru_cache(maxsize=1)
def second_look_model() -> BoostedTrees:
    """Scores the best sentences once more."""
    return BoostedTrees(learned()["second_look"])


@lru_cache(maxsize=4)
def span_model() -> BoostedTrees:
    """Scores spans as short answers."""
    return BoostedTrees(learned()["spans"])


@lru_cache(maxsize=4)
def confidence_model() -> BoostedTrees:
    """Tells how likely the articles answer a question."""
    return BoostedTrees(learned()["confidence"])


def threshold(asked: Language, told: Language) -> float:
    """The confidence below which "not found" is said, by the languages of the question and of the best sentence."""
    return float(learned()["threshold"][f"{asked}-{told}"])
