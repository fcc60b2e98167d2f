"""One question's way through the stages: each is a function of what the one before chose."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant import smalltalk
from assistant.analysis import analyse
from assistant.answering import Answerer
from assistant.conversation import standalone_question
from assistant.evidence import gather_evidence
from assistant.premises import hold_premises
from assistant.quoting import cut
from assistant.records import Answer, Event, Turn
from assistant.settings import AnsweringSettings
from index.records import Scope

if TYPE_CHECKING:
    from index.collection import Collection


@dataclass
class Trace:
    """Collects what each stage chose, with its time in milliseconds."""

    entries: list[dict[str, Any]]
    clock: float

    def add(self, stage: str, **chosen: object) -> None:
        """Enter a stage that has just ended."""
        now = time.perf_counter()
        self.entries.append({"stage": stage, **chosen, "milliseconds": round((now - self.clock) * 1000, 1)})
        self.clock = now


def answer_question(
    text: str,
    history: Sequence[Turn],
    scope: Scope,
    collection: Collection,
    answerer: Answerer,
    settings: AnsweringSettings,
) -> Iterator[Event]:
    """The events of one answer, the whole `Answer` last."""
    trace = Trace([], time.perf_counter())
    reply = smalltalk.reply(text, collection)
    if reply is not None:
        trace.add("smalltalk", kind="reply")
        yield from _speak(replace(reply, trace=tuple(trace.entries)))
        return
    yield Event("step", "understanding")
    question = analyse(text, standalone_question(text, history, collection.encode_phrases))
    trace.add(
        "question",
        standalone=question.standalone,
        language=question.language,
        answer_type=question.answer_type.value,
        focus=question.focus,
    )
    yield Event("step", "searching")
    found = collection.find(question.standalone, settings.passages, scope)
    passages = found.passages
    trace.add(
        "search",
        passages=[{"chunk": p.chunk_id, "score": round(p.score, 4)} for p in passages],
        **({"remarks": list(found.remarks)} if found.remarks else {}),
    )
    yield Event("step", "reading")
    evidence = gather_evidence(question, passages, collection)
    trace.add("evidence", sentences=[{"key": e.key, "score": round(e.score, 4), "text": e.text} for e in evidence[:8]])
    draft = hold_premises(question, answerer.answer(question, evidence), evidence, collection)
    trace.add("draft", status=draft.status.value, confidence=round(draft.confidence, 4), claims=len(draft.claims))
    answer = cut(question, draft, evidence, collection.document, collection.display_gloss)
    trace.add("quoting", quotes=len(answer.quotes), status=answer.status.value)
    yield from _speak(replace(answer, trace=tuple(trace.entries)))


def _speak(answer: Answer) -> Iterator[Event]:
    """The answer's text in small pieces, then the answer."""
    for start in range(0, len(answer.text), 24):
        yield Event("text", answer.text[start : start + 24])
    yield Event("answer", answer=answer)
