"""What is indexed and what is asked: terms of a document, weighted concepts of a question, for both languages at once.

A term is a plain string without white space, with a name space in front:

| prefix | is | example |
| --- | --- | --- |
| `e:` | English lemma, lower case | `e:trade` |
| `z:` | Chinese word, Simplified | `z:贸易` |
| `p:` | pair of Chinese characters | `p:贸易` |
| `a:`, `h:` | first and last character of a longer Chinese word | `a:贸`, `h:易` |
| `y:` | pinyin of a Chinese name | `y:yiwu` |
| `n:` | number by value | `n:6907000000` |
| `d:` | year or month | `d:2024`, `d:2024-12` |
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from corpus.records import Language, Span
from index.compiling import english_key
from index.dictionary import Dictionary
from index.function_words import asking_spans, is_function_word
from index.joining import join_words, joined, known_parts
from index.names import SPELLING, chinese_name_keys, english_name_keys
from index.pinyin import given_name
from index.pinyin import key as pinyin_key
from index.scripts import HAN, fold, plain_latin, regional_variants
from index.tokenizing import Token, inner_words, is_acronym, lemma, pairs, tokens
from index.values import value_terms, values_asked

ENDS_OF_WORDS = ("a:", "h:")
"""Before terms that words share which mean different things: 中国 and 美国."""
_VERSION = "5"
_LONGEST_EXPRESSION = 5
_PAIR_WEIGHT = 0.8
_MOST_ALTERNATIVES = 12
_SHARPNESS = 0.4
_LAST_SHARE = 0.5
_FIRST_SHARE = 0.25
_LETTER_WEIGHT = 0.2
_SOUND_WEIGHT = 1.0
_SOUND_SHARES = {2: 0.3, 3: 0.6}
_LONG_SOUND_SHARE = 0.8
_NUMBERED = re.compile(r"[一二两三四五六七八九十百千万亿几数多]+.$")
"""A number and its unit (亿元), which is no kind of that."""
_HAN_RUN = re.compile(rf"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Alternative:
    """One indexed term by which a concept may be met."""

    term: str
    weight: float
    """In (0, 1]."""
    channel: str
    """"word", "lemma", "pair", "translation", "pinyin", "value" or "glossary"."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What one part of a question asks for; scored as ONE term: the best of its alternatives, times the weight."""

    surface: str
    """As it stands in the question."""
    span: Span
    weight: float
    """Above 0; 1 for an ordinary content word."""
    alternatives: tuple[Alternative, ...]
    """Terms of documents of both languages, heaviest first; never empty."""


class Analyzer:
    """Makes terms and concepts; cheap to make, opens its dictionary on first use, threads may share it.

    Args:
        dictionary: An open dictionary; by default one in the user's cache folder, opened on first use.
        glossary: The collection owner's glossary file for that default dictionary.
    """

    def __init__(self, dictionary: Dictionary | None = None, glossary: Path | None = None) -> None:
        self._dictionary = dictionary
        self._glossary = glossary

    @property
    def dictionary(self) -> Dictionary:
        """The dictionary, opened on first use."""
        if self._dictionary is None:
            self._dictionary = Dictionary(glossary=self._glossary)
        return self._dictionary

    @property
    def fingerprint(self) -> str:
        """Changes when the terms of a document would."""
        return hashlib.sha256(f"{_VERSION} {self.dictionary.fingerprint}".encode()).hexdigest()[:12]

    def document_terms(self, text: str, language: Language) -> list[str]:
        """Every term of a text, with repetitions, in order.

        Args:
            text: A chunk of an article.
            language: Its main language; words of the other one are found as well.
        """
        found: list[str] = []
        words = tokens(text)
        for token in words:
            if _says_nothing(token):
                continue
            if token.script == "latin":
                found.append(f"e:{lemma(token.text)}")
                found.extend(f"t:{key}" for key in _latin_sounds(token.text))
            elif token.script == "han":
                found.extend(self._terms_of_word(token.text))
        found.extend(f"t:{key}" for name in self._spelled_names(words) for key in chinese_name_keys(name.text))
        found.extend(f"p:{pair}" for run in _HAN_RUN.findall(fold(text)) for pair in pairs(run))
        found.extend(term for term, _ in value_terms(text, language))
        return found

    def _terms_of_word(self, word: str) -> Iterable[str]:
        yield f"z:{word}"
        yield from (f"z:{inner}" for inner in inner_words(word))
        if len(word) > 1 and not _NUMBERED.match(word):
            yield f"a:{word[0]}"
            yield f"h:{word[-1]}"
        if 2 <= len(word) <= 5 and self._may_be_name(word):
            yield f"y:{pinyin_key(word)}"

    def _may_be_name(self, word: str) -> bool:
        return self.dictionary.is_name(word) or word not in self.dictionary

    def _spelled_names(self, words: list[Token]) -> Iterable[Token]:
        """Words that look like foreign names, alone and joined with their neighbours: 麦 特琳 -> 麦特琳."""
        run: list[Token] = []
        for token in [*words, None]:
            spelled = (
                token is not None
                and all(character in SPELLING for character in token.text)
                and (len(token.text) == 1 or self._may_be_name(token.text))
                and not is_function_word(token.text)
            )
            if run and (token is None or not spelled or token.span.start != run[-1].span.end):
                if len(run) > 1:
                    yield joined(run)
                yield from (part for part in run if len(part.text) > 1)
                run = []
            if token is not None and spelled:
                run.append(token)

    def query_concepts(self, text: str, language: Language) -> list[Concept]:
        """The concepts of a question, in order; empty when it holds nothing but function words.

        Args:
            text: A question of any length.
            language: Its main language; words of the other one are understood as well.
        """
        words = [token for token in tokens(text) if token.script != "digits"]
        concepts: list[Concept] = []
        concepts.extend(self._expressions([token for token in words if token.script == "latin"], text))
        for unit in join_words(words, self.dictionary):
            for token in unit:
                if not _says_nothing(token):
                    chinese = token.script == "han"
                    concepts.append(self._chinese(token, len(unit) == 1) if chinese else self._english(token, text))
            if len(unit) > 1:
                concepts.append(self._translated(joined(unit)))
        for name in self._spelled_names(words):
            keys = chinese_name_keys(name.text)
            if keys:
                concepts.append(Concept(name.text, name.span, _SOUND_WEIGHT, _sounds(keys)))
        concepts.extend(_pair_concepts(text))
        concepts.extend(_value_concepts(text, language))
        asking = asking_spans(text)
        told = [concept for concept in concepts if not any(concept.span.overlaps(span) for span in asking)]
        return [replace(concept, surface=concept.span.cut(text)) for concept in told if concept.alternatives]

    def _english(self, token: Token, text: str) -> Concept:
        key = lemma(token.text)
        alternatives = [Alternative(f"e:{key}", 1.0, "word" if key == token.text.lower() else "lemma")]
        channel = "glossary" if self.dictionary.is_glossary(key) else "translation"
        is_most = key != token.text.lower() and token.text.endswith("est")
        for word, weight in self.dictionary.renderings(key)[:_MOST_ALTERNATIVES]:
            terms = _terms_of_rendering(word, is_most)
            alternatives.extend(Alternative(term, share * weight**_SHARPNESS, channel) for term, share in terms)
        if token.text[:1].isupper() or len(alternatives) == 1:
            alternatives.append(Alternative(f"y:{plain_latin(token.text)}", 0.9, "pinyin"))
            alternatives.extend(_sounds(_latin_sounds(token.text)))
        return Concept(token.text, token.span, _letter_share(token, text), tuple(alternatives))

    def _expressions(self, words: list[Token], text: str) -> Iterable[Concept]:
        """Chinese renderings of the longest English expressions of several words."""
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + _LONGEST_EXPRESSION), start + 1, -1):
                if is_function_word(words[start].text.lower()) or is_function_word(words[end - 1].text.lower()):
                    continue
                span = Span(words[start].span.start, words[end - 1].span.end)
                key = english_key(span.cut(text))
                known = self.dictionary.renderings(key) if " " in key else ()
                if known:
                    channel = "glossary" if self.dictionary.is_glossary(key) else "translation"
                    found = tuple(Alternative(_chinese_term(w), v, channel) for w, v in known[:_MOST_ALTERNATIVES])
                    yield Concept(span.cut(text), span, 1.0, found)
                    start = end - 1
                    break
            start += 1

    def _chinese(self, token: Token, translated: bool) -> Concept:
        alternatives = [Alternative(f"z:{token.text}", 1.0, "word")]
        alternatives.extend(Alternative(f"z:{other}", 0.6, "word") for other in regional_variants(token.text))
        if translated:
            alternatives.extend(self._translated(token).alternatives)
        return Concept(token.text, token.span, 1.0, tuple(alternatives))

    def _translated(self, token: Token) -> Concept:
        """A Chinese word by its English renderings alone, those of its parts where it has none."""
        word = token.text
        channel = "glossary" if self.dictionary.is_glossary(word) else "translation"
        lemmas = self.dictionary.lemmas(word)
        if not lemmas:
            parts = known_parts(word, self.dictionary)
            lemmas = tuple(item for part in parts if len(part) > 1 for item in self.dictionary.lemmas(part))
        best: dict[str, float] = {}
        for key, weight in lemmas:
            best[key] = max(weight, best.get(key, 0.0))
        ordered = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ALTERNATIVES]
        alternatives = [Alternative(f"e:{key}", weight**_SHARPNESS, channel) for key, weight in ordered]
        if len(word) > 1 and self._may_be_name(word):
            given = given_name(word) if word not in self.dictionary else ""
            spoken = [pinyin_key(name) for name in (given, word) if name]
            alternatives.extend(Alternative(f"e:{name}", 0.9, "pinyin") for name in spoken)
            alternatives.append(Alternative(f"y:{pinyin_key(word)}", 0.5, "pinyin"))
        return Concept(word, token.span, 1.0, tuple(alternatives))


def _says_nothing(token: Token) -> bool:
    return is_function_word(token.text.lower()) and not is_acronym(token.text)


def _letter_share(token: Token, text: str) -> float:
    """The weight of a word: less of a letter that only begins one ("e-commerce"), as rare as it may be."""
    return _LETTER_WEIGHT if len(token.text) == 1 and text[token.span.end :][:1] in ("-", "\u2010", "\u2011") else 1.0


def _latin_sounds(word: str) -> tuple[str, ...]:
    return english_name_keys(word) if word[:1].isupper() and len(word) > 2 and not word.isupper() else ()


def _sounds(keys: Iterable[str]) -> tuple[Alternative, ...]:
    return tuple(Alternative(f"t:{key}", _SOUND_SHARES.get(len(key), _LONG_SOUND_SHARE), "pinyin") for key in keys)


@lru_cache(maxsize=1 << 16)
def _chinese_term(word: str) -> str:
    """The term by which a Chinese word is surely indexed, however the text around it was cut into words.

    What is cut into several words itself is known by the pair of characters where it is: 跨境电商 by 境电.
    """
    if len(word) == 2:
        return f"p:{word}"
    parts = tokens(word)
    return f"p:{parts[0].text[-1]}{parts[1].text[0]}" if len(parts) > 1 else f"z:{word}"


def _terms_of_rendering(word: str, is_most: bool) -> Iterator[tuple[str, float]]:
    """The terms by which a Chinese rendering is found, each with its share of the rendering's weight.

    A single character makes longer words: mostly those that end in it (党: 政党), less those that begin with it (党员).
    The most of what it tells is one of them: "biggest", 最大.
    """
    yield _chinese_term(word), 1.0
    if len(word) == 1:
        yield f"a:{word}", _FIRST_SHARE
        yield f"h:{word}", _LAST_SHARE
        if is_most:
            yield f"p:最{word}", 1.0


def pairs_placed(folded: str) -> Iterable[tuple[str, int]]:
    """Each pair of Chinese characters of a folded text and where it starts."""
    for run in _HAN_RUN.finditer(folded):
        yield from ((pair, run.start() + offset) for offset, pair in enumerate(pairs(run.group())))


def _pair_concepts(text: str) -> Iterable[Concept]:
    for pair, start in pairs_placed(fold(text)):
        if not (is_function_word(pair) or (is_function_word(pair[0]) and is_function_word(pair[1]))):
            alternative = Alternative(f"p:{pair}", 1.0, "pair")
            yield Concept(pair, Span(start, start + 2), _PAIR_WEIGHT, (alternative,))


def _value_concepts(text: str, language: Language) -> Iterable[Concept]:
    for span, terms in values_asked(text, language):
        yield Concept(span.cut(text), span, 1.0, tuple(Alternative(term, 1.0, "value") for term in terms))
