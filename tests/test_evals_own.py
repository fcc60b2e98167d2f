"""The bundled set over the bundled articles, with the real assistant."""

import json
import os
import subprocess
import sys

import pytest
from tiny_models import make_sentence_transformer

import evals
from evals.__main__ import main
from evals.about import about
from evals.own import choose
from evals.summary import summarise


def test_some_questions_of_the_bundled_set(assistant, tmp_path):
    examples = [example for example in evals.read_examples(evals.BUNDLED) if example.kind == "answerable"]
    finished = evals.run(assistant, choose(examples, 6), out=tmp_path, about=about(assistant))
    figures = summarise(finished)["metrics"]["all"]
    assert figures["quotes_verbatim"]["mean"] == 1.0
    assert figures["article_recall_at_5"]["n"] == 6
    assert figures["correct"]["mean"] > 0
    line = json.loads((tmp_path / "records.jsonl").read_text(encoding="utf-8").split("\n")[0])
    assert "milliseconds" not in json.dumps(line)
    again = evals.run(assistant, choose(examples, 6), about=about(assistant))
    assert again.records == finished.records


def test_bad_input_is_one_line(tmp_path, capsys):
    (tmp_path / "set.jsonl").write_text("{broken\n", encoding="utf-8")
    for arguments in (
        ["--home", str(tmp_path / "nowhere")],
        ["--fail-under", "beauty=1"],
        ["--setting", "index.embedder.kind=magic"],
        ["--data", str(tmp_path / "nowhere"), "--set", "xquad"],
        ["--data", str(tmp_path), "--set", "nosuch"],
    ):
        assert main(["run", "--out", str(tmp_path / "out"), *arguments]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_any_embedder_can_be_measured(tmp_path):
    model = make_sentence_transformer(tmp_path)
    chosen = {"kind": "sentence_transformer", "model": str(model), "device": "cpu"}
    settings = [word for name, value in chosen.items() for word in ("--setting", f"index.embedder.{name}={value}")]
    assert main(["run", "--out", str(tmp_path / "out"), "--limit", "3", *settings]) == 0
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["about"]["configuration"]["index"]["embedder"]["model"] == str(model)
    assert summary["metrics"]["all"]["quotes_verbatim"]["mean"] in (1.0, None)


@pytest.mark.slow
def test_two_whole_runs_are_equal(tmp_path, capsys, repository):
    """In processes of their own, with other hash seeds, one of them asking two questions at once."""
    for name, seed, jobs in (("a", "1", "1"), ("b", "2", "2")):
        command = [sys.executable, "-m", "evals", "run", "--out", str(tmp_path / name), "--jobs", jobs]
        subprocess.run(
            [*command, "--fail-under", "quotes_verbatim=1"],
            check=True,
            cwd=repository,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    for file in ("records.jsonl", "summary.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b"), "--no-regression"]) == 0
    assert "McNemar p = 1.000" in capsys.readouterr().out
