"""What models really write, read without trust: claims out of JSON, broken JSON, fenced JSON, or prose with marks.

A reply is read while it comes. Thinking blocks are passed over; a claim is given as soon as it is whole, and one that
is cut off is never given.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from typing import Any

from corpus.sentences import split_sentences

_THOUGHT = re.compile(r"<(think|thinking|reasoning|thought|analysis)>.*?</\1>", re.S | re.I)
_THOUGHT_OPEN = re.compile(r"<(think|thinking|reasoning|thought|analysis)>(?!.*</\1>)", re.S | re.I)
_THOUGHT_END = re.compile(r"^.*</(?:think|thinking|reasoning|thought|analysis)>", re.S | re.I)
_THOUGHT_BEGINS = re.compile(r"<[a-z]{0,9}$", re.I)
_TEXT_KEYS = ("text", "claim", "statement", "sentence", "answer", "content", "陈述", "内容", "回答", "句子")
_SOURCE_KEYS = ("sources", "source", "keys", "key", "citations", "cites", "quotes", "evidence", "来源", "引用", "依据")
_STRING = r'"((?:[^"\\]|\\.)*)"'
_TEXT_FIELD = re.compile(rf'"(?:{"|".join(_TEXT_KEYS)})"\s*:\s*{_STRING}')
_SOURCE_FIELD = re.compile(rf'"(?:{"|".join(_SOURCE_KEYS)})"\s*:\s*(.*)', re.S)
_KEY = re.compile(r"(?<![A-Za-z0-9])S\s?(\d{1,3})(?![0-9A-Za-z])", re.I)
_NUMBER_ONLY = re.compile(r"^\[?\s*(\d{1,3})\s*\]?$")
_GROUP = r"(?:S\s?\d{1,3})(?:\s*[,，;；、&]\s*(?:S\s?\d{1,3}))*"
_MARKS = re.compile(rf"[\[(（【〔]+\s*{_GROUP}\s*[\])）】〕]*", re.I)
_LATE_MARKS = re.compile(rf"(?P<stop>[.!?。！？][”’」』\"']*)(?P<marks>(?:\s*{_MARKS.pattern})+)", re.I)
_MARK_BEGINS = re.compile(r"[\[(（【〔][^\])）】〕]{0,40}$")
_FOUND = re.compile(r'"found"\s*:\s*(?:"?)(true|false)', re.I)
_NOT_FOUND = re.compile(
    r"\bnot?\b[^.\n]{0,60}\b(?:in|from|by|mention|contain|provide|state|answer|information)[^.\n]{0,40}"
    r"(?:source|article|sentence|text|context|provided)|NOT[_ ]FOUND"
    r"|(?:source|article|sentence|text|context)s?\b[^.\n]{0,30}\b(?:do|does|did)(?: not|n't)\b"
    r"|(?:来源|文章|句子|材料|资料|文中)[^。\n]{0,20}(?:没有|未|无法|不)|没有(?:找到|提到|提及|相关)|未(?:找到|提及|提到)|无法(?:回答|确定|得知)",
    re.I,
)
_REFUSED = re.compile(
    r"^\W*(?:I(?:['’]m| am) (?:sorry|unable|not able)|sorry|I (?:can(?:no|['’]|)t|cannot|won['’]t) "
    r"(?:help|assist|answer|comply|provide|do)|as an AI|抱歉|对不起|很抱歉|我(?:不能|无法|不便|不会)"
    r"|作为(?:一个)?(?:AI|人工智能))",
    re.I,
)
_ENOUGH_PROSE = 2
"""Characters below which prose says nothing."""


@dataclass(frozen=True, slots=True)
class RawClaim:
    """A statement as a model wrote it: neither its words nor its keys are checked."""

    text: str
    keys: tuple[str, ...]
    """Of the form `S3`; known ones and invented ones."""


class ReplyReader:
    """Reads one reply as it comes."""

    def __init__(self) -> None:
        self._raw = ""
        self._text = ""
        self._position = 0
        self._opened: list[int] = []
        self._quoted = False
        self._escaped = False
        self._prose_from = 0
        self._line_given = 0
        self._whole = False
        self._given = 0

    def feed(self, piece: str) -> list[RawClaim]:
        """The claims that are whole with this piece."""
        self._raw += piece
        text = _without_thoughts(self._raw)
        if text is None or not text.startswith(self._text):
            if text is None:
                return []
            self._restart()
        self._text = text
        return self._counted(self._scan())

    def close(self) -> list[RawClaim]:
        """The claims that only the end of the reply makes whole."""
        self._whole = True
        text = _without_thoughts(self._raw, ended=True) or ""
        if not text.startswith(self._text):
            self._restart()
        self._text = text
        found = self._scan()
        if self._opened:
            found += self._cut_off()
        return self._counted(found + self._prose(len(self._text)))

    @property
    def says_not_found(self) -> bool:
        """Whether the reply says that the sources do not tell; asked after the end."""
        told = _FOUND.search(self._text)
        if told:
            return told[1].lower() == "false"
        return not self._given and _NOT_FOUND.search(self._text) is not None

    @property
    def refuses(self) -> bool:
        """Whether the reply is a refusal to answer; asked after the end."""
        return not self._given and _REFUSED.search(self._text.strip()) is not None

    @property
    def claims_given(self) -> int:
        """Claims given so far."""
        return self._given

    def _counted(self, found: list[RawClaim]) -> list[RawClaim]:
        self._given += len(found)
        return found

    def _restart(self) -> None:
        """Forget what was read: it turned out to be thinking."""
        self._position = self._prose_from = self._line_given = 0
        self._opened, self._quoted, self._escaped = [], False, False

    def _scan(self) -> list[RawClaim]:
        """Walk on to the end of what came, giving every object that closes and every sentence between objects."""
        found: list[RawClaim] = []
        while self._position < len(self._text):
            character = self._text[self._position]
            if self._opened and self._quoted:
                self._in_string(character)
            elif character == "{":
                found += self._open()
            elif character == "}" and self._opened:
                found += self._shut()
            elif character == '"' and self._opened:
                self._quoted = True
            self._position += 1
        return found if self._opened else found + self._prose(self._position)

    def _in_string(self, character: str) -> None:
        if self._escaped:
            self._escaped = False
        elif character == "\\":
            self._escaped = True
        elif character == '"' or character == "\n":
            self._quoted = False

    def _open(self) -> list[RawClaim]:
        found = []
        if not self._opened:
            found = self._prose(self._position)
        else:
            claim = _claim_of(self._text[self._opened[-1] : self._position])
            if claim and claim.keys:  # its closing bracket is missing
                found = [claim]
                self._opened.pop()
        self._opened.append(self._position)
        return found

    def _shut(self) -> list[RawClaim]:
        start = self._opened.pop()
        claim = _claim_of(self._text[start : self._position + 1])
        self._prose_from = self._position + 1
        if claim:
            self._opened = [other for other in self._opened if not _TEXT_FIELD.search(self._text[other:start])]
        return [claim] if claim else []

    def _cut_off(self) -> list[RawClaim]:
        """The claim of an object that the end of the reply left open, where its words and a key are whole."""
        claim = _claim_of(self._text[self._opened[-1] :])
        self._prose_from = len(self._text)
        return [claim] if claim and claim.keys else []

    def _prose(self, end: int) -> list[RawClaim]:
        """Sentences with marks in the prose read so far; the last of an unfinished line waits for what follows it."""
        found: list[RawClaim] = []
        for line in self._text[self._prose_from : end].splitlines(keepends=True):
            ended = line.endswith("\n") or self._whole or end < len(self._text)
            sentences = _sentences(line if ended else _MARK_BEGINS.sub("", line))
            last = len(sentences) if ended else max(self._line_given, len(sentences) - 1)
            found += [claim for text in sentences[self._line_given : last] for claim in _prose_claim(text)]
            self._line_given = 0 if ended else last
            self._prose_from += len(line) if ended else 0
        return found


def _sentences(line: str) -> list[str]:
    """The sentences of a line, marks that follow a full stop counted to the sentence before them."""
    inside = _LATE_MARKS.sub(lambda match: match["marks"] + match["stop"], line)
    return [sentence.span.cut(inside) for sentence in split_sentences(inside)]


def _prose_claim(text: str) -> list[RawClaim]:
    """A sentence with marks as a claim; prose without marks is no claim."""
    marks = list(_MARKS.finditer(text))
    keys = tuple(f"S{key}" for mark in marks for key in _KEY.findall(mark[0]))
    body = _MARKS.sub("", text).strip()
    return [RawClaim(body, tuple(dict.fromkeys(keys)))] if keys and len(body) >= _ENOUGH_PROSE else []


def _claim_of(region: str) -> RawClaim | None:
    """The claim of an innermost object, whole or broken; None where it holds none."""
    data = _loaded(region)
    if isinstance(data, dict):
        text = next((data[key] for key in _TEXT_KEYS if isinstance(data.get(key), str)), "")
        sources = next((data[key] for key in _SOURCE_KEYS if key in data), ())
        return _made(text, _keys(sources))
    return None if "{" in re.sub(_STRING, "", region[1:]) else _from_fields(region)


def _loaded(region: str) -> object:
    """The object that JSON, or Python as some models write it, makes of a text; None where it is neither."""
    try:
        return json.loads(region, strict=False)
    except ValueError:
        try:
            return ast.literal_eval(region)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None


def _from_fields(region: str) -> RawClaim | None:
    """The claim of broken JSON: its first whole text, and the keys that are whole."""
    text = _TEXT_FIELD.search(region)
    if text is None:
        return None
    try:
        words = json.loads(f'"{text[1]}"', strict=False)
    except ValueError:
        words = text[1]
    sources = _SOURCE_FIELD.search(region, text.end()) or _SOURCE_FIELD.search(region)
    listed = sources[1] if sources else ""
    whole = re.findall(_STRING, listed) or [part for part in re.split(r"[,\]}]", listed)[:-1] if part]
    return _made(words, _keys(whole))


def _made(text: str, keys: tuple[str, ...]) -> RawClaim | None:
    """A claim; keys may also stand as marks in its words."""
    marked = tuple(f"S{key}" for mark in _MARKS.finditer(text) for key in _KEY.findall(mark[0]))
    body = _MARKS.sub("", text).strip()
    return RawClaim(body, tuple(dict.fromkeys((*keys, *marked)))) if body else None


def _keys(sources: Any) -> tuple[str, ...]:  # noqa: ANN401 -- whatever a model put there
    """Keys of a field that may be a list, a string, a number, or a list of objects."""
    if isinstance(sources, dict):
        sources = list(sources.values())
    if isinstance(sources, list | tuple):
        return tuple(key for item in sources for key in _keys(item))
    written = str(sources) if isinstance(sources, str | int) and not isinstance(sources, bool) else ""
    bare = _NUMBER_ONLY.match(written.strip())
    return (f"S{bare[1]}",) if bare else tuple(f"S{int(key)}" for key in _KEY.findall(written))


def _without_thoughts(raw: str, *, ended: bool = False) -> str | None:
    """The reply without its thinking; None while it is not known whether what came is thinking."""
    text = _THOUGHT.sub("", raw)
    text = _THOUGHT_END.sub("", text)
    opened = _THOUGHT_OPEN.search(text)
    if opened:
        return text[: opened.start()] if ended or opened.start() else None
    if not ended and (begins := _THOUGHT_BEGINS.search(text)):
        text = text[: begins.start()]
    return re.sub(r"<\|[^|>]{0,40}\|>|```\w*", "", text)
