"""One collection in several threads and processes: one writer by lock, readers that never see a torn state, kills."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import test_collection as alone
from test_collection import document, documents, found

from corpus.errors import UserError
from index.collection import Collection
from index.records import Scope

embedder, filled, folder, collection = alone.embedder, alone.filled, alone.folder, alone.collection

OTHER_PROCESS = """
import sys, time
from pathlib import Path
from corpus.records import Article, Document
from index.collection import Collection

folder, deed = Path(sys.argv[1]), sys.argv[2]
with Collection.open(folder) as collection:
    if deed == "hold":
        with collection.upkeep.writing():
            print("ready", flush=True)
            time.sleep(60)
    number = 0
    print("ready", flush=True)
    while deed == "add":
        text = f"Report number {number}. " + "The tide gauge at the pier reads another value today. " * 12
        (added,) = collection.add([Document.create(text, Article(f"Report {number}", "en"))]).added
        print(added, flush=True)
        if number % 3 == 2:
            collection.remove([added])
            print("-" + added, flush=True)
        number += 1
"""


@pytest.fixture
def other_process(folder):
    started = []

    def start(deed):
        command = [sys.executable, "-c", OTHER_PROCESS, str(folder), deed]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_second_writer_is_told_of_the_lock_and_readers_go_on(folder, embedder, other_process):
    other_process("hold")
    with Collection.open(folder, embedder=embedder) as collection:
        with pytest.raises(UserError, match="Another process") as caught:
            collection.add(documents())
        assert "write.lock" in caught.value.help
        assert found(collection, "ferry")[0] == "More crossings"


def test_readers_see_what_another_process_finished(folder, embedder, other_process):
    with Collection.open(folder, embedder=embedder) as collection:
        assert "Report 0" not in found(collection, "tide gauge report number 0")
        process = other_process("add")
        added = process.stdout.readline().strip()
        assert collection.document(added).article.title == "Report 0"
        assert "Report 0" in found(collection, "tide gauge report number 0")


def killed_after(process, delay):
    """Kill a process that adds and removes; the ids that it told of as added and as removed, and the last deed's."""
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    lines = [line.strip() for line in process.stdout]
    return {line for line in lines if not line.startswith("-")}, {line[1:] for line in lines if line.startswith("-")}


def check_whole(folder, embedder, added, removed):
    with Collection.open(folder, embedder=embedder) as collection:
        held = {id for id, _, _ in collection.articles()}
        pending = added - removed - held
        assert len(pending) <= 1, "only a removal that was under way may have gone further than told"
        assert not removed & held
        for document_id in held:
            assert collection.search("tide gauge ferry cheese 铁路 图书馆", scope=Scope(documents=[document_id]))
        collection.add([document("A lighthouse keeper retires.", "Lighthouse")])
        assert found(collection, "lighthouse keeper")[0] == "Lighthouse"


def test_a_killed_writer_leaves_a_whole_collection(folder, embedder, other_process):
    check_whole(folder, embedder, *killed_after(other_process("add"), 0.9))


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(20))
def test_killed_at_many_moments(folder, embedder, other_process, trial):
    check_whole(folder, embedder, *killed_after(other_process("add"), 0.3 + trial * 0.113))


def test_many_readers_beside_one_writer(collection):
    faults = []

    def read():
        try:
            for _ in range(15):
                assert "More crossings" in found(collection, "ferry crossings")
        except BaseException as fault:
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(3):
        (added,) = collection.add([document(f"Weather note {number}: fog until noon.", "Weather")]).added
        collection.remove([added])
    for reader in readers:
        reader.join()
    assert faults == []
