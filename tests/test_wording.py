"""Answers in the reader's language, adding nothing."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.agreement import agrees
from assistant.polarity import tells_neither, yes_or_no
from assistant.records import AnswerType, Evidence, MetWord, Question
from assistant.wording import in_language, running
from corpus.languages import detect_language
from corpus.records import Article, Sentence, Span


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("over 88 percent", "zh", "超过88%（over 88 percent）"),
        ("超过88%", "en", "over 88 percent (超过88%)"),
        ("over 88 percent", "en", "over 88 percent"),
        ("Jane Roe", "zh", "Jane Roe"),
    ],
)
def test_values_are_rendered_and_names_are_not(text, language, expected):
    assert in_language(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("去年", "zh", "去年（2025年）"),
        ("last year", "en", "last year (2025)"),
        ("yesterday", "en", "yesterday (February 15, 2026)"),
        ("last year", "zh", "2025年（last year）"),
        ("May", "en", "May"),
        ("5月", "zh", "5月"),
        ("2024年", "zh", "2024年"),
        ("in recent years", "en", "in recent years"),
    ],
)
def test_a_date_that_only_its_article_tells_has_what_it_is_beside_it(text, language, expected):
    assert in_language(text, language, date(2026, 2, 16)) == expected
    assert language != detect_language(text) or in_language(text, language) == text


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("over 88 percent", "超过88%", True),
        ("1.05 trillion yuan", "1.05万亿元", True),
        ("14", "15", False),
        ("Jane Roe", "jane roe", True),
        ("4 May 2024", "2024年5月4日", True),
        ("Jane Roe", "John Doe", False),
    ],
)
def test_agreement_is_by_value(one, two, same):
    assert agrees(one, two, None, None) is same


def _evidence(text, **signals):
    article = Article(title="t", language="en")
    return Evidence("S1", "d", Sentence(Span(0, len(text)), "en"), text, article, 1.0, signals)


def _question(text, language="en"):
    return Question(text, text, language, AnswerType.YES_NO)


def test_yes_and_no_need_their_ground():
    asked = _question("Did the port buy cranes?")
    assert yes_or_no(asked, _evidence("The port bought cranes.", with_context=0.9)) == "Yes: "
    assert yes_or_no(asked, _evidence("The port did not buy cranes.", with_context=0.9)) == "No: "
    assert yes_or_no(asked, _evidence("The port is old.", with_context=0.2)) == ""
    doubted, met = _question("Did it buy 15 cranes?"), {"with_context": 0.9, "numbers": 0.0}
    assert yes_or_no(doubted, _evidence("It bought 14 cranes.", **met)) == ""
    assert yes_or_no(_question("港口买了1.5万吨煤吗？", "zh"), _evidence("It bought 15,000 tonnes.", **met)) == "是："
    assert yes_or_no(_question("港口买了1.5万吨煤吗？", "zh"), _evidence("It bought 1,500 tonnes.", **met)) == ""
    compared = replace(asked, standalone="Did the port buy more cranes than ships?")
    assert yes_or_no(compared, _evidence("The port bought cranes and ships.", with_context=0.9)) == ""
    assert yes_or_no(compared, _evidence("It bought more cranes than ships.", with_context=0.9)) == "Yes: "
    chinese = _question("港口有没有买起重机？", "zh")
    assert yes_or_no(chinese, _evidence("港口买了起重机。", with_context=0.9)) == "是："
    doubted_by_reader = _evidence("The ships are old.", with_context=0.6, answers=-1.0)
    assert tells_neither(asked, doubted_by_reader)
    assert not tells_neither(asked, _evidence("The ships are old.", with_context=0.4, answers=1.0))
    assert not tells_neither(asked, _evidence("The port bought cranes.", with_context=0.9, answers=-1.0))
    cranes = _question("港口有起重机吗？", "zh")
    assert yes_or_no(cranes, _evidence("港口有起重机。", with_context=0.9)) == "有："
    assert yes_or_no(cranes, _evidence("港口没有起重机。", with_context=0.9)) == "没有："
    named = _question("Is Orsa a port?", "en")
    words = (MetWord(Span(9, 13), 0.5, Span(3, 7)),)
    assert yes_or_no(named, replace(_evidence("Instead, Orsa built a mill.", with_context=0.9), matched=words)) == ""
    alone = _question("Is the port the only one in Orsa?", "en")
    assert yes_or_no(alone, _evidence("The port is in Orsa.", with_context=0.9)) == ""
    met_aim = _question("Did the port meet its target for cranes?", "en")
    assert yes_or_no(met_aim, _evidence("The target of the port was to reach 14 cranes.", with_context=0.9)) == ""
    assert yes_or_no(met_aim, _evidence("The port met its target of 14 cranes.", with_context=0.9)) == "Yes: "


@pytest.mark.parametrize(
    ("question", "language", "text", "met", "said"),
    [
        ("Is Lind an inland town?", "en", "Lind lies inland and has neither a port nor a border.", "inland", "Yes: "),
        ("Is Lind an inland town?", "en", "Lind is old, and it does not lie inland.", "inland", "No: "),
        ("林德是内陆城市吗？", "zh", "林德是内陆城市，既没有海港，也不与外国接壤。", "内陆", "是："),
        ("林德是内陆城市吗？", "zh", "林德不在内陆，有海港。", "内陆", "不是："),
        ("林德是内陆城市吗？", "zh", "林德是为数不多的内陆城市。", "内陆", "是："),
    ],
)
def test_a_negation_counts_where_the_asked_words_stand(question, language, text, met, said):
    start = text.index(met)
    word = MetWord(Span(start, start + len(met)), 0.5, Span(0, 1))
    evidence = replace(_evidence(text, with_context=0.9), matched=(word,))
    assert yes_or_no(_question(question, language), evidence) == said


def test_a_list_is_told_as_running_text():
    assert running("Four goods sell best:\n- tea;\n- silk.\n3. paper", "en") == "Four goods sell best: tea; silk; paper"
    assert running("卖得最好的有：\n- 茶叶；\n- 丝绸。", "zh") == "卖得最好的有：茶叶；丝绸"
    assert running("One line. Of two sentences.", "en") == "One line. Of two sentences."


def test_the_number_that_an_item_begins_with_is_no_mark():
    assert running("Sold abroad:\n3.5 million cups\n- 2.1 million doors", "en") == (
        "Sold abroad: 3.5 million cups; 2.1 million doors"
    )
