"""What is counted: the unit asked for is read from the question, in either language, and chooses among the values."""

import pytest

from assistant import Assistant, Status
from assistant.analysis import analyse
from assistant.counting import asked_units
from corpus.quantities import find_quantities

ARTICLES = {
    "en": (
        "Rail line of Brenn",
        "In spring 462 trains of the Brenn line came back and carried 38,100 TEUs. "
        "Of the 41 kinds of timber in the country, Brenn sells 33 kinds. "
        "The line and the canal of Brenn gave work to 1,200 small and lively firms and created 3,200 jobs. "
        "Together the line and the canal of Brenn reach 75 cities. "
        "Nearly 6,000 strangers visit Brenn in a year, and 800 of them live there for long.",
    ),
    "zh": (
        "白石镇集市",
        "白石镇集市与15个国家有往来，每年接待客商近6万人次，其中3000人长期住在镇上。"
        "在全省的41种木材中，白石镇出售33种。集市带动210家小微企业发展，提供了3200个岗位。",
    ),
}


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("How many trains came back?", ("train",)),
        ("How many containers did they carry?", ("container", "teu")),
        ("开行了多少列班列？", ("train",)),
        ("有多少人住在镇上？", ("person", "visit")),
        ("幾座城市", ("city",)),
        ("How many does she sell?", ()),
        ("What is the population of Brenn?", ("person",)),
        ("白石镇的人口是多少？", ("person",)),
        ("有多少？", ()),
        ("Who runs the market?", ()),
    ],
)
def test_the_unit_is_read_from_the_question(question, units):
    assert asked_units(analyse(question)) == units


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many containers did the trains of the Brenn line carry in spring?", "38,100 TEUs"),
        ("How many trains of the Brenn line came back in spring?", "462"),
        ("How many jobs did the line and the canal of Brenn create?", "3,200"),
        ("How many cities do the line and the canal of Brenn reach?", "75"),
        ("How many kinds of timber does Brenn sell?", "33 "),
        ("How many kinds of timber are there in the country in all?", "41 "),
        ("How many of the strangers live in Brenn for long?", "800"),
        ("How many strangers visit Brenn in a year?", "Nearly 6,000"),
        ("白石镇每年来多少人？", "近6万人次"),
        ("有多少人长期住在白石镇上？", "3000人"),
        ("来集市的客商其中有多少人长期住在镇上？", "3000人"),
        ("白石镇出售多少种木材？", "33种"),
        ("全省一共有多少种木材？", "41种"),
        ("白石镇集市提供了多少个岗位？", "3200个"),
    ],
)
def test_the_value_that_counts_the_asked_thing_is_told(shelf, question, short):
    answer = shelf.ask(question)
    assert answer.text.startswith(short)


def test_the_counted_thing_is_found_behind_what_describes_it():
    (value,) = find_quantities("集市带动210家小微企业发展")
    assert (value.noun, value.unit) == ("小微企业", "company")


@pytest.mark.parametrize(
    "question",
    [
        "How many clerks does the market of Brenn employ?",
        "How many hospitals are there in Brenn?",
        "白石镇有多少家医院？",
        "白石镇有多少所学校？",
        "集市带动了多少座城市发展？",
    ],
)
def test_a_number_of_something_else_does_not_answer(shelf, question):
    assert shelf.ask(question).status is Status.NOT_FOUND


def test_what_counts_the_asked_thing_is_read_although_much_else_shares_more_words(assistant):
    answer = assistant.ask("How many markets in China have adopted the market procurement trade model?")
    assert answer.text.startswith("39")


def test_pieces_are_not_told_by_a_sum(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text("# Wool hall of Brenn\n\nThe wool hall of Brenn imported goods worth 6.9 million yuan in 2025.")
        assert opened.ask("How many clerks does the wool hall of Brenn have?").status is Status.NOT_FOUND
        assert "6.9 million yuan" in opened.ask("How much did the wool hall of Brenn import in 2025?").text


def test_where_the_likeliest_number_is_of_something_else_the_next_one_is_told(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(
            "# Jobs of Brenn\n\nThe bank of Brenn says that machines reach the jobs of Brenn in 2 main ways. It adds that "
            "300 million jobs in all may be lost to machines."
        )
        answer = opened.ask("How many jobs does the bank of Brenn say may be lost to machines?")
    assert answer.text.startswith("300 million")


BRENN = """# Brenn grows

In May some 51,000 guests came to Brenn, as every year. The town itself grew as well: it now has nearly 20,000 permanent
residents. Orsa sold goods worth 9 million yuan to Brenn.
"""
BAISHI = """# 白石镇在变

白石镇5月接待客商近6万人次，与15个国家有往来。全镇常住居民近9000人。铁山去年出口9亿元。
"""


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        (BRENN, "What is the population of Brenn?", "Nearly 20,000"),
        (BRENN, "brenn population", "Nearly 20,000"),
        (BRENN, "What is the population of Orsa?", ""),
        (BAISHI, "白石镇有多少人口？", "近9000"),
        (BAISHI, "白石镇的人口是多少？", "近9000"),
        (BAISHI, "铁山的人口是多少？", ""),
    ],
)
def test_a_population_is_told_by_its_residents(tmp_path, text, question, short):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(text)
        answer = opened.ask(question)
    assert short in answer.text
    assert (answer.status is Status.NOT_FOUND) == (not short)


GUESTS = "# Guests of Brenn\n\nEvery year Brenn attracts nearly 600,000 foreign visitors, 15,000 of them residents of the town.\n"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many foreign visitors does Brenn attract annually?", "600,000"),
        ("How many foreign visitors live in Brenn?", "15,000"),
        ("What is the population of Brenn?", ""),
    ],
)
def test_those_who_live_somewhere_are_told_close_to_that(tmp_path, question, told):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(GUESTS)
        answer = opened.ask(question)
    assert told in answer.text
    assert (answer.status is Status.NOT_FOUND) == (not told)
