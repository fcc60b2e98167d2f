"""One question's way through the stages: each is a function of what the one before chose."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant import smalltalk
from assistant.analysis import analyse
from assistant.answering import Answerer
from assistant.catalogue import catalogue_reply
from assistant.compared import asked_of_each
from assistant.compound import Part, merge_drafts, of_each, split_question
from assistant.conversation import amount_question, standalone_question
from assistant.coordinated import are_told_apart, joined, tells_of_both
from assistant.evidence import gather_evidence
from assistant.generating.answerer import GenerativeAnswerer
from assistant.generating.models import ChatModel
from assistant.generating.rewriting import Rewriting
from assistant.implied import also_searched
from assistant.premises import hold_premises, shares_premises
from assistant.quoting import cut
from assistant.records import Answer, AnswerType, Draft, Event, Evidence, Question, Status, Turn
from assistant.settings import AnsweringSettings
from index.records import Found, Scope

if TYPE_CHECKING:
    from index.collection import Collection

Read = Callable[[Question], tuple[list[Evidence], Draft]]
"""Searches, reads and answers a question as analysed."""
_DOUBTFUL = 0.5
"""Confidence below which a follow-up for a share is asked anew for the amount."""


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
    model: ChatModel | None = None,
) -> Iterator[Event]:
    """The events of one answer, the whole `Answer` last; with a model, its text comes claim by checked claim."""
    trace = Trace([], time.perf_counter())
    reply = smalltalk.reply(text, collection)
    stage = "smalltalk" if reply else "catalogue"
    reply = reply or catalogue_reply(text, scope, collection)
    if reply is not None:
        trace.add(stage, kind="reply")
        yield from _speak(replace(reply, trace=tuple(trace.entries)), "")
        return
    helper = GenerativeAnswerer(model, collection.analyzer, answerer, history) if model else None
    yield Event("step", "understanding")
    rewriting = helper.rewrite(text) if helper else Rewriting()
    question = analyse(text, rewriting.question or standalone_question(text, history, collection.encode_phrases))
    trace.add(
        "question",
        standalone=question.standalone,
        language=question.language,
        answer_type=question.answer_type.value,
        focus=question.focus,
    )
    yield Event("step", "searching")
    queries = (question.standalone, *also_searched(question), *rewriting.searches)
    found = _find(queries, settings.passages, scope, collection)
    passages = found.passages
    trace.add(
        "search",
        passages=[{"chunk": p.chunk_id, "score": round(p.score, 4)} for p in passages],
        **({"remarks": list(found.remarks)} if found.remarks else {}),
    )
    yield Event("step", "reading")
    evidence = gather_evidence(question, passages, collection)
    trace.add("evidence", sentences=[{"key": e.key, "score": round(e.score, 4), "text": e.text} for e in evidence[:8]])
    if helper:
        draft, said = yield from _speak_drafts(helper.drafts(question, evidence), question, evidence, collection)
    else:
        question, evidence, draft = _extracted(question, evidence, scope, collection, answerer, settings, trace)
        said = ""
    trace.add("draft", status=draft.status.value, confidence=round(draft.confidence, 4), claims=len(draft.claims))
    answer = cut(question, draft, evidence, collection.document, collection.display_gloss)
    if helper:
        answer = helper.translate(answer)
        trace.add("model", **helper.report)
    trace.add("quoting", quotes=len(answer.quotes), status=answer.status.value)
    yield from _speak(replace(answer, trace=tuple(trace.entries)), said)


def _find(queries: Sequence[str], limit: int, scope: Scope, collection: Collection) -> Found:
    """What is found for the question, then what only its other wordings find, ranked on."""
    first = collection.find(queries[0], limit, scope)
    passages = {passage.chunk_id: passage for passage in first.passages}
    for query in queries[1:]:
        for passage in collection.search(query, limit // 2, scope):
            passages.setdefault(passage.chunk_id, replace(passage, rank=len(passages) + 1))
    return replace(first, passages=list(passages.values()))


def _extracted(
    question: Question,
    evidence: list[Evidence],
    scope: Scope,
    collection: Collection,
    answerer: Answerer,
    settings: AnsweringSettings,
    trace: Trace,
) -> tuple[Question, list[Evidence], Draft]:
    """What is answered without a model: by parts, else as a whole, or the amount where a share is hardly told."""

    def read(asked: Question) -> tuple[list[Evidence], Draft]:
        queries = (asked.standalone, *also_searched(asked))
        found = gather_evidence(asked, _find(queries, settings.passages, scope, collection).passages, collection)
        return found, _draft(asked, found, answerer, collection)

    parts = split_question(question.standalone, collection.encode_phrases)
    told = _read_parts(question, parts, read, trace) if parts else None
    if told is None:
        draft = _draft(question, evidence, answerer, collection)
        each = asked_of_each(question) if draft.status is Status.NOT_FOUND else ""
        if each:
            told = _read_both(question, split_question(each, collection.encode_phrases), read, trace)
        elif not parts:
            told = _read_joined(question, evidence, draft, read, trace)
        told = told or (evidence, draft)
    evidence, draft = told
    return _read_amount(question, draft, read, trace) or (question, evidence, draft)


def _read_parts(
    question: Question, parts: Sequence[Part], read: Read, trace: Trace
) -> tuple[list[Evidence], Draft] | None:
    """Evidence and draft of a question that asks for several things; None where none of them is found."""
    found = _found(question, parts, read)
    trace.add(
        "parts",
        questions=[part.question for part in parts],
        statuses=[draft.status.value for _, draft in found],
    )
    return merge_drafts(parts, found, question.language)


def _read_both(
    question: Question, parts: Sequence[Part], read: Read, trace: Trace
) -> tuple[list[Evidence], Draft] | None:
    """As `_read_parts`; None also where only some of the things are found."""
    told = _read_parts(question, parts, read, trace) if parts else None
    return told if told and not told[1].note else None


def _found(question: Question, parts: Sequence[Part], read: Read) -> list[tuple[list[Evidence], Draft]]:
    """Evidence and draft of each part of a question, in its language."""
    return [read(replace(analyse(part.question), language=question.language)) for part in parts]


def _read_joined(
    question: Question, evidence: Sequence[Evidence], draft: Draft, read: Read, trace: Trace
) -> tuple[list[Evidence], Draft] | None:
    """Evidence and draft of a question about two things, each asked for by itself; None where one sentence has both."""
    pair = next((pair for pair in joined(question) if not tells_of_both(pair, draft, evidence)), None)
    if pair is None:
        return None
    parts = of_each(question.standalone, pair)
    found = _found(question, parts, read)
    merged = merge_drafts(parts, found, question.language) if are_told_apart(found) else None
    is_told = merged is not None and not merged[1].note
    trace.add("joined", questions=[part.question for part in parts], told=is_told)
    return merged if is_told else None


def _read_amount(
    question: Question, draft: Draft, read: Read, trace: Trace
) -> tuple[Question, list[Evidence], Draft] | None:
    """A follow-up for a share that is not told read as one for the amount; None where that tells no more."""
    doubtful = draft.confidence < _DOUBTFUL or draft.status is Status.NOT_FOUND
    wording = amount_question(question.text, question.standalone) if doubtful else ""
    if not wording:
        return None
    asked = analyse(question.text, wording)
    evidence, found = read(asked)
    trace.add("amount", standalone=wording, status=found.status.value, confidence=round(found.confidence, 4))
    told = found.status is not Status.NOT_FOUND and found.confidence > draft.confidence
    return (asked, evidence, found) if told else None


def _draft(question: Question, evidence: list[Evidence], answerer: Answerer, collection: Collection) -> Draft:
    """An answer from evidence that shares the question's premises: from the rest of it where the best does not."""
    first = answerer.answer(question, evidence)
    held = hold_premises(question, first, evidence, collection)
    refused = first.status is not Status.NOT_FOUND and held.status is Status.NOT_FOUND
    if not refused or question.answer_type is AnswerType.REASON:
        return held
    sharing = [item for item in evidence if shares_premises(question, item, collection)]
    if not sharing:
        return held
    second = hold_premises(question, answerer.answer(question, sharing), sharing, collection)
    return held if second.status is Status.NOT_FOUND else second


def _speak_drafts(
    drafts: Iterator[Draft], question: Question, evidence: list[Evidence], collection: Collection
) -> Generator[Event, None, tuple[Draft, str]]:
    """The text of drafts that grow, said as it comes; gives back the whole draft and what was said of it."""
    said = ""
    for draft in drafts:
        held = hold_premises(question, draft, evidence, collection)
        growing = cut(question, held, evidence, collection.document)
        if growing.status is Status.ANSWERED and growing.text != said:
            yield Event("text", growing.text.removeprefix(said))
            said = growing.text
    return held, said


def _speak(answer: Answer, said: str) -> Iterator[Event]:
    """What is not yet said of the answer's text in small pieces, then the answer."""
    rest = answer.text.removeprefix(said)
    for start in range(0, len(rest), 24):
        yield Event("text", rest[start : start + 24])
    yield Event("answer", answer=answer)
