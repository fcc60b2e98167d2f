"""Where an answer begins and ends in a sentence, read from the encoder's states of its words.

The states are those that late interaction has computed anyway. The network is learned from QAMR and CMRC 2018 by
`python -m assistant.learning.span_reader`; what it says are features of the spans that `extraction` ranks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from assistant.reading import asking_span, focus_span, read_words
from assistant.records import Question, WordScore
from corpus.records import Span
from corpus.sentences import ReadSentence
from index.late_interaction import TokenStates, telling
from index.span_network import NetworkInput, SpanNetwork
from index.vectors import Vectors, unit_rows

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
        given = network_inputs(question, asked, sentences, told)
        return [
            tuple(WordScore(token.span, *row) for token, row in zip(read_words(each.text).tokens, rows, strict=True))
            for each, rows in zip(sentences, (found.tolist() for found in self._network.logits(given)), strict=True)
        ]


def network_inputs(
    question: Question, asked: TokenStates, sentences: Sequence[ReadSentence], told: Sequence[TokenStates]
) -> list[NetworkInput]:
    """What the network reads of sentences. Arguments: `SpanReader.read`."""
    about, content = _question_vectors(question, asked), telling(asked)
    return [_network_input(about, content, *each) for each in zip(sentences, told, strict=True)]


def _network_input(about: Vectors, content: Vectors, sentence: ReadSentence, told: TokenStates) -> NetworkInput:
    words = read_words(sentence.text)
    vectors = _word_vectors([token.span for token in words.tokens], told)
    return NetworkInput(
        vectors,
        about,
        (content @ vectors.T).max(axis=0),
        np.array(words.classes, dtype=np.int64),
        np.array(words.gaps, dtype=np.int64),
        sentence.sentence.language == "zh",
    )


def _word_vectors(words: Sequence[Span], told: TokenStates) -> Vectors:
    sums = np.zeros((len(words), told.vectors.shape[1]), dtype=np.float32)
    at = {position: number for number, word in enumerate(words) for position in range(word.start, word.end)}
    for vector, place in zip(told.vectors, told.places, strict=True):
        for number in {at[position] for position in range(place.start, place.end) if position in at}:
            sums[number] += vector
    return unit_rows(sums)


def _question_vectors(question: Question, asked: TokenStates) -> Vectors:
    parts = [asking_span(question), focus_span(question)]
    chosen = [np.array([part is not None and place.overlaps(part) for place in asked.places], bool) for part in parts]
    sums = [asked.vectors[which].astype(np.float32).sum(axis=0) for which in (*chosen, asked.content)]
    return unit_rows(np.stack([*sums, asked.whole.astype(np.float32)]))
