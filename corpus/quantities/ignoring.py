"""Figures that are no quantities: citation marks, addresses, telephone numbers, times of day, list numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CITATION = re.compile(r"\[[0-9]{1,3}(?:[ ]?[,，、\-–][ ]?[0-9]{1,3}){0,20}\]|【[0-9]{1,3}】")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。、）)]+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]+")
_FIGURES = re.compile(
    r"[0-9]{3}\)[ ]?[0-9]{3}-[0-9]{4}(?![0-9])|24-7(?![0-9])"
    r"|\+?[0-9]{2,4}-[0-9]{3,4}-[0-9]{3,4}(?:-[0-9]{1,9})?(?![0-9])|0[0-9]{2,3}[)-][0-9]{7,8}(?![0-9])"  # telephones
    r"|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?[ ]?(?:[ap]\.?m\b\.?|GMT|UTC|ET\b)"  # times of day
    r"|[0-2]?[0-9]:(?:[0-5][0-9]:[0-5][0-9]|00)(?![0-9:])|(?<=[时间午晨晚上 ]at )[0-2]?[0-9]:[0-5][0-9](?![0-9:])"
    r"|[01]?[0-9](?:[.:][0-5][0-9])?[ ]?(?:a\.m\.|p\.m\.|am\b|pm\b|AM\b|PM\b|o'clock)"
    r"|(?:[01]?[0-9]|2[0-4])(?:时(?![间代期尚常])|点(?![钟以零〇一二三四五六七八九个间]))(?:[0-5]?[0-9]分(?!之)|[0-5][0-9](?![0-9])|半|整|许)?"
    r"(?<![涨跌报升降].点)(?<![涨跌报升降]..点)"
    r"|[0-9]+(?:/[0-9]+)+(?![0-9.])|[0-9]+(?:-[0-9]+){2,20}"  # 24/7, 9/11, 3-540-12-1
)
_LIST_NUMBER = re.compile(
    r"^[ ]{0,8}\(?[0-9]{1,2}(?:[.)](?=[ ]?[^0-9 %])|[ ]?、)|[（(][0-9一二三四五六七八九十]{1,2}[）)](?=[^0-9]{2})",
    re.MULTILINE,
)
_INSIDE = re.compile(r"[0-9][.:]\Z")
_RUN = re.compile(r"[+]?[0-9]+")


def ignored_marks(folded: str) -> list[tuple[int, int]]:
    """Start and end of every such place in folded text, in order."""
    marks = list(_figures(folded))
    if "[" in folded or "【" in folded:
        marks += (match.span() for match in _CITATION.finditer(folded))
    if "@" in folded or "://" in folded or "www." in folded:
        marks += (match.span() for match in _ADDRESS.finditer(folded))
    marks += (match.span() for match in _LIST_NUMBER.finditer(folded))
    return sorted(marks)


def _figures(folded: str) -> Iterator[tuple[int, int]]:
    free = 0
    for run in _RUN.finditer(folded):
        start = run.start()
        if start < free or _INSIDE.search(folded[max(0, start - 2) : start]):
            continue
        if match := _FIGURES.match(folded, start):
            yield match.span()
            free = match.end()
