"""Who does something to whom: what one did to another is not told for what the other did to it."""

import pytest

from assistant import Turn
from assistant.roles import reverses, swapped
from index.terms import Analyzer

TEXTS = (
    "# Duties between neighbours\n\nIn March France raised its duty on goods from Germany by 12 percent. "
    "A month later Germany put a duty of between 20 and 25 percent on French goods. Traders of both were worried.",
    "# 关税之争\n\n3月，日本对韩国商品加征8%的关税。一个月后，韩国对日本商品征收15%的关税。两国商人都很担心。",
)


@pytest.mark.parametrize(
    ("asked", "told", "reversed_"),
    [
        ("What duty did Germany put on French goods?", "France raised its duty on goods from Germany.", True),
        ("What duty did Germany put on French goods?", "Germany put a duty on goods from France.", False),
        ("What duty did Germany put on French goods?", "法国对德国商品加征关税。", True),
        ("What duty did Germany put on French goods?", "德国对法国商品加征关税。", False),
        ("How did Germany answer the US tariffs?", "The United States raised tariffs on Germany.", False),
        ("What did China put on US goods?", "The United States raised its tariffs on goods from China.", True),
        ("法国向德国出口了什么？", "Germany sold 40 trains to France.", True),
        ("法国向德国出口了什么？", "France sold 40 trains to Germany.", False),
        ("How does one get from Germany to France?", "Trains run from France to Germany.", False),
        ("What did Germany sell to France?", "France sold wine to Germany; Germany sold trains to France.", False),
        ("韩国加征了多少关税？", "日本对韩国商品加征8%的关税。", True),
        ("日本加征了多少关税？", "日本对韩国商品加征8%的关税。", False),
        ("韩国出口了多少？", "日本对韩国商品加征8%的关税，出口不多。", False),
        ("韩国的出口有多少？", "日本对韩国商品加征8%的关税，出口不多。", False),
        ("What is a duty?", "France raised its duty on goods from Germany.", False),
    ],
)
def test_what_is_told_the_other_way_round_is_seen(asked, told, reversed_):
    assert reverses(asked, told, Analyzer()) == reversed_


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("What duty did Germany put on French goods?", "20"),
        ("What duty did France put on German goods?", "12 percent"),
        ("德国对法国商品征收多少关税？", "20"),
        ("韩国对日本商品征收了多少关税？", "15%"),
        ("日本对韩国商品征收了多少关税？", "8%"),
    ],
)
def test_each_side_is_told_its_own_duty(small, question, short):
    answer = small.ask(question)
    assert short in answer.quotes[0].text
    assert short in answer.text


@pytest.mark.parametrize(
    ("asked", "name", "other"),
    [
        ("日本3月对韩国商品加征了多少关税？", "韩国", "韩国3月对日本商品加征了多少关税？"),
        ("What duty did Germany put on France?", "France", "What duty did France put on Germany?"),
        ("What did Germany put on the US?", "the US", "What did US put on the Germany?"),
        ("What duty did Germany put on France?", "Spain", ""),
        ("日本对韩国加征了多少关税？", "日本", ""),
    ],
)
def test_a_question_is_turned_round(asked, name, other):
    assert swapped(asked, name) == other


def test_whoever_was_the_target_is_asked_about_next(small):
    first = small.ask("日本3月对韩国商品加征了多少关税？")
    answer = small.ask("韩国呢？", history=[Turn(first.question, first.text)])
    assert "15%" in answer.text
