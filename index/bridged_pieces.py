"""Texts of either language as the word pieces of the English encoder: Chinese by its gloss."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

from corpus.languages import count_han
from corpus.records import Span
from index.bilingual import EnglishEncoder, WordPiece
from index.glossing import Glosser, english_words

REMEMBERED: Final = 1_000
"""Texts whose pieces are kept, some 10 KB each."""
_NOWHERE: Final = Span(0, 0)


class BridgedPieces:
    """Cuts texts into word pieces; threads may share it.

    Args:
        encoder: The bundled English encoder.
        glosser: Puts Chinese into English.
    """

    def __init__(self, encoder: EnglishEncoder, glosser: Glosser) -> None:
        self._encoder = encoder
        self._glosser = glosser
        self._known = lru_cache(maxsize=REMEMBERED)(self._cut)

    def of(self, text: str, beside: str = "") -> tuple[WordPiece, ...]:
        """The word pieces of a text, of Chinese those of its gloss, each with the part of the text it stands for.

        Args:
            text: In either language.
            beside: What it is read with: English tells which of their meanings the Chinese words are glossed by.
        """
        return self._known(text, self.telling(text, beside))

    @staticmethod
    def telling(text: str, beside: str) -> str:
        """What a text is read with, where that tells its meanings: English beside Chinese; else nothing."""
        return beside if count_han(text) and not count_han(beside) else ""

    @property
    def marks(self) -> tuple[int, int]:
        """The numbers of the marks of beginning and end."""
        return self._encoder.marks

    def _cut(self, text: str, beside: str) -> tuple[WordPiece, ...]:
        if not count_han(text):
            return tuple(self._encoder.pieces(text)) if text else ()
        gloss, words = self._glosser.aligned_gloss(text, english_words(beside))
        ends = [place.end for place, _ in words]
        found = []
        for piece in self._encoder.pieces(gloss):
            number = bisect_right(ends, piece.place.start)
            glossed = number < len(words) and words[number][0].overlaps(piece.place)
            found.append(piece._replace(place=words[number][1] if glossed else _NOWHERE))
        return tuple(found)
