"""A chat model translates quotes and answers and rewrites questions; what it gets wrong is not shown."""

import json

import pytest
from scripted_models import Reply
from test_generating import ARTICLE, ARTICLE_ZH, ask, claims, keyed

from assistant import Answer, Assistant, Status, Turn
from assistant.cli_commands import show_answer
from assistant.rendering import quotes_html

QUESTION = "How many cranes did the warehouse in Yiwu add in 2023?"
PROVED = "The warehouse in Yiwu added 27 cranes in 2023."
GOOD = "In 2023 the warehouse in Yiwu added 27 cranes."


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    with Assistant.open(folder, bundled=False) as opened:
        opened.add_text(ARTICLE)
        opened.add_text(ARTICLE_ZH)
    return folder


def translating(translation, said=PROVED):
    """A script that answers from the Chinese article, and translates each text to the same words."""

    def script(asked):
        if asked.task == "translations":
            if isinstance(translation, Reply):
                return translation
            numbers = [json.loads(line)["number"] for line in asked.messages[1][1].splitlines() if line.startswith("{")]
            written = [{"number": number, "text": translation} for number in numbers]
            return Reply(json.dumps({"translations": written}, ensure_ascii=False))
        return Reply(claims((said, [keyed(asked)("27台")])))

    return script


def test_a_quote_of_the_other_language_gets_a_translation_beside_it(home):
    answer, server, _ = ask(home, translating(GOOD), QUESTION, translate=True)
    (quote,) = answer.quotes
    assert "新增了27台起重机" in quote.text
    assert (quote.translation, quote.gloss) == (GOOD, "")
    assert f"machine translation: {GOOD}" in show_answer(answer)
    assert "Translated by machine" in quotes_html([answer], "en")
    assert "machine translation" in answer.to_markdown()
    assert Answer.from_dict(answer.to_dict()) == answer
    assert [asked.task for asked in server.asked] == ["claims", "translations"]


@pytest.mark.parametrize(
    "wrong",
    ["In 2023 the warehouse in Yiwu added 72 cranes.", "In 2022 the warehouse in Yiwu added 27 cranes.",
     "The warehouse in Yiwu added cranes.", "2023年，义乌的仓库新增了27台起重机。",
     "In 2023 the warehouse in Shanghai added 27 cranes.", Reply(status=429), Reply("nonsense")],
    ids=["number", "year", "left out", "language", "name", "refused", "garbage"],
)  # fmt: skip
def test_a_wrong_translation_gives_way_to_the_gloss(home, wrong):
    answer, _, _ = ask(home, translating(wrong), QUESTION, translate=True)
    (quote,) = answer.quotes
    assert quote.translation == ""
    assert "27" in quote.gloss
    assert answer.text.startswith(PROVED[:-1])


def test_without_leave_nothing_is_translated(home):
    answer, server, _ = ask(home, translating(GOOD), QUESTION, translate=False)
    assert answer.quotes[0].gloss
    assert len(server.asked) == 1


def test_an_answer_in_the_wrong_language_is_translated_and_checked_again(home):
    answer, _, _ = ask(home, translating(GOOD, said="2023年，义乌的仓库新增了27台起重机。"), QUESTION, translate=True)
    assert answer.text == "In 2023 the warehouse in Yiwu added 27 cranes [1]."
    wrong, _, _ = ask(
        home, translating("It added 72 cranes.", said="2023年，义乌的仓库新增了27台起重机。"), QUESTION, translate=True
    )
    assert wrong.text == "2023年，义乌的仓库新增了27台起重机 [1]."


def rewriting(question, searches=()):
    def script(asked):
        if asked.task == "searches":
            if isinstance(question, Reply):
                return question
            return Reply(json.dumps({"question": question, "searches": list(searches)}, ensure_ascii=False))
        return Reply(claims(found=False))

    return script


HISTORY = [Turn("How many cranes did the port of Testhaven buy?", "14 cranes [1].")]


def _standalone(answer):
    return next(entry["standalone"] for entry in answer.trace if "standalone" in entry)


def test_a_follow_up_is_rewritten_by_the_model(home):
    wanted = "What did the 14 cranes of Testhaven cost?"
    answer, server, _ = ask(
        home, rewriting(wanted, ["特斯 起重机 价格"]), "What did they cost?", history=HISTORY, rewrite=True
    )
    assert _standalone(answer) == wanted
    assert "How many cranes" in server.asked[0].messages[1][1]
    assert answer.status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "wrong",
    ["What did the 15 cranes of Testhaven cost?", "What did the cranes of Shanghai cost?", "它们花了多少钱？", "",
     Reply(status=500), Reply("no idea"), Reply("[1, 2]"), Reply('{"question": 5, "searches": 7}')],
    ids=["number", "name", "language", "empty", "fault", "prose", "list", "types"],
)  # fmt: skip
def test_a_wrong_rewriting_gives_way_to_the_rules(home, wrong):
    ruled, _, _ = ask(home, rewriting(""), "What did they cost?", history=HISTORY, rewrite=False)
    answer, _, _ = ask(home, rewriting(wrong), "What did they cost?", history=HISTORY, rewrite=True)
    assert _standalone(answer) == _standalone(ruled)
    assert "Testhaven" in _standalone(answer) or "cranes" in _standalone(answer)


def test_other_wordings_find_more(home):
    def chunks(answer):
        return {p["chunk"] for entry in answer.trace if entry["stage"] == "search" for p in entry["passages"]}

    question = "What grew by 9 percent?"
    plain, _, _ = ask(home, rewriting(question), question, rewrite=True)
    more, _, _ = ask(home, rewriting(question, ["起重机 仓库"]), question, rewrite=True)
    assert chunks(plain) <= chunks(more)
