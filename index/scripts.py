"""Writing systems: Traditional and Simplified characters, full-width forms, accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, the repetition mark 々 and the zero 〇, for use inside a character class."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2019: 0x27, 0x2018: 0x27}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4)
def _converter(name: str) -> Any:  # noqa: ANN401 -- opencc has no types
    from opencc import OpenCC

    return OpenCC(name)


def fold(text: str) -> str:
    """The search key of a text: Simplified characters, half-width letters, digits and punctuation; same length.

    Offsets into the result are offsets into `text`.
    """
    if not _NOT_ASCII.search(text):
        return text
    return simplify(text.translate(_FULL_WIDTH))


def simplify(text: str) -> str:
    """A text in Simplified characters, all else as it is; same length."""
    if not _NOT_ASCII.search(text):
        return text
    simplified: str = _converter("t2s").convert(text.encode("utf-8", "replace").decode("utf-8"))
    if len(simplified) == len(text):
        return simplified
    return "".join(_simplify_character(character) for character in text)


@lru_cache(maxsize=4096)
def _simplify_character(character: str) -> str:
    folded: str = _converter("t2s").convert(character.encode("utf-8", "replace").decode("utf-8"))
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=65536)
def regional_variants(word: str) -> tuple[str, ...]:
    """How the other side of the strait calls the same thing, in Simplified characters: 软件 -> (软体,).

    Args:
        word: A Chinese word in Simplified characters.
    """
    taiwan = _converter("t2s").convert(_converter("s2twp").convert(word))
    mainland = _converter("tw2sp").convert(_converter("s2tw").convert(word))
    return tuple(sorted({taiwan, mainland} - {word}))


@lru_cache(maxsize=65536)
def plain_latin(word: str) -> str:
    """A Latin word in lower case without accents: `Röntgen` -> `rontgen`."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
