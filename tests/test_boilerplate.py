from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.boilerplate import Role, find_role, is_navigation
from corpus.datelines import match_byline, match_wire, read_date_line
from corpus.pages import read_page
from corpus.reading import read_text
from corpus.records import Kind
from corpus.sentences import split_sentences

BODY = (
    "The new hall opened on Friday with four thousand stalls. Traders from thirty countries came to look at it.\n\n"
    "Rents are low for the first two years, the operator said, because it wants small shops to move in early.\n"
)
BODY_ZH = "新馆周五开业，共有四千个摊位，来自三十个国家的商人前来参观。经营方表示，头两年租金较低。\n\n当地官员说，新馆将带动就业，预计新增岗位两千个。\n"


def marked(text: str) -> list[str]:
    return [span.cut(text) for span in read_page(text).boilerplate]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("hall_01_副本.png", Role.IMAGE),
        ("* * *", Role.RULE),
        ("1 2 3 next >", Role.NAVIGATION),
        ("上一页 1 2 下一页", Role.NAVIGATION),
        ("Back to top", Role.NAVIGATION),
        ("返回顶部", Role.NAVIGATION),
        ("Home > Local news > Trade", Role.TRAIL),
        ("您的位置：首页 > 财经 > 正文", Role.TRAIL),
        ("https://example.org/a/1.html", Role.ADDRESS),
        ("分享到： 微信 微博 QQ空间", Role.SHARING),
        ("Share Tweet Print", Role.SHARING),
        ("点击进入专题：新馆开业", Role.CALL),
        ("Sign up for our weekly letter.", Role.CALL),
        ("（责任编辑：王小明）", Role.STAFF),
        ("Editor: Jane Doe", Role.STAFF),
        ("(Source: The Hall Times)", Role.SOURCE),
        ("来源：某某日报", Role.SOURCE),
        ("原标题：新馆开业", Role.ORIGINAL_TITLE),
        ("© 2026 The Hall Times. All rights reserved.", Role.NOTICE),
        ("未经书面授权，不得转载。", Role.NOTICE),
        ("本文仅代表作者个人观点。", Role.NOTICE),
        ("This story was first published in the Hall Times (www.halltimes.example).", Role.PUBLICATION),
        ("Our app brings you explainers, podcasts and subscriber content every day.", Role.PROMOTION),
        ("More Articles from the Hall Times", Role.LINKS),
        ("相关阅读", Role.LINKS),
        ("Buyers walk through the new hall in June. LI MING/FOR HALL DAILY", Role.CREDIT),
        ("[Photo by Li Ming/Xinhua]", Role.CREDIT),
        ("图为商人在新馆选购商品。新华社记者 李明 摄", Role.CREDIT),
        ("Photo: Jane Doe", Role.CREDIT),
    ],
)
def test_lines_that_are_no_part_of_an_article(line, role):
    finding = find_role(line)
    assert finding is not None
    assert finding.role is role


@pytest.mark.parametrize(
    "line",
    [
        "Trade reached 1.05 trillion yuan, more than ever before.",
        "The editor of the paper said the hall was too big.",
        "“Our platform and our app are growing,” the founder said.",
        "The source of the goods is not known.",
        "The court found that the firm had used photos without permission.",
        "The company said its app has a million subscribers, and that content is free.",
        "法院认为，该公司未经授权使用了照片，构成侵权。",
        "记者了解到，新馆的租金较低。",
        "Photos of the hall show that half of the stalls are empty.",
        "Copyright law protects designs, lawyers told the traders.",
        "义乌",
        "Growth of 5 > 3 percent",
    ],
)
def test_lines_that_may_be_part_of_an_article(line):
    assert find_role(line) is None


def test_of_a_long_paragraph_only_the_credit_is_marked():
    line = (
        "The hall opened on Friday with four thousand stalls, and traders came to look. " * 5 + "Jane Doe/Getty Images"
    )
    finding = find_role(line)
    assert finding is not None
    assert line[finding.start :] == "Jane Doe/Getty Images"


def test_menu_words():
    assert is_navigation("Home | News | Sports")
    assert is_navigation("首页 财经 国际")
    assert not is_navigation("News from the hall")


@pytest.mark.parametrize(
    ("line", "published", "publisher", "author"),
    [
        ("Hall Daily| Updated: February 14, 2026", date(2026, 2, 14), "Hall Daily", ""),
        ("Guan Cha Bao·2025-12-14 23:42", date(2025, 12, 14), "Guan Cha Bao", ""),
        ("By Jane Doe | Hall Times | 3 March 2026", date(2026, 3, 3), "Hall Times", "Jane Doe"),
        ("2026年2月14日 09:30 来源：大厅日报 作者：李明", date(2026, 2, 14), "大厅日报", "李明"),
        ("发布时间：2026-02-14 09:30:05", date(2026, 2, 14), "", ""),
        ("Updated May 3, 2026, 1:44 p.m. ET", date(2026, 5, 3), "", ""),
    ],
)
def test_date_lines(line, published, publisher, author):
    found = read_date_line(line)
    assert found is not None
    assert (found.published, found.publisher, found.author) == (published, publisher, author)


@pytest.mark.parametrize(
    "line",
    [
        "The hall opened on March 3, 2026 after two years of building and a long dispute about its rents.",
        "2026年2月14日，新馆开业。",
        "Updated: yesterday",
        "",
    ],
)
def test_prose_is_no_date_line(line):
    assert read_date_line(line) is None


@pytest.mark.parametrize(
    ("line", "author", "publisher"),
    [
        ("By Jane Doe and John Roe", "Jane Doe and John Roe", ""),
        ("本报记者 李明 王芳", "李明 王芳", ""),
        ("文/李明", "李明", ""),
        ("Jane Doe, Associated Press", "Jane Doe", "Associated Press"),
    ],
)
def test_bylines(line, author, publisher):
    found = match_byline(line)
    assert found is not None
    assert (found.author, found.publisher) == (author, publisher)


@pytest.mark.parametrize(
    "line", ["By train it takes ten hours.", "文化", "记者了解到新馆开业", "By 2030 it wants more"]
)
def test_no_bylines(line):
    assert match_byline(line) is None


@pytest.mark.parametrize(
    ("start", "publisher", "author"),
    [
        ("新华社北京2月14日电（记者李明、王芳）", "新华社", "李明、王芳"),
        ("本报讯（记者 李明）", "", "李明"),
        ("央视网消息：", "央视网", ""),
        ("BEIJING, Feb. 14 (Xinhua) -- ", "Xinhua", ""),
        ("(CNN) ", "CNN", ""),
        ("WASHINGTON — ", "", ""),
    ],
)
def test_wire_datelines(start, publisher, author):
    wire = match_wire(
        start
        + (
            "新馆周五开业。"
            if publisher in ("新华社", "", "央视网") and not start.isascii() and "—" not in start
            else "The hall opened."
        )
    )
    assert wire is not None
    assert (wire.length, wire.publisher, wire.author) == (len(start), publisher, author)


def test_the_name_of_an_organisation_is_no_wire_dateline():
    assert match_wire("The World Hall Organization (WHO) said the hall was big.") is None
    assert match_wire("据新华社北京2月14日电，新馆开业。") is None


def test_an_english_page():
    text = (
        "简体中文Back to Province\nHome> Trade>Latest\n\nA new hall opens its doors\n\nWENYI\nHall Daily| Updated: February 14, 2026\n\n"
        f"hall_1.png\n\nBuyers look at lamps in the hall on Feb 13. WANG FANG/FOR HALL DAILY\n\n{BODY}\n1 2 >\n\nBack to the top\n"
    )
    page = read_page(text)
    known = page.metadata
    assert (known.title, known.publisher, known.author) == ("A new hall opens its doors", "Hall Daily", "WENYI")
    assert known.published == date(2026, 2, 14)
    rest = [s.span.cut(text) for s in split_sentences(text, page.boilerplate) if s.kind is not Kind.BOILERPLATE]
    assert rest[0] == "A new hall opens its doors"
    assert len(rest) == 1 + len(split_sentences(BODY))


def test_links_and_notices_below_an_article():
    text = (
        f"{BODY}More Articles from HT\nWhy a robot film is a hit\nTickets 'A' and 'B' sell for millions as buyers jump at the chance.\n"
        "This article was first published in the Hall Times (www.halltimes.example), a paper for traders.\n"
        "Permission is granted to reproduce the material for private study, provided that the Hall Times is acknowledged as the source.\n"
    )
    assert len(marked(text)) == 5
    assert read_page(text).metadata.publisher == "Hall Times"
    assert read_page(text).metadata.title == ""


def test_links_in_the_middle_of_an_article_end_where_it_goes_on():
    text = f"{BODY}\nRelated stories\nA robot film is a hit\n\n{BODY.replace('Friday', 'Sunday')}"
    assert marked(text) == ["Related stories", "A robot film is a hit"]


def test_a_chinese_page():
    text = (
        f"首页 > 财经 > 正文\n新馆开业迎来八方来客\n2026-02-14 09:30 来源：大厅日报\n分享到：微信 微博\n\n大厅社北京2月14日电（记者李明）{BODY_ZH}\n"
        "（责任编辑：王芳）\n相关阅读\n机器人电影大卖\n车牌拍出高价\n版权所有，未经授权不得转载\n"
    )
    page = read_page(text)
    known = page.metadata
    assert (known.title, known.publisher, known.author) == ("新馆开业迎来八方来客", "大厅日报", "李明")
    assert known.published == date(2026, 2, 14)
    rest = [s.span.cut(text) for s in split_sentences(text, page.boilerplate) if s.kind is not Kind.BOILERPLATE]
    assert rest == ["新馆开业迎来八方来客", *[s.span.cut(BODY_ZH) for s in split_sentences(BODY_ZH)]]


def test_source_and_editor_behind_the_last_sentence():
    text = BODY_ZH.rstrip() + "（完）来源：大厅日报返回搜狐，查看更多 责任编辑：王芳"
    assert marked(text) == ["（完）来源：大厅日报返回搜狐，查看更多 责任编辑：王芳"]
    assert read_page(text).metadata.publisher == "大厅日报"


@pytest.mark.parametrize(
    ("above", "below", "title", "publisher", "author"),
    [
        pytest.param(
            "Skip to main content\nBBC\nHome\nNews\nSport\nA new hall opens its doors\n3 hours ago\nShare\nSave\nJane Doe\nBusiness reporter, London\nGetty Images\n",
            "Related topics\nTrade\nMore on this story\nWhy halls got so big\n14 January 2026\nCopyright © 2026 BBC.",
            "A new hall opens its doors", "BBC", "Jane Doe", id="broadcaster",
        ),
        pytest.param(
            "A new hall opens its doors\nBy Jane Doe\nFebruary 14, 2026 8:30 AM GMT+8 Updated 2 hours ago\nFeb 14 (Reuters) - ",
            "Reporting by Jane Doe; Editing by John Roe\nOur Standards: The Hall Principles.",
            "A new hall opens its doors", "Reuters", "Jane Doe", id="agency",
        ),
        pytest.param(
            "# A new hall opens its doors\n\n*Published 2026-02-14 by Jane Doe*\n\n",
            "\n---\n\n© 2026 Hall Weekly",
            "A new hall opens its doors", "", "Jane Doe", id="markdown",
        ),
        pytest.param(
            "人民网 >> 经济·科技\n新馆开业迎来八方来客（现场评论）\n李 明\n2026年02月14日06:21 | 来源：大厅日报\n小字号\n",
            "《 大厅日报 》（ 2026年02月14日 02 版）\n(责编：王芳、赵强)\n分享让更多人看到\n推荐阅读\n码头工人的一天",
            "新馆开业迎来八方来客（现场评论）", "大厅日报", "李 明", id="newspaper",
        ),
        pytest.param(
            "新馆开业迎来八方来客\n新华社记者李明、王芳\n　　新华社宁波2月14日电（记者李明、王芳）",
            "（完）\n【纠错】 【责任编辑:赵强】",
            "新馆开业迎来八方来客", "新华社", "李明、王芳", id="chinese-agency",
        ),
    ],
)  # fmt: skip
def test_pages_of_many_makes(above, below, title, publisher, author):
    body = BODY if title.isascii() else BODY_ZH
    text = f"{above}{body}\n{below}\n"
    page = read_page(text)
    assert (page.metadata.title, page.metadata.publisher, page.metadata.author) == (title, publisher, author)
    rest = [s.span.cut(text) for s in split_sentences(text, page.boilerplate) if s.kind is not Kind.BOILERPLATE]
    assert [piece.lstrip("# ") for piece in rest] == [title, *[s.span.cut(body) for s in split_sentences(body)]]


def test_headline_byline_and_summary_in_one_line():
    text = "“大馆小店”，商人为何留下——新馆见闻\nGuan Cha Bao·2025-12-14 23:42\n\nMain points - The hall has four thousand stalls [1] Part 1: Rents - Rents are low for two years [2] - Most shops are small [3][4]\n"
    document = read_text(text, name="page.txt")
    assert document.article.title == "“大馆小店”，商人为何留下——新馆见闻"
    assert document.article.language == "en"
    assert marked(text) == ["Guan Cha Bao·2025-12-14 23:42"]


def test_plain_articles_have_no_boilerplate():
    for text in (BODY, BODY_ZH, f"# A new hall\n\n{BODY}", "One line only", "新馆开业\n" + BODY_ZH):
        assert marked(text) == []


def test_a_text_of_nothing_else_is_left_alone():
    assert marked("Home > News\nBack to top\nShare Tweet Print") == []


LINES = st.sampled_from(
    [*BODY.splitlines(), *BODY_ZH.splitlines(), "Home > News", "By Jane Doe", "Hall Daily | May 3, 2026", "相关阅读", "A hit", "1 2 >", "", "(CNN) It rains.", "图：李明 摄", "\x00", "©"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join)))
def test_marks_are_ordered_disjoint_and_inside(text):
    position = 0
    for span in read_page(text).boilerplate:
        assert position <= span.start < span.end <= len(text)
        assert span.cut(text).strip()
        position = span.end
