"""Sentences as answers are looked for in them: words with their classes, terms, and the marks between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from assistant.question_words import ASKING_EN, ASKING_ZH
from assistant.records import AnswerType, Question
from corpus.languages import detect_language
from corpus.quantities import DateSpan, Quantity, find_dates, find_quantities
from corpus.records import Language, Span
from index.postags import word_class
from index.scripts import fold, simplify
from index.terms import Concept
from index.tokenizing import Token, lemma, tokens

CLASSES = (
    "article", "preposition", "pronoun", "auxiliary", "conjunction", "asking", "negation", "adverb", "number_word",
    "digits", "month", "capital", "acronym", "participle", "past", "gerund", "lower", "person", "place",
    "organisation", "name", "noun", "verb", "adjective", "zh_adverb", "zh_preposition", "particle", "zh_number",
    "measure", "time", "zh_pronoun", "zh_conjunction", "direction", "unknown", "edge",
)  # fmt: skip
"""Classes of words; the last stands for the edge of a sentence."""
CLASS_NUMBER = {name: number for number, name in enumerate(CLASSES)}
GAPS = ("none", "space", "joint", "comma", "enumeration", "bracket", "quote", "strong")
"""What stands between two words, from the weakest to the strongest."""
GAP_NUMBER = {name: number for number, name in enumerate(GAPS)}

_ENGLISH = {
    "article": "a an the",
    "preposition": "of in on at by for from to with about against between into through during before after above below "
    "under over among within without toward towards upon near since until across behind beyond per via as than like",
    "pronoun": "i you he she it we they me him her us them my your his its our their this that these those there "
    "himself herself itself themselves another other others some any all both each such",
    "auxiliary": "is are was were be been being am do does did has have had having can could will would shall should "
    "may might must became become becomes",
    "conjunction": "and or but nor so yet because although though while if when where whereas unless",
    "asking": "what which who whom whose why how",
    "negation": "not no never none",
    "number_word": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion trillion dozen half third quarter first second fourth fifth sixth seventh eighth ninth tenth",
    "month": "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday",
}
_ENGLISH_CLASS = {word: name for name, words in reversed(_ENGLISH.items()) for word in words.split()}
_CHINESE = (
    ("nr", "person"), ("ns", "place"), ("nt", "organisation"), ("nz", "name"), ("vn", "noun"), ("an", "noun"),
    ("n", "noun"), ("v", "verb"), ("a", "adjective"), ("b", "adjective"), ("z", "adjective"), ("d", "zh_adverb"),
    ("p", "zh_preposition"), ("u", "particle"), ("m", "zh_number"), ("q", "measure"), ("t", "time"),
    ("r", "zh_pronoun"), ("c", "zh_conjunction"), ("f", "direction"), ("s", "place"), ("i", "noun"), ("l",
    "noun"), ("j", "noun"),
)  # fmt: skip
_COMPARED_WITH = re.compile(
    r"[比较]$|\b(?:than|versus|compared (?:with|to)"
    r"|(?:percent|%|up|down|higher|lower|increase|rise|drop) (?:from|over|on))"
    r"(?: (?:in|for|at|that|those|the|of|same|period|figure|level|end))* $",
    re.I,
)
"""Before a date that tells what something is compared with."""
_NUMBER_ZH = re.compile(r"[零〇一二两三四五六七八九十百千万亿几数半]+")
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾"
    "夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
)
"""With which the names of Chinese people begin."""


class TermSource(Protocol):
    """What `index.terms.Analyzer` offers."""

    def query_concepts(self, text: str, language: Language) -> Sequence[Concept]:
        """The weighted concepts of a question."""

    def document_terms(self, text: str, language: Language) -> Sequence[str]:
        """Every term of a text."""

    def __hash__(self) -> int:
        """Sources are told apart by identity: what they read is remembered."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text."""

    folded: str
    """The text in Simplified, half-width characters; offsets are those of the text."""
    tokens: tuple[Token, ...]
    classes: tuple[int, ...]
    """Numbers of `CLASSES`, one a word."""
    gaps: tuple[int, ...]
    """Numbers of `GAPS`: what stands before each word, and after the last; one more than words."""


@lru_cache(maxsize=8192)
def read_terms(source: TermSource, text: str, language: Language) -> frozenset[str]:
    """The terms of a sentence or title."""
    return frozenset(source.document_terms(text, language))


@lru_cache(maxsize=65536)
def word_terms(source: TermSource, text: str, language: Language) -> frozenset[str]:
    """The terms of a single word."""
    return frozenset(source.document_terms(text, language))


@lru_cache(maxsize=8192)
def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a sentence or question, in order."""
    return tuple(find_quantities(text))


@lru_cache(maxsize=8192)
def read_dates(text: str, published: date | None = None) -> tuple[DateSpan, ...]:
    """The dates of a sentence or question, in order, as seen from the day its article was published."""
    return tuple(find_dates(text, None, published))


@lru_cache(maxsize=8192)
def told_dates(text: str, published: date | None = None) -> tuple[DateSpan, ...]:
    """`read_dates`, less those that something is only compared with: 比上年同期增长, "18 percent more than in 2023"."""
    plain = simplify(text)
    return tuple(day for day in read_dates(text, published) if not _COMPARED_WITH.search(plain[: day.span.start]))


@lru_cache(maxsize=8192)
def read_values(text: str) -> tuple[tuple[int, int, str], ...]:
    """The numbers and dates of a text: start, end and kind, `date` or a `QuantityKind`, in order."""
    found = [(q.span.start, q.span.end, str(q.kind)) for q in read_quantities(text)]
    found += [(d.span.start, d.span.end, "date") for d in read_dates(text)]
    return tuple(sorted(found))


def fitting_kinds(kind: AnswerType) -> frozenset[str]:
    """The kinds of values that may answer a question of a type; empty where the answer is no value."""
    return _FITTING.get(kind, frozenset())


_FITTING = {
    AnswerType.NUMBER: frozenset({"number", "measure", "share", "points", "money", "fold", "period", "ratio"}),
    AnswerType.SHARE: frozenset({"share", "points"}),
    AnswerType.MONEY: frozenset({"money"}),
    AnswerType.COUNT: frozenset({"number", "measure"}),
    AnswerType.RATIO: frozenset({"ratio", "fold", "share"}),
    AnswerType.CHANGE: frozenset({"share", "points", "fold", "number", "money", "measure"}),
    AnswerType.DATE: frozenset({"date"}),
    AnswerType.PERIOD: frozenset({"period", "date"}),
}


def asked_days(question: Question) -> list[DateSpan]:
    """The times of a question that have a year."""
    return [day for day in read_dates(question.standalone) if day.anchored]


def asking_span(question: Question) -> Span | None:
    """Where the word that asks stands in `standalone`; None where none does."""
    text = fold(question.standalone)
    found = (ASKING_ZH if detect_language(text) == "zh" else ASKING_EN).search(text)
    return Span(*found.span()) if found else None


def focus_span(question: Question) -> Span | None:
    """Where the asked noun stands in `standalone`; None where none was seen."""
    start = fold(question.standalone).lower().find(question.focus.lower()) if question.focus else -1
    return Span(start, start + len(question.focus)) if start >= 0 else None


def focus_head(question: Question) -> Span | None:
    """Where the last word of the asked noun stands in `standalone`; None where none was seen."""
    whole = focus_span(question)
    words = [token.span for token in read_words(question.standalone).tokens if whole and whole.overlaps(token.span)]
    return words[-1] if words else None


@lru_cache(maxsize=8192)
def read_words(text: str) -> Words:
    """The words of a text with their classes and what stands between them."""
    found = tuple(tokens(text))
    folded = fold(text)
    classes = tuple(_class(token, position == 0) for position, token in enumerate(found))
    ends = [0, *(token.span.end for token in found)]
    starts = [*(token.span.start for token in found), len(text)]
    return Words(folded, found, classes, tuple(_gap(folded[a:b]) for a, b in zip(ends, starts, strict=True)))


def key(token: Token) -> str:
    """By what a word is known in the learned tables: its lemma, or the word itself in Chinese; `0` for digits."""
    if token.script == "digits":
        return "0"
    return lemma(token.text) if token.script == "latin" else token.text


def _class(token: Token, first: bool) -> int:
    if token.script == "digits":
        return CLASS_NUMBER["digits"]
    return CLASS_NUMBER[_class_latin(token.text, first) if token.script == "latin" else _class_han(token.text)]


def _class_latin(word: str, first: bool) -> str:
    lower = word.lower()
    if lower in _ENGLISH_CLASS and (lower != "may" or word == "May"):
        return _ENGLISH_CLASS[lower]
    if word[:1].isupper() and not (first and word[1:].islower() and lower in _ENGLISH_CLASS):
        return "acronym" if len(word) > 1 and word.isupper() else "capital"
    for ending, name in (("ly", "adverb"), ("ing", "gerund"), ("ed", "past")):
        if lower.endswith(ending) and len(lower) > 4:
            return name
    return "lower"


@lru_cache(maxsize=65536)
def _class_han(word: str) -> str:
    if _NUMBER_ZH.fullmatch(word):
        return "zh_number"
    tag = word_class(word)
    if not tag:
        return "person" if 2 <= len(word) <= 3 and word[0] in SURNAMES else "unknown"
    return next((name for start, name in _CHINESE if tag.startswith(start)), "unknown")


def _gap(between: str) -> int:
    if not between:
        return GAP_NUMBER["none"]
    if re.search(r"[。！？!?;；:：—…\n]|[.]\s|\s-\s", between):
        return GAP_NUMBER["strong"]
    if re.search(r"[“”\"《》〈〉「」『』]", between):
        return GAP_NUMBER["quote"]
    if re.search(r"[()（）\[\]【】]", between):
        return GAP_NUMBER["bracket"]
    if "、" in between:
        return GAP_NUMBER["enumeration"]
    if re.search(r"[,，]", between):
        return GAP_NUMBER["comma"]
    return GAP_NUMBER["space"] if between.isspace() else GAP_NUMBER["joint"]
