"""The whole web application: page, HTTP interface and the page's own routes behind one guard."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.texts import both, keys
from assistant.web.framing import Framed
from assistant.web.guard import LOOPBACK_NAMES, Credentials, Guard
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.facade import Assistant
    from assistant.web.evaluating import Evaluator

SCRIPTS = ("basics", "talks", "asking", "quotes", "reader", "feedback", "articles", "events")
"""Rooms of the page's script, in order: they share one scope, and `basics` comes first."""
HERE = Path(__file__).parent
FONTS = ["system-ui", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
REPORTS = "reports"
"""Folder in the home folder that holds evaluation reports."""
MOST_WAITING = 64
"""Events that may wait in the page's queue."""


def build_application(
    assistant: Assistant,
    *,
    credentials: Credentials | None = None,
    only_loopback: bool = True,
    max_upload: int = 20_000_000,
    reports: Path | None = None,
    evaluator: Evaluator | None = None,
) -> Guard:
    """An ASGI application over one assistant.

    Args:
        assistant: Answers the questions.
        credentials: Who may enter; None for everyone.
        only_loopback: Answer only to loopback names.
        max_upload: Bytes of one uploaded file.
        reports: Folder of evaluation reports; default: `reports` in the home folder.
        evaluator: Runs evaluations on the page; None for a page that only shows reports.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import gradio as gr
    from fastapi import FastAPI

    from assistant.web.api import api_router, tell
    from assistant.web.evaluating import Evaluations
    from assistant.web.gate import Gate
    from assistant.web.mcp_server import mcp_application
    from assistant.web.page import I18N, Page
    from assistant.web.private import private_router

    folder = reports or assistant.home / REPORTS
    gate = Gate()
    mcp = mcp_application(assistant, gate)
    application = FastAPI(
        title="Yiju",
        description="Questions over English and Chinese articles, answered with verbatim quotes.",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=mcp.router.lifespan_context,
    )
    application.add_exception_handler(UserError, tell)
    application.include_router(api_router(assistant, gate))
    application.router.routes.extend(mcp.router.routes)
    application.include_router(private_router(assistant, folder))
    page = Page(assistant, Evaluations(folder, evaluator))
    blocks = page.build().queue(default_concurrency_limit=4, max_size=MOST_WAITING)
    threading.Thread(target=page.warm, daemon=True).start()
    mounted = gr.mount_gradio_app(
        application,
        blocks,
        path="/",
        theme=gr.themes.Soft(font=FONTS, font_mono=["ui-monospace", "Consolas", "monospace"]),
        i18n=I18N,
        ssr_mode=False,
        footer_links=[],
        run_history=False,
        max_file_size=max_upload,
        show_error=True,
        allowed_paths=[],
    )
    return Guard(
        Framed(mounted, head_html(), style_html()),
        credentials,
        LOOPBACK_NAMES if only_loopback else None,
        max(max_upload, 1_000_000),
    )


def head_html() -> str:
    """The page's icon and script, the script with its words."""
    words = json.dumps({key: both(key) for key in keys()}, ensure_ascii=False).replace("<", "\\u003c")
    rooms = "\n".join((HERE / "scripts" / f"{room}.js").read_text(encoding="utf-8") for room in SCRIPTS)
    icon = '<link rel="icon" href="favicon.ico" type="image/svg+xml">'
    return f'{icon}<script>"use strict";\n(() => {{\nconst YIJU_WORDS = {words};\n{rooms}}})();</script>'


def style_html() -> str:
    """The page's style."""
    return f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}</style>"
