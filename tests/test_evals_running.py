"""Scoring, adapters, runs and their files, with small systems of our own."""

import json
from types import SimpleNamespace

import pytest

import evals
from corpus.errors import UserError
from evals.adapters import adapt, to_response
from evals.examples import Example
from evals.records import CitedQuote, Response
from evals.scoring import direction, score
from evals.storing import RECORDS, RunFiles, read_records
from evals.summary import summarise

ARTICLE = "The harbour has nine cranes. Ms Olga Brandt runs it. A newer count speaks of eleven cranes."
ASK = Example(
    id="cranes",
    question="How many cranes has the harbour?",
    language="en",
    answer_type="count",
    answers=(("nine cranes", "九台起重机"),),
    articles=("harbour.md",),
    quotes=("The harbour has nine cranes.",),
)
WHO = ASK.model_copy(
    update={
        "id": "who",
        "question": "港口由谁管理？",
        "language": "zh",
        "answer_type": "person",
        "answers": (("Olga Brandt", "布兰特"),),
        "quotes": ("Ms Olga Brandt runs it.",),
    }
)
NEVER = Example(id="never", question="What did it cost?", language="en", kind="unanswerable")
BOTH = ASK.model_copy(update={"id": "both", "kind": "conflict", "answers": (("nine",), ("eleven",))})


def _quote(text, source="harbour.md"):
    start = ARTICLE.find(text)
    return CitedQuote(text, "d", start, start + len(text), source)


def _score(example, text, *quotes, status="answered", short=""):
    return score(example, Response(text, short, status, tuple(quotes), 0.5), lambda _: ARTICLE).scores


class TestScoring:
    def test_right_and_rightly_quoted(self):
        scores = _score(ASK, "Nine cranes [1].", _quote("The harbour has nine cranes."), short="Nine cranes")
        for name in ("correct", "proved", "quotes_verbatim", "quotes_support", "evidence_overlap", "exact_match", "f1"):
            assert scores[name] == 1.0, name
        assert (scores["citation_recall"], scores["citation_precision"]) == (1.0, 1.0)
        assert (scores["false_refusal"], scores["refused_rightly"], scores["wrong_answer"]) == (0.0, None, 0.0)

    def test_right_but_the_quote_proves_something_else(self):
        scores = _score(ASK, "Nine cranes [1].", _quote("Ms Olga Brandt runs it."))
        assert (scores["correct"], scores["quotes_support"], scores["proved"]) == (1.0, 0.0, 0.0)

    def test_quote_from_another_article_does_not_prove(self):
        scores = _score(ASK, "Nine cranes [1].", _quote("The harbour has nine cranes.", "lake.md"))
        assert (scores["first_quote_from_gold"], scores["quotes_support"]) == (0.0, 0.0)

    def test_altered_quote_is_not_verbatim(self):
        altered = CitedQuote("The harbour has ten cranes.", "d", 0, 27, "harbour.md")
        assert _score(ASK, "Nine cranes [1].", altered)["quotes_verbatim"] == 0.0

    def test_unanswerable(self):
        assert _score(NEVER, "The articles do not tell.", status="not_found")["correct"] == 1.0
        answered = _score(NEVER, "Nine cranes.")
        assert (answered["correct"], answered["wrong_answer"], answered["proved"]) == (0.0, 1.0, None)

    def test_false_refusal_is_not_a_wrong_answer(self):
        scores = _score(ASK, "Not in these articles.", status="not_found")
        assert (scores["correct"], scores["false_refusal"], scores["wrong_answer"]) == (0.0, 1.0, 0.0)
        assert scores["quotes_verbatim"] is None

    def test_conflict_needs_both_values_and_the_word(self):
        text = "Nine [1]; a newer report says eleven [2]."
        assert _score(BOTH, text, status="conflict")["correct"] == 1.0
        assert _score(BOTH, text)["correct"] == 0.0
        assert _score(BOTH, "Nine [1].", status="conflict")["conflict_recall"] == 0.5

    def test_name_across_languages(self):
        assert _score(WHO, "布兰特（Olga Brandt）[1]。", _quote("Ms Olga Brandt runs it."))["proved"] == 1.0

    def test_direction(self):
        assert [direction(example) for example in (ASK, WHO, NEVER)] == ["en->en", "zh->en", "en->none"]
        both = ASK.model_copy(update={"language": "zh", "quotes": (*ASK.quotes, "港口有九台起重机。")})
        assert direction(both) == "zh->zh"


class TestAdapters:
    def test_plain_function(self):
        system = adapt(lambda question: ("Nine cranes.", ["The harbour has nine cranes."]), "plain", [ARTICLE])
        record = score(ASK, system.respond(ASK), system.document_text)
        assert (record.scores["proved"], record.scores["quotes_verbatim"]) == (1.0, 1.0)

    def test_function_with_history(self):
        example = ASK.model_copy(update={"history": (SimpleNamespace(question="q", answer="a"),)})
        assert adapt(lambda question, history: f"{history}").respond(example).text == "[('q', 'a')]"

    def test_runnable_by_its_shape(self):
        class Chain:
            def invoke(self, question):
                page = SimpleNamespace(page_content="Nine cranes stand there.", metadata={"source": "x/harbour.md"})
                return {"input": question, "answer": "nine", "context": [page]}

        response = adapt(Chain()).respond(ASK)
        assert (response.text, response.quotes[0].source) == ("nine", "harbour.md")

    @pytest.mark.parametrize(
        ("given", "refused"),
        [
            (None, True),
            ("", True),
            ("I don't know.", True),
            ("文章没有提到。", True),
            ("nine", False),
            (SimpleNamespace(content="nine"), False),
        ],
    )
    def test_refusals(self, given, refused):
        assert to_response(given).refused is refused

    def test_neither(self):
        with pytest.raises(TypeError, match="int has neither"):
            adapt(3)


class TestRuns:
    def test_two_runs_give_the_same_bytes_and_a_third_asks_nothing(self, tmp_path):
        asked = []

        def system(question):
            asked.append(question)
            return "Nine cranes."

        def go(folder, **more):
            done = evals.run(system, [ASK, NEVER, WHO], name="s", out=tmp_path / folder, **more)
            return done, (tmp_path / folder / RECORDS).read_bytes()

        first, bytes_of_first = go("a")
        _, bytes_of_second = go("b", jobs=2)
        assert bytes_of_first == bytes_of_second
        assert summarise(first)["metrics"]["all"]["correct"]["n"] == 3
        count = len(asked)
        assert go("a")[1] == bytes_of_first
        assert len(asked) == count
        go("a", about={"settings": "others"})
        assert len(asked) == count + 3

    def test_a_stopped_run_goes_on(self, tmp_path):
        asked = []

        def stops(question):
            if len(asked) == 2:
                raise KeyboardInterrupt
            asked.append(question)
            return "Nine cranes."

        with pytest.raises(KeyboardInterrupt):
            evals.run(stops, [ASK, NEVER, WHO], name="s", out=tmp_path)
        with (tmp_path / RECORDS).open("a", encoding="utf-8") as file:
            file.write('{"id": "cut off in the mid')
        asked.clear()
        done = evals.run(
            lambda question: asked.append(question) or "Nine cranes.", [ASK, NEVER, WHO], name="s", out=tmp_path
        )
        assert asked == [WHO.question]
        assert [record.example.id for record in done.records] == ["cranes", "never", "who"]

    def test_records_come_back(self, tmp_path):
        done = evals.run(lambda question: ("Nine cranes.", ["nine"]), [ASK, NEVER], name="s", out=tmp_path)
        RunFiles(tmp_path).write("summary.json", [json.dumps(summarise(done))])
        records, summary, seconds = read_records(tmp_path)
        assert tuple(records) == done.records
        assert summary["questions"] == 2
        assert set(seconds) == {"cranes", "never"}

    def test_no_examples(self):
        with pytest.raises(UserError, match="no examples"):
            evals.run(lambda question: "", [])

    def test_a_folder_that_is_a_file(self, tmp_path):
        (tmp_path / "file").write_text("x")
        with pytest.raises(UserError, match="can't be used"):
            evals.run(lambda question: "", [ASK], out=tmp_path / "file")

    def test_full_disk_is_one_line(self):
        from pathlib import Path

        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full here")
        files = RunFiles.__new__(RunFiles)
        files.folder = Path("/dev/full")
        with pytest.raises(UserError, match="can't be written"):
            files.append(score(ASK, Response("x"), lambda _: None), "m", 0.1)
