"""How many requests from programs may think at once: two cores stay responsive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from corpus.errors import UserError

AT_ONCE = 2
"""Requests that may think at once: as many as there are cores on a small machine."""
WAITING = 64
"""Requests that may wait; further ones are told to come back."""
Result = TypeVar("Result")


class TooManyWait(UserError):
    """So many requests wait already that another one is turned away."""


class Gate:
    """Lets a few requests think at once, some wait, and turns the rest away."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._at_once = at_once
        self._most = at_once + waiting
        self._inside = 0
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(self, work: Callable[[], Result]) -> Result:
        """The result of `work`, run in a thread when its turn comes.

        Raises:
            TooManyWait: Too many wait already.
        """
        if self._inside >= self._most:
            raise TooManyWait("Too many requests are waiting.", "Come back in some seconds.")
        self._limiter = self._limiter or anyio.CapacityLimiter(self._at_once)
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1
