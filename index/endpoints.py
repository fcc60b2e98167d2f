"""Asking a model over HTTP: JSON in, JSON out, within a time limit; every fault is one line that holds no secret."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from corpus.errors import UserError

if TYPE_CHECKING:
    import httpx

_FOR_NOW = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same request may do better."""
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_SHOWN = 200
_LARGEST = 256 * 2**20


class _LaterError(Exception):
    """The endpoint may do better in a while.

    Args:
        fault: What to say when it doesn't.
        pause: Seconds that the endpoint asks to wait; None where it says nothing.
    """

    def __init__(self, fault: UserError, pause: float | None = None) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.pause = pause


class Endpoint:
    """One address; light to make, and threads may share it.

    Args:
        url: Without anything secret.
        key_variable: Environment variable with the key, read at every call; empty for none.
        name: What it is, for messages: "The embedding endpoint".
    """

    def __init__(self, url: str, key_variable: str, name: str) -> None:
        self._url = url
        self._variable = key_variable
        self._name = f"{name} {url}"
        self._making = threading.Lock()
        self._client: httpx.Client | None = None

    def post(self, body: Mapping[str, Any], timeout: float, retries: int = 0) -> Any:  # noqa: ANN401 - JSON
        """The answer to a request.

        Args:
            body: To be sent as JSON.
            timeout: Seconds that one try may take.
            retries: Further tries where the endpoint is overloaded, limits requests or breaks off.

        Raises:
            UserError: It can't be reached, is too slow, refuses, or answers something else than JSON.
        """
        for attempt in range(retries + 1):
            try:
                return self._read(*self._try(body, timeout))
            except _LaterError as later:
                if attempt == retries:
                    raise later.fault from None
                pause = _FIRST_PAUSE * 2**attempt if later.pause is None else later.pause
                time.sleep(min(pause, _LONGEST_PAUSE))
        raise AssertionError("the last try returns or raises")

    def _try(self, body: Mapping[str, Any], timeout: float) -> tuple[httpx.Response, bytes]:
        """Status and content, read until the time is up."""
        import httpx

        ends = time.monotonic() + timeout
        slow = UserError(f"{self._name} didn't answer within {timeout:g} seconds.", "Check it, or allow it more time.")
        try:
            with self._opened().stream("POST", self._url, json=body, headers=self._key(), timeout=timeout) as response:
                content = bytearray()
                for piece in response.iter_bytes():
                    content += piece
                    if time.monotonic() > ends:
                        raise _LaterError(slow)
                    if len(content) > _LARGEST:
                        raise UserError(f"{self._name} answers without an end.", "Check its address.")
                return response, bytes(content)
        except httpx.TimeoutException:
            raise _LaterError(slow) from None
        except httpx.ConnectError:
            raise UserError(f"{self._name} can't be reached.", "Start it, or correct its address.") from None
        except httpx.HTTPError as error:
            broken = UserError(f"{self._name} broke off: {type(error).__name__}.", "Try again, or look at its log.")
            raise _LaterError(broken) from None

    def _read(self, response: httpx.Response, content: bytes) -> Any:  # noqa: ANN401 - JSON
        status = response.status_code
        if status in (401, 403):
            where = f"the environment variable {self._variable}" if self._variable else "key_variable"
            raise UserError(f"{self._name} refuses the key (HTTP {status}).", f"Put a valid key into {where}.")
        if status in _FOR_NOW:
            fault = UserError(f"{self._name} can't answer now (HTTP {status}).", "Try again later.")
            raise _LaterError(fault, _seconds(response.headers.get("retry-after", "")))
        if status != 200:
            said = self._said(content)
            raise UserError(f"{self._name} refuses (HTTP {status}){said}.", "Check address and model in the settings.")
        try:
            return json.loads(content)
        except ValueError:
            help = "Check its address, up to and with the version."
            raise UserError(f"{self._name} answers something that is no JSON.", help) from None

    def _said(self, content: bytes) -> str:
        """What the endpoint says is wrong, on one line and without the key."""
        try:
            data = json.loads(content)
            error = data.get("error", data.get("detail", data.get("message", "")))
            text = error.get("message", "") if isinstance(error, dict) else error
        except (ValueError, AttributeError):
            return ""
        text = " ".join(str(text).split())
        key = os.environ.get(self._variable, "") if self._variable else ""
        return f": {(text.replace(key, '***') if key else text)[:_SHOWN].rstrip('.')}" if text else ""

    def _key(self) -> dict[str, str]:
        if not self._variable:
            return {}
        key = os.environ.get(self._variable, "").strip()
        if not key:
            missing = f"{self._name} needs the environment variable {self._variable}, which is not set."
            raise UserError(missing, f"Set it: export {self._variable}=...")
        if not key.isascii() or not key.isprintable():
            raise UserError(f"The environment variable {self._variable} holds no key.", "Set it anew, on one line.")
        return {"Authorization": f"Bearer {key}"}

    def _opened(self) -> httpx.Client:
        with self._making:
            if self._client is None:
                import httpx

                self._client = httpx.Client()
        return self._client


def _seconds(header: str) -> float | None:
    try:
        return max(0.0, float(header))
    except ValueError:
        return None
