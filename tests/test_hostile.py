"""Files made to harm, or broken by chance: one line each, within limits of time and memory, and the rest goes on."""

import io
import os
import random
import resource
import zipfile

import make_files as make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.formats.isolation import Isolated
from corpus.formats.records import Extracted
from corpus.reading import read_bytes, read_paths
from corpus.records import Document, Refusal
from corpus.settings import ReadingSettings

SOUND = make.every_file()
MEMORY = 1_500_000
"""Kilobytes."""


def read(data, name, **limits):
    items = list(read_bytes(data, name, ReadingSettings(**limits)))
    for item in items:
        assert isinstance(item, Document | Refusal)
        if isinstance(item, Refusal):
            assert item.reason
            assert "\n" not in item.source + item.reason + item.help
    assert children_stay_small()
    return items


def children_stay_small():
    """Whether no child took too much; one counts what its parent held when it was started, so no less is asked."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < max(MEMORY, 1.01 * own)


def refusal(data, name, **limits):
    (item,) = read(data, name, **limits)
    assert isinstance(item, Refusal), item
    return item.reason


def bomb(megabytes):
    return make.zip_file({"a.txt": b"\0" * (megabytes * 1_000_000)})


def nested(depth):
    data = b"Words at the bottom."
    for level in range(depth):
        data = make.zip_file({"inner.txt" if level == 0 else "inner.zip": data})
    return data


def with_member(name, data=b"Some words.", mode=0, flags=0):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = mode << 16
        archive.writestr(member, data)
        archive.writestr("sound.txt", "A sound text goes on.")
    packed = stream.getvalue()
    if flags:  # of the first member, in its own header and in the directory
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = packed.index(mark) + place
            packed = packed[:start] + bytes([packed[start] | flags]) + packed[start + 1 :]
    return packed


@pytest.mark.parametrize(
    ("data", "limits", "told"),
    [
        (bomb(20), {}, "bomb"),
        (make.zip_file({f"{n}.txt": "word" for n in range(30)}), {"max_members": 20}, "too many"),
        (make.zip_file({f"{n}.txt": os.urandom(500) for n in range(3)}), {"max_unpacked_bytes": 1_000}, "too much"),
        (nested(6), {}, "too deep"),
        (make.zip_file({"a.zip": bomb(20)}), {}, "bomb"),
    ],
    ids=["ratio", "members", "total", "depth", "inner"],
)
def test_zip_bombs_are_refused(data, limits, told):
    assert told in refusal(data, "a.zip", **limits)


def test_bombs_in_other_clothes():
    word = make.zip_file({"word/document.xml": b" " * 30_000_000, "[Content_Types].xml": "x"})
    book = make.zip_file({"META-INF/container.xml": b" " * 30_000_000})
    assert "bomb" in refusal(word, "a.docx")
    assert "bomb" in refusal(book, "a.epub")


def test_an_archive_that_lies_about_its_sizes():
    data = make.zip_file({"a.txt": b"word " * 100_000})
    start = data.rindex(b"PK\x01\x02") + 24
    lying = data[:start] + (7).to_bytes(4, "little") + data[start + 4 :]
    items = read(lying, "a.zip", max_bytes=1_000)
    assert all(isinstance(item, Refusal) or len(item.text) <= 7 for item in items)


@pytest.mark.parametrize(
    ("name", "mode", "flags", "told"),
    [
        ("../../outside.txt", 0, 0, "leads out"),
        ("/etc/outside.txt", 0, 0, "leads out"),
        ("a\\..\\..\\outside.txt", 0, 0, "leads out"),
        ("link.txt", 0o120777, 0, "link"),
        ("device.txt", 0o060644, 0, "link or a device"),
        ("locked.txt", 0, 1, "encrypted"),
        ("program.exe", 0, 0, "not supported"),
    ],
)
def test_members_that_are_no_plain_files(name, mode, flags, told):
    found = read(with_member(name, mode=mode, flags=flags), "a.zip")
    (refused,) = [item for item in found if isinstance(item, Refusal)]
    (sound,) = [item for item in found if isinstance(item, Document)]
    assert told in refused.reason
    assert sound.article.source == "a.zip/sound.txt"


def test_a_thousand_levels_are_refused_or_read():
    deep = 200_000
    assert "deep" in refusal(b"[" * deep + b"]" * deep, "a.json")
    assert "deep" in refusal(b'{"text":' * deep, "a.jsonl")
    assert "deep" in refusal(b"<html><body>" + b"<div>" * deep + b"Words.", "a.html")
    read(b"<rss version='2.0'><channel>" + b"<item>" * 5_000, "a.rss")
    read(b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3_000, "a.eml")  # fmt: skip


def test_entities_that_multiply_are_not_followed():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    package = f'<!DOCTYPE package [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]><package>&l9;&f;</package>'
    container = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    items = read(make.zip_file({"META-INF/container.xml": container, "b.opf": package}), "a.epub")
    assert all(isinstance(item, Refusal) for item in items)


def test_a_pdf_whose_pages_unpack_to_far_too_much():
    import zlib

    stream = zlib.compress(b"0 0 m " * 60_000_000, 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"  # fmt: skip
    body = (
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(stream)
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )
    assert refusal(head + body, "a.pdf")


def test_what_takes_too_long_is_ended_and_the_next_is_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes(make.pdf_file((make.ENGLISH,) * 400))
    (tmp_path / "b.json").write_bytes(make.json_file())
    (tmp_path / "c.txt").write_text("Plain words.", encoding="utf-8")
    late, *rest = read_paths([tmp_path], ReadingSettings(max_seconds=0.3))
    assert isinstance(late, Refusal)
    assert "longer than 0.3 seconds" in late.reason
    assert len(rest) == 2
    assert isinstance(rest[1], Document)


def test_things_that_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "etc").symlink_to("/etc")
    (tmp_path / "sound.txt").write_text("A sound text goes on.", encoding="utf-8")
    (tmp_path / "huge.txt").touch()
    os.truncate(tmp_path / "huge.txt", 500_000_000)
    items = {item.source if isinstance(item, Refusal) else item.article.source: item for item in read_paths([tmp_path])}
    assert isinstance(items.pop("sound.txt"), Document)
    assert sorted(items) == ["etc", "huge.txt", "pipe.pdf", "zero.txt"]
    assert "500,000,000 bytes" in items["huge.txt"].reason
    assert "reading.max_bytes" in items["huge.txt"].help
    (device,) = read_paths(["/dev/zero"])
    assert "no regular file" in device.reason


def test_bytes_that_are_no_text(tmp_path):
    junk = {
        "nul": b"\0" * 5_000,
        "surrogate": b"\xed\xa0\x80" * 100,
        "ff": b"\xff" * 999,
        "marks": "\u202e\ufeff".encode() * 99,
    }
    for name, piece in junk.items():
        for suffix in ("txt", "csv", "json", "html", "eml", "rss"):
            (tmp_path / f"{name}.{suffix}").write_bytes(piece + b"A few words stand here.\n" + piece)
            (tmp_path / f"{name}-in.{suffix}").write_bytes(b'<html><body><p>{"text": "' + piece + b' words"}')
    items = list(read_paths([tmp_path]))
    assert len(items) >= 48
    for item in items:
        shown = item.reason + item.help if isinstance(item, Refusal) else item.article.title
        assert "\n" not in shown
        assert not isinstance(item, Document) or not any("\ud800" <= mark <= "\udfff" for mark in item.text)


def mutated(data, seed):
    """`data` after a few of: changed bytes, a piece left out, doubled, swapped, cut off, or filled with one byte."""
    chance = random.Random(seed)
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(max(1, len(damaged)))
        end = min(len(damaged), start + chance.choice((1, 4, 30, 300, 3_000)))
        piece = damaged[start:end]
        match chance.randrange(6):
            case 0:
                damaged[start:end] = chance.randbytes(len(piece))
            case 1:
                del damaged[start:end]
            case 2:
                damaged[start:start] = piece * chance.choice((1, 50))
            case 3:
                damaged[start:end] = piece[::-1]
            case 4:
                del damaged[max(1, start) :]
            case _:
                damaged[start:end] = bytes([chance.choice((0, 0xFF, 0x20, 0x7B, 0x3C))]) * len(piece)
    return bytes(damaged)


def check_mutations(folder, each):
    for name, data in SOUND.items():
        for seed in range(each):
            stem, _, suffix = name.rpartition(".")
            (folder / f"{stem}-{seed:03}.{suffix}").write_bytes(mutated(data, f"{name} {seed}"))
    told = set()
    for item in read_paths([folder], ReadingSettings(max_seconds=20)):
        assert isinstance(item, Document | Refusal)
        told.add((item.source if isinstance(item, Refusal) else item.article.source).split("#")[0].split("/")[0])
        if isinstance(item, Refusal):
            assert "crash" not in item.reason
            assert "\n" not in item.source + item.reason + item.help
        else:
            assert item.text.strip()
            assert all(0 <= start <= len(item.text) for start in item.pages)
            assert list(item.pages) == sorted(item.pages)
    assert len(told) >= 0.95 * each * len(SOUND)  # a zip may come out empty
    assert children_stay_small()


def test_damaged_files_of_every_format(tmp_path):
    check_mutations(tmp_path, 6)


@pytest.mark.slow
def test_many_damaged_files_of_every_format(tmp_path):
    check_mutations(tmp_path, 150)


@pytest.fixture(scope="module")
def isolated():
    with Isolated(ReadingSettings(max_seconds=20)) as opened:
        yield opened


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(SOUND)),
    data=st.binary(max_size=300),
    start=st.integers(0, 10_000),
    length=st.integers(0, 99),
)
def test_any_bytes_anywhere(isolated, name, data, start, length):
    sound = SOUND[name]
    start %= len(sound)
    for item in isolated.extract(sound[:start] + data + sound[start + length :], name):
        assert isinstance(item, Extracted | Refusal)
        assert not isinstance(item, Refusal) or "crash" not in item.reason


@pytest.mark.slow
def test_ten_thousand_tiny_files_and_a_line_of_fifty_megabytes(tmp_path):
    for number in range(10_000):
        (tmp_path / f"{number:05}.{('txt', 'html')[number % 20 == 0]}").write_text(
            f"<html><body><p>Text number {number} tells of a hall that opened.</p></body></html>"
            if number % 20 == 0
            else f"Text number {number}.",
            encoding="utf-8",
        )
    (tmp_path / "long.txt").write_text("word, " * 8_500_000, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    items = list(read_paths([tmp_path]))
    assert len(items) == 10_001
    assert [item.source for item in items if isinstance(item, Refusal)] == ["long.txt"]
    (long,) = read_paths([tmp_path / "long.txt"], ReadingSettings(max_bytes=60_000_000))
    assert isinstance(long, Document)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < max(MEMORY, before + MEMORY / 2)
