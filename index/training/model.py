"""The student while it learns: a table of unit vectors, added up, and a small network over the sum."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor, nn

from index.units import Units

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the student is trained."""

    steps: int = 1_100
    batch: int = 1_024
    """Pairs in a step."""
    questions: int = 96
    """Questions with their passages in a step."""
    learning_rate: float = 3e-3
    warm_up: int = 50
    temperature: float = 0.05
    contrast: float = 0.5
    """Share of the contrast within the batch; the rest is nearness to the target."""
    question_weight: float = 0.25
    same_target: float = 0.95
    """Targets nearer than this are not held against each other."""
    checkpoint_every: int = 100
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs of one kind, split into units, with their targets."""

    weight: float
    units: Units
    targets: NDArray[np.float16]
    """Shape (inputs, dimension)."""


@dataclass(frozen=True, slots=True)
class QuestionExamples:
    """Questions and windows of passages, split into units."""

    questions: Units
    windows: Units
    passages: NDArray[np.int64]


class StudentModel(nn.Module):
    """Table, projection into the English space and a correction by one hidden layer.

    Args:
        table: Shape (rows, width): first values.
        projection: Shape (width, dimension): first values.
        hidden: Size of the hidden layer.
    """

    def __init__(self, table: NDArray[np.float32], projection: NDArray[np.float32], hidden: int) -> None:
        super().__init__()
        width, dimension = projection.shape
        self.table = nn.Parameter(torch.tensor(table))
        self.projection = nn.Parameter(torch.tensor(projection))
        self.inner = nn.Linear(width, hidden)
        self.outer = nn.Linear(hidden, dimension, bias=False)
        nn.init.zeros_(self.outer.weight)

    def forward(self, rows: Tensor, offsets: Tensor) -> Tensor:
        """Unit vectors of texts, given as concatenated rows and the first place of each text."""
        pooled = functional.normalize(functional.embedding_bag(rows, self.table, offsets, mode="sum"))
        correction: Tensor = self.outer(functional.relu(self.inner(pooled)))
        vectors: Tensor = functional.normalize(pooled @ self.projection + correction)
        return vectors


def gather(units: Units, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and lengths of chosen texts."""
    firsts, lengths = units.offsets[chosen], units.offsets[chosen + 1] - units.offsets[chosen]
    places = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(firsts, lengths)
    return units.rows[places].astype(np.int64), lengths


class Trainer:
    """Trains a model, step by step; every step's draws depend on the seed and its number alone.

    Args:
        model: The model, on its device.
        examples: Kinds of pairs.
        questions: Questions with passages; None to learn without them.
        schedule: Settings.
    """

    def __init__(
        self,
        model: StudentModel,
        examples: Sequence[Examples],
        questions: QuestionExamples | None,
        schedule: Schedule,
    ) -> None:
        self.model = model
        self.step = 0
        self._examples = examples
        self._questions = questions
        self._schedule = schedule
        self._able = [np.flatnonzero(np.diff(kind.units.offsets) > 0) for kind in examples]
        sizes = np.array([kind.weight * len(able) for kind, able in zip(examples, self._able, strict=True)])
        self._shares = sizes / sizes.sum()
        self._optimizer = torch.optim.Adam(model.parameters(), betas=(0.9, 0.98), fused=True)

    def run(self, checkpoint: Path | None = None) -> None:
        """Train to the last step, going on from the checkpoint where there is one.

        Args:
            checkpoint: File to resume from and to write to; None to keep nothing.
        """
        if checkpoint is not None and checkpoint.is_file():
            self._resume(checkpoint)
        began = time.monotonic()
        every = self._schedule.checkpoint_every
        while self.step < self._schedule.steps:
            loss = self.advance()
            if self.step % every == 0 or self.step == self._schedule.steps:
                seconds = time.monotonic() - began
                logger.info("step %d of %d, loss %.3f, %.0f s", self.step, self._schedule.steps, loss, seconds)
                if checkpoint is not None:
                    self._keep(checkpoint)

    def advance(self) -> float:
        """Take one step and return its loss."""
        schedule = self._schedule
        for group in self._optimizer.param_groups:
            ramp = min(1.0, (self.step + 1) / schedule.warm_up)
            group["lr"] = schedule.learning_rate * ramp * max(0.02, 1 - self.step / schedule.steps)
        loss = self._loss(np.random.default_rng([schedule.seed, self.step]))
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimizer.step()
        self.step += 1
        return float(loss.detach())

    def _loss(self, generator: np.random.Generator) -> Tensor:
        schedule, device = self._schedule, self.model.table.device
        parts, targets = [], []
        drawn = generator.multinomial(schedule.batch, self._shares)
        for kind, able, count in zip(self._examples, self._able, drawn, strict=True):
            chosen = able[generator.integers(0, len(able), count)]
            parts.append(gather(kind.units, chosen))
            targets.append(kind.targets[chosen])
        passages = np.zeros(0, np.int64)
        if self._questions is not None:
            count = min(schedule.questions, len(self._questions.passages))
            chosen = generator.choice(len(self._questions.passages), count, replace=False)
            passages = self._questions.passages[chosen]
            parts += [gather(self._questions.questions, chosen), gather(self._questions.windows, chosen)]
        rows, lengths = (np.concatenate(part) for part in zip(*parts, strict=True))
        offsets = torch.from_numpy(np.cumsum(lengths) - lengths).to(device)
        vectors = self.model(torch.from_numpy(rows).to(device), offsets)
        target = functional.normalize(torch.from_numpy(np.concatenate(targets)).to(device).float())
        student = vectors[: len(target)]
        nearness = 1 - (student * target).sum(1).mean()
        contrast = self._contrast(student, target, target @ target.T > schedule.same_target)
        loss: Tensor = 4 * (1 - schedule.contrast) * nearness + schedule.contrast * contrast
        if len(passages):
            question, window = vectors[len(target) :].split(len(passages))
            numbers = torch.from_numpy(passages).to(device)
            finding = self._contrast(question, window, numbers[:, None] == numbers)
            loss = loss + schedule.question_weight * finding
        return loss

    def _contrast(self, left: Tensor, right: Tensor, same: Tensor) -> Tensor:
        """Cross entropy of finding each vector's partner, both ways; `same` marks further right answers."""
        others = same & ~torch.eye(len(left), dtype=torch.bool, device=left.device)
        scores = (left @ right.T / self._schedule.temperature).masked_fill(others, -1e4)
        labels = torch.arange(len(left), device=left.device)
        both: Tensor = functional.cross_entropy(scores, labels) + functional.cross_entropy(scores.T, labels)
        return both / 2

    def hidden_peak(self, share: float = 0.9999) -> float:
        """Value that this share of the hidden units stays below, over one step's texts."""
        seen: list[Tensor] = []
        hook = self.model.inner.register_forward_hook(lambda _module, _inputs, output: seen.append(output.detach()))
        with torch.no_grad():
            self._loss(np.random.default_rng([self._schedule.seed, self._schedule.steps]))
        hook.remove()
        return float(np.quantile(functional.relu(seen[0]).cpu().numpy(), share))

    def _keep(self, path: Path) -> None:
        state = {
            "step": self.step,
            "schedule": asdict(self._schedule),
            "model": self.model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(path)

    def _resume(self, path: Path) -> None:
        state = torch.load(path, map_location=self.model.table.device, weights_only=True)
        if state["schedule"] != asdict(self._schedule) or state["model"]["table"].shape != self.model.table.shape:
            logger.info("the checkpoint at %s belongs to other settings: starting anew", path)
            return
        self.model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        logger.info("going on from step %d", self.step)
