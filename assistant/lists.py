"""Sentences that introduce a list are told, and read, with its items."""

from __future__ import annotations

from dataclasses import replace

from assistant.records import AnswerType, Question
from assistant.sources import Candidate
from corpus.records import Kind, Sentence, Span
from corpus.sentences import ReadSentence, read_document
from index.late_interaction import Window, window_of


def with_list(candidate: Candidate, question: Question) -> Sentence:
    """A candidate's sentence; with the items that follow where it introduces them, or whose list is asked for."""
    first, last = _bounds(candidate, question)
    sentence = candidate.sentence.sentence
    if first.sentence.span == last.sentence.span == sentence.span:
        return sentence
    return replace(sentence, span=Span(first.sentence.span.start, last.sentence.span.end))


def read_window(candidate: Candidate, question: Question) -> Window:
    """The same in its context, as it is read."""
    first, last = _bounds(candidate, question)
    text = Span(first.sentence.span.start, last.sentence.span.end).cut(candidate.document.text)
    return replace(window_of(candidate.document, first), sentence=text)


def _bounds(candidate: Candidate, question: Question) -> tuple[ReadSentence, ReadSentence]:
    sentences = read_document(candidate.document)
    own = first = candidate.sentence.number
    if sentences[first].sentence.kind is Kind.LIST_ITEM and question.answer_type is AnswerType.LIST:
        while first and sentences[first].sentence.kind is Kind.LIST_ITEM:
            first -= 1
    if not _introduces(sentences[first].sentence, candidate.document.text):
        return sentences[own], sentences[own]
    last = first
    while last + 1 < len(sentences) and sentences[last + 1].sentence.kind is Kind.LIST_ITEM:
        last += 1
    return sentences[first], sentences[last]


def _introduces(sentence: Sentence, text: str) -> bool:
    """Whether a sentence of prose ends with a colon, or stops short: "To get there, the city wants to"."""
    said = sentence.span.cut(text).rstrip()
    return said.endswith((":", "：")) or (sentence.kind is Kind.PROSE and said[-1:].isalnum())
