"""The bilingual dictionary: CC-CEDICT compiled once into a small database, and the owner's own glossary on top."""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import sqlite3
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import platformdirs

from corpus.errors import UserError
from index.cedict import Line, Part, Sense, dictionary_file, read_lines
from index.scripts import fold
from index.tokenizing import lemma, segmenter, tokens

_VERSION = "1"
_MAX_RENDERINGS = 12
_KEEP_SENSES = 10
_IGNORED = frozenset("a an the to of in on at by for with from as and or be is".split())


def english_key(text: str) -> str:
    """The key of an English expression: content lemmas with single spaces; `flood controls` -> `flood control`."""
    lemmas = [lemma(token.text) for token in tokens(text) if token.script != "han"]
    return " ".join([word for word in lemmas if word not in _IGNORED] or lemmas)


class Dictionary:
    """Senses of Chinese words and Chinese renderings of English expressions; threads may share it.

    Args:
        folder: Where the compiled form is kept; the user's cache folder by default.
        glossary: Lines `中文<TAB>English`, the collection owner's own terms; they go before the dictionary's senses.

    Raises:
        UserError: The glossary cannot be read or a line of it has no tab.
    """

    def __init__(self, folder: Path | None = None, glossary: Path | None = None) -> None:
        self._senses_of: dict[str, list[str]] = defaultdict(list)
        self._chinese_of: dict[str, list[str]] = defaultdict(list)
        self._glossary_text = _read_glossary(glossary) if glossary else ""
        for line in filter(None, self._glossary_text.splitlines()):
            chinese, english = line.split("\t")[:2]
            self._senses_of[fold(chinese)].append(english)
            self._chinese_of[english_key(english)].append(fold(chinese))
        self._lock = threading.Lock()
        self._database = _open(folder or Path(platformdirs.user_cache_dir("yiju")))
        self.fingerprint = hashlib.sha256(f"{_VERSION}\n{self._glossary_text}".encode()).hexdigest()[:12]
        """Changes when an entry may have changed."""
        self.senses = lru_cache(maxsize=1 << 16)(self._find_senses)
        """`senses(word)`: tuple of `Sense`, likeliest first, of a Simplified word; empty when unknown."""
        self.renderings = lru_cache(maxsize=1 << 15)(self._find_renderings)
        """`renderings(key)`: tuple of (Chinese word, weight in (0, 1]), best first, of an `english_key`."""
        self.is_name = lru_cache(maxsize=1 << 16)(self._find_is_name)
        """`is_name(word)`: whether the dictionary writes the word's pinyin with a capital."""

    def is_glossary(self, word: str) -> bool:
        """Whether the owner's glossary holds this Chinese word or English key."""
        return word in self._senses_of or word in self._chinese_of

    def __contains__(self, word: str) -> bool:
        return bool(self.senses(word))

    def _find_senses(self, word: str) -> tuple[Sense, ...]:
        own = self._senses_of.get(word)
        if own:
            return tuple(Sense(english, 1 / len(own), "name" if english[:1].isupper() else "noun") for english in own)
        row = self._row("SELECT senses FROM chinese WHERE word = ?", word)
        return tuple(_decode_sense(line) for line in row[0].split("\n")) if row and row[0] else ()

    def _find_renderings(self, key: str) -> tuple[tuple[str, float], ...]:
        own = [(word, 1.0) for word in self._chinese_of.get(key, ())]
        row = self._row("SELECT words FROM english WHERE key = ?", key)
        known = [line.split("\t") for line in row[0].split("\n")] if row else []
        taken = {word for word, _ in own}
        return (*own, *((word, float(weight)) for word, weight in known if word not in taken))

    def _find_is_name(self, word: str) -> bool:
        row = self._row("SELECT name FROM chinese WHERE word = ?", word)
        return bool(row and row[0])

    def _row(self, statement: str, value: str) -> tuple[str, ...] | None:
        with self._lock:
            found: tuple[str, ...] | None = self._database.execute(statement, (value,)).fetchone()
        return found


def _read_glossary(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The glossary {path} cannot be read: {error}.", "It must be a UTF-8 text file.") from error
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for line in lines:
        if len([part for part in line.split("\t") if part.strip()]) < 2:
            raise UserError(f"The glossary {path} has a line without a tab: {line!r}.", "Write: 中文<TAB>English")
    return "\n".join(lines)


def _decode_sense(line: str) -> Sense:
    english, weight, part = line.split("\t")
    kind: Part = "name" if part == "name" else "verb" if part == "verb" else "noun" if part == "noun" else "other"
    return Sense(english, float(weight), kind)


def _open(folder: Path) -> sqlite3.Connection:
    """The compiled dictionary, compiled first where it is missing; in memory where the folder cannot be written."""
    path = folder / f"cedict-{_fingerprint()}.sqlite"
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
            os.close(handle)
        except OSError:
            return _compiled(":memory:")
        _compiled(temporary).close()
        Path(temporary).replace(path)
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    source = dictionary_file()
    return hashlib.sha256(f"{_VERSION} {source.name} {source.stat().st_size}".encode()).hexdigest()[:12]


def _compiled(target: str) -> sqlite3.Connection:
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in read_lines(dictionary_file()):
        lines[line.word].append(line)
    senses = {word: _weigh_senses(word, lines) for word in lines}
    database = sqlite3.connect(target, check_same_thread=False)
    with contextlib.closing(database.cursor()) as cursor:
        cursor.execute("CREATE TABLE chinese (word TEXT PRIMARY KEY, senses TEXT, name INTEGER) WITHOUT ROWID")
        cursor.execute("CREATE TABLE english (key TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID")
        cursor.executemany(
            "INSERT INTO chinese VALUES (?, ?, ?)",
            (
                (word, "\n".join(f"{s.english}\t{s.weight:.4f}\t{s.part}" for s in found), _names(lines[word]))
                for word, found in sorted(senses.items())
            ),
        )
        cursor.executemany("INSERT INTO english VALUES (?, ?)", sorted(_invert(senses).items()))
    database.commit()
    return database


def _names(lines: Iterable[Line]) -> int:
    return int(any(line.pinyin[:1].isupper() and not line.surname for line in lines))


def _weigh_senses(word: str, lines: dict[str, list[Line]]) -> list[Sense]:
    """The senses of a word over its readings: earlier ones weigh more, names of a word that is also a common one less."""
    common_first = sorted(lines[word], key=lambda line: (not line.senses, line.surname or line.pinyin[:1].isupper()))
    found = [sense for line in common_first for sense in line.senses]
    if not found:
        targets = [line.reference for line in lines[word] if line.reference in lines and line.reference != word]
        found = [sense for target in targets for line in lines[target] for sense in line.senses]
    unique = list(dict.fromkeys(found))[:_KEEP_SENSES]
    raw = [1 / (1 + rank) for rank in range(len(unique))]
    return [Sense(english, w / sum(raw), part) for (english, part), w in zip(unique, raw, strict=True)]


def _invert(senses: dict[str, list[Sense]]) -> dict[str, str]:
    """English keys to Chinese words; a word whose only sense this is weighs most, and common words before rare ones."""
    frequency = segmenter().FREQ
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for word, found in senses.items():
        commonness = 0.2 + min(1.0, math.log1p(frequency.get(word, 0)) / 9)
        for sense in found:
            key = english_key(sense.english)
            if key and len(key.split()) <= 5:
                scores[key][word] = max(scores[key].get(word, 0.0), commonness * math.sqrt(sense.weight))
    return {key: _best(words) for key, words in scores.items()}


def _best(words: dict[str, float]) -> str:
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))[:_MAX_RENDERINGS]
    return "\n".join(f"{word}\t{weight / ordered[0][1]:.3f}" for word, weight in ordered)
