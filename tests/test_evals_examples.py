import json

import pytest

from corpus.errors import UserError
from evals.examples import Example, read_examples, write_examples

GOOD = {"id": "a", "question": "How many bridges?", "language": "en", "answers": [["nine"]], "articles": ["river.md"]}


def _write(path, *lines):
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_reads_what_it_wrote(tmp_path):
    examples = [
        Example(**GOOD),
        Example(id="b", question="那里有桥吗？", language="zh", kind="unanswerable", tags=("river",)),
        Example(
            id="c",
            question="And its length?",
            language="en",
            kind="follow_up",
            history=[{"question": "Which bridge is oldest?", "answer": "The stone one."}],
            answers=[["40 metres", "40米"], ["1901"]],
        ),
    ]
    write_examples(tmp_path / "set.jsonl", examples)
    assert read_examples(tmp_path / "set.jsonl") == examples


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["{broken"], "line 1: not JSON"),
        ([GOOD, "", GOOD], "line 3: id 'a' stands already in line 1"),
        ([{**GOOD, "langauge": "en"}], "line 1: langauge"),
        ([{**GOOD, "answers": []}], "needs accepted answers"),
        ([{**GOOD, "answers": [["nine", " "]]}], "no string may be empty"),
        ([{**GOOD, "kind": "unanswerable"}], "has no accepted answers"),
        ([{**GOOD, "articles": ["lake.md"]}], "unknown article 'lake.md'"),
        (["", " "], "holds no examples"),
        (["[1]"], "line 1"),
    ],
)
def test_faults_are_one_line_with_its_number(tmp_path, lines, words):
    with pytest.raises(UserError) as caught:
        read_examples(_write(tmp_path / "set.jsonl", *lines), known_articles={"river.md"})
    assert words in caught.value.message
    assert "\n" not in str(caught.value)


def test_wrong_encoding_names_the_line(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_bytes(json.dumps(GOOD).encode() + "\n河上有几座桥".encode("gb18030"))
    with pytest.raises(UserError, match=r"line 2: not UTF-8"):
        read_examples(path)


def test_an_error_names_only_some_articles(tmp_path):
    path = _write(tmp_path / "set.jsonl", {**GOOD, "articles": ["lake.md"]})
    with pytest.raises(UserError, match=r"and 12 more\."):
        read_examples(path, known_articles={f"{number}.md" for number in range(20)})


def test_missing_file():
    from pathlib import Path

    with pytest.raises(UserError, match="no set of examples"):
        read_examples(Path("nowhere.jsonl"))
