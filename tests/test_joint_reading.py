"""The reader: whether a sentence answers a question and where in it, and how that is learned."""

import functools
import json
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.analysis import analyse
from assistant.evidence import gather_evidence
from assistant.extraction import measure_evidence
from assistant.learned import learned
from assistant.learning import examples
from assistant.learning import reader as learning
from assistant.learning.swapping import Swaps
from assistant.reading import read_words
from assistant.records import Evidence, WordScore
from assistant.second_look import word_scores
from assistant.span_context import Tables
from assistant.span_features import FEATURES
from corpus.languages import count_han
from corpus.records import Article, Kind, Sentence, Span
from index.bilingual import EnglishEncoder
from index.bridged_pieces import BridgedPieces
from index.glossing import Glosser
from index.joint_reading import JointReader, Reading, joint_tokens
from index.late_interaction import Window
from index.reader_export import FILE, build_reader, packed, unpacked
from index.training import reader as training

PAIRS = [
    ("Who designed the ferry?", "The ferry of Port Ellis was designed by Anna Holm in 1987.", "Anna Holm"),
    ("When was the ferry designed?", "The ferry of Port Ellis was designed by Anna Holm in 1987.", "1987"),
    ("白石镇集市创办于哪一年？", "白石镇集市由林海涛创办，那是1996年的事。", "1996年"),
    ("集市有多少个摊位？", "白石镇集市有320个摊位和两扇门。", "320个"),
]
ACROSS = ("集市有多少个摊位？", "The market of Whitestone has 320 stalls and two gates.", "320")
BESIDE = "The council met on Friday and spoke about the weather."


@functools.lru_cache(maxsize=1)
def pieces():
    return BridgedPieces(EnglishEncoder(), Glosser())


@pytest.fixture(scope="module")
def reader():
    return JointReader(pieces())


def read(reader, question, sentence):
    (found,) = reader.read(question, [Window("", "", sentence)])
    return found


def best_span(reading, sentence):
    first, last = reading.best_place
    return sentence[reading.places[first].start : reading.places[last].end]


@pytest.mark.parametrize(("question", "sentence", "answer"), PAIRS)
def test_answers_begin_and_end_where_they_do(reader, question, sentence, answer):
    found = read(reader, question, sentence)
    assert best_span(found, sentence) == answer
    words = word_scores(sentence, found)
    assert {word.span for word in words} <= {token.span for token in read_words(sentence).tokens}
    assert all(word.inside > 0 for word in words if word.span.cut(sentence) in answer.split())


def test_answers_are_found_across_languages(reader):
    question, sentence, answer = ACROSS
    assert answer in best_span(read(reader, question, sentence), sentence)


@pytest.mark.parametrize(("question", "sentence", "answer"), [*PAIRS, ACROSS])
def test_the_sentence_that_answers_is_told_from_one_beside_the_point(reader, question, sentence, answer):
    right, wrong = reader.read(question, [Window("", "", sentence), Window("", "", BESIDE)])
    assert right.answers > wrong.answers + 1
    assert right.best > wrong.best


def test_who_did_it_to_whom_is_read(reader):
    sentence = "The baker of Arn paid the miller of Vell for the flour."
    assert "baker" in best_span(read(reader, "Who paid the miller?", sentence), sentence)
    assert "miller" in best_span(read(reader, "Whom did the baker pay?", sentence), sentence)


def test_the_sentence_before_tells_what_a_pronoun_means(reader):
    sentence = "It was designed by Anna Holm."
    question = "Who designed the ferry of Port Ellis?"
    windows = [Window("", before, sentence) for before in ("The ferry of Port Ellis is old.", "The mill is old.")]
    right, wrong = reader.read(question, windows)
    assert right.answers > wrong.answers


@pytest.mark.parametrize("text", ["", " ", "…", "😀", "\ud800", "的", "a " * 3_000, "的" * 3_000, "价格（元）：３．５"])
def test_any_text_can_be_read(reader, text):
    for question, sentence in ((text, "A mill stands here."), ("谁？", text), ("Who?", text)):
        (found,) = reader.read(question, [Window(text, text, sentence)])
        assert len(found.words) == len(found.places)
        assert np.isfinite([found.answers, found.best, *found.words.ravel()]).all()
        assert {word.span for word in word_scores(sentence, found)} <= {t.span for t in read_words(sentence).tokens}
    assert reader.read(text, []) == []


def test_chinese_is_read_by_what_the_english_beside_it_means():
    for question, sentence in (
        ("Whose interests count?", "规则照顾小企业的利益。"),
        ("谁的利益？", "Interests count."),
    ):
        window = Window("", "", sentence)
        zh, en = (question, sentence) if count_han(question) else (sentence, question)
        ids, _, _ = joint_tokens(pieces(), question, window)
        (interest,) = {p.number for p in pieces().of("interest")}
        assert interest in ids
        assert interest not in {p.number for p in pieces().of(zh)}
        assert pieces().of(zh, en) != pieces().of(zh) == pieces().of(zh, zh)
        assert pieces().of(en, zh) == pieces().of(en)


def test_readings_do_not_depend_on_company(reader):
    windows = [Window("Title", "Before it.", f"The mill of Arn grinds rye number {n}.") for n in range(6)]
    together = reader.read("What does the mill grind?", windows)
    (alone,) = reader.read("What does the mill grind?", windows[3:4])
    assert alone.answers == together[3].answers
    assert np.array_equal(alone.words, together[3].words)


def test_a_word_scores_as_the_best_of_its_pieces():
    rows = np.array([[1, -1, 0], [0, 2, 1], [-3, -3, -3]], dtype=np.float32)
    places = (Span(0, 2), Span(2, 4), Span(0, 0))
    assert word_scores("zuyu mill", Reading(0.0, rows, places)) == (WordScore(Span(0, 4), 1.0, 2.0, 1.0),)


def _texts():
    for question, sentence, _ in PAIRS:
        ids, start, places = joint_tokens(pieces(), question, Window("News", BESIDE, sentence))
        yield training.Text(ids, start, len(places)), question, Window("News", BESIDE, sentence)


def test_onnxruntime_reads_as_torch_does(tmp_path):
    torch.manual_seed(3)
    model = training.Reader(pieces().marks).eval()
    kept = packed(model.tensors())
    from safetensors.numpy import save_file

    save_file(kept, tmp_path / "reader.safetensors")
    reader = JointReader(pieces(), tmp_path / "reader.safetensors", "float32", tmp_path)
    texts = list(_texts())
    with torch.no_grad(), torch.autocast("cpu", enabled=False):
        words, answers = (found.numpy() for found in model([text for text, _, _ in texts]))
    for (text, question, window), rows, answer in zip(texts, words, answers, strict=True):
        (found,) = reader.read(question, [window])
        assert np.allclose(found.words, rows[text.start : text.start + text.size], atol=0.08)
        assert abs(found.answers - answer) < 0.08


def test_eight_bits_read_as_full_numbers_do(reader, tmp_path):
    full = JointReader(pieces(), precision="float32", cache=tmp_path)
    for _, question, window in _texts():
        (one,), (other,) = reader.read(question, [window]), full.read(question, [window])
        assert one.best_place == other.best_place
        assert abs(one.answers - other.answers) < 1.0


def test_what_is_kept_comes_back(tmp_path):
    tensors = unpacked(FILE)
    again = packed(tensors)
    for name, values in tensors.items():
        if name in again and again[name].dtype == np.int8:
            assert np.allclose(again[name] * again[f"{name}.scales"][:, None], values, atol=1e-6)
    assert FILE.stat().st_size < 12_000_000
    assert len(build_reader(tensors, "int8")) < 36_000_000


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_the_blend_of_two_readers_lies_between_them(share):
    one, kept = training.Reader(pieces().marks), unpacked(FILE)
    before = {name: values.copy() for name, values in one.tensors().items()}
    one.blend(kept, share)
    after = one.tensors()
    for name in kept:
        rows = len(kept[name])
        assert np.allclose(after[name][:rows], (1 - share) * before[name][:rows] + share * kept[name], atol=1e-6), name


def _write_questions(folder):
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
            (folder / f"{name}_{kind}.jsonl").write_text(lines, encoding="utf-8")


def _write_sets(folder):
    """Sets in which Tower n stands in English and, in `xquad`, in Chinese too."""
    told = {"en": "Tower {n} is {n}0 feet high.", "zh": "第{n}座塔高{n}0尺。"}
    asked = {"en": "How high is tower {n}?", "zh": "第{n}座塔有多高？"}
    for name, languages in (("xquad", ("en", "zh")), ("nq_en", ("en",)), ("drcd", ("zh",))):
        (folder / name).mkdir(parents=True)
        passages, questions = [], []
        for n in range(1, 25):
            for language in languages:
                text, place = told[language].format(n=n), f"{language}{n}"
                twin = f"t{n}" if len(languages) > 1 else None
                passages.append(
                    {"id": place, "lang": language, "title": f"Tower {n}", "text": text, "parallel_id": twin}
                )
                question = {"id": f"q{place}", "lang": language, "question": asked[language].format(n=n)}
                answer = {"answers": [f"{n}0"], "answer_starts": [text.index(f"{n}0")]}
                questions.append({**question, **answer, "passage_id": place, "parallel_id": twin})
        for kind, rows in (("passages", passages), ("questions", questions)):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / name / f"{kind}.jsonl").write_text(lines, encoding="utf-8")


def test_no_article_teaches_both_the_reader_and_what_builds_on_it(tmp_path):
    _write_sets(tmp_path)
    found = list(examples.readers(tmp_path))
    assert {each.source for each in found} == {
        "xquad en-en", "xquad en-zh", "xquad zh-zh", "xquad zh-en", "nq_en en-en", "drcd zh-zh",
    }  # fmt: skip
    for each in found:
        assert each.answers[0].cut(each.document.text) in each.document.article.title + "0"
    of_reader = {each.document.article.title for each in found if each.source == "nq_en en-en"}
    rest = {each.group for each in examples.read_set("nq_en", tmp_path / "nq_en", tmp_path / "work")}
    assert of_reader
    assert rest
    assert of_reader.isdisjoint(rest)
    assert len(of_reader | rest) == 24


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAIRS), st.integers(0, 5))
def test_a_swapped_question_asks_of_what_its_sentence_does_not_tell(pair, skipped):
    question, sentence, _ = pair
    swaps = Swaps(["Which bridge did Mark Lund open in 2011?", "黑水县渡口有多少名船工？"])
    for _ in range(skipped):
        swaps.swapped(question, Window("", "", sentence))
    swapped = swaps.swapped(question, Window("", "", sentence))
    if swapped is not None:
        old = {token.text for token in read_words(question).tokens}
        new = {token.text for token in read_words(swapped).tokens} - old
        assert new
        assert not any(word in sentence for word in new)


def test_where_nothing_is_shared_nothing_is_swapped():
    assert Swaps(["Who opened the bridge?"]).swapped("Who opened the bridge?", Window("", "", "天气很好。")) is None


@pytest.mark.slow
def test_it_is_learned_from_marked_questions(tmp_path, monkeypatch):
    _write_questions(tmp_path)
    out = tmp_path / "reader.safetensors"
    _write_sets(tmp_path / "sets")
    folders = ["--training", str(tmp_path), "--data", str(tmp_path / "sets")]
    monkeypatch.setattr(learning, "_SAMPLE", 20)
    monkeypatch.setattr(sys, "argv", ["learn", *folders, "--out", str(out), "--rounds", "20"])
    learning.main()
    on = tmp_path / "on.safetensors"
    monkeypatch.setattr(sys, "argv", ["learn", *folders, "--out", str(on), "--rounds", "1", "--start", str(out)])
    learning.main()
    sentence = "The tower of place77 was built by Mason77 of Lind."
    for file in (out, on):
        found = read(JointReader(pieces(), file, cache=tmp_path), "Who built the tower of place77?", sentence)
        assert best_span(found, sentence).startswith("Mason7")


def test_the_file_in_use_tells_where_it_comes_from():
    from safetensors import safe_open

    with safe_open(FILE, "numpy") as file:
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
def test_what_is_read_stands_where_it_says_also_in_lists(assistant, question, monkeypatch):
    monkeypatch.setattr("assistant.evidence.LEAST_CHANCE", 0.0)
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
