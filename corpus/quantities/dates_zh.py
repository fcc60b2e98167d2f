"""Chinese dates: 2025年2月4日, 今年1-5月, 去年12月, 第三季度, 上半年, 本周三, 20世纪90年代, 二〇二四年, 民国88年."""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.quantities import periods
from corpus.quantities.numbers_zh import read_digits
from corpus.quantities.periods import Period

_HAN_DIGIT = "[零〇一二三四五六七八九]"
_SMALL = r"(?:[0-9]{1,2}(?![0-9])|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_RELATIVE_YEAR = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_RELATIVE_DAY = {"前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_RELATIVE_MONTH = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "当前月": 0, "下个月": 1, "下月": 1}
_RELATIVE_WEEK = {
    "上周": -1,
    "上星期": -1,
    "上个星期": -1,
    "本周": 0,
    "这周": 0,
    "本星期": 0,
    "这个星期": 0,
    "下周": 1,
    "下星期": 1,
    "下个星期": 1,
}

_ERAS = {
    "洪武": 1368, "永乐": 1403, "宣德": 1426, "正统": 1436, "成化": 1465, "弘治": 1488, "正德": 1506, "嘉靖": 1522,
    "隆庆": 1567, "万历": 1573, "天启": 1621, "崇祯": 1628, "顺治": 1644, "康熙": 1662, "雍正": 1723, "乾隆": 1736,
    "嘉庆": 1796, "道光": 1821, "咸丰": 1851, "同治": 1862, "光绪": 1875, "宣统": 1909, "明治": 1868, "大正": 1912,
    "昭和": 1926, "平成": 1989, "令和": 2019,
}  # fmt: skip
"""First years of Ming, Qing and modern Japanese eras."""

BEGIN = (
    rf"[0-9]{{1,4}}|{_HAN_DIGIT}{{4}}年|(?<!个){_SMALL}月(?!亮|球)|民国|{'|'.join(_ERAS)}|"
    rf"公元|{'|'.join(_RELATIVE_YEAR)}|{'|'.join(_RELATIVE_DAY)}"
    rf"|{'|'.join(_RELATIVE_MONTH)}|{'|'.join(_RELATIVE_WEEK)}|周[一二三四五六日末]|"
    rf"星期[一二三四五六日天]|礼拜[一二三四五六日天]"
    rf"|[上本][个]?世纪|{_SMALL}[ ]?世纪|[一二三四五六七八九]十年代|第?[一二三四1-4]季度|[上下]半年|"
    rf"前{_SMALL}个?月(?!来|内)|前[一二三]季度"
)
"""Where a Chinese date may begin, in folded text."""

_YEAR = re.compile(
    rf"(?:(?P<figures>[12][0-9]{{3}}|公元[0-9]{{1,4}}|{_HAN_DIGIT}{{4}})[ ]?年|"
    rf"民国(?P<republic>[0-9]{{1,3}}|{_SMALL}|元)年|"
    rf"(?P<era>{'|'.join(_ERAS)})(?P<era_year>[0-9]{{1,2}}|{_SMALL}|元)年|"
    rf"(?P<relative>{'|'.join(_RELATIVE_YEAR)}))"
    r"(?!级|代)(?P<fiscal>度?财年)?度?|(?P<figures2>[12][0-9]{3})(?P<fiscal2>财年|财政年度)"
)
_BEFORE_COMMON_ERA = re.compile(r"公元前[0-9]{1,4}(?:年|世纪)|前[0-9]{2,4}年(?=[ ，。、）)至—-])")
_TO = r"[ ]?(?:-|–|—|~|至|到)[ ]?"
_YEARS = re.compile(rf"(?P<first>[12][0-9]{{3}})年?{_TO}(?P<last>[12][0-9]{{3}}|[0-9]{{2}})年(?!级|代|[0-9]{{1,2}}月)")
_PART = re.compile(
    rf"[ ]?的?(?:前(?P<first>{_SMALL})个?月|前(?P<quarters>[一二三1-3])个?季度|"
    rf"(?:Q|第)?(?P<quarter>[一二三四1-4])(?:(?<=Q[1-4])(?![0-9A-Za-z])|个?季度)|(?P<opening>首个?季度?)|(?P<closing>最后一个?季度?|末季度?)|(?P<half>[上下])半年)"
)
_MONTH = re.compile(rf"[ ]?(?P<month>{_SMALL})(?:{_TO}(?P<last>{_SMALL}))?[ ]?月份?")
_DAY = re.compile(
    rf"[ ]?(?P<day>{_SMALL})(?:{_TO}(?P<last>{_SMALL}))?[ ]?[日号]"
    r"(?![元本圆均前内后常式间游产线楼馆院机]|以内|之内|报(?![道告名到导]))"
)
_LATER = re.compile(
    rf"{_TO}(?:(?P<year>[12][0-9]{{3}})[ ]?年[ ]?)?(?:(?P<month>{_SMALL})[ ]?月[ "
    rf"]?)?(?:(?P<day>{_SMALL})[ ]?[日号])?"
)
_DECADE = re.compile(
    rf"(?:(?P<century>{_SMALL})[ ]?世纪[ ]?|(?P<this>[上本])个?世纪[ ]?)?(?P<decade>[0-9]0|"
    rf"[一二三四五六七八九]十)[ ]?年代"
    r"|(?P<full>[12][0-9]{2}0)[ ]?年代"
)
_CENTURY = re.compile(rf"(?P<number>{_SMALL})[ ]?世纪(?!之?[都金佳华大杯联])")
_WORDS = re.compile(
    rf"(?P<day>{'|'.join(_RELATIVE_DAY)})|(?P<month>{'|'.join(_RELATIVE_MONTH)})(?P<of>{_SMALL}[日号])?"
    rf"|(?P<week>{'|'.join(_RELATIVE_WEEK)}|周|星期|礼拜)(?P<number>[一二三四五六日天末])?"
)
_IN_EVERY = re.compile(r"[每一二两三四五六七八九十0-9几个]\Z")


def read_chinese_date(text: str, start: int, reference: date | None) -> tuple[int, Period | None] | None:
    """Where the Chinese date that begins at `start` of folded text ends, and the stretch it names if that is known."""
    if match := _BEFORE_COMMON_ERA.match(text, start):
        return match.end(), None
    for read in (_read_years, _read_decade, _read_from_year, _read_without_year, _read_words):
        found = read(text, start, reference)
        if found is not None:
            return found
    return None


def _small(numeral: str | None) -> int:
    return (read_digits(numeral) or 0) if numeral else 0


def _read_years(text: str, start: int, reference: date | None) -> tuple[int, Period | None] | None:
    match = _YEARS.match(text, start)
    if match is None:
        return None
    first, last = int(match["first"]), int(match["last"])
    period = periods.years(first, last if last >= 1000 else first // 100 * 100 + last, "range")
    return (match.end(), period) if period is not None else None


def _read_decade(text: str, start: int, reference: date | None) -> tuple[int, Period | None] | None:
    match = _DECADE.match(text, start)
    if match is None:
        match = _CENTURY.match(text, start)
        return None if match is None else (match.end(), periods.century(_small(match["number"])))
    if match["full"]:
        return match.end(), periods.decade(int(match["full"]))
    decade = _small(match["decade"])
    if match["century"]:
        base = (_small(match["century"]) - 1) * 100
    elif match["this"]:
        base = 1900 if match["this"] == "上" else 2000
    else:
        base = 1900 if decade >= 30 else 2000
    return match.end(), periods.decade(base + decade)


def _read_from_year(text: str, start: int, reference: date | None) -> tuple[int, Period | None] | None:
    match = _YEAR.match(text, start)
    if match is None:
        return None
    year = _year_number(match, reference)
    end = match.end()
    if match["fiscal"] or match["fiscal2"]:
        return end, periods.year(year, fiscal=True) if year else None
    inner = _read_inside(text, end, year, match["relative"] is not None and year is None)
    if inner is not None:
        return inner
    return end, periods.year(year) if year else None


def _year_number(match: re.Match[str], reference: date | None) -> int | None:
    if match["relative"]:
        return None if reference is None else reference.year + _RELATIVE_YEAR[match["relative"]]
    if match["republic"]:
        return 1911 + _era_year(match["republic"])
    if match["era"]:
        return _ERAS[match["era"]] - 1 + _era_year(match["era_year"])
    return read_digits((match["figures"] or match["figures2"]).removeprefix("公元"))


def _era_year(numeral: str) -> int:
    return 1 if numeral == "元" else _small(numeral)


def _read_inside(text: str, end: int, year: int | None, unknown: bool = False) -> tuple[int, Period | None] | None:
    """A part of the year that stands before `end`: quarters, halves, months, days; the year may be None."""
    if match := _PART.match(text, end):
        return match.end(), _part(match, year)
    match = _MONTH.match(text, end)
    if match is None:
        return None
    month, last = _small(match["month"]), _small(match["last"])
    if last:
        return match.end(), periods.months(year, month, last, "range")
    if day := _DAY.match(text, match.end()):
        first = _small(day["day"])
        if day["last"]:
            return day.end(), periods.days(year, month, first, (year, month, _small(day["last"])))
        return _until(text, day.end(), year, month, first) or (day.end(), periods.days(year, month, first))
    return _until(text, match.end(), year, month, 0) or (match.end(), periods.month(year, month))


def _until(text: str, end: int, year: int | None, month: int, day: int) -> tuple[int, Period] | None:
    """The range that a date opens (2月4日至3月5日, 2023年12月至2024年3月)."""
    match = _LATER.match(text, end)
    if match is None or bool(match["day"]) != bool(day) or not (match["month"] or match["day"]):
        return None
    last_year = int(match["year"]) if match["year"] else year
    last_month = _small(match["month"]) or month
    if day:
        period = periods.days(year, month, day, (last_year, last_month, _small(match["day"])))
    else:
        period = periods.months(year, month, last_month, "range", last_year)
    return None if period is None else (match.end(), period)


def _part(match: re.Match[str], year: int | None) -> Period | None:
    if match["first"]:
        return periods.months(year, 1, _small(match["first"]), "range")
    if match["quarters"]:
        return periods.months(year, 1, 3 * _small(match["quarters"]), "range")
    if match["half"]:
        return periods.half(year, 1 if match["half"] == "上" else 2)
    return periods.quarter(year, 1 if match["opening"] else 4 if match["closing"] else _small(match["quarter"]))


def _read_without_year(text: str, start: int, reference: date | None) -> tuple[int, Period | None] | None:
    """Months, quarters and halves whose year the reference tells; a lone 12日 needs it for the month too."""
    if match := _MONTH.match(text, start):
        month, day = _small(match["last"] or match["month"]), _DAY.match(text, match.end())
        first = min(_small(day["day"]), 28) if day else 1
        year = periods.year_of(month, first or 1, reference) if 1 <= month <= 12 else None
        inner = _read_inside(text, start, year)
        return inner if inner is not None and inner[1] is not None else None
    if match := _DAY.match(text, start):
        return _lone_day(match, reference)
    if match := _PART.match(text, start):
        return match.end(), _part(match, reference.year if reference else None)
    return None


def _lone_day(match: re.Match[str], reference: date | None) -> tuple[int, Period | None] | None:
    if match[0].endswith("号") or not match[0].strip()[0].isdigit():
        return None
    if reference is None:
        return match.end(), None
    day, last = _small(match["day"]), _small(match["last"] or match["day"])
    year, month = periods.month_from(reference, 0 if last <= reference.day + 15 else -1)
    return match.end(), periods.days(year, month, day, (year, month, last))


def _read_words(text: str, start: int, reference: date | None) -> tuple[int, Period | None] | None:
    """Days, months and weeks counted from the reference: 昨天, 上月, 本周三."""
    match = _WORDS.match(text, start)
    if match is None:
        return None
    if match["week"]:
        return _read_week(match, reference)
    if reference is None:
        return match.end(), None
    if match["day"]:
        day = reference + timedelta(days=_RELATIVE_DAY[match["day"]])
        return match.end(), Period(day, day + timedelta(days=1), "day")
    year, month = periods.month_from(reference, _RELATIVE_MONTH[match["month"]])
    if match["of"]:
        return match.end(), periods.days(year, month, _small(match["of"][:-1]))
    return match.end(), periods.month(year, month)


def _read_week(match: re.Match[str], reference: date | None) -> tuple[int, Period | None] | None:
    offset = _RELATIVE_WEEK.get(match["week"])
    if offset is None and (
        match["number"] is None or _IN_EVERY.search(match.string[max(0, match.start() - 1) : match.start()])
    ):
        return None
    if reference is None:
        return match.end(), None
    if match["number"] is None:
        return match.end(), periods.week(reference, offset or 0)
    if match["number"] == "末":
        found = periods.week(reference, offset or 0)
        return match.end(), Period(found.start + timedelta(days=5), found.end, "range")
    number = 6 if match["number"] in "日天" else "一二三四五六".index(match["number"])
    return match.end(), periods.weekday(reference, number, offset)
