"""What an abbreviation stands for: read off the bracket beside it, and answered with certainty."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.abbreviations import asked_abbreviation, spelled_out
from assistant.records import Status


@pytest.mark.parametrize(
    ("text", "abbreviation", "long"),
    [
        ("The Lake Ferry Company (LFC) runs it.", "LFC", "Lake Ferry Company"),
        ("Rules of the Bureau of Lake Management (BLM)", "BLM", "Bureau of Lake Management"),
        ("LFC (Lake Ferry Company) runs it.", "LFC", "Lake Ferry Company"),
        ("这由《湖区渡轮协定》（LFA）规定。", "LFA", "湖区渡轮协定"),
        ("它加入了湖区渡轮联盟（简称LFU）。", "LFU", "湖区渡轮联盟"),
        ("他们加入湖区开发协会（LDA）。", "LDA", "湖区开发协会"),
        ("LFU（湖区渡轮联盟）有九个成员。", "LFU", "湖区渡轮联盟"),
        ("这是湖上的船（LFU）。", "LFU", None),
        ("The lake (LFC territory) is deep.", "LFC", None),
        ("LFC (founded in 1945) runs it.", "LFC", None),
        ("The Lake Ferry Company runs it.", "LFC", "Lake Ferry Company"),
        ("The Bureau of Lake and Ferry Management runs it.", "BLFM", "Bureau of Lake and Ferry Management"),
        ("The lake ferry company runs it.", "LFC", None),
        ("The New Lake Ferry Company Ltd runs it.", "LFC", None),
        ("The Lake Ferry runs it.", "LF", None),
        ("The Lake Ferry Company (LFCX) runs it.", "LFC", None),
        ("a lot of words stand far, far before it with flowers and cats (LFC)", "LFC", None),
    ],
)
def test_the_long_form_stands_beside_the_bracket(text, abbreviation, long):
    found = spelled_out(text, abbreviation)
    assert (found.cut(text) if found else None) == long


@pytest.mark.parametrize(
    ("question", "abbreviation"),
    [
        ("What does LFC stand for?", "LFC"),
        ("What is the full name of the LFC?", "LFC"),
        ("LFA的全称是什么？", "LFA"),
        ("BLM是什么的缩写？", "BLM"),
        ("Tell me what “LFC” stands for.", "LFC"),
        ("What is LFC short for?", "LFC"),
        ("LFA这个缩写的英文全称是什么？", "LFA"),
        ("LFA的全名是什么？", "LFA"),
        ("What does the red flag stand for?", ""),
        ("What is the full name of the CEO of Arn?", ""),
        ("湖区CEO的全名是什么？", ""),
        ("What is the LFC?", ""),
        ("他的全名是什么？", ""),
    ],
)
def test_only_questions_for_a_long_form_name_an_abbreviation(question, abbreviation):
    assert asked_abbreviation(question) == abbreviation


@settings(deadline=None)
@given(st.text("LFC lfc湖区渡轮（）()《》,。 ", max_size=60), st.sampled_from(["LFC", "L.F", "C/L"]))
def test_what_is_found_lies_in_the_text(text, abbreviation):
    found = spelled_out(text, abbreviation)
    assert found is None or 0 < found.end - found.start <= len(text)


def test_it_is_answered_across_languages_and_refused_where_no_article_tells_it(tmp_path):
    text = "渡轮的票价多年没有变。九个港口的渡轮都遵守《湖区渡轮协定》（LFA）。船长们每年春天开一次会。"
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.add_text(text, "湖上的渡轮")
        for question in ("What does LFA stand for?", "LFA的全称是什么？"):
            answer = assistant.ask(question)
            assert answer.status is Status.ANSWERED
            assert "湖区渡轮协定" in answer.text
            assert "（LFA）" in answer.quotes[0].text
        assert assistant.ask("What does BLM stand for?").status is Status.NOT_FOUND
