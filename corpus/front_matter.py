"""The lines between two `---` at the top of a file: what its author says about the article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from corpus.dates import parse_date
from corpus.errors import UserError
from corpus.records import Language, Report

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?<![^\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_KEY_LINE = re.compile(r"\s*(?:#.*)?(?:[\r\n]+\s*)*[A-Za-z_][\w -]*:(?:\s|$)")
_LONGEST = 20_000
_TEXT_KEYS = ("title", "publisher", "author", "url", "licence")
_LANGUAGES: dict[str, Language] = {
    "en": "en",
    "english": "en",
    "英文": "en",
    "英语": "en",
    "zh": "zh",
    "cn": "zh",
    "chinese": "zh",
    "中文": "zh",
    "汉语": "zh",
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article; empty or None where nothing is."""

    title: str = ""
    language: Language | None = None
    publisher: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""
    source: str = ""
    reports: tuple[Report, ...] = ()
    licence: str = ""


UNKNOWN = Metadata()
"""Nothing is known."""


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """What the front matter of a text says, and the text after it, otherwise unchanged.

    Raises:
        UserError: The front matter is broken; names the line.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return Metadata(), text
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST)
    block = text[opening.end() : closing.start()] if closing else text[opening.end() : opening.end() + 200]
    if _KEY_LINE.match(block) is None and block.strip():
        return Metadata(), text  # a rule above ordinary text
    if closing is None:
        raise UserError("The front matter opened in line 1 is never closed.", "Close it with a line of three hyphens.")
    return metadata_of(_load(block)), text[closing.end() :]


def metadata_of(values: Mapping[str, object]) -> Metadata:
    """Metadata from known keys; other keys are left alone.

    Raises:
        UserError: A known key has a value that cannot be read.
    """
    texts = {key: _text(key, values.get(key)) for key in _TEXT_KEYS}
    texts["licence"] = texts["licence"] or _text("license", values.get("license"))
    return Metadata(
        language=_language(values.get("language")),
        published=_date("published", values.get("published") or values.get("date")),
        source=_text("source", values.get("source")),
        reports=_reports(values.get("reports")),
        **texts,
    )


def _load(block: str) -> Mapping[str, object]:
    """The mapping that YAML makes of a block, all values as the strings that stand there."""
    try:
        loaded = yaml.load(_without_controls(block), Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 2
        raise UserError(
            f"The front matter is broken in line {line}: {error.problem or error.context}.",
            'Write "key: value" lines; put a value that holds a colon or quotation marks in quotation marks.',
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UserError(
            f"The front matter after line 1 is broken: {type(error).__name__}.", 'Write "key: value" lines.'
        ) from None
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        raise UserError("The front matter in line 2 is no list of keys and values.", 'Write "key: value" lines.')
    return {str(key).strip().lower(): value for key, value in loaded.items() if isinstance(key, str)}


def _without_controls(block: str) -> str:
    """The block with the characters that YAML forbids replaced, so that they fault nothing."""
    return re.sub("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", block)


def _text(key: str, value: object) -> str:
    if value is None or value in ("~", "null"):
        return ""
    if not isinstance(value, str):
        raise UserError(f"{key!r} of the article is no text.", f'Write one line: {key}: "…".')
    return " ".join(value.split())


def _language(value: object) -> Language | None:
    name = _text("language", value).lower()
    if not name:
        return None
    language = _LANGUAGES.get(name) or _LANGUAGES.get(re.split("[-_]", name)[0])
    if language is None:
        raise UserError(f"The language {name!r} is not known.", 'Write "language: en" or "language: zh".')
    return language


def _date(key: str, value: object) -> date | None:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    written = _text(key, value)
    if not written:
        return None
    parsed = parse_date(written)
    if parsed is None:
        raise UserError(
            f"{key!r} of the article is no date: {written[:60]!r}.", "Write year-month-day, as in 2026-02-14."
        )
    return parsed


def _reports(value: object) -> tuple[Report, ...]:
    if value is None or value in ("", "~", "null"):
        return ()
    if isinstance(value, (list, tuple)) and all(isinstance(item, Report) for item in value):
        return tuple(value)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UserError(
            "'reports' of the article is no list.", 'Write "- title: …" lines with publisher and published.'
        )
    return tuple(
        Report(
            _text("title", item.get("title")),
            _text("publisher", item.get("publisher")),
            _date("published", item.get("published")),
        )
        for item in value
    )
