"""Drafts of examples from an owner's articles: a value and its sentence, for a person to make a question of."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.suggesting import question_of
from corpus.errors import UserError
from corpus.quantities import Quantity, find_dates, find_quantities
from corpus.reading import read_paths
from corpus.records import Document, Kind, Language, Sentence, Span
from evals.examples import Example, add_drafts

_BLANK = "____"
_ENGLISH_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: (?:of |the |de )?[A-Z][\w'’-]+)+")
_CHINESE_NAME = re.compile(r"《[^》]{2,20}》|[\u4e00-\u9fff]{2,12}(?:公司|大学|集团|研究院|委员会|协会|博览会)")
_TELLING = ("money", "share", "points", "ratio", "fold", "measure")
"""Kinds of quantity that are asked for rather than a bare number or a length of time."""
_SMALL = 10
_POOL = 2  # values looked at for each draft: those that make a question come first
_TYPES = {"share": "share", "money": "money", "ratio": "ratio", "period": "period", "points": "share"}


@dataclass(frozen=True, slots=True)
class _Value:
    """What a draft asks for."""

    span: Span
    """In the sentence."""
    answer_type: str
    question: str = ""
    """Empty where no rule makes one of the sentence."""


def draft_examples(document: Document, most: int = 4) -> list[Example]:
    """At most `most` drafts of one article, spread over its sentences; each is marked for review.

    A question is made of the sentence where a rule can; else it shows the sentence with the value left out, and a
    person puts it in words.
    """
    found = sorted(_values(document), key=lambda pair: not pair[1].question)[: max(most, 1) * _POOL]
    found.sort(key=lambda pair: pair[0].span)
    step = max(1, len(found) // most) if most > 0 else 1
    return [_draft(document, *pair) for pair in found[::step][:most]]


def draft_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals new ARTICLES --out SET`."""
    missing = [str(path) for path in options.articles if not path.exists()]
    if missing:
        raise UserError(f"No such file or folder: {', '.join(missing)}.", "Name articles or folders of articles.")
    documents = [item for item in read_paths(options.articles) if isinstance(item, Document)]
    drafts = [draft for document in documents for draft in draft_examples(document, options.most)]
    if not drafts:
        raise UserError("No number, date or name was found to ask about.", "Are these articles?")
    fresh = add_drafts(options.out, drafts)
    say(f"{fresh} drafts of {len(documents)} articles added to {options.out}, {len(drafts) - fresh} are there already.")
    say("Put each question in your own words, add other ways to write the answer, and take out its review mark.")
    return 0


def _values(document: Document) -> Iterator[tuple[Sentence, _Value]]:
    """Each sentence that holds a value, with the most telling one."""
    from corpus.sentences import split_sentences

    for sentence in split_sentences(document.text, document.boilerplate):
        if sentence.kind in (Kind.PROSE, Kind.LIST_ITEM):
            value = _value(sentence.span.cut(document.text), sentence.language)
            if value is not None:
                yield sentence, value


def _value(text: str, language: Language) -> _Value | None:
    """The value that a sentence is most likely about: one that a question can be made of, else by kind, else first."""
    quantities = [quantity for quantity in find_quantities(text) if _tells(quantity, text)]
    asked = [(question_of(text, quantity, language), quantity) for quantity in quantities]
    if asked:
        question, quantity = min(asked, key=lambda pair: (not pair[0], pair[1].kind not in _TELLING))
        return _Value(quantity.span, _TYPES.get(quantity.kind, "number"), question)
    for date in find_dates(text):
        return _Value(date.span, "date")
    name = _ENGLISH_NAME.search(text) or _CHINESE_NAME.search(text)
    return _Value(Span(*name.span()), "name") if name else None


def _tells(quantity: Quantity, text: str) -> bool:
    """Whether a number is worth a question: not "the third", not the "two" of "two things"."""
    written = any(character.isdigit() for character in quantity.span.cut(text))
    return quantity.kind != "ordinal" and (written or quantity.kind in _TELLING or quantity.low > _SMALL)


def _draft(document: Document, sentence: Sentence, value: _Value) -> Example:
    text = sentence.span.cut(document.text)
    span = value.span
    gap = f"{text[: span.start]}{_BLANK}{text[span.end :]}"
    asks = "空格处应填什么？" if sentence.language == "zh" else "What belongs in the gap? "
    return Example(
        id=f"draft-{document.id[:8]}-{sentence.span.start}",
        question=value.question or asks + gap,
        language=sentence.language,
        answer_type=value.answer_type,
        answers=((span.cut(text),),),
        articles=_file_name(document),
        quotes=(text,),
        tags=("draft",),
        review=True,
    )


def _file_name(document: Document) -> tuple[str, ...]:
    name = Path(document.article.source).name
    return (name,) if name else ()
