"""Zip archives: every file in them is read as if it lay in a folder; nothing is ever written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from contextlib import suppress

from corpus.decoding import decode
from corpus.errors import UserError
from corpus.formats.dispatch import extract
from corpus.formats.packing import check_sizes, read_member
from corpus.formats.records import Found
from corpus.records import Refusal
from corpus.settings import ReadingSettings

_NAMES_ARE_UTF8 = 0x800


def read_archive(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The articles of all files in an archive, in the order of their names; hidden ones are left out.

    Raises:
        UserError: The archive holds too much, or lies too deep in others.
    """
    if depth >= settings.max_depth:
        raise UserError("The archive lies too deep in other files.", f"At most {settings.max_depth} are opened.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_sizes(archive, settings)
        named = sorted(((_name(member), member) for member in archive.infolist()), key=lambda pair: pair[0])
        for name, member in named:
            if member.is_dir() or any(part.startswith(".") and part != ".." for part in name.split("/")):
                continue
            if name.startswith("__MACOSX/"):
                continue
            inner = f"{source}/{name}"
            try:
                _check(name, member)
                yield from extract(read_member(archive, member, settings.max_bytes), inner, settings, depth + 1)
            except UserError as error:
                yield Refusal(inner, error.message, error.help)


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; names written by Chinese systems without saying so are mended."""
    name = member.filename
    if not member.flag_bits & _NAMES_ARE_UTF8 and not name.isascii():
        with suppress(UnicodeError, UserError):  # else it stays as it is written
            name = decode(name.encode("cp437")).text
    return name.replace("\\", "/")


def _check(name: str, member: zipfile.ZipInfo) -> None:
    if name.startswith("/") or ".." in name.split("/"):
        raise UserError("Its name leads out of the archive.", "Pack the archive again.")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise UserError("It is a link or a device, no file.", "Pack the file that it leads to.")
