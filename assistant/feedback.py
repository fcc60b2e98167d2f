"""What people say of answers: JSON Lines in the home folder, appended, never changed, never sent anywhere."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.records import Answer

FEEDBACK_FILE = "feedback.jsonl"
"""Name of the file inside a home folder."""
REASONS = ("wrong", "quote", "missed", "language", "other")
"""Why a thumb points down; empty for a thumb up."""
LONGEST_COMMENT = 4_000

Rating = Literal["up", "down"]


class FeedbackBook:
    """Appends to one file; safe for many threads.

    Args:
        file: JSON Lines file; made with the first entry.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._writing = threading.Lock()

    def add(self, rating: Rating, answer: Answer, reason: str = "", comment: str = "") -> dict[str, Any]:
        """Append one entry and force it to disk; returns it.

        Args:
            rating: Thumb up or down.
            answer: The answer it is about, quotes and digests included.
            reason: One of `REASONS`, or empty.
            comment: Free text; kept to 4,000 characters.
        """
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "rating": rating,
            "reason": reason if reason in REASONS else "",
            "comment": comment[:LONGEST_COMMENT],
            "question": answer.question,
            "answer": answer.to_dict(),
        }
        line = _line(entry)
        with self._writing, self.file.open("ab") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
        return entry

    def forget_removed(self, is_held: Callable[[str], bool]) -> None:
        """Take the text of removed articles out of all entries: what quotes one keeps its question and its thumb.

        Args:
            is_held: Whether the collection still holds the document of an id.
        """
        with self._writing:
            entries = list(self.entries())
            kept = [_without_removed(entry, is_held) for entry in entries]
            if kept == entries:
                return
            fresh = self.file.with_suffix(".part")
            with fresh.open("wb") as stream:
                stream.writelines(_line(entry) for entry in kept)
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(self.file)

    def entries(self) -> Iterator[dict[str, Any]]:
        """All entries, oldest first; a line cut short by a crash is skipped."""
        if not self.file.exists():
            return
        with self.file.open(encoding="utf-8", errors="replace") as stream:
            for line in stream:
                try:
                    yield json.loads(line)
                except json.JSONDecodeError:
                    continue


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _without_removed(entry: dict[str, Any], is_held: Callable[[str], bool]) -> dict[str, Any]:
    """An entry as it is, or without everything that was made from an article that is gone."""
    answer = entry.get("answer")
    quotes = answer.get("quotes", ()) if isinstance(answer, dict) else ()
    if not isinstance(answer, dict) or all(is_held(str(quote.get("document_id", ""))) for quote in quotes):
        return entry
    return {**entry, "answer": {**answer, "text": "", "short": "", "quotes": [], "suggestions": [], "trace": []}}
