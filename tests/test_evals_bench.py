"""External sets in small copies written here: reading, directions, fusion of baselines, figures."""

import json

import pytest

from assistant.records import Answer, Status
from corpus.errors import UserError
from evals.bench.ablation import ablation_rows
from evals.bench.answers import scores
from evals.bench.baselines import baselines, reciprocal_rank_fusion
from evals.bench.given import choose_documents
from evals.bench.retrieval import PAIRED, mixed_tasks, our_rows, row
from evals.bench.running import Plan, chosen_sets, run_bench
from evals.bench.sets import Question, Task, sample, tasks_of
from evals.bench.tables import retrieval_table
from evals.metrics.answers import rgb_matched

PASSAGES = [
    {
        "id": "e1",
        "lang": "en",
        "title": "Tea",
        "text": "Green tea from the hills is dried for two days.",
        "parallel_id": "p1",
    },
    {"id": "z1", "lang": "zh", "title": "茶", "text": "山里的绿茶要晒两天。", "parallel_id": "p1"},
    {
        "id": "e2",
        "lang": "en",
        "title": "Boats",
        "text": "The ferry crosses the wide lake every hour.",
        "parallel_id": "p2",
    },
    {"id": "z2", "lang": "zh", "title": "船", "text": "渡轮每小时横渡宽阔的湖。", "parallel_id": "p2"},
]
QUESTIONS = [
    {"id": "eq1", "lang": "en", "question": "How long is green tea dried?", "passage_id": "e1", "answers": ["two days"], "parallel_id": "q1"},
    {"id": "zq1", "lang": "zh", "question": "绿茶要晒多久？", "passage_id": "z1", "answers": ["两天"], "parallel_id": "q1"},
    {"id": "eq2", "lang": "en", "question": "How often does the ferry cross the lake?", "passage_id": "e2", "answers": ["every hour"], "parallel_id": "q2"},
    {"id": "zq2", "lang": "zh", "question": "渡轮多久横渡一次湖？", "passage_id": "z2", "answers": ["每小时"], "parallel_id": "q2"},
]  # fmt: skip


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data" / "xquad"
    folder.mkdir(parents=True)
    for name, lines in (("passages", PASSAGES), ("questions", QUESTIONS)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    sentences = tmp_path / "data" / "ntrex"
    sentences.mkdir()
    (sentences / "sentences.jsonl").write_text(
        json.dumps({"id": "n1", "en": "Rain fell all night.", "zh": "雨下了一整夜。"}) + "\n", encoding="utf-8"
    )
    return tmp_path / "data"


def test_directions_and_gold(data):
    tasks = {task.direction: task for task in tasks_of(data, "xquad")}
    assert list(tasks) == ["en->en", "en->zh", "zh->en", "zh->zh"]
    crossing = tasks["zh->en"].questions[0]
    english = {passage.id: passage.document_id for passage in tasks["en->en"].passages}
    assert crossing.gold == {english["e1"]}
    assert crossing.answers == ("two days",)
    assert crossing.text == "绿茶要晒多久？"
    assert crossing.twins == tasks["zh->zh"].questions[0].gold
    assert tasks["zh->zh"].questions[0].twins == crossing.gold
    assert {passage.language for passage in tasks["zh->en"].passages} == {"en"}
    assert [task.name for task in tasks_of(data, "ntrex")] == ["ntrex en->zh", "ntrex zh->en"]


@pytest.mark.parametrize(("direction", "f1"), [("zh->zh", 1 / 3), ("en->zh", 1 / 3), ("zh->en", 0.0), ("en->en", 0.0)])
def test_a_number_is_compared_as_the_language_of_its_passage_is(tmp_path, direction, f1):
    folder = tmp_path / "scores"
    folder.mkdir()
    passages = [
        {"id": "e", "lang": "en", "text": "She got 7points for it."},
        {"id": "z", "lang": "zh", "text": "她得了7点几分。"},
    ]
    questions = [
        {"id": "eq", "lang": "en", "question": "What did she get?", "passage_id": "e", "answers": ["7"], "parallel_id": "q"},
        {"id": "zq", "lang": "zh", "question": "她得了多少？", "passage_id": "z", "answers": ["7"], "parallel_id": "q"},
    ]  # fmt: skip
    for name, lines in (("passages", passages), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    task = next(task for task in tasks_of(tmp_path, "scores") if task.direction == direction)
    said = Answer("?", "en", Status.ANSWERED, "7点几分", "7点几分" if f1 else "7points", (), 0.5)
    assert scores(said, task.questions[0], [])["f1"] == pytest.approx(f1, abs=0.1)


def test_sample_is_the_same_every_time(data):
    task = tasks_of(data, "xquad")[0]
    assert sample(task, 1) == sample(task, 1)
    assert len(sample(task, 1).questions) == 1
    assert sample(task, None) is task


@pytest.mark.parametrize("direction", range(4))
def test_the_twin_is_taken_out_of_a_mixed_ranking(data, direction):
    task = mixed_tasks(tasks_of(data, "xquad"))[direction]
    assert len(task.passages) == 4
    rankings = [[*question.twins, *question.gold] for question in task.questions]
    assert all(len(ranking) == 2 for ranking in rankings)
    assert row(task, "s", rankings).figures["R@1"]["mean"] == 1.0


def test_our_search_on_all_directions(data, tmp_path):
    rows = our_rows(tasks_of(data, "xquad"), tmp_path / "homes")
    assert [found.figures["R@5"]["mean"] for found in rows] == [1.0] * 4
    assert "| xquad | zh->en | Yiju | 2 | " in retrieval_table(rows)


def test_run_writes_figures_and_names_faults(data, tmp_path):
    said = []
    run_bench(Plan(data, ("xquad", "ntrex"), tmp_path / "out", answers=False), said.append)
    rows = json.loads((tmp_path / "out" / "bench.json").read_text(encoding="utf-8"))["retrieval"]
    assert len(rows) == len(said) == 6
    with pytest.raises(UserError, match="no set 'nq_en'"):
        run_bench(Plan(data, ("nq_en",), tmp_path / "out"), said.append)
    (data / "xquad" / "questions.jsonl").write_text("{broken", encoding="utf-8")
    with pytest.raises(UserError, match=r"questions\.jsonl, line 1"):
        tasks_of(data, "xquad")


@pytest.mark.slow
def test_every_baseline_ranks_the_passages(data):
    task = tasks_of(data, "xquad")[0]
    passages = {passage.document_id for passage in task.passages}
    for name, system in baselines().items():
        rankings = system(task.passages, [question.text for question in task.questions])
        assert len(rankings) == len(task.questions), name
        assert all(ranking and set(ranking) <= passages for ranking in rankings), name


def test_set_names():
    assert chosen_sets("xquad, rgb") == ("xquad", "rgb")
    assert "clapnq_abstain" in chosen_sets("all")
    with pytest.raises(UserError, match="'nosuch'"):
        chosen_sets("xquad,nosuch")


def test_reciprocal_rank_fusion_counts_from_one():
    # a: 1/61 + 1/62; b: 1/62 + 1/61; c: 1/63; equal sums by id
    assert reciprocal_rank_fusion(["a", "b", "c"], ["b", "a"]) == ["a", "b", "c"]


def test_rgb_documents_follow_the_noise():
    line = {"kind": "refine", "positive": [f"p{i}" for i in range(6)], "negative": [f"n{i}" for i in range(5)]}
    assert choose_documents(line, 0.8) == ["p0", "n0", "n1", "n2", "n3"]
    assert choose_documents(line, 0.0) == ["p0", "p1", "p2", "p3", "p4"]
    few = line | {"positive": ["p0", "p1"]}
    assert choose_documents(few, 0.0) == ["p0", "p1", "n0", "n1", "n2"]
    two = line | {"kind": "int", "positive": [["a0", "a1"], ["b0"]]}
    assert choose_documents(two, 0.8) == ["a0", "b0", "n0", "n1", "n2"]
    assert choose_documents(two, 0.0) == ["a0", "b0", "a1", "n0", "n1"]


def test_rgb_rule():
    assert rgb_matched("In 2021 it was Lyon", [["lyon", "Paris"], ["2021"]], "en") == 1.0
    assert rgb_matched("里 昂", [["里昂"]], "zh") == 1.0
    assert rgb_matched("Lyon", [["lyon"], ["2021"]], "en") == 0.0


def test_ablation_tells_each_bridge_alone_and_with_the_rest(data, tmp_path):
    task = tasks_of(data, "xquad")[2]
    rows = ablation_rows([task], tmp_path / "homes")
    assert [found.system.removeprefix("Yiju ") for found in rows] == [
        "without vectors",
        "without titles",
        "without closeness",
        "without words in context",
        "without glosses",
        "without the trained table",
        "vectors alone",
        "vectors alone, of glosses",
        "vectors alone, of the trained table",
    ]
    assert all(found.figures["R@1"]["n"] == found.figures[PAIRED]["n"] == 2 for found in rows)
    both, glosses = (found.figures for found in rows[6:8])
    assert glosses[PAIRED]["mean"] == glosses["R@1"]["mean"] - both["R@1"]["mean"]


def test_a_paired_difference_is_told_beside_the_fuller_system():
    questions = tuple(Question(str(n), "en", f"q{n}", frozenset({f"d{n}"})) for n in range(4))
    task = Task("made", "en->en", (), questions)
    whole = [[f"d{n}", "x"] for n in range(4)]
    worse = [["x", "d0"], ["x", "d1"], *whole[2:]]
    told = row(task, "less", worse, whole).figures
    assert told["R@1"]["mean"] == 0.5
    assert told[PAIRED]["mean"] == -0.5
    assert told[PAIRED]["low"] <= -0.5 <= told[PAIRED]["high"] <= 0
    assert row(task, "same", whole, whole).figures[PAIRED]["mean"] == 0
    assert PAIRED not in row(task, "alone", whole).figures
    assert PAIRED in retrieval_table([row(task, "less", worse, whole), row(task, "alone", whole)])
