from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import corpus
from corpus.dates import parse_date
from corpus.errors import UserError
from corpus.front_matter import split_front_matter
from corpus.languages import detect_language
from corpus.reading import Refusal, read_file, read_paths, read_text
from corpus.records import Document, Report
from corpus.settings import ReadingSettings

BODY = "The hall opened on Friday.\r\n\r\nTraders came from thirty countries.\r\n"
FRONT = """---
title: "The hall: a start"
language: en
publisher: Hall Times
author: Jane Doe
published: 2026-02-14
url: https://example.org/hall
reports:
  - title: 新馆开业
    publisher: 大厅日报
    published: 2026年2月13日
  - title: Another report
    publisher: Daily
licence: CC BY 4.0
tags: [a, b]
---
"""


def sources(items) -> list[str]:
    return [item.source if isinstance(item, Refusal) else item.article.source for item in items]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_front_matter(newline):
    document = read_text(FRONT.replace("\n", newline) + BODY, name="hall.md")
    article = document.article
    assert document.text == BODY
    assert (article.title, article.language, article.publisher) == ("The hall: a start", "en", "Hall Times")
    assert (article.author, article.published, article.url) == (
        "Jane Doe",
        date(2026, 2, 14),
        "https://example.org/hall",
    )
    assert article.reports == (Report("新馆开业", "大厅日报", date(2026, 2, 13)), Report("Another report", "Daily"))
    assert (article.licence, article.source) == ("CC BY 4.0", "hall.md")


def test_values_are_taken_as_they_are_written():
    article = read_text("---\ntitle: 2024\nauthor: No\nlanguage: zh-CN\n---\nText.").article
    assert (article.title, article.author, article.language) == ("2024", "No", "zh")


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("---\ntitle: The hall: a start\n---\n", "line 2"),
        ('---\nlanguage: en\ntitle: "open\n---\n', "line"),
        ("---\ntitle: never closed\n", "line 1"),
        ("---\npublished: some day\n---\n", "some day"),
        ("---\nlanguage: Klingon\n---\n", "klingon"),
        ("---\ntitle: [a, b]\n---\n", "title"),
        ("---\nreports: none\n---\n", "reports"),
        ("---\ntitle: " + "[" * 5000 + "\n---\n", "front matter"),
    ],
)
def test_broken_front_matter_is_told_in_one_line(front, told):
    with pytest.raises(UserError) as caught:
        read_text(front + BODY)
    assert told in caught.value.message
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["---\nA rule above a text.\n---\nMore.", "--- no front matter", "Text\n---\ntitle: x\n---\n", "---\n---\nText."],
)
def test_rules_are_no_front_matter(text):
    metadata, body = split_front_matter(text)
    assert metadata.title == ""
    assert text.endswith(body)


def test_what_is_known_is_stronger_than_what_is_read():
    document = read_text(FRONT + BODY, name="a.md", title="Mine", published="3 March 2026", source="elsewhere")
    assert (document.article.title, document.article.published) == ("Mine", date(2026, 3, 3))
    assert (document.article.publisher, document.article.source) == ("Hall Times", "elsewhere")
    with pytest.raises(UserError, match="Unknown metadata: colour"):
        read_text(BODY, colour="red")


def test_title_from_heading_name_or_first_words():
    assert read_text(f"# A new hall\n\n{BODY}", name="x.md").article.title == "A new hall"
    assert read_text(BODY, name="folder/first hall.txt").article.title == "first hall"
    assert read_text(BODY).article.title == "The hall opened on Friday."
    assert read_text("word " * 50).article.title.endswith("…")


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "---\ntitle: x\n---\n", "...!"])
def test_empty_text_is_refused(text):
    with pytest.raises(UserError, match="empty"):
        read_text(text)


def test_lone_surrogates_become_replacement_characters():
    assert read_text("A\ud800b.").text == "A\ufffdb."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-02-14", date(2026, 2, 14)),
        ("2026-02-14T08:00:00+08:00", date(2026, 2, 14)),
        ("February 14, 2026", date(2026, 2, 14)),
        ("14 Feb. 2026", date(2026, 2, 14)),
        ("Sat, 14 Feb 2026 08:00:00 GMT", date(2026, 2, 14)),
        ("2026年2月14日", date(2026, 2, 14)),
        ("2026/2/14", date(2026, 2, 14)),
        ("14.2.2026", date(2026, 2, 14)),
        ("2/14/2026", date(2026, 2, 14)),
        ("03/04/2026", None),
        ("2026-13-45", None),
        ("February", None),
        ("2026-02-14 to 2026-02-15", None),
    ],
)
def test_dates(written, expected):
    assert parse_date(written) == expected


def test_folders_are_read_in_order(tmp_path):
    for name in ("b.txt", "a/z.md", "a/b.MARKDOWN", "c.txt", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"A text about {name} of its own.", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "empty.txt").write_bytes(b"")
    items = list(read_paths([tmp_path]))
    assert sources(items) == ["a/b.MARKDOWN", "a/z.md", "b.txt", "c.txt", "empty.txt", "picture.png"]
    refused = [item for item in items if isinstance(item, Refusal)]
    assert [item.source for item in refused] == ["empty.txt", "picture.png"]
    assert all(item.reason and item.help for item in refused)


def test_the_bundled_articles_are_read_whole():
    documents = list(read_paths([Path(corpus.__file__).parent / "articles"]))
    assert len(documents) >= 14
    for document in documents:
        assert isinstance(document, Document)
        assert document.article.language == detect_language(document.text)
        assert document.article.published is not None
        assert document.article.reports
        assert document.boilerplate == ()


def test_a_file_alone_is_named_by_its_name(tmp_path):
    path = tmp_path / "hall.txt"
    path.write_bytes("义乌的新馆开业了。".encode("gb18030"))
    document = read_file(path)
    assert (document.article.source, document.article.language) == ("hall.txt", "zh")
    assert sources(read_paths([path, str(path)])) == ["hall.txt", "hall.txt"]


def test_links_that_leave_the_folder_are_refused(tmp_path):
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text("Nobody may read this.", encoding="utf-8")
    (inside / "a.txt").write_text("Everybody may read this.", encoding="utf-8")
    (inside / "folder").symlink_to(outside)
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "nowhere.txt").symlink_to(tmp_path / "missing")
    (inside / "own.txt").symlink_to(inside / "a.txt")
    items = list(read_paths([inside]))
    assert sources(items) == ["a.txt", "folder", "link.txt", "nowhere.txt", "own.txt"]
    assert [type(item) for item in items] == [Document, Refusal, Refusal, Refusal, Document]


def test_what_cannot_be_read_is_told_in_one_line(tmp_path):
    (tmp_path / "big.txt").write_text("x" * 500, encoding="utf-8")
    (tmp_path / "lines.txt").write_text("a\n" * 200, encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "hall.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "wrong.txt").write_bytes(b"%PDF-1.4 words")
    os.mkfifo(tmp_path / "pipe.txt")
    small = ReadingSettings(max_bytes=450, max_lines=150)
    for name, told in [
        ("big.txt", "too large"), ("lines.txt", "too many lines"), ("binary.txt", "binary"), ("hall.pdf", "broken"),
        ("wrong.txt", "PDF"), ("pipe.txt", "regular"), ("missing.txt", "No such"), ("nul\x00.txt", ""),
    ]:  # fmt: skip
        with pytest.raises(UserError) as caught:
            read_file(tmp_path / name, small if name in ("big.txt", "lines.txt") else ReadingSettings())
        assert told in caught.value.message
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no UTF-8")
def test_a_file_name_that_is_no_text(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xff.txt", "wb") as file:  # noqa: PTH123
        file.write(b"A short text.")
    assert sources(read_paths([tmp_path])) == ["\ufffd.txt"]


def test_settings_refuse_what_they_do_not_know():
    with pytest.raises(ValidationError):
        ReadingSettings(biggest=3)  # type: ignore[call-arg]
    assert all(field.description for field in ReadingSettings.model_fields.values())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=500), st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")), st.text(max_size=80).map(lambda t: f"---\n{t}\n---\n{t}".encode("utf-8", "replace"))))  # fmt: skip
def test_any_bytes_are_read_or_refused(tmp_path, data):
    path = tmp_path / "any.md"
    path.write_bytes(data)
    try:
        document = read_file(path)
    except UserError:
        return
    assert document.text.strip()
    assert document.article.title
    assert all(span.end <= len(document.text) for span in document.boilerplate)


@given(st.text())
def test_text_is_never_changed(text):
    try:
        document = read_text(text)
    except UserError:
        return
    assert text.endswith(document.text)
    assert document.id == read_text(text).id


@pytest.mark.slow
def test_a_line_of_ten_megabytes(tmp_path):
    (tmp_path / "long.txt").write_text("word, " * 1_700_000, encoding="utf-8")
    assert isinstance(next(read_paths([tmp_path])), Document)
