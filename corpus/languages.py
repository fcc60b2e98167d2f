"""Which of the two languages a text is in."""

from __future__ import annotations

import re

from corpus.records import Language

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters, as the inside of a regular expression's character class."""
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
"""Latin letters, as the inside of a regular expression's character class."""

_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(f"[{LATIN}]+(?:['’.-][{LATIN}]+)*")


def count_han(text: str) -> int:
    """Number of Han characters in `text`."""
    return sum(map(len, _HAN_RUN.findall(text)))


def count_latin_words(text: str) -> int:
    """Number of words in Latin letters in `text`; "U.S.", "Yiwu's" and "cross-border" are one word each."""
    return len(_LATIN_WORD.findall(text))


def has_words(text: str) -> bool:
    """Whether `text` holds any Han character or Latin letter."""
    return _HAN_RUN.search(text) is not None or _LATIN_WORD.search(text) is not None


def detect_language(text: str) -> Language:
    """The language of `text`: Chinese where it has at least as many Han characters as Latin words, else English.

    The rule was right on all mixed-language queries on which language detectors with models went wrong, for example
    on an English company name before a Chinese verb. Text without either kind is called English.
    """
    han = count_han(text)
    return "zh" if han and han >= count_latin_words(text) else "en"
