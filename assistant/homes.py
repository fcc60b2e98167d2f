"""The home folder: where a collection, its indexes and its settings live."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from corpus.errors import UserError

HOME_VARIABLE_HELP = "Choose another folder with --home."
COLLECTION_FOLDER = "collection"
"""Name of the collection's folder inside a home."""
STARTED = "started"
"""Marker file: this home was filled once, so articles that its owner removed do not come back."""


def default_home() -> Path:
    """The user's data folder for this program, by the conventions of the system."""
    from platformdirs import user_data_path

    return user_data_path("yiju", appauthor=False)


def prepare_home(home: str | Path | None) -> Path:
    """The home folder, made if missing.

    Raises:
        UserError: The path is a file, or can't be made.
    """
    folder = default_home() if home is None else Path(home).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"Home folder {folder} can't be used: {error.strerror}.", HOME_VARIABLE_HELP) from None
    return folder


def bundled_articles() -> Path:
    """The folder of the articles that come with this program."""
    return Path(str(files("corpus"))) / "articles"


def is_new(home: Path) -> bool:
    """Whether this home was never filled."""
    return not (home / STARTED).exists()


def mark_started(home: Path) -> None:
    """Remember that this home was filled.

    Raises:
        UserError: The folder is read-only or full.
    """
    try:
        (home / STARTED).touch()
    except OSError as error:
        raise UserError(f"Home folder {home} can't be written: {error.strerror}.", HOME_VARIABLE_HELP) from None
