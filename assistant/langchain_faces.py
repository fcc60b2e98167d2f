"""This assistant as LangChain parts: a retriever and a runnable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.records import Answer

if TYPE_CHECKING:
    from assistant.facade import Assistant


class PassageRetriever(BaseRetriever):
    """Passages as LangChain documents; metadata holds what is needed to cut a quote."""

    assistant: Any
    limit: int = 8

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                page_content=passage.text,
                metadata={
                    "document_id": passage.document_id,
                    "start": passage.span.start,
                    "end": passage.span.end,
                    "score": passage.score,
                    "rank": passage.rank,
                    "language": passage.language,
                    "title": passage.article.title,
                    "publisher": passage.article.publisher,
                    "published": passage.article.published.isoformat() if passage.article.published else "",
                },
            )
            for passage in self.assistant.search(query, limit=self.limit)
        ]


def make_retriever(assistant: Assistant, limit: int) -> PassageRetriever:
    """A retriever that returns at most `limit` passages."""
    return PassageRetriever(assistant=assistant, limit=limit)


def make_runnable(assistant: Assistant) -> Runnable[str, Answer]:
    """A runnable from question to answer."""
    return RunnableLambda(lambda question: assistant.ask(question), name="yiju")
