"""Numbers in a text as values: one pass over the places where a number may begin, in either language."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.quantities.dates import date_marks
from corpus.quantities.folding import fold
from corpus.quantities.numbers_en import ONES, ORDINALS, SCALES, TENS
from corpus.quantities.reading import read_quantity
from corpus.quantities.records import Quantity
from corpus.records import Language

_OTHER_WORDS = (
    "half dozen dozens tens scores hundred hundreds thousands millions billions trillions several few twice doubled "
    "tripled quadrupled doubling tripling"
).split()
_WORDS = "|".join(sorted([*ONES, *TENS, *ORDINALS, *SCALES, *_OTHER_WORDS], key=lambda word: (-len(word), word)))
_FOLDS = "|".join(f"{word}fold" for word in (*ONES, *TENS, "hundred", "thousand"))
_BEGIN_ENGLISH = (
    r"[0-9]+|[½⅓⅔¼¾]"
    r"|(?<![A-Za-z0-9_'’])(?:an?(?=[ -](?:half|third|quarter|hundred|thousand|million|billion|trillion|dozen|few|"
    r"[a-z]+th)(?![a-z]))"
    rf"|(?:{_FOLDS}|{_WORDS})(?![A-Za-z0-9_'’]))"
)
_BEGIN = re.compile(_BEGIN_ENGLISH, re.IGNORECASE)
_BEGIN_BOTH = re.compile(rf"[零〇一二两三四五六七八九十百千万亿几数半第首翻过]|{_BEGIN_ENGLISH}", re.IGNORECASE)
_IGNORED = re.compile(
    r"\[[0-9]{1,3}(?:[ ]?[,，、\-–][ ]?[0-9]{1,3})*\]|【[0-9]{1,3}】"  # citation marks
    r"|(?:https?://|www\.)[^\s，。、）)]+|[\w.+-]+@[\w.-]+"  # addresses
    r"|(?<![0-9])\+?[0-9]{2,4}-[0-9]{3,4}-[0-9]{3,4}(?:-[0-9]+)?(?![0-9])|"
    r"(?<![0-9])\(?0[0-9]{2,3}[)-][0-9]{7,8}(?![0-9])"  # telephones
    r"|(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?[ ]?(?:[ap]\.?m\b\.?|GMT|UTC|ET\b)"  # clock times
    r"|(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9]:[0-5][0-9](?![0-9:])|(?<=[时间午晨晚上 ]at )[0-2]?[0-9]:[0-5][0-9](?![0-9:])"
    r"|(?<![0-9.])[01]?[0-9](?:[.:][0-5][0-9])?[ ]?(?:a\.m\.|p\.m\.|am\b|pm\b|AM\b|PM\b|o'clock)"
    r"|(?<![0-9.])(?:[01]?[0-9]|2[0-4])[时点](?:[0-5]?[0-9]分?|半|整|"
    r"许)?(?![间代期尚长候钟以零〇一二三四五六七八九个])(?<![涨跌报升降].点)(?<![涨跌报升降]..点)"
    r"|(?<![0-9.])[0-9]+(?:/[0-9]+)+(?![0-9.])"  # 24/7, 9/11
    r"|(?m:^[ ]*\(?[0-9]{1,2}(?:[.)、](?=[ ]?[^0-9 %])|[ ]?、))|"
    r"[（(][0-9一二三四五六七八九十]{1,2}[）)](?=[^0-9]{2})"  # list numbers
    r"|(?<![0-9:.])[0-2]?[0-9]:00(?![0-9:])"
)


def find_quantities(text: str, language: Language | None = None) -> list[Quantity]:
    """The numbers of `text`, in order, with disjoint spans; dates, clock times, citation marks and addresses are none.

    Both languages are read in any text. `language` settles only what is ambiguous: in English `¥` is yen unless the
    text names China's currency. Time grows linearly with the length of the text; no text raises.
    """
    folded = fold(text)
    begin = _BEGIN if text.isascii() else _BEGIN_BOTH
    match = begin.search(folded)
    if match is None:
        return []
    marks = sorted([(m.start(), m.end()) for m in _IGNORED.finditer(folded)] + date_marks(folded))
    found: list[Quantity] = []
    free, mark = 0, 0
    while match is not None:
        start = match.start()
        while mark < len(marks) and marks[mark][1] <= start:
            mark += 1
        if mark < len(marks) and marks[mark][0] <= start:
            free = position = marks[mark][1]
        else:
            limit = marks[mark][0] if mark < len(marks) else len(folded)
            quantity = read_quantity(folded, start, free, limit)
            if quantity is not None:
                found.append(quantity)
                free = quantity.span.end
            position = max(match.end(), free)
        match = begin.search(folded, position)
    return _yen(found, folded) if language == "en" else found


def _yen(found: list[Quantity], text: str) -> list[Quantity]:
    """`¥` in English: yen, unless the text names China's currency."""
    if "¥" not in text or re.search(r"yuan|renminbi|RMB|CNY|Chin", text):
        return found
    return [replace(q, currency="JPY") if "¥" in q.span.cut(text) else q for q in found]
