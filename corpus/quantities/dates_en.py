"""English dates: Feb 4, 2025; January to May; the first four months of 2025; December last year; the 1990s."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from corpus.quantities import periods
from corpus.quantities.context import bound_before
from corpus.quantities.numbers_en import ONES, ORDINALS
from corpus.quantities.periods import Period
from corpus.quantities.suffixes import noun_after, read_suffix

MONTHS = "January February March April May June July August September October November December".split()
_MONTH_NUMBERS = {name[:3].lower(): i for i, name in enumerate(MONTHS, 1)}
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])\.?)"
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9A-Za-z%:])"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9%])"
_THAT_YEAR = rf"(?P<year>{_YEAR})|(?P<relative>last|this|next|the) year\b(?!'s)"
_TO = r"(?:[ ]?(?:-|–|—)[ ]?|[ ](?:to|through|until|till)[ ])"
_ORDINAL = r"(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|1st|2nd|3rd|4th)"

BEGIN = (
    rf"{_MONTH}|[0-9]{{1,4}}|Q[1-4]|H[12](?=[ ])|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|"
    rf"[Ff]inal)(?=[ -](?:quarter|half|[0-9a-z]+ (?:months|quarters)))"
    r"|(?:[Ff]iscal|FY)(?=[ 2'])|(?:[Ll]ast|[Tt]his|[Nn]ext)(?= (?:year|month|week|quarter|weekend))|"
    r"[Yy]esterday|[Tt]oday|[Tt]omorrow"
    rf"|{'|'.join(WEEKDAYS)}|'[1-9]0s|AD(?= [0-9])|[a-z]+(?:th|st|nd|rd)(?=[ -]century)"
)
"""Where an English date may begin."""

Builder = Callable[[re.Match[str], "date | None"], Period | None]


def _month_number(name: str) -> int:
    return _MONTH_NUMBERS[name[:3].lower()]


def _day_number(words: str) -> int:
    return int(re.sub("[a-z]", "", words))


def _year_number(match: re.Match[str], reference: date | None) -> int | None:
    """The year that a match names outright or from the reference ("last year")."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("relative") and reference is not None:
        return reference.year + {"last": -1, "next": 1}.get(groups["relative"], 0)
    return None


def _unsaid(match: re.Match[str], reference: date | None, number: int, day: int = 1) -> int | None:
    """The year of a month whose year is not said; "next March" lies ahead."""
    stated = _year_number(match, reference)
    if stated is not None or match.groupdict().get("relative"):
        return stated
    guess = periods.year_of(number, day, reference)
    before = match.string[max(0, match.start() - 5) : match.start()].lower()
    if guess is not None and reference is not None and before == "next " and date(guess, number, 1) <= reference:
        return guess + 1
    return guess


def _month_day(match: re.Match[str], reference: date | None) -> Period | None:
    number, day = _month_number(match["month"]), _day_number(match["day"])
    year = _unsaid(match, reference, number, min(day, 28))
    if match["day2"] is None:
        return periods.days(year, number, day)
    last = _month_number(match["month2"]) if match["month2"] else number
    return periods.days(year, number, day, (year, last, _day_number(match["day2"])))


def _day_month(match: re.Match[str], reference: date | None) -> Period | None:
    number, last = _month_number(match["month"]), _day_number(match["day"])
    year = _unsaid(match, reference, number, min(last, 28))
    if match["day1"]:
        return periods.days(year, number, _day_number(match["day1"]), (year, number, last))
    return periods.days(year, number, last)


def _month_month(match: re.Match[str], reference: date | None) -> Period | None:
    if match["and"] and not re.search(r"[Bb]etween \Z", match.string[max(0, match.start() - 8) : match.start()]):
        return None
    first, last = _month_number(match["month"]), _month_number(match["month2"])
    ending = _unsaid(match, reference, last)
    if match["year1"]:
        return periods.months(int(match["year1"]), first, last, "range", ending)
    beginning = ending - 1 if ending is not None and last < first else ending
    return periods.months(beginning, first, last, "range", ending)


_MONTH_ALONE = re.compile(
    r"(?:\b(?:in|by|since|until|till|for|of|during|from|last|this|next|early|late|mid|before|after|"
    r"through|to|between|each|every|and|or)[ -]|[(/])\Z",
    re.IGNORECASE,
)


_ALSO_OTHER = ("May", "March", "Mar", "Jan", "Jun", "April", "June", "August")
"""Month names that are also words or names of people."""


def _one_month(match: re.Match[str], reference: date | None) -> Period | None:
    alone = match["year"] is None and match["relative"] is None
    before = match.string[max(0, match.start() - 9) : match.start()]
    whole = match.end() - match.start() == len(match.string)
    if alone and match["month"] in _ALSO_OTHER and not whole and not _MONTH_ALONE.search(before):
        return None
    number = _month_number(match["month"])
    return periods.month(_unsaid(match, reference, number), number)


def _iso(match: re.Match[str], reference: date | None) -> Period | None:
    return periods.days(int(match["y"]), int(match["m"]), int(match["d"]))


def _slashes(match: re.Match[str], reference: date | None) -> Period | None:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return periods.days(year, first, second) or periods.days(year, second, first)


def _part_number(word: str, parts: int) -> int:
    word = word.lower()
    return parts if word in ("final", "last") else int(word[0]) if word[0].isdigit() else ORDINALS[word]


def _quarter(match: re.Match[str], reference: date | None) -> Period | None:
    number = _part_number(match["part"], 4)
    year = _year_number(match, reference)
    if year is None and match["relative"] is None:
        year = periods.year_of(min(3 * number - 2, 12), 1, reference)
    return periods.quarter(year, number)


def _half(match: re.Match[str], reference: date | None) -> Period | None:
    return periods.half(_year_number(match, reference), _part_number(match["part"], 2))


def _first_months(match: re.Match[str], reference: date | None) -> Period | None:
    count = int(match["count"]) if match["count"].isdigit() else ONES.get(match["count"].lower(), 0)
    count *= 3 if match["unit"] == "quarters" else 1
    year = _year_number(match, reference)
    if year is None and match["relative"] is None and reference is not None:
        year = reference.year
    return periods.months(year, 1, count, "range") if count else None


def _fiscal(match: re.Match[str], reference: date | None) -> Period | None:
    number = int(match["year"])
    return periods.year(number + 2000 if number < 100 else number, fiscal=True)


def _decade(match: re.Match[str], reference: date | None) -> Period | None:
    return periods.decade(int(match["decade"]) if match["decade"] else 1900 + int(match["short"]))


def _century(match: re.Match[str], reference: date | None) -> Period | None:
    word = re.sub("[ ]", "-", match["number"].lower())
    if match["bc"]:
        return None
    return periods.century(int(re.sub("[a-z]", "", word)) if word[0].isdigit() else ORDINALS.get(word, 0))


def _years(match: re.Match[str], reference: date | None) -> Period | None:
    first, last = int(match["first"]), int(match["last"])
    return periods.years(first, last if last >= 1000 else first // 100 * 100 + last, "range") if first != last else None


_BEFORE_YEAR = re.compile(
    r"\b(?:in|by|since|until|till|during|from|to|of|year|early|late|mid|end|around|about|circa|"
    r"before|after|through)[ -]\Z",
    re.IGNORECASE,
)


def _one_year(match: re.Match[str], reference: date | None) -> Period | None:
    """A bare figure of four digits: a year unless it counts or measures something."""
    text, start, end = match.string, match.start(), match.end()
    number = int(match["year"])
    before = text[max(0, start - 8) : start]
    if before.endswith(("out of ", "分之")):
        return None
    if not _BEFORE_YEAR.search(before):
        if text[end : end + 1] == "," and text[end + 1 : end + 4].isdigit():
            return None
        if bound_before(text, start)[0] != "exact" or noun_after(text, end)[1] or not number >= 1400:
            return None
    suffix = read_suffix(text, end)
    if (suffix is not None and suffix.unit != "year") or text[max(0, start - 1) : start] in ("$", "€", "£", "¥", "#"):
        return None
    return periods.year(number)


def _common_era(match: re.Match[str], reference: date | None) -> Period | None:
    number = match["year"] or match["year2"]
    return None if match["bc"] else periods.year(int(number))


_SHIFT = {"last": -1, "this": 0, "next": 1}


def _relative(match: re.Match[str], reference: date | None) -> Period | None:
    if reference is None:
        return None
    word = match[0].lower()
    if word in ("yesterday", "today", "tomorrow"):
        day = reference + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[word])
        return Period(day, day + timedelta(days=1), "day")
    which, what = word.split(" ")
    shift = _SHIFT[which]
    if what == "year":
        return periods.year(reference.year + shift)
    if what == "month":
        return periods.month(*periods.month_from(reference, shift))
    if what == "quarter":
        year, number = periods.month_from(reference, 3 * shift)
        return periods.quarter(year, (number + 2) // 3)
    found = periods.week(reference, shift)
    return found if what == "week" else Period(found.start + timedelta(days=5), found.end, "range")


def _weekday(match: re.Match[str], reference: date | None) -> Period | None:
    if reference is None:
        return None
    which = match.string[max(0, match.start() - 5) : match.start()].lower().strip()
    number = WEEKDAYS.index(match[0])
    return periods.weekday(reference, number, {"last": -1, "next": 1}.get(which))


def _patterns(*rows: tuple[str, Builder]) -> tuple[tuple[re.Pattern[str], Builder], ...]:
    return tuple((re.compile(pattern), builder) for pattern, builder in rows)


_YEAR_AFTER = rf"(?:,?[ ](?:of |in )?(?:{_THAT_YEAR}))?"
MONTH_PATTERNS = _patterns(
    (rf"(?P<month>{_MONTH})[ ](?P<day>{_DAY})(?![ ](?:percent|million|billion|thousand)|"
rf"[.,][0-9])(?:{_TO}(?:(?P<month2>{_MONTH})[ ])?(?P<day2>{_DAY}))?(?:,?[ ]?(?:of )?(?:{_THAT_YEAR}))?", _month_day),
    (rf"(?P<month>{_MONTH})(?:[ ](?P<year1>{_YEAR}))?(?:{_TO}|"
rf"[ ](?P<and>and)[ ])(?P<month2>{_MONTH}){_YEAR_AFTER}", _month_month),
    (rf"(?P<month>{_MONTH})(?:,?[ ](?:of )?(?:{_THAT_YEAR}))?(?![a-z])", _one_month),
)  # fmt: skip
FIGURE_PATTERNS = _patterns(
    (r"(?P<y>[12][0-9]{3})([-/.])(?P<m>[01]?[0-9])\2(?P<d>[0-3]?[0-9])(?![0-9.])", _iso),
    (r"([0-3]?[0-9])/([0-3]?[0-9])/([12][0-9]{3})(?![0-9])", _slashes),
    (rf"(?:(?P<day1>{_DAY}){_TO})?(?P<day>{_DAY})(?: of)?[ ](?P<month>{_MONTH})(?:,?[ ](?:{_THAT_YEAR}))?", _day_month),
    (r"(?P<decade>[12][0-9]{2}0)'?s\b", _decade),
    (rf"(?P<first>{_YEAR}){_TO}(?P<last>{_YEAR}|[0-9]{{2}}(?![0-9-]))", _years),
    (r"(?P<year>[12][0-9]{3})[ ]?Q(?P<part>[1-4])\b(?P<relative>)?", _quarter),
    (rf"(?P<part>{_ORDINAL})[ -]quarter\b(?:[ ](?:of |in )?(?:{_THAT_YEAR}))?", _quarter),
    (rf"(?P<part>{_ORDINAL})[ -]half(?:[ ](?:of |in )(?:{_THAT_YEAR}))", _half),
    (r"(?P<number>[0-9]{1,2}(?:st|nd|rd|th))[ -]?[Cc]entury\b(?P<bc> B\.?C)?", _century),
    (r"(?P<year>[0-9]{1,4})[ ](?:(?P<bc>BCE?\b|B\.C\.)|AD\b|A\.D\.|CE\b)(?P<year2>)?", _common_era),
    (
        rf"(?P<year>{_YEAR})(?![.][0-9]|[A-Za-z/]|分之|"
        r"[ ]out of |[ ]?[万亿千百余多几]|[ ]?[-–—~至到][ ]?[0-9]|[ -](?:thousand|[mbtr]+illion)\b)",
        _one_year,
    ),
)
WORD_PATTERNS = _patterns(
    (rf"(?P<part>[Ll]ast)[ -]quarter[ ](?:of |in )(?:{_THAT_YEAR})", _quarter),
    (rf"(?P<part>{_ORDINAL})[ -]quarter\b(?:[ ](?:of |in )?(?:{_THAT_YEAR}))?", _quarter),
    (rf"(?P<part>[Ff]irst|[Ss]econd)[ -]half(?:[ ](?:of |in )(?:{_THAT_YEAR}))", _half),
    (rf"[Ff]irst (?P<count>[0-9]{{1,2}}|[a-z]+) (?P<unit>months|quarters)(?:[ ](?:of |"
rf"in )(?:{_THAT_YEAR}))?", _first_months),
    (r"(?:[Ff]iscal(?: year)?|FY)[ ]?'?(?P<year>20[0-9]{2}|[0-9]{2})(?:[-–/][0-9]{2,4})?(?![0-9])", _fiscal),
    (rf"Q(?P<part>[1-4])\b(?:[ ](?:of )?(?:{_THAT_YEAR}))?", _quarter),
    (rf"H(?P<part>[12])[ ](?:of )?(?:{_THAT_YEAR})", _half),
    (r"'(?P<short>[1-9]0)s\b(?P<decade>)?", _decade),
    (r"AD (?P<year>[0-9]{1,4})(?![0-9,])(?P<bc>)(?P<year2>)?", _common_era),
    (r"(?P<number>[a-z]+(?:-[a-z]+)?)[ -][Cc]entury\b(?P<bc> B\.?C)?", _century),
    (r"[Yy]esterday|[Tt]oday|[Tt]omorrow|(?:[Ll]ast|[Tt]his|[Nn]ext) (?:year|month|weekend|week|"
r"quarter)\b(?!')", _relative),
    (rf"(?:{'|'.join(WEEKDAYS)})\b", _weekday),
)  # fmt: skip


_UNRESOLVED = (_relative, _weekday, _common_era, _century, _half, _quarter, _first_months)
"""What stays a date, and no number, even where the stretch cannot be told."""


def read_english_date(text: str, start: int, reference: date | None) -> tuple[int, Period | None] | None:
    """Where the English date that begins at `start` ends, and the stretch it names if that can be told."""
    character = text[start]
    if character.isdigit():
        patterns = FIGURE_PATTERNS
    elif text[start : start + 3].lower() in _MONTH_NUMBERS:
        patterns = MONTH_PATTERNS
    else:
        patterns = WORD_PATTERNS
    for pattern, builder in patterns:
        match = pattern.match(text, start)
        if match is None:
            continue
        period = builder(match, reference)
        if period is not None or builder in _UNRESOLVED:
            return match.end(), period
    return None
