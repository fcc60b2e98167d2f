"""The span network learned: which words of a sentence the answer to a question begins and ends with, and holds.

Tried and left out: attention to the question's words (BiDAF, Seo et al., 2017) and among the sentence's, with a third
convolution: mean F1 in the sentences held out .606 for .596 in English, .572 for .568 in Chinese, but no better answers
(of 3,476 questions, cross-validated: better for Chinese questions on English articles, worse within one language).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.onnx_export import DIMENSION
from index.span_network import QUESTION_PARTS, WIDTH, NetworkInput

log = logging.getLogger(__name__)
HIDDEN, DROPOUT = 64, 0.2
CLASS_NUMBERS, GAP_NUMBERS = 8, 4
"""Numbers that tell a class of words and what stands between words."""
ROUNDS, BATCH, RATE, DECAY = 6, 32, 2e-3, 0.02
_MOST_WORDS = 12
"""Longest span that is tried in measuring."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence and where the answer to a question stands in it."""

    given: NetworkInput
    first: int
    last: int
    """Positions of its first and last word."""
    held_out: bool


class Network(nn.Module):
    """`SpanNetwork.logits` in torch, for batches of padded sentences.

    Args:
        classes: Number of classes of words.
        gaps: Number of kinds of what stands between words.
    """

    def __init__(self, classes: int, gaps: int) -> None:
        super().__init__()
        self.words, self.question = nn.Linear(DIMENSION, HIDDEN), nn.Linear(QUESTION_PARTS * DIMENSION, HIDDEN)
        self.classes, self.gaps = nn.Embedding(classes, CLASS_NUMBERS), nn.Embedding(gaps, GAP_NUMBERS)
        features = 3 * HIDDEN + CLASS_NUMBERS + 2 * GAP_NUMBERS + 2
        self.near, self.far = nn.Linear(WIDTH * features, HIDDEN), nn.Linear(WIDTH * HIDDEN, HIDDEN)
        self.ends = nn.Linear(2 * HIDDEN, 3)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, batch: Sequence[NetworkInput]) -> Tensor:
        """(sentences, words, 3); what is behind the end of a sentence means nothing."""
        padded = {name: _padded([getattr(g, name) for g in batch]) for name in ("words", "likeness", "classes", "gaps")}
        there = _padded([np.ones((len(g.words), 1), np.float32) for g in batch])
        words = self.dropout(torch.relu(self.words(padded["words"])))
        asked = torch.from_numpy(np.stack([g.question.reshape(-1) for g in batch]))
        question = torch.relu(self.question(asked))[:, None].expand_as(words)
        gaps = self.gaps(padded["gaps"])
        chinese = torch.tensor([float(g.chinese) for g in batch])[:, None, None].expand_as(there)
        parts = (words, question, words * question, padded["likeness"][..., None], self.classes(padded["classes"]))
        features = torch.cat([*parts, gaps[:, :-1], gaps[:, 1:], chinese], -1) * there
        near = self.dropout(torch.relu(self.near(_neighbourhood(features)))) * there
        far = torch.relu(self.far(_neighbourhood(near)))
        found: Tensor = self.ends(torch.cat([near, far], -1))
        return found

    def weights(self) -> dict[str, NDArray[np.float16]]:
        """As `SpanNetwork` takes them."""
        found = {}
        for name, layer in self.named_children():
            if isinstance(layer, nn.Linear):
                found[f"{name}_weight"] = layer.weight.detach().numpy().T
                found[f"{name}_bias"] = layer.bias.detach().numpy()
            elif isinstance(layer, nn.Embedding):
                found[name] = layer.weight.detach().numpy()
        return {name: np.ascontiguousarray(values, dtype=np.float16) for name, values in found.items()}


def _padded(rows: Sequence[NDArray[Any]]) -> Tensor:
    return nn.utils.rnn.pad_sequence([torch.from_numpy(row) for row in rows], batch_first=True)


def _neighbourhood(rows: Tensor) -> Tensor:
    reach = WIDTH // 2
    padded = functional.pad(rows, (0, 0, reach, reach))
    return torch.cat([padded[:, shift : shift + rows.shape[1]] for shift in range(WIDTH)], -1)


def _loss(network: Network, batch: Sequence[Lesson]) -> Tensor:
    logits = network([lesson.given for lesson in batch])
    lengths = torch.tensor([len(lesson.given.words) for lesson in batch])
    first, last = (torch.tensor([getattr(lesson, name) for lesson in batch]) for name in ("first", "last"))
    places = torch.arange(logits.shape[1])[None]
    there = places < lengths[:, None]
    ends = logits.masked_fill(~there[..., None], -1e4)
    within = ((places >= first[:, None]) & (places <= last[:, None])).float()
    inside = functional.binary_cross_entropy_with_logits(logits[..., 2], within, reduction="none")[there].mean()
    return functional.cross_entropy(ends[..., 0], first) + functional.cross_entropy(ends[..., 1], last) + inside


def learn(found: Sequence[Lesson], classes: int, gaps: int, seed: int = 1) -> tuple[Network, dict[str, float]]:
    """A network, and mean F1 of words of its best spans in the sentences held out, by language."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    seen, unseen = ([lesson for lesson in found if lesson.held_out is held] for held in (False, True))
    network = Network(classes, gaps)
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    batches = [seen[start : start + BATCH] for start in range(0, len(seen), BATCH)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=ROUNDS * len(batches) + 1, pct_start=0.1
    )
    report: dict[str, float] = {}
    for number in range(ROUNDS):
        network.train()
        mixed = [seen[i] for i in order.permutation(len(seen))]
        mixed.sort(key=lambda lesson: len(lesson.given.words) + order.random() * 8)
        batches = [mixed[start : start + BATCH] for start in range(0, len(mixed), BATCH)]
        for place in order.permutation(len(batches)):
            optimiser.zero_grad()
            loss = _loss(network, batches[place])
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
        report = _measured(network, unseen)
        log.info("round %d: F1 %s", number + 1, report)
    return network, report


def _measured(network: Network, unseen: Sequence[Lesson]) -> dict[str, float]:
    network.eval()
    scores: dict[str, list[float]] = {"en": [], "zh": []}
    with torch.no_grad():
        for lesson in unseen:
            logits = network([lesson.given])[0].numpy()
            sums = logits[:, 0][:, None] + logits[:, 1][None]
            allowed = np.triu(np.ones_like(sums)) - np.triu(np.ones_like(sums), _MOST_WORDS)
            first, last = divmod(int(np.where(allowed > 0, sums, -np.inf).argmax()), len(sums))
            shared = max(0, min(last, lesson.last) - max(first, lesson.first) + 1)
            size = last - first + lesson.last - lesson.first + 2
            scores["zh" if lesson.given.chinese else "en"].append(2 * shared / size)
    return {language: round(float(np.mean(values)), 3) for language, values in scores.items() if values}
