import json

import pytest

from evals import baseline as module
from evals.__main__ import main

FIGURE = {"n": 10, "mean": 0.9, "low": 0.7, "high": 1.0, "unscored": 0}
SUMMARY = {
    "schema": "yiju.evals/1",
    "set": "small",
    "questions": 10,
    "about": {"date": "2026-11-22", "code": "x"},
    "metrics": {
        "all": {"correct": FIGURE},
        "direction": {"zh->en": {"correct": FIGURE}},
        "kind": {},
        "tag": {"many": {}},
    },
    "calibration": {},
}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BASELINE", tmp_path / "baseline.json")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "summary.json").write_text(json.dumps(SUMMARY), encoding="utf-8")
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
    assert "| zh → en | 10 | .900 (.700-1.000) | - |" in text
    assert text.startswith("# A\n")
    assert text.endswith("B\n")
    assert "回答正确" in chinese.read_text(encoding="utf-8")
    assert "tag" not in json.loads((kept / "baseline.json").read_text(encoding="utf-8"))["metrics"]
    assert main(["baseline", str(kept)]) == 1
    assert "no finished run" in capsys.readouterr().err


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
