from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.languages import count_han, count_latin_words, detect_language, has_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("2024 !?", "en"),
        ("What share of trade is exports?", "en"),
        ("出口占多大比例？", "zh"),
        ("特斯拉 CEO 访问上海", "zh"),
        ("Tim Cook 访问北京", "zh"),
        ("What does 义乌 mean?", "en"),
        ("義烏的出口", "zh"),
        ("𠀀𠀁", "zh"),
        ("Łódź café", "en"),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language


def test_counts():
    assert count_han("义乌 Yiwu 2024 義烏〇") == 5
    assert count_latin_words("The U.S. is Yiwu's cross-border partner, 义乌") == 6
    assert has_words("义")
    assert has_words("é")
    assert not has_words("12 — 。")


@given(st.text())
def test_every_text_has_a_language(text):
    assert detect_language(text) in ("en", "zh")
