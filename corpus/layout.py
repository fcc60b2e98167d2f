"""The blocks of a text: headings, list items and paragraphs, found from its lines.

A line break ends a paragraph unless the line was merely hard-wrapped: it is as full as its neighbours allow, or the
next line goes on in lower case. Works on offsets only; nothing is copied or changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.languages import HAN, count_han, count_latin_words, has_words
from corpus.records import Kind, Span

_BREAKS = "\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^\r{_BREAKS}]+")
_BLANK = re.compile(rf"(?:\r\n|\r(?!\n)|[{_BREAKS}])\s*?[\r{_BREAKS}]")
_MARKER = re.compile(
    rf"(?:[-*+•●○▪■◆·‣]|\(?\d{{1,3}}[.)）]|[(（][a-z一二三四五六七八九十\d]{{1,3}}[)）]|[a-z][.)])\s+"
    rf"|\d{{1,2}}[.．、)）](?=[{HAN}“「《])|[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[)）]|[①-⑳•●▪◆■]"
)
_SECTION_NUMBER = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_ENDED = re.compile(r"[.!?。！？；;…｡][\"'”’」』)）\]】]*$")
_OPEN_END = re.compile(r"[,，、—–-]$")
_LIST_MARK = re.compile(r"\[\d{1,3}\]$|[.!?。！？；;:：]$")
_INLINE_BULLET = re.compile(rf"(?<=\S)\s+(?=(?:[-–—•●▪·*]\s+)[A-Z\"“‘(\d{HAN}])")
_AFTER_REFERENCE = re.compile(rf"(?<=\d\])\s+(?=[A-Z{HAN}])")

_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without surrounding white space."""

    span: Span
    text: str
    """The line, or only its first and last characters where it is too long to have been wrapped."""
    indent: int
    """White-space characters before the line."""
    after_blank: bool
    """Whether a blank line, or the start of the text, lies before it."""

    @property
    def columns(self) -> int:
        """Width on a screen; Han characters and full-width punctuation take two columns."""
        return len(self.span) if len(self.span) > _WIDEST_WRAP else columns(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, list item or paragraph, without surrounding white space."""

    span: Span
    kind: Kind


def columns(text: str) -> int:
    """Width of `text` on a screen: Han characters and full-width punctuation take two columns."""
    return len(text) + sum(1 for character in text if "\u2e80" <= character <= "\uffee")


def read_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that are not blank, in order."""
    end = len(text) if end is None else end
    previous = start
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        indent = len(line) - len(line.lstrip())
        first = match.start() + indent
        after_blank = previous == start or _BLANK.search(text, previous, first) is not None
        shown = stripped if len(stripped) <= 4 * _WIDEST_WRAP else stripped[:_WIDEST_WRAP] + stripped[-_WIDEST_WRAP:]
        previous = first + len(stripped)
        yield Line(Span(first, previous), shown, indent, after_blank)


def find_blocks(text: str, start: int = 0, end: int | None = None) -> list[Block]:
    """Headings, list items and paragraphs of `text[start:end]`, ordered and disjoint.

    Every character that is not white space lies in exactly one block.
    """
    groups: list[list[Line]] = []
    for run in _runs(list(read_lines(text, start, end))):
        groups.extend(_joined(run))
    kinds = _kinds(groups)
    blocks: list[Block] = []
    for group, kind in zip(groups, kinds, strict=True):
        span = Span(group[0].span.start, group[-1].span.end)
        if kind is Kind.PROSE or kind is Kind.LIST_ITEM:
            blocks.extend(_inline_list(text, span, kind))
        else:
            blocks.append(Block(span, kind))
    return blocks


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines without a blank line between them."""
    run: list[Line] = []
    for line in lines:
        if line.after_blank and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _joined(run: list[Line]) -> list[list[Line]]:
    """The lines of a run, those together that were one line before they were wrapped."""
    narrow = [line.columns for line in run if line.columns <= _WIDEST_WRAP]
    width = max(narrow, default=0)
    wrapped = len(narrow) == len(run) and _is_wrapped(run, width)
    groups = [[run[0]]]
    for before, line in pairwise(run):
        if _goes_on(before, line, width, wrapped, groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(before: Line, line: Line, width: int, wrapped: bool, group: list[Line]) -> bool:
    """Whether `line` continues the paragraph, list item or heading that `before` belongs to."""
    if _UNDERLINE.match(line.text):
        return len(group) == 1 and _is_title_like(before) and _MARKER.match(before.text) is None
    if _starts_block(line) or _MARKDOWN_HEADING.match(before.text) or _UNDERLINE.match(before.text):
        return False
    ended = _ENDED.search(before.text) is not None
    if not ended and not before.text.endswith((":", "：")) and line.text[0].islower():
        return True
    if _MARKER.match(group[0].text) and line.indent > group[0].indent and len(line.span) > 0 and not ended:
        return True
    return wrapped and _is_full(before, line, width)


def _is_full(before: Line, line: Line, width: int) -> bool:
    """Whether the first word of `line` had no room at the end of `before`."""
    if before.columns < _NARROWEST_WRAP - 10:
        return False
    if before.text[-1] > "\u2e80" or line.text[0] > "\u2e80":
        # Chinese is wrapped by columns or by characters; a mark that must not begin a line takes one more.
        return before.columns >= width - 4 or 2 * len(before.span) >= width - 2
    return before.columns + 1 + len(line.text.split(maxsplit=1)[0]) > width


def _is_wrapped(run: list[Line], width: int) -> bool:
    """Whether the lines of a run look like paragraphs that were wrapped at `width` columns."""
    pairs = list(pairwise(run))
    if not pairs or width < _NARROWEST_WRAP:
        return False
    if not any(re.search("[,.，。；;]", line.text) for line in run):
        return False
    full = sum(_is_full(before, line, width) for before, line in pairs)
    if len(pairs) == 1:
        first, last = pairs[0]
        return bool(full) and bool(
            _OPEN_END.search(first.text) or (re.search("[，。；]", first.text) and _ENDED.search(last.text))
        )
    closed = sum(1 for before, line in pairs if not _is_full(before, line, width) and _ENDED.search(before.text))
    return full >= 2 and full + closed >= 0.6 * len(pairs)


def _starts_block(line: Line) -> bool:
    return bool(_MARKDOWN_HEADING.match(line.text) or _MARKER.match(line.text) or line.text[0] == "|")


def _kinds(groups: list[list[Line]]) -> list[Kind]:
    """What each group of lines is."""
    titles = [len(group) == 1 and _is_title_like(group[0]) for group in groups]
    followed = [True] * (len(groups) - 1) + [False] * bool(groups)
    kinds = [_kind(*each) for each in zip(groups, titles, followed, strict=True)]
    start = 0
    while start < len(groups):
        end = start + 1
        while end < len(groups) and titles[start] and titles[end] and not groups[end][0].after_blank:
            end += 1
        if end - start > 2:
            kinds[start:end] = [Kind.LIST_ITEM if kind is Kind.HEADING else kind for kind in kinds[start:end]]
        start = end
    return kinds


def _kind(group: list[Line], title: bool, followed: bool) -> Kind:
    first = group[0].text
    if _MARKDOWN_HEADING.match(first) or (len(group) == 2 and _UNDERLINE.match(group[1].text)):
        return Kind.HEADING
    if _SECTION_NUMBER.match(first) and title and followed:
        return Kind.HEADING
    if _MARKER.match(first) or first[0] == "|":
        return Kind.LIST_ITEM
    return Kind.HEADING if title and followed else Kind.PROSE


def _is_title_like(line: Line) -> bool:
    """Whether a line could be a headline: short, with words, begun like one and without an end mark."""
    text = line.text
    if len(line.span) > 120 or not has_words(text) or text[0].islower():
        return False
    if _ENDED.search(text) or _OPEN_END.search(text) or re.search("[。；]", text):
        return False
    words = count_latin_words(text) + count_han(text) / 2
    return words <= (8 if text[-1] in ":：" else 18)


def _inline_list(text: str, span: Span, kind: Kind) -> list[Block]:
    """The items of a list that was pasted into one line ("Results - One [1] - Two [2]"), else the block itself."""
    bullets = [match for match in _INLINE_BULLET.finditer(text, span.start, span.end) if _is_bullet(text, match)]
    marked = sum(1 for match in bullets if _LIST_MARK.search(text, max(span.start, match.start() - 6), match.start()))
    if len(bullets) < 3 or marked * 3 < len(bullets):
        return [Block(span, kind)]
    starts = {match.end() for match in bullets}
    cuts = starts | {match.end() for match in _AFTER_REFERENCE.finditer(text, span.start, span.end)}
    borders = [span.start, *sorted(cuts), span.end]
    blocks = []
    for start, end in pairwise(borders):
        end = start + len(text[start:end].rstrip())
        if start in starts:
            blocks.append(Block(Span(start, end), Kind.LIST_ITEM))
        else:
            piece = Line(Span(start, end), text[start:end], 0, False)
            blocks.append(Block(piece.span, Kind.HEADING if _is_title_like(piece) else kind))
    return blocks


def _is_bullet(text: str, match: re.Match[str]) -> bool:
    """Whether the dash after `match` is no sign between two numbers."""
    return not (text[match.start() - 1].isdigit() and text[match.end() + 1 : match.end() + 4].strip()[:1].isdigit())
