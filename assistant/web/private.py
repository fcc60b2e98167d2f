"""Routes that only the page itself uses: the source reader, feedback, exports and reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.feedback import LONGEST_COMMENT
from assistant.records import Answer
from assistant.rendering import say
from assistant.web.reader import parse_quotes, reader_html
from assistant.web.reports import find_report
from assistant.web.talks import Talk, slim
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.facade import Assistant

ICON = Path(__file__).with_name("icon.svg")
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; "
    "sandbox allow-scripts; frame-ancestors 'self'"
)
"""A report may draw, but not load anything nor reach the page around it."""


class FeedbackRequest(BaseModel):
    """A thumb and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rating: Literal["up", "down"]
    reason: str = Field("", max_length=40)
    comment: Annotated[str, StringConstraints(strip_whitespace=True)] = Field("", max_length=LONGEST_COMMENT)
    answer: dict[str, Any]


def private_router(assistant: Assistant, reports: Path) -> APIRouter:
    """The page's own routes; left out of the documentation and free to change."""
    router = APIRouter(include_in_schema=False)

    @router.get("/page/reader/{document_id}")
    def reader(document_id: str, quotes: str = "", current: int = 0, language: Literal["en", "zh"] = "en") -> Response:
        try:
            document = assistant.document(document_id)
        except UserError:
            return HTMLResponse(f'<p class="empty">{say("reader_missing", language)}</p>', status_code=404)
        return HTMLResponse(reader_html(document, parse_quotes(quotes), current, language, date.today()))

    @router.post("/page/feedback")
    def feedback(request: FeedbackRequest) -> Response:
        try:
            answer = slim(Answer.from_dict(request.answer))
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        assistant.feedback.add(request.rating, answer, request.reason, request.comment)
        return JSONResponse({"kept": True})

    @router.post("/page/markdown")
    def markdown(talk: dict[str, Any]) -> Response:
        return PlainTextResponse(Talk.from_dict(talk).to_markdown(), media_type="text/markdown")

    @router.get("/page/report")
    def report(name: str) -> Response:
        file = find_report(reports, name)
        if file is None:
            raise HTTPException(404, "There is no such report.")
        return HTMLResponse(file.read_bytes(), headers={"content-security-policy": REPORT_POLICY})

    @router.get("/page/alive")
    def alive() -> Response:
        return Response(status_code=204)

    @router.get("/favicon.ico")
    def icon() -> Response:
        return Response(ICON.read_bytes(), media_type="image/svg+xml", headers={"cache-control": "max-age=86400"})

    return router
