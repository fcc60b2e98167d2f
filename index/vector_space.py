"""What must be known of an embedder's vectors before their cosines can be read like those of the embedded default.

How high a cosine is that means "this answers it" differs from model to model: some give .2 to two texts that have
nothing in common, some .75. What reads cosines later (the learned weights of evidence and confidence) was trained on
those of the embedded default. So each other model is asked once about a few pairs of a question and its answer, and its
cosines are moved and stretched, in each direction of languages, to lie where the default has them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Self

import numpy as np

from corpus.errors import UserError
from corpus.records import LANGUAGES, Language
from index.database import Database
from index.embedders import Embedder
from index.vectors import Vectors

PAIRS = (
    ("How many people live in the valley?", "About four thousand people live in the valley, most of them farmers."),
    ("When was the bridge opened?", "The bridge over the estuary was opened to traffic in May 1998."),
    ("What do beekeepers fear this year?", "Beekeepers say that a mite has killed a third of their hives this spring."),
    ("Who leads the choir?", "The choir of the cathedral is led by the organist, who took over from her teacher."),
    ("Why was the match called off?", "Heavy snow covered the pitch, so the referee postponed the match."),
    ("What share of power comes from wind?", "Wind turbines delivered 31 percent of the electricity last quarter."),
    ("山谷里有多少居民？", "山谷里住着大约四千人，其中大多数是农民。"),
    ("大桥是什么时候通车的？", "跨越河口的大桥于1998年5月建成通车。"),
    ("今年养蜂人担心什么？", "养蜂人说，今年春天一种螨虫使三分之一的蜂群死亡。"),
    ("合唱团由谁指挥？", "大教堂的合唱团由管风琴师指挥，她是从老师那里接任的。"),
    ("比赛为什么推迟？", "大雪覆盖了球场，裁判因此宣布比赛延期。"),
    ("风电占多大比例？", "上个季度，风力发电占全部发电量的31%。"),
)
"""Questions and what answers them; the two halves say the same in two languages."""
DEFAULT = {
    ("en", "en"): (0.62, 0.05),
    ("en", "zh"): (0.575, 0.065),
    ("zh", "en"): (0.52, 0.03),
    ("zh", "zh"): (0.615, 0.05),
}
"""Mean cosines of the embedded default on these pairs, of related and of unrelated ones, by the languages of question
and answer; a test measures them."""
DEFAULT_SPREAD = 0.07
"""Standard deviation of its cosines of unrelated pairs."""
_PER_LANGUAGE = len(PAIRS) // 2
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class VectorSpace:
    """The vectors of one embedder."""

    dimension: int | None
    """Numbers in a vector; None where it was never noted."""
    is_default: bool = True
    """Whether the embedded default made them, for which the weights of fusion were measured."""
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Offset and slope by the languages of question and passage ("en zh"); none for the default."""

    def scaled(self, cosine: float, question: Language, passage: Language) -> float:
        """A cosine on the default's scale: offset + slope * cosine, within [-1, 1]."""
        offset, slope = self.scales.get(f"{question} {passage}", (0.0, 1.0))
        return min(1.0, max(-1.0, offset + slope * cosine))

    def check(self, vectors: Vectors) -> None:
        """Refuse vectors that can't be compared with those of the index.

        Raises:
            UserError: They have another dimension.
        """
        if self.dimension not in (None, vectors.shape[1]):
            told = f"The embedder gives {vectors.shape[1]} numbers a vector, but gave {self.dimension} for the index."
            raise UserError(told, "Another model answers under the old name: set the model or its revision anew.")

    def to_json(self) -> str:
        """Read back by `from_json`."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The space that `to_json` wrote; of nothing, the default's."""
        if not text:
            return cls(None)
        data = json.loads(text)
        scales = {direction: (offset, slope) for direction, (offset, slope) in data["scales"].items()}
        return cls(data["dimension"], data["is_default"], scales)


def read_space(database: Database, fingerprint: str) -> VectorSpace:
    """The space noted for an embedder's fingerprint."""
    return VectorSpace.from_json(database.fact(_fact(fingerprint)))


def ensure_space(database: Database, embedder: Embedder) -> VectorSpace:
    """The space of an embedder, noted before its first vectors are kept; the caller holds the collection's lock.

    Raises:
        UserError: It must be measured, and the embedder can't be used.
    """
    noted = database.fact(_fact(embedder.fingerprint))
    if noted:
        return VectorSpace.from_json(noted)
    space = measure_space(embedder)
    with database.writing():
        database.set_fact(_fact(embedder.fingerprint), space.to_json())
    return space


def _fact(fingerprint: str) -> str:
    return f"vectors {fingerprint}"


def measure_space(embedder: Embedder) -> VectorSpace:
    """The space of an embedder; all but the default encode a dozen short pairs.

    Unrelated pairs come to lie where the default has them; the slope brings related ones there too, but never makes the
    spread of the unrelated ones larger than the default's, so that a model that can't tell them apart says little.

    Raises:
        UserError: The embedder can't be used.
    """
    from index.bilingual import BilingualEmbedder

    if isinstance(embedder, BilingualEmbedder):
        return VectorSpace(embedder.dimension)
    measured, dimension = measure_cosines(embedder)
    scales = {}
    for (question, passage), (related, unrelated, spread) in measured.items():
        wanted, base = DEFAULT[question, passage]
        slope = min((wanted - base) / max(related - unrelated, _LEAST), DEFAULT_SPREAD / max(spread, _LEAST))
        scales[f"{question} {passage}"] = (base - slope * unrelated, slope)
    return VectorSpace(dimension, False, scales)


def measure_cosines(embedder: Embedder) -> tuple[dict[tuple[Language, Language], tuple[float, float, float]], int]:
    """Cosines on the pairs: mean of related, mean and standard deviation of unrelated ones; and the dimension."""
    questions = embedder.encode_query([question for question, _ in PAIRS])
    answers = embedder.encode_document([answer for _, answer in PAIRS])
    cosines = (questions @ answers.T).reshape(2, _PER_LANGUAGE, 2, _PER_LANGUAGE)
    own = np.eye(_PER_LANGUAGE, dtype=bool)
    found: dict[tuple[Language, Language], tuple[float, float, float]] = {}
    for row, question in enumerate(LANGUAGES):
        for column, passage in enumerate(LANGUAGES):
            block = cosines[row, :, column, :]
            others = block[~own]
            found[question, passage] = (float(block[own].mean()), float(others.mean()), float(others.std()))
    return found, int(answers.shape[1])
