"""Folders that a collection follows: added, changed, removed, previewed, watched, interrupted."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from assistant import Assistant
from assistant.mirroring import follow
from corpus.errors import UserError

FERRY = "The island ferry will cross eleven times a day from April, the port office said."
DAIRY = "A village dairy in the hills has doubled its output of sheep cheese."
TRAIN = "山区铁路昨天恢复通车，每天将开行六对列车。"


@pytest.fixture
def assistant(tmp_path):
    with Assistant.open(tmp_path / "home", bundled=False) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    (folder / "ferry.txt").write_text(FERRY)
    (folder / "dairy.md").write_text(DAIRY)
    (folder / "deep" / "train.txt").write_text(TRAIN)
    return folder


def sources(assistant):
    return sorted(entry.article.source for entry in assistant.articles())


def test_a_mirror_adds_changes_and_removes(assistant, folder):
    assert len(assistant.sync(folder).added) == 3
    assistant.add_text("A lighthouse keeper retires.", "Lighthouse")
    (folder / "ferry.txt").write_text(FERRY.replace("eleven", "twelve"))
    (folder / "deep" / "train.txt").unlink()
    report = assistant.sync(folder)
    assert [len(part) for part in (report.added, report.superseded, report.removed, report.unchanged)] == [1, 1, 1, 1]
    assert sources(assistant) == ["Lighthouse", "dairy.md", "ferry.txt"]
    assert assistant.search("恢复通车") == [] or "train.txt" not in sources(assistant)
    again = assistant.sync(folder)
    assert (again.added, again.superseded, again.removed) == ((), (), ())


def test_a_dry_run_tells_and_writes_nothing(assistant, folder):
    assistant.sync(folder)
    before = assistant.collection.digest()
    (folder / "ferry.txt").write_text(FERRY.replace("eleven", "twelve"))
    (folder / "dairy.md").unlink()
    report = assistant.sync(folder, dry_run=True)
    assert (len(report.added), len(report.superseded), len(report.removed)) == (1, 1, 1)
    assert assistant.collection.digest() == before
    assert len(assistant.preview([folder]).added) == 1


def test_a_moved_file_stays(assistant, folder):
    assistant.sync(folder)
    (folder / "dairy.md").rename(folder / "deep" / "cheese.md")
    report = assistant.sync(folder)
    assert (report.added, report.removed, len(report.unchanged)) == ((), (), 3)
    (folder / "deep" / "cheese.md").unlink()
    assert len(assistant.sync(folder).removed) == 1


def test_a_text_that_another_folder_holds_too_stays(assistant, folder, tmp_path):
    other = tmp_path / "archive"
    other.mkdir()
    (other / "old.txt").write_text(FERRY)
    assistant.sync(folder)
    assistant.sync(other)
    (folder / "ferry.txt").unlink()
    assert assistant.sync(folder).removed == ()
    (other / "old.txt").unlink()
    (other / "new.txt").write_text("Another text about nothing at all.")
    assert len(assistant.sync(other).removed) == 1


def test_what_can_not_be_read_now_is_kept(assistant, folder):
    assistant.sync(folder)
    (folder / "ferry.txt").write_bytes(b"")
    report = assistant.sync(folder)
    assert (len(report.refused), report.removed) == (1, ())
    assert "ferry.txt" in sources(assistant)


def test_an_empty_folder_removes_nothing(assistant, folder):
    assistant.sync(folder)
    for file in [path for path in folder.rglob("*") if path.is_file()]:
        file.unlink()
    with pytest.raises(UserError, match="is empty, but 3 articles"):
        assistant.sync(folder)
    with pytest.raises(UserError, match="No such file or folder"):
        assistant.sync(folder / "nowhere")
    assert len(assistant.articles()) == 3


def test_progress_estimates_all(assistant, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(540):
        (folder / f"{number:03d}.txt").write_text(f"Report number {number} of the harbour office tells of fog.")
    seen = []
    assistant.sync(folder, progress=lambda done, total: seen.append((done, total)))
    assert seen[0][1] == pytest.approx(540, rel=0.1)
    assert seen[-1] == (540, 540)


def test_a_watched_folder_is_followed(assistant, folder):
    told, looks, stop = [], threading.Semaphore(0), threading.Event()

    def run():
        for _ in follow(lambda: assistant.sync(folder), folder, told.append, stop):
            looks.release()

    watcher = threading.Thread(target=run)
    watcher.start()
    try:
        wait_for(lambda: len(told) == 1)
        (folder / "more.txt").write_text("A lighthouse keeper retires after forty years.")
        wait_for(lambda: "more.txt" in sources(assistant))
        (folder / "ferry.txt").unlink()
        wait_for(lambda: "ferry.txt" not in sources(assistant))
    finally:
        stop.set()
        watcher.join()


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


# The command


def command(*arguments):
    return [sys.executable, "-m", "assistant.cli", *map(str, arguments)]


def run(*arguments):
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False)


def test_the_command_mirrors_and_previews(folder, tmp_path):
    home = ["--home", tmp_path / "home", "--set", "bundled=false"]
    told = run("add", folder, "--sync", "--dry-run", *home)
    assert told.stdout == "3 added, 0 unchanged, 0 refused (nothing was written)\n"
    assert run("add", folder, "--sync", *home).stdout == "3 added, 0 unchanged, 0 refused\n"
    (folder / "ferry.txt").write_text(FERRY + " More follows.")
    (folder / "dairy.md").unlink()
    data = json.loads(run("add", folder, "--sync", "--json", *home).stdout)
    assert [len(data[name]) for name in ("added", "unchanged", "superseded", "removed")] == [1, 1, 1, 1]
    assert data["superseded"][0] in run("list", "--history", *home).stdout
    assert json.loads(run("list", "--history", "--json", *home).stdout)[0]["successor"] == data["added"][0]


@pytest.mark.slow
def test_an_interrupted_addition_resumes(tmp_path):
    folder, home = tmp_path / "many", ["--home", tmp_path / "home", "--set", "bundled=false"]
    folder.mkdir()
    for number in range(1_200):
        text = f"Report number {number}. " + "The tide gauge reads another value today. " * 3
        (folder / f"{number:04d}.txt").write_text(text)
    process = subprocess.Popen(
        command("add", folder, *home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heed_ctrl_c
    )
    database = tmp_path / "home" / "collection" / "collection.sqlite3"
    wait_for(lambda: rows(database, "chunks") > 0 or process.poll() is not None)
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130, errors
    assert "what was finished is kept" in errors
    kept = rows(database, "documents")
    assert 0 < kept < 1_200
    told = run("add", folder, *home).stdout
    assert told == f"{1_200 - kept} added, {kept} unchanged, 0 refused\n"


def heed_ctrl_c():
    """A shell's background jobs are started deaf to it, and so are the processes that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def rows(database, table):
    import sqlite3

    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            count = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        connection.close()
        return count
    except sqlite3.Error:
        return 0
