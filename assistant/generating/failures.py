"""Why a chat model gave nothing: every way to fail as one of a few reasons, told without secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|prompt is too long|too many (?:input )?tokens"
    r"|exceeds? the (?:available|model)",
    re.I,
)
_SLOW = re.compile(r"timed? ?out", re.I)
_DOWN = re.compile(r"connect|resolve|refused|unreachable|name or service", re.I)
_SECRET = re.compile(r"\b(?:sk|pk|key|token|bearer|api[-_]?key)[-_ =:]+[^\s'\",}]{6,}", re.I)
_LONGEST_DETAIL = 200


class Reason(StrEnum):
    """Why the model's answer is not shown; the value is the key of its line in `assistant.texts`."""

    DOWN = "model_down"
    SLOW = "model_slow"
    BUSY = "model_busy"
    KEY = "model_key"
    ABSENT = "model_absent"
    LONG = "model_long"
    REFUSED = "model_refused"
    GARBAGE = "model_garbage"
    BROKE = "model_broke"
    UNPROVED = "model_unproved"
    FAULT = "model_fault"


class ModelFailure(Exception):
    """The model can't be heard, or not to the end.

    Args:
        reason: Told to the reader.
        detail: What the endpoint said, shortened and without secrets; for the trace.
        status: HTTP status, 0 where there was none.
    """

    def __init__(self, reason: Reason, detail: str = "", status: int = 0) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail
        self.status = status


def failure_of(error: Exception, secret: str = "") -> ModelFailure:
    """What an exception of any provider's client means.

    Args:
        error: As raised.
        secret: The key, to be kept out of the detail.
    """
    chain = list(_causes(error))
    status = next((found for cause in chain if (found := _status(cause))), 0)
    said = " ".join(str(cause) for cause in chain)
    names = " ".join(type(cause).__name__ for cause in chain)
    return ModelFailure(_reason(status, said, names), redacted(f"{type(error).__name__}: {error}", secret), status)


def redacted(text: str, secret: str = "") -> str:
    """Text on one line without keys, shortened."""
    clean = " ".join(text.split())
    if secret:
        clean = clean.replace(secret, "***")
    return _SECRET.sub("***", clean)[:_LONGEST_DETAIL]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int:
    """The HTTP status that a client's exception carries, 0 for none."""
    found = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return found if isinstance(found, int) and found > 0 else 0


def _reason(status: int, said: str, names: str) -> Reason:
    if "ContextOverflow" in names or (status in (0, 400, 413, 422, 500) and _LONG.search(said)):
        return Reason.LONG
    if "ContentFilter" in names:
        return Reason.REFUSED
    by_status = {401: Reason.KEY, 403: Reason.KEY, 404: Reason.ABSENT, 408: Reason.SLOW, 429: Reason.BUSY}
    if status in by_status:
        return by_status[status]
    if status in (502, 503, 504, 529):
        return Reason.BUSY
    if status:
        return Reason.FAULT
    if "Timeout" in names or _SLOW.search(said):
        return Reason.SLOW
    if "RemoteProtocol" in names or "IncompleteRead" in names:
        return Reason.BROKE
    if "Connect" in names or _DOWN.search(said):
        return Reason.DOWN
    return Reason.FAULT
