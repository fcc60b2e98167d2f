from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.quantities import Quantity, compatible, find_quantities, render, same_value, value_key
from corpus.quantities.units import CURRENCIES, PERIODS, UNITS
from corpus.records import Span


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, [q.span.cut(text) for q in found]
    return found[0]


def cuts(text: str) -> list[str]:
    return [q.span.cut(text) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "cut", "kind", "low", "bound"),
    [
        ("Exports make up over 88 percent of it.", "over 88 percent", "share", "22/25", "over"),
        ("出口超过88%。", "超过88%", "share", "22/25", "over"),
        ("出口逾八成八。", "逾八成八", "share", "22/25", "over"),
        ("nearly 600,000 guests", "nearly 600,000", "number", "600000", "nearly"),
        ("接待近60万人次", "近60万人次", "number", "600000", "nearly"),
        ("约70%的门锁", "约70%", "share", "7/10", "about"),
        ("It sold for US$91.8 billion then", "US$91.8 billion", "money", "91800000000", "exact"),
        ("about RMB 5 million", "about RMB 5 million", "money", "5000000", "about"),
        ("人民币1.05万亿元", "人民币1.05万亿元", "money", "1050000000000", "exact"),
        ("销售额超5000万美元", "超5000万美元", "money", "50000000", "over"),
        ("38,100 tall crates", "38,100", "number", "38100", "exact"),
        ("两万五千名工人", "两万五千名", "number", "25000", "exact"),
        ("百分之四点五", "百分之四点五", "share", "9/200", "exact"),
        ("千分之三", "千分之三", "share", "3/1000", "exact"),
        ("降到三成", "三成", "share", "3/10", "exact"),
        ("六成多的人", "六成多", "share", "3/5", "over"),
        ("a 5 percentage point gap", "5 percentage point", "points", "5", "exact"),
        ("0.3个百分点", "0.3个百分点", "points", "3/10", "exact"),
        ("more than 24-fold", "more than 24-fold", "fold", "24", "over"),
        ("sales doubled", "doubled", "fold", "2", "exact"),
        ("产量翻两番", "翻两番", "fold", "4", "exact"),
        ("thirty-nine of them", "thirty-nine", "number", "39", "exact"),
        ("two hundred and fifty thousand hats", "two hundred and fifty thousand", "number", "250000", "exact"),
        ("half a million hats", "half a million", "number", "500000", "exact"),
        ("a dozen eggs", "a dozen", "number", "12", "exact"),
        ("16 consecutive years", "16 consecutive years", "period", "16", "exact"),
        ("连续16年", "16年", "period", "16", "exact"),
        ("两个半小时", "两个半小时", "period", "5/2", "exact"),
        ("3个多月", "3个多月", "period", "3", "over"),
        ("每小时 85 英里", "85 英里", "measure", "85", "exact"),
        ("不得超过1500人", "不得超过1500人", "number", "1500", "at_most"),
        ("规模达1500亿元", "1500亿元", "money", "150000000000", "exact"),
        ("九十日内", "九十日", "period", "90", "exact"),
        ("at least 3 km away", "at least 3 km", "measure", "3", "at_least"),
        ("100多家工厂", "100多家", "number", "100", "over"),
        ("50岁以上", "50岁以上", "period", "50", "at_least"),
        ("不到３０％", "不到３０％", "share", "3/10", "under"),
        ("６９．０７億元", "６９．０７億元", "money", "6907000000", "exact"),
        ("逾兩萬五千個", "逾兩萬五千個", "number", "25000", "over"),
        ("-5 degrees", "-5 degrees", "measure", "-5", "exact"),
        ("零下5度", "零下5度", "measure", "-5", "exact"),
        ("第16位", "第16", "ordinal", "16", "exact"),
        ("the twenty-first guest", "twenty-first", "ordinal", "21", "exact"),
        ("nine out of ten cats", "nine out of ten", "share", "9/10", "exact"),
    ],
)
def test_reads_a_number_as_a_value(text, cut, kind, low, bound):
    found = only(text)
    assert (found.span.cut(text), found.kind, found.low, found.high, found.bound) == (
        cut,
        kind,
        Fraction(low),
        Fraction(low),
        bound,
    )


@pytest.mark.parametrize(
    ("text", "cut", "kind", "low", "high"),
    [
        ("duties of 10-15 percent", "10-15 percent", "share", "1/10", "3/20"),
        ("about 20% to 30% more", "about 20% to 30%", "share", "1/5", "3/10"),
        ("10%至15%", "10%至15%", "share", "1/10", "3/20"),
        ("$5-10 million", "$5-10 million", "money", "5000000", "10000000"),
        ("between $5 million and $10 million", "$5 million and $10 million", "money", "5000000", "10000000"),
        ("三四十个", "三四十个", "number", "30", "40"),
        ("six to seven million cones", "six to seven million", "number", "6000000", "7000000"),
        ("由5%-5.25%上调", "5%-5.25%", "share", "1/20", "21/400"),
        ("三至五万人", "三至五万人", "number", "30000", "50000"),
        ("十几个", "十几个", "number", "11", "19"),
        ("数百家", "数百家", "number", "100", "1000"),
        ("hundreds of thousands of hats", "hundreds of thousands", "number", "100000", "1000000"),
    ],
)
def test_reads_ranges_and_vague_numbers(text, cut, kind, low, high):
    found = only(text)
    assert (found.span.cut(text), found.kind, found.low, found.high) == (cut, kind, Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    "text",
    [
        "one of them", "一些人", "一带一路", "三心二意", "万一下雨", "十分高兴", "一定", "千万别去", "see [1] and [2, 3]",
        "call 010-12345678", "version 1.2.3", "the G20 and COVID-19", "a 5G phone", "at 10:30 a.m. sharp", "上午10时30分",
        "https://example.org/2/345", "两国", "in 2024", "2024年", "From March to May", "", " ", "。", "四川", "三亚", "a second thought",
    ],
)  # fmt: skip
def test_what_is_no_number(text):
    assert cuts(text) == []


def test_change_and_basis():
    text = "Sales rose 25.6 percent year on year; 出口环比下降3%; margins up to 5 percent"
    found = find_quantities(text)
    assert [(q.change, q.basis) for q in found] == [("up", "year_on_year"), ("down", "month_on_month"), (None, None)]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("On 4 May they raised their duties on goods from Orsa by 10 percent.", [None, "up"]),
        ("Fares were cut by 5%", ["down"]),
        ("对进口木材加征10%的关税", ["up"]),
        ("Sales rose between 20 and 30 percent.", ["up"]),
        ("He raised a complaint that was signed by 20 firms.", [None]),
    ],
)
def test_changes_told_by_a_verb_further_off(text, changes):
    assert [quantity.change for quantity in find_quantities(text)][-len(changes) :] == changes[
        -len(find_quantities(text)) :
    ]


def test_counted_nouns_in_both_languages():
    english, chinese = only("233 countries"), only("233个国家")
    assert (english.unit, english.noun, chinese.unit, chinese.noun) == ("country", "countries", "country", "国家")
    assert only("38,100 standard containers were sent").noun == "standard containers"


EQUAL = [
    ["over 88 percent", "超过88%", "逾八成八", "more than 88%", "超88％"],
    ["1.05 trillion yuan", "1.05万亿元", "RMB 1.05 trillion", "10500亿元"],
    ["69.07亿元", "6.907 billion yuan", "CNY6,907,000,000"],
    ["half", "50%", "一半", "五成", "百分之五十", "50 percent"],
    ["tenfold", "10倍", "十倍", "10-fold"],
    ["one-fiftieth", "五十分之一", "2%", "2 percent"],
    ["1:10", "1比10"],
    ["a dozen", "12", "twelve", "十二个"],
    ["1 km", "1000米", "1公里", "1,000 meters"],
    ["2 years", "24个月", "两年"],
    ["nearly 600,000", "近60万", "将近六十万"],
    ["hundreds of thousands", "数十万", "几十万"],
    ["two thirds", "三分之二", "two-thirds"],
    ["third", "第三", "3rd"],
    ["$5m", "US$5 million", "500万美元", "five million dollars"],
    ["a 3-year", "3 years", "三年"],
    ["500 square kilometers", "500平方公里", "50000公顷"],
]


@pytest.mark.parametrize("texts", EQUAL, ids=lambda texts: texts[0])
def test_equal_values_in_any_words(texts):
    values = [only(text) for text in texts]
    assert all(same_value(values[0], value) and compatible(values[0], value) for value in values)
    assert len({value_key(value) for value in values}) == 1


def test_values_of_different_rows_differ():
    values = [only(row[0]) for row in EQUAL]
    assert all(same_value(a, b) == (i == j) for i, a in enumerate(values) for j, b in enumerate(values))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("over 500 billion yuan", "5021亿元", True),
        ("nearly 80,000", "75,000", False),
        ("nearly 80,000", "over 75,000", False),
        ("over 230", "233", True),
        ("about 70 percent", "68%", True),
        ("less than 80 billion yuan", "767亿元", True),
        ("87%", "85%", False),
        ("88%", "88.3%", True),
        ("6689亿元", "US$91.8 billion", True),
        ("up 5 percent", "down 5 percent", False),
        ("600,000", "570,000", False),
        ("10-15 percent", "12%", True),
    ],
)
def test_compatible(first, second, expected):
    assert compatible(only(first), only(second)) is expected
    assert compatible(only(second), only(first)) is expected


def test_value_keys():
    assert [value_key(only(t)) for t in ("69.07亿元", "over 88 percent", "1:10", "第三", "1 km", "one third of")] == [
        "num:6907000000", "pct:88", "ratio:1:10", "ord:3", "length:1000", "pct:100/3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("超过88%", "en", "over 88 percent"),
        ("over 88 percent", "zh", "超过88%"),
        ("6689亿元", "en", "668.9 billion yuan"),
        ("668.9 billion yuan", "zh", "6689亿元"),
        ("近60万", "en", "nearly 600,000"),
        ("nearly 600,000", "zh", "近60万"),
        ("one-fiftieth", "zh", "50分之1"),
        ("五十分之一", "en", "one-fiftieth"),
        ("增长24倍", "en", "24-fold"),
        ("连续16年", "en", "16 years"),
        ("数十万", "en", "hundreds of thousands"),
        ("10-15 percent", "zh", "10%至15%"),
        ("$5-10 million", "zh", "500万至1000万美元"),
    ],
)
def test_renders_in_the_other_language(text, language, expected):
    assert render(only(text), language) == expected


decimals = st.builds(lambda n, p: Fraction(n, 10**p), st.integers(0, 10**13), st.integers(0, 6))
positive = decimals.filter(bool)
bounds = st.sampled_from(["exact", "over", "at_least", "nearly", "under", "at_most", "about"])


@st.composite
def quantities(draw) -> Quantity:
    kind = draw(
        st.sampled_from(
            ["number", "share", "points", "money", "fold", "measure", "period", "fraction", "ratio", "ordinal", "range"]
        )
    )
    low = high = draw(positive)
    bound, currency, unit, fraction = draw(bounds), "", "", False
    if kind == "range":
        kind, high = draw(st.sampled_from(["number", "share", "money"])), low + draw(positive)
    if kind == "money":
        currency = draw(st.sampled_from(sorted(CURRENCIES)))
    elif kind == "share":
        low, high, unit = low / 100, high / 100, "percent"
    elif kind == "points":
        unit = "pp"
    elif kind in ("measure", "period"):
        unit = draw(st.sampled_from(sorted(key for key in UNITS if (key in PERIODS) == (kind == "period"))))
    elif kind == "fraction":
        under = draw(st.integers(2, 5000))
        low = high = Fraction(draw(st.integers(1, under - 1)), under)
        kind, unit, fraction = "share", "percent", True
    elif kind == "ratio":
        low, high, bound = Fraction(draw(st.integers(1, 999))), Fraction(draw(st.integers(1, 999))), "exact"
    elif kind == "ordinal":
        low = high = Fraction(draw(st.integers(1, 9999)))
        bound = "exact"
    return Quantity(Span(0, 0), kind, low, high, bound, currency, unit, fraction=fraction)


@settings(max_examples=200, deadline=None)
@given(quantities(), st.sampled_from(["en", "zh"]))
def test_rendering_reads_back_as_the_same_value(quantity, language):
    text = render(quantity, language)
    found = find_quantities(text)
    assert [same_value(q, quantity) for q in found] == [True], (text, found)
    assert value_key(found[0]) == value_key(quantity)


@settings(max_examples=100, deadline=None)
@given(
    quantities(),
    st.sampled_from(["en", "zh"]),
    st.sampled_from(["It was {} then.", "共计{}，", "（{}）", "据统计，{}。", "so {}; and"]),
)
def test_a_value_is_found_inside_a_sentence(quantity, language, frame):
    if (language == "zh") == frame.isascii():
        return
    text = frame.format(render(quantity, language))
    assert any(same_value(q, quantity) for q in find_quantities(text)), text


@given(st.lists(quantities(), min_size=3, max_size=3))
def test_same_value_is_an_equivalence(three):
    a, b, c = three
    assert same_value(a, a)
    assert same_value(a, b) == same_value(b, a)
    assert not (same_value(a, b) and same_value(b, c)) or same_value(a, c)
    assert compatible(a, b) == compatible(b, a)
    assert not same_value(a, b) or value_key(a) == value_key(b)


@given(
    positive,
    st.sampled_from(
        [("km", "m", 1000), ("t", "kg", 1000), ("year", "month", 12), ("hour", "minute", 60), ("ha", "m2", 10000)]
    ),
)
def test_equal_across_units(value, pair):
    large, small, factor = pair
    kind = "period" if large in PERIODS else "measure"
    first = Quantity(Span(0, 0), kind, value, value, unit=large)
    second = Quantity(Span(0, 0), kind, value * factor, value * factor, unit=small)
    assert same_value(first, second)
    assert value_key(first) == value_key(second)


CHARACTERS = "0123456789.,%$-~:/() 一二两三四五六七八九十百千万亿几数半第首翻过成倍年月日元个多余来点分之至到约近超"
WORDS = " and | to |percent| million|half|one|twenty| hundred|third| out of |January |2024|US$|fold|up |over |-year"
pieces = st.sampled_from([*CHARACTERS, *WORDS.split("|")])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join)))
def test_any_text_gives_ordered_disjoint_spans(text):
    end = 0
    for q in find_quantities(text):
        assert end <= q.span.start < q.span.end <= len(text)
        assert q.low <= q.high or q.kind == "ratio"
        end = q.span.end
        assert isinstance(value_key(q), str)
        assert [same_value(q, again) for again in find_quantities(render(q, "en"))] == [True], (q, render(q, "en"))
        assert [same_value(q, again) for again in find_quantities(render(q, "zh"))] == [True], (q, render(q, "zh"))


@pytest.mark.parametrize(
    "piece", ["1", "1,000", "一", "十万", "one ", "a half ", "1-", "$", "3分之", "Jan ", "1:1", "over "]
)
def test_long_repetitions_take_linear_time(piece):
    begun = time.process_time()
    find_quantities(piece * 20_000)
    assert time.process_time() - begun < 8  # seconds; about one is usual, a quadratic reading takes minutes


def test_units_of_data_rates_are_read():
    assert [q.kind for q in find_quantities("10 Gbit/s and 9.2 Gbps")] == ["measure", "measure"]
