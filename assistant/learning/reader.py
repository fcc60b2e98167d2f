"""`python -m assistant.learning.reader --training DIR`: learns the reader of questions with sentences anew.

Needs torch and transformers, and takes most of an hour on two cores. Learned from QAMR and CMRC 2018, of which a tenth
of the articles is held out and measured at the end.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.learning.examples import marked
from assistant.learning.tables import Marked, answering
from assistant.learning.training import fold_of
from corpus.records import Document, Language
from corpus.sentences import ReadSentence, read_document
from index.bilingual import EnglishEncoder
from index.bridged_pieces import BridgedPieces
from index.glossing import Glosser
from index.joint_reading import QUESTION_TOKENS, context_pieces, sentence_pieces
from index.late_interaction import window_of
from index.reader_export import FILE, packed
from index.training.reader import Lesson, Pieces, learn

log = logging.getLogger("assistant.learning")
_HELD_OUT = 10
"""One article of so many is measured on."""
_LIKE = 3
"""So many sentences of the same article that don't answer, and as many of other articles, those most like the question
..."""
_SAMPLE = 60
"""... of so many drawn."""


class Sentences:
    """The sentences of documents as word pieces.

    Args:
        documents: Any.
        pieces: Cuts texts.
    """

    def __init__(self, documents: Sequence[Document], pieces: BridgedPieces) -> None:
        self.pieces = pieces
        self.read = lru_cache(maxsize=None)(self._read)
        self._dice = random.Random(0)
        self._all: dict[Language, list[tuple[Document, ReadSentence]]] = {"en": [], "zh": []}
        for document in documents:
            self._all[document.article.language] += [(document, s) for s in read_document(document)]

    def _read(self, document: Document, sentence: ReadSentence) -> Pieces:
        window = window_of(document, sentence)
        context, own = context_pieces(self.pieces, window), sentence_pieces(self.pieces, window)
        return Pieces(tuple(piece.number for piece in context), tuple(piece.number for piece in own))

    def others(self, question: Sequence[int], document: Document, answering: ReadSentence) -> tuple[Pieces, ...]:
        """The sentences most like a question that don't answer it: of its article, and of a sample of others."""
        drawn = self._dice.sample(self._all[document.article.language], _SAMPLE)
        inside = [self.read(document, s) for s in read_document(document) if s.number != answering.number]
        outside = [self.read(*each) for each in drawn if each[0].id != document.id]
        asked = set(question)

        def most_alike(some: list[Pieces]) -> list[Pieces]:
            return sorted(some, key=lambda pieces: -len(asked.intersection(pieces.own)))[:_LIKE]

        return (*most_alike(inside), *most_alike(outside))


def lessons(examples: Sequence[Marked], pieces: BridgedPieces) -> Iterator[Lesson]:
    """A lesson of each question; none where no single sentence holds the answer."""
    documents = {example.document.id: example.document for example in examples}
    sentences = Sentences(list(documents.values()), pieces)
    for example in examples:
        found = answering(example)
        if found is None:
            continue
        sentence, answer = found
        places = [piece.place for piece in sentence_pieces(pieces, window_of(example.document, sentence))]
        covered = [number for number, place in enumerate(places) if place.overlaps(answer)]
        if not covered:
            continue
        document, question = example.document, tuple(p.number for p in pieces.of(example.question)[:QUESTION_TOKENS])
        group = document.article.title or document.id
        yield Lesson(
            question,
            sentences.read(document, sentence),
            covered[0],
            covered[-1],
            sentences.others(question, document, sentence),
            document.article.language == "zh",
            fold_of(group, _HELD_OUT) == 0,
        )


def main() -> None:
    """Learn the reader and write its file."""
    from safetensors.numpy import save_file

    parser = argparse.ArgumentParser(prog="python -m assistant.learning.reader", description=__doc__)
    parser.add_argument("--training", type=Path, required=True, help="folder of the questions to learn from")
    parser.add_argument("--out", type=Path, default=FILE, help="file to write")
    parser.add_argument("--thin", type=int, default=1, help="take every so many-th question only")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    pieces = BridgedPieces(EnglishEncoder(), Glosser())
    found = list(lessons(list(marked(chosen.training))[:: chosen.thin], pieces))
    log.info("%d questions", len(found))
    reader, report = learn(found, pieces.marks)
    about = {
        "date": date.today().isoformat(),
        "data": "QAMR dev and test (MIT), CMRC 2018 train (CC BY-SA 4.0)",
        "questions": str(len(found)),
        "report": json.dumps(report),
    }
    save_file(packed(reader.tensors()), chosen.out, metadata=about)
    log.info("%s", about)


if __name__ == "__main__":
    main()
