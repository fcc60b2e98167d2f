"""The order of the passages that lead, by what their own text says.

First what the title tells and how closely the asked words stand together (`closeness`). Then, among passages that lie
near the first one still, late interaction: of the sentences that meet most of the question, each read after its title
and the sentence before it, the one whose words match it best counts for its passage. Few questions have such close
calls: 7 % of Chinese ones and 12 % of English ones to xquad, a quarter across languages, three quarters in the news;
the others wait no longer. Cosines of both languages are compared as they are: in a mixed collection that put the
right passage first for .951 and .926 of xquad's English and Chinese questions; differences within a language, .924
and .911.

Measured, right passage first, whole sets: xquad en->en .969 -> .975, zh->zh .951 -> .959, en->zh .901 -> .917, zh->en
.903 -> .912, ntrex en->zh .962 -> .959, zh->en .957 -> .954, nq_en .931 both, cmrc2018 .991 -> .993, drcd .944 ->
.953, evidence_en .840 -> .876, news_en_rtqa .779 -> .837, news_zh_crud .932 -> .935. All sentences of eight passages:
the same within .003, but evidence_en .883; a search among 10,000 passages made of the same sentences then took 169
ms. The words of the sentence alone (`match`) were worse for evidence_en and news_en_rtqa; nearness of its vector,
weights by rarity and the passage read as one text added nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.records import Document, Language, Span
from corpus.sentences import read_document
from index.closeness import CLOSENESS, TITLE, Closeness, Rarity, close_share, reordered
from index.fusion import Fused, best_first
from index.late_interaction import MEASURES, LateInteraction, Window, window_of
from index.settings import FusionSettings
from index.terms import Concept

INTERACTION: Final = "interaction"
READ: Final = 30
"""Leading passages whose title and text are read for closeness."""
CLOSE_CALLS: Final = 3
"""At most so many passages are compared word by word; with eight, the right one comes first no more often."""
SENTENCES: Final = 6
"""So many sentences of all of them together are read, those that meet most of the question: some 20 ms. With all
sentences of eight passages .9338 of the questions to ten sets find their passage first, with these .933."""
MARGIN: Final = 2.0
"""Passages this far behind the first one, in fused score, are compared with it word by word."""
WEIGHT: Final = 14.0
"""What a cosine of 1 adds to the fused score."""
_CONTEXT: Final = MEASURES.index("match_context")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the channels search for it and passages are read for it."""

    text: str
    language: Language
    vector: NDArray[np.float32] | None
    """None where the embedder can't be used now."""
    concepts: Mapping[Language, Sequence[Concept]]
    """By language of the passages, for rarity differs."""
    rarities: Mapping[Language, Rarity]


@dataclass(frozen=True, slots=True)
class Leading:
    """A passage that leads, with the article it stands in."""

    document: Document
    language: Language
    span: Span


class PassageReader:
    """Reads the leading passages of a search; threads may share it.

    Args:
        closeness: Reads titles and texts.
        interaction: Compares words in their context.
        trust: What the weight of each signal is multiplied with.
    """

    def __init__(self, closeness: Closeness, interaction: LateInteraction, trust: FusionSettings) -> None:
        self._closeness = closeness
        self._interaction = interaction
        self._trust = trust

    def read(
        self, asked: Asked, fused: Sequence[Fused], leading: Mapping[str, Leading]
    ) -> tuple[list[Fused], dict[str, dict[str, float]]]:
        """All passages by what the text of the first ones says as well, and each one's signals.

        Args:
            asked: The query.
            fused: Best first.
            leading: The first READ of them.
        """
        signals = {
            id: self._closeness.shares(
                asked.concepts[passage.language],
                asked.rarities[passage.language],
                asked.language,
                passage.language,
                passage.document.article.title,
                passage.span.cut(passage.document.text),
            )
            for id, passage in leading.items()
        }
        trust = {TITLE: self._trust.title, CLOSENESS: self._trust.closeness}
        languages = {id: passage.language for id, passage in leading.items()}
        first = [each for each in fused if each.id in leading]
        read = reordered(first, signals, languages, asked.language, trust)
        met = self._met(asked, {each.id: leading[each.id] for each in _close_calls(read)})
        for id, value in met.items():
            signals[id][INTERACTION] = value
        read = _behind(_moved(read[: len(met)], met, WEIGHT * self._trust.interaction), read[len(met) :])
        return _behind(read, [each for each in fused if each.id not in leading]), signals

    def _met(self, asked: Asked, passages: Mapping[str, Leading]) -> dict[str, float]:
        """How well the best sentence of each passage, read in its context, meets the question, -1 to 1."""
        if len(passages) < 2 or not self._trust.interaction:
            return {}
        windows = {id: _windows(asked, passage, SENTENCES // len(passages)) for id, passage in passages.items()}
        try:
            measured = self._interaction.measure(asked.text, [window for own in windows.values() for window in own])
        except UserError as error:
            _log.warning("Passages are not compared word by word: %s %s", error.message, error.help)
            return {}
        values = iter(measured[:, _CONTEXT].tolist())
        return {id: max((next(values) for _ in own), default=0.0) for id, own in windows.items()}


def _windows(asked: Asked, passage: Leading, count: int) -> list[Window]:
    """The sentences of a passage that meet most of a question, in their context."""
    concepts, rarity = asked.concepts[passage.language], asked.rarities[passage.language]
    sentences = [s for s in read_document(passage.document) if s.sentence.span.overlaps(passage.span)]
    if len(sentences) > count:
        sentences.sort(key=lambda sentence: -close_share(concepts, rarity, sentence.text, passage.language))
    return [window_of(passage.document, sentence) for sentence in sentences[:count]]


def _close_calls(read: Sequence[Fused]) -> list[Fused]:
    """The first of the passages, best first: those near the very first one."""
    return [each for each in read[:CLOSE_CALLS] if each.score >= read[0].score - MARGIN]


def _moved(read: Sequence[Fused], met: Mapping[str, float], weight: float) -> list[Fused]:
    """Passages by descending score with how well each one's words meet the question's; the first keeps its score."""
    added = {each.id: weight * (met[each.id] - met[read[0].id]) for each in read}
    return best_first(Fused(e.id, e.score + added[e.id], {**e.shares, INTERACTION: added[e.id]}) for e in read)


def _behind(read: list[Fused], others: Sequence[Fused]) -> list[Fused]:
    """Others come after those that were read, whatever their score was."""
    return [*read, *(replace(each, score=min(each.score, read[-1].score)) for each in others)] if read else [*others]
