"""The command as its user types it: results on stdout, remarks on stderr, exit codes as documented."""

import json
import subprocess
import sys

import pytest

from assistant.cli import main
from assistant.records import Answer

EXAMPLE = "What share of Yiwu trade is exports?"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home on the bundled articles, filled once for this module."""
    folder = tmp_path_factory.mktemp("cli") / "home"
    assert main(["list", "--home", str(folder)]) == 0
    return str(folder)


def test_ask_prints_answer_and_quotes(home, capsys):
    assert main(["ask", "--home", home, EXAMPLE]) == 0
    out = capsys.readouterr().out
    assert "88" in out
    assert "[1]" in out


def test_ask_as_json_is_the_documented_answer(home, capsys):
    assert main(["ask", "--home", home, "--json", "义乌的出口占贸易总额的多大比例？"]) == 0
    answer = Answer.from_dict(json.loads(capsys.readouterr().out))
    assert answer.language == "zh"
    assert any("88" in quote.text for quote in answer.quotes)
    assert Answer.from_dict(answer.to_dict()) == answer


def test_explain_prints_every_stage(home, capsys):
    assert main(["ask", "--home", home, "--explain", EXAMPLE]) == 0
    out = capsys.readouterr().out
    for stage in ("question", "search", "evidence", "draft", "quoting"):
        assert f"\n{stage}  (" in out


def test_what_is_not_in_the_articles_has_its_own_exit_code(home, capsys):
    assert main(["ask", "--home", home, "Who won the 1998 football world cup final in Paris?"]) == 3
    assert capsys.readouterr().out.strip()


def test_search_explains_its_matches(home, capsys):
    assert main(["search", "--home", home, "--explain", "--limit", "2", "义乌 出口"]) == 0
    out = capsys.readouterr().out
    assert "channels:" in out
    assert "->" in out
    assert main(["search", "--home", home, "--json", "exports"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert first["rank"] == 1
    assert len(first["text"]) == first["span"][1] - first["span"][0]


@pytest.mark.parametrize("query", ["", "?!", "😀"])
def test_a_search_that_finds_nothing_says_so_in_one_line(home, capsys, query):
    assert main(["search", "--home", home, query]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("No passage found")
    assert len(told.err.splitlines()) == 1
    assert main(["search", "--home", home, "--json", query]) == 3
    assert json.loads(capsys.readouterr().out) == []


def test_add_list_remove(tmp_path, capsys):
    home = ["--home", str(tmp_path / "home"), "--set", "bundled=false"]
    article = tmp_path / "cranes.md"
    article.write_text("# New cranes\n\nThe port of Testhaven bought 14 cranes in March 2024.\n", encoding="utf-8")
    broken = tmp_path / "broken.md"
    broken.write_bytes(b"")
    assert main(["add", *home, str(article), str(broken)]) == 0
    captured = capsys.readouterr()
    assert "1 added" in captured.out
    assert "broken.md" in captured.err
    assert main(["add", *home, str(article)]) == 0
    assert "1 unchanged" in capsys.readouterr().out
    assert main(["list", *home, "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["title"] == "New cranes"
    assert main(["ask", *home, "How many cranes did the port of Testhaven buy?"]) == 0
    assert "14" in capsys.readouterr().out
    assert main(["remove", *home, entry["document_id"]]) == 0
    capsys.readouterr()
    assert main(["list", *home, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_verify_tells_ok_from_gone(tmp_path, capsys):
    home = ["--home", str(tmp_path / "home"), "--set", "bundled=false"]
    article = tmp_path / "cranes.md"
    article.write_text("# New cranes\n\nThe port of Testhaven bought 14 cranes in March 2024.\n", encoding="utf-8")
    main(["add", *home, str(article)])
    capsys.readouterr()
    main(["ask", *home, "--json", "How many cranes did the port of Testhaven buy?"])
    exported = tmp_path / "answer.json"
    exported.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["verify", *home, str(exported)]) == 0
    assert capsys.readouterr().out.startswith("ok")
    main(["list", *home, "--json"])
    identifier = json.loads(capsys.readouterr().out)[0]["document_id"]
    main(["remove", *home, identifier])
    capsys.readouterr()
    assert main(["verify", *home, str(exported)]) == 3
    assert capsys.readouterr().out.startswith("gone")


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "no/such/file.md"],
        ["remove", "0000000000000000"],
        ["ask", "--set", "answering.passages=0", "x"],
        ["ask", " "],
        ["verify", "no-such.json"],
    ],
    ids=lambda arguments: arguments[0] + str(len(arguments)),
)
def test_faults_are_one_or_two_lines_and_exit_1(home, arguments, capsys):
    assert main([arguments[0], "--home", home, *arguments[1:]]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("yiju: ")
    assert len(captured.err.strip().splitlines()) <= 2
    assert not captured.out


def test_show_config_prints_settings(home, capsys):
    assert main(["show-config", "--home", home, "--set", "answering.passages=9"]) == 0
    assert "passages = 9" in capsys.readouterr().out


def test_chat_reads_lines_and_remembers(home):
    talk = "What was the value of Yiwu's trade in 2024?\nAnd the city's target for imports in 2030?\n/new\n/quit\n"
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "chat", "--home", home],
        input=talk, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "668.9" in done.stdout
    assert "300 billion" in done.stdout


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from assistant.cli import build_parser; build_parser().format_help(); "
        "print(*sorted({'torch', 'numpy', 'gradio', 'chromadb', 'pydantic', 'jieba', 'langchain_core'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def test_the_installed_command_starts_light_and_knows_evaluations():
    code = (
        "import sys; from evals.command_line import main; sys.argv = ['yiju', '--help']\n"
        "try: main()\n"
        "except SystemExit: print(sorted({'numpy', 'pydantic', 'gradio', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "serve" in done.stdout
    assert done.stdout.endswith("[]\n")
