"""Sets of examples: JSON Lines with a checked schema; every fault is told with its line number."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import UserError
from corpus.records import Language
from evals.files import write_whole

Kind = Literal["answerable", "unanswerable", "conflict", "follow_up"]
KINDS: tuple[Kind, ...] = ("answerable", "unanswerable", "conflict", "follow_up")

BUNDLED = Path(__file__).parent / "sets" / "yiju.jsonl"
"""The project's own set, over the bundled articles."""


_NAMED = 8  # articles that an error names


class Exchange(BaseModel):
    """One earlier turn of the conversation in which a question is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=1)
    answer: str = ""


class Example(BaseModel):
    """A question with what a right answer must hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, description="Unique within its set.")
    question: str = Field(min_length=1, description="As a person asks it.")
    language: Language = Field(description="Language of the question.")
    history: tuple[Exchange, ...] = Field(default=(), description="Earlier turns, oldest first.")
    kind: Kind = Field(default="answerable", description="What the right behaviour is.")
    answer_type: str = Field(default="other", description="What is asked for: number, share, person, reason, ...")
    answers: tuple[tuple[str, ...], ...] = Field(
        default=(), description="Groups of accepted strings: every group must be matched, any string of it is enough."
    )
    articles: tuple[str, ...] = Field(default=(), description="File names of the articles that hold the answer.")
    quotes: tuple[str, ...] = Field(default=(), description="Sentences of those articles that prove it, verbatim.")
    tags: tuple[str, ...] = Field(default=(), description="Free labels, reported one by one.")
    review: bool = Field(default=False, description="True in a draft that no person has looked at yet.")

    @model_validator(mode="after")
    def _check_answers(self) -> Example:
        if self.kind == "unanswerable":
            if self.answers:
                raise ValueError("an unanswerable question has no accepted answers")
        elif not self.answers and not self.review:
            raise ValueError(f"a question of kind {self.kind!r} needs accepted answers")
        if any(not group or not all(text.strip() for text in group) for group in self.answers):
            raise ValueError("every group of accepted answers needs at least one string, and no string may be empty")
        return self


def read_examples(path: Path, known_articles: Collection[str] | None = None) -> list[Example]:
    """The examples of a JSON Lines file (UTF-8), in the file's order; blank lines are skipped.

    Args:
        path: The file.
        known_articles: File names of the articles of the collection; given, an example that names another is
        refused.

    Raises:
        UserError: no such file, wrong encoding, a broken line, a duplicate id, an unknown article, or nothing in
        it.
    """
    examples: list[Example] = []
    lines_of_ids: dict[str, int] = {}
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        example = _parse_line(line, f"{path.name}, line {number}")
        if example.id in lines_of_ids:
            raise UserError(
                f"{path.name}, line {number}: id {example.id!r} stands already in line {lines_of_ids[example.id]}.",
                "Give every example an id of its own.",
            )
        lines_of_ids[example.id] = number
        _check_articles(example, known_articles, f"{path.name}, line {number}")
        examples.append(example)
    if not examples:
        raise UserError(f"{path.name} holds no examples.", "Write one JSON object per line.")
    return examples


def write_examples(path: Path, examples: Sequence[Example]) -> None:
    """Write `examples` so that `read_examples` gives them back; fields at their defaults are left out."""
    write_whole(path, [example.model_dump_json(exclude_defaults=True) + "\n" for example in examples])


def add_drafts(path: Path, drafts: Sequence[Example]) -> int:
    """Add to a set those drafts whose ids it does not hold yet; what a person has reviewed stays. Returns their number.

    Raises:
        UserError: The file is no set, or can't be written.
    """
    kept = read_examples(path) if path.exists() else []
    ids = {example.id for example in kept}
    fresh = [draft for draft in drafts if draft.id not in ids]
    write_examples(path, [*kept, *fresh])
    return len(fresh)


def _read_text(path: Path) -> str:
    if not path.is_file():
        raise UserError(f"There is no set of examples at {path}.", "Name a JSON Lines file.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise UserError(f"{path.name}, line {line}: not UTF-8.", "Save the file as UTF-8.") from error


def _parse_line(line: str, place: str) -> Example:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise UserError(f"{place}: not JSON ({error.msg}, column {error.colno}).", "One object per line.") from error
    try:
        return Example.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'example'}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        )
        raise UserError(f"{place}: {faults}.", f"The fields are: {', '.join(Example.model_fields)}.") from error


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _check_articles(example: Example, known: Collection[str] | None, place: str) -> None:
    unknown = [name for name in example.articles if known is not None and name not in known]
    if unknown:
        raise UserError(
            f"{place}: unknown article {unknown[0]!r}.",
            f"The collection holds: {_some(sorted(known or ()))}.",
        )
