"""Writing a file whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.errors import UserError


def write_whole(path: Path, lines: Iterable[str], help: str = "Choose another place, or free some space.") -> Path:
    """Write a text file so that it is never seen half written; returns its path.

    Raises:
        UserError: The disk is full, or the place can't be written; an earlier file is kept then.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text("".join(lines), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise UserError(f"{path} can't be written: {error.strerror}.", help) from None
    return path
