from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from corpus.errors import UserError
from index.student import FOLDER, Student
from index.training import recipe as recipes
from index.training.__main__ import main
from index.training.card import CARD_FILE, TRIED, write_card
from index.training.data import read_material
from index.training.export import export
from index.training.measure import Figure, interval
from index.training.model import Schedule, Trainer
from index.training.teacher import CachedTeacher
from index.training.vocabulary import Vocabulary, VocabularySize, choose_vocabulary

WORDS = {
    "猫": "cat",
    "狗": "dog",
    "河流": "river",
    "桥梁": "bridge",
    "图书馆": "library",
    "火车": "train",
    "苹果": "apple",
    "医生": "doctor",
    "花园": "garden",
    "城市": "city",
}
PATTERNS = [
    ("{}在{}旁边等着。", "The {} waits beside the {}."),
    ("我们看见{}和{}。", "We saw the {} and the {}."),
    ("{}没有去{}那里。", "The {} did not go to the {}."),
]
SCHEDULE = Schedule(steps=40, batch=64, questions=8, warm_up=5, checkpoint_every=20, learning_rate=1e-2)
RECIPE = recipes.Recipe(
    VocabularySize(200, 100, 50), SCHEDULE, width=24, hidden=16, passages=(("parallel_general", 20),)
)

Prepare = Callable[[Schedule], Trainer]


def bag_of_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Stands for the English encoder: a fixed random vector per word, added up."""
    vectors = np.zeros((len(texts), 32), np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().replace(".", " ").replace(",", " ").split():
            seed = int.from_bytes(word.encode()[:8].ljust(8, b"_"), "big")
            vectors[row] += np.random.default_rng(seed).normal(size=32) * (
                0.1 if len(word) < 4 and word != "cat" else 1
            )
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)


def write(path: Path, lines: Sequence[object]) -> None:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    pairs = list(WORDS.items())
    sentences = [
        {"zh": zh.format(a, b), "en": en.format(x, y), "source": "tatoeba"}
        for zh, en in PATTERNS
        for a, x in pairs
        for b, y in pairs
        if a != b
    ]
    write(folder / "parallel_general.jsonl", sentences)
    write(
        folder / "parallel_law_tw.jsonl",
        [{"zh": "醫生應住在城市。", "en": "The doctor shall live in the city.", "source": "tw-law"}],
    )
    write(
        folder / "parallel_tech.jsonl",
        [{"zh": "用 Python 画花园", "en": "Draw the garden with Python", "source": "tldr"}],
    )
    write(
        folder / "lexicon.jsonl",
        [{"zh": zh, "en": en, "source": "cedict"} for zh, en in pairs]
        + [{"zh": "汤姆", "en": "Tom", "source": "cedict"}],
    )
    passages = [{"id": f"p{n}", "text": f"从前有一个{zh}，它很有名。人们都喜欢{zh}。"} for n, zh in enumerate(WORDS)]
    write(folder / "qa_zh_cmrc_passages.jsonl", passages)
    write(
        folder / "qa_zh_cmrc_questions.jsonl",
        [
            {"question": f"人们喜欢哪个{zh}？", "passage_id": f"p{n}", "answers": [zh], "answer_starts": [5]}
            for n, zh in enumerate(WORDS)
        ],
    )
    write(folder / "qa_en_qamr_passages.jsonl", [{"text": "The train reached the city."}])
    write(folder / "qa_en_qamr_questions.jsonl", [{"question": "What reached the city?"}])
    return folder


@pytest.fixture(scope="module")
def vocabulary(data: Path) -> Vocabulary:
    return choose_vocabulary(read_material(data), RECIPE.vocabulary)


@pytest.fixture
def prepared(data: Path, vocabulary: Vocabulary, tmp_path: Path) -> Callable[[Schedule], Trainer]:
    torch.set_num_threads(1)
    teacher = CachedTeacher(bag_of_words, tmp_path / "work")

    def prepare(schedule: Schedule) -> Trainer:
        return recipes.prepare(read_material(data), vocabulary, teacher, replace(RECIPE, schedule=schedule), "cpu")

    return prepare


def numbers(trainer: Trainer) -> NDArray[np.float32]:
    return np.concatenate([value.detach().numpy().ravel() for value in trainer.model.parameters()])


def found_first(student: Student) -> float:
    pairs = list(WORDS.items())
    asked = [f"{pairs[n][0]}和{pairs[n - 1][0]}看见我们在等着" for n in range(len(pairs))]
    answers = bag_of_words([f"the {pairs[n - 1][1]} and the {pairs[n][1]} saw us waiting" for n in range(len(pairs))])
    return float((np.argmax(student.encode(asked) @ answers.T, axis=1) == np.arange(len(pairs))).mean())


def test_training_learns_and_the_artefact_keeps_it(vocabulary: Vocabulary, prepared: Prepare, tmp_path: Path) -> None:
    trainer = prepared(SCHEDULE)
    first = trainer.advance()
    trainer.run()
    assert trainer.step == SCHEDULE.steps
    assert trainer.advance() < first / 2
    export(tmp_path, vocabulary, recipes.network(trainer.model), trainer.hidden_peak())
    student = Student.load(tmp_path)
    assert student.dimension == 32
    assert found_first(student) == 1.0
    text = "医生在图书馆旁边"
    with torch.no_grad():
        rows = torch.from_numpy(vocabulary.segmenter().segment([text]).rows.astype(np.int64))
        floating = trainer.model(rows, torch.zeros(1, dtype=torch.long)).numpy()
    assert float((student.encode([text]) * floating).sum()) > 0.995


def test_same_seed_same_numbers_and_another_seed_others(prepared: Prepare) -> None:
    short = replace(SCHEDULE, steps=5)
    trainers = [prepared(schedule) for schedule in (short, short, replace(short, seed=1))]
    for trainer in trainers:
        trainer.run()
    assert np.array_equal(numbers(trainers[0]), numbers(trainers[1]))
    assert not np.array_equal(numbers(trainers[0]), numbers(trainers[2]))


def test_an_interrupted_run_ends_as_an_undisturbed_one(
    prepared: Prepare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = replace(SCHEDULE, steps=8, checkpoint_every=3)
    whole = prepared(schedule)
    whole.run()
    checkpoint = tmp_path / "checkpoint.pt"
    broken = prepared(schedule)
    step = broken.advance

    def stop_at_five() -> float:
        if broken.step == 5:
            raise KeyboardInterrupt
        return step()

    monkeypatch.setattr(broken, "advance", stop_at_five)
    with pytest.raises(KeyboardInterrupt):
        broken.run(checkpoint)
    resumed = prepared(schedule)
    resumed.run(checkpoint)
    assert np.array_equal(numbers(resumed), numbers(whole))


def test_targets_are_encoded_once(data: Path, tmp_path: Path) -> None:
    calls: list[int] = []

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        calls.append(len(texts))
        return bag_of_words(texts)

    first = CachedTeacher(counted, tmp_path).vectors("words", ["river", "bridge"])
    again = CachedTeacher(counted, tmp_path).vectors("words", ["river", "bridge"])
    assert calls == [2]
    assert np.array_equal(first, again)


def test_the_card_tells_sources_and_figures(data: Path, tmp_path: Path) -> None:
    figure = Figure("made up", 0.5, 0.9, 100, 40)
    low, high = interval(figure.first, figure.queries)
    assert 0.40 < low < 0.41 < 0.59 < high < 0.60
    write_card(tmp_path, read_material(data).counts(), RECIPE, {"rows": "12"}, [figure])
    card = (tmp_path / CARD_FILE).read_text(encoding="utf-8")
    assert "| parallel_general | Tatoeba, CC BY 2.0 FR (tatoeba) | 270 |" in card
    assert "| made up | 0.500 (0.404 to 0.596) | 0.900 (0.826 to 0.945) | 100 | 40 |" in card
    assert "- rows: 12" in card
    assert card.endswith(TRIED.read_text(encoding="utf-8"))


def test_the_card_of_the_student_that_comes_with_the_project_is_its_own() -> None:
    card = (FOLDER / CARD_FILE).read_text(encoding="utf-8")
    assert f"- fingerprint: {Student.load().fingerprint}\n" in card
    assert card.endswith(TRIED.read_text(encoding="utf-8"))


def test_missing_material_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UserError, match="missing"):
        read_material(tmp_path)
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "parallel_general.jsonl" in capsys.readouterr().err
