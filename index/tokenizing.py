"""Words of both languages: jieba's Chinese words, Chinese character pairs, English words and their lemmas.

jieba is named only here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from corpus.records import Span
from index.scripts import HAN, fold, plain_latin

Script = Literal["han", "latin", "digits"]

_RUN = re.compile(
    rf"(?P<han>[{HAN}]+)"
    r"|(?P<latin>(?:[A-Za-z]\.){2,}|[A-Za-zÀ-ɏḀ-ỿ]+(?:'[A-Za-zÀ-ɏḀ-ỿ]+)*)"
    r"|(?P<digits>\d+(?:[.,]\d+)*)"
)
_GLUED = frozenset("是说的在了被对有将卖买叫")
_GLUED_BEFORE = frozenset("据由")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number as it stands in a text."""

    text: str
    """Folded characters (see `scripts.fold`): Simplified, half width, letters in their own case."""
    span: Span
    """Where it stands in the text that was read."""
    script: Script


@lru_cache(maxsize=1)
def _segmenter() -> Any:  # noqa: ANN401 -- jieba has no types
    """The jieba tokenizer, its cache kept in the user's own folder."""
    import jieba
    import platformdirs

    folder = Path(platformdirs.user_cache_dir("yiju"))
    tokenizer = jieba.Tokenizer()
    jieba.setLogLevel(60)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(folder)
    except OSError:
        tokenizer.tmp_dir = None
    tokenizer.initialize()
    return tokenizer


def segmenter() -> Any:  # noqa: ANN401 -- jieba has no types
    """The shared jieba tokenizer, loaded by the first call of any thread."""
    with _lock:
        return _segmenter()


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text in any mixture of languages, in order; punctuation is left out."""
    return list(_tokens(fold(text)))


def latin_words(folded: str) -> Iterator[tuple[str, int]]:
    """The words in Latin letters of a folded text with their offsets: those of `tokens`, without cutting Chinese."""
    return ((match.group(), match.start()) for match in _RUN.finditer(folded) if match.lastgroup == "latin")


def _tokens(folded: str) -> Iterator[Token]:
    for run in _RUN.finditer(folded):
        if run.lastgroup != "han":
            script: Script = "latin" if run.lastgroup == "latin" else "digits"
            yield Token(run.group(), Span(*run.span()), script)
            continue
        start = run.start()
        for word in segmenter().cut(run.group(), HMM=True):
            for part in _without_particle(word):
                yield Token(part, Span(start, start + len(part)), "han")
                start += len(part)


def _without_particle(word: str) -> tuple[str, ...]:
    """An unknown word without the verb or particle that jieba's guess glued to its end, or front: 林是 -> 林, 是."""
    if len(word) < 2 or segmenter().FREQ.get(word, 0):
        return (word,)
    if word[-1] in _GLUED:
        return (word[:-1], word[-1])
    return (word[0], word[1:]) if word[0] in _GLUED_BEFORE and len(word) > 2 else (word,)


def inner_words(word: str) -> list[str]:
    """Words of jieba's dictionary that stand inside a longer Chinese word: 防洪工程 -> [防洪, 工程]."""
    if len(word) < 3:
        return []
    known = segmenter().FREQ
    found = []
    for size in (2, 3):
        for start in range(len(word) - size + 1) if size < len(word) else ():
            if known.get(word[start : start + size], 0):
                found.append(word[start : start + size])
    return found


def pairs(run: str) -> list[str]:
    """Adjacent pairs of characters; a single character stands for itself."""
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


@lru_cache(maxsize=1 << 17)
def lemma(word: str) -> str:
    """The lemma of an English word, in lower case without accents: `Companies` -> `company`, `U.S.` -> `usa`.

    Args:
        word: One word as it stands in a text; short words in capitals are taken for acronyms and stay themselves.
    """
    import simplemma

    bare = word.replace(".", "") if "." in word else word
    if bare in _ACRONYMS:
        return _ACRONYMS[bare]
    plain = plain_latin(bare).removesuffix("'s").replace("'", "")
    if len(plain) < 3 or (bare.isupper() and len(bare) < 6):
        return plain
    if plain.endswith("ans") and len(plain) > 6:
        return plain[:-1]
    found: str = simplemma.lemmatize(plain, lang="en").lower().rstrip(".")
    return _MENDED.get(found, found)


def is_acronym(word: str) -> bool:
    """Whether a word in capitals is a known name, though the same small letters may be a function word: `US`."""
    return word.replace(".", "") in _ACRONYMS


_ACRONYMS = {"US": "usa", "USA": "usa", "UK": "uk", "EU": "eu", "UN": "un"}
_WRONG_LEMMAS = """
annexe annex, cancell cancel, criticise criticize, determin determine, deposite deposit, develope develop,
fixe fix, gan go, growe grow, guarde guard, labell label, labour labor, mixe mix, neighbourhood neighborhood,
organisation organization, playe play, prefixe prefix, preferr prefer, recognise recognize, singe sing,
sweare swear, thanke thank, thinke think, travell travel, wale wales, wive wife, colour color, centre center,
theatre theater, defence defense"""
_MENDED = dict(pair.split() for pair in _WRONG_LEMMAS.split(","))
"""What simplemma gets wrong in common words, and British spellings."""
