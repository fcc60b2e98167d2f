"""A pasted page: its headline, who published it and when, and which of its lines are no part of the article.

Lines are judged one by one (`corpus.boilerplate`) and by where they stand: above the first paragraph of the article
(menus, headline, byline, date line) or below a heading such as "More articles" (links to others).
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import islice

from corpus.boilerplate import Finding, Role, find_role, is_navigation
from corpus.datelines import DateLine, match_byline, match_wire, read_date_line
from corpus.dates import find_dates
from corpus.front_matter import Metadata
from corpus.languages import count_han, count_latin_words, has_words
from corpus.layout import columns, read_lines
from corpus.records import Span

_HEAD_LINES = 30
_LINES_ABOVE, _LINES_BELOW = 200, 300
_LONGEST_LIST = 20
_LONG = 150

_SENTENCE_END = re.compile(r"[.!?]['\"”’)]?(?=\s|$)|[。！？]")
_PROSE_END = re.compile(r"[.。;；]['\"”’」)）]*(?:\s?\[\d+\])*$")
_NAME = re.compile(
    r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}|[\u4e00-\u9fff]\s[\u4e00-\u9fff]|"
    r"[\u4e00-\u9fff]{2,4}(?:[ 、][\u4e00-\u9fff]{2,4}){0,3}"
)
_TRAILER = re.compile(
    r"(?<=[。！？”）)])\s*(?:[（(]完[）)]\s*)?(?:[（(【]?(?:责任编辑|責任編輯|责编|编辑|編輯|校对|"
    r"审核|审校)\s*[：:/丨|\s]|"
    r"(?:文章)?[来來]源\s*[：:]\s*(?P<publisher>[\w]{2,12}?(?=编辑|责编|作者|记者|返回|版权|[\s（(【|"
    r"，、]|$))?|返回搜狐|□|[（(]完[）)]$)[^。！？]{0,120}$"
)
_HEADING_MARK = re.compile(r"#{1,6}\s+|\*\*(?=.*\*\*$)")


@dataclass(frozen=True, slots=True)
class Page:
    """What was recognised on a page."""

    metadata: Metadata
    boilerplate: tuple[Span, ...]
    """Ordered and disjoint."""


class _Trust(IntEnum):
    """How sure a place names the publisher; the lowest is believed."""

    DATE_LINE = 0
    SOURCE_LINE = 1
    NOTICE = 2
    BYLINE = 3
    WIRE = 4
    LINKS = 5
    CREDIT = 6


_TRUST_OF = {
    Role.SOURCE: _Trust.SOURCE_LINE,
    Role.PUBLICATION: _Trust.NOTICE,
    Role.LINKS: _Trust.LINKS,
    Role.CREDIT: _Trust.CREDIT,
}


def read_page(text: str) -> Page:
    """What can be told about a pasted page from its text alone; general rules, no knowledge of any site.

    Takes time linear in the text; of a text with very many lines only those at its top and bottom are looked at.
    """
    return _PageReader(text).read()


class _PageReader:
    """The lines of one page and what was found out about them."""

    def __init__(self, text: str) -> None:
        all_lines = read_lines(text)
        lines = [*islice(all_lines, _LINES_ABOVE), *deque(all_lines, maxlen=_LINES_BELOW)]
        self._lines = lines
        self._texts = [
            line.span.cut(text).lstrip("\ufeff") if len(line.span) <= 700 else line.text + " " * 700 for line in lines
        ]
        self._findings = [find_role(line) for line in self._texts]
        self._marked: dict[int, Span] = {}
        self._publishers: dict[_Trust, str] = {}
        self._title = ""
        self._author = ""
        self._url = ""
        self._published: date | None = None

    def read(self) -> Page:
        for number, finding in enumerate(self._findings):
            if finding is not None:
                self._take(number, finding)
        head = self._head()
        date_lines = self._take_date_lines(head)
        bylines = self._take_bylines(head)
        self._mark_menu_above(head)
        self._take_wire()
        title = self._take_title(head, date_lines)
        self._take_names_beside([*date_lines, *bylines], title, head)
        self._mark_link_lists(-1 if title is None else title)
        self._mark_menu_below()
        self._mark_trailer()
        return Page(self._metadata(), self._boilerplate())

    def _take(self, number: int, finding: Finding) -> None:
        """Mark a line and note what it says."""
        span = self._lines[number].span
        self._marked[number] = Span(span.start + finding.start, span.end)
        if finding.role in _TRUST_OF:
            self._name_publisher(_TRUST_OF[finding.role], finding.publisher)
        if finding.role is Role.SOURCE and self._published is None:
            self._published = next((mark.value for mark in find_dates(self._texts[number])), None)
        self._title = self._title or finding.title
        self._url = self._url or finding.url

    def _name_publisher(self, trust: _Trust, name: str) -> None:
        if name:
            self._publishers.setdefault(trust, name)

    def _mark(self, number: int) -> None:
        self._marked.setdefault(number, self._lines[number].span)

    def _is_open(self, number: int) -> bool:
        """Whether a line is not marked, or only a part of it."""
        return self._marked.get(number) != self._lines[number].span

    def _open(self, numbers: range) -> list[int]:
        return [number for number in numbers if self._is_open(number)]

    def _head(self) -> range:
        """The lines above the first paragraph of the article."""
        for number in self._open(range(len(self._lines))):
            if _is_paragraph(self._texts[number]):
                return range(min(number, _HEAD_LINES))
        return range(min(len(self._lines), _HEAD_LINES))

    def _take_date_lines(self, head: range) -> list[int]:
        found = []
        for number in head:
            if self._findings[number] is not None:
                continue
            line = read_date_line(self._texts[number], first=number == 0)
            if line is not None:
                self._mark(number)
                self._note(line)
                found.append(number)
        return found

    def _note(self, line: DateLine) -> None:
        self._published = self._published or line.published
        self._author = self._author or line.author
        self._name_publisher(_Trust.DATE_LINE, line.publisher)

    def _take_bylines(self, head: range) -> list[int]:
        found = []
        for number in self._open(head):
            byline = match_byline(self._texts[number])
            if byline is not None:
                self._author = self._author or byline.author
                self._name_publisher(_Trust.BYLINE, byline.publisher)
                self._mark(number)
                found.append(number)
        return found

    def _mark_menu_above(self, head: range) -> None:
        """Mark the words of menus, and all short lines above a trail such as "Home > News > Local"."""
        trails = [n for n in head if (finding := self._findings[n]) is not None and finding.role is Role.TRAIL]
        for number in self._open(head):
            text = self._texts[number]
            above_trail = bool(trails) and number < trails[-1] and _words(text) < 8
            if above_trail or is_navigation(text):
                self._mark(number)

    def _take_title(self, head: range, date_lines: list[int]) -> int | None:
        """Choose the headline: the first line with three words or more above the date line, else below it."""
        candidates = [n for n in self._open(head) if _could_be_title(self._texts[n])]
        if not candidates or len(self._lines) == 1:
            return None
        first_mark = min([n for n in date_lines if n > candidates[0]], default=len(self._lines))
        above = [n for n in candidates if n < first_mark]
        strong = [n for n in above if _words(self._texts[n]) >= 3]
        chosen = strong[0] if strong else above[-1]
        mark = _HEADING_MARK.match(self._texts[chosen])
        self._title = self._texts[chosen][mark.end() if mark else 0 :].rstrip("#* ").strip()
        return chosen

    def _take_names_beside(self, bylines: list[int], title: int | None, head: range) -> None:
        """A name on its own beside a date line or byline is the author's."""
        for number in self._open(head):
            beside = number - 1 in bylines or number + 1 in bylines
            if beside and title is not None and number != title and _NAME.fullmatch(self._texts[number]):
                self._author = self._author or self._texts[number]
                self._mark(number)

    def _last_paragraph(self) -> int:
        """The last long line that is not marked; -1 where there is none."""
        return max((n for n in self._open(range(len(self._lines))) if _is_long(self._texts[n])), default=-1)

    def _mark_link_lists(self, title: int) -> None:
        """Mark the headlines of other articles below "More articles" and the like."""
        last = self._last_paragraph()
        for number, finding in enumerate(self._findings):
            if finding is None or finding.role is not Role.LINKS or number < title:
                continue
            for below in range(number + 1, min(number + 1 + _LONGEST_LIST, len(self._lines))):
                text = self._texts[below]
                if self._is_open(below) and (_is_long(text) or (number < last and _PROSE_END.search(text))):
                    break
                self._mark(below)

    def _mark_menu_below(self) -> None:
        for number in self._open(range(self._last_paragraph() + 1, len(self._lines))):
            if number > 0 and is_navigation(self._texts[number]):
                self._mark(number)

    def _mark_trailer(self) -> None:
        """Mark the editor's name, source and the like where they were pasted behind the last sentence."""
        for number in self._open(range(max(0, len(self._lines) - 5), len(self._lines)))[-1:]:
            text, span = self._texts[number].rstrip(), self._lines[number].span
            trailer = _TRAILER.search(text, max(0, len(text) - 160)) if number not in self._marked else None
            if trailer is not None:
                self._marked[number] = Span(span.end - len(text) + trailer.start(), span.end)
                self._name_publisher(_Trust.SOURCE_LINE, trailer["publisher"] or "")

    def _take_wire(self) -> None:
        """Mark the agency, place and day with which the first paragraph begins."""
        for number in self._open(range(min(len(self._lines), _HEAD_LINES))):
            wire = match_wire(self._texts[number])
            if wire is not None:
                start = self._lines[number].span.start
                self._marked[number] = Span(start, min(start + wire.length, self._lines[number].span.end))
                self._author = self._author or wire.author
                self._name_publisher(_Trust.WIRE, wire.publisher)
                return

    def _metadata(self) -> Metadata:
        publisher = self._publishers[min(self._publishers)] if self._publishers else ""
        return Metadata(
            title=self._title, publisher=publisher, author=self._author, published=self._published, url=self._url
        )

    def _boilerplate(self) -> tuple[Span, ...]:
        """The marked parts; none where they would leave nothing of the text."""
        if not any(has_words(self._texts[number]) for number in self._open(range(len(self._lines)))):
            return ()
        return tuple(self._marked[number] for number in sorted(self._marked))


def _words(text: str) -> float:
    """Length of a headline in words; two Han characters count as one."""
    return count_latin_words(text) + count_han(text) / 2


def _is_paragraph(text: str) -> bool:
    """Whether a line reads like a paragraph of an article."""
    ends = len(_SENTENCE_END.findall(text))
    if ends >= 2 and columns(text) > 60:
        return True
    return columns(text) >= (50 if _PROSE_END.search(text) else 240)


def _is_long(text: str) -> bool:
    return columns(text) >= _LONG or (columns(text) >= 80 and len(_SENTENCE_END.findall(text)) >= 2)


def _could_be_title(text: str) -> bool:
    return 3 <= columns(text) <= 240 and has_words(text) and not _PROSE_END.search(text)
