"""One face for every system under test: this project's assistant, a LangChain runnable, or a plain function."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Protocol, cast

from evals.examples import Example
from evals.metrics.retrieval import unique
from evals.records import CitedQuote, Response, ResponseStatus

_CONTEXT = 160  # characters kept on each side of a quote, for the report
_REFUSAL = re.compile(
    r"(don't|do not|doesn't|does not|cannot|can't|could not|couldn't) (know|say|tell|find|answer|contain)"
    r"|insufficient information|no answer|not in (these|the) (articles|documents)"
    r"|不知道|无法(回答|确定|得知)|没有(提到|提及|找到)|信息不足|未(提及|提到|找到)",
    re.IGNORECASE,
)


class System(Protocol):
    """What is evaluated."""

    name: str

    def respond(self, example: Example) -> Response:
        """The system's answer to the example's question, asked after its history."""
        ...

    def document_text(self, document_id: str) -> str | None:
        """Text of an article; None where the system has none to show."""
        ...


class AssistantSystem:
    """This project's assistant: anything with its `ask(question, history)` and `document(id)`."""

    def __init__(self, assistant: Any, name: str = "yiju") -> None:  # noqa: ANN401 - by shape, not by class
        self.name = name
        self._assistant = assistant

    def respond(self, example: Example) -> Response:
        """See `System`."""
        from assistant.records import Turn

        history = [Turn(turn.question, turn.answer) for turn in example.history]
        return self._response(self._assistant.ask(example.question, history))

    def document_text(self, document_id: str) -> str | None:
        """See `System`."""
        return str(self._assistant.document(document_id).text) if document_id else None

    def _response(self, answer: Any) -> Response:  # noqa: ANN401
        return Response(
            text=answer.text,
            short=answer.short,
            status=cast("ResponseStatus", answer.status.value),
            quotes=tuple(self._quote(quote) for quote in answer.quotes),
            confidence=float(answer.confidence),
            trace=tuple(without_times(entry) for entry in answer.trace),
            ranking=self._ranking(answer),
        )

    def _ranking(self, answer: Any) -> tuple[str, ...]:  # noqa: ANN401
        """Files of the passages that the answer's trace says were found."""
        stages = [entry for entry in answer.trace if entry.get("stage") == "search"]
        chunks = [str(passage["chunk"]) for stage in stages for passage in stage.get("passages", ())]
        ids = unique(chunk.rpartition(":")[0] for chunk in chunks)
        return tuple(unique(PurePath(self._assistant.document(id).article.source).name for id in ids))

    def _quote(self, quote: Any) -> CitedQuote:  # noqa: ANN401
        text = self.document_text(quote.document_id) or ""
        start, end = quote.span.start, quote.span.end
        return CitedQuote(
            text=quote.text,
            document_id=quote.document_id,
            start=start,
            end=end,
            source=PurePath(quote.article.source).name,
            title=quote.article.title,
            language=quote.language,
            before=text[max(0, start - _CONTEXT) : start],
            after=text[end : end + _CONTEXT],
        )


class FunctionSystem:
    """Any callable from a question (and, where it takes two arguments, the earlier turns) to an answer.

    It may give a text, `None` for "not known", a pair (text, quotes) with quotes as texts, or a mapping with
    "answer" and "quotes" (the keys of LangChain's chains, "result", "output", "context" and "source_documents",
    work too).
    """

    def __init__(self, function: Callable[..., object], name: str = "", articles: Sequence[str] = ()) -> None:
        self.name = name or getattr(function, "__name__", type(function).__name__)
        self._function = function
        self._takes_history = _positional_count(function) >= 2
        self._articles = "\n\n".join(articles)

    def respond(self, example: Example) -> Response:
        """See `System`."""
        turns = [(turn.question, turn.answer) for turn in example.history]
        given = self._function(example.question, turns) if self._takes_history else self._function(example.question)
        return to_response(given)

    def document_text(self, document_id: str) -> str | None:
        """All articles given to the constructor as one text, as quotes have no ids; None without them."""
        return self._articles or None


def adapt(target: object, name: str = "", articles: Sequence[str] = ()) -> System:
    """The system for an assistant, a LangChain runnable (anything with `invoke`), a callable, or a `System`.

    Args:
        target: What to evaluate.
        name: Its name in reports.
        articles: Texts of the articles, so that quotes of a plain function or runnable can be checked.

    Raises:
        TypeError: `target` is none of these.
    """
    if callable(getattr(target, "respond", None)):
        return cast("System", target)
    if callable(getattr(target, "ask", None)):
        return AssistantSystem(target, name or "yiju")
    invoke = getattr(target, "invoke", None)
    if callable(invoke):
        return FunctionSystem(lambda question: invoke(question), name or type(target).__name__, articles)
    if callable(target):
        return FunctionSystem(target, name, articles)
    raise TypeError(f"{type(target).__name__} has neither ask nor invoke and is not callable")


def to_response(given: object) -> Response:
    """The response in whatever shape a foreign system gives it; see `FunctionSystem`."""
    if given is None:
        return Response("", status="not_found")
    if isinstance(given, Response):
        return given
    if hasattr(given, "status") and hasattr(given, "quotes"):
        return AssistantSystem(_Nothing())._response(given)
    if isinstance(given, tuple) and len(given) == 2:
        return _plain(given[0], given[1])
    if isinstance(given, Mapping):
        return _plain(
            _first(given, "answer", "result", "output", "text"), _first(given, "quotes", "context", "source_documents")
        )
    return _plain(getattr(given, "content", given), ())


def without_times(data: Any) -> Any:  # noqa: ANN401 - plain JSON data
    """`data` without the entries that hold times: they are never the same twice and stand in a file of their own."""
    if isinstance(data, Mapping):
        return {
            str(key): without_times(value)
            for key, value in data.items()
            if key not in ("milliseconds", "seconds", "ms")
        }
    if isinstance(data, list | tuple):
        return [without_times(value) for value in data]
    return data


def _plain(text: object, quotes: object) -> Response:
    said = "" if text is None else str(text)
    items = quotes if isinstance(quotes, Sequence) and not isinstance(quotes, str) else [quotes] if quotes else []
    status: ResponseStatus = "not_found" if not said.strip() or _REFUSAL.search(said) else "answered"
    return Response(said, said, status, tuple(_cited(item) for item in items))


def _cited(item: object) -> CitedQuote:
    """A quote given as a text, or as a LangChain document with its metadata."""
    if not hasattr(item, "page_content"):
        return CitedQuote(str(item))
    metadata = getattr(item, "metadata", {})
    source = PurePath(str(metadata.get("source", ""))).name
    return CitedQuote(str(item.page_content), source=source, title=str(metadata.get("title", "")))


def _first(mapping: Mapping[Any, Any], *keys: str) -> object:
    return next((mapping[key] for key in keys if mapping.get(key)), None)


def _positional_count(function: Callable[..., object]) -> int:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 1
    return sum(
        parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        and parameter.default is parameter.empty
        for parameter in parameters
    )


class _Nothing:
    """Stands in for the assistant of an answer whose articles are not at hand."""

    def document(self, document_id: str) -> Any:  # noqa: ANN401
        article = type("NoArticle", (), {"source": ""})
        return type("Empty", (), {"text": "", "article": article})
