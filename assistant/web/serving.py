"""Starting the web server."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.facade import Assistant

TRIED_PORTS = 20
FONTS = ["system-ui", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]


def serve(assistant: Assistant, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Serve the page until interrupted; the address is printed by the server.

    Args:
        assistant: Answers the questions.
        host: Address to listen on.
        port: First port tried; the next free one of twenty is taken.
        open_browser: Open the page in the user's browser.

    Raises:
        UserError: No port is free.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import gradio as gr

    from assistant.web.page import STYLE, build_page

    page = build_page(assistant)
    page.queue(default_concurrency_limit=2).launch(
        server_name=host,
        server_port=free_port(host, port),
        inbrowser=open_browser,
        theme=gr.themes.Soft(font=FONTS, font_mono=["ui-monospace", "Consolas", "monospace"]),
        css=STYLE.read_text(encoding="utf-8"),
        ssr_mode=False,
        footer_links=[],
    )


def free_port(host: str, first: int) -> int:
    """The first free port from `first` on.

    Raises:
        UserError: None of the twenty ports is free, or the address is not of this machine.
    """
    for port in range(first, first + TRIED_PORTS):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise UserError(f"No free port from {first} to {first + TRIED_PORTS - 1} on {host}.", "Choose another with --port.")
