"""Whose it is: the president of one country is not another's, nor is Jinhua's trade Yiwu's.

An office is told of whom it is asked only where the name stands in the sentence, in the one before it or in the title,
and whether something is so where it stands not far before; a value is told of another place where that begins the
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from assistant.held_names import holds, is_place
from assistant.implied import asks_old_name
from assistant.reading import TermSource, fitting_kinds, read_terms
from assistant.records import AnswerType, Evidence, Question
from assistant.slots import proper_names
from corpus.languages import detect_language
from corpus.records import Document, Span
from corpus.sentences import context_before, read_document

_OFFICE: Final = re.compile(
    r"\b(?:president|premier|(?:prime )?minister|governor|mayor|king|queen|chancellor|secretary|chair(?:man|woman)?)\b"
    r"|总统|主席|总理|首相|部长|省长|州长|市长|书记|国王|女王",
    re.I,
)
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
        near = with_before(item, document, _NOT_FAR)
        return tuple(name for name in names if lacks(name, near))
    if not names or not (fitting_kinds(question.answer_type) or asks_old_name(asked)):
        return ()
    first = _first_place(item.text, source)
    other = first and all(lacks(name, item.text) for name in names)
    return tuple(names) if other else ()


def with_before(item: Evidence, document: Document, reach: int) -> str:
    """An article's title and a sentence with so many characters before it."""
    start = item.sentence.span.start
    return f"{document.article.title}\n{Span(max(0, start - reach), start).cut(document.text)}{item.text}"


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
