"""What a zip archive may hold before anything in it is unpacked: protection from zip bombs."""

from __future__ import annotations

import lzma
import zipfile
import zlib

from corpus.errors import UserError
from corpus.settings import ReadingSettings

_SUSPICIOUS_RATIO = 200
"""Text shrinks to a fifth or a tenth; what shrinks to less than this part was made to harm."""
_HARMLESS = 1_000_000
"""Bytes; smaller members may shrink as they like."""

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def check_sizes(archive: zipfile.ZipFile, settings: ReadingSettings) -> None:
    """Refuse an archive with too many members, too much in them, or a member that is packed beyond belief.

    Raises:
        UserError: Told with the limit.
    """
    members = archive.infolist()
    if len(members) > settings.max_members:
        raise UserError(
            f"The archive holds too many files: {len(members):,}.",
            f"At most {settings.max_members:,} are read; split it or raise reading.max_members.",
        )
    total = sum(member.file_size for member in members)
    if total > settings.max_unpacked_bytes:
        raise UserError(
            f"The archive holds too much: {total:,} bytes when unpacked.",
            f"At most {settings.max_unpacked_bytes:,} are read; split it or raise reading.max_unpacked_bytes.",
        )
    for member in members:
        if member.file_size > max(_HARMLESS, _SUSPICIOUS_RATIO * member.compress_size):
            raise UserError("The archive is packed beyond belief (a zip bomb).", "Give the files themselves.")


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, largest: int) -> bytes:
    """The bytes of a member, at most so many, whatever the archive says about its size.

    Raises:
        UserError: It is encrypted, broken or larger.
    """
    if member.flag_bits & 0x1:
        raise UserError("The file in the archive is encrypted.", "Unpack it with its password and give the files.")
    try:
        with archive.open(member) as file:
            data = file.read(largest + 1)
    except _FAULTS:
        raise UserError("The file in the archive is broken.", "Pack it again.") from None
    if len(data) > largest:
        raise UserError("The file in the archive is too large.", f"At most {largest:,} bytes are read.")
    return data
