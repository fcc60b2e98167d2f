"""Glosses: Chinese put into pseudo-English for the English encoder, and a readable word-by-word help beside a quote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.quantities import find_dates, find_quantities, render, render_date
from corpus.records import Language, Span
from index.cedict import Sense
from index.compiling import content_lemmas, english_key
from index.dictionary import Dictionary
from index.function_words import is_function_word
from index.joining import join_words, joined, known_parts
from index.pinyin import looks_like_person, romanise
from index.postags import word_class
from index.scripts import fold
from index.tokenizing import Token, lemma, tokens

_VERSION = "3"
_STOPS = dict(zip("。！？；，、：!?;,.", ".!?;,,:!?;,.", strict=True))
_NOT_WORDS = re.compile(r"[。！？；，、：!?;,.]")
_PREFERRED_PART = {"v": "verb", "n": "noun", "a": "noun", "ns": "name", "nr": "name", "nt": "name", "nz": "name"}
_MEASURES = frozenset("个名位家只条件座种辆台款架艘间栋幢批项次场张份块片枚颗根株棵门把口例起宗笔封届号期")
_GRAMMAR_WORDS = """
不 not, 没 not, 没有 not, 是 is, 在 in, 和 and, 与 and, 及 and, 或 or, 但 but, 但是 but, 从 from, 对 to,
为 for, 因为 because, 由于 due_to, 如果 if, 谁 who, 什么 what, 哪 which, 哪个 which, 哪里 where,
哪些 which, 多少 how_many, 几 how_many, 何时 when, 什么时候 when, 为什么 why, 为何 why, 如何 how, 怎么 how,
怎样 how, 他 he, 她 she, 它 it, 他们 they, 我 I, 我们 we, 你 you, 这 this, 那 that, 被 by, 于 in,
也 also, 都 all, 将 will, 会 will, 可以 can, 能 can, 有 has, 后 after, 前 before, 之后 after,
之前 before, 中 in, 上 on, 下 under, 内 in, 以 with, 至 to, 到 to, 向 to, 比 than, 哪种 what_kind,
哪一 which, 哪位 who, 多大 how_large, 多长 how_long, 多久 how_long"""
_USUAL_WORDS = """
占 account_for, 占到 account_for, 达 reach, 最大 largest, 最小 smallest, 最高 highest, 最低 lowest, 最早 earliest,
最晚 latest, 最长 longest, 最多 most, 最少 least, 最好 best, 最新 latest, 最快 fastest, 最强 strongest, 不是 not,
不会 not, 并非 not, 生于 born_in, 建于 built_in, 左右 about, 共 in_total, 共有 in_total, 共计 in_total,
分别 respectively, 称 call, 获 obtain, 元 yuan, 说 say, 作 as, 任 serve_as, 曾任 served_as, 得名 named,
主教练 head_coach, 仅 only, 饰 play, 饰演 play, 省 province, 局 bureau, 部份 part,
一场 one, 一项 one, 一支 one, 一间 one, 随著 along_with"""


def _listed(words: str) -> dict[str, str]:
    """A list of `中文 some_English` as a table."""
    return {zh: en.replace("_", " ") for zh, en in (item.split() for item in words.split(","))}


_GRAMMAR = _listed(_GRAMMAR_WORDS)
_USUAL = _listed(_USUAL_WORDS)
"""Common words whose first sense in the dictionary, or best lemma in the table, is not what articles mean."""
_PLACE = re.compile(
    r"^([A-Z][^,]*?) (?:[Pp]rovince|subprovincial city|municipality|city|district|[Cc]ounty|county-level city"
    r"|prefecture(?:-level city)?|autonomous \w+)(?: (?:in|of|on|and)\b.*)?$"
)
"""A place told with what it is and where it lies: "Jinhua prefecture-level city in Zhejiang"."""
_LIKELY = 0.3
"""Weight in the lexicon from which a lemma that no sense of a word has is taken for a meaning of it."""


@lru_cache(maxsize=1 << 16)
def english_words(text: str) -> frozenset[str]:
    """The lemmas of an English text, function words left out."""
    return frozenset(content_lemmas(text))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a gloss and the place of what it stands for."""

    span: Span
    english: str
    content: bool


class Glosser:
    """Glosses Chinese texts. Cheap to make; loads its dictionary on first use; threads may share it.

    Args:
        dictionary: An open dictionary; by default one in the user's cache folder, opened on first use.
        glossary: The collection owner's glossary file for that default dictionary.
        vocabulary: English lemmas of the collection: among several senses those that it really uses are preferred.
    """

    def __init__(
        self, dictionary: Dictionary | None = None, glossary: Path | None = None, vocabulary: Collection[str] = ()
    ) -> None:
        self._dictionary = dictionary
        self._glossary = glossary
        self._vocabulary = frozenset(vocabulary)
        self._word = lru_cache(maxsize=1 << 16)(self._gloss_word)

    @property
    def dictionary(self) -> Dictionary:
        """The dictionary, opened on first use."""
        if self._dictionary is None:
            self._dictionary = Dictionary(glossary=self._glossary)
        return self._dictionary

    @property
    def fingerprint(self) -> str:
        """Changes when a gloss may."""
        known = " ".join(sorted(self._vocabulary))
        return hashlib.sha256(f"{_VERSION} {self.dictionary.fingerprint} {known}".encode()).hexdigest()[:12]

    def gloss(self, text: str) -> str:
        """Pseudo-English for the English encoder: words, names, numbers and dates as English articles have them.

        Args:
            text: Chinese, or any mixture; English words stay as they are.
        """
        return _written(piece.english for piece in self._read(text))

    def aligned_gloss(self, text: str, wanted: Collection[str] = ()) -> tuple[str, list[tuple[Span, Span]]]:
        """`gloss(text)`, and for each of its words where it stands there and what of the text it stands for.

        Args:
            text: As for `gloss`.
            wanted: English lemmas; a word is glossed by a meaning that has one of them, if any has.
        """
        pieces = [piece for piece in self._read(text, wanted) if piece.english]
        written = _written(piece.english for piece in pieces)
        found = []
        end = 0
        for piece in pieces:
            start = written.find(piece.english, end) if piece.content else -1
            if start >= 0:
                end = start + len(piece.english)
                found.append((Span(start, end), piece.span))
        return written, found

    def _read(self, text: str, wanted: Collection[str] = ()) -> Iterator[_Piece]:
        """What the encoder reads of a text: its content and the ends of its sentences and clauses."""
        return (piece for piece in self._pieces(text, wanted) if piece.content or piece.english in ".!?;,")

    def display_gloss(self, text: str, language: Language) -> str:
        """Readable help beside a quote in a foreign language; it is no translation and must be marked as a gloss.

        Args:
            text: The quote.
            language: Of the quote. Chinese is glossed in English, English in Chinese.
        """
        if language == "zh":
            return _written(piece.english for piece in self._pieces(text))
        return self._chinese_gloss(text)

    def _pieces(self, text: str, wanted: Collection[str] = ()) -> Iterator[_Piece]:
        folded = fold(text)
        values = _values(text)
        position = 0
        for span, english in [*values, (Span(len(folded), len(folded)), "")]:
            yield from self._words(folded[position : span.start], position, wanted)
            if english:
                yield _Piece(span, english, True)
            position = span.end

    def _words(self, text: str, offset: int, wanted: Collection[str]) -> Iterator[_Piece]:
        position = 0
        for token in map(joined, join_words(tokens(text), self.dictionary)):
            yield from _marks(text, position, token.span.start, offset)
            position = token.span.end
            span = token.span.moved(offset)
            if token.script != "han":
                yield _Piece(span, token.text, True)
            elif token.text in _GRAMMAR:
                yield _Piece(span, _GRAMMAR[token.text], token.text in _ASKED)
            elif not is_function_word(token.text) and not (token.text in _MEASURES and token.span.start == 0):
                yield _Piece(span, self._meant(token.text, wanted), True)
        yield from _marks(text, position, len(text), offset)

    def _meant(self, word: str, wanted: Collection[str]) -> str:
        """The usual gloss of a word; where it has no wanted lemma, the likeliest meaning that has, if any."""
        usual = self._word(word)
        if not wanted or not english_words(usual).isdisjoint(wanted):
            return usual
        meant = [sense for sense in self.dictionary.senses(word) if not english_words(sense.english).isdisjoint(wanted)]
        if meant:
            return max(meant, key=lambda sense: sense.weight).english
        likely = (one for one, weight in self.dictionary.lemmas(word) if one in wanted and weight >= _LIKELY)
        return next(likely, usual)

    def _gloss_word(self, word: str) -> str:
        if word in _USUAL and not self.dictionary.is_glossary(word):
            return _USUAL[word]
        senses = self.dictionary.senses(word)
        if senses:
            return self._best(word, senses)
        parts = known_parts(word, self.dictionary)
        grammatical = any(is_function_word(part) for part in parts)
        if grammatical or (len(word) > 3 and all(len(part) > 1 for part in parts)):
            return " ".join(filter(None, map(self._gloss_part, parts)))
        lemmas = self.dictionary.lemmas(word)
        if lemmas:
            return lemmas[0][0]
        if looks_like_person(word) and word_class(word) in ("", "nr"):
            return romanise(word, person=True)
        if all(len(part) == 1 for part in parts) and word_class(word)[:2] in ("", "n", "nr", "ns", "nt", "nz"):
            return romanise(word)
        return " ".join(filter(None, map(self._gloss_part, parts)))

    def _gloss_part(self, part: str) -> str:
        if part in _GRAMMAR:
            return _GRAMMAR[part]
        senses = self.dictionary.senses(part)
        return "" if is_function_word(part) else self._best(part, senses) if senses else romanise(part)

    def _best(self, word: str, senses: tuple[Sense, ...]) -> str:
        preferred = _PREFERRED_PART.get(word_class(word)[:2], _PREFERRED_PART.get(word_class(word)[:1], ""))

        def score(sense: Sense) -> float:
            fits = 1.5 if sense.part == preferred else 1.0
            known = all(key in self._vocabulary for key in english_key(sense.english).split())
            short = 1.0 if len(sense.english.split()) <= 3 and sense.english.isascii() else 0.6
            return sense.weight * fits * short * (2.0 if known and self._vocabulary else 1.0)

        best = max(senses, key=lambda sense: (score(sense), sense.weight, sense.english))
        place = _PLACE.match(best.english) if best.part == "name" else None
        return place[1] if place else best.english

    def _chinese_gloss(self, text: str) -> str:
        words = [token for token in tokens(text) if token.script == "latin"]
        written: list[str] = []
        start = 0
        while start < len(words):
            end, chinese = self._longest_expression(text, words, start)
            if chinese:
                written.append(chinese)
            elif not is_function_word(words[start].text.lower()):
                written.append(words[start].text)
            start = end
        return " ".join(written)

    def _longest_expression(self, text: str, words: list[Token], start: int) -> tuple[int, str]:
        for end in range(min(len(words), start + 5), start, -1):
            expression = Span(words[start].span.start, words[end - 1].span.end).cut(text)
            if end == start + 1 and is_function_word(expression.lower()):
                continue
            known = self.dictionary.renderings(lemma(expression) if end == start + 1 else english_key(expression))
            if known:
                return end, known[0][0]
        return start + 1, ""


_ASKED_WORDS = "谁 什么 哪里 多少 何时 什么时候 为什么 为何 如何 怎么 怎样 几 不 没 没有"
_ASKED = frozenset(_ASKED_WORDS.split())


def _values(text: str) -> list[tuple[Span, str]]:
    """Dates and numbers of a Chinese text in English, in order, disjoint."""
    dates = [(found.span, render_date(found, "en")) for found in find_dates(text, "zh")]
    taken = {position for span, _ in dates for position in range(span.start, span.end)}
    numbers = [(found.span, render(found, "en")) for found in find_quantities(text, "zh")]
    return sorted([*dates, *(item for item in numbers if not taken & set(range(item[0].start, item[0].end)))])


def _marks(text: str, start: int, end: int, offset: int) -> Iterator[_Piece]:
    for mark in _NOT_WORDS.finditer(text, start, end):
        yield _Piece(Span(mark.start() + offset, mark.end() + offset), _STOPS[mark.group()], False)


def _written(parts: Iterator[str]) -> str:
    """Words with single spaces, no space before a mark, no mark twice."""
    text = " ".join(part for part in parts if part)
    return re.sub(r"([.!?;,:])(?:[.!?;,:]|\s(?=[.!?;,:]))*", r"\1", re.sub(r"\s+([.!?;,:])", r"\1", text)).strip(" ,;:")
