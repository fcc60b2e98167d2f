"""Compiling the dictionary once into a small database.

CC-CEDICT's senses, words of the news that it lacks, and the learned translation table are mixed.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from index.cedict import Line, Part, Sense, dictionary_file, read_lines
from index.function_words import is_function_word
from index.tokenizing import lemma, segmenter, tokens

VERSION = "6"
TRANSLATIONS = Path(__file__).parent / "data" / "translations.tsv.gz"
"""Made by `python -m index.alignment`."""
TERMS = Path(__file__).parent / "data" / "terms.tsv"
"""Words of the news that the dictionary lacks or tells otherwise: `中文<TAB>English; English`, written by hand."""
LEARNED_SHARE = 0.5
"""Share of the learned table where both know a word; 0.3 to 0.7 measured alike, either alone loses 3 to 6 points."""
LEAST_WEIGHT = 0.03
_MOST_RENDERINGS = 16
_MOST_SENSES = 10
_LONGEST_KEY = 5
KINDS = frozenset(
    "county district city province town township prefecture municipality region village state republic kingdom dynasty "
    "emperor university college institute party river lake mountain sea bay ocean island airport station ministry "
    "department bureau office council committee commission association government administration".split()
)
"""Words of names that only tell what kind of thing is named."""
_OF_A_KIND = 0.25
"""Share of such a word in what a name weighs: any other county has it, too."""
_IGNORED_WORDS = "a an the to of in on at by for with from as and or be"
_IGNORED = frozenset(_IGNORED_WORDS.split())

Weights = dict[str, float]


def english_key(text: str) -> str:
    """The key of an English expression: content lemmas with single spaces; `flood controls` -> `flood control`."""
    lemmas = [lemma(token.text) for token in tokens(text) if token.script != "han"]
    return " ".join([word for word in lemmas if word not in _IGNORED] or lemmas)


def content_lemmas(text: str) -> list[str]:
    """The lemmas of an English text in order, function words left out."""
    return [word for word in english_key(text).split() if not is_function_word(word)]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Changes when the compiled form would: another dictionary, another table, another way to compile."""
    source = dictionary_file()
    table = hashlib.sha256(TRANSLATIONS.read_bytes() + TERMS.read_bytes()).hexdigest()
    return hashlib.sha256(f"{VERSION} {source.name} {source.stat().st_size} {table}".encode()).hexdigest()[:12]


def compile_into(target: str) -> sqlite3.Connection:
    """Compiles all sources into a new SQLite database; a few seconds.

    Args:
        target: File name of an empty file, or `:memory:`.
    """
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in (*_read_terms(), *read_lines(dictionary_file())):
        lines[line.word].append(line)
    forward, backward = _read_table()
    senses = {word: _weigh_senses(word, lines, forward.get(word, {})) for word in lines}
    database = sqlite3.connect(target, check_same_thread=False)
    with contextlib.closing(database.cursor()) as cursor:
        cursor.execute(
            "CREATE TABLE chinese (word TEXT PRIMARY KEY, senses TEXT, lemmas TEXT, name INTEGER) WITHOUT ROWID"
        )
        cursor.execute("CREATE TABLE english (key TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID")
        cursor.executemany(
            "INSERT INTO chinese VALUES (?, ?, ?, ?)",
            (
                (
                    word,
                    "\n".join(f"{s.english}\t{s.weight:.4f}\t{s.part}" for s in senses.get(word, ())),
                    _encode(mix(_lemma_weights(senses.get(word, ())), forward.get(word, {}))),
                    _names(lines.get(word, ())),
                )
                for word in sorted(senses.keys() | forward.keys())
            ),
        )
        inverted = _invert(senses)
        cursor.executemany(
            "INSERT INTO english VALUES (?, ?)",
            (
                (key, _encode(mix(inverted.get(key, {}), backward.get(key, {}))))
                for key in sorted(inverted.keys() | backward.keys())
            ),
        )
    database.commit()
    return database


def mix(written: Mapping[str, float], learned: Mapping[str, float]) -> Weights:
    """Weights of the dictionary and of the learned table in one, the best 1.

    Args:
        written: Weights above 0, in any unit.
        learned: The same for the table; either may be empty.
    """
    if not written or not learned:
        mixed = dict(written or learned)
    else:
        left, right = (1 - LEARNED_SHARE) / sum(written.values()), LEARNED_SHARE / sum(learned.values())
        keys = [*written, *(key for key in learned if key not in written)]
        mixed = {key: left * written.get(key, 0.0) + right * learned.get(key, 0.0) for key in keys}
    best = max(mixed.values(), default=1.0)
    return {key: weight / best for key, weight in mixed.items() if weight >= LEAST_WEIGHT * best}


def _read_terms() -> Iterator[Line]:
    """Our own words of the news; they go before the dictionary's senses."""
    for row in TERMS.read_text(encoding="utf-8").splitlines():
        word, english = row.split("\t")
        parts: list[tuple[str, Part]] = [(one, "name" if one[0].isupper() else "noun") for one in english.split("; ")]
        yield Line(word, "", tuple(parts), "", surname=False)


def _read_table() -> tuple[dict[str, Weights], dict[str, Weights]]:
    """The learned table in both directions; weight is the geometric mean of the two probabilities."""
    forward: dict[str, Weights] = defaultdict(dict)
    backward: dict[str, Weights] = defaultdict(dict)
    with gzip.open(TRANSLATIONS, "rt", encoding="utf-8") as file:
        for row in file:
            chinese, english, given_chinese, given_english = row.rstrip("\n").split("\t")
            weight = math.sqrt(max(1, int(given_chinese)) * max(1, int(given_english))) / 1000
            forward[chinese][english] = backward[english][chinese] = weight
    return forward, backward


def _names(lines: Iterable[Line]) -> int:
    return int(any(line.pinyin[:1].isupper() and not line.surname for line in lines))


def _weigh_senses(word: str, lines: Mapping[str, list[Line]], learned: Mapping[str, float]) -> list[Sense]:
    """The senses of a word over its readings: earlier ones and those that translators really use weigh more."""
    common_first = sorted(lines[word], key=lambda line: (not line.senses, line.surname or line.pinyin[:1].isupper()))
    found = [sense for line in common_first for sense in line.senses]
    if not found:
        targets = [line.reference for line in lines[word] if line.reference in lines and line.reference != word]
        found = [sense for target in targets for line in lines[target] for sense in line.senses]
    unique = list(dict.fromkeys(found))[:_MOST_SENSES]
    weights = [_sense_weight(english, rank, learned) for rank, (english, _) in enumerate(unique)]
    order = sorted(range(len(unique)), key=lambda rank: (-weights[rank], rank))
    return [Sense(unique[rank][0], weights[rank] / sum(weights), unique[rank][1]) for rank in order]


def _sense_weight(english: str, rank: int, learned: Mapping[str, float]) -> float:
    words = english_key(english).split()
    use = sum(learned.get(word, 0.0) for word in words) / max(1, len(words))
    return 0.5 / (1 + rank) + use / max(1e-9, sum(learned.values()))


def _lemma_weights(senses: Iterable[Sense]) -> Weights:
    """Content lemmas of the senses, each with the weight of its senses; a word of an expression gets a part of it."""
    weights: Weights = {}
    for sense in senses:
        words = content_lemmas(sense.english)
        is_name = sense.part == "name" and len(words) > 1
        for word in words:
            share = _OF_A_KIND if is_name and word in KINDS else 1.0
            weights[word] = weights.get(word, 0.0) + share * sense.weight / math.sqrt(len(words))
    return weights


def _invert(senses: Mapping[str, list[Sense]]) -> dict[str, Weights]:
    """English keys to Chinese words; a word whose only sense this is weighs most, and common words before rare ones."""
    frequency = segmenter().FREQ
    scores: dict[str, Weights] = defaultdict(dict)
    for word, found in senses.items():
        commonness = 0.2 + min(1.0, math.log1p(frequency.get(word, 0)) / 9)
        for sense in found:
            key = english_key(sense.english)
            if key and len(key.split()) <= _LONGEST_KEY:
                scores[key][word] = max(scores[key].get(word, 0.0), commonness * math.sqrt(sense.weight))
    return scores


def _encode(weights: Mapping[str, float]) -> str:
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_MOST_RENDERINGS]
    return "\n".join(f"{word}\t{weight:.3f}" for word, weight in ordered)
