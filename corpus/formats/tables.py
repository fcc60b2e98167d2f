"""JSON, JSON lines and CSV: every row or object with a text is an article; columns are known by their names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice

from corpus.decoding import decode
from corpus.errors import UserError
from corpus.formats.records import Extracted, Found, as_day
from corpus.formats.web_pages import web_address
from corpus.front_matter import Metadata
from corpus.records import Refusal
from corpus.settings import ReadingSettings

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "article_text", "full_text", "正文", "内容", "全文", "文本",
             "文章", "內容"),
    "title": ("title", "headline", "heading", "subject", "标题", "题目", "題目", "標題"),
    "publisher": ("publisher", "outlet", "media", "source", "site", "site_name", "newspaper", "媒体", "来源", "出处",
                  "发布机构", "媒體", "來源"),
    "author": ("author", "authors", "byline", "writer", "作者", "记者", "記者"),
    "published": ("published", "date", "published_at", "publish_date", "pubdate", "datetime", "time",
                  "日期", "发布时间", "发布日期", "发表时间", "时间", "發布日期", "時間"),
    "url": ("url", "link", "address", "href", "网址", "链接", "網址", "連結"),
}  # fmt: skip
"""What a column may be called, in lower case; the first that a table has is taken."""
_ENVELOPES = ("articles", "items", "data", "documents", "records", "results", "entries", "rows", "文章", "数据")
"""Keys under which a JSON object keeps its list of articles."""
_SAMPLE = 20_000


def read_table(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """An article for each row with a text; rows without one are told.

    Raises:
        UserError: It is no table, or none of its columns holds texts.
    """
    text = decode(data).text
    suffix = source.lower().rpartition(".")[2]
    rows = _rows_of_csv(text, settings) if suffix in ("csv", "tsv") else _rows_of_json(text, suffix != "json")
    columns: dict[str, str] = {}
    number = 0
    for number, row in enumerate(islice(rows, settings.max_members), 1):
        columns = columns if columns and columns["text"] in row else _columns(row, settings.columns, columns)
        yield _article(row, columns, f"{source}#{number}")
    if not number:
        raise UserError("The table is empty.", "Give one row or object for each article.")
    if next(rows, None) is not None:
        yield Refusal(
            source, "The table has too many rows; the rest was left out.",
            f"At most {settings.max_members:,} are read; split it or raise reading.max_members.",
        )  # fmt: skip


def _article(row: Mapping[str, object], columns: Mapping[str, str], source: str) -> Extracted | Refusal:
    def told(field: str) -> str:
        value = row.get(columns.get(field, ""))
        if isinstance(value, (list, tuple)):
            value = ", ".join(str(part) for part in value)
        return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""

    text = row.get(columns["text"])
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n\n".join(text)
    if not isinstance(text, str) or not text.strip():
        return Refusal(source, f"The column {columns['text']!r} is empty.", "Every article needs a text.")
    return Extracted(
        source,
        text,
        Metadata(
            title=told("title"),
            publisher=told("publisher"),
            author=told("author"),
            published=as_day(told("published")),
            url=web_address(told("url")),
        ),
    )


def _columns(row: Mapping[str, object], chosen: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Which column holds what, from field to column.

    Raises:
        UserError: No column holds texts, and none did in earlier rows; names the columns that there are.
    """
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown:
        raise UserError(f"reading.columns: unknown {', '.join(unknown)}.", f"Known are: {', '.join(NAMES)}.")
    by_name = {name.strip().lower(): name for name in reversed(list(row))}
    found = {
        field: next(by_name[name] for name in names if name in by_name)
        for field, names in NAMES.items()
        if any(name in by_name for name in names)
    } | dict(chosen)
    if "text" not in found:
        if known:
            return dict(known)
        listed = ", ".join(repr(name) for name in islice(row, 20))
        raise UserError(
            f"No column holds the text of articles; there are {listed}.",
            'Name it "text", or say which: --set reading.columns.text=NAME',
        )
    return found


def _rows_of_csv(text: str, settings: ReadingSettings) -> Iterator[Mapping[str, object]]:
    csv.field_size_limit(settings.max_bytes)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:_SAMPLE].partition("\n")[0], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"  # one column
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), dialect=dialect, restkey=""):
            yield {name: value for name, value in row.items() if name}
    except csv.Error as error:
        raise UserError(f"The table is broken: {error}.", "Save it again as CSV in UTF-8.") from None


def _rows_of_json(text: str, lines: bool) -> Iterator[Mapping[str, object]]:
    if lines:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield _mapping(_load(line, number))
        return
    value = _load(text, 0)
    if isinstance(value, dict):
        held = [value[key] for key in _ENVELOPES if isinstance(value.get(key), list)]
        value = held[0] if held else [value]
    if not isinstance(value, list):
        raise UserError("The JSON holds no articles.", "Give an object, or a list of objects, with a text.")
    for item in value:
        yield _mapping(item)


def _load(text: str, line: int) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(f"The JSON is broken in line {line or error.lineno}: {error.msg}.", "Mend it there.") from None
    except (RecursionError, ValueError):
        raise UserError("The JSON nests too deeply or holds a number beyond belief.", "Give a flat list.") from None


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise UserError("The JSON holds something else than objects.", "Give a list of objects with a text.")
    return value
