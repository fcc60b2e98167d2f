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
    r"(?:\d+|an?) (?:minute|hour|day|week)s? ago|\d+(?:分钟|小时|天)前|"
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
_EDGES = " *_\t-–—:：/|·•,，;；.。()（）[]【】"
_NAME_LIST = r"[A-Z][\w.'’-]+(?:,?\s+(?:and\s+|&\s+|de\s+|van\s+|von\s+)?[A-Z][\w.'’-]*){0,7}"
_BYLINES = (
    re.compile(rf"(?:[Bb]y|BY)\s+(?P<author>{_NAME_LIST})(?:\s+in\s+[A-Z][\w, ]{{2,30}})?"),
    re.compile(rf"(?:[Aa]uthor|[Ww]ritten by|[Tt]ext by|[Ss]tory by)\s*[:：]?\s*(?P<author>{_NAME_LIST})"),
    re.compile(
        rf"[（(]?(?:作者|撰文|撰稿|文|(?:本报|本刊|新华社|特约|见习|本報)?(?:记者|記者|通讯员))\s*[：:/丨|／\s]\s*"
        rf"(?P<author>[{HAN}A-Za-z·]{{2,12}}(?:[、,，\s]+[{HAN}A-Za-z·]{{2,12}}){{0,5}})[）)]?"
    ),
)
_REPORTER = r"(?:[（(][^（）()\d]{0,8}(?:记者|記者|通讯员)[\s：:]*(?P<author>[^（）()]{2,30})[）)])?"
_AGENCIES = "CNN|CNN Business|AP|AFP|UPI|BBC|Reuters|Xinhua|Bloomberg|Kyodo|dpa"
_PLACE = r"[A-Z][A-Za-z.'’-]{1,20}(?:[ ,/]+[A-Z][A-Za-z.'’-]{1,20}){0,3}"
_DAY = r"(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2})?"
_WIRES = (
    re.compile(
        rf"(?:(?!据)(?P<agency>[{HAN}]{{0,6}}?(?:社|网|報|报|網|"
        rf"台))[{HAN}]{{0,8}}\s?\d{{1,2}}月\d{{1,2}}日(?:电|電|讯|訊|消息)"
        rf"|(?:本报|本网|本刊|本報)(?:[{HAN}]{{2,4}})?[讯訊])\s*{_REPORTER}\s*[：:]?\s*"
    ),
    re.compile(rf"(?!据)(?P<agency>[{HAN}]{{1,6}}(?:社|网|报|台|新闻|網|報))(?:消息|讯|报道)\s*{_REPORTER}\s*[：:]\s*"),
    re.compile(
        rf"【\s*(?P<agency>[{HAN}]{{1,6}}?(?:社|网|报|台|新闻|時報|时报|日报))[^【】\n]{{0,12}}?"
        rf"(?:报道|报导|讯|消息|记者)[^【】\n]{{0,6}}?(?:记者\s*(?P<author>[^【】\n]{{2,30}}))?】\s*"
    ),
    re.compile(
        rf"(?:{_PLACE}{_DAY}|"
        rf"[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}})\s*\((?P<agency>[A-Z][A-Za-z ]{{1,20}})\)\s*(?:--|—|–|-)\s*"
    ),
    re.compile(rf"(?:(?!The ){_PLACE}{_DAY}\s*)?\((?P<agency>{_AGENCIES})\)\s*(?=[A-Z\"“])"),
    re.compile(
        r"[A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{2,20}){0,2}(?:, [A-Z][\w.]{1,12}(?: [A-Z]\w{1,12})?)?\s(?:--|"
        r"—|–)\s(?=[A-Z\"“])"
    ),
)
_REPORTERS = re.compile(
    rf"(?:本报|本网|本刊|新华社|中新社|人民网)(?:特约|见习|"
    rf"实习)?记者\s*(?P<author>[{HAN}]{{2,4}}(?:[、\s]+[{HAN}]{{2,4}}){{0,5}})"
)
_JOB = re.compile(
    r"(?:[A-Z][\w&'’-]*[, ]+){0,4}(?:[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Ww]riter|"
    r"[Cc]olumnist)(?:[, ]+(?:in |at )?[A-Z][\w .,&'’-]{1,40})?"
)
_OUTLET_LINE = re.compile(
    r"(?:(?P<author>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})(?:, |\s?[/|–—-]\s?))?(?:The |the )?"
    r"(?P<outlet>Associated Press|AP|Reuters|AFP|Agence France-Presse|Xinhua(?: News Agency)?|"
    r"CNN(?: Business)?|BBC(?: News)?|"
    r"USA TODAY|Bloomberg(?: News)?|China Daily|Global Times|People's Daily|South China Morning Post|"
    r"CGTN|新华社|新华网|人民网|人民日报|"
    r"中新网|中国新闻网|央视新闻|央视网|环球时报|环球网|光明日报|经济日报|澎湃新闻|中国日报网?)"
)
_WIRE_LINE = re.compile(rf"(?:{_PLACE}\s+)?(?P<agency>{_AGENCIES})\s*(?:--|—|–)")


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line tells; empty where it does not."""

    published: date
    publisher: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article and for whom; empty where the line does not tell."""

    author: str = ""
    publisher: str = ""


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


def match_byline(text: str) -> Byline | None:
    """The author, a well-known outlet, or both whom a line names that does nothing else; None for any other line."""
    if columns(text) > 90:
        return None
    for pattern in (*_BYLINES, _REPORTERS, _OUTLET_LINE, _JOB):
        match = pattern.fullmatch(text)
        if match is not None:
            named = match.groupdict()
            return Byline(" ".join((named.get("author") or "").split()), named.get("outlet") or "")
    return None


def match_wire(text: str) -> Wire | None:
    """The dateline with which a paragraph begins, as in "BEIJING, Feb. 14 (Xinhua) -- " or 新华社北京2月14日电."""
    match = _WIRE_LINE.fullmatch(text) or next((found for wire in _WIRES if (found := wire.match(text))), None)
    if match is None:
        return None
    named = match.groupdict()
    return Wire(match.end(), named.get("agency") or "", " ".join((named.get("author") or "").split()))
