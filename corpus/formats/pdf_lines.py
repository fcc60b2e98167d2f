"""From the printed lines of a PDF to whole paragraphs.

What printing added is taken back: look-alike characters of some fonts, hyphens at line ends, running heads, page
numbers and the line breaks inside paragraphs. Everything works on lines of text alone; no coordinates are needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layout import columns

_LOOK_ALIKE = re.compile("[\u2e80-\u2fdf]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_DROPPED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\ufeff\ud800-\udfff]")
_RADICALS = dict(
    zip(
        "⺁⺒⺓⺟⺠⺩⺫⺬⺮⺶⺻⺽⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳",
        "厂巳幺母民王目示竹羊聿臼虎西见角贝足车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龜龟",
        strict=True,
    )
)
"""Radicals that Unicode gives no equivalent for, and the characters that people write with the same strokes."""
_SPACE_AT_MARK = re.compile(
    "(?<=[（）《》〈〉【】「」『』，。、；：？！])[ \u00a0]|[ \u00a0](?=[（）《》〈〉【】「」『』，。、；：？！])"
)
_SPACE_IN_QUOTES = re.compile(
    "(?<=[\u3400-\u9fff，。、；：？！])[ \u00a0](?=[“”‘’])|(?<=[“”‘’])[ \u00a0](?=[\u3400-\u9fff，。、；：？！])"
)
_SPACE_AT_DIGIT = re.compile("(?<=[\u4e00-\u9fff])[ \u00a0](?=[0-9])|(?<=[0-9%])[ \u00a0](?=[\u4e00-\u9fff])")
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—·|\s]*\d{1,4}[-–—·|\s]*|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:/|of)\s*\d{1,4}|"
    r"第\s*\d{1,4}\s*[页頁](?:\s*[，,/]?\s*共\s*\d{1,4}\s*[页頁])?|[ivxl]{1,7})",
    re.I,
)
_ENDED = re.compile(r"[.!?:。！？：…][\"'”’」』）)\]]*$")
_ITEM = re.compile(
    r"[-•·▪●○*‣–]\s|\(?\d{1,3}(?:[.)](?!\d)|、)|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\u3000\u3000"
)
_HYPHEN = re.compile(r"(?<=[a-zà-öø-ÿ])[-\u00ad\u2010]$")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GAP = "\n\n"
_EDGE = 2
"""Lines at the top and at the bottom of a page among which running heads are sought."""
_RECURRING = 3
"""Pages on which a running head must come back."""


@dataclass(frozen=True, slots=True)
class Join:
    """The text of all pages, and where each begins in it."""

    text: str
    pages: tuple[int, ...]


def mend_characters(text: str) -> str:
    """`text` with look-alikes of Han characters and ligatures as the characters that they stand for.

    Some fonts make PDFs say "⼯" (a radical, U+2F2F) where "工" is meant; one by one, lengths stay. Letters in one
    glyph ("ﬁ") become letters. Other characters, full-width marks among them, stay as they are.
    """
    mended = _LOOK_ALIKE.sub(lambda match: _plain(match.group()), text)
    return _DROPPED.sub("", _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), mended))


def join_pages(pages: Sequence[Sequence[str]]) -> Join:
    """The lines of all pages as paragraphs with a blank line between them; one may go on over a page's end.

    Args:
        pages: The lines of each page as printed.
    """
    kept = [[_tidied(line) for line in page] for page in _without_heads(pages)]
    words = Counter(word.lower() for page in kept for line in page for word in _WORD.findall(line))
    finished: list[str] = []
    length = 0
    paragraph = before = ""
    starts = []
    for page in kept:
        width = _width(page)
        filled = [line for line in page if line]
        starts.append(length + len(paragraph))
        for number, line in enumerate(filled):
            following = "".join(filled[number + 1 : number + 2])
            if paragraph and not _breaks(before, line, following, width):
                paragraph = _glued(paragraph, line, words)
            else:
                finished += [paragraph] if paragraph else []
                length += len(paragraph) + len(_GAP) if paragraph else 0
                paragraph = line
            if not number:
                starts[-1] = length + len(paragraph) - len(line)
            before = line
    return Join(_GAP.join([*finished, paragraph]) + "\n", tuple(starts))


def _tidied(line: str) -> str:
    """A line without the spaces that a change of font put beside full-width marks and digits."""
    return _SPACE_AT_DIGIT.sub("", _SPACE_IN_QUOTES.sub("", _SPACE_AT_MARK.sub("", line.strip())))


def _plain(character: str) -> str:
    return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)


def _without_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without the lines, no ends of sentences, that come back at their edges, and without page numbers."""
    edges = [_edges(page) for page in pages]
    heads = [[n for n in edge if not _ENDED.search(page[n])] for page, edge in zip(pages, edges, strict=True)]
    seen = Counter(key for page, edge in zip(pages, heads, strict=True) for key in {_masked(page[n]) for n in edge})
    needed = max(2, min(_RECURRING, len(pages)))
    cleaned = []
    for page, edge, head in zip(pages, edges, heads, strict=True):
        dropped = {n for n in head if seen[_masked(page[n])] >= needed and len(pages) > 1}
        ends = edge[-1:] if len(pages) == 1 else edge[:1] + edge[-1:]
        dropped |= {n for n in ends if _PAGE_NUMBER.fullmatch(page[n].strip())}
        cleaned.append([line for n, line in enumerate(page) if n not in dropped])
    return cleaned


def _edges(page: Sequence[str]) -> list[int]:
    """Numbers of the first and last lines that are not blank."""
    filled = [number for number, line in enumerate(page) if line.strip()]
    return filled if len(filled) <= 2 * _EDGE else filled[:_EDGE] + filled[-_EDGE:]


def _masked(line: str) -> str:
    """A line with its numbers as one sign, so that "Page 3" and "Page 4" are alike."""
    return _NUMBER.sub("#", " ".join(line.split()))


def _width(page: Sequence[str]) -> int:
    """Columns of a full line: what nine of ten lines do not exceed."""
    widths = sorted(columns(line) for line in page if line)
    return widths[min(len(widths) - 1, len(widths) * 9 // 10)] if widths else 0


def _breaks(before: str, line: str, following: str, width: int) -> bool:
    """Whether a new paragraph begins with `line`."""
    if _ITEM.match(line):
        return True
    wide, ended = columns(before), _ENDED.search(before) is not None
    if line[0].islower() or _HYPHEN.search(before):
        return ended and wide < 0.5 * width
    full = 0.6 if not ended else 0.93 if columns(line[0]) == 2 else 0.85  # Chinese breaks lines anywhere
    if wide < full * width:
        return True
    return ended and _is_headline(line, following, width)


def _is_headline(line: str, following: str, width: int) -> bool:
    """Whether a line stands alone between two paragraphs."""
    return bool(following) and columns(line) < 0.6 * width and not _ENDED.search(line) and not following[0].islower()


def _glued(text: str, line: str, words: Counter[str]) -> str:
    """`text` with a line that continues its last one."""
    hyphen = _HYPHEN.search(text)
    if hyphen is not None and line[0].islower():
        return (text[: hyphen.start()] if _was_split(text[: hyphen.start()], line, words) else text) + line
    wide = columns(text[-1] + line[0]) == 4 or (columns(text[-1]) == 2) != (columns(line[0]) == 2)
    return text + line if wide or text.endswith("-") else f"{text} {line}"


def _was_split(text: str, line: str, words: Counter[str]) -> bool:
    """Whether a hyphen at a line's end was put there by printing, and is no part of the word."""
    first, second = _LAST_WORD.search(text), _FIRST_WORD.match(line)
    if first is None or second is None:
        return False
    whole, compound = (first.group() + second.group()).lower(), f"{first.group()}-{second.group()}".lower()
    if words[whole] != words[compound]:
        return words[whole] > words[compound]
    return "-" not in first.group() and len(first.group()) > 1
