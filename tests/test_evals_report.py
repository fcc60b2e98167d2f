"""The report, the comparison and the limits, on a small run of our own."""

import json
import re
from dataclasses import replace

import pytest

import evals
from assistant.records import AnswerType
from corpus.errors import UserError
from evals.comparing import compare, comparison_table, regressions, summary_regressions
from evals.examples import Example
from evals.limits import failures, parse_limits
from evals.own import write_summary
from evals.records import CitedQuote, Response
from evals.report import write_report
from evals.report.texts import TEXTS
from evals.storing import RunFiles
from evals.summary import METRICS, summarise
from evals.tables import LABELS

NASTY = '<script>alert("x")</script> & <b>9 cranes</b>'


class System:
    """Answers from a table; knows its confidence."""

    name = "table"

    def __init__(self, answers):
        self.answers = answers

    def respond(self, example):
        text, confidence = self.answers[example.id]
        status = "answered" if text else "not_found"
        quotes = (CitedQuote(NASTY, "d", 0, len(NASTY), "a.md", "Title", "en", "before ", " after"),) if text else ()
        return Response(text, text, status, quotes, confidence)

    def document_text(self, document_id):
        return NASTY


def _example(number, **more):
    return Example(
        id=f"q{number}",
        question=f"How many cranes, case {number}? {NASTY}",
        language="en",
        answers=[["9 cranes"]],
        quotes=["9 cranes"],
        **more,
    )


EXAMPLES = [
    _example(1),
    _example(2),
    _example(3),
    Example(id="q4", question="港口何时建成？", language="zh", kind="unanswerable", tags=["port"]),
]
FIRST = System({"q1": ("9 cranes", 0.9), "q2": ("8 cranes", 0.6), "q3": ("", 0.2), "q4": ("", 0.1)})
SECOND = System({"q1": ("9 cranes", 0.9), "q2": ("9 cranes", 0.7), "q3": ("9 cranes", 0.8), "q4": ("1901", 0.7)})


def _run(folder, system):
    finished = evals.run(system, EXAMPLES, out=folder, about={"date": "2026-11-22"})
    write_summary(RunFiles(folder), finished)
    return finished


def test_page_is_whole_escaped_and_quiet(tmp_path):
    _run(tmp_path, FIRST)
    page = write_report(tmp_path).read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert page.count('<details class="q"') == len(EXAMPLES)
    assert "before <mark>" in page
    assert not re.search(r'(?:src|href)\s*=\s*["\']?(?:https?:)?//', page)
    assert not re.search(r"url\((?!#)|@import", page)
    assert "t:" not in re.findall(r"<text[^>]*>([^<]*)<", page)
    assert (tmp_path / "report.md").read_text(encoding="utf-8").count("\\|") == 0
    assert "<script>" not in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_same_records_give_the_same_report(tmp_path):
    finished = _run(tmp_path, FIRST)
    first = write_report(tmp_path).read_bytes()
    assert write_report(tmp_path).read_bytes() == first
    assert summarise(finished) == summarise(replace(finished, seconds=dict.fromkeys(finished.seconds, 9.0)))


def test_every_figure_has_words_in_both_languages():
    assert set(METRICS) <= set(TEXTS)
    assert set(METRICS) == set(LABELS)
    assert all(english and chinese for english, chinese in TEXTS.values())


def test_summary_has_n_interval_and_groups(tmp_path):
    summary = summarise(_run(tmp_path, FIRST))
    correct = summary["metrics"]["all"]["correct"]
    assert (correct["n"], correct["mean"]) == (4, 0.5)
    assert correct["low"] <= 0.5 <= correct["high"]
    assert summary["metrics"]["all"]["refused_rightly"]["n"] == 1
    assert list(summary["metrics"]["direction"]) == ["en->en", "zh->none"]
    assert list(summary["metrics"]["tag"]) == ["port"]
    assert summary["abstention"]["auroc"] == 1.0


def test_reasons_and_types_are_told_in_both_languages(tmp_path):
    _run(tmp_path, FIRST)
    page = write_report(tmp_path).read_text(encoding="utf-8")
    assert '<span class="zh" lang="zh">缺少</span>: 9 cranes' in page
    assert "missing: 9 cranes" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert {f"type_{kind.value}" for kind in AnswerType} <= set(TEXTS)
    assert "reason_" not in page


def test_a_run_of_another_version_is_told(tmp_path):
    _run(tmp_path, FIRST)
    summary = (tmp_path / "summary.json").read_text(encoding="utf-8")
    (tmp_path / "summary.json").write_text(summary.replace("yiju.evals/2", "yiju.evals/1"), encoding="utf-8")
    with pytest.raises(UserError, match="another version"):
        write_report(tmp_path)


def test_comparison(tmp_path):
    before, after = _run(tmp_path / "a", FIRST).records, _run(tmp_path / "b", SECOND).records
    found = compare(before, after)
    assert [pair.state for pair in found.pairs] == ["same", "fixed", "fixed", "broken"]
    assert found.figures["correct"]["difference"] == pytest.approx(0.25)
    assert (found.test.fixed, found.test.broken) == (2, 1)
    assert "2 fixed" in comparison_table(found)
    assert not regressions(found)
    assert regressions(compare(after, before)) == ["correct fell from .750 to .500."]
    with pytest.raises(UserError, match="no question in common"):
        compare(before, [])


def test_summaries_compare_without_records(tmp_path):
    before, after = summarise(_run(tmp_path / "a", SECOND)), summarise(_run(tmp_path / "b", FIRST))
    assert summary_regressions(before, after) == ["correct fell from .750 to .500.", "proved fell from 1.000 to .333."]
    assert not summary_regressions(after, after)


def test_command_compares_and_fails_the_build(tmp_path, capsys):
    from evals.__main__ import main

    for name, system in (("a", SECOND), ("b", FIRST)):
        _run(tmp_path / name, system)
    a, b, out = str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "out")
    assert main(["compare", a, b, "--out", out]) == 0
    assert main(["compare", a, b, "--no-regression"]) == 3
    assert main(["compare", str(tmp_path / "a" / "summary.json"), b, "--no-regression"]) == 3
    assert main(["compare", b, a, "--no-regression", "--fail-under", "accuracy=0.7"]) == 0
    assert main(["compare", b, a, "--fail-under", "accuracy=0.9"]) == 3
    assert "<script>alert" not in (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "compare.json").read_text())["states"]["broken"] == 2
    assert "correct fell" in capsys.readouterr().out
    assert main(["compare", str(tmp_path / "none"), b]) == 1
    assert "holds no finished run" in capsys.readouterr().err


def test_limits():
    assert parse_limits(["accuracy=0.9", "false_refusal=0.03"]) == {"correct": 0.9, "false_refusal": 0.03}
    summary = {"metrics": {"all": {"correct": {"mean": 0.8}, "false_refusal": {"mean": 0.01}}}}
    assert failures(summary, {"correct": 0.9, "false_refusal": 0.03}) == ["correct is 0.8000, wanted at least 0.9."]
    assert failures(summary, {"proved": 0.1}) == ["proved is not scored, wanted at least 0.1."]
    for item in ("accuracy", "beauty=1", "accuracy=high"):
        with pytest.raises(UserError):
            parse_limits([item])


@pytest.mark.browser
def test_page_in_a_browser(tmp_path):
    from shutil import which

    from playwright.sync_api import sync_playwright

    _run(tmp_path, FIRST)
    page_file = write_report(tmp_path)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        page = chromium.new_context(locale="en-GB", viewport={"width": 390, "height": 800}).new_page()
        requests = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(page_file.as_uri())
        assert page.locator("details.q:visible").count() == 4
        page.select_option("select[name=result]", "wrong")
        assert page.locator("details.q:visible").count() == 2
        page.fill("input[name=search]", "no such words")
        assert page.locator("details.q:visible").count() == 0
        page.click("#language")
        assert page.locator("h2:visible").first.inner_text() == TEXTS["headline"][1]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert requests == [page_file.as_uri()]
        chromium.close()
