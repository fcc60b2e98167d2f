"""Every format through the public face: text, metadata and places; contents that are not what their names say."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import make_files as make
import pytest

import corpus
from corpus.errors import UserError
from corpus.places import find_place
from corpus.reading import SUFFIXES, read_bytes, read_file, read_paths
from corpus.records import Document, Place, Refusal
from corpus.settings import ReadingSettings


def documents(data, name, **settings):
    found = list(read_bytes(data, name, ReadingSettings(**settings)))
    assert all(isinstance(item, Document) for item in found), found
    return found


def refusal(data, name, **settings):
    (item,) = read_bytes(data, name, ReadingSettings(**settings))
    assert isinstance(item, Refusal), item
    assert item.reason
    assert "\n" not in item.reason + item.help
    return item


@pytest.mark.parametrize("name", make.every_file())
def test_every_format_gives_articles_with_their_words(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(make.every_file()[name])
    items = list(read_paths([path]))
    texts = " ".join(item.text for item in items if isinstance(item, Document))
    assert "thirty countries" in texts or "三十个国家" in texts
    assert [item.source for item in items if isinstance(item, Refusal)] == (
        ["hall.rss#2"] if name == "hall.rss" else []
    )
    assert path.suffix in SUFFIXES


def test_a_web_page_is_its_article_alone():
    (document,) = documents(make.html_page(), "saved.html")
    article = document.article
    assert (article.title, article.publisher, article.author) == ("The new hall", "Hall Times", "Jane Doe")
    assert (article.published, article.url) == (date(2026, 2, 14), "https://example.org/hall")
    assert "Sport" not in document.text
    assert "Imprint" not in document.text
    assert all(paragraph in document.text for paragraph in make.ENGLISH)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "big5"])
def test_a_chinese_page_in_every_encoding(charset):
    words = (
        make.CHINESE
        if charset != "big5"
        else ["新館於星期五開放，來自三十個國家的商人前來參觀。石料來自山裡，玻璃由火車運來。"]
    )
    (document,) = documents(
        make.html_page(words, "Hall 新年", "张伟" if charset != "big5" else "張偉", charset), "a.html"
    )
    assert document.article.language == "zh"
    assert document.article.author in ("张伟", "張偉")
    assert words[0] in document.text


def test_a_pdf_keeps_its_pages_and_loses_what_printing_added():
    (document,) = documents(make.pdf_file((make.ENGLISH, make.CHINESE, make.ENGLISH)), "hall.pdf")
    assert "issue 7" not in document.text
    assert make.ENGLISH[1] in document.text
    assert make.CHINESE[2] in document.text
    assert len(document.pages) == 3
    assert find_place(document, document.text.index("四千万元")) == Place("page", 2)
    assert document.article.title == "The new hall"


def test_word_files_keep_tables_and_lists():
    (document,) = documents(make.docx_file(), "hall.docx")
    assert "| 2025 | 12,400 |" in document.text
    assert "- 石料来自山里。" in document.text
    assert (document.article.title, document.article.author) == ("The new hall", "Jane Doe")


def test_a_book_is_read_in_the_order_of_its_chapters():
    (document,) = documents(make.epub_file(), "hall.epub")
    assert document.text.index("Chapter 1") < document.text.index("thirty countries") < document.text.index("Chapter 2")
    assert (document.article.title, document.article.published) == ("The new hall", date(2026, 2, 14))
    assert find_place(document, document.text.index("四千万元")).heading == "Chapter 2"


@pytest.mark.parametrize("html", [False, True])
def test_a_mail_with_an_attachment(html):
    mail, attached = documents(make.mail_file(html, ("表.csv", make.csv_file()[:120] + b"\n")), "a.eml")[:2]
    assert (mail.article.title, mail.article.author) == ("新馆 The new hall", "Jane Doe")
    assert mail.article.published == date(2026, 2, 14)
    assert attached.article.source.startswith("a.eml/表.csv#")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_an_article_for_each_row(delimiter):
    first, second = documents(make.csv_file(delimiter=delimiter), "hall.csv")
    assert (first.article.title, first.article.publisher) == ("新馆", "大厅日报")
    assert first.article.published == second.article.published == date(2026, 2, 14)
    assert (first.article.source, second.article.source) == ("hall.csv#1", "hall.csv#2")
    assert second.text == "\n\n".join(make.ENGLISH)


def test_columns_of_other_names_are_told_and_chosen():
    data = make.csv_file(("a", "b", "c", "d"))
    assert "'a', 'b', 'c', 'd'" in refusal(data, "hall.csv").reason
    first, _ = documents(data, "hall.csv", columns={"text": "b", "title": "a"})
    assert first.article.title == "新馆"
    assert "colour" in refusal(data, "hall.csv", columns={"colour": "b"}).reason


def test_json_in_its_usual_shapes():
    (document,) = documents(make.json_file(), "a.json")
    assert (document.article.author, document.article.url) == ("Jane Doe, Li Jun", "https://example.org/a")
    assert len(documents(make.jsonl_file(), "a.jsonl")) == 2
    assert "line 2" in refusal(b'{"text":\n', "a.json").reason
    assert "objects" in refusal(b'[["text"]]', "a.json").reason


def test_feeds_tell_outlet_day_and_address():
    document, empty = read_bytes(make.rss_file(), "feed.xml")
    assert (document.article.publisher, document.article.url) == ("Hall Times", "https://example.org/hall")
    assert document.article.published == date(2026, 2, 14)
    assert (empty.source, empty.help) == ("feed.xml#2", "Add its page: https://example.org/empty")
    (chinese,) = documents(make.atom_file(), "a.atom")
    assert (chinese.article.title, chinese.article.language) == ("新馆", "zh")


def test_an_archive_is_read_like_a_folder():
    data = make.zip_file(
        {"b.txt": "Second text.", "a/一.txt": "第一篇文章。", ".hidden.txt": "no", "__MACOSX/x.txt": "no"}
    )
    found = documents(data, "all.zip")
    assert [item.article.source for item in found] == ["all.zip/a/一.txt", "all.zip/b.txt"]


def test_names_that_a_chinese_system_packed():
    data = make.zip_file({"xxxx.txt": "第一篇文章。"}).replace(b"xxxx.txt", "新馆".encode("gbk") + b".txt")
    assert documents(data, "a.zip")[0].article.source == "a.zip/新馆.txt"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("hall.pdf", "hall.txt"), ("hall.html", "hall.pdf"), ("hall.docx", "hall.zip"), ("hall.epub", "hall.docx"),
     ("hall.html", "page"), ("hall.pdf", "hall.doc"), ("hall.atom", "a.html"), ("hall.zip", "a.jpg")],
)  # fmt: skip
def test_the_content_counts_where_the_name_lies(name, wrong):
    right = documents(make.every_file()[name], name)
    assert [item.text for item in documents(make.every_file()[name], wrong)] == [item.text for item in right]


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"only words", "a.pdf", "no PDF"),
        (b"only words", "a.docx", "no Word"),
        (b"\x89PNG\r\n", "a.png", "not supported"),
        (b"\x89PNG\r\n", "a.txt", "PNG"),
        (b"only words", "a.eml", "no mail"),
        (b"<rss><channel></channel></rss>", "a.rss", "feed"),
        (b"<html><body></body></html>", "a.html", "no article"),
        (b"text\n", "a.csv", "empty"),
        (b"[]", "a.json", "empty"),
        (b"%PDF-1.7 and nothing", "a.pdf", "broken"),
        (b"PK\x03\x04 and nothing", "a.zip", "broken"),
        (make.zip_file({"xl/workbook.xml": "x", "[Content_Types].xml": "x"}), "a.xlsx", "spreadsheet"),
        (make.pdf_file(password="secret"), "a.pdf", "encrypted"),
        (make.pdf_file(pages=((),), head=False), "a.pdf", "only pictures"),
    ],
)
def test_what_cannot_be_read_is_one_line(data, name, told):
    assert told in refusal(data, name).reason


def test_a_file_of_several_articles_is_no_single_article(tmp_path):
    (tmp_path / "a.csv").write_bytes(make.csv_file())
    with pytest.raises(UserError, match="2 articles"):
        read_file(tmp_path / "a.csv")


def test_without_the_extra_the_install_line_is_told(tmp_path):
    (tmp_path / "a.pdf").write_bytes(make.pdf_file())
    code = (
        "import sys; sys.modules['pypdf'] = None\n"
        "from corpus.formats.dispatch import extract\nfrom corpus.settings import ReadingSettings\n"
        f"list(extract(open({str(tmp_path / 'a.pdf')!r}, 'rb').read(), 'a.pdf', ReadingSettings()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "UserError: Reading PDF needs a package (pypdf). Install it: pip install 'yiju[formats]'" in done.stderr


@pytest.mark.browser
def test_a_page_printed_by_a_browser_reads_as_it_was_written(tmp_path):
    folder = Path(corpus.__file__).parent / "articles"
    articles = [item.text for item in read_paths(sorted(folder.glob("*-*.md"))) if item.article.language == "zh"]
    words = [line for text in articles for line in text.splitlines() if line and line[0] not in "#-"]
    (tmp_path / "hall.html").write_bytes(
        f"<meta charset=utf-8><style>@page{{size:A5}}</style>{''.join(f'<p>{p}</p>' for p in words)}".encode()
    )
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         f"--print-to-pdf={tmp_path / 'hall.pdf'}", str(tmp_path / "hall.html")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (document,) = documents((tmp_path / "hall.pdf").read_bytes(), "hall.pdf")
    found = [line.replace(" ", "") for line in document.text.splitlines()]
    assert sum(paragraph.replace(" ", "") in found for paragraph in words) >= 0.7 * len(
        words
    )  # a last line may be full
    assert sum(any(paragraph.replace(" ", "") in line for line in found) for paragraph in words) == len(words)
    assert not [mark for mark in document.text if "\u2e80" <= mark <= "\u2fdf"]
    assert "file:///" not in document.text
    assert len(document.pages) > 3
