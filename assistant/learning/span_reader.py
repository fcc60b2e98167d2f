"""`python -m assistant.learning.span_reader --training DIR`: learns `span_reader.safetensors` anew.

Needs torch. Of each question the sentence that holds its answer is read; the network learns which of its words the
answer begins and ends with, and which are inside. A tenth of the articles is held out and measured after each round.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from assistant.analysis import analyse
from assistant.learning.examples import marked
from assistant.learning.tables import Marked, answered
from assistant.learning.training import fold_of
from assistant.reading import CLASSES, GAPS
from assistant.span_reader import FILE, network_inputs
from index.bilingual import EnglishEncoder
from index.glossing import Glosser
from index.late_interaction import LateInteraction, window_of
from index.training.span_network import Lesson, learn

log = logging.getLogger("assistant.learning")
_LONGEST = 150
"""Sentences of more words are left out."""
_HELD_OUT = 10
"""One article of so many is measured on."""


def lessons(examples: Sequence[Marked]) -> Iterator[Lesson]:
    """The sentence with the answer of each question; none for answers that no single sentence holds."""
    interaction = LateInteraction(EnglishEncoder(), Glosser())
    for number, example in enumerate(examples):
        if number % 2_000 == 0:
            log.info("read %d of %d questions", number, len(examples))
        found = answered(example)
        if found is None:
            continue
        sentence, place = found
        question = analyse(example.question)
        asked, told = interaction.states(question.standalone, [window_of(example.document, sentence)])
        (given,) = network_inputs(question, asked, [sentence], told)
        if len(given.words) <= _LONGEST:
            group = example.document.article.title or example.document.id
            yield Lesson(given, *place, fold_of(group, _HELD_OUT) == 0)


def main() -> None:
    """Learn the reader and write its file."""
    from safetensors.numpy import save_file

    parser = argparse.ArgumentParser(prog="python -m assistant.learning.span_reader", description=__doc__)
    parser.add_argument("--training", type=Path, required=True, help="folder of the questions to learn from")
    parser.add_argument("--out", type=Path, default=FILE, help="file to write")
    parser.add_argument("--thin", type=int, default=1, help="take every so many-th question only")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    found = list(lessons(list(marked(chosen.training))[:: chosen.thin]))
    network, report = learn(found, len(CLASSES), len(GAPS))
    about = {
        "date": date.today().isoformat(),
        "data": "QAMR dev and test (MIT), CMRC 2018 train (CC BY-SA 4.0)",
        "questions": str(len(found)),
        "report": json.dumps(report),
    }
    save_file(network.weights(), chosen.out, metadata=about)
    log.info("%s", about)


if __name__ == "__main__":
    main()
