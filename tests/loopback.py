"""A scripted HTTP server on loopback: a test says what it answers, and reads what it was asked."""

import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    """One request."""

    path: str
    key: str
    body: dict


@dataclass
class Server:
    """What a test holds in its hand."""

    url: str
    answer: object
    """Data, (status, data) or (status, data, headers), or a function of an `Asked` that gives it. Data that is bytes
    goes out as it is; None breaks the connection off."""
    asked: list = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    """A slow answer waits for it."""


@contextmanager
def serving(answer):
    """A running `Server`; ends with the block."""
    server = Server("", answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = self.rfile.read(int(self.headers["content-length"]))
            asked = Asked(self.path, self.headers.get("authorization", ""), json.loads(content))
            server.asked.append(asked)
            given = server.answer(asked) if callable(server.answer) else server.answer
            status, data, headers = (*given, {})[:3] if isinstance(given, tuple) else (200, given, {})
            if data is None:
                self.connection.close()
                return
            sent = data if isinstance(data, bytes) else json.dumps(data).encode()
            self.send_response(status)
            for name, value in {"content-length": str(len(sent)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *arguments):
            pass

        def finish(self):
            with suppress(OSError, ValueError):
                super().finish()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *arguments):
            pass

    http = Quiet(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        http.shutdown()
        http.server_close()
        thread.join()
