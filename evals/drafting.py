"""Drafts of examples from an owner's articles: a value and its sentence, for a person to make a question of."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.errors import UserError
from corpus.quantities import find_dates, find_quantities
from corpus.reading import read_paths
from corpus.records import Document, Kind, Sentence, Span
from evals.examples import Example, write_examples

_BLANK = "____"
_ENGLISH_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: (?:of |the |de )?[A-Z][\w'’-]+)+")
_CHINESE_NAME = re.compile(r"《[^》]{2,20}》|[\u4e00-\u9fff]{2,12}(?:公司|大学|集团|研究院|委员会|协会|博览会)")
_TYPES = {"share": "share", "money": "money", "ratio": "ratio", "period": "period", "points": "share"}


def draft_examples(document: Document, most: int = 4) -> list[Example]:
    """At most `most` drafts of one article, spread over its sentences; each is marked for review.

    The question shows the sentence with the value left out: a person puts it in other words.
    """
    found = list(_values(document))
    step = max(1, len(found) // most) if most > 0 else 1
    return [_draft(document, *value) for value in found[::step][:most]]


def draft_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals new ARTICLES --out SET`."""
    missing = [str(path) for path in options.articles if not path.exists()]
    if missing:
        raise UserError(f"No such file or folder: {', '.join(missing)}.", "Name articles or folders of articles.")
    documents = [item for item in read_paths(options.articles) if isinstance(item, Document)]
    drafts = [draft for document in documents for draft in draft_examples(document, options.most)]
    if not drafts:
        raise UserError("No number, date or name was found to ask about.", "Are these articles?")
    write_examples(options.out, drafts)
    say(f"{len(drafts)} drafts of {len(documents)} articles in {options.out}.")
    say("Put each question in your own words, add other ways to write the answer, and take out its review mark.")
    return 0


def _values(document: Document) -> Iterator[tuple[Sentence, Span, str]]:
    """The first telling value of each sentence, with its span in the sentence and its answer type."""
    from corpus.sentences import split_sentences

    for sentence in split_sentences(document.text, document.boilerplate):
        if sentence.kind in (Kind.PROSE, Kind.LIST_ITEM):
            value = _value(sentence.span.cut(document.text))
            if value is not None:
                yield sentence, *value


def _value(text: str) -> tuple[Span, str] | None:
    for quantity in find_quantities(text):
        if quantity.kind != "ordinal":
            return quantity.span, _TYPES.get(quantity.kind, "number")
    for date in find_dates(text):
        return date.span, "date"
    name = _ENGLISH_NAME.search(text) or _CHINESE_NAME.search(text)
    return (Span(*name.span()), "name") if name else None


def _draft(document: Document, sentence: Sentence, span: Span, answer_type: str) -> Example:
    text = sentence.span.cut(document.text)
    gap = f"{text[: span.start]}{_BLANK}{text[span.end :]}"
    asks = "空格处应填什么？" if sentence.language == "zh" else "What belongs in the gap? "
    return Example(
        id=f"draft-{document.id[:8]}-{sentence.span.start}",
        question=asks + gap,
        language=sentence.language,
        answer_type=answer_type,
        answers=((span.cut(text),),),
        articles=_file_name(document),
        quotes=(text,),
        tags=("draft",),
        review=True,
    )


def _file_name(document: Document) -> tuple[str, ...]:
    name = Path(document.article.source).name
    return (name,) if name else ()
