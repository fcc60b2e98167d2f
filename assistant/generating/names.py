"""Names in a statement, and whether a text holds them: as they stand, by pinyin, by dictionary, or by sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from assistant.reading import TermSource, read_terms
from assistant.slots import CERTAIN_CLASSES, NO_NAMES
from corpus.languages import detect_language
from corpus.quantities import find_dates
from corpus.records import Language, Span
from index.dictionary import Dictionary
from index.function_words import is_function_word
from index.names import is_spelling
from index.pinyin import looks_like_person, syllables
from index.postags import word_class
from index.scripts import HAN, fold, plain_latin
from index.tokenizing import Token, lemma, tokens

LEAST_SHARE_OF_WORDS = 0.5
"""Of the ordinary words in a name ("Trade" in "Yiwu Trade City") so many must be met; all of its own words must."""
_SOUND = 5
"""Characters of a sound key, its mark included, from which it tells names apart within one sentence ..."""
_SHORT_SOUND = 4
"""... and where the name has several parts that all sound alike, or three characters and more."""
_DOTS = "·・•‧"
_CAPITAL = r"(?:(?:[A-Z]\.){2,}|[A-ZÀ-Ý][\w&'’-]*)"
_RUN = re.compile(rf"\b{_CAPITAL}(?: (?:(?:of|the|de|van|von|and|&) )*{_CAPITAL})*")
_WORD = re.compile(r"[\wÀ-ÿ&]+(?:['’-][\wÀ-ÿ]+)*")
_OPENS = re.compile(r"(?:^|[.!?:;。！？：；]\s*|[\"“「『(（]\s*|\n\s*[-*•]?\s*)$")
_PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:i?ang?|i?ong|u?ang?|u?eng?|u?ai|i?ao|u?ei|i?ou|ie|[iu]ng?|u[oe]|i[au]|ua|ui|er|[aeiouü])'?)+",
    re.I,
)
_ACRONYMS = dict(
    pair.split("=")
    for pair in (
        "GDP=国内生产总值 CPI=居民消费价格指数 PPI=工业生产者出厂价格指数 PMI=采购经理指数 AI=人工智能 "
        "EU=欧盟 UN=联合国 WTO=世贸组织 WHO=世卫组织 IMF=国际货币基金组织 NATO=北约 ASEAN=东盟 "
        "CEO=首席执行官 FDI=外商直接投资 SME=中小企业 EV=电动汽车 RMB=人民币"
    ).split()
)
"""What Chinese texts write for English acronyms that dictionaries lack."""
_PLACE_ENDINGS = "市省县镇区州国村港"


_READINGS = 4
"""Of a word's Chinese renderings so many tell whether it is a name."""


class NameSource(TermSource, Protocol):
    """What `index.terms.Analyzer` offers for names."""

    @property
    def dictionary(self) -> Dictionary:
        """The bilingual dictionary."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a statement."""

    text: str
    span: Span
    opens: bool
    """Whether it stands where an English sentence opens, so that its capital says nothing."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A text that may hold names, read once."""

    folded: str
    """Simplified characters, small letters."""
    spoken: str
    """Pinyin of its Chinese, syllables apart, a blank at both ends."""
    letters: str
    """Its Latin letters and blanks, in small letters without accents."""
    terms: frozenset[str]


@lru_cache(maxsize=4096)
def read_holder(text: str, source: NameSource) -> Holder:
    """A text as names are looked for in it."""
    folded = fold(text).lower()
    runs = re.findall(rf"[{HAN}]+", folded)
    spoken = " | ".join(" ".join(syllables(run)) for run in runs)
    letters = re.sub(r"[^a-z]+", " ", plain_latin(text))
    return Holder(folded, f" {spoken} ", f" {letters} ", read_terms(source, text, detect_language(text)))


@lru_cache(maxsize=1024)
def find_names(text: str) -> list[Name]:
    """The names of a statement in either language, in order; dates are no names."""
    days = [day.span for day in find_dates(text)]
    found = [*_latin_names(text), *_chinese_names(text)]
    free = (name for name in found if not any(day.contains(name.span) for day in days))
    return sorted(free, key=lambda name: name.span)


def _latin_names(text: str) -> list[Name]:
    names = []
    for run in _RUN.finditer(text):
        start, words = run.start(), run[0]
        opens = _OPENS.search(text[:start]) is not None
        first, _, rest = words.partition(" ")
        if opens and is_function_word(first.lower()):
            start += len(words) - len(rest)
            words, opens = rest, False
        words = re.sub(r"['’]s$|[.&'’-]+$", "", words)
        if re.match(r"[A-ZÀ-Ý]", words) and not is_function_word(words.lower()):
            names.append(Name(words, Span(start, start + len(words)), opens))
    return names


def _chinese_names(text: str) -> list[Name]:
    joined: list[Name] = []
    before: Token | None = None
    for token in tokens(text):
        surname, before = before, token
        if token.script != "han" or not _names_something(token):
            continue
        token = _with_surname(surname, token)
        if joined and text[joined[-1].span.end : token.span.start] in ("", *_DOTS):
            span = Span(joined[-1].span.start, token.span.end)
            joined[-1] = Name(span.cut(text), span, False)
        else:
            joined.append(Name(token.span.cut(text), token.span, False))
    return joined


def _names_something(token: Token) -> bool:
    if len(token.text) < 2 or token.text in NO_NAMES:
        return False
    kind = word_class(token.text)
    if kind:
        return kind.startswith(CERTAIN_CLASSES)
    return is_spelling(token.text) or looks_like_person(token.text)


def _with_surname(before: Token | None, token: Token) -> Token:
    """A given name joined to the surname that was cut off before it."""
    is_given = word_class(token.text) in ("", "nr") and not is_spelling(token.text)
    if before is None or not is_given or before.span.end != token.span.start:
        return token
    whole = before.text[-1] + token.text
    guessed = len(before.text) == 1 or not word_class(before.text)
    return (
        Token(whole, Span(token.span.start - 1, token.span.end), "han")
        if guessed and looks_like_person(whole)
        else token
    )


def holds_name(name: Name, holder: Holder, source: NameSource) -> bool:
    """Whether a text holds a name, in any spelling known."""
    if fold(name.text).lower() in holder.folded:
        return True
    return _holds_chinese(name.text, holder, source) if _is_han(name.text) else _holds_latin(name, holder, source)


def _is_han(text: str) -> bool:
    return re.match(rf"[{HAN}]", text) is not None


def _holds_chinese(name: str, holder: Holder, source: NameSource) -> bool:
    bare = fold(name)
    if len(bare) > 2 and bare[-1] in _PLACE_ENDINGS:
        bare = bare[:-1]
    parts = [part for part in re.split(f"[{_DOTS}]", bare) if part]
    if len(parts) > 1:
        return all(_holds_chinese_part(part, holder, source, _SHORT_SOUND) for part in parts)
    return _holds_chinese_part(bare, holder, source, _SHORT_SOUND if len(bare) > 2 else _SOUND)


def _holds_chinese_part(name: str, holder: Holder, source: NameSource, least_sound: int) -> bool:
    if name in holder.folded or _written(name, holder):
        return True
    person = looks_like_person(name) and not is_spelling(name) and name not in source.dictionary
    return not person and _meets(name, "zh", holder.terms, source, least_sound)


def _written(name: str, holder: Holder) -> bool:
    """Whether Latin text writes a Chinese name in pinyin, a person's surname first or last."""
    parts = syllables(name)
    orders = [parts, (*parts[1:], parts[0])] if looks_like_person(name) else [parts]
    return any(re.search(rf" {r' ?'.join(order)} ", holder.letters) for order in orders)


def _holds_latin(name: Name, holder: Holder, source: NameSource) -> bool:
    words = [re.sub(r"['’]s$", "", word) for word in _WORD.findall(name.text)]
    words = [word for word in words if word[:1].isupper() or word[:1].isdigit()]
    if _spoken(words, holder) or _meets(name.text, "en", holder.terms, source):
        return True
    if (
        len(words) == 2
        and all(_PINYIN.fullmatch(word) for word in words)
        and f" {plain_latin(words[0])} " not in holder.letters
    ):
        return False
    ordinary = [word for word in words if _is_ordinary(word, source)]
    if name.opens and len(words) == 1 and ordinary:
        return True
    met = {word: _holds_word(word, holder, source) for word in words}
    if not all(met[word] for word in words if word not in ordinary):
        return False
    if name.opens and words[0] in ordinary:
        words = words[1:]
    return sum(met[word] for word in words) >= LEAST_SHARE_OF_WORDS * len(words)


def _holds_word(word: str, holder: Holder, source: NameSource) -> bool:
    if f" {plain_latin(word)} " in holder.letters or _meets(word, "en", holder.terms, source):
        return True
    if not word.isupper() or len(word) < 2:
        return False
    chinese = (
        [_ACRONYMS[word]] if word in _ACRONYMS else [name for name, _ in source.dictionary.renderings(lemma(word))]
    )
    initials = " ".join(rf"{letter}[a-z]*" for letter in plain_latin(word) if letter.isalpha())
    return any(name in holder.folded for name in chinese) or re.search(rf" {initials} ", holder.letters) is not None


def _spoken(words: list[str], holder: Holder) -> bool:
    """Whether Chinese text sounds like a name in pinyin: "Lin Haitao" or "Haitao Lin", 林海涛."""
    orders = {tuple(words), tuple(reversed(words))} if len(words) == 2 else {tuple(words)}
    letters = ["".join(re.sub(r"[^a-z]", "", plain_latin(word)) for word in order) for order in orders]
    return any(run and re.search(r" " + r"\s?".join(run) + r" ", holder.spoken) for run in letters)


def _meets(name: str, language: Language, terms: frozenset[str], source: NameSource, least_sound: int = _SOUND) -> bool:
    """Whether any reading of the name as a whole stands among the terms."""
    concepts = source.query_concepts(name, language)
    whole = [concept for concept in concepts if concept.surface == name] or ([] if " " in name else concepts)
    met = (a.term for concept in whole for a in concept.alternatives if a.term in terms)
    return any(not term.startswith("t:") or len(term) >= least_sound for term in met)


def _is_ordinary(word: str, source: NameSource) -> bool:
    """Whether a capital word is one that dictionaries write small: "Trade", but not "Yiwu" or "Holm"."""
    if word.isupper() and len(word) > 1:
        return False
    readings = source.dictionary.renderings(lemma(word))[:_READINGS]
    return any(not source.dictionary.is_name(chinese) and not is_spelling(chinese) for chinese, _ in readings)
