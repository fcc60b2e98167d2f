"""Puts the page's own script before everything of Gradio's, and its own style behind everything of Gradio's."""

from __future__ import annotations

from assistant.web.guard import Application, Message, Receive, Scope, Send

_BEGIN, _END = b"<head>", b"</body>"


class Framed:
    """ASGI middleware that frames the page at `/`.

    Gradio's own `head` arrives after Gradio has chosen its language, and its `css` gets a prefix that loses rules about
    `body` and dialogs.

    Args:
        application: What serves the page.
        first: HTML put right behind `<head>`.
        last: HTML put right before `</body>`.
    """

    def __init__(self, application: Application, first: str, last: str) -> None:
        self._application = application
        self._first = _BEGIN + first.encode()
        self._last = last.encode() + _END

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, and the page with the insertions."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._application(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
        start: list[Message] = []
        body = bytearray()

        async def collecting(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                whole = bytes(body).replace(_BEGIN, self._first, 1).replace(_END, self._last, 1)
                headers = [(k, v) for k, v in start[0].get("headers", []) if k.lower() != b"content-length"]
                headers.append((b"content-length", str(len(whole)).encode()))
                await send({**start[0], "headers": headers})
                await send({"type": "http.response.body", "body": whole})

        await self._application({**scope, "headers": plain}, receive, collecting)
