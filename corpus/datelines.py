"""Lines that tell when, where and by whom an article was published: date lines, bylines, wire datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.dates import find_dates
from corpus.languages import HAN, has_words
from corpus.layout import columns

_LABEL = re.compile(
    r"(?:last |first )?(?:updated?|published|posted|modified|created)(?: on| at)?\s*[:：]?|\b(?:date|time)\s*[:：]|"
    r"(?:发布|发表|更新|修改|出版|發布|發表)(?:时间|日期|時間|于)?\s*[:：]?|(?:时间|日期|時間)\s*[:：]",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*(?:gmt|utc|[ecmpb][sd]?t))?|\((?:gmt|utc)[^)]*\)|"
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|(?:星期|周|週)[一二三四五六日天]",
    re.IGNORECASE,
)
_END_OF_FIELD = r"(?=$|[|·•丨\t]|\s{2,}|\s\S{1,6}[:：])"
_ORIGIN = re.compile(
    rf"(?:\bsource|来源|來源|稿源)\s*[:：]\s*(?P<name>[^|·•丨\t]{{1,40}}?)\s*{_END_OF_FIELD}", re.IGNORECASE
)
_WRITER = re.compile(
    rf"(?:\b[Bb]y\s|(?:作者|记者|記者|撰文)\s*[:：])\s*(?P<name>[^|·•丨\t]{{1,40}}?)\s*(?:{_END_OF_FIELD}|,\s)"
)
_SEPARATORS = re.compile(r"\s*[|·•\t丨]\s*|\s{2,}|\s[-–—]\s|[,，;；()（）]\s*")
_EDGES = " \t-–—:：/|·•,，;；.。()（）[]【】"
_NAME_LIST = r"[A-Z][\w.'’-]+(?:,?\s+(?:and\s+|&\s+|de\s+|van\s+|von\s+)?[A-Z][\w.'’-]*){0,7}"
_BYLINES = (
    re.compile(rf"(?:[Bb]y|BY)\s+(?P<author>{_NAME_LIST})(?:\s+in\s+[A-Z][\w, ]{{2,30}})?"),
    re.compile(rf"(?:[Aa]uthor|[Ww]ritten by|[Tt]ext by|[Ss]tory by)\s*[:：]?\s*(?P<author>{_NAME_LIST})"),
    re.compile(
        rf"[（(]?(?:作者|撰文|撰稿|文|(?:本报|本刊|新华社|特约|见习|本報)?(?:记者|記者|通讯员))\s*[：:/丨|／\s]\s*"
        rf"(?P<author>[{HAN}A-Za-z·]{{2,12}}(?:[、,，\s]+[{HAN}A-Za-z·]{{2,12}}){{0,5}})[）)]?"
    ),
)
_WIRE_CHINESE = re.compile(
    rf"(?:(?!据)(?P<agency>[{HAN}]{{0,4}}?(?:社|网|報|报|網))[{HAN}]{{0,6}}\s?\d{{1,2}}月\d{{1,2}}日(?:电|電|讯|訊|"
    rf"消息)"
    rf"|(?:本报|本网|本刊|本報)(?:[{HAN}]{{2,4}})?讯)"
    rf"\s*(?:[（(][^（）()\d]{{0,8}}(?:记者|記者|通讯员)[\s：:]*(?P<author>[^（）()]{{2,30}})[）)])?\s*[：:]?\s*"
)
_WIRE_ENGLISH = re.compile(
    r"[A-Z][A-Za-z.'’-]{1,20}(?:[ ,/]+[A-Z][A-Za-z.'’-]{1,20}){0,3}(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2})?\s*"
    r"\((?P<agency>[A-Z][A-Za-z ]{1,20})\)\s*(?:--|—|–|-)\s*"
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line tells; empty where it does not."""

    published: date
    publisher: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Wire:
    """The agency, place and day before the first sentence of an article."""

    length: int
    """Characters, with the white space after them."""
    publisher: str = ""
    author: str = ""


def read_date_line(text: str, first: bool = False) -> DateLine | None:
    """What a line tells that consists of a date and few names; None for any other line.

    Args:
        text: One line.
        first: Whether it is the first of its page: then a plain "Words, date" is taken for a headline.
    """
    dates = list(find_dates(text)) if columns(text) <= 130 else []
    if not dates or text.endswith(("。", "？", "?", "!", "！")):
        return None
    rest = text
    for mark in reversed(dates):
        rest = f"{rest[: mark.span.start]}|{rest[mark.span.end :]}"
    rest, labels = _LABEL.subn("|", rest)
    rest, clocks = _CLOCK.subn("|", rest)
    origin, writer = _ORIGIN.search(rest), _WRITER.search(rest)
    for field in (origin, writer):
        rest = rest.replace(field.group(), "|") if field else rest
    names = [name for part in _SEPARATORS.split(rest) if has_words(name := part.strip(_EDGES))]
    if len(names) > 3 or any(columns(name) > 40 or len(name.split()) > 6 for name in names):
        return None
    labelled = labels or clocks or origin or writer or re.search("[|·•丨]", text)
    if first and names and not labelled:
        return None
    publisher = origin["name"] if origin else names[0] if names else ""
    return DateLine(dates[0].value, publisher.strip(_EDGES), writer["name"].strip(_EDGES) if writer else "")


def match_byline(text: str) -> str:
    """The author whom a line names that does nothing else; empty for any other line."""
    if columns(text) > 90:
        return ""
    for pattern in _BYLINES:
        match = pattern.fullmatch(text)
        if match is not None:
            return " ".join(match["author"].split())
    return ""


def match_wire(text: str) -> Wire | None:
    """The dateline with which a paragraph begins, as in "BEIJING, Feb. 14 (Xinhua) -- " or 新华社北京2月14日电."""
    match = _WIRE_CHINESE.match(text) or _WIRE_ENGLISH.match(text)
    if match is None:
        return None
    author = match.groupdict().get("author") or ""
    return Wire(match.end(), match["agency"] or "", " ".join(author.split()))
