"""Requests for an overview of a topic: what they are about, and the sentences that tell it."""

import pytest
from shelves import Shelf, answerer

from assistant.analysis import analyse
from assistant.conversation import standalone_question
from assistant.evidence import gather_evidence
from assistant.quoting import cut
from assistant.records import AnswerType, Status, Turn
from assistant.topics import topic_of

TEXTS = {
    "en-bridge": (
        "A bridge for Lorn",
        "The Lorn bridge was opened in 1994. It cost 30 million dollars. Storms closed the Lorn bridge for a week in 2003. "
        "The town also has a museum of clocks, which draws visitors from everywhere.",
    ),
    "en-toll": ("What drivers pay", "The toll of the Lorn bridge rose to 5 dollars in May. Cyclists pay nothing."),
    "zh-bridge": ("洛恩大桥", "洛恩大桥于1994年通车。2003年的风暴使洛恩大桥关闭了一周。镇上还有一座钟表博物馆。"),
}


def _told(text, language="en"):
    shelf = Shelf(TEXTS)
    question = analyse(text)
    passages = [*shelf.passages("en"), *shelf.passages("zh")]
    evidence = gather_evidence(question, sorted(passages, key=lambda p: p.language != language), shelf)
    return cut(question, answerer().answer(question, evidence), evidence, shelf.document)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Tell me about the Lorn bridge.", "the Lorn bridge"),
        ("Please tell us more about the toll", "the toll"),
        ("What do the articles say about tariffs?", "tariffs"),
        ("What is known about Mara Holm?", "Mara Holm"),
        ("What do you know about the bridge?", "the bridge"),
        ("Give me a short summary of the articles about the bridge", "the bridge"),
        ("Summarise the article about the museum!", "the museum"),
        ("Do the articles agree on the number of booths, and what figures do they give?", "how many booths"),
        ("介绍一下洛恩大桥。", "洛恩大桥"),
        ("请你给我讲讲洛恩大桥的情况吧", "洛恩大桥"),
        ("关于关税，文章说了什么？", "关税"),
        ("关于商位数量，各篇文章是怎么说的？", "商位数量"),
        ("这些文章对关税问题怎么说？", "关税"),
        ("总结一下关于大桥的报道", "大桥"),
    ],
)
def test_requests_for_an_overview_name_their_topic(text, topic):
    assert topic_of(text) == topic


@pytest.mark.parametrize(
    "text",
    [
        "What did the mayor say about the bridge?",
        "Tell me why the bridge was closed.",
        "Describe how the toll is paid.",
        "What does the law say about dogs?",
        "说说大桥为什么关闭",
        "介绍一下谁建了大桥",
        "丁薛祥在文章里说了什么？",
        "文章是谁写的？",
    ],
)
def test_questions_for_one_thing_are_none(text):
    assert topic_of(text) == ""


def test_a_topic_that_is_a_value_is_asked_for_as_one():
    assert analyse("关于商位数量，各篇文章是怎么说的？").answer_type is AnswerType.COUNT
    question = analyse("Do the articles agree on the number of booths in the market?")
    assert (question.answer_type, question.focus) == (AnswerType.COUNT, "booths")
    assert analyse("What is the total number of foreign traders in the town?").focus == "foreign traders"


def test_an_overview_tells_several_articles_in_the_readers_language():
    answer = _told("Tell me about the Lorn bridge.")
    assert answer.status is Status.ANSWERED
    assert {quote.article.title for quote in answer.quotes} == {"A bridge for Lorn", "What drivers pay"}
    assert all(quote.language == "en" for quote in answer.quotes)
    assert "museum" not in answer.text
    assert "1994" in answer.short


def test_sentences_of_one_article_keep_their_order():
    answer = _told("介绍一下洛恩大桥", "zh")
    places = [answer.text.index(told) for told in ("1994年通车", "关闭了一周")]
    assert places == sorted(places)


def test_a_translation_tells_nothing_new():
    answer = _told("Tell me about the Lorn bridge.")
    assert sum("1994" in quote.text for quote in answer.quotes) == 1


def test_what_no_article_speaks_of_has_no_overview():
    answer = _told("Tell me about the moons of Jupiter.")
    assert answer.status is Status.NOT_FOUND
    assert answer.confidence < 0.5


def test_it_stands_for_the_topic_of_an_overview():
    encode = answerer()._encode
    said = [Turn("Tell me about the toll of Lorn.", "The toll rose.", "the toll of Lorn")]
    assert standalone_question("When did it rise?", said, encode) == "When did the toll of Lorn rise?"
    assert standalone_question("What do the articles say about clocks?", said, encode).endswith("clocks?")
    said = [Turn("介绍一下洛恩大桥", "1994年通车。", "洛恩大桥")]
    assert standalone_question("它是哪年通车的？", said, encode) == "洛恩大桥是哪年通车的？"
