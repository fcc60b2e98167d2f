"""The second look: nearness in meaning, counted nouns and times of the best sentences; lists are told whole."""

from datetime import date

import numpy as np
import pytest

from assistant.analysis import analyse
from assistant.evidence import gather_evidence
from assistant.second_look import ADDED, FEATURES, LOOKED_AT, counts_focus, look_closely
from assistant.sentence_features import SentenceFeatures
from assistant.sources import find_candidates
from corpus.records import Article, Document
from index.collection import Collection

HARBOUR = """The harbour of Arn has nine cranes and 40 pilots.

In 2023 the harbour handled 12 million tonnes. In 2019 it handled 8 million tonnes.

Three goods leave the harbour most often:

- rye from the plain,
- timber from the hills,
- salt from the works at Vell.

A ferry leaves for the island every morning.
"""
LIBRARY_ZH = "新图书馆去年建成。北京的这座图书馆有三层楼，2021年开放。"
PORT_ZH = "阿恩港有九台起重机，还有四十名引航员。每天早上都有一班渡轮开往岛上。"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    with Collection.open(tmp_path_factory.mktemp("second")) as collection:
        documents = [
            Document.create(HARBOUR, Article("The harbour of Arn", "en", published=date(2024, 2, 1))),
            Document.create(PORT_ZH, Article("阿恩港", "zh")),
            Document.create(LIBRARY_ZH, Article("城市新闻", "zh")),
        ]
        collection.add(documents)
        yield collection


def looked_at(shelf, text):
    question = analyse(text)
    candidates = find_candidates(shelf.search(text, 12), shelf)
    features = SentenceFeatures(question, candidates, shelf)
    chosen = list(range(len(candidates)))[:LOOKED_AT]
    rows = look_closely(features, features.matrix(), chosen).rows
    assert rows.shape == (len(chosen), len(FEATURES))
    assert np.isfinite(rows).all()
    names = {name: rows[:, len(FEATURES) - len(ADDED) + place] for place, name in enumerate(ADDED)}
    return [candidates[i].sentence.text for i in chosen], names


def test_names_and_years_of_a_question_are_met_in_the_other_language(shelf):
    question = analyse("How many floors has the library in Beijing had since 2021?")
    candidates = find_candidates(shelf.search(question.text, 12), shelf)
    rows = SentenceFeatures(question, candidates, shelf).matrix()
    place = {candidate.sentence.text: row for candidate, row in zip(candidates, rows, strict=True)}
    names = {name: number for number, name in enumerate(FEATURES)}
    told, before = (place[text] for text in ("北京的这座图书馆有三层楼，2021年开放。", "新图书馆去年建成。"))
    assert told[names["entities"]] == told[names["years"]] == 1
    assert before[names["entities"]] < 1
    assert before[names["years"]] == 0
    assert before[names["years_context"]] == 1


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("When does the boat to the island go?", ("A ferry leaves", "每天早上都有一班渡轮")),
        ("去岛上的船什么时候开？", ("A ferry leaves", "每天早上都有一班渡轮")),
    ],
)
def test_the_nearest_in_meaning_leads(shelf, text, nearest):
    texts, names = looked_at(shelf, text)
    best = int(np.argmax(names["nearness"]))
    assert any(start in texts[best] for start in nearest)
    assert names["nearness_lead"][best] == 0
    assert names["nearness_place"][best] == 0


def test_the_time_asked_for_is_told_from_others(shelf):
    texts, names = looked_at(shelf, "How much did the harbour handle in 2019?")
    by_text = dict(zip(texts, names["time"], strict=True))
    assert by_text["In 2019 it handled 8 million tonnes."] == 1
    assert by_text["In 2023 the harbour handled 12 million tonnes."] == -1
    assert by_text["The harbour of Arn has nine cranes and 40 pilots."] == 0
    assert set(looked_at(shelf, "How many cranes are there?")[1]["time"]) == {-2.0}


def test_what_has_no_chance_beside_the_best_is_not_read(shelf):
    text = "How many cranes does the harbour of Arn have?"
    evidence = gather_evidence(analyse(text), shelf.search(text, 12), shelf)
    read = [item.text for item in evidence if item.reading]
    assert "The harbour of Arn has nine cranes and 40 pilots." in read
    assert LIBRARY_ZH.split("。")[0] + "。" not in read
    assert len(read) < min(LOOKED_AT, len(evidence))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many cranes does the harbour have?", 1.0),
        ("阿恩港有多少台起重机？", 1.0),
        ("How many ferries does the harbour have?", 0.0),
        ("Why does the ferry leave?", -1.0),
    ],
)
def test_the_counted_noun_is_met_across_languages(shelf, text, expected):
    question = analyse(text)
    evidence = gather_evidence(question, shelf.search(text, 12), shelf)
    cranes = next(item for item in evidence if "nine cranes" in item.text)
    assert counts_focus(question, cranes.text, cranes.matched) == expected


def test_a_list_is_one_proof(shelf):
    text = "What goods leave the harbour of Arn?"
    evidence = gather_evidence(analyse(text), shelf.search(text, 12), shelf)
    whole = [item for item in evidence if "Three goods" in item.text]
    assert len(whole) == 1
    assert all(part in whole[0].text for part in ("rye", "timber", "salt"))
    assert whole[0].text == whole[0].sentence.span.cut(HARBOUR)


def test_what_tells_the_role_asked_for_is_looked_at_among_likelier_sentences(tmp_path):
    with Collection.open(tmp_path) as collection:
        crowd = " ".join(f"The film Salt Lake was shown in hall {n} of the town of Arn." for n in range(2, 30))
        told = "Ida Blom directed it. The film Salt Lake opened in May."
        collection.add([Document.create(f"{crowd} {told}", Article("The film Salt Lake", "en"))])
        question = analyse("Who is the director of the film Salt Lake?")
        evidence = gather_evidence(question, collection.search(question.standalone, 12), collection)
    looked_at = [item.text for item in evidence if item.reading]
    assert "Ida Blom directed it." in looked_at
    assert len(looked_at) <= LOOKED_AT
