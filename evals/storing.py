"""The files of a run: records, timings and summary; finished questions survive an interruption."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from corpus.errors import UserError
from evals.examples import Example
from evals.files import write_whole
from evals.records import SCHEMA, CitedQuote, Reason, Record, Response, Run

_GOES_ON = "Finished questions are kept; the same command goes on."
RECORDS, TIMINGS, SUMMARY = "records.jsonl", "timings.jsonl", "summary.json"


def to_json(data: object) -> str:
    """One line of JSON: readable characters, keys sorted, the same data always the same bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(", ", ": "))


def fingerprint(example: Example, about: Mapping[str, Any]) -> str:
    """Digest of a question and of what answers it: only where it is equal is an earlier answer taken over."""
    answering = {key: value for key, value in about.items() if key != "date"}
    data = to_json([SCHEMA, example.question, [turn.model_dump() for turn in example.history], answering])
    return hashlib.sha256(data.encode()).hexdigest()[:16]


class RunFiles:
    """Appends finished questions to a run's folder and reads back what an earlier, stopped run finished.

    Raises:
        UserError: The folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"Folder {folder} can't be used: {error.strerror}.", "Choose another with --out.") from None

    def finished(self) -> dict[str, tuple[Response, float]]:
        """Responses and seconds by fingerprint; a line that was cut off in the middle is left out."""
        seconds = {line["fingerprint"]: float(line["seconds"]) for line in self._lines(TIMINGS)}
        return {
            line["fingerprint"]: (response_from(line["response"]), seconds.get(line["fingerprint"], 0.0))
            for line in self._lines(RECORDS)
        }

    def append(self, record: Record, mark: str, seconds: float) -> None:
        """Keep one finished question.

        Raises:
            UserError: The disk is full or the folder is read-only.
        """
        try:
            with self._open(TIMINGS, "a") as timings, self._open(RECORDS, "a") as records:
                timings.write(_timing_line(record, mark, seconds))
                records.write(_record_line(record, mark))
        except OSError as error:
            raise self._unwritable(error) from None

    def rewrite(self, run: Run, marks: Mapping[str, str]) -> None:
        """Write both files anew in the set's order, so that the same input gives the same bytes of records.

        Raises:
            UserError: As for `append`; the earlier files are kept then.
        """
        self.write(RECORDS, (_record_line(record, marks[record.example.id]) for record in run.records))
        ids = [record.example.id for record in run.records]
        self.write(TIMINGS, (_timing_line(r, marks[i], run.seconds[i]) for r, i in zip(run.records, ids, strict=True)))

    def write(self, name: str, lines: Iterable[str]) -> Path:
        """Write a file of the folder whole or not at all; returns its path.

        Raises:
            UserError: As for `append`.
        """
        return write_whole(self.folder / name, lines, _GOES_ON)

    def _lines(self, name: str) -> list[dict[str, Any]]:
        path = self.folder / name
        if not path.exists():
            return []
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        return [data for line in lines if (data := _whole(line))]

    def _open(self, name: str, mode: str) -> TextIO:
        return (self.folder / name).open(mode, encoding="utf-8")  # type: ignore[return-value]

    def _unwritable(self, error: OSError) -> UserError:
        return UserError(f"{self.folder} can't be written: {error.strerror}.", _GOES_ON)


def read_records(folder: Path) -> tuple[list[Record], dict[str, Any], dict[str, float]]:
    """Records, summary and seconds of a finished run.

    Raises:
        UserError: `folder` holds no finished run.
    """
    files = RunFiles(folder) if folder.is_dir() else None
    summary = folder / SUMMARY
    if files is None or not summary.is_file() or not (folder / RECORDS).is_file():
        raise UserError(f"{folder} holds no finished run.", "Make one with: python -m evals run --out FOLDER")
    figures = json.loads(summary.read_text(encoding="utf-8"))
    if figures.get("schema") != SCHEMA:
        raise UserError(
            f"{folder} was written by another version of evals.", "Run it anew: python -m evals run --fresh"
        )
    seconds = {line["id"]: float(line["seconds"]) for line in files._lines(TIMINGS)}
    return [record_from(line) for line in files._lines(RECORDS)], figures, seconds


def record_from(line: Mapping[str, Any]) -> Record:
    """The record of a line of `records.jsonl`."""
    example = Example.model_validate(line["example"])
    reasons = tuple(Reason(*reason) for reason in line["reasons"])
    return Record(example, response_from(line["response"]), line["direction"], dict(line["scores"]), reasons)


def response_from(data: Mapping[str, Any]) -> Response:
    """The response of a record's JSON."""
    quotes = tuple(CitedQuote(**quote) for quote in data["quotes"])
    lists = {name: tuple(data.get(name, ())) for name in ("trace", "ranking")}
    return Response(**{**data, **lists, "quotes": quotes})


def _record_line(record: Record, mark: str) -> str:
    data = {
        "id": record.example.id,
        "fingerprint": mark,
        "example": record.example.model_dump(mode="json", exclude_defaults=True),
        "response": asdict(record.response),
        "direction": record.direction,
        "scores": record.scores,
        "reasons": list(record.reasons),
    }
    return to_json(data) + "\n"


def _timing_line(record: Record, mark: str, seconds: float) -> str:
    return to_json({"id": record.example.id, "fingerprint": mark, "seconds": round(seconds, 6)}) + "\n"


def _whole(line: str) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
    except json.JSONDecodeError:
        return None
    return data if isinstance(data, dict) and "fingerprint" in data else None
