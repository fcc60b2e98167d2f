"""What people say of answers: JSON Lines in the home folder, appended, never changed, never sent anywhere."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
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
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        with self._writing, self.file.open("ab") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
        return entry

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
