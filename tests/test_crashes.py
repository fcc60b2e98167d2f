"""kill -9, a full disk and damaged files: what was acknowledged is there and answers, without anybody's help.

Writers and checkers are forked from a fresh process, so that two hundred kills take minutes; Chroma, tantivy and SQLite
are the real ones, only vectors are drawn instead of encoded.
"""

import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import chromadb  # noqa: F401 - imported once, before the forks
import numpy as np
import pytest

from corpus.chunking import chunk_document
from corpus.errors import UserError
from corpus.records import Article, Document
from corpus.settings import ChunkingSettings
from index.collection import Collection
from index.records import Located, Scope
from index.settings import IndexSettings

NORMAL, SMALL = (IndexSettings(chunking=ChunkingSettings(english_characters=size)) for size in (400, 200))
SEED = 4711
WORDS = "tide gauge pier harbour ferry crossing lamp keeper storm fog rope anchor salt".split()


class DrawnEmbedder:
    """Vectors drawn by the digest of a text."""

    dimension, fingerprint = 16, "drawn"

    def encode_query(self, texts):
        return self.encode_document(texts)

    def encode_document(self, texts):
        seeds = (int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little") for text in texts)
        rows = np.stack([np.random.default_rng(seed).standard_normal(16) for seed in seeds]).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def opened(folder, settings=NORMAL):
    return Collection.open(folder, settings, DrawnEmbedder())


def document(number, version):
    draw = random.Random(number)
    paragraphs = [" ".join(draw.choices(WORDS, k=25)) + f" {number}." for _ in range(12)]
    paragraphs[version % 12] += f" Version {version} was printed."
    return Document.create("\n\n".join(paragraphs), Article(f"Report {number}", "en"))


def forked(work, *arguments):
    """Run in a child process; returns its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work(*arguments)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def in_fresh_process(work, *arguments):
    """Run a function of this file where nobody has used Chroma yet, whose threads do not survive a fork."""
    command = [sys.executable, __file__, work.__name__, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=3_000)
    assert done.returncode == 0, done.stderr


def finished(child):
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# kill -9


def write(folder, tell, seed, held):
    """Add, update, remove and rebuild until killed; each deed is told before it begins and after it was acknowledged."""
    draw = random.Random(seed)
    collection, settings = opened(folder), NORMAL
    os.write(tell, b"ready\n")
    for step in range(1_000):
        deed = draw.choice(["add", "add", "update", "update", "remove", "rebuild"])
        number = draw.choice(sorted(held)) if deed in ("update", "remove") and held else seed * 1_000 + step
        version = held.get(number, -1) + 1
        os.write(tell, f"begin {deed} {number} {version}\n".encode())
        if deed == "remove" and number in held:
            collection.remove([document(number, held.pop(number)).id])
        elif deed == "rebuild":
            collection.close()
            settings = SMALL if settings is NORMAL else NORMAL
            collection = opened(folder, settings)
        else:
            collection.add([Located(document(number, version), f"/reports/{number}")])
            held[number] = version
        os.write(tell, f"done {deed} {number} {version}\n".encode())


def after(lines, held):
    """What is held after the acknowledged deeds, and the number of the article of the deed that was under way."""
    held, pending = dict(held), None
    for line in lines:
        word, deed, number, version = line.split()
        pending = int(number) if word == "begin" else None
        if word == "done" and deed == "remove" and int(number) in held:
            del held[int(number)]
        elif word == "done" and deed != "rebuild":
            held[int(number)] = int(version)
    return held, pending


def check(folder, held, pending, tell):
    """Every acknowledged article is there, whole, and answers; nothing else is there but what was under way."""
    with opened(folder) as collection:
        present = {id: int(article.title.split()[1]) for id, article, _ in collection.articles()}
        assert set(held) - {pending} <= set(present.values())
        assert set(present.values()) <= set(held) | {pending}
        found = {}
        for id, number in present.items():
            whole = collection.document(id)
            version = int(whole.text.partition(" Version ")[2].split()[0])
            assert whole == document(number, version)
            assert version == held.get(number) or number == pending
            passages = collection.search("tide gauge pier", 50, scope=Scope(documents=[id]))
            assert len(passages) == len(chunk_document(whole, NORMAL.chunking))
            found[number] = version
        current = {version.successor for version in collection.history()}
        assert current <= set(present)
        assert collection.chunk_count == sum(
            len(chunk_document(document(*each), NORMAL.chunking)) for each in found.items()
        )
    os.write(tell, repr(found).encode())


def kill_often(folder, kills):
    draw = random.Random(SEED)
    held = {}
    for trial in range(kills):
        read, tell = os.pipe()
        writer = forked(write, folder, tell, trial + 1, dict(held))
        os.close(tell)
        with os.fdopen(read) as told:
            assert told.readline() == "ready\n"
            time.sleep(draw.uniform(0, 1.0))
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
            lines = [line for line in told if line.endswith("\n")]
        held, pending = after(lines, held)
        read, tell = os.pipe()
        checker = forked(check, folder, held, pending, tell)
        os.close(tell)
        with os.fdopen(read) as told:
            answer = told.read()
        finished(checker)
        held = eval(answer)  # written by `check`
        if len(held) > 12:
            finished(forked(forget, folder, held))
            held = {}


def forget(folder, held):
    with opened(folder) as collection:
        collection.remove([document(*each).id for each in held.items()])


def test_a_killed_writer_leaves_a_whole_collection(tmp_path):
    in_fresh_process(kill_often, tmp_path / "collection", 5)


@pytest.mark.slow
def test_two_hundred_kills(tmp_path):
    in_fresh_process(kill_often, tmp_path / "collection", 200)


# A full disk, a read-only folder


def add_many(collection):
    for number in range(2, 500):
        collection.add([document(number, 0)])


def fill_up(folder, room):
    with opened(folder) as collection:
        collection.add([document(1, 0)])
        largest = max(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, resource.RLIM_INFINITY))
        try:
            with pytest.raises(UserError) as caught:
                add_many(collection)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert "\n" not in caught.value.message
        assert "free space" in caught.value.help
    with opened(folder) as collection:
        for id, article, _ in collection.articles():
            assert collection.search("tide gauge", scope=Scope(documents=[id])), article.title
        collection.add([document(1_000, 0)])
        assert "Report 1000" in {article.title for _, article, _ in collection.articles()}


@pytest.mark.parametrize("room", [0, 5_000, 60_000])
def test_a_full_disk_is_one_clear_line_and_damages_nothing(tmp_path, room):
    in_fresh_process(fill_up, tmp_path, room)


def add_one(folder):
    with opened(folder) as collection:
        collection.add([document(1, 0)])


def stay_out(folder):
    """A folder that can't be written is told in one line, by whoever isn't its owner."""
    every = [folder, *folder.rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        cache = folder.parent / "cache"
        cache.mkdir()
        cache.chmod(0o777)
        os.environ["XDG_CACHE_HOME"] = str(cache)
        os.setuid(65534)
    with pytest.raises(UserError, match="can't be") as caught:
        add_one(folder)
    assert "rights" in caught.value.help


def test_a_read_only_folder_is_one_clear_line():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "collection"
        Path(name).chmod(0o755)
        in_fresh_process(add_one, folder)
        in_fresh_process(stay_out, folder)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)
        in_fresh_process(add_one, folder)


# Damage


def test_a_database_damaged_in_its_middle_is_told_when_it_is_opened(tmp_path):
    with opened(tmp_path) as collection:
        collection.add([document(number, 0) for number in range(20)])
    file = tmp_path / "collection.sqlite3"
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 8_192] = os.urandom(8_192)
    file.write_bytes(data)
    with pytest.raises(UserError, match="can't be opened"):
        opened(tmp_path)


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]), *map(int, sys.argv[3:]))
