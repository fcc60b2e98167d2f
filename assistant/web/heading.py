"""Puts the page's own style and script at the top of its `<head>`, before anything of Gradio's runs."""

from __future__ import annotations

from assistant.web.guard import Application, Message, Receive, Scope, Send

_PLACE = b"<head>"


class EarlyHead:
    """ASGI middleware that inserts HTML into the page at `/`.

    Gradio's own `head` arrives after Gradio has chosen its language, and its `css` gets a prefix that loses rules about
    `body` and dialogs.

    Args:
        application: What serves the page.
        inserted: HTML put right behind `<head>`.
    """

    def __init__(self, application: Application, inserted: str) -> None:
        self._application = application
        self._inserted = _PLACE + inserted.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, and the page with the insertion."""
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
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                whole = bytes(body).replace(_PLACE, self._inserted, 1)
                headers = [(k, v) for k, v in start[0].get("headers", []) if k.lower() != b"content-length"]
                headers.append((b"content-length", str(len(whole)).encode()))
                await send({**start[0], "headers": headers})
                await send({"type": "http.response.body", "body": whole})

        await self._application({**scope, "headers": plain}, receive, collecting)
