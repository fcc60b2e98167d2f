"""Chat endpoints on loopback that say what a test tells them, in the real protocols of OpenAI and of Ollama."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What the endpoint does with one request."""

    text: str = ""
    status: int = 200
    error: dict | None = None
    headers: dict = field(default_factory=dict)
    wait: float = 0.0
    """Seconds before anything is sent."""
    pause: float = 0.0
    """Seconds between pieces."""
    pieces: int = 7
    """Characters of each piece."""
    dies_after: int | None = None
    """Characters after which the connection is cut."""
    finish: str = "stop"


@dataclass
class Asked:
    """One request as it came."""

    path: str
    headers: dict
    body: dict

    @property
    def messages(self):
        return [(message["role"], message["content"]) for message in self.body["messages"]]

    @property
    def task(self):
        """What is asked for: "answer", "translations" or "question"."""
        system = self.messages[0][1]
        return next(name for name in ("translations", "searches", "claims") if f'"{name}"' in system)


Script = Callable[[Asked], Reply]


class Handler(BaseHTTPRequestHandler):
    """Reads a request, asks the script, and answers in the protocol of the path."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, dict(self.headers), body)
        self.server.asked.append(asked)
        reply = self.server.script(asked)
        self.server.stopping.wait(reply.wait)
        try:
            self.answer(asked, reply)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, asked, reply):
        if reply.status != 200:
            self.whole(reply.status, reply.error or {"error": {"message": "no"}}, reply.headers)
        elif asked.path.endswith("/chat/completions"):
            openai(self, asked, reply)
        elif asked.path == "/api/chat":
            ollama(self, asked, reply)
        else:
            self.whole(404, {"error": {"message": f"no route {asked.path}"}})

    def whole(self, status, data, headers=None):
        content = json.dumps(data).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def begin(self, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def piece(self, text):
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def parts(self, reply):
        """The pieces of a reply; cuts the connection where the script says so."""
        for start in range(0, len(reply.text), reply.pieces):
            if reply.dies_after is not None and start >= reply.dies_after:
                raise ConnectionResetError
            self.server.stopping.wait(reply.pause)
            yield reply.text[start : start + reply.pieces]
        if reply.dies_after is not None:
            raise ConnectionResetError

    def log_message(self, *_):
        pass


class Endpoint(ThreadingHTTPServer):
    """A running server; `asked` holds what came."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.asked: list[Asked] = []
        self.stopping = threading.Event()

    def handle_error(self, request, client_address):
        """A client that hangs up is no fault of the endpoint."""

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


def openai(handler, asked, reply):
    """Chat completions: whole or as server-sent events; into a tool call where a tool is demanded."""
    tools = asked.body.get("tools")
    name = tools[0]["function"]["name"] if tools else ""
    finish = "tool_calls" if tools and reply.finish == "stop" else reply.finish
    base = {"id": "c1", "created": int(time.time()), "model": asked.body["model"]}
    if not asked.body.get("stream"):
        call = {"id": "t1", "type": "function", "function": {"name": name, "arguments": reply.text}}
        message = {"role": "assistant", "content": None if tools else reply.text}
        message |= {"tool_calls": [call]} if tools else {}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        handler.whole(200, {**base, "object": "chat.completion", "choices": [choice], "usage": usage})
        return

    def event(delta, end=None):
        choice = {"index": 0, "delta": delta, "finish_reason": end}
        handler.piece(f"data: {json.dumps({**base, 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n")

    def words(text, first=False):
        if not tools:
            return {"content": text}
        function = {"arguments": text} | ({"name": name} if first else {})
        return {
            "tool_calls": [{"index": 0, "function": function} | ({"id": "t1", "type": "function"} if first else {})]
        }

    handler.begin("text/event-stream")
    event({"role": "assistant", "content": None if tools else ""} | (words("", first=True) if tools else {}))
    for part in handler.parts(reply):
        event(words(part))
    event({}, finish)
    handler.piece("data: [DONE]\n\n")
    handler.piece("")


def ollama(handler, asked, reply):
    """`/api/chat`: one JSON object a line."""

    def line(content, calls=None, **more):
        message = {"role": "assistant", "content": content} | ({"tool_calls": calls} if calls else {})
        stamp = {"model": asked.body["model"], "created_at": "2024-01-01T00:00:00Z"}
        return json.dumps({**stamp, "message": message, **more}) + "\n"

    handler.begin("application/x-ndjson")
    if tools := asked.body.get("tools"):
        call = {"function": {"name": tools[0]["function"]["name"], "arguments": json.loads(reply.text)}}
        handler.piece(line("", calls=[call], done=False))
    else:
        for part in handler.parts(reply):
            handler.piece(line(part, done=False))
    handler.piece(line("", done=True, done_reason=reply.finish))
    handler.piece("")


@contextmanager
def endpoint(script: Script):
    """A server that runs a script until the block ends."""
    made = Endpoint(script)
    work = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    work.start()
    try:
        yield made
    finally:
        made.stopping.set()
        made.shutdown()
        made.server_close()
