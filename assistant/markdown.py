"""Text as Markdown."""

from __future__ import annotations


def escape_markdown(text: str) -> str:
    """`text` with every character that Markdown or HTML would act on escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join("\\" + character if character in "\\`*_{}[]()#+!|~" else character for character in escaped)
