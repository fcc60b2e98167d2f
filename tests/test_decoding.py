from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decoding import decode, plausibility
from corpus.errors import UserError

SIMPLIFIED = "义乌的小商品市场今年出口增长两成。"
TRADITIONAL = "義烏的小商品市場今年出口增長兩成。"
ENGLISH = "Yiwu’s traders sold toys worth €5 million – a record for the café owners’ club."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize(
    "text", ["市场", "义乌市场", "出口2025年增长", SIMPLIFIED, SIMPLIFIED * 200, "# 标题\n\n" + SIMPLIFIED]
)
def test_simplified_chinese(text, encoding):
    if encoding.startswith("utf-16-") and len(text) < 4:
        pytest.skip("two characters without a mark fit several encodings")
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "text", ["市場", "義烏市場", "出口2025年增長", TRADITIONAL, TRADITIONAL * 200, "「好！」他說。\r\n" + TRADITIONAL]
)
def test_traditional_chinese(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("text", ["It’s big.", ENGLISH, ENGLISH * 100])
def test_english(text, encoding):
    assert decode(text.encode(encoding)).text == text


def test_ascii_is_utf_8():
    assert decode(b"Plain words.\r\n").encoding == "utf-8"


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_the_mark_is_no_part_of_the_text(mark):
    encoding = "utf-8" if mark == codecs.BOM_UTF8 else "utf-16-le"
    assert decode(mark + SIMPLIFIED.encode(encoding)).text == SIMPLIFIED


def test_a_text_cut_in_a_character_is_still_read():
    assert decode(SIMPLIFIED.encode()[:-1]).text == SIMPLIFIED[:-1] + "\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"%PDF-1.7 words words", id="pdf"),
        pytest.param(b"PK\x03\x04 words words words", id="zip"),
        pytest.param(bytes(range(256)) * 20, id="all bytes"),
        pytest.param(b"\x00\x01\x02\x03" * 100, id="controls"),
    ],
)
def test_binary_data_is_refused(data):
    with pytest.raises(UserError, match=r"binary|not a text"):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_refused(data):
    try:
        decoded = decode(data)
    except UserError:
        return
    assert isinstance(decoded.text, str)
    assert decoded.encoding


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_every_text_comes_back_from_utf_8_with_a_mark(text):
    assert decode(text.encode("utf-8-sig")).text == text


@given(st.text())
def test_plausibility_has_a_range(text):
    assert -1 <= plausibility(text) <= 1
    assert -1 <= plausibility(text, western=True) <= 1
