"""Greetings and the like get a reply of their own; questions do not."""

import pytest

from assistant.records import Status
from assistant.smalltalk import reply
from corpus.errors import UserError
from corpus.records import Article


class Shelf:
    def __init__(self, *titles):
        self.titles = titles

    def articles(self):
        return [(str(n), Article(title=title, language="en"), 10) for n, title in enumerate(self.titles)]


@pytest.mark.parametrize(
    "text", ["Hi!", "hello there", "Thanks a lot", "What can you do?", "Which articles do you have?"]
)
def test_english_talk_gets_an_english_reply(text):
    answer = reply(text, Shelf("Ports"))
    assert answer.status is Status.CHAT
    assert answer.language == "en"
    assert not answer.quotes


@pytest.mark.parametrize("text", ["你好！", "谢谢", "你能做什么？", "有哪些文章？", "再见"])
def test_chinese_talk_gets_a_chinese_reply(text):
    answer = reply(text, Shelf("港口"))
    assert answer.status is Status.CHAT
    assert answer.language == "zh"


@pytest.mark.parametrize(
    "text",
    [
        "What share of trade is exports?",
        "Who thanked the mayor?",
        "义乌有哪些市场？",
        "hello kitty sales in 2024?",
        "Help for exporters?",
    ],
)
def test_questions_are_left_to_the_articles(text):
    assert reply(text, Shelf("Ports")) is None


def test_the_list_of_articles_names_them():
    assert "Harbour cranes" in reply("which articles do you have", Shelf("Harbour cranes")).text
    assert "yiju add" in reply("which articles do you have", Shelf()).text


@pytest.mark.parametrize("text", ["", "  \n", "长" * 10_001])
def test_empty_and_endless_questions_are_refused_in_one_line(text):
    with pytest.raises(UserError) as caught:
        reply(text, Shelf())
    assert "\n" not in str(caught.value)
