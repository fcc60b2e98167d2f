"""What stands around a number: bounds, currency signs, and whether it tells a change."""

from __future__ import annotations

import re

from corpus.quantities.records import Basis, Bound, Change
from corpus.quantities.units import SIGN_WORDS, SIGNS

_REACH = 32
"""How many characters before a number are read: the longest bound, a sign and a space."""

_BOUNDS_BEFORE: tuple[tuple[Bound, str, str], ...] = (
    (
        "over",
        "over|more than|above|exceed(?:ing|s|ed)?|in excess of|upwards? of|greater than|higher than|"
        "larger than|surpass(?:ing|es|ed)?|topp(?:ing|ed)|well over",
        "超过了?|超出|(?<![英中高反意西德法])超|逾|大于|高于|多于|突破了?|(?<![突打爆])破|"
        "(?<=[^不经通超路])过(?=[百千万亿半])|(?<=[^以之海赶])上(?=[百千万亿])",
    ),
    (
        "at_least",
        "at least|no (?:less|fewer) than|not (?:less|fewer) than|a minimum of|minimum of",
        "不得[低少]于|至少|不少于|不低于|不下于?|起码|最少|不小于",
    ),
    (
        "nearly",
        "nearly|almost|close to|approaching|just under|just shy of|just below|virtually",
        "接近于?|将近|(?<![附最靠邻临就亲远])近|几近|几乎",
    ),
    (
        "under",
        "under|less than|fewer than|below|lower than|smaller than",
        "不到|不足|低于|少于|小于|未满|不满|未达|未到",
    ),
    (
        "at_most",
        "up to|at most|no more than|not more than|a maximum of|maximum of|no higher than|not (?:to )?exceed(?:ing)?",
        "不[得能会可]超过|未超过|没有超过|不得[高多]于|至多|最多|不超过|不高于|不多于|不大于|"
        "最高(?:可?达到?)?(?=[ ]?[0-9])|最[高多]可?达到?",
    ),
    (
        "about",
        "about|around|approximately|approx\\.?|roughly|some|circa|ca\\.|an estimated|estimated|or so|nearly about",
        "大约|(?<![条公合契节签纽预制婚盟缔违简特])约[为有占达合]?|大概|差不多|近乎|~",
    ),
)
_BOUND_BEFORE = re.compile(
    "(?:"
    + "|".join(
        f"(?P<{name}>\\b(?:{english})[ ](?:the |an? )?|(?:{chinese})[ ]?)" for name, english, chinese in _BOUNDS_BEFORE
    )
    + r")\Z",
    re.IGNORECASE,
)
_BOUND_LETTERS = re.compile(
    r"[a-z.~超出逾于了破过上少下码近乎到足满达多高概约为有占达合不][ ]?(?:an? |the )?\Z", re.IGNORECASE
)
_SIGN_BEFORE = re.compile(rf"(?<![A-Za-z])(?:{SIGN_WORDS})[ ]?\Z")
_SIGN = re.compile(rf"(?:{SIGN_WORDS})[ ]?")
_MINUS_BEFORE = re.compile(r"(?:(?:(?<=[ (:,，。；（：约为是到至达近超过])|^)-|(?<![自抱担肩胜欺])负|零下)\Z")

_BOUND_AFTER = re.compile(
    r"[ ]?(?P<about>左右|上下|[ ]?or so\b|-odd\b)|[ ]?(?P<at_least>以上|及以上|[ ]?or (?:more|above|"
    r"over|greater|higher|older)\b|\+|-plus\b)"
    r"|(?P<at_most>以下|以内|之内|[ ]or (?:less|fewer|under|below|younger)\b)|"
    r"(?P<over>多(?![样元边功媒彩维措达少次年人方种数边久])|余(?![额下地])|有余)"
)

_UP = (
    "(?<!ing )(?<!made )(?<!makes )(?<!make )(?<!takes )(?<!taken )(?<!take )(?<!took )"
    "up|rose|ris(?:es?|en|ing)|grew|grow(?:s|n|ing|th)?|increas(?:ed?|es|ing)|gain(?:s|ed|ing)?|"
    "jump(?:s|ed|ing)?|surg(?:ed?|es|ing)|"
    "soar(?:s|ed|ing)?|climb(?:s|ed|ing)?|expand(?:s|ed|ing)?|advanc(?:ed?|es|ing)|higher|"
    "more than doubled|leapt|spiked|widened|raised"
)
_DOWN = (
    "down|fell|fall(?:s|en|ing)?|declin(?:ed?|es|ing)|drop(?:s|ped|ping)?|decreas(?:ed?|es|ing)|"
    "shrank|shr(?:ink|unk|inking)|slump(?:ed|s)?|"
    "plung(?:ed?|es|ing)|slid|slipped|tumbled|contract(?:ed|ion)|lower|reduc(?:ed?|es|ing|tion)|cut|"
    "lost|loss|plummeted|dipped|narrowed|lowered"
)
_UP_ZH = "增长|增加|上升|提高|上涨|增|涨|升|扩大|增幅|涨幅|提升|增速|攀升|回升|反弹|上调|走高|高出"
_DOWN_ZH = "下降|减少|下跌|降低|减|降|跌|缩减|回落|下滑|萎缩|降幅|跌幅|缩小|下调|走低|削减|下挫"
_CHANGE_BEFORE = re.compile(
    rf"(?:\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: of| by| at| between| from)?(?: an?| another| as much as)?[ ]"
    rf"|(?:(?P<up_zh>{_UP_ZH})|(?P<down_zh>{_DOWN_ZH}))(?:率|幅度?)?(?:高达|达到|[了约达为近超过是逾:]){{0,2}}[ ]?)\Z",
    re.IGNORECASE,
)
_CHANGE_BY = re.compile(
    r"\b(?:(?P<up>rais(?:ed?|es|ing)|rose|ris(?:es?|en|ing)|grew|grow(?:s|n|ing)?|lift(?:s|ed|ing)?|hik(?:ed?|es|ing)"
    r"|boost(?:s|ed|ing)?|increas(?:ed?|es|ing)|expand(?:s|ed|ing)?|push(?:es|ed)? up|put up)"
    r"|(?P<down>cut(?:s|ting)?|lower(?:s|ed|ing)?|reduc(?:ed?|es|ing)|slash(?:es|ed|ing)?|trim(?:s|med)?|fell|fall(?:s|en)?"
    r"|drop(?:s|ped)?|shrank|decreas(?:ed?|es|ing)|declin(?:ed?|es|ing)))\b"
    r"(?:(?!\b(?:by|and|but|while|which|that)\b)[^.,;:!?])*\bby(?: an?| another| as much as)?[ ]\Z"
    r"|(?P<up_zh>加征|上浮)[^，。；]{0,6}\Z|(?P<down_zh>减免)[^，。；]{0,6}\Z",
    re.IGNORECASE,
)
"""A verb, what it acts on, and "by": "raised its tariffs on goods by 10 percent"."""
_BY_REACH = 90
_THAN_BEFORE = r"(?= than (?:an? |one |in |the (?:same|previous|prior|year)|last |during |before\b))"
_CHANGE_AFTER = re.compile(
    r"[ -]{1,2}(?:(?:year|month|quarter)[- ]o(?:n|ver)[- ](?:year|month|quarter)[ ]|annual(?:ised|"
    r"ized)?[ ]|yoy[ ]|y/y[ ])?"
    r"(?:(?P<up>increase|rise|growth|jump|surge|gain|hike|expansion|higher|spike"
    rf"|(?:more|larger|bigger|greater){_THAN_BEFORE})"
    r"|(?P<down>decline|drop|fall|decrease|reduction|slump|plunge|lower|dip"
    rf"|(?:less|smaller|fewer){_THAN_BEFORE}))\b"
    r"|的?(?:(?P<up_zh>增长|增幅|涨幅|增速)|(?P<down_zh>降幅|跌幅|下降))",
    re.IGNORECASE,
)
_YEAR_ON_YEAR = re.compile(
    r"year[- ]o(?:n|ver)[- ]year|\byoy\b|\by/y\b|同比|[比较](?:上年|去年|前一年)|(?:from|than|"
    r"over) (?:a|one) year (?:earlier|ago|before)"
    r"|(?:compared (?:to|with)|from|over|than) (?:the )?(?:same (?:period|time|month|"
    r"quarter) (?:a year|last year|of last|in the previous year|the previous year)|previous year|"
    r"last year|year before|prior year)"
    r"|\bannual",
    re.IGNORECASE,
)
_MONTH_ON_MONTH = re.compile(
    r"month[- ]o(?:n|ver)[- ]month|\bmom\b|\bm/m\b|环比|[比较]上个?月|(?:compared (?:to|with)|from|"
    r"over|than) (?:the )?(?:previous|last|prior) month"
    r"|(?:from|than) a month (?:earlier|ago|before)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[,;，；。.!?！？\n](?![0-9])")


def sign_before(text: str, start: int) -> tuple[str, int]:
    """The currency code of a sign that ends at `start` ("" where there is none) and where it begins."""
    match = _SIGN_BEFORE.search(text[max(0, start - 6) : start])
    if match is None:
        return "", start
    return SIGNS[match[0].strip()], start - len(match[0])


def sign_after(text: str, start: int) -> tuple[str, int]:
    """The currency code of a sign that begins at `start` ("" where there is none) and where it ends."""
    match = _SIGN.match(text, start)
    return (SIGNS[match[0].strip()], match.end()) if match else ("", start)


def minus_before(text: str, start: int) -> int:
    """Where a minus sign that ends at `start` begins; `start` where there is none."""
    match = _MINUS_BEFORE.search(text[max(0, start - 3) : start])
    return start if match is None else start - len(match[0])


def bound_before(text: str, start: int, begins: str = "") -> tuple[Bound, int]:
    """The bound that ends at `start` and where it begins; `begins` is the first character of the number itself."""
    lowest = max(0, start - _REACH)
    window = text[lowest:start]
    if not _BOUND_LETTERS.search(window[-6:]):
        return "exact", start
    match = _BOUND_BEFORE.search(window) or (
        _BOUND_BEFORE_SCALE.search(window) if begins and begins in "百千万亿半" else None
    )
    if match is None:
        return "exact", start
    name: Bound = match.lastgroup  # type: ignore[assignment]
    return name, lowest + match.start()


_BOUND_BEFORE_SCALE = re.compile(r"(?P<over>(?<![不经通超路])过|(?<![以之海早晚赶])上)\Z")


def bound_after(text: str, end: int) -> tuple[Bound, int]:
    """The bound that follows a number and its unit, and where it ends."""
    match = _BOUND_AFTER.match(text, end)
    if match is None:
        return "exact", end
    name: Bound = match.lastgroup  # type: ignore[assignment]
    return name, match.end()


def change_around(
    text: str, start: int, end: int, free: int = 0, bare: bool = False
) -> tuple[Change | None, Basis | None]:
    """Whether the number between `start` and `end` says by how much something changed, and against what.

    Nothing before `free` is read: it belongs to the number before. A `bare` number has no unit, so that the "by" before
    it may as well tell who did something.
    """
    before, after = text[max(free, start - 26) : start], text[end : end + 60]
    match = (
        _CHANGE_BEFORE.search(before)
        or (None if bare else _CHANGE_BY.search(text[max(free, start - _BY_REACH) : start]))
        or _CHANGE_AFTER.match(text, end)
    )
    if match is None or match.lastgroup is None:
        return None, None
    change: Change = "up" if match.lastgroup.startswith("up") else "down"
    before = before[_last_stop(before) :]
    after = after[: stop.start()] if (stop := _STOP.search(after)) else after
    if _MONTH_ON_MONTH.search(before) or _MONTH_ON_MONTH.search(after):
        return change, "month_on_month"
    if _YEAR_ON_YEAR.search(before) or _YEAR_ON_YEAR.search(after):
        return change, "year_on_year"
    return change, None


def _last_stop(window: str) -> int:
    last = 0
    for stop in _STOP.finditer(window):
        last = stop.end()
    return last
