"""The committed baseline: kept figures, README tables, and a paired comparison that names what broke."""

import json

import pytest

import evals
from evals import baseline as module
from evals.__main__ import main
from evals.examples import Example
from evals.own import write_summary
from evals.storing import RunFiles

EXAMPLES = [
    Example(
        id=f"q{number}",
        question=f"{number}号灯塔有多高？",
        language="zh",
        answers=[[f"{number}0 metres"]],
        quotes=["It is tall."],
        tags=["tall"],
    )
    for number in (1, 2, 3, 4)
]


def _run(folder, *right):
    """A run that answers the questions with these numbers rightly."""
    finished = evals.run(lambda question: f"{question[0] if question[0] in right else 7}0 metres", EXAMPLES, out=folder)
    write_summary(RunFiles(folder), finished)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BASELINE", tmp_path / "baseline.json")
    _run(tmp_path / "run", "1", "2", "3")
    return tmp_path


def test_keep_and_write_into_readmes(kept, capsys):
    readme, chinese = kept / "README.md", kept / "README.zh.md"
    for path in (readme, chinese):
        path.write_text("# A\n<!-- evals: start -->\nold\n<!-- evals: end -->\nB\n", encoding="utf-8")
    names = ["--readme", str(readme), "--readme", str(chinese)]
    assert main(["baseline", *names]) == 1
    assert main(["baseline", str(kept / "run"), *names, "--check"]) == 3
    assert "old" in readme.read_text(encoding="utf-8")
    assert main(["baseline", *names]) == 0
    assert main(["baseline", *names, "--check"]) == 0
    text = readme.read_text(encoding="utf-8")
    assert "| zh → en | 4 | .750 (.250-1.000) |" in text
    assert text.startswith("# A\n")
    assert text.endswith("B\n")
    assert "回答正确" in chinese.read_text(encoding="utf-8")
    written = (kept / "baseline.json").read_text(encoding="utf-8")
    assert json.loads(written) == module.read_baseline()
    assert "tag" not in json.loads(written)["metrics"]
    assert '  "q1": {"correct": 1.0, "proved": 0.0}' in written
    assert main(["baseline", str(kept)]) == 1
    assert "no finished run" in capsys.readouterr().err


def test_a_run_compared_with_the_baseline_names_what_broke(kept, capsys):
    baseline = str(kept / "baseline.json")
    assert main(["baseline", str(kept / "run")]) == 0
    _run(kept / "worse", "1", "2")
    _run(kept / "other", "1", "2", "4")
    assert main(["compare", baseline, str(kept / "run"), "--no-regression"]) == 0
    capsys.readouterr()
    out = ["--out", str(kept / "compared")]
    assert main(["compare", baseline, str(kept / "worse"), "--no-regression", *out]) == 3
    told = capsys.readouterr().out
    assert "- broken: q3" in told
    assert "correct fell from .750 to .500." in told
    assert (kept / "compared" / "compare.html").read_text(encoding="utf-8").count('<details class="q"') == 4
    assert main(["compare", baseline, str(kept / "other"), "--no-regression"]) == 0
    assert "1 broken, 1 fixed" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_tables_are_current(repository, name):
    readme = repository / name
    if (
        not module.BASELINE.is_file()
        or not readme.is_file()
        or "<!-- evals: start -->" not in readme.read_text(encoding="utf-8")
    ):
        pytest.skip("no baseline or no table yet")
    assert main(["baseline", "--readme", str(readme), "--check"]) == 0
