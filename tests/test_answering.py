"""What is told of the chosen evidence, and what is not told at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shelves import Shelf, answer, answerer, asked

from assistant.boosting import BoostedTrees
from assistant.quoting import cut
from assistant.records import AnswerType, Question, Status


def test_an_answer_cites_the_sentence_that_proves_it():
    found = answer("Who designed the ferry of Port Ellis?")
    assert found.status is Status.ANSWERED
    assert "Anna Holm" in found.quotes[0].text
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize("text", ["Who won the chess match in Oslo?", "火星上有几座火山？", "zzz qqq"])
def test_what_the_articles_do_not_tell_is_not_found(text):
    found = answer(text)
    assert found.status is Status.NOT_FOUND
    assert found.short == ""


def test_no_evidence_is_not_found():
    question = Question("Who?", "Who?", "en", AnswerType.PERSON)
    draft = answerer().answer(question, [])
    assert (draft.status, draft.claims, draft.confidence) == (Status.NOT_FOUND, (), 0.0)


def test_trees_are_walked_to_their_leaves():
    tree = {
        "feature": [0, -1, 1, -1, -1],
        "threshold": [2, 0, 5, 0, 0],
        "left": [1, 0, 3, 0, 0],
        "right": [2, 0, 4, 0, 0],
        "value": [0, 1, 0, 10, 100],
    }
    stump = {"feature": [-1], "threshold": [0], "left": [0], "right": [0], "value": [0.5]}
    model = BoostedTrees({"features": ["a", "b"], "base": 1.0, "trees": [tree, stump]})
    rows = np.array([[2.0, 9.0], [3.0, 5.0], [3.0, 6.0]])
    assert model.score(rows).tolist() == [2.5, 11.5, 101.5]


MILL = {
    "en": (
        "Mill of Orsa",
        "The mill of Orsa closed because the river had fallen too low. The lake is cold. The mill of Orsa closed "
        "because wool from abroad was cheap. Herons nest on it. The mill of Orsa closed because its roof had burnt.",
    )
}


def test_up_to_three_sentences_that_are_nearly_as_likely_tell_a_reason():
    among = Shelf(MILL)
    question, evidence = asked("Why did the mill of Orsa close?", among=among)
    alike = [replace(item, score=0.9 if "mill" in item.text else 0.001) for item in evidence]
    draft = answerer().answer(question, alike)
    found = cut(question, draft, alike, among.document)
    assert [claim.text[-4:] for claim in draft.claims].count("cold") == 0
    assert len(draft.claims) == 3
    assert {"river", "abroad", "burnt"} <= set(found.text.replace(" [", ". ").replace(".", " ").split())
    sure = [replace(item, score=0.9 if "river" in item.text else 0.001) for item in evidence]
    assert len(answerer().answer(question, sure).claims) == 1


@pytest.mark.parametrize(
    ("rival", "seen"),
    [("The timber that the harbour of Orsa shipped was worth 26 million yuan.", True), ("It rained.", False)],
)
def test_the_next_sentence_is_pointed_at_where_it_is_nearly_as_likely(rival, seen):
    text = f"The harbour of Orsa sold timber worth 24 million yuan.\n\nNobody minded the fog.\n\n{rival}"
    among = Shelf({"en": ("Orsa", text)})
    question, evidence = asked("How much was the timber of the harbour of Orsa worth?", among=among)
    draft = answerer().answer(question, evidence)
    assert [item.text for item in evidence if item.key in draft.see_also] == ([rival] if seen else [])


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("What is the harbour of Orsa?", "oldest timber port of the coast"),
        ("Why did fees rise?", "the channel silts up every spring"),
        ("Which goods does the harbour sell?", "timber, grain and salt"),
        ("Does the harbour of Orsa sell salt?", "Yes"),
    ],
)
def test_the_bare_answer_lies_inside_the_sentence_that_is_told(question, short):
    text = (
        "The harbour of Orsa is the oldest timber port of the coast. Fees rose because the channel silts up every "
        "spring. The harbour sells timber, grain and salt."
    )
    among = Shelf({"en": ("Orsa", text)})
    analysed, evidence = asked(question, among=among)
    answer = cut(analysed, answerer().answer(analysed, evidence), evidence, among.document)
    assert answer.short.removeprefix("because ") == short
    assert answer.quotes[0].text.rstrip(".") in answer.text


@pytest.mark.parametrize(
    ("language", "lead", "question"),
    [
        ("en", "To catch up, the harbour of Orsa wants to", "What does the harbour of Orsa want to do to catch up?"),
        ("en", "To catch up, the harbour of Orsa wants to:", "What does the harbour of Orsa want to do to catch up?"),
        ("zh", "奥萨港的三项措施是", "奥萨港的三项措施是什么？"),
    ],
)
def test_what_introduces_a_list_is_quoted_with_its_items(language, lead, question):
    items = {"en": ["deepen the channel", "buy a crane"], "zh": ["挖深航道", "购买吊车"]}[language]
    before, after = {"en": ("Other ports lead. ", "It rained."), "zh": ("别的港口领先。", "下雨了。")}[language]
    text = "\n".join([before + lead, "", *(f"- {item}" for item in items), "", after])
    among = Shelf({language: ("Orsa", text)})
    analysed, evidence = asked(question, language, among)
    quote = cut(analysed, answerer().answer(analysed, evidence), evidence, among.document).quotes[0]
    assert quote.text.startswith(lead)
    assert all(item in quote.text for item in items)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much did Orsa export in 2010?", "About 20 million yuan"),
        ("How much did Orsa export in 2023?", "Over 500 million yuan"),
        ("How much did Orsa export in dollars in 2010?", "$2.73 million"),
    ],
)
def test_a_value_told_apart_by_its_time_or_currency_is_told_alone(question, told):
    text = (
        "In 2010 the city exported goods worth about 20 million yuan ($2.73 million); in 2023 the sum was over 500 "
        "million yuan, an increase of more than 24-fold. The harbour is deep."
    )
    draft = answerer().answer(*asked(question, among=Shelf({"en": ("Trade of Orsa", text)})))
    assert [claim.text.lower() for claim in draft.claims] == [told.lower()]
