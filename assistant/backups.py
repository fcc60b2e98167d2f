"""Backup of a home folder in one file, and its way back: the articles and all that is derived with effort from them.

A backup is a zip archive of the database, the settings and the feedback, with a manifest of their digests. Search
indexes are left out, for they are made again from the database without encoding anything.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.feedback import FEEDBACK_FILE
from assistant.homes import COLLECTION_FOLDER, is_new, mark_started
from assistant.settings import SETTINGS_FILE, load_settings
from corpus.errors import UserError
from index.copies import check_copy, put_copy

if TYPE_CHECKING:
    from assistant.facade import Assistant

_FORMAT = "yiju.backup/1"
_MANIFEST = "manifest.json"
_DATABASE = "collection.sqlite3"
_MEMBERS = (_DATABASE, SETTINGS_FILE, FEEDBACK_FILE)
"""All names that an archive may hold beside its manifest; none is ever used as a path of the archive's choosing."""


def back_up(assistant: Assistant, file: Path, force: bool = False) -> int:
    """Write a backup while others may read and write; returns the number of articles.

    Args:
        assistant: Whose home is kept.
        file: To be written, as a whole or not at all.
        force: Overwrite an existing file.

    Raises:
        UserError: The file exists, or can't be written.
    """
    if file.exists() and not force:
        raise UserError(f"{file} exists.", "Choose another name, or overwrite it with --force.")
    try:
        with _scratch(file.absolute().parent) as folder:
            assistant.collection.copy_to(folder / _DATABASE)
            for name in (SETTINGS_FILE, FEEDBACK_FILE):
                if (assistant.home / name).exists():
                    shutil.copyfile(assistant.home / name, folder / name)
            count = len(assistant.articles())
            packed = _pack(folder, count)
            packed.replace(file)
    except OSError as error:
        raise UserError(f"{file} can't be written: {error.strerror}.", "Choose a folder with free space.") from None
    return count


def restore(file: Path, home: Path, force: bool = False) -> int:
    """Put a backup into a home folder; returns the number of articles.

    Everything is checked before the home is touched.

    Args:
        file: Written by `back_up`.
        home: Exists.
        force: Put it in place of the articles that the home holds.

    Raises:
        UserError: The file is no whole backup, the home is in use or holds articles, or can't be written.
    """
    if not is_new(home) and not force:
        raise UserError(f"{home} holds a collection.", "Choose another --home, or replace it with --force.")
    try:
        with _scratch(home) as folder:
            manifest = _unpack(file, folder)
            check_copy(folder / _DATABASE)
            load_settings(folder / SETTINGS_FILE)
            put_copy(home / COLLECTION_FOLDER, folder / _DATABASE)
            for name in (SETTINGS_FILE, FEEDBACK_FILE):
                if name in manifest["members"]:
                    (folder / name).replace(home / name)
                else:
                    (home / name).unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{home} can't be written: {error.strerror}.", "Check free space and rights.") from None
    mark_started(home)
    return int(manifest["articles"])


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    """A folder beside the target, so that moving a finished file is one step; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=".yiju-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pack(folder: Path, articles: int) -> Path:
    members = {name: _digest(folder / name) for name in _MEMBERS if (folder / name).exists()}
    made = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {"format": _FORMAT, "made": made, "articles": articles, "members": members}
    packed = folder / "packed"
    with packed.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
            for name in members:
                archive.write(folder / name, name)
        stream.flush()
        os.fsync(stream.fileno())
    return packed


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Write an archive's members under names of our own, each checked; returns the manifest."""
    help = "Give a file that `yiju backup` wrote."
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            names = sorted(manifest["members"])
            if manifest["format"] != _FORMAT or _DATABASE not in names or not set(names) <= set(_MEMBERS):
                raise UserError(f"{file} is a backup of another kind.", help)
            for name in names:
                with archive.open(name) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
                if _digest(folder / name) != manifest["members"][name]:
                    raise UserError(f"{file} is damaged: {name} is not what was backed up.", "Use another backup.")
            return {"articles": int(manifest["articles"]), "members": names}
    except OSError as error:
        raise UserError(f"{file} can't be read: {error.strerror}.", help) from None
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, RuntimeError, zlib.error) as error:
        raise UserError(f"{file} is no whole backup: {error}.", help) from None


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
