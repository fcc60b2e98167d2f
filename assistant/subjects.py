"""Whose it is: the president of one country is not another's, nor is Jinhua's trade Yiwu's.

An office is told of whom it is asked only where the name stands in the sentence, in the one before it or in the title,
and whether something is so where it stands not far before; a value is told of another place where that begins the
sentence, or where the sentence before names it and this one says "the city"; a population is of the place that its
sentence names, else of that which the article names most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from assistant.held_names import holds, is_place
from assistant.implied import asks_old_name, asks_population
from assistant.reading import TermSource, fitting_kinds, read_terms
from assistant.records import AnswerType, Evidence, Question
from assistant.slots import proper_names
from assistant.superlatives import asks_whether_most
from corpus.languages import detect_language
from corpus.records import Document, Span
from corpus.sentences import context_before, read_document

_OFFICE: Final = re.compile(
    r"\b(?:president|premier|(?:prime )?minister|governor|mayor|king|queen|chancellor|secretary|chair(?:man|woman)?)\b"
    r"|总统|主席|总理|首相|部长|省长|州长|市长|书记|国王|女王",
    re.I,
)
_THE_PLACE: Final = re.compile(
    r"\b(?:the|this) (?:city|town|county|village|district|province|state|country|port)\b|[该全本][市县镇区省国州]", re.I
)
"""A place that the sentence before names."""
_NOT_FAR: Final = 300
"""Characters before a sentence in which it is told of whom something is so."""
_FIRST_ZH: Final = re.compile(r"[的是在去今前有从近为自古]|\d|，")
"""Behind the name with which a Chinese sentence begins."""


def absent_subjects(
    question: Question, names: Sequence[str], item: Evidence, document: Document, source: TermSource
) -> tuple[str, ...]:
    """The names of a question that are not those of whom a sentence tells.

    Args:
        question: As analysed.
        names: Its sure names.
        item: The sentence.
        document: It is of.
        source: Tells the terms of texts.
    """
    told = document.article.language
    foreign = told != detect_language(question.standalone)

    def lacks(name: str, text: str) -> bool:
        return not holds(name, read_terms(source, text, told), source, foreign=foreign)

    asked = question.standalone
    if question.answer_type is AnswerType.PERSON and _OFFICE.search(asked):
        owners = [*names, "中国"] if "中国" in asked else names
        near = f"{document.article.title}\n{_before(item, document)}\n{item.text}"
        return tuple(name for name in owners if lacks(name, near))
    if question.answer_type is AnswerType.YES_NO:
        is_own = asks_whether_most(question) and _places(item.text, source)
        near = item.text if is_own else with_before(item, document, _NOT_FAR)
        return tuple(name for name in names if lacks(name, near))
    if not names or not (fitting_kinds(question.answer_type) or asks_old_name(asked)):
        return ()
    if asks_population(asked):
        told_of = item.text if _places(item.text, source) else _main_place(document, source)
        often = document.text.count(told_of) if told_of else 0
        return tuple(name for name in names if document.text.count(name) < often and lacks(name, told_of))
    if _first_place(item.text, source):
        near = item.text
    else:
        near = _before(item, document) if _THE_PLACE.search(item.simplified) else ""
        near = near if _places(near, source) else ""
    return tuple(names) if near and all(lacks(name, f"{near}\n{item.text}") for name in names) else ()


def with_before(item: Evidence, document: Document, reach: int) -> str:
    """An article's title and a sentence with so many characters before it."""
    start = item.sentence.span.start
    return f"{document.article.title}\n{Span(max(0, start - reach), start).cut(document.text)}{item.text}"


@lru_cache(maxsize=256)
def _main_place(document: Document, source: TermSource) -> str:
    """The place that an article names most often, else the name; empty for none."""
    named = [name for name, _ in Counter(proper_names(f"{document.article.title}\n{document.text}")).most_common()]
    return next((name for name in named if is_place(name, source)), next(iter(named), ""))


def _places(text: str, source: TermSource) -> list[str]:
    """The names of places in a text."""
    return [name for name in proper_names(text) if is_place(name, source)]


def _before(item: Evidence, document: Document) -> str:
    """What a sentence is read after; empty for none."""
    number = next(s.number for s in read_document(document) if s.sentence.span.end >= item.sentence.span.end)
    before = context_before(document, number)
    return before.text if before else ""


@lru_cache(maxsize=4096)
def _first_place(text: str, source: TermSource) -> str:
    """The name of a place with which a sentence begins; empty for none."""
    name = next((name for name in proper_names(text) if text.startswith(name)), "")
    if not name or (detect_language(name) == "zh" and not _FIRST_ZH.match(text, len(name))):
        return ""
    return name if is_place(name, source) else ""
