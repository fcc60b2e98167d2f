"""What is taken out of a file, before it becomes a document; travels between processes as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corpus.front_matter import UNKNOWN, Metadata, metadata_of
from corpus.records import Refusal
from corpus.settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one article, as it will stay, and what its file says about it."""

    source: str
    """Name of the file, with the part of it that this came from."""
    text: str
    metadata: Metadata = UNKNOWN
    pages: tuple[int, ...] = ()
    """Offset at which each page begins; empty where there are no pages."""


Found = Iterator[Extracted | Refusal]
"""The articles of one file, one by one."""
Extractor = Callable[[bytes, str, ReadingSettings, int], Found]
"""Bytes, source name, settings and how deep in other files this one lies, to articles.

Raises `UserError` where nothing at all can be read.
"""


def to_plain(item: Extracted | Refusal) -> dict[str, Any]:
    """An item as plain data for JSON; `from_plain` gives back an equal one."""
    values = asdict(item)
    if isinstance(item, Extracted):
        day = item.metadata.published
        values["metadata"]["published"] = day.isoformat() if day else None
        values["metadata"].pop("reports")  # no format tells any
    return values


def from_plain(values: Mapping[str, Any]) -> Extracted | Refusal:
    """The item that `to_plain` wrote."""
    if "reason" in values:
        return Refusal(**values)
    metadata = metadata_of(values["metadata"])
    return Extracted(values["source"], values["text"], metadata, tuple(values["pages"]))


def as_day(value: object) -> date | None:
    """A day as files write it, with or without clock; None where it cannot be read."""
    from corpus.dates import parse_date

    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return parse_date(str(value).strip()) if value else None
