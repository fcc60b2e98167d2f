"""Conversations as the browser keeps them: plain data, read back with suspicion."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.records import Answer, Status, Turn
from assistant.texts import text

REMEMBERED_TURNS = 8
"""Earlier turns that a follow-up question may lean on."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation."""

    id: str
    name: str
    answers: tuple[Answer, ...] = ()

    @classmethod
    def begin(cls) -> Talk:
        """An empty conversation with an id of its own."""
        return cls(secrets.token_hex(6), "")

    @classmethod
    def from_dict(cls, data: object) -> Talk:
        """The conversation that `to_dict` wrote; an empty one for anything else."""
        if not isinstance(data, Mapping):
            return cls.begin()
        id, name, answers = data.get("id"), data.get("name"), data.get("answers")
        if not (isinstance(id, str) and id.isalnum() and isinstance(name, str) and isinstance(answers, Sequence)):
            return cls.begin()
        try:
            return cls(id[:32], name[:LONGEST_NAME], tuple(Answer.from_dict(answer) for answer in answers))
        except (ValueError, TypeError, AttributeError, KeyError):
            return cls.begin()

    def to_dict(self) -> dict[str, Any]:
        """Plain data; `yiju verify` reads it too."""
        return {"id": self.id, "name": self.name, "answers": [slim(answer).to_dict() for answer in self.answers]}

    def add(self, answer: Answer) -> Talk:
        """This conversation with one more answer; the first question names it."""
        name = self.name or " ".join(answer.question.split())[:LONGEST_NAME]
        return Talk(self.id, name, (*self.answers, answer))

    def before(self, turn: int) -> Talk:
        """This conversation up to a turn (from 1), without it."""
        return replace(self, answers=self.answers[: max(turn - 1, 0)])

    def without_removed(self, is_held: Callable[[str], bool]) -> Talk:
        """This conversation without the text of removed articles: an answer that quoted one says so instead.

        Args:
            is_held: Whether the collection still holds the document of an id.
        """
        answers = (
            answer if all(is_held(quote.document_id) for quote in answer.quotes) else _removed(answer)
            for answer in self.answers
        )
        return replace(self, answers=tuple(answers))

    def history(self) -> list[Turn]:
        """The turns that the next question may lean on."""
        turns = [
            Turn(answer.question, answer.text, standalone(answer))
            for answer in self.answers
            if answer.status is not Status.CHAT
        ]
        return turns[-REMEMBERED_TURNS:]

    def to_markdown(self) -> str:
        """All turns as Markdown, article text escaped."""
        return "\n---\n\n".join(answer.to_markdown() for answer in self.answers)


def _removed(answer: Answer) -> Answer:
    note = text("article_removed", answer.language)
    return replace(answer, status=Status.CHAT, text=note, short="", quotes=(), suggestions=(), trace=())


def standalone(answer: Answer) -> str:
    """The question as it was understood; empty where the trace does not tell."""
    found = next((entry["standalone"] for entry in answer.trace if "standalone" in entry), "")
    return found if isinstance(found, str) else ""


def slim(answer: Answer) -> Answer:
    """An answer whose trace holds no more than follow-up questions need."""
    understood = standalone(answer)
    return replace(answer, trace=({"standalone": understood},) if understood else ())
