"""Numbers in a text as values: one pass over the places where a number may begin, in either language."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.quantities.dates import date_marks
from corpus.quantities.folding import fold
from corpus.quantities.ignoring import ignored_marks
from corpus.quantities.numbers_en import ONES, ORDINALS, SCALES, TENS
from corpus.quantities.reading import read_quantity
from corpus.quantities.records import Quantity
from corpus.records import Language

_OTHER_WORDS = (
    "a an half dozen dozens tens scores hundred hundreds thousands millions billions trillions several few many twice "
    "decades centuries double doubles triple triples doubled tripled quadrupled doubling tripling"
).split()
_FOLDS = (f"{word}fold" for word in (*ONES, *TENS, "hundred", "thousand"))
_WORDS = frozenset((*ONES, *TENS, *ORDINALS, *SCALES, *_FOLDS, *_OTHER_WORDS))
_BEGIN = re.compile(r"[0-9]+|[零〇一二两三四五六七八九十百千万亿几数]+|[½⅓⅔¼¾半第首翻加过]|[A-Za-z_'’]+")
_ARTICLE = re.compile(
    r"an?[ -](?:half|third|quarter|hundred|thousand|million|billion|trillion|dozen|few|[a-z]+th)(?![a-z])",
    re.IGNORECASE,
)


def find_quantities(text: str, language: Language | None = None) -> list[Quantity]:
    """The numbers of `text`, in order, with disjoint spans; dates, clock times, citation marks and addresses are none.

    Both languages are read in any text. `language` settles only what is ambiguous: in English `¥` is yen unless the
    text names China's currency. Time grows linearly with the length of the text; no text raises.
    """
    folded = fold(text)
    beginnings = [match.start() for match in _BEGIN.finditer(folded) if _may_begin(match)]
    if not beginnings:
        return []
    marks = sorted(ignored_marks(folded) + date_marks(folded))
    marks.append((len(folded), len(folded)))
    found: list[Quantity] = []
    free, mark = 0, 0
    for start in beginnings:
        while marks[mark][1] <= start:
            free = max(free, marks[mark][1])
            mark += 1
        if start < free or marks[mark][0] <= start:
            continue
        quantity = read_quantity(folded, start, free, marks[mark][0])
        if quantity is not None:
            found.append(quantity)
            free = quantity.span.end
    return _yen(found, folded) if language == "en" else found


def _may_begin(match: re.Match[str]) -> bool:
    """Whether a run of figures, numerals or letters may begin a number."""
    run = match[0]
    if not run[0].isascii() or run[0].isdigit():
        return True
    word = run.lower()
    return word in _WORDS and (word not in ("a", "an") or _ARTICLE.match(match.string, match.start()) is not None)


def _yen(found: list[Quantity], text: str) -> list[Quantity]:
    """`¥` in English: yen, unless the text names China's currency."""
    if "¥" not in text or re.search(r"yuan|renminbi|RMB|CNY|Chin", text):
        return found
    return [replace(q, currency="JPY") if "¥" in q.span.cut(text) else q for q in found]
