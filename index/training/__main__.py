"""Command line of the training: `python -m index.training --data FOLDER --out FOLDER`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UserError
from index.student import Student
from index.training.data import Material, read_material
from index.training.teacher import CachedTeacher, Encode, minilm
from index.training.vocabulary import choose_vocabulary

if TYPE_CHECKING:
    from index.training.recipe import Recipe

logger = logging.getLogger(__name__)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m index.training", description="Train the static student.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training material")
    parser.add_argument("--out", type=Path, required=True, help="folder to write; `work` in it makes a run resumable")
    parser.add_argument("--bench", type=Path, help="folder of question sets to measure on, for the model card")
    parser.add_argument("--card", action="store_true", help="train nothing: measure and describe what stands in --out")
    parser.add_argument("--steps", type=int, help="steps of training, instead of the recipe's")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2, help="threads where there is no GPU")
    return parser.parse_args(arguments)


def run(arguments: argparse.Namespace) -> None:
    """Train and export unless only the card is wanted; measure, write the card."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # threads that wait spinning cost a busy machine a quarter more
    import torch

    from index.training.card import write_card
    from index.training.measure import measure
    from index.training.recipe import Recipe

    torch.set_num_threads(arguments.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    recipe = Recipe(seed=arguments.seed)
    schedule = replace(recipe.schedule, seed=arguments.seed, steps=arguments.steps or recipe.schedule.steps)
    recipe = replace(recipe, schedule=schedule)
    material = read_material(arguments.data)
    encode = minilm(device)
    facts = {} if arguments.card else train(arguments.out, material, encode, recipe, device)
    student = Student.load(arguments.out)
    facts = {"fingerprint": student.fingerprint, "rows": f"{student.rows:,}", **facts}
    figures = measure(arguments.bench, student, encode) if arguments.bench else []
    write_card(arguments.out, material.counts(), recipe, facts, figures)


def train(out: Path, material: Material, encode: Encode, recipe: Recipe, device: str) -> dict[str, str]:
    """Train a student and write it; returns what the card tells about the run.

    Args:
        out: Folder to write; `work` in it keeps targets and checkpoints.
        material: What it learns from.
        encode: The English encoder.
        recipe: Settings.
        device: "cpu" or "cuda".
    """
    import torch

    from index.training.export import export
    from index.training.recipe import network, prepare

    began = time.monotonic()
    work = out / "work"
    vocabulary = choose_vocabulary(material, recipe.vocabulary)
    logger.info("%d units in the vocabulary", len(vocabulary.units))
    trainer = prepare(material, vocabulary, CachedTeacher(encode, work), recipe, device)
    trainer.run(work / "checkpoint.pt")
    export(out, vocabulary, network(trainer.model), trainer.hidden_peak())
    return {
        "device": f"{device}, {torch.get_num_threads()} threads",
        "this run": f"{time.monotonic() - began:.0f} s, {time.process_time():.0f} s of processors; "
        "without what was kept from an earlier one",
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 where the user has to mend something."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    try:
        run(_arguments(arguments))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
