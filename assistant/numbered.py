"""What a question numbers: the 31st premier is not told by the premiers, nor a film's second part by the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.reading import read_dates, read_quantities
from corpus.languages import detect_language
from corpus.records import Span

_LEAST: Final = 3
"""The first and the second are told in other words, too."""
_IN_ORDER: Final = re.compile(
    r"[任届代]|(?: [\w.-]+){0,2} (?:presidents?|premiers?|prime minister|chancellor|governor|mayor|secretary|pope|king"
    r"|emperor|editions?|congress|parliament|summit|session|olympics?|games|festival|awards?)\b",
    re.I,
)
"""Behind an ordinal: what is known by its place in a row. A fourth quarter or a third place may be told without."""
_VERSION: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2}|\b[A-Z][A-Za-z]*)[ -]?(?P<number>\d{1,2})"
    r"(?![\d.,:：%％+/-]|\w*[A-Za-z]|\s*[级等类层线路楼])",
    re.ASCII,
)
"""A name, or the end of a Chinese one, with its number."""


def absent_numbers(asked: str, told: str) -> tuple[str, ...]:
    """Ordinals and numbered names of a question that a text does not tell: 第31任, 流浪地球2, "iPhone 14".

    Args:
        asked: The question.
        told: An article with its title.
    """
    return (*_absent_ordinals(asked, told), *_absent_versions(asked, told))


def _absent_ordinals(asked: str, told: str) -> Iterator[str]:
    ordinals = [value for value in read_quantities(asked) if value.kind == "ordinal" and value.low >= _LEAST]
    wanted = [value for value in ordinals if _IN_ORDER.match(asked, value.span.end)]
    if wanted:
        values = {value.low for value in read_quantities(told) if value.kind in ("ordinal", "number")}
        yield from (value.span.cut(asked) for value in wanted if value.low not in values)


def _absent_versions(asked: str, told: str) -> Iterator[str]:
    """Only of a text in the language of the question: in the other one a name is written otherwise."""
    versions = list(_VERSION.finditer(asked))
    if not versions or detect_language(asked) != detect_language(told):
        return
    counts = [v.span for v in read_quantities(asked) if v.kind != "number" or v.unit or not v.span.cut(asked).isdigit()]
    counts += [day.span for day in read_dates(asked)]
    for found in versions:
        name, place = found["name"], Span(*found.span("number"))
        if name not in told or any(place.overlaps(count) for count in counts):
            continue
        if not re.search(rf"{re.escape(name)}[\s》”\"'’-]{{0,2}}{found['number']}(?!\d)", told):
            yield found[0]
