"""Everything that can be set, as data: one frozen tree, filled with defaults, faults told as paths."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.generating.settings import ModelSettings, NoModelSettings
from corpus.errors import UserError
from corpus.settings import FetchingSettings, ReadingSettings
from index.model_settings import KINDS
from index.settings import IndexSettings

SETTINGS_FILE = "settings.toml"
"""Name of the owner's settings file inside a home folder."""


PRESETS = Path(__file__).parent / "presets"
"""One TOML file each."""
Preset = Literal["embedded", "hub", "local-llm", "api"]


class AnsweringSettings(BaseModel):
    """How answers are made from what was found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    passages: int = Field(default=12, ge=1, le=100, description="Passages read for one question.")
    suggestions: int = Field(default=3, ge=0, le=10, description="Questions suggested after an answer.")
    model: ModelSettings = Field(default=NoModelSettings(), description="The chat model that words answers, if any.")


class AssistantSettings(BaseModel):
    """All settings of an assistant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: Preset = Field(default="embedded", description="Settings to start from; what else is set goes over them.")
    bundled: bool = Field(default=True, description="Whether a new home starts with the bundled articles.")
    reading: ReadingSettings = Field(default=ReadingSettings(), description="Reading files.")
    fetching: FetchingSettings = Field(default=FetchingSettings(), description="Fetching pages.")
    index: IndexSettings = Field(default=IndexSettings(), description="Searching.")
    answering: AnsweringSettings = Field(default=AnsweringSettings(), description="Answering.")


def load_settings(file: Path | None = None, overrides: Iterable[str] = ()) -> AssistantSettings:
    """Settings from a preset, then a TOML file, then `key=value` overrides, the later winning.

    Args:
        file: TOML file; a missing one counts as empty.
        overrides: Items such as `answering.passages=20`; a value is read as TOML, else taken as a string.

    Raises:
        UserError: Unreadable TOML, an unknown key or a value out of range; all faults are named as paths.
    """
    given = list(overrides)
    data = _read_toml(file) if file is not None and file.exists() else {}
    for override in given:
        if override.partition("=")[0].strip() == "preset":
            _apply(data, override)
    preset = data.get("preset", "embedded")
    if preset in get_args(Preset):
        data = _over(_read_toml(PRESETS / f"{preset}.toml"), data)
    for override in sorted(given, key=_names_no_kind):
        _apply(data, override)
    try:
        return AssistantSettings.model_validate(data)
    except ValidationError as error:
        raise UserError("Settings: " + "; ".join(_faults(error, data)), "See them all with: yiju show-config") from None


def settings_to_toml(settings: AssistantSettings) -> str:
    """The filled settings as TOML that `load_settings` reads back to equal settings."""
    lines: list[str] = []
    _write_table(lines, "", settings.model_dump(mode="json"))
    return "\n".join(lines).strip() + "\n"


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"Settings file {file.name} can't be read: {error}", "It must be UTF-8 TOML.") from None


def _names_no_kind(override: str) -> bool:
    """Sorts what sets a kind first, for it starts its group anew."""
    return not override.partition("=")[0].strip().endswith(".kind")


def _apply(data: dict[str, Any], override: str) -> None:
    key, equals, value = override.partition("=")
    names = key.strip().split(".")
    if not equals or not all(names):
        raise UserError(f"--set {override!r} is no key=value.", "For example: --set answering.passages=20")
    for name in names[:-1]:
        data = data.setdefault(name, {})
        if not isinstance(data, dict):
            raise UserError(f"--set {override!r}: {name!r} is a value, not a group of settings.")
    given = _toml_value(value.strip())
    if names[-1] == "kind" and data.get("kind", given) != given:
        data.clear()  # what was set for another kind says nothing about this one
    data[names[-1]] = given


def _over(base: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` laid over `base`, group by group; a group of another kind takes nothing of the base's."""
    merged = dict(base)
    for name, value in data.items():
        below = base.get(name)
        if (
            isinstance(value, dict)
            and isinstance(below, dict)
            and value.get("kind", below.get("kind")) == below.get("kind")
        ):
            value = _over(below, value)
        merged[name] = value
    return merged


def _toml_value(text: str) -> object:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _faults(error: ValidationError, data: Mapping[str, Any]) -> list[str]:
    """Each fault with its path as it is written in settings; a union's variant is no part of it."""
    return [".".join(_path(fault["loc"], data)) + ": " + fault["msg"] for fault in error.errors()]


def _path(location: Iterable[int | str], data: object) -> Iterator[str]:
    for part in location:
        held = data if isinstance(data, dict) else {}
        if part in (*KINDS, "chat") and part not in held:
            continue
        yield str(part)
        data = held.get(part)


def _write_table(lines: list[str], path: str, table: Mapping[str, Any]) -> None:
    """Append the values of `table`, then its sub-tables, in TOML; unset (None) values are left out."""
    if path:
        lines += ["", f"[{path}]"]
    for name, value in table.items():
        if not isinstance(value, dict) and value is not None:
            lines.append(f"{name} = {_toml_literal(value)}")
    for name, value in table.items():
        if isinstance(value, dict):
            _write_table(lines, f"{path}.{name}" if path else name, value)


def _toml_literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml_literal(item) for item in value) + "]"
    if isinstance(value, str):
        escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or c in '"\\\x7f' else c for c in value)
        return f'"{escaped}"'
    return repr(value)
