"""`python -m assistant.learning.reader --training DIR --data DIR`: learns the reader of questions with sentences anew.

Needs torch and transformers, and takes most of an hour on two cores. Learned from QAMR and CMRC 2018, and from those
articles of other sets that nothing else is learned from. A tenth of the articles is held out and measured at the end.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.learning.examples import fold_of, marked, readers, squeeze
from assistant.learning.swapping import Swaps
from assistant.learning.tables import Marked, answering
from corpus.records import Document, Language
from corpus.sentences import ReadSentence, read_document
from index.bilingual import EnglishEncoder, WordPiece
from index.bridged_pieces import BridgedPieces
from index.glossing import Glosser
from index.joint_reading import context_pieces, question_pieces, sentence_pieces
from index.late_interaction import Window, window_of
from index.reader_export import FILE, packed, unpacked
from index.training.reader import ROUNDS, Lesson, Pieces, learn, measured

log = logging.getLogger("assistant.learning")
_HELD_OUT = 10
"""One article of so many is measured on."""
_LIKE = 3
"""So many sentences of the same article that don't answer, and as many of other articles, those most like the question
..."""
_SAMPLE = 60
"""... of so many drawn."""
_OFTEN = {"xquad": 3, "nq_en": 3}
"""Sets whose lessons are seen so often where others are seen once: English articles, and questions across languages."""
_ALONE = 0.5
"""So many of the sentences without an article are read alone."""


class Sentences:
    """The sentences of documents as word pieces.

    Args:
        documents: Any.
        pieces: Cuts texts.
    """

    def __init__(self, documents: Sequence[Document], pieces: BridgedPieces) -> None:
        self.pieces = pieces
        self._cut = lru_cache(maxsize=None)(self._cut_window)
        self._dice = random.Random(0)
        self._all: dict[Language, list[Window]] = {"en": [], "zh": []}
        for document in documents:
            self._all[document.article.language] += [window_of(document, s) for s in read_document(document)]

    def read(self, question: str, window: Window) -> Pieces:
        """A question beside a sentence."""
        asked = question_pieces(self.pieces, question, window.sentence)
        return Pieces(_numbers(asked), *self._cut(window, self.pieces.telling(window.sentence, question)))

    def _cut_window(self, window: Window, beside: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        context, own = (cut(self.pieces, window, beside) for cut in (context_pieces, sentence_pieces))
        return _numbers(context), _numbers(own)

    def window(self, document: Document, sentence: ReadSentence) -> Window:
        """A sentence as it is read, after any other one where it stands alone, as if an article had both."""
        window = window_of(document, sentence)
        if len(read_document(document)) > 1 or self._dice.random() < _ALONE:
            return window
        return replace(window, before=self._dice.choice(self._all[document.article.language]).sentence)

    def others(self, example: Marked, answering: ReadSentence) -> tuple[Pieces, ...]:
        """Sentences that don't answer a question: the next one, those most like it of its article and of a sample."""
        document, sentences = example.document, read_document(example.document)
        answers = {squeeze(span.cut(document.text)) for span in example.answers}

        def fair(window: Window) -> bool:
            return not any(answer in squeeze(window.sentence) for answer in answers)

        inside = [window_of(document, s) for s in sentences if s.number != answering.number]
        follows = [window_of(document, s) for s in sentences if s.number == answering.number + 1]
        everywhere = self._all[document.article.language]
        outside = self._dice.sample(everywhere, min(_SAMPLE, len(everywhere)))
        if not inside:  # one that would follow it in an article
            follows = [replace(self._dice.choice(outside), title="", before=answering.text)]

        def shared(window: Window) -> int:
            pieces = self.read(example.question, window)
            return len(set(pieces.question).intersection(pieces.own))

        def most_alike(some: list[Window]) -> list[Window]:
            return sorted(some, key=shared, reverse=True)[:_LIKE]

        chosen = dict.fromkeys((*most_alike(inside), *follows, *most_alike(outside)))
        return tuple(self.read(example.question, window) for window in chosen if fair(window))


def lessons(examples: Sequence[Marked], pieces: BridgedPieces) -> Iterator[Lesson]:
    """A lesson of each question; none where no single sentence holds the answer."""
    documents = {example.document.id: example.document for example in examples}
    sentences = Sentences(list(documents.values()), pieces)
    swaps = Swaps(example.question for example in examples)
    for example in examples:
        found = answering(example)
        if found is None:
            continue
        sentence, answer = found
        window = sentences.window(example.document, sentence)
        places = [piece.place for piece in sentence_pieces(pieces, window, example.question)]
        covered = [number for number, place in enumerate(places) if place.overlaps(answer)]
        others = sentences.others(example, sentence)
        if not covered or not others:
            continue
        swapped = swaps.swapped(example.question, window)
        held_out = fold_of(example.document.article.title or example.document.id, _HELD_OUT) == 0
        lesson = Lesson(
            sentences.read(example.question, window),
            covered[0],
            covered[-1],
            others,
            sentences.read(swapped, window) if swapped else None,
            example.source,
            held_out,
        )
        yield from [lesson] * (1 if held_out else _OFTEN.get(example.source.split()[0], 1))


def _numbers(pieces: Iterable[WordPiece]) -> tuple[int, ...]:
    return tuple(piece.number for piece in pieces)


def main() -> None:
    """Learn the reader and write its file."""
    from safetensors.numpy import save_file

    parser = argparse.ArgumentParser(prog="python -m assistant.learning.reader", description=__doc__)
    parser.add_argument("--training", type=Path, required=True, help="folder of the questions to learn from")
    parser.add_argument("--data", type=Path, required=True, help="folder of the question sets (`examples.READERS`)")
    parser.add_argument("--out", type=Path, default=FILE, help="file to write")
    parser.add_argument("--mean", type=Path, help="kept reader to take the mean with, each number of both")
    parser.add_argument("--start", type=Path, help="kept reader to learn on from; by default from the encoder")
    parser.add_argument("--rounds", type=float, default=ROUNDS, help=f"how often each question is seen ({ROUNDS:g})")
    parser.add_argument("--thin", type=int, default=1, help="take every so many-th question only")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    pieces = BridgedPieces(EnglishEncoder(), Glosser())
    found = list(lessons([*marked(chosen.training), *readers(chosen.data)][:: chosen.thin], pieces))
    log.info("%d questions", len(found))
    start = unpacked(chosen.start) if chosen.start else None
    reader, report = learn(found, pieces.marks, chosen.rounds, start)
    if chosen.mean:
        log.info("before the mean: %s", json.dumps(report))
        reader.blend(unpacked(chosen.mean), 0.5)
        report = measured(reader, [lesson for lesson in found if lesson.held_out])
    about = {
        "date": date.today().isoformat(),
        "data": "QAMR dev and test (MIT), CMRC 2018 train (CC BY-SA 4.0); of development halves a third of XQuAD "
        "(CC BY-SA 4.0), two thirds of NQ open and of DRCD (CC BY-SA 3.0)",
        "questions": str(len(found)),
        "report": json.dumps(report),
    }
    save_file(packed(reader.tensors()), chosen.out, metadata=about)
    log.info("%s", about)


if __name__ == "__main__":
    main()
