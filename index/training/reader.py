"""The reader of questions with sentences learned (`joint_reading`): all six layers of the encoder, and two heads.

Each lesson is a question with the sentence that answers it and with one drawn from those that do not, mostly the most
alike of the same article; or, instead of that one, the same sentence with a question about something else. Four losses
are added: cross-entropy of where the answer begins and of where it ends, over the word pieces of BOTH sentences;
whether each word piece of the answering one is inside; whether each sentence answers. In a quarter of the lessons a
sentence is read without its context, in another one with less of it.

Tried before and left out: only the last three layers reading both together, with the others apart (PreTTR, MacAvaney et
al., 2020): nowhere after 4,000 questions, after which all six layers together are at F1 .56.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.joint_reading import BEGINS, ENDS, INSIDE, Reading
from index.onnx_export import model_folder
from index.onnx_graph import DIMENSION
from index.reader_export import HEADS
from index.training.teacher import multiplies_bfloat16

log = logging.getLogger(__name__)

BATCH = 16
"""Questions a step, each with two sentences."""
ROUNDS = 1.5
RATE = 1e-4
_RATE_ON = 4e-5
"""Of all parameters of a reader that learns on."""
_HEAD_RATE = 5.0
"""Times the rate: heads begin from nothing."""
_WARM_UP = 0.06
_BARE, _PARTLY = 0.25, 0.5
_OF_SOMETHING_ELSE = 0.3
"""So many of the pairs without an answer ask about something else."""
_PARTS = 3
"""A batch is computed in so many parts by length, so that little is padded."""
_SHELF = 40
"""Batches sorted by length together."""
_NEVER = -1e4
"""Logit of what is no word piece of the sentence."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A question beside a sentence in its context, as numbers of word pieces."""

    question: tuple[int, ...]
    context: tuple[int, ...]
    own: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, the sentence that answers it, and others."""

    sentence: Pieces
    first: int
    """Word piece of the sentence that the answer begins with."""
    last: int
    others: tuple[Pieces, ...]
    """The question beside sentences without the answer, at least one."""
    swapped: Pieces | None
    """A question about something else beside the sentence, which does not answer it."""
    source: str
    """The set it is of."""
    held_out: bool


@dataclass(frozen=True, slots=True)
class Text:
    """What is read at once."""

    ids: list[int]
    start: int
    """Where the sentence begins."""
    size: int
    """Its word pieces."""


class Reader(nn.Module):
    """The encoder with both heads, in torch.

    Args:
        marks: The numbers of the marks of beginning and end.
    """

    def __init__(self, marks: tuple[int, int]) -> None:
        from transformers import BertModel

        super().__init__()
        self.marks = marks
        self.encoder = BertModel.from_pretrained(str(model_folder()), add_pooling_layer=False)
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0  # half the time of a step, for two rounds over the questions
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.spans, self.answers = nn.Linear(DIMENSION, 3), nn.Linear(DIMENSION, 1)
        for head in (self.spans, self.answers):
            nn.init.normal_(head.weight, std=0.02)

    def text(self, pieces: Pieces, context: Sequence[int] | None = None) -> Text:
        """A question and a sentence as one text; `context` instead of the sentence's own."""
        first, last = self.marks
        ahead = [first, *pieces.question, last, *(pieces.context if context is None else context), last]
        return Text([*ahead, *pieces.own, last], len(ahead), len(pieces.own))

    def forward(self, texts: Sequence[Text]) -> tuple[Tensor, Tensor]:
        """Logits of word pieces, (texts, longest, 3), and of texts, (texts,)."""
        longest = max(len(text.ids) for text in texts)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i].ids))
        size = -(-len(texts) // _PARTS)
        words, answers = [], []
        for start in range(0, len(texts), size):
            some, whole = self._read([texts[i] for i in order[start : start + size]])
            words.append(functional.pad(some, (0, 0, 0, longest - some.shape[1]), value=_NEVER))
            answers.append(whole)
        back = torch.argsort(torch.tensor(order))
        return torch.cat(words)[back], torch.cat(answers)[back]

    def _read(self, texts: Sequence[Text]) -> tuple[Tensor, Tensor]:
        shape = (len(texts), max(len(text.ids) for text in texts))
        ids, types, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
        own = torch.zeros(shape, dtype=torch.bool)
        for row, text in enumerate(texts):
            ids[row, : len(text.ids)] = torch.tensor(text.ids)
            mask[row, : len(text.ids)] = 1
            types[row, text.start : len(text.ids)] = 1
            own[row, text.start : text.start + text.size] = True
        with torch.autocast("cpu", torch.bfloat16, enabled=multiplies_bfloat16()):
            states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        states = states.float()
        return self.spans(states).masked_fill(~own[..., None], _NEVER), self.answers(states[:, 0])[:, 0]

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """All numbers by the names that transformers gives them, and those of the heads."""
        heads = {f"{name}.{k}": v for name in HEADS for k, v in getattr(self, name).state_dict().items()}
        return {name: value.detach().float().numpy() for name, value in {**self.encoder.state_dict(), **heads}.items()}

    def blend(self, other: Mapping[str, NDArray[np.float32]], share: float) -> None:
        """Take so large a share of another reader's numbers (a model soup: Wortsman et al., 2022).

        Args:
            other: By the names of `tensors`, learned from the same beginning.
            share: 0 to 1, which is all of them.
        """
        with torch.no_grad():
            for name, values in other.items():
                own = self.get_parameter(name if name.split(".")[0] in HEADS else f"encoder.{name}")[: len(values)]
                own.lerp_(torch.from_numpy(values), share)


def learn(
    lessons: Sequence[Lesson],
    marks: tuple[int, int],
    rounds: float = ROUNDS,
    start: Mapping[str, NDArray[np.float32]] | None = None,
) -> tuple[Reader, dict[str, float]]:
    """A reader learned from lessons, and how it does on those held out (`measured`).

    Args:
        lessons: Those held out are measured on only.
        marks: The numbers of the marks of beginning and end.
        rounds: How often each lesson is seen.
        start: Learned on from, by the names of `Reader.tensors`, at a lower rate; by default from the encoder.
    """
    torch.manual_seed(0)
    dice = random.Random(0)
    reader = Reader(marks)
    if start:
        reader.blend(start, 1.0)
    seen = [lesson for lesson in lessons if not lesson.held_out]
    unseen = [lesson for lesson in lessons if lesson.held_out]
    learned = [parameter for parameter in reader.encoder.parameters() if parameter.requires_grad]
    heads = [*reader.spans.parameters(), *reader.answers.parameters()]
    optimiser = torch.optim.AdamW([{"params": learned}, {"params": heads}], lr=RATE, weight_decay=0.01)
    steps = max(1, int(rounds * len(seen) / BATCH))
    rates = [_RATE_ON, _RATE_ON] if start else [RATE, RATE * _HEAD_RATE]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, total_steps=steps + 1, pct_start=_WARM_UP, anneal_strategy="linear"
    )
    reader.train()
    for step, batch in zip(range(1, steps + 1), _batches(seen, dice), strict=False):
        loss = _loss(reader, batch, dice)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        if step % 100 == 0:
            log.info("step %d of %d: loss %.3f", step, steps, loss.item())
    return reader, measured(reader, unseen)


def _batches(lessons: Sequence[Lesson], dice: random.Random) -> Iterator[list[Lesson]]:
    """Batches of lessons of about one length, without end."""
    mixed = list(lessons)
    while mixed:
        dice.shuffle(mixed)
        batches = []
        for start in range(0, len(mixed), BATCH * _SHELF):
            part = sorted(mixed[start : start + BATCH * _SHELF], key=_length)
            batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        dice.shuffle(batches)
        yield from batches


def _length(lesson: Lesson) -> int:
    pieces = lesson.sentence
    return len(pieces.question) + len(pieces.context) + len(pieces.own)


def _loss(reader: Reader, lessons: Sequence[Lesson], dice: random.Random) -> Tensor:
    read = [lesson.sentence for lesson in lessons] + [_unanswered(each, dice) for each in lessons]
    texts = [reader.text(pieces, _some(pieces.context, dice)) for pieces in read]
    words, answers = reader(texts)
    count = len(lessons)
    first = torch.tensor([text.start + lesson.first for text, lesson in zip(texts, lessons, strict=False)])
    last = torch.tensor([text.start + lesson.last for text, lesson in zip(texts, lessons, strict=False)])
    both = torch.cat([words[:count], words[count:]], dim=1)
    ends = functional.cross_entropy(both[..., BEGINS], first) + functional.cross_entropy(both[..., ENDS], last)
    places = torch.arange(words.shape[1])[None]
    inside = ((places >= first[:, None]) & (places <= last[:, None])).float()
    own = words[:count, :, INSIDE] > _NEVER
    held = functional.binary_cross_entropy_with_logits(words[:count, :, INSIDE][own], inside[own])
    wanted = torch.cat([torch.ones(count), torch.zeros(count)])
    return ends + held + functional.binary_cross_entropy_with_logits(answers, wanted)


def _unanswered(lesson: Lesson, dice: random.Random) -> Pieces:
    """A question with a sentence that does not answer it."""
    if lesson.swapped and dice.random() < _OF_SOMETHING_ELSE:
        return lesson.swapped
    return dice.choice(lesson.others)


def _some(context: tuple[int, ...], dice: random.Random) -> tuple[int, ...]:
    chance = dice.random()
    if chance < _BARE:
        return ()
    return context[: dice.randrange(len(context) + 1)] if chance < _PARTLY else context


def measured(reader: Reader, lessons: Sequence[Lesson]) -> dict[str, float]:
    """How those held out are read, by set.

    F1 of word pieces in the answering sentence; how often it is read as better than all others; and how often as better
    than with a question about something else.
    """
    reader.eval()
    scores: dict[str, list[float]] = {}
    with torch.no_grad():
        for lesson in lessons:
            swapped = (lesson.swapped,) if lesson.swapped else ()
            texts = [reader.text(pieces) for pieces in (lesson.sentence, *lesson.others, *swapped)]
            words, answers = (found.numpy() for found in reader(texts))
            found = Reading(float(answers[0]), words[0, texts[0].start : texts[0].start + texts[0].size], ())
            others = answers[1 : len(lesson.others) + 1]
            scores.setdefault(f"{lesson.source} F1", []).append(_shared(found, lesson))
            scores.setdefault(f"{lesson.source} first", []).append(float(answers[0] > others.max()))
            if lesson.swapped:
                scores.setdefault(f"{lesson.source} swapped", []).append(float(answers[0] > answers[-1]))
    return {name: round(float(np.mean(values)), 3) for name, values in sorted(scores.items())}


def _shared(reading: Reading, lesson: Lesson) -> float:
    first, last = reading.best_place
    shared = max(0, min(last, lesson.last) - max(first, lesson.first) + 1)
    return 2 * shared / (last - first + lesson.last - lesson.first + 2)
