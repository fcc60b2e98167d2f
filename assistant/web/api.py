"""The HTTP interface for programs: `/ask`, `/search`, `/articles`, told in `/openapi.json` and on `/docs`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from fastapi.requests import Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.records import Answer, ArticleEntry, Turn
from assistant.rendering import safe
from assistant.web.gate import Gate, TooManyWait
from corpus.errors import UserError
from corpus.records import Document
from index.records import Scope

if TYPE_CHECKING:
    from assistant.facade import Assistant
    from index.records import Passage

LANGUAGE = Literal["en", "zh"]


class EarlierTurn(BaseModel):
    """One earlier exchange of the conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    question: str = Field(max_length=10_000)
    answer: str = Field(max_length=20_000)


class AskRequest(BaseModel):
    """A question, what was said before it, and which articles may answer it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    question: str = Field(max_length=10_000, description="In English or Chinese, as a person would ask it.")
    history: list[EarlierTurn] = Field(default=[], max_length=50, description="Earlier turns, oldest first.")
    documents: list[str] | None = Field(None, description="Only these article ids.")
    languages: list[LANGUAGE] | None = Field(None, description="Only articles in these languages.")
    publishers: list[str] | None = Field(None, description="Only articles of these publishers.")
    published_from: date | None = Field(None, description="Only articles of this day or later.")
    published_to: date | None = Field(None, description="Only articles of this day or earlier.")


def api_router(assistant: Assistant, gate: Gate) -> APIRouter:
    """The documented routes over one assistant; nothing here changes the collection."""
    router = APIRouter()

    @router.post("/ask", summary="Answer a question with verbatim quotes", tags=["questions"])
    async def ask(request: AskRequest) -> JSONResponse:
        """The answer, in the question's language: status, text with `[n]` marks, quotes with exact offsets, articles.

        `status` is `answered`, `conflict` (the articles differ; all values are shown), `not_found` or `chat`.
        Each quote's `text` equals the characters `span` of the article `document_id`.
        """
        answer = await gate.run(lambda: _ask(assistant, request))
        return JSONResponse(answer.to_dict())

    @router.get("/search", summary="Find passages", tags=["articles"])
    async def search(
        query: Annotated[str, Query(max_length=10_000, description="Question or keywords, in either language.")],
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> JSONResponse:
        """The best passages in either language, best first, with exact offsets."""
        passages = await gate.run(lambda: assistant.search(query, limit))
        return JSONResponse({"query": query, "passages": [passage_to_dict(passage) for passage in passages]})

    @router.get("/articles", summary="List the articles", tags=["articles"])
    async def articles() -> JSONResponse:
        """Every article without its text, ordered by title."""
        entries = await gate.run(assistant.articles)
        return JSONResponse({"articles": [entry_to_dict(entry) for entry in entries]})

    @router.get("/articles/{document_id}", summary="Read an article", tags=["articles"])
    async def article(document_id: str) -> JSONResponse:
        """One article with its whole, unchanged text: what the offsets of quotes point into."""
        try:
            document = await gate.run(lambda: assistant.document(document_id))
        except TooManyWait:
            raise
        except UserError as error:
            raise HTTPException(404, str(error)) from None
        return JSONResponse({**document_to_dict(document), "text": document.text})

    @router.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(docs_html(request.app.openapi()))

    return router


async def tell(request: Request, error: Exception) -> JSONResponse:
    """What the caller of a route did wrong, in one line; 503 where it only came at a bad time."""
    if isinstance(error, TooManyWait):
        return JSONResponse({"detail": str(error)}, 503, {"Retry-After": "2"})
    return JSONResponse({"detail": str(error)}, 400)


def document_to_dict(document: Document) -> dict[str, Any]:
    """An article without its text, as JSON."""
    return entry_to_dict(ArticleEntry(document.id, document.article, len(document.text)))


def entry_to_dict(entry: ArticleEntry) -> dict[str, Any]:
    """An article without its text, as JSON."""
    article = entry.article
    return {
        "id": entry.document_id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "characters": entry.length,
    }


def passage_to_dict(passage: Passage) -> dict[str, Any]:
    """A passage as JSON."""
    return {
        "rank": passage.rank,
        "score": round(passage.score, 6),
        "document_id": passage.document_id,
        "span": [passage.span.start, passage.span.end],
        "text": passage.text,
        "language": passage.language,
        "title": passage.article.title,
        "publisher": passage.article.publisher,
        "published": passage.article.published.isoformat() if passage.article.published else None,
    }


def docs_html(schema: dict[str, Any]) -> str:
    """The OpenAPI description as one plain page that loads nothing."""
    rows = []
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            parameters = "".join(
                f"<li><code>{safe(p['name'])}</code>{'' if p.get('required') else ' (optional)'} "
                f"{safe(p.get('description', ''))}</li>"
                for p in told.get("parameters", [])
            )
            rows.append(
                f"<section><h2><code>{method.upper()} {safe(path)}</code></h2><p><b>{safe(told['summary'])}.</b> "
                f"{safe(told.get('description', ''))}</p><ul>{parameters}</ul></section>"
            )
    fields = schema["components"]["schemas"]["AskRequest"]["properties"]
    body = "".join(
        f"<li><code>{safe(name)}</code> {safe(told.get('description', ''))}</li>" for name, told in fields.items()
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Yiju: HTTP interface</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;"
        "margin:2rem auto;padding:0 1rem;color-scheme:light dark}</style><h1>Yiju: HTTP interface</h1>"
        '<p>Machine-readable: <a href="openapi.json">openapi.json</a></p>'
        f"{''.join(rows)}<section><h2>Body of <code>POST /ask</code></h2><ul>{body}</ul></section></html>"
    )


def _ask(assistant: Assistant, request: AskRequest) -> Answer:
    ends = (request.published_from, request.published_to)
    return assistant.ask(
        request.question,
        [Turn(turn.question, turn.answer) for turn in request.history],
        Scope(request.documents, request.languages, request.publishers, ends if any(ends) else None),
    )
