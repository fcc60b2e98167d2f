"""What stands in the way of answers: settings, disk, index and models, each tried for real, and how to mend it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.generating.failures import ModelFailure, Reason
from assistant.generating.models import ChatModel
from assistant.generating.prompting import ANSWER_SCHEMA
from assistant.generating.settings import ChatModelSettings, ModelSettings
from assistant.settings import AssistantSettings
from corpus.errors import UserError
from index.model_checks import check_embedder, check_reranker

LEAST_FREE = 500_000_000
"""Bytes that the home's disk should have free."""
_QUESTION = "Reply with {} as JSON."


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    name: str
    ok: bool
    detail: str
    """What is right, or wrong."""
    mend: str = ""
    """How to mend it; empty where nothing is wrong."""


def examine(home: Path, load: Callable[[], AssistantSettings]) -> Iterator[Finding]:
    """Check everything that an answer needs, one finding each, as each is known.

    Args:
        home: Folder of collection and settings; exists.
        load: Reads the settings.
    """
    yield _disk(home)
    try:
        settings = load()
    except UserError as error:
        yield Finding("settings", False, error.message, error.help)
        return
    yield Finding("settings", True, f'preset "{settings.preset}"')
    yield _tried("embedder", lambda: check_embedder(settings.index.embedder))
    yield _tried("reranker", lambda: check_reranker(settings.index.reranker))
    yield _tried("index", lambda: _search(home, settings))
    yield _chat(settings.answering.model)


def _tried(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except UserError as error:
        return Finding(name, False, error.message, error.help)


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    detail = f"{home}: {free / 1e9:.1f} GB free"
    try:
        probe = home / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Finding("disk", False, f"{home} can't be written: {error.strerror}", "Choose a folder with --home.")
    if free < LEAST_FREE:
        return Finding("disk", False, detail, "Free some space, or choose a folder on another disk with --home.")
    return Finding("disk", True, detail)


def _search(home: Path, settings: AssistantSettings) -> str:
    """Open the collection and search it once; a home that was never used is told and left as it is."""
    from index.collection import Collection

    if not (home / "collection").exists():
        return "no collection yet; the first question makes it"
    with Collection.open(home / "collection", settings.index) as collection:
        found = collection.find("news 新闻", 1)
        if found.remarks:
            raise UserError(" ".join(found.remarks), "Mend the model above, or set its kind to the default.")
        return f"{len(collection.articles())} articles, {collection.chunk_count} passages"


def _chat(settings: ModelSettings) -> Finding:
    """Ask the chat model for the shortest reply."""
    if not isinstance(settings, ChatModelSettings):
        return Finding("chat model", True, "none; answers are the articles' own words")
    started = time.monotonic()
    try:
        model = ChatModel(settings)
        model.reply([("system", _QUESTION), ("human", _QUESTION)], ANSWER_SCHEMA, started + settings.time_limit)
    except UserError as error:
        return Finding("chat model", False, error.message, error.help)
    except ModelFailure as failure:
        told = failure.detail or failure.reason.value
        return Finding("chat model", False, f"{settings.model}: {told}", _mending(failure.reason, settings))
    return Finding("chat model", True, f"{settings.model} replied in {time.monotonic() - started:.1f} s")


def _mending(reason: Reason, settings: ChatModelSettings) -> str:
    provider, _, name = settings.model.partition(":")
    variable = settings.key_variable
    match reason:
        case Reason.DOWN if provider == "ollama":
            return "Start it with: ollama serve; or set answering.model.base_url to where it runs."
        case Reason.DOWN:
            return "Check answering.model.base_url and the network, and that the server runs."
        case Reason.KEY if variable:
            return f"Put a valid key into the environment variable {variable}."
        case Reason.KEY:
            return "Name the environment variable that holds the key in answering.model.key_variable."
        case Reason.ABSENT if provider == "ollama":
            return f"Fetch it with: ollama pull {name}"
        case Reason.ABSENT:
            return "Set answering.model.model to a model that the endpoint has."
        case Reason.SLOW:
            return "Raise answering.model.timeout and time_limit, or choose a smaller model."
        case Reason.BUSY:
            return "Wait a while, or raise the limits of your account."
        case Reason.BROKE | Reason.FAULT:
            return "Check that answering.model.base_url leads to this provider's interface, and see what it logs."
        case _:
            return "See what the endpoint logs; answers go on without it."
