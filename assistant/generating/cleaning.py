"""Words of a model made plain: links, images, markup, tool calls and marks of every kind are taken out."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_CALL = re.compile(
    r"<(tool_call|tool|function_call|function|invoke|script|style|iframe)\b[^>]*>.*?(?:</\1>|$)|\[/?TOOL_CALLS?\][^\n]*",
    re.S | re.I,
)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z!?][^>]{0,300}>|<!--.*?-->", re.S)
_ADDRESS = re.compile(r"\b(?:https?|ftp|file|javascript|data|mailto|vbscript)\s*:\s*(?:/{0,2})\S+|\bwww\.\S+", re.I)
_MARK = re.compile(
    r"[\[【(（]\s*(?:\^?\d{1,3}|S\s?\d{1,3})(?:\s*[,，、;；]\s*(?:\d{1,3}|S\s?\d{1,3}))*\s*[\]】)）]", re.I
)
_LEAD = re.compile(r"^\s*(?:#{1,6}\s+|[-*+•>]\s+|\d{1,2}[.)]\s+(?=\D))+")
_EMPHASIS = re.compile(r"[*_~]{2,}|`+|(?<!\w)[*_]+(?=\w)|(?<=\w)[*_]+(?!\w)")
_GAP_BEFORE_STOP = re.compile(r"\s+([.,;:!?。，；：！？、])")
_BRACES = re.compile(r"[{}|\\<>]|\w\((?:['\"]|\w+\s*=)")


def plain(text: str) -> str:
    """A statement as plain words on one line; empty where it is a call or code rather than a statement."""
    text = _CALL.sub(" ", _CONTROL.sub("", text))
    text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    text = _ADDRESS.sub(" ", _TAG.sub(" ", text))
    text = _EMPHASIS.sub("", _MARK.sub("", _LEAD.sub("", text)))
    text = _GAP_BEFORE_STOP.sub(r"\1", " ".join(text.split())).strip(" -–—:：")
    return "" if _BRACES.search(text) else text
