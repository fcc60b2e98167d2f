"""The chat model itself: loaded by LangChain on first use, heard piece by piece, never longer than allowed."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.generating.failures import ModelFailure, Reason, failure_of
from assistant.generating.settings import ChatModelSettings, ModelSettings
from corpus.errors import UserError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessageChunk
    from langchain_core.runnables import Runnable

Messages = Sequence[tuple[str, str]]
"""Role ("system" or "human") and text, in order."""
Schema = Mapping[str, Any]
"""JSON schema of a reply, with a title."""
EXTRAS = {"ollama": "langchain_ollama", "openai": "langchain_openai", "anthropic": "langchain_anthropic"}
"""Providers with an extra of the same name, and the module that it installs."""
_REFUSALS = frozenset({"content_filter", "refusal", "safety"})
_SCHEMA_REFUSED = (400, 404, 415, 422, 500, 501)
"""Statuses with which endpoints turn away a form that they do not know."""


class ChatModel:
    """A chat model as set; making it is light, and threads may share it.

    Args:
        settings: Which model, and its limits.

    Raises:
        UserError: The provider's package is not installed; tells the line that installs it.
    """

    def __init__(self, settings: ChatModelSettings) -> None:
        self.settings = settings
        self.provider = settings.model.partition(":")[0]
        module = EXTRAS.get(self.provider)
        if module and find_spec(module) is None:
            raise UserError(
                f"The model {settings.model} needs the package {module.replace('_', '-')}, which is not installed.",
                f"Install it with: pip install 'yiju[{self.provider}]'",
            )
        self._loading = threading.Lock()
        self._loaded: BaseChatModel | None = None
        self._takes_schema = True

    @property
    def key(self) -> str:
        """The key from the environment; empty where none is named or set."""
        return os.environ.get(self.settings.key_variable, "") if self.settings.key_variable else ""

    def pieces(self, messages: Messages, schema: Schema, ends: float) -> Iterator[str]:
        """The reply as it comes, in pieces of any size.

        Args:
            messages: What is asked.
            schema: The form of the reply, asked for as far as settings and endpoint go.
            ends: Time of `time.monotonic` by which the reply must have ended.

        Raises:
            ModelFailure: For every fault of the endpoint; also in the middle of a reply.
        """
        method = self._method()
        heard = False
        try:
            for piece in self._heard(messages, schema, method, ends):
                heard = True
                yield piece
        except ModelFailure as failure:
            form_refused = failure.status in _SCHEMA_REFUSED and failure.reason in (Reason.FAULT, Reason.ABSENT)
            if heard or not form_refused or method == "none" or self.settings.structured != "auto":
                raise
            yield from self._heard(messages, schema, "none", ends)
            self._takes_schema = False

    def reply(self, messages: Messages, schema: Schema, ends: float) -> str:
        """The whole reply.

        Raises:
            ModelFailure: As `pieces`.
        """
        return "".join(self.pieces(messages, schema, ends))

    def _method(self) -> str:
        chosen = self.settings.structured
        if chosen != "auto":
            return chosen
        return "json_schema" if self._takes_schema else "none"

    def _heard(self, messages: Messages, schema: Schema, method: str, ends: float) -> Iterator[str]:
        """The reply, read by a thread of its own, so that no endpoint can hold the answer longer than allowed."""
        pieces: queue.SimpleQueue[str | ModelFailure | None] = queue.SimpleQueue()
        stopped = threading.Event()
        work = threading.Thread(target=self._read, args=(messages, schema, method, pieces, stopped), daemon=True)
        work.start()
        try:
            while True:
                try:
                    item = pieces.get(timeout=max(0.0, ends - time.monotonic()))
                except queue.Empty:
                    raise ModelFailure(Reason.SLOW, "the time limit was reached") from None
                if item is None:
                    return
                if isinstance(item, ModelFailure):
                    raise item
                yield item
        finally:
            stopped.set()

    def _read(
        self,
        messages: Messages,
        schema: Schema,
        method: str,
        pieces: queue.SimpleQueue[str | ModelFailure | None],
        stopped: threading.Event,
    ) -> None:
        heard = False
        try:
            for chunk in self._asking(schema, method).stream(list(messages)):
                if stopped.is_set():
                    return
                if _is_refusal(chunk):
                    raise ModelFailure(Reason.REFUSED)
                if piece := _text(chunk):
                    heard = True
                    pieces.put(piece)
            pieces.put(None)
        except ModelFailure as failure:
            pieces.put(failure)
        except Exception as error:  # whatever a provider's client raises, the answer goes on without it
            if "LengthFinishReason" in type(error).__name__:  # OpenAI's client: the reply was cut off at max_tokens
                pieces.put(None)
                return
            found = failure_of(error, self.key)
            broke = heard and found.reason in (Reason.DOWN, Reason.FAULT)
            pieces.put(ModelFailure(Reason.BROKE, found.detail) if broke else found)

    def _asking(self, schema: Schema, method: str) -> Runnable[Any, Any]:
        model = self._model()
        if method == "none":
            return model
        bound: Any = model.with_structured_output(dict(schema), method=method)
        first: Runnable[Any, Any] = bound.first  # the model bound to the form, without the parser: ours reads pieces
        return first

    def _model(self) -> BaseChatModel:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> BaseChatModel:
        if self.settings.key_variable and not self.key:
            raise ModelFailure(Reason.KEY, f"the environment variable {self.settings.key_variable} is not set")
        from langchain.chat_models import init_chat_model

        settings = self.settings
        options: dict[str, Any] = {"temperature": settings.temperature}
        if settings.base_url:
            options["base_url"] = settings.base_url
        if self.provider == "ollama":
            headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
            client = {"timeout": settings.timeout, "headers": headers}
            options |= {"num_predict": settings.max_tokens, "client_kwargs": client}
        else:
            options |= {"max_tokens": settings.max_tokens, "timeout": settings.timeout, "max_retries": 0}
            options["api_key"] = self.key or "none"
        loaded: BaseChatModel = init_chat_model(settings.model, **options)
        return loaded


def build_model(settings: ModelSettings) -> ChatModel | None:
    """The chat model of the settings; None where they name none.

    Raises:
        UserError: Its package is not installed.
    """
    return ChatModel(settings) if isinstance(settings, ChatModelSettings) else None


def _text(chunk: BaseMessageChunk) -> str:
    """The words of a piece: its text, and what it writes into a tool call, which is how some models give a form."""
    calls = getattr(chunk, "tool_call_chunks", ())
    return str(chunk.text) + "".join(call.get("args") or "" for call in calls)


def _is_refusal(chunk: BaseMessageChunk) -> bool:
    told = chunk.response_metadata
    ended = told.get("finish_reason") or told.get("stop_reason")
    return ended in _REFUSALS or bool(chunk.additional_kwargs.get("refusal"))
