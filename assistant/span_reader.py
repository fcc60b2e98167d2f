"""Where an answer begins and ends in a sentence, read from the encoder's states of its words.

The states are those that late interaction has computed anyway. The network is learned from QAMR and CMRC 2018 by
`python -m assistant.learning.span_reader`; what it says are features of the spans that `extraction` ranks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from assistant.question_words import ASKING_EN, ASKING_ZH
from assistant.reading import ReadSentence, focus_span, read_words
from assistant.records import Question, WordScore
from corpus.languages import detect_language
from corpus.records import Language, Span
from index.late_interaction import TokenStates, telling
from index.scripts import fold
from index.span_network import NetworkInput, SpanNetwork, Vectors

FILE: Final = Path(__file__).with_name("span_reader.safetensors")


class SpanReader:
    """Reads sentences with a network; threads may share it."""

    def __init__(self, network: SpanNetwork) -> None:
        self._network = network

    @classmethod
    def load(cls, file: Path = FILE) -> SpanReader:
        """The reader of a file."""
        return cls(SpanNetwork.load(file))

    def read(
        self, question: Question, asked: TokenStates, sentences: Sequence[ReadSentence], told: Sequence[TokenStates]
    ) -> list[tuple[WordScore, ...]]:
        """The words of each sentence with their log-odds.

        Args:
            question: As analysed.
            asked: Its tokens.
            sentences: Any.
            told: Their tokens.
        """
        given = [
            reader_input(question, asked, each.text, each.sentence.language, states)
            for each, states in zip(sentences, told, strict=True)
        ]
        return [
            tuple(WordScore(token.span, *row) for token, row in zip(read_words(each.text).tokens, rows, strict=True))
            for each, rows in zip(sentences, (found.tolist() for found in self._network.logits(given)), strict=True)
        ]


def reader_input(
    question: Question, asked: TokenStates, text: str, language: Language, told: TokenStates
) -> NetworkInput:
    """What the network reads of one sentence.

    Args:
        question: As analysed.
        asked: Its tokens.
        text: The sentence.
        language: Of the sentence.
        told: Its tokens.
    """
    words = read_words(text)
    vectors = _word_vectors([token.span for token in words.tokens], told)
    return NetworkInput(
        vectors,
        _question_vectors(question, asked),
        (telling(asked) @ vectors.T).max(axis=0),
        np.array(words.classes, dtype=np.int64),
        np.array(words.gaps, dtype=np.int64),
        language == "zh",
    )


def _word_vectors(words: Sequence[Span], told: TokenStates) -> Vectors:
    sums = np.zeros((len(words), told.vectors.shape[1]), dtype=np.float32)
    at = {position: number for number, word in enumerate(words) for position in range(word.start, word.end)}
    for vector, place in zip(told.vectors, told.places, strict=True):
        for number in {at[position] for position in range(place.start, place.end) if position in at}:
            sums[number] += vector
    return _unit(sums)


def _question_vectors(question: Question, asked: TokenStates) -> Vectors:
    text = fold(question.standalone)
    asking = (ASKING_ZH if detect_language(text) == "zh" else ASKING_EN).search(text)
    parts = [Span(*asking.span()) if asking else None, focus_span(question)]
    chosen = [np.array([part is not None and place.overlaps(part) for place in asked.places], bool) for part in parts]
    sums = [asked.vectors[which].astype(np.float32).sum(axis=0) for which in (*chosen, asked.content)]
    return _unit(np.stack([*sums, asked.whole.astype(np.float32)]))


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-6), dtype=np.float32)
