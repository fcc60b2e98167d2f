"""Which words, characters and pieces get a row, and what each costs when a text is split."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.training.data import Material
from index.units import LONGEST_UNIT, PIECE_MARK, Segmenter, unit_keys

PIECE_COST = 1_000
FILE_WEIGHTS = {"parallel_law_tw": 0.3, "parallel_tech": 0.3}
"""Words of the narrow subjects count less when the vocabulary is chosen."""
_LATIN = re.compile(r"[a-z\u0080-\u2e7f]+|[0-9]+")
_HAN = re.compile(r"[\u2e80-\uffff]+")


@dataclass(frozen=True, slots=True)
class VocabularySize:
    """How many rows of each kind."""

    chinese: int = 94_000
    latin: int = 9_000
    pieces: int = 3_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Entries in the order of their keys, which is the order of the table's rows."""

    units: list[str]
    costs: NDArray[np.int32]
    folding: NDArray[np.uint16]

    def segmenter(self) -> Segmenter:
        """The segmenter that the student will have."""
        return Segmenter(unit_keys(self.units), self.costs, self.folding)


def folding_table() -> NDArray[np.uint16]:
    """For each character of the basic plane the one that stands for it, a blank for punctuation and signs.

    Width and compatibility forms (NFKC), case, accents and Traditional characters are folded, one character to one.
    """
    import opencc

    simplified = opencc.OpenCC("t2s")
    table = np.full(1 << 16, ord(" "), np.uint16)
    for code in range(1 << 16):
        if 0xD800 <= code < 0xE000:
            continue
        character = _single(unicodedata.normalize("NFKC", chr(code)), chr(code))
        character = _single(character.lower(), character)
        if 0xC0 <= ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x1F00:
            character = unicodedata.normalize("NFKD", character)[0]
        if 0x3400 <= ord(character) < 0xA000:
            character = _single(simplified.convert(character), character)
        if unicodedata.category(character)[0] in "LN":
            table[code] = ord(character)
    return table


def _single(text: str, otherwise: str) -> str:
    return text if len(text) == 1 and ord(text) < 1 << 16 else otherwise


def fold(texts: Sequence[str], folding: NDArray[np.uint16]) -> list[str]:
    """The texts as the segmenter reads them."""
    codes, ends = Segmenter(np.zeros(1, np.uint64), np.zeros(1, np.int32), folding).fold(texts)
    codes = codes.copy()
    codes[ends] = ord("\n")
    return "".join(map(chr, codes)).split("\n")[:-1]


@dataclass(slots=True)
class _Counts:
    """What is counted in the folded texts."""

    words: Counter[str]
    characters: Counter[str]
    chinese_latin: Counter[str]
    english: Counter[str]
    lexicon: dict[str, list[str]]
    prior: dict[str, int]


def _count(material: Material, folding: NDArray[np.uint16]) -> _Counts:
    import jieba

    jieba.setLogLevel(60)
    cutter = jieba.Tokenizer()
    cutter.initialize()
    prior = dict(cutter.FREQ)
    entries = material.parallel["lexicon"]
    lexicon: dict[str, list[str]] = {}
    for word, line in zip(fold([line["zh"] for line in entries], folding), entries, strict=True):
        lexicon.setdefault(word.strip(), []).append(line["en"])
    for word in lexicon:
        if " " not in word and len(word) <= LONGEST_UNIT and word not in cutter.FREQ:
            cutter.add_word(word)
    counts = _Counts(Counter(), Counter(), Counter(), Counter(), lexicon, prior)
    chinese = {name: [line["zh"] for line in lines] for name, lines in material.parallel.items()}
    chinese["passages"] = list(material.chinese_passages.values())
    chinese["questions"] = [line["question"] for line in material.chinese_questions]
    for name, texts in chinese.items():
        weight = FILE_WEIGHTS.get(name, 1.0)
        for text in fold(texts, folding):
            counts.characters.update(character for character in text if _is_han(character))
            _add(counts.chinese_latin, _LATIN.findall(text), weight)
            if name != "lexicon":
                for run in _HAN.findall(text):
                    _add(counts.words, cutter.cut(run), weight)
    english = {name: [line["en"] for line in lines] for name, lines in material.parallel.items()}
    english["qamr"] = material.english_questions + material.english_passages
    for name, texts in english.items():
        weight = 0.5 if name == "lexicon" else FILE_WEIGHTS.get(name, 1.0)
        for text in fold(texts, folding):
            _add(counts.english, _LATIN.findall(text), weight)
    return counts


def _add(counter: Counter[str], words: Iterable[str], weight: float) -> None:
    for word in words:
        counter[word] += weight  # type: ignore[assignment]  # counts may be fractions


def _is_han(text: str) -> bool:
    return all(ord(character) >= 0x2E80 for character in text)


def _lexicon_worth(glosses: Sequence[str]) -> float:
    """Names first, sayings last: what a text is about is more often a name."""
    if any(gloss[:1].isupper() for gloss in glosses):
        return 3.0
    return 0.1 if min(len(gloss.split()) for gloss in glosses) >= 4 else 1.0


def _chinese_units(counts: _Counts, size: int) -> list[str]:
    scores: dict[str, float] = {}
    for word in sorted(set(counts.words) | set(counts.lexicon)):
        known = word in counts.lexicon
        if 2 <= len(word) <= LONGEST_UNIT and _is_han(word) and (known or counts.words[word] >= 2):
            worth = _lexicon_worth(counts.lexicon[word]) if known else 0.0
            scores[word] = counts.words[word] + counts.prior.get(word, 0) / 20 + worth
    characters = sorted(counts.characters)
    words = sorted(scores, key=lambda word: (-scores[word], word))
    return characters + words[: max(0, size - len(characters))]


def _latin_units(counts: _Counts, size: VocabularySize) -> list[str]:
    english = counts.english.copy()
    _add_counts(english, counts.chinese_latin, 3.0)
    ranked = sorted(english, key=lambda word: (-english[word], word))
    words = [word for word in ranked if english[word] >= 1.5 and (not word.isdigit() or len(word) <= 4)]
    numbers = [str(number) for number in (*range(101), *range(1500, 2031))]
    pieces: Counter[str] = Counter()
    for word in ranked:
        if not word.isdigit() and word.isascii():
            for length in (2, 3, 4):
                starts = range(len(word) - length + 1)
                _add(pieces, (word[at : at + length] for at in starts), min(english[word], 5) * (length - 1))
    always = [*"abcdefghijklmnopqrstuvwxyz0123456789", *(f"{number:02d}" for number in range(100))]
    common = sorted(pieces, key=lambda piece: (-pieces[piece], piece))[: size.pieces]
    marked = [PIECE_MARK + piece for piece in dict.fromkeys(always + common)]
    return list(dict.fromkeys(words[: size.latin] + numbers)) + marked


def _add_counts(counter: Counter[str], other: Counter[str], weight: float) -> None:
    for word, count in other.items():
        counter[word] += count * weight  # type: ignore[assignment]  # counts may be fractions


def choose_vocabulary(material: Material, size: VocabularySize) -> Vocabulary:
    """Choose the entries by how often they occur in the material and, less, in jieba's word list."""
    folding = folding_table()
    counts = _count(material, folding)
    units = list(dict.fromkeys(_chinese_units(counts, size.chinese) + _latin_units(counts, size)))
    order = np.argsort(unit_keys(units), kind="stable")
    units = [units[row] for row in order]
    frequencies = [20 * counts.words[unit] + counts.prior.get(unit, 0) + 1 for unit in units]
    total = sum(frequencies)
    costs = [
        PIECE_COST if unit[0] == PIECE_MARK else round(100 * math.log(total / frequency))
        for unit, frequency in zip(units, frequencies, strict=True)
    ]
    return Vocabulary(units, np.array(costs, np.int32), folding)
