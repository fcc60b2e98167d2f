"""Question sets as training examples: questions with what a search finds for them and where the answer stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from assistant.analysis import analyse
from assistant.learning.tables import Marked
from assistant.records import Question
from assistant.sources import Candidate as SentenceCandidate
from assistant.sources import EvidenceSource, find_candidates
from corpus.records import Article, Document, Language, Span
from index.collection import Collection
from index.records import Passage, Scope
from index.scripts import fold

PASSAGES = 12
"""So many passages are read for a question, as in answering."""


READERS: dict[str, tuple[int, ...]] = {"xquad": (0,), "nq_en": (0, 1), "drcd": (0, 1)}
"""Sets whose articles are shared out: in these folds of them the reader learns, in the rest what builds on it."""
_READERS_FOLDS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A question, what was found for it, and its answer."""

    set_name: str
    group: str
    """Questions of one group (an article's title) are never on both sides of a split."""
    question: Question
    passages: tuple[Passage, ...]
    gold: str
    """Id of the document with the answer; empty where the articles don't answer."""
    answers: tuple[str, ...]
    spans: tuple[Span, ...]
    """Where the answers stand in the gold document."""
    collection: EvidenceSource

    def candidates(self, hidden: bool = False) -> list[SentenceCandidate]:
        """The candidate sentences; with `hidden`, as if the gold document were not there."""
        found = [p for p in self.passages if not (hidden and p.document_id == self.gold)]
        return find_candidates(found, self.collection)


def read_rows(file: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def documents_of(rows: Sequence[dict[str, Any]]) -> dict[str, Document]:
    """Passages of a set as documents, by the set's own ids."""
    return {
        row["id"]: Document.create(row["text"], Article(row.get("title", ""), cast("Language", row["lang"])))
        for row in rows
    }


def marked(folder: Path) -> Iterator[Marked]:
    """The questions that the tables of words are counted on, and most that the reader learns from."""
    for name in ("qa_en_qamr", "qa_zh_cmrc"):
        documents = documents_of(read_rows(folder / f"{name}_passages.jsonl"))
        for row in read_rows(folder / f"{name}_questions.jsonl"):
            yield Marked(row["question"], documents[row["passage_id"]], _spans(row), name)


def readers(data: Path) -> Iterator[Marked]:
    """The questions of the sets that only the reader learns from, those with a twin also asked of its passage.

    Args:
        data: Folder of the sets.
    """
    for name in READERS:
        documents = documents_of(read_rows(data / name / "passages.jsonl"))
        rows = [row for row in read_rows(data / name / "questions.jsonl") if _is_readers(name, documents, row)]
        twins = {(row["parallel_id"], row["lang"]): row for row in rows if _parallel(row)}
        for row in rows:
            twin = twins.get((row["parallel_id"], "zh" if row["lang"] == "en" else "en"))
            for gold in (row, twin) if twin else (row,):
                direction = f"{name} {row['lang']}-{gold['lang']}"
                yield Marked(row["question"], documents[gold["passage_id"]], _spans(gold), direction)


def _is_readers(name: str, documents: Mapping[str, Document], row: Mapping[str, Any]) -> bool:
    document = documents[row["passage_id"]]
    return fold_of(f"reader {document.article.title or document.id}", _READERS_FOLDS) in READERS.get(name, ())


def fold_of(group: str, folds: int) -> int:
    """The fold of a group of questions."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % folds


def _spans(row: Mapping[str, Any]) -> tuple[Span, ...]:
    places = zip(row["answer_starts"], row["answers"], strict=True)
    return tuple(Span(start, start + len(answer)) for start, answer in places)


def read_set(
    name: str, folder: Path, work: Path, language: str = "", asked: str = "", step: int = 1
) -> Iterator[Example]:
    """The examples of one set over a collection of its own.

    Args:
        name: Of the set.
        folder: With `passages.jsonl` and `questions.jsonl`.
        work: Folder where the collection is kept between runs.
        language: Only passages in this language; empty for all.
        asked: Only questions in this language; where it is the other one, gold is the parallel question's passage.
        step: Every so many-th question.
    """
    documents = documents_of([row for row in read_rows(folder / "passages.jsonl") if language in ("", row["lang"])])
    collection = Collection.open(work / f"{name}{language}")
    collection.add(documents.values())
    rows = read_rows(folder / "questions.jsonl")
    parallel = {row["parallel_id"]: row for row in rows if row["passage_id"] in documents and row.get("parallel_id")}
    for row in [row for row in rows if asked in ("", row["lang"])][::step]:
        gold = row if row["passage_id"] in documents else parallel.get(row.get("parallel_id"))
        if gold is not None and not _is_readers(name, documents, gold):
            yield _example(name, row, gold, documents[gold["passage_id"]], collection)


MIXED: dict[str, int] = {"xquad": 1, "cmrc2018": 3, "nq_en": 1, "evidence_en": 2}
"""Sets of a shelf, and every how many-th of their questions is taken."""


def read_shelf(data: Path, work: Path, half: int, thin: int = 1) -> Iterator[Example]:
    """The examples of several sets over ONE collection of both languages.

    Each passage that stands in both languages is shelved in one of them, in the other on the other shelf, so that half
    of its questions must be answered across languages while their own language has much to say beside the point.

    Args:
        data: Folder of the sets.
        work: Folder where the collection is kept between runs.
        half: 0 or 1.
        thin: Every so many-th of the questions only.
    """
    rows = [row for name in MIXED for row in read_rows(data / name / "passages.jsonl")]
    documents = documents_of([row for row in rows if _is_shelved(row, half)])
    collection = Collection.open(work / f"shelf{half}")
    collection.add(documents.values())
    for name, step in MIXED.items():
        questions = read_rows(data / name / "questions.jsonl")
        told = {row["parallel_id"]: row for row in questions if row["passage_id"] in documents and _parallel(row)}
        for row in questions[half % step :: step * thin]:
            gold = row if row["passage_id"] in documents else told.get(_parallel(row))
            if gold is not None and not _is_readers(name, documents, gold):
                yield _example(f"{name} mixed", row, gold, documents[gold["passage_id"]], collection)


def _is_shelved(row: dict[str, Any], half: int) -> bool:
    if not _parallel(row):
        return True
    first = "en" if hashlib.sha256(row["parallel_id"].encode()).digest()[0] % 2 == half else "zh"
    return bool(row["lang"] == first)


def _parallel(row: dict[str, Any]) -> str:
    return row.get("parallel_id") or ""


def _example(
    name: str, row: dict[str, Any], gold: dict[str, Any], document: Document, collection: Collection
) -> Example:
    """A question with what is found for it; `gold` is its twin in the language of the document."""
    return Example(
        f"{name} {row['lang']}-{gold['lang']}",
        document.article.title or document.id,
        analyse(row["question"]),
        tuple(collection.search(row["question"], PASSAGES)),
        document.id,
        tuple(gold["answers"]),
        _spans(gold),
        cast("EvidenceSource", collection),
    )


def foreign(examples: Sequence[Example], count: int) -> list[Example]:
    """Questions of each set asked of another set's articles, which don't answer them; `count` a pair of sets."""
    by_set: dict[str, list[Example]] = {}
    for example in examples:
        by_set.setdefault(example.set_name, []).append(example)
    names = sorted(by_set)
    found = []
    for number, name in enumerate(names):
        for other in (names[(number + 1) % len(names)], names[(number + 2) % len(names)]):
            collection = cast("Collection", by_set[other][0].collection)
            for example in by_set[name][:: max(1, len(by_set[name]) // count)] if other != name else []:
                passages = tuple(collection.search(example.question.standalone, PASSAGES))
                home = cast("EvidenceSource", collection)
                found.append(
                    replace(example, passages=passages, collection=home, gold="", spans=(), set_name="foreign")
                )
    return found


def read_pairs(file: Path, work: Path) -> Iterator[Example]:
    """Questions with one given article each that does or does not answer them (`answerable`); no answer is marked."""
    rows = read_rows(file)
    documents = documents_of(rows)
    collection = Collection.open(work / "pairs")
    collection.add(documents.values())
    for row in rows:
        document = documents[row["id"]]
        found = tuple(collection.search(row["question"], PASSAGES, Scope(documents=[document.id])))
        yield Example(
            f"pairs {'yes' if row['answerable'] else 'no'}",
            document.article.title,
            analyse(row["question"]),
            found,
            document.id if row["answerable"] else "",
            (),
            (),
            cast("EvidenceSource", collection),
        )


def squeeze(text: str) -> str:
    """`text` for comparing: folded, lower case, letters and digits only."""
    return "".join(character for character in fold(text).lower() if character.isalnum())
