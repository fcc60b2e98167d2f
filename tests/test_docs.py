"""The README is run: its snippets, its help text, its settings; the Chinese twin keeps in step."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import build_parser
from assistant.settings import AssistantSettings, settings_to_toml

ROOT = Path(__file__).parent.parent
README, README_ZH = ROOT / "README.md", ROOT / "README.zh.md"


def _blocks(path):
    return re.findall(r"```(\w*)\n(.*?)```", path.read_text(encoding="utf-8"), re.S)


def _between(path, marker):
    return re.search(
        rf"<!-- {marker} -->\n```\w+\n(.*?)```\n<!-- /{marker} -->", path.read_text(encoding="utf-8"), re.S
    )[1]


def _headings(path):
    without_code = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    return [len(marks) for marks in re.findall(r"^(#+) ", without_code, re.M)]


def test_the_library_example_runs_as_printed(tmp_path):
    (code,) = [code for language, code in _blocks(README) if language == "python"]
    assert len(code.strip().splitlines()) <= 10
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, cwd=tmp_path, check=False,
        env={"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "answered" in done.stdout
    assert "88" in done.stdout


@pytest.mark.parametrize("path", [README, README_ZH], ids=["en", "zh"])
def test_help_is_current(path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    assert _between(path, "help") == build_parser().format_help()


@pytest.mark.parametrize("path", [README, README_ZH], ids=["en", "zh"])
def test_settings_are_current(path):
    assert _between(path, "settings") == settings_to_toml(AssistantSettings())


def test_the_chinese_twin_is_in_step():
    assert _headings(README) == _headings(README_ZH)
    assert _blocks(README) == _blocks(README_ZH)


def test_links_lead_somewhere():
    for path in (README, README_ZH):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), target


def test_make_targets_named_in_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)$", README.read_text(encoding="utf-8"), re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_eval_table_is_that_of_the_baseline():
    from evals.baseline import read_baseline, with_table

    for path in (README, README_ZH):
        text = path.read_text(encoding="utf-8")
        assert with_table(text, read_baseline(), chinese=path is README_ZH) == text
        assert "| " in text.split("<!-- evals: start -->")[1].split("<!-- evals: end -->")[0]
