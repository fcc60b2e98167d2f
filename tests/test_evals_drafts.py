"""Drafts from articles and from thumbs."""

import json

import pytest

from corpus.errors import UserError
from corpus.records import Article, Document
from evals.__main__ import main
from evals.drafting import draft_examples
from evals.examples import read_examples, write_examples
from evals.feedback import examples_from_feedback

TEXT = (
    "The lighthouse was raised by 12 metres.\n\nRepairs took three years and cost $4.5 million. "
    "The keeper is called Anna Lind. Nothing else is known about it."
)


def test_drafts_show_the_sentence_with_a_gap():
    document = Document.create(TEXT, Article(title="Light", language="en", source="light.md"))
    drafts = draft_examples(document, most=9)
    assert drafts
    for draft in drafts:
        assert draft.review
        assert draft.quotes[0] in TEXT
        assert draft.answers[0][0] in draft.quotes[0]
        assert "____" in draft.question
        assert draft.articles == ("light.md",)
    assert len(draft_examples(document, most=1)) == 1


def test_drafts_ask_where_a_question_can_be_made():
    text = "The foreign trade of Ovrinsk reached 4.2 billion yuan in 2021. Two things explain it, the mayor says."
    (draft,) = draft_examples(Document.create(text, Article(title="Trade", language="en", source="trade.md")))
    assert draft.question == "What figure did the foreign trade of Ovrinsk reach in 2021?"
    assert draft.answers == (("4.2 billion yuan",),)


def test_drafting_again_keeps_what_a_person_has_reviewed(tmp_path, capsys):
    (tmp_path / "light.md").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "set.jsonl"
    arguments = ["new", str(tmp_path / "light.md"), "--out", str(out)]
    assert main(arguments) == 0
    reviewed = read_examples(out)[0].model_copy(update={"question": "How far was it raised?", "review": False})
    write_examples(out, [reviewed])
    assert main(arguments) == 0
    assert read_examples(out)[0] == reviewed
    assert "1 are there already" in capsys.readouterr().out
    assert main(["new", str(tmp_path / "light.md"), "--out", str(tmp_path / "none" / "set.jsonl")]) == 1
    assert "can't be written" in capsys.readouterr().err


def _thumb(rating, question, status="answered", **more):
    quote = {"text": "raised by 12 metres", "article": {"source": "x/light.md"}}
    answer = {"language": "en", "status": status, "short": "12 metres", "text": "12 metres [1].", "quotes": [quote]}
    return {"rating": rating, "question": question, "answer": answer, **more}


def test_thumbs_become_drafts():
    drafts = examples_from_feedback(
        [
            _thumb("down", "By how much?", reason="wrong"),
            _thumb("up", "By how much?"),
            _thumb("down", "Who keeps it?", reason="missed"),
            _thumb("up", "What does it weigh?", status="not_found"),
            {"rating": "up"},
        ]
    )
    by_question = {draft.question: draft for draft in drafts}
    assert len(by_question) == 3
    assert by_question["By how much?"].answers == (("12 metres",),)
    assert by_question["By how much?"].articles == ("light.md",)
    assert by_question["Who keeps it?"].answers == ()
    assert by_question["Who keeps it?"].tags == ("thumb-down", "missed")
    assert by_question["What does it weigh?"].kind == "unanswerable"
    assert all(draft.review for draft in drafts)


def test_commands(tmp_path, capsys):
    (tmp_path / "light.md").write_text(TEXT, encoding="utf-8")
    assert main(["new", str(tmp_path / "light.md"), "--out", str(tmp_path / "new.jsonl")]) == 0
    assert read_examples(tmp_path / "new.jsonl")[0].review
    lines = [json.dumps(_thumb("up", "By how much?")), '{"cut off']
    (tmp_path / "feedback.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["from-feedback", str(tmp_path / "feedback.jsonl"), "--out", str(tmp_path / "more.jsonl")]) == 0
    assert len(read_examples(tmp_path / "more.jsonl")) == 1
    assert main(["new", str(tmp_path / "none.md"), "--out", str(tmp_path / "x.jsonl")]) == 1
    assert main(["from-feedback", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "x.jsonl")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_no_thumbs():
    from argparse import Namespace
    from pathlib import Path

    from evals.feedback import feedback_command

    with pytest.raises(UserError, match="can't be read"):
        feedback_command(Namespace(feedback=Path("nowhere"), out=Path("x")), print)
