"""The span reader: where an answer begins and ends in a sentence, and how that is learned."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch

from assistant.analysis import analyse
from assistant.evidence import gather_evidence
from assistant.extraction import measure_evidence
from assistant.learned import learned, span_reader
from assistant.learning import span_reader as learning
from assistant.reading import CLASSES, GAPS, read_words
from assistant.records import Evidence, WordScore
from assistant.span_context import Tables
from assistant.span_features import FEATURES
from assistant.span_reader import SpanReader, network_inputs
from corpus.languages import detect_language
from corpus.records import Article, Kind, Sentence, Span
from corpus.sentences import ReadSentence
from index.bilingual import EnglishEncoder
from index.glossing import Glosser
from index.late_interaction import LateInteraction, Window
from index.span_network import SpanNetwork
from index.training import span_network as training

PAIRS = [
    ("Who designed the ferry?", "The ferry of Port Ellis was designed by Anna Holm in 1987.", "Anna Holm"),
    ("When was the ferry designed?", "The ferry of Port Ellis was designed by Anna Holm in 1987.", "1987"),
    ("白石镇集市创办于哪一年？", "白石镇集市由林海涛创办，那是1996年的事。", "1996年"),
    ("集市有多少个摊位？", "The market of Whitestone has 320 stalls and two gates.", "320"),
]


@pytest.fixture(scope="module")
def interaction():
    return LateInteraction(EnglishEncoder(), Glosser())


def states(interaction, question, sentence):
    asked, told = interaction.states(question, [Window("", "", sentence)])
    whole = Sentence(Span(0, len(sentence)), detect_language(sentence), Kind.PROSE)
    return analyse(question), asked, [ReadSentence(whole, 0, sentence, 0)], told


def read(reader, interaction, question, sentence):
    (words,) = reader.read(*states(interaction, question, sentence))
    return words


def best_span(words, sentence):
    pairs = [(first, last) for n, first in enumerate(words) for last in words[n : n + 6]]
    first, last = max(pairs, key=lambda pair: pair[0].begins + pair[1].ends)
    return sentence[first.span.start : last.span.end]


@pytest.mark.parametrize(("question", "sentence", "answer"), PAIRS)
def test_answers_begin_and_end_where_they_do(interaction, question, sentence, answer):
    words = read(span_reader(), interaction, question, sentence)
    assert [word.span for word in words] == [token.span for token in read_words(sentence).tokens]
    assert best_span(words, sentence) == answer


@pytest.mark.parametrize("text", ["", " ", "…", "😀", "\ud800", "的", "a " * 3_000, "的" * 3_000, "价格（元）：３．５"])
def test_any_text_can_be_read(interaction, text):
    for question, sentence in ((text, "A mill stands here."), ("谁？", text), ("Who?", text)):
        words = read(span_reader(), interaction, question or "?", sentence)
        assert len(words) == len(read_words(sentence).tokens)
        assert all(np.isfinite([word.begins, word.ends, word.inside]).all() for word in words)


def test_numpy_reads_as_torch_does(interaction):
    torch.manual_seed(3)
    network = training.Network(len(CLASSES), len(GAPS)).eval()
    reader = SpanNetwork(network.weights())
    batch = [
        given for question, sentence, _ in PAIRS for given in network_inputs(*states(interaction, question, sentence))
    ]
    with torch.no_grad():
        together = network(batch).numpy()
    for given, logits, ours in zip(batch, together, reader.logits(batch), strict=True):
        assert np.allclose(ours, logits[: len(given.words)], atol=0.01)
        assert np.allclose(ours, reader.logits([given])[0], atol=1e-4)
    assert reader.logits([]) == []


def test_it_is_learned_from_marked_questions(tmp_path, monkeypatch):
    for name, language in (("qa_en_qamr", "en"), ("qa_zh_cmrc", "zh")):
        sentence = {"en": "The tower of place{n} was built by Mason{n} of Lind.", "zh": "第{n}座塔由石匠林海{n}修建。"}[
            language
        ]
        answer = {"en": "Mason{n}", "zh": "林海{n}"}[language]
        texts = [sentence.format(n=n) for n in range(40)]
        rows = [{"id": f"p{n}", "lang": language, "title": f"Tower {n}", "text": text} for n, text in enumerate(texts)]
        asked = {"en": "Who built the tower of place{n}?", "zh": "第{n}座塔是谁修建的？"}[language]
        questions = [
            {
                "id": f"q{n}",
                "question": asked.format(n=n),
                "passage_id": f"p{n}",
                "answers": [answer.format(n=n)],
                "answer_starts": [text.index(answer.format(n=n))],
            }
            for n, text in enumerate(texts)
        ]
        for kind, content in (("passages", rows), ("questions", questions)):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
            (tmp_path / f"{name}_{kind}.jsonl").write_text(lines, encoding="utf-8")
    out = tmp_path / "reader.safetensors"
    monkeypatch.setattr(sys, "argv", ["learn", "--training", str(tmp_path), "--out", str(out)])
    monkeypatch.setattr(training, "ROUNDS", 60)
    learning.main()
    interaction = LateInteraction(EnglishEncoder(), Glosser())
    sentence = "The tower of place77 was built by Mason77 of Lind."
    words = read(SpanReader.load(out), interaction, "Who built the tower of place77?", sentence)
    assert best_span(words, sentence) == "Mason77"


def test_the_file_in_use_tells_where_it_comes_from():
    from safetensors import safe_open

    with safe_open(learning.FILE, "numpy") as file:
        about = file.metadata()
    assert about["date"]
    assert about["data"]
    assert all(0 < value < 1 for value in json.loads(about["report"]).values())


@pytest.mark.parametrize(
    "question",
    [
        "What share of Yiwu trade is exports?",
        "永康的三种产品各占全国的多少？",
        "Which four fields of work did Li Jun name?",
    ],
)
def test_what_is_read_stands_where_it_says_also_in_lists(assistant, question):
    asked = analyse(question)
    collection = assistant.collection
    evidence = gather_evidence(asked, collection.search(question, 12), collection)
    read = [item for item in evidence if item.reading]
    assert len(read) >= 4
    for item in read:
        starts = {token.span for token in read_words(item.text).tokens}
        assert {word.span for word in item.reading} <= starts


def test_the_span_that_is_read_best_is_measured_so():
    question = analyse("Who designed the ferry?")
    sentence = "The ferry was designed by Anna Holm."
    words = [
        WordScore(token.span, 3.0 * (token.text == "Anna"), 3.0 * (token.text == "Holm"), 0.0)
        for token in read_words(sentence).tokens
    ]
    whole = Sentence(Span(0, len(sentence)), "en", Kind.PROSE)
    item = Evidence("S1", "d", whole, sentence, Article("", "en"), 0.5, reading=tuple(words))
    tables = Tables(learned()["tables"])
    (table,), rows = measure_evidence(question, [item], tables)
    behind = rows[:, FEATURES.index("read_behind_best")]
    (best,) = np.flatnonzero(behind == 0)
    assert sentence[slice(*table.bounds(int(best)))] == "Anna Holm"
    _, rows = measure_evidence(question, [replace(item, reading=())], tables)
    assert len(np.unique(rows[:, FEATURES.index("read_behind_best")])) == 1
