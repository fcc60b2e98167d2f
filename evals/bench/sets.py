"""Reading a folder of external sets, and the tasks that each set is good for.

A set is a folder with `passages.jsonl` {id, lang, title, text, ...} and `questions.jsonl` {id, lang, question,
passage_id, answers, ...}; `unanswerable.jsonl` holds questions that no passage answers; `sentences.jsonl` holds
translated pairs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from corpus.languages import detect_language
from corpus.records import Article, Document, Language, text_digest

SEED = 7
PASSAGE_SETS = ("xquad", "nq_en", "cmrc2018", "drcd", "news_en_rtqa", "news_zh_crud", "evidence_en")
SETS = ("xquad", "ntrex", *PASSAGE_SETS[1:], "rgb", "clapnq_abstain")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a set."""

    id: str
    language: Language
    title: str
    text: str
    published: date | None = None
    parallel: str = ""
    """Equal for the same passage in the two languages; empty where there is none."""

    @property
    def document_id(self) -> str:
        """Id of the document made of it; equal texts share one."""
        return text_digest(self.text)

    def document(self) -> Document:
        """The passage as an article of a collection."""
        article = Article(title=self.title, language=self.language, published=self.published, source=self.id)
        return Document.create(self.text, article)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a set; `gold` and `twins` hold document ids."""

    id: str
    language: Language
    text: str
    gold: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()
    evidences: tuple[str, ...] = ()
    parallel: str = ""
    twins: frozenset[str] = frozenset()
    """Passages that answer it too, but in the language that is not asked for."""
    answered_in: Language | None = None
    """Of its passages, where that is known to be another one than its own."""


@dataclass(frozen=True, slots=True)
class Task:
    """Questions of one direction and the passages that they are asked of."""

    set_name: str
    direction: str
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]
    unanswerable: tuple[Question, ...] = ()

    @property
    def name(self) -> str:
        """Such as `xquad zh->en`."""
        return f"{self.set_name} {self.direction}"


def tasks_of(data: Path, name: str) -> list[Task]:
    """The tasks of a set in a folder of sets.

    Raises:
        UserError: There is no such set, or one of its files is broken.
    """
    folder = data / name
    if (folder / "sentences.jsonl").is_file():
        return _sentence_tasks(name, read_lines(folder / "sentences.jsonl"))
    if not (folder / "passages.jsonl").is_file():
        raise UserError(f"There is no set {name!r} in {data}.", f"Known sets: {', '.join(SETS)}.")
    passages = [_passage(line) for line in read_lines(folder / "passages.jsonl")]
    by_id = {passage.id: passage for passage in passages}
    questions = [_question(line, by_id) for line in read_lines(folder / "questions.jsonl")]
    absent = folder / "unanswerable.jsonl"
    unanswerable = [_question(line, by_id) for line in read_lines(absent)] if absent.is_file() else []
    languages = sorted({passage.language for passage in passages})
    tasks = []
    for asked in languages:
        for found in languages:
            pool = tuple(passage for passage in passages if passage.language == found)
            chosen = [question for question in questions if question.language == asked]
            moved = _with_twins(chosen, questions) if asked == found else _moved(chosen, questions, pool, by_id)
            extra = tuple(unanswerable) if asked == found and len(languages) == 1 else ()
            tasks.append(Task(name, f"{asked}->{found}", pool, tuple(moved), extra))
    return tasks


def sample(task: Task, limit: int | None) -> Task:
    """The task with at most `limit` questions, chosen by a fixed seed; its passages stay."""
    if limit is None or len(task.questions) <= limit:
        return task
    picks = sorted(random.Random(SEED).sample(range(len(task.questions)), limit))
    return replace(
        task, questions=tuple(task.questions[pick] for pick in picks), unanswerable=task.unanswerable[:limit]
    )


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file.

    Raises:
        UserError: The file is missing, not UTF-8 or not JSON; the line is named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} can't be read: {error}.", "It must be a JSON Lines file in UTF-8.") from None
    objects: list[dict[str, Any]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            objects.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise UserError(f"{path.name}, line {number}: not JSON ({error.msg}).") from None
    return objects


def _passage(line: Mapping[str, Any]) -> Passage:
    return Passage(
        id=line["id"],
        language=line["lang"],
        title=line.get("title") or "",
        text=line["text"],
        published=_day(line.get("date")),
        parallel=line.get("parallel_id") or "",
    )


def _question(line: Mapping[str, Any], passages: Mapping[str, Passage]) -> Question:
    ids = [line["passage_id"], *line.get("passage_ids", ())] if "passage_id" in line else []
    gold = frozenset(passages[id].document_id for id in ids if id in passages)
    language = _language(line["lang"]) if "lang" in line else detect_language(line["question"])
    answers = tuple(dict.fromkeys(line.get("answers", ())))
    evidences = tuple(line.get("evidences", ()))
    return Question(line["id"], language, line["question"], gold, answers, evidences, line.get("parallel_id") or "")


def _with_twins(chosen: Sequence[Question], all_questions: Iterable[Question]) -> list[Question]:
    """The questions with the passages of the other language that answer them too."""
    gold = {(question.parallel, question.language): question.gold for question in all_questions if question.parallel}
    others: dict[Language, Language] = {"en": "zh", "zh": "en"}
    return [
        replace(question, twins=gold.get((question.parallel, others[question.language]), frozenset()))
        for question in chosen
    ]


def _moved(
    chosen: Sequence[Question], all_questions: Iterable[Question], pool: Sequence[Passage], by_id: Mapping[str, Passage]
) -> list[Question]:
    """The questions with gold passages and answers of the other language; those without a parallel are left out."""
    language = pool[0].language
    twins = {question.parallel: question for question in all_questions if question.language == language}
    paired = [(question, twins[question.parallel]) for question in chosen if question.parallel in twins]
    return [
        replace(
            question,
            gold=twin.gold,
            answers=twin.answers,
            evidences=twin.evidences,
            twins=question.gold,
            answered_in=language,
        )
        for question, twin in paired
    ]


def _sentence_tasks(name: str, lines: Sequence[Mapping[str, Any]]) -> list[Task]:
    """Each sentence asks for its translation among all sentences of the other language."""
    tasks = []
    for asked, found in (("en", "zh"), ("zh", "en")):
        pool = tuple(Passage(line["id"], _language(found), "", line[found]) for line in lines)
        questions = tuple(
            Question(line["id"], _language(asked), line[asked], frozenset({passage.document_id}))
            for line, passage in zip(lines, pool, strict=True)
        )
        tasks.append(Task(name, f"{asked}->{found}", pool, questions))
    return tasks


def _language(name: str) -> Language:
    return "zh" if name == "zh" else "en"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text.replace("/", "-")) if text else None
