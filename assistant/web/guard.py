"""What stands in front of the whole application: who may enter, from where, and what a page may load."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; media-src 'self' blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""The browser itself refuses to load anything from another host."""
HEADERS = {
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """The one user who may enter."""

    user: str
    password: str

    def match(self, header: str) -> bool:
        """Whether an `Authorization` header carries them; takes the same time for any wrong one."""
        kind, _, encoded = header.partition(" ")
        try:
            given = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            return False
        expected = f"{self.user}:{self.password}".encode()
        return kind.lower() == "basic" and hmac.compare_digest(given, expected)


class Guard:
    """ASGI middleware: host names, login, foreign pages, size of requests, and headers of every response.

    Args:
        application: What is guarded.
        credentials: Asked of everyone; None for an open server.
        hosts: Names that a request may call this server by (against rebinding of names); None for any.
        largest: Bytes that a request to our own paths may carry.
    """

    def __init__(
        self,
        application: Application,
        credentials: Credentials | None = None,
        hosts: frozenset[str] | None = None,
        largest: int = 1_000_000,
    ) -> None:
        self._application = application
        self._credentials = credentials
        self._hosts = hosts
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with headers added."""
        if scope["type"] not in ("http", "websocket"):
            await self._application(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._application(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _refuse(send, *refusal)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if self._hosts is not None and _host_name(headers.get("host", "")) not in self._hosts:
            return 421, "This server answers only to its own name."
        if self._credentials is not None and not self._credentials.match(headers.get("authorization", "")):
            return 401, "User and password, please."
        if scope.get("method") in ("GET", "HEAD"):
            return None
        if headers.get("sec-fetch-site") == "cross-site":
            return 403, "Another site's page may not send requests here."
        if not scope["path"].startswith("/gradio_api"):
            return self._size_fault(headers.get("content-length", ""))
        return None

    def _size_fault(self, length: str) -> tuple[int, str] | None:
        if not length.isdecimal():
            return 411, "The request must tell its length."
        return (413, f"The request is larger than {self._largest:,} bytes.") if int(length) > self._largest else None


def _host_name(header: str) -> str:
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message.get("headers", [])}
            added = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in present]
            message = {**message, "headers": [*message.get("headers", []), *added]}
        await send(message)

    return sending


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="Yiju", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})
