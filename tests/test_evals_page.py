"""Evaluations as the page runs them: one at a time, stopped and gone on with, reported, compared."""

import threading
import time

import pytest

from assistant import Assistant
from assistant.web.evaluating import Evaluation, Evaluations, progress_html
from corpus.errors import UserError
from evals.examples import Example, write_examples
from evals.page import PageEvaluator
from evals.storing import RECORDS

TEXT = "Harbour of Ovrinsk\n\nThe harbour of Ovrinsk has nine cranes. Olga Brandt runs it. It was opened in 1931.\n"
SET = [
    Example(id="cranes", question="How many cranes has the harbour of Ovrinsk?", language="en", answers=[["nine"]]),
    Example(id="opened", question="奥夫林斯克港口是哪年开放的？", language="zh", answers=[["1931"]]),
    Example(id="cost", question="What did the harbour cost?", language="en", kind="unanswerable"),
]


@pytest.fixture
def evaluator(tmp_path):
    with Assistant.open(tmp_path / "home", bundled=False) as assistant:
        assistant.add_text(TEXT)
        (tmp_path / "home" / "sets").mkdir()
        write_examples(tmp_path / "home" / "sets" / "harbour.jsonl", SET)
        yield PageEvaluator(assistant, tmp_path / "home" / "reports")


def _ended(evaluator):
    while evaluator.latest().running:
        time.sleep(0.02)
    return evaluator.latest()


def test_a_run_is_reported_and_compared_with_the_one_before(evaluator):
    assert evaluator.sets() == ("harbour",)
    assert evaluator.latest() is None
    for _ in range(2):
        evaluator.start("harbour")
        ended = _ended(evaluator)
        assert (ended.done, ended.total, ended.fault) == (3, 3, "")
        assert ended.report.endswith("/report.html")
    after, before = evaluator.runs()
    report = evaluator.compare(before, after)
    assert (evaluator._folder / report).read_text(encoding="utf-8").count('data-result="same"') == 3
    with pytest.raises(UserError, match="no run 'x'"):
        evaluator.compare("x", after)


def test_a_stopped_run_goes_on(evaluator, monkeypatch):
    let_go = threading.Event()
    ask = evaluator._assistant.ask

    def slow(*given):
        let_go.wait(20)
        return ask(*given)

    monkeypatch.setattr(evaluator._assistant, "ask", slow, raising=False)
    evaluator.start("harbour")
    with pytest.raises(UserError, match="being run"):
        evaluator.start("harbour")
    evaluator.stop()
    let_go.set()
    ended = _ended(evaluator)
    assert (ended.done, ended.report, ended.fault) == (1, "", "")
    assert evaluator.runs() == ()
    (records,) = evaluator._folder.glob(f"*/{RECORDS}")
    evaluator.start("harbour")
    assert _ended(evaluator).report == f"{records.parent.name}/report.html"


def test_faults_are_told(evaluator, tmp_path):
    with pytest.raises(UserError, match="no set 'other'"):
        evaluator.start("other")
    (tmp_path / "home" / "sets" / "broken.jsonl").write_text("{", encoding="utf-8")
    tab = Evaluations(evaluator._folder, evaluator)
    assert "line 1" in tab.start("broken", "en")["progress"]
    (tmp_path / "home" / "reports").write_text("a file where a folder is wanted", encoding="utf-8")
    evaluator.start("harbour")
    assert "be used" in _ended(evaluator).fault
    assert 'role="alert"' in tab.tick("zh")["progress"]


def test_progress_tells_the_time_left():
    running = Evaluation("<harbour>", 10, 40, 20.0, running=True)
    shown = progress_html(running, "en")
    assert "10 / 40 · 1&#58;00 left" in shown
    assert "<harbour>" not in shown
    assert "1&#58;00" in progress_html(running, "zh")
    assert progress_html(None, "en") == ""


def test_a_page_without_an_evaluator_shows_reports_only(tmp_path):
    shown = Evaluations(tmp_path, None).enter("en")
    assert "set" not in shown
    assert not Evaluations(tmp_path, None).can_run
