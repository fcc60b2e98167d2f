"""Backup and restore: whole or not at all, checked, nothing overwritten unasked; and removal that leaves no byte."""

import json
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.backups import restore
from assistant.records import Status
from assistant.web.talks import Talk
from corpus.errors import UserError

FERRY = "The island ferry will cross eleven times a day from April.\n\nA ticket costs 14 euros."
SECRET = "The quokkaberry harvest at Tumbarumba failed by 37 tonnes this year, growers said after weeks of heavy rain and cold.\n\n夸卡莓歉收，“损失”惨重。"


@pytest.fixture
def assistant(tmp_path):
    with Assistant.open(tmp_path / "home", bundled=False) as opened:
        opened.add_text(FERRY, "More crossings")
        opened.add_text(SECRET, "Quokkaberry news")
        yield opened


@pytest.fixture
def backup(assistant, tmp_path):
    (assistant.home / "settings.toml").write_text("[answering]\npassages = 7\n")
    assistant.feedback.add("up", assistant.ask("What does a ticket cost?"))
    assert assistant.back_up(tmp_path / "kept.yiju") == 2
    return tmp_path / "kept.yiju"


def test_a_backup_comes_back_whole(assistant, backup, tmp_path):
    assert restore(backup, folder(tmp_path / "other")) == 2
    with Assistant.open(tmp_path / "other") as other:
        assert other.collection.digest() == assistant.collection.digest()
        assert other.settings.answering.passages == 7
        question = "What does a ticket cost?"
        assert other.ask(question).quotes == assistant.ask(question).quotes != ()
        assert [entry["question"] for entry in other.feedback.entries()] == ["What does a ticket cost?"]
        other.add_text("A lighthouse keeper retires.", "Lighthouse")
        other.remove([entry.document_id for entry in other.articles() if entry.article.title == "Lighthouse"])


def folder(path):
    path.mkdir()
    return path


def test_nothing_is_overwritten_unasked(assistant, backup):
    with pytest.raises(UserError, match="exists"):
        assistant.back_up(backup)
    with pytest.raises(UserError, match="holds a collection"):
        restore(backup, assistant.home)
    assert assistant.back_up(backup, force=True) == 2


def test_an_open_reader_sees_what_was_restored(assistant, backup):
    added = assistant.add_text("A lighthouse keeper retires.", "Lighthouse").added
    assert restore(backup, assistant.home, force=True) == 2
    assert added[0] not in {entry.document_id for entry in assistant.articles()}
    assert assistant.search("ferry")[0].article.title == "More crossings"
    assert "Lighthouse" not in {passage.article.title for passage in assistant.search("lighthouse keeper")}


def test_a_damaged_home_is_restored(assistant, backup, tmp_path):
    assistant.close()
    database = assistant.home / "collection" / "collection.sqlite3"
    database.write_bytes(database.read_bytes()[:5_000] + b"\xff" * 20_000)
    with pytest.raises(UserError, match="can't be opened"):
        Assistant.open(assistant.home)
    restore(backup, assistant.home, force=True)
    with Assistant.open(assistant.home) as opened:
        assert len(opened.articles()) == 2


def members(backup, change):
    """A copy of a backup whose members are passed through `change`: name, bytes to name, bytes."""
    copy = backup.with_name("changed.yiju")
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            target.writestr(*change(name, source.read(name)))
    return copy


def flipped(name, data):
    return name, data[:9_000] + bytes([data[9_000] ^ 1]) + data[9_001:] if name.endswith("sqlite3") else data


def escaping(name, data):
    if name == "manifest.json":
        manifest = json.loads(data)
        manifest["members"]["../evil.toml"] = manifest["members"].pop("settings.toml")
        data = json.dumps(manifest).encode()
    return name.replace("settings.toml", "../evil.toml"), data


@pytest.mark.parametrize("change", [flipped, escaping])
def test_a_changed_backup_is_refused_and_nothing_is_written(backup, tmp_path, change):
    home = folder(tmp_path / "other")
    with pytest.raises(UserError):
        restore(members(backup, change), home)
    assert list(home.iterdir()) == []
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.parametrize("size", [0, 10, 0.5, 0.99])
def test_a_file_that_is_no_whole_backup_is_one_clear_line(backup, tmp_path, size):
    data = backup.read_bytes()
    backup.write_bytes(data[: int(size * len(data)) if isinstance(size, float) else size])
    with pytest.raises(UserError, match="backup"):
        restore(backup, folder(tmp_path / "other"))
    with pytest.raises(UserError, match="can't be read"):
        restore(tmp_path / "nowhere.yiju", tmp_path / "other")


def test_a_backup_is_of_one_moment_while_others_write(assistant, tmp_path):
    stop = threading.Event()

    def write():
        while not stop.is_set():
            (added,) = assistant.add_text("A lighthouse keeper retires after forty years.", "Lighthouse").added
            assistant.remove([added])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            assert assistant.back_up(tmp_path / f"{number}.yiju") in (2, 3)
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        assert restore(tmp_path / f"{number}.yiju", folder(tmp_path / f"home{number}")) in (2, 3)


def test_the_command_backs_up_and_restores(assistant, tmp_path):
    assistant.close()
    file = tmp_path / "kept.yiju"
    assert run("backup", file, "--home", assistant.home).stdout == f"2 articles in {file}\n"
    assert run("restore", file, "--home", tmp_path / "other").stdout == "2 articles restored\n"
    refused = run("restore", file, "--home", tmp_path / "other")
    assert (refused.returncode, "--force" in refused.stderr) == (1, True)
    assert run("restore", file, "--home", tmp_path / "other", "--force").returncode == 0


def run(*arguments):
    command = [sys.executable, "-m", "assistant.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# Removal


def traces(home, words):
    """Files of a home that hold a word in UTF-8, UTF-16 (either order) or escaped as JSON."""
    forms = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")]
    forms += [json.dumps(word)[1:-1].encode() for word in words]
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path for path in files if any(form in path.read_bytes() for form in forms)]


def test_no_byte_of_a_removed_article_stays_in_the_home(assistant):
    words = ["uokkaberry", "umbarumba", "夸卡莓", "歉收"]
    answer = assistant.ask("How many tonnes of the harvest failed?")
    assert answer.quotes
    for rating in ("up", "down"):
        assistant.feedback.add(rating, replace(answer, question="How much failed?"), "wrong", "a comment")
    (secret,) = (entry for entry in assistant.articles() if entry.article.title == "Quokkaberry news")
    assistant.add_text(SECRET + "\n\nA later edition of Tumbarumba.", "Quokkaberry news")
    assert len(assistant.collection.history()) == 1
    (current,) = (entry for entry in assistant.articles() if entry.article.title == "Quokkaberry news")
    assert traces(assistant.home, words)
    assistant.remove([current.document_id])
    assert traces(assistant.home, [*words, secret.document_id, current.document_id]) == []
    kept = list(assistant.feedback.entries())
    assert [(entry["rating"], entry["question"], entry["comment"]) for entry in kept] == [
        ("up", "How much failed?", "a comment"),
        ("down", "How much failed?", "a comment"),
    ]
    assert assistant.search("ferry")
    assistant.close()
    assert traces(assistant.home, words) == []


def test_feedback_on_other_articles_stays(assistant):
    assistant.feedback.add("up", assistant.ask("What does a ticket cost?"))
    before = assistant.feedback.file.read_bytes()
    (secret,) = (entry for entry in assistant.articles() if entry.article.title == "Quokkaberry news")
    assistant.remove([secret.document_id])
    assert assistant.feedback.file.read_bytes() == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_saved_conversations_say_that_an_article_was_removed(assistant, language):
    answer = replace(assistant.ask("How many tonnes of the harvest failed?"), language=language)
    talk = Talk.begin().add(answer).add(assistant.ask("What does a ticket cost?"))
    assert talk.without_removed(assistant.collection.holds) == talk
    assistant.remove([answer.quotes[0].document_id])
    from assistant.web.chatting import Chat

    shown, quotes, data = Chat(assistant).show(talk.to_dict(), "en")
    assert ("Article removed" if language == "en" else "文章已移除") in shown
    assert "uokkaberry" not in shown + quotes + json.dumps(data)
    assert "14 euros" in quotes
    assert Talk.from_dict(data).answers[0].status is Status.CHAT
