"""`python -m assistant.learning --data DIR --training DIR --work DIR`: learns `learned.json` anew.

The reader is learned before it, by `python -m assistant.learning.reader`, from other questions.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.learned import FILE, learned
from assistant.learning.confidence import learn_confidence
from assistant.learning.examples import Example, foreign, marked, read_pairs, read_set, read_shelf
from assistant.learning.tables import learn_tables
from assistant.learning.training import Stages, gather
from assistant.learning.trees import rounded

log = logging.getLogger("assistant.learning")

SETS = {
    "xquad": (("en", "en", 3), ("zh", "zh", 3), ("en", "zh", 1), ("zh", "en", 1)),
    "cmrc2018": (("", "", 6),),
    "drcd": (("", "", 2),),
    "nq_en": (("", "", 2),),
    "evidence_en": (("", "", 2),),
}
"""Sets asked of their own passages alone: language of the passages, of the questions, every how many-th question."""
HIDDEN = 3
"""Every so many-th question is asked a second time with its document hidden."""

_KEPT = {"sentences": ("sentences",), "second_look": ("second_look",), "confidence": ("confidence", "threshold")}
"""Parts of the file that each stage makes, which may be taken from the file in use."""

FOREIGN = 25
"""So many questions of a set are asked of each of two other sets' articles."""


def examples(data: Path, work: Path, thin: int) -> Iterator[Example]:
    """The questions of each set, asked of its own passages alone."""
    for name, parts in SETS.items():
        for language, asked, step in parts:
            log.info("reading %s %s %s", name, language, asked)
            yield from read_set(name, data / name, work, language, asked, step * thin)


def main() -> None:
    """Learn everything and write the file."""
    parser = argparse.ArgumentParser(prog="python -m assistant.learning", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the question sets")
    parser.add_argument("--training", type=Path, required=True, help="folder of the questions for the tables of words")
    parser.add_argument("--work", type=Path, required=True, help="folder for collections, kept between runs")
    parser.add_argument("--out", type=Path, default=FILE, help="file to write")
    parser.add_argument("--thin", type=int, default=1, help="take every so many-th question only")
    parser.add_argument("--keep", nargs="*", default=[], choices=_KEPT, help="stages that stay as they are")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    log.info("tables")
    content = learn_tables(marked(chosen.training))
    alone = list(examples(chosen.data, chosen.work, chosen.thin))
    mixed = [example for half in (0, 1) for example in read_shelf(chosen.data, chosen.work, half, chosen.thin)]
    seen = alone + mixed
    pairs = list(read_pairs(chosen.data / "clapnq_abstain" / "pairs.jsonl", chosen.work))
    log.info("measuring %d questions", len(seen))
    items = gather(seen)
    items += gather(seen[::HIDDEN], hidden=True) + gather(pairs) + gather(foreign(alone, FOREIGN), hidden=True)
    stages = Stages(items, content)
    log.info("confidence")
    confidence = learn_confidence(stages)
    result: dict[str, Any] = {
        "date": date.today().isoformat(),
        "data": {
            "tables": "QAMR dev and test (MIT), CMRC 2018 train (CC BY-SA 4.0)",
            "ranking": "development halves of XQuAD (CC BY-SA 4.0), CMRC 2018 dev (CC BY-SA 4.0), DRCD (CC BY-SA 3.0), "
            "NQ open (CC BY-SA 3.0), ExpMRC SQuAD (CC BY-SA 4.0); confidence also CLAP NQ (Apache-2.0)",
            "questions": len(seen),
            "note": f"every {chosen.thin}. question of the sets alone and of two mixed shelves (--thin)",
        },
        "report": {**stages.report, **confidence.report},
        "tables": content,
        "sentences": stages.sentences,
        "second_look": stages.second_look,
        "spans": stages.spans,
        "confidence": confidence.model,
        "threshold": confidence.threshold,
    }
    result.update({part: learned()[part] for stage in chosen.keep for part in _KEPT[stage]})
    result["data"]["kept"] = {stage: learned()["date"] for stage in chosen.keep}
    chosen.out.write_text(rounded(result), encoding="utf-8")
    log.info("%s", json.dumps(result["report"], ensure_ascii=False))


if __name__ == "__main__":
    main()
