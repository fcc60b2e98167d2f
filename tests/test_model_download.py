"""Models named as on the hub, from a hub on loopback: downloaded once, without what is not needed, then read from disk."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tiny_models import make_sentence_transformer

from index.embedders import build_embedder
from index.model_settings import SentenceTransformerSettings

COMMIT = "c" * 40
UNUSED = ("onnx/model.onnx", "openvino/model.xml", "pytorch_model.bin", "tf_model.h5")


class Hub(BaseHTTPRequestHandler):
    """Speaks as much of the hub's protocol as its client uses."""

    def _send(self, data, status=200, **headers):
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        files = self.server.files
        if "gated/model" in path:
            self._send({"error": "gated"}, 403, X_Error_Code="GatedRepo")
        elif "tiny/model" not in path:
            self._send({"error": "no"}, 404, X_Error_Code="RepoNotFound")
        elif "/tree/" in path:
            self._send(
                [
                    {"type": "file", "path": n, "size": len(c), "oid": f"{i:040}"}
                    for i, (n, c) in enumerate(files.items())
                ]
            )
        elif path.startswith("/api/"):
            self._send({"id": "tiny/model", "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]})
        else:
            name = path.partition(f"/resolve/{COMMIT}/")[2]
            number = list(files).index(name)
            self._send(files[name], ETag=f'"{number:040}"', X_Repo_Commit=COMMIT)

    do_HEAD = do_GET

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_sentence_transformer(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def hub(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.asked = []
    server.files = {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }
    server.files.update((name, b"not needed") for name in UNUSED)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


CODE = """
import sys
from corpus.errors import UserError
from index.embedders import build_embedder
from index.model_files import find_model
from index.model_settings import SentenceTransformerSettings

settings = SentenceTransformerSettings(model=sys.argv[1], device="cpu")
try:
    print(find_model(settings))
    print(build_embedder(settings).fingerprint)
except UserError as error:
    print(error.message)
    print(error.help)
"""


def found(name, home, port):
    """What a process of its own says of a model, with a hub on that port."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    env |= {"HF_HOME": str(home), "HF_ENDPOINT": f"http://127.0.0.1:{port}", "HF_HUB_DISABLE_XET": "1"}
    done = subprocess.run([sys.executable, "-c", CODE, name], capture_output=True, text=True, env=env, check=True)
    return done.stdout.splitlines()


def test_a_model_is_downloaded_once_without_what_is_not_needed(hub, folder, tmp_path):
    path, fingerprint = found("tiny/model", tmp_path, hub.server_port)
    fetched = {asked.partition(f"/resolve/{COMMIT}/")[2] for asked in hub.asked if "/resolve/" in asked}
    assert "model.safetensors" in fetched
    assert not fetched & set(UNUSED)
    same = build_embedder(SentenceTransformerSettings(model=str(folder), device="cpu"))
    assert fingerprint == same.fingerprint, "a name and a folder of equal files are one embedder"
    count = len(hub.asked)
    assert found("tiny/model", tmp_path, hub.server_port) == [path, fingerprint]
    assert len(hub.asked) == count, "the hub is not asked again"
    (next(tmp_path.rglob("model.safetensors"))).unlink()
    assert found("tiny/model", tmp_path, hub.server_port) == [path, fingerprint]
    assert len(hub.asked) > count, "what is missing is fetched again"


@pytest.mark.parametrize(
    ("name", "message", "help"),
    [
        ("nobody/nothing", "There is no folder and no model nobody/nothing.", "Correct the name"),
        ("gated/model", "needs its owner's leave", "hf auth login"),
    ],
)
def test_what_the_hub_refuses_is_one_clear_line(hub, tmp_path, name, message, help):
    told, mend = found(name, tmp_path, hub.server_port)
    assert message in told
    assert help in mend


def test_a_hub_that_is_away_is_one_clear_line(tmp_path):
    told, mend = found("tiny/model", tmp_path, 9)
    assert told == "Model tiny/model can't be downloaded: ConnectError."
    assert "hf download tiny/model" in mend
