from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UserError
from evals.__main__ import main
from evals.speed_encoder import TARGETS
from index.student import INPUT_STEPS, Student, unpack
from index.training.export import Network, export, pack
from index.training.vocabulary import Vocabulary, fold, folding_table
from index.units import Segmenter, unit_keys

FOLDING = folding_table()
UNITS = ["大", "桥", "大桥", "江", "长江", "长", "市长", "市", "python", "2031", "#py", "#th", "#on", "#20", "#3", "的"]
COSTS = {"大桥": 700, "长江": 700, "市长": 700, "的": 400, "python": 900, "2031": 900}


def vocabulary() -> Vocabulary:
    order = np.argsort(unit_keys(UNITS))
    units = [UNITS[row] for row in order]
    return Vocabulary(units, np.array([COSTS.get(unit, 1000) for unit in units], np.int32), FOLDING)


def numbers(seed: int = 5, width: int = 12, hidden: int = 20, dimension: int = 16) -> Network:
    draw = np.random.default_rng(seed).normal
    return Network(
        draw(size=(len(UNITS), width)).astype(np.float32),
        draw(size=(width, dimension)).astype(np.float32),
        draw(size=(width, hidden)).astype(np.float32),
        draw(size=hidden).astype(np.float32) * 0.3,
        draw(size=(hidden, dimension)).astype(np.float32) * 0.2,
    )


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> Student:
    folder = tmp_path_factory.mktemp("student")
    export(folder, vocabulary(), numbers(), hidden_peak=3.0)
    return Student.load(folder)


def split(text: str) -> list[str]:
    words = vocabulary()
    return [words.units[row] for row in words.segmenter().segment([text]).rows]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("市长江大桥的", ["市", "长江", "大桥", "的"], id="cheapest-split"),
        pytest.param("長江大橋", ["长江", "大桥"], id="traditional"),
        pytest.param("Ｐｙｔｈｏｎ在江", ["python", "江"], id="full-width-and-unknown-character"),
        pytest.param("2031年，大", ["2031", "大"], id="number-beside-chinese"),
        pytest.param("pythons 203", ["#py", "#th", "#on", "#20", "#3"], id="pieces-of-unknown-words"),
        pytest.param("大。桥", ["大", "桥"], id="punctuation-parts-words"),
        pytest.param("", [], id="empty"),
        pytest.param("!?", [], id="nothing-known"),
    ],
)
def test_texts_are_split_into_units(text: str, units: list[str]) -> None:
    assert split(text) == units


@given(st.lists(st.text(alphabet="大桥长江市的python2031 ，é𠀀", max_size=30), max_size=8))
def test_texts_are_split_alike_alone_and_together(texts: list[str]) -> None:
    segmenter = vocabulary().segmenter()
    together = segmenter.segment(texts)
    assert len(together.offsets) == len(texts) + 1
    for number, text in enumerate(texts):
        rows = together.rows[together.offsets[number] : together.offsets[number + 1]]
        assert rows.tolist() == segmenter.segment([text]).rows.tolist()


@given(st.text(max_size=40))
def test_folding_keeps_the_number_of_characters_and_is_done_at_once(text: str) -> None:
    text = text.replace("\n", " ")
    once = fold([text], FOLDING)[0]
    assert len(once) == len(text)
    assert fold([once], FOLDING)[0] == once


def test_no_units_for_no_texts(student: Student) -> None:
    assert student.encode([]).shape == (0, 16)
    empty = Segmenter(np.zeros(1, np.uint64), np.zeros(1, np.int32), FOLDING).segment(["长江"])
    assert len(empty.rows) == 0


def test_vectors_are_unit_vectors_or_zero(student: Student) -> None:
    vectors = student.encode(["长江大桥", "？", "市长 Python"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1], atol=1e-6)


def test_vectors_do_not_depend_on_company_or_order(student: Student) -> None:
    texts = ["长江大桥的市长", "Python 2031", "", "大", "桥" * 400] * 90
    together = student.encode(texts)
    alone = np.concatenate([student.encode([text]) for text in texts[:5]])
    assert np.array_equal(together[:5], alone)
    assert np.array_equal(together[::-1], student.encode(texts[::-1]))


def test_whole_numbers_follow_the_trained_ones(student: Student) -> None:
    network, words = numbers(), vocabulary()
    texts = ["长江大桥", "市长的 python", "2031 大江"]
    segmenter = words.segmenter()
    pooled = np.stack([network.table[segmenter.segment([text]).rows].sum(axis=0) for text in texts])
    pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
    hidden = np.maximum(pooled @ network.inner + network.inner_bias, 0).clip(max=3.0)
    wanted = pooled @ network.projection + hidden @ network.outer
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert (student.encode(texts) * wanted).sum(axis=1).min() > 0.98
    assert INPUT_STEPS * 127 * 19.6 < 2**24


def test_four_bits_a_number_keep_the_direction_of_every_row() -> None:
    table = np.random.default_rng(1).normal(size=(300, 384)).astype(np.float32)
    table *= np.random.default_rng(2).uniform(0.05, 1, size=(300, 1)).astype(np.float32)
    packed, multipliers, scales = pack(table)
    assert packed.shape == (300, 192)
    whole = unpack(packed, multipliers) * scales
    cosines = (whole * table).sum(axis=1) / np.linalg.norm(whole, axis=1) / np.linalg.norm(table, axis=1)
    assert cosines.min() > 0.98
    np.testing.assert_allclose(np.linalg.norm(whole, axis=1), np.linalg.norm(table, axis=1), rtol=0.1)


def test_fingerprint_tells_students_apart(tmp_path: Path) -> None:
    first = export(tmp_path / "a", vocabulary(), numbers(5), 3.0)
    assert export(tmp_path / "b", vocabulary(), numbers(5), 3.0) == first
    assert export(tmp_path / "c", vocabulary(), numbers(6), 3.0) != first
    assert Student.load(tmp_path / "a").fingerprint == first


def test_missing_student_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no Chinese encoder"):
        Student.load(tmp_path)


def test_broken_student_is_told(tmp_path: Path) -> None:
    (tmp_path / "student.safetensors").write_bytes(b"not a student")
    with pytest.raises(UserError, match="cannot be read"):
        Student.load(tmp_path)


def test_the_student_that_comes_with_the_project() -> None:
    student = Student.load()
    assert student.dimension == 384
    texts = [
        "医院里的护士太少了。",
        "醫院裡缺少護理人員",
        "火车晚点三个小时",
        "列车误点了很久",
        "球队赢了冠军",
        "他们夺得锦标赛第一名",
    ]
    vectors = student.encode(texts)
    nearness = vectors @ vectors.T - 2 * np.eye(len(texts))
    assert nearness.argmax(axis=1).tolist() == [1, 0, 3, 2, 5, 4]


def test_the_command_measures_it_and_finds_the_same_vectors_on_other_processors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["speed", "--encoder", "--out", str(tmp_path)]) == 0
    assert "| same vectors on other processors | yes |" in capsys.readouterr().out
    results = json.loads((tmp_path / "speed-encoder.json").read_text(encoding="utf-8"))
    assert set(TARGETS) <= set(results)
    assert 20 < results["megabytes"] <= TARGETS["megabytes"]
