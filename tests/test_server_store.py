"""A real Chroma server on loopback: several processes share it, and what goes wrong with it is one clear line."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from assistant.settings import load_settings
from corpus.errors import UserError
from corpus.records import Article, Document
from index.bilingual import BilingualEmbedder
from index.collection import Collection
from index.settings import IndexSettings

CHROMA = Path(sys.executable).with_name("chroma")
FERRY = "The island ferry will cross eleven times a day from April, the port office said."
DAIRY = "A village dairy in the hills has doubled its output of sheep cheese."


@pytest.fixture(scope="module")
def embedder():
    return BilingualEmbedder()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start_server(folder, port):
    command = [CHROMA, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=2):
                return process
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


@pytest.fixture
def server(tmp_path):
    port = free_port()
    process = start_server(tmp_path / "server", port)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def settings(url):
    return IndexSettings.model_validate({"store": {"kind": "server", "url": url, "exact_below": 0}})


def document(text, title):
    return Document.create(text, Article(title, "en"))


def names(url):
    import chromadb

    client = chromadb.HttpClient(host="127.0.0.1", port=int(url.rpartition(":")[2]))
    return sorted(collection.name for collection in client.list_collections())


def found(collection, query):
    return [passage.article.title for passage in collection.search(query)]


@pytest.mark.slow
def test_the_server_answers_as_the_folder_does(server, tmp_path, embedder):
    local = IndexSettings.model_validate({"store": {"exact_below": 0}})
    documents = [document(FERRY, "Ferry"), document(DAIRY, "Dairy")]
    with (
        Collection.open(tmp_path / "one", settings(server), embedder) as shared,
        Collection.open(tmp_path / "two", local, embedder) as own,
    ):
        for collection in (shared, own):
            collection.add(documents)
        for query in ("island boat timetable", "cheese", "渡轮每天开几次"):
            assert [p.chunk_id for p in shared.search(query)] == [p.chunk_id for p in own.search(query)]
        shared.remove([documents[0].id])
        assert found(shared, "island ferry") == ["Dairy"]
        assert len(names(server)) == 2  # one for each language: those of the old store are gone
    with Collection.open(tmp_path / "one", local, embedder) as back:
        assert found(back, "cheese") == ["Dairy"]
        assert names(server) == []


OTHER_PROCESS = """
import sys
from pathlib import Path
from corpus.records import Article, Document
from index.collection import Collection
from index.settings import IndexSettings

folder, url = Path(sys.argv[1]), sys.argv[2]
settings = IndexSettings.model_validate({"store": {"kind": "server", "url": url, "exact_below": 0}})
with Collection.open(folder, settings) as collection:
    print("ready", flush=True)
    for line in sys.stdin:
        verb, _, text = line.strip().partition(" ")
        if verb == "add":
            print(*collection.add([Document.create(text, Article(text[:20], "en"))]).added, flush=True)
        else:
            print([passage.article.title for passage in collection.search(text)], flush=True)
"""


@pytest.mark.slow
def test_three_processes_share_one_server(server, tmp_path):
    command = [sys.executable, "-c", OTHER_PROCESS, tmp_path / "shared", server]
    processes = []

    def ask(process, line):
        process.stdin.write(line + "\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    try:
        for _ in range(3):
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            processes.append(process)
            assert process.stdout.readline() == "ready\n"
        for number, writer in enumerate(processes):
            text = f"Keeper {number} of the lighthouse retires after {number + 40} years of storms."
            assert ask(writer, f"add {text}")
            for reader in processes:
                assert text[:20] in ask(reader, f"find lighthouse keeper {number}")
    finally:
        for process in processes:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()


@pytest.mark.slow
def test_a_server_that_lost_its_data_is_filled_again(tmp_path, embedder):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    first = start_server(tmp_path / "first", port)
    with Collection.open(tmp_path / "one", settings(url), embedder) as collection:
        collection.add([document(FERRY, "Ferry")])
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    with pytest.raises(UserError, match="can't be reached") as caught:
        Collection.open(tmp_path / "one", settings(url), embedder)
    assert "chroma run" in caught.value.help
    second = start_server(tmp_path / "second", port)
    try:
        with Collection.open(tmp_path / "one", settings(url), embedder) as collection:
            assert found(collection, "island boat timetable") == ["Ferry"]
    finally:
        second.kill()
        second.wait()


def test_an_unreachable_server_is_one_clear_line(tmp_path, embedder):
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(UserError, match="can't be reached"):
        Collection.open(tmp_path, settings(url), embedder)


def test_the_address_is_checked():
    kind = "index.store.kind=server"
    with pytest.raises(UserError, match=r"index\.store\.url: Field required"):
        load_settings(None, [kind])
    with pytest.raises(UserError, match="url"):
        load_settings(None, [kind, "index.store.url=file:///etc"])
    chosen = load_settings(None, [kind, "index.store.url=http://127.0.0.1:8000"])
    assert (chosen.index.store.kind, chosen.index.store.url) == ("server", "http://127.0.0.1:8000")
