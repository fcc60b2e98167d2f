"""Putting a fragment ("imports", 5月份) into the place of an earlier question that it resembles."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.analysis import asks
from corpus.languages import detect_language
from corpus.quantities import find_dates
from corpus.records import Language, Span
from index.postags import word_class
from index.tokenizing import Token, tokens

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit rows (n, dimension) in one space for both languages."""

LEAST_SIMILARITY = 0.1
"""Cosine below which a fragment replaces nothing and is added instead."""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d,.]*")
_FUNCTION_WORDS = frozenset(
    """
    a an the of in on at to for from by with and or but is are was were be been do does did has have had will would
    can could should may might what who whom whose when where why how which many much long old far often its their
    his her he she him i you we me us my our your it they this that these those there than as into about over under
    last year years month months s not no
    any some all each every more most tell me name list give show explain
    """.split()
)
_LEADING_EN = re.compile(
    r"^(?:(?:in|on|at|for|by|from|of|to|the|its|their|his|her|a|an|with|those|that|this)\s+)+", re.I
)
_LEADING_ZH = re.compile(r"^(?:的|它们?的?|他们?的?|她们?的?|其|在|对于?|关于|该市的?|当地的?)")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|be|been|did|does|do|has|have|had|will)\s+$", re.I)
_SUMS_UP = re.compile(r"(?:amount|come|came|add|total)(?:s|ed)?(?: up)? to\b", re.I)
"""A verb that says nothing of its own: "exports [amount to]"."""
_TRAILING_ZH = re.compile(r"的$")
_ALONE = re.compile(r"\b(?:alone|only|itself|just|exactly)\b|^(?:单是|仅|光是?)|当月$|单独", re.I)
"""Says of a time or a thing only that it is meant by itself: "in May alone"."""
_NAME_EN = re.compile(r"(?:[A-Z][\w'’-]*|[A-Z]{2,})(?:[ -](?:of the |of |and )?[A-Z][\w’-]*)*")
_ASKING = re.compile(
    r"^(?:(?:Did|Does|Do|Is|Are|Was|Were|Has|Have|Had|Can|Could|Will|Would|Should|Which|What|Whose|In|On|At|And) )+"
    r"(?=[A-Z])"
)
"""Words that are capital only because they begin a question: "Did Trump visit"."""
_NAME_CLASSES = ("nr", "ns", "nt", "nz")
CERTAIN_CLASSES = ("nr", "ns", "nt")
NO_NAMES = frozenset(
    """东西 城市 国家 地方 全球 世界 全国 中国 我国 哪里 那里 这里 当地 海外 国外 国内
    本地 外地 小镇 农村 地区""".split()
)
"""Words that the dictionary classes as places, and one that Chinese articles take for granted."""
_NOUN_CLASSES = ("nz", "n", "vn", "eng", "an", "j", "l", "v")
_NO_NOUNS_ZH = frozenset("是 有 为 达 的 一共 总共 共 共计 合计 目前".split())
"""Words that the dictionary classes as nouns or abbreviations, and that name nothing."""
STRETCH_OF_YEAR = re.compile(
    r"(?:the )?(?:whole|full|entire) year|全年|整年|(?:the )?(?:first|second) half|[上下]半年", re.I
)
"""A stretch of the year that was asked about."""
_RANGE_EN = re.compile(r"\b(?:from|between)\s+$", re.I)
_ARTICLE = re.compile(r"\b(?:the|an?) $", re.I)
_EARLIER = re.compile(
    r"^(?:even )?(?:earlier|before(?: that| then)?|previously)$"
    r"|^(?:更早|再早|之前|此前|以前|在此之前|更早以前|更早之前)$",
    re.I,
)


def fill_slot(previous: str, fragment: str, encode: Encode) -> str:
    """The previous question with the part that resembles the fragment replaced by it.

    Dates replace dates; other fragments replace the most similar phrase (by cosine); what resembles nothing is added.
    """
    if _EARLIER.match(fragment.strip()):
        return _ask_earlier(previous)
    dates = find_dates(fragment)
    rest = fragment
    stretch = STRETCH_OF_YEAR.search(fragment)
    if dates:
        stated = Span(min(d.span.start for d in dates), max(d.span.end for d in dates))
        previous = _replace_date(previous, stated.cut(fragment), dates[0].anchored)
        rest = fragment[: stated.start] + " " + fragment[stated.end :]
    elif stretch:
        previous = _replace_date(previous, stretch[0], False)
        rest = fragment[: stretch.start()] + " " + fragment[stretch.end() :]
    rest = _bare(rest)
    return _replace_phrase(previous, rest, encode) if rest else previous


def proper_names(text: str) -> list[str]:
    """Names in a text, in order: capitalised runs in English (question words left out), tagged words in Chinese."""
    if detect_language(text) == "en":
        names = (_ASKING.sub("", re.sub(r"['’]s$", "", match[0])) for match in _NAME_EN.finditer(text))
        return [
            name for name in names if name.lower() not in _FUNCTION_WORDS and len(name) > 1 and not _opens(text, name)
        ]
    names_zh: list[str] = []
    end = -1
    start = 0
    for token, kind in _classed(text):
        if not kind.startswith(_NAME_CLASSES) and not (token.script == "latin" and token.text[:1].isupper()):
            continue
        if end >= 0 and (token.span.start == end or (token.script == "latin" and token.span.start == end + 1)):
            names_zh[-1] = text[start : token.span.end]
        else:
            start = token.span.start
            names_zh.append(token.span.cut(text))
        end = token.span.end
    return names_zh


def certain_names(text: str) -> list[str]:
    """Names in a text that are surely names: capitalised beyond the first word, or so classed by the dictionary."""
    if detect_language(text) == "en":
        return [name for name in proper_names(text) if not text.startswith(name)]
    return [name for name in _classed_names(text) if name not in NO_NAMES]


def name_spans(text: str, names: Sequence[str]) -> list[Span]:
    """Where names stand in a text, each in its first place; those that don't are left out."""
    return [Span(start, start + len(name)) for name in names if (start := text.find(name)) >= 0]


def _classed_names(text: str) -> list[str]:
    """The words of a Chinese text that the dictionary classes as names, 中国 among them."""
    words = ((token.span.cut(text), kind) for token, kind in _classed(text) if len(token.text) > 1)
    return [word for word, kind in words if kind.startswith(CERTAIN_CLASSES)]


def content_words(text: str) -> list[str]:
    """The words of a question that say what it is about, without those that ask."""
    return [span.cut(text) for span in _join_names(text, _words(text, detect_language(text)))]


def only_asks(word: str) -> bool:
    """Whether a word tells what kind of answer is wanted and nothing else: "share", 比例, but not 贸易总额."""
    return asks(word) and len(word) <= 2 if detect_language(word) == "zh" else asks(word) and " " not in word


def _classed(text: str) -> list[tuple[Token, str]]:
    """Words of a Chinese text with their classes; a word that no dictionary knows counts as a name."""
    unknown = {"han": "nz", "latin": "eng", "digits": "m"}
    return [
        (token, (word_class(token.text) if token.script == "han" else "") or unknown[token.script])
        for token in tokens(text)
    ]


def _opens(text: str, name: str) -> bool:
    """Whether a one-word "name" is only a sentence's first word that dictionaries write small."""
    return (
        text.startswith(name)
        and " " not in name
        and text[len(name) :].lstrip()[:1].islower()
        and name.endswith(("ing", "ly"))
    )


def _bare(fragment: str) -> str:
    text = _ALONE.sub("", fragment).strip(" ,，？?.")
    if detect_language(text) == "zh":
        return _TRAILING_ZH.sub("", _LEADING_ZH.sub("", text))
    return (
        _LEADING_EN.sub("", re.sub(r"\s+(?:in|on|at|for|by|from|of|to)$", "", text))
        if text.lower() not in _FUNCTION_WORDS
        else ""
    )


def _replace_date(question: str, stated: str, has_year: bool) -> str:
    """The question for a stated time; a time without a year is of the year asked for before."""
    dates = find_dates(question)
    chinese = detect_language(question) == "zh"
    if dates:
        last = dates[-1]
        if not has_year and last.anchored:
            stated = (
                f"{last.start.year}年{stated}" if detect_language(stated) == "zh" else f"{stated} {last.start.year}"
            )
        before = _RANGE_EN.sub("in ", question[: last.span.start])
        return before + stated + question[last.span.end :]
    return stated + question if chinese else f"{question.rstrip(' ?')} in {stated}?"


def _ask_earlier(question: str) -> str:
    dates = find_dates(question)
    if not dates:
        return question
    span = dates[-1].span
    date = span.cut(question)
    earlier = f"{date}之前" if detect_language(question) == "zh" else f"before {date}"
    before = question[: span.start]
    if detect_language(question) == "en":
        before = re.sub(r"\b(?:in|on|by|during)\s+$", "", before)
    return before + earlier + question[span.end :]


def _replace_phrase(question: str, phrase: str, encode: Encode) -> str:
    is_name = bool(_classed_names(phrase)) if detect_language(phrase) == "zh" else phrase[:1].isupper()
    candidates = _alike(question, is_name)
    if candidates:
        vectors = encode([phrase, *(span.cut(question) for span in candidates)])
        similarities = vectors[1:] @ vectors[0]
        best = int(np.argmax(similarities))
        if is_name or len(candidates) == 1 or float(similarities[best]) >= LEAST_SIMILARITY:
            span = candidates[best]
            before = question[: span.start]
            return (_ARTICLE.sub("", before) if phrase[:1].isupper() else before) + phrase + question[span.end :]
    ending = "？" if detect_language(question) == "zh" else "?"
    return f"{question.rstrip(' ?？')} {phrase}{ending}"


def _alike(question: str, is_name: bool) -> list[Span]:
    """The parts of a question that a fragment may replace: names for a name, else nouns of its subject."""
    phrases = _phrases(question, detect_language(question))
    setting = re.search(r"[（(]", question)
    phrases = [span for span in phrases if setting is None or span.end <= setting.start()] or phrases
    names = set(proper_names(question) if detect_language(question) == "en" else _classed_names(question))
    same = [span for span in phrases if (span.cut(question) in names) == is_name] or phrases
    nouns = [span for span in same if is_name or not (_is_verb(question, span) or only_asks(span.cut(question)))]
    return nouns or same


def _is_verb(question: str, span: Span) -> bool:
    """Whether a word is classed as a verb, or follows an English auxiliary ("is [made]")."""
    word = span.cut(question)
    kind = word_class(word)
    suffered = _AUXILIARY.search(question[: span.start]) is not None and not re.search(r"[^s]s$", word)
    return (kind[:1] == "v" and kind != "vn") or suffered


def _phrases(question: str, language: Language) -> list[Span]:
    """Content words of a question, names and English compounds ("security doors") whole, in order."""
    joined = _join_names(question, _words(question, language))
    return _compounds(question, joined) if language == "en" else _compounds_zh(question, joined)


def _words(question: str, language: Language) -> list[Span]:
    if language == "en":
        return [
            Span(m.start(), m.start() + len(re.sub(r"['’]s$", "", m[0])))
            for m in _WORD.finditer(question)
            if re.sub(r"['’]s$", "", m[0].lower()) not in _FUNCTION_WORDS
            and not m[0][0].isdigit()
            and not _SUMS_UP.match(question, m.start())
        ]
    return [
        token.span
        for token, kind in _classed(question)
        if kind.startswith(_NOUN_CLASSES) and token.text not in _NO_NOUNS_ZH
    ]


def _compounds(question: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbouring words that are no names, joined."""
    names = set(proper_names(question))
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        near = last is not None and question[last.end : span.start] == " " and not span.cut(question).endswith("ed")
        if last is not None and near and last.cut(question) not in names and span.cut(question) not in names:
            found[-1] = Span(last.start, span.end)
        else:
            found.append(span)
    return found


def _compounds_zh(question: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbouring nouns that are no names, joined: 小微, 企业."""
    names = set(_classed_names(question))
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        nouns = last is not None and all(_is_noun_zh(part.cut(question), names) for part in (last, span))
        if last is not None and nouns and last.end == span.start:
            found[-1] = Span(last.start, span.end)
        else:
            found.append(span)
    return found


def _is_noun_zh(word: str, names: Collection[str]) -> bool:
    return (word_class(word) or "nz") in ("n", "nz") and word not in names


def _join_names(question: str, spans: list[Span]) -> list[Span]:
    """Spans of one name joined: "New", "York" -> "New York"."""
    joined = list(spans)
    for name in proper_names(question):
        start = question.find(name)
        whole = Span(start, start + len(name))
        inside = [span for span in joined if whole.contains(span)]
        if len(inside) > 1:
            position = joined.index(inside[0])
            joined = [span for span in joined if span not in inside]
            joined.insert(position, whole)
    return joined
