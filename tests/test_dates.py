from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.quantities import covers_numbers, find_dates, find_quantities, render_date, same_date, value_key
from corpus.quantities.periods import century, days, decade, half, month, months, quarter, year, years
from corpus.quantities.records import DateSpan
from corpus.records import Span

TODAY = date(2025, 6, 15)  # a Sunday


def only(text: str, reference: date | None = None) -> DateSpan:
    found = find_dates(text, None, reference)
    assert len(found) == 1, [d.span.cut(text) for d in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "cut", "start", "end", "precision"),
    [
        ("on Feb 4, 2025", "Feb 4, 2025", "2025-02-04", "2025-02-05", "day"),
        ("On February 4 it", "February 4", "2025-02-04", "2025-02-05", "day"),
        ("on Dec 24 she", "Dec 24", "2024-12-24", "2024-12-25", "day"),
        ("4 February 2025", "4 February 2025", "2025-02-04", "2025-02-05", "day"),
        ("2025-02-04", "2025-02-04", "2025-02-04", "2025-02-05", "day"),
        ("2025年2月4日", "2025年2月4日", "2025-02-04", "2025-02-05", "day"),
        ("二〇二五年二月四日", "二〇二五年二月四日", "2025-02-04", "2025-02-05", "day"),
        ("12月24日晚", "12月24日", "2024-12-24", "2024-12-25", "day"),
        ("本周三", "本周三", "2025-06-11", "2025-06-12", "day"),
        ("on Wednesday", "Wednesday", "2025-06-11", "2025-06-12", "day"),
        ("昨天", "昨天", "2025-06-14", "2025-06-15", "day"),
        ("12日发布", "12日", "2025-06-12", "2025-06-13", "day"),
        ("in December last year", "December last year", "2024-12-01", "2025-01-01", "month"),
        ("去年12月", "去年12月", "2024-12-01", "2025-01-01", "month"),
        ("上月", "上月", "2025-05-01", "2025-06-01", "month"),
        ("last month", "last month", "2025-05-01", "2025-06-01", "month"),
        ("in May", "May", "2025-05-01", "2025-06-01", "month"),
        ("from January to May", "January to May", "2025-01-01", "2025-06-01", "range"),
        ("Jan.-May", "Jan.-May", "2025-01-01", "2025-06-01", "range"),
        ("今年1-5月", "今年1-5月", "2025-01-01", "2025-06-01", "range"),
        ("the first four months of 2025", "first four months of 2025", "2025-01-01", "2025-05-01", "range"),
        ("2025年前4个月", "2025年前4个月", "2025-01-01", "2025-05-01", "range"),
        ("前三季度", "前三季度", "2025-01-01", "2025-10-01", "range"),
        ("第三季度", "第三季度", "2025-07-01", "2025-10-01", "quarter"),
        ("the third quarter of 2024", "third quarter of 2024", "2024-07-01", "2024-10-01", "quarter"),
        ("the last quarter of 2024", "last quarter of 2024", "2024-10-01", "2025-01-01", "quarter"),
        ("2022年的最后一个季度", "2022年的最后一个季度", "2022-10-01", "2023-01-01", "quarter"),
        ("2022年的第四季度", "2022年的第四季度", "2022-10-01", "2023-01-01", "quarter"),
        ("2022年Q4", "2022年Q4", "2022-10-01", "2023-01-01", "quarter"),
        ("2022年首个季度", "2022年首个季度", "2022-01-01", "2022-04-01", "quarter"),
        ("上半年", "上半年", "2025-01-01", "2025-07-01", "half"),
        ("the second half of last year", "second half of last year", "2024-07-01", "2025-01-01", "half"),
        ("in 2024", "2024", "2024-01-01", "2025-01-01", "year"),
        ("到2030年", "2030年", "2030-01-01", "2031-01-01", "year"),
        ("by 2030", "2030", "2030-01-01", "2031-01-01", "year"),
        ("去年", "去年", "2024-01-01", "2025-01-01", "year"),
        ("民国88年", "民国88年", "1999-01-01", "2000-01-01", "year"),
        ("2019年至2024年", "2019年至2024年", "2019-01-01", "2025-01-01", "range"),
        ("2019-2024", "2019-2024", "2019-01-01", "2025-01-01", "range"),
        ("the mid-1990s", "1990s", "1990-01-01", "2000-01-01", "decade"),
        ("20世纪90年代", "20世纪90年代", "1990-01-01", "2000-01-01", "decade"),
        ("19世纪", "19世纪", "1801-01-01", "1901-01-01", "century"),
        ("the nineteenth century", "nineteenth century", "1801-01-01", "1901-01-01", "century"),
        ("新华社6月11日电", "6月11日", "2025-06-11", "2025-06-12", "day"),
        ("2005 年 5 月30日", "2005 年 5 月30日", "2005-05-30", "2005-05-31", "day"),
        ("六月", "六月", "2025-06-01", "2025-07-01", "month"),
        ("20 世纪 30 年代", "20 世纪 30 年代", "1930-01-01", "1940-01-01", "decade"),
        ("1950年代", "1950年代", "1950-01-01", "1960-01-01", "decade"),
        ("乾隆五十三年", "乾隆五十三年", "1788-01-01", "1789-01-01", "year"),
        ("昭和元年", "昭和元年", "1926-01-01", "1927-01-01", "year"),
        ("next March", "March", "2026-03-01", "2026-04-01", "month"),
        ("２０２４年", "２０２４年", "2024-01-01", "2025-01-01", "year"),
    ],
)
def test_reads_a_date_against_the_day_of_publication(text, cut, start, end, precision):
    found = only(text, TODAY)
    expected = (cut, date.fromisoformat(start), date.fromisoformat(end), precision, True)
    assert (found.span.cut(text), found.start, found.end, found.precision, found.anchored) == expected


def test_without_a_reference_the_year_stays_open():
    assert not only("on December 24").anchored
    assert same_date(only("on December 24"), only("12月24日"))
    assert not same_date(only("December 24"), only("December 24, 2024"))
    assert find_dates("yesterday, 去年, last month, 本周三") == []


def test_the_year_before_is_that_of_the_year_told():
    text = "2024年1月至11月共5万人次，比上年同期增长55%。去年还少。"
    for reference in (date(2025, 1, 31), None):
        first, before, *_ = find_dates(text, "zh", reference)
        assert (first.start, before.start) == (date(2024, 1, 1), date(2023, 1, 1))
    assert find_dates("比上年增长", "zh", date(2025, 1, 31))[0].start == date(2024, 1, 1)


def test_fiscal_years_are_their_own():
    assert same_date(only("fiscal 2024"), only("2024财年"))
    assert not same_date(only("fiscal 2024"), only("2024"))


@pytest.mark.parametrize(
    "text",
    [
        "It may rain",
        "March on",
        "2,024 cars",
        "over 2000 homes",
        "2500 people",
        "16 years",
        "三个月",
        "1:10",
        "每周一次",
        "1800-2500公尺",
        "1500亿元",
        "1900 million",
        "1889 out of 1890",
        "2000多人",
    ],
)
def test_what_is_no_date(text):
    assert find_dates(text, None, TODAY) == []


def test_value_keys_of_dates():
    assert [value_key(only(t)) for t in ("2024年", "December 2024", "2024-12-24", "Dec 24", "2024年1至5月")] == [
        "date:2024", "date:2024-12", "date:2024-12-24", "date:--12-24", "date:2024-01-01/2024-06-01",
    ]  # fmt: skip


numbers = st.integers(1000, 2099)
twelve = st.integers(1, 12)
periods = st.one_of(
    st.builds(year, numbers),
    st.builds(lambda n: year(n, fiscal=True), st.integers(2000, 2099)),
    st.builds(month, st.none() | numbers, twelve),
    st.builds(quarter, st.none() | numbers, st.integers(1, 4)),
    st.builds(half, numbers, st.integers(1, 2)),
    st.builds(lambda n: decade(n * 10), st.integers(141, 209)),
    st.builds(century, st.integers(1, 21)),
    st.builds(lambda n, more: years(n, n + more, "range"), st.integers(1400, 2000), st.integers(1, 90)),
    st.builds(days, st.none() | numbers, twelve, st.integers(1, 28)),
    st.builds(
        lambda y, m, n: months(y, m, min(m + n, 12), "range"),
        st.none() | numbers,
        st.integers(1, 11),
        st.integers(1, 11),
    ).filter(lambda p: (p.start.month, p.end.month) != (1, 1)),
    st.builds(lambda y, m, d, n: days(y, m, d, (y, m, d + n)), numbers, twelve, st.integers(1, 20), st.integers(1, 8)),
)


@settings(max_examples=150, deadline=None)
@given(periods, st.sampled_from(["en", "zh"]))
def test_rendering_reads_back_as_the_same_date(period, language):
    value = DateSpan(Span(0, 0), period.start, period.end, period.precision, period.anchored, period.fiscal)
    text = render_date(value, language)
    found = find_dates(text)
    assert [same_date(d, value) for d in found] == [True], (text, found)
    assert value_key(found[0]) == value_key(value)
    assert find_quantities(text) == []


CHARACTERS = "0123456789-/.年月日周上下去今前第一二三四十季度半世纪代至到号"
WORDS = "May |January|Feb. |2024|1990|last | year|first |quarter| of | to |th |century|fiscal |the |'|s| BC"
pieces = st.sampled_from([*CHARACTERS, *WORDS.split("|")])


@pytest.mark.parametrize("text", ["2020至2020年", "2020年5月至5月", "5月至5月", "5月3日至3日", "May 3 to May 3, 2020"])
def test_a_range_of_one_year_month_or_day_is_told_as_that(text):
    (found,) = find_dates(text)
    for language in ("en", "zh"):
        (again,) = find_dates(render_date(found, language))
        assert same_date(again, found)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(), st.lists(pieces, max_size=20).map("".join)),
    st.none() | st.dates(date(2, 1, 1), date(2900, 1, 1)),
)
def test_any_text_gives_ordered_disjoint_spans(text, reference):
    end = 0
    for found in find_dates(text, None, reference):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.start < found.end
        if (found.start.year >= 1000 and found.end.year < 2100) or not found.anchored:
            for language in ("en", "zh"):
                again = find_dates(render_date(found, language))
                assert [same_date(d, found) for d in again] == [True], (found, render_date(found, language))
        end = found.span.end


@given(st.dates(date(1500, 1, 1), date(2090, 12, 31)))
def test_days_are_read_in_both_languages(day):
    value = DateSpan(Span(0, 0), day, day + timedelta(days=1), "day")
    assert same_date(only(f"On {render_date(value, 'en')}, it rained"), only(f"{render_date(value, 'zh')}下雨"))


@pytest.mark.parametrize("piece", ["1", "2024-", "2024年", "May ", "first ", "周一", "1月", "至"])
def test_long_repetitions_take_linear_time(piece):
    begun = time.process_time()
    find_dates(piece * 20_000)
    assert time.process_time() - begun < 8  # seconds; about one is usual, a quadratic reading takes minutes


@pytest.mark.parametrize(
    ("claim", "quotes", "missing"),
    [
        ("Exports were over 88 percent [1].", ["出口占比超过88%。"], []),
        ("出口占比超过88%[1]。", ["Exports made up over 88 percent."], []),
        ("Exports were 85 percent.", ["出口占比超过88%。"], ["85 percent"]),
        ("Exports were 88 percent.", ["出口占比超过88%。"], ["88 percent"]),
        ("贸易额为6689亿元", ["Trade reached 668.9 billion yuan, which is 91.8 billion dollars."], []),
        ("贸易额为6689亿美元", ["Trade reached 668.9 billion yuan, which is 91.8 billion dollars."], ["6689亿美元"]),
        ("It rose 5 percent.", ["It fell 5 percent."], ["5 percent"]),
        ("In 2024 it had 16 seats and 17 doors", ["2024年12月24日，共有16个座位"], ["17"]),
        ("It opened on December 24.", ["2024年12月24日开业"], []),
        ("It opened on December 25.", ["2024年12月24日开业"], ["December 25"]),
        ("It opened in 2023.", ["2024年12月24日开业"], ["2023"]),
        ("from 10 percent to 15 percent", ["a duty of 10-15 percent"], ["10 percent", "15 percent"]),
        ("duties of 10-15 percent", ["first 10 percent, then 15 percent"], []),
        ("早上 7:55 发现两座桥和一英里的路", ["It was found at 7.55am, with both bridges and a mile of road"], []),
        ("她今年32岁", ["The woman, 32, left"], []),
        ("以每小时 85 英里的速度", ["at 85 miles per hour"], []),
        ("The total is 20,000 secondary school pupils", ["2万名中学生"], []),
        ("A claim without figures.", [], []),
        ("Seven hats", [], ["Seven"]),
    ],
)
def test_numbers_of_a_claim_stand_in_its_quotes(claim, quotes, missing):
    assert covers_numbers(claim, quotes) == missing


def test_references_complete_the_dates_of_quotes():
    quotes = ["It opened in December last year."]
    assert covers_numbers("It opened in December 2024.", quotes) == ["December 2024"]
    assert covers_numbers("It opened in December 2024.", quotes, [TODAY]) == []
