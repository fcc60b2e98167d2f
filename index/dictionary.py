"""The bilingual dictionary in use: the compiled database, and the owner's own glossary on top of it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import threading
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import platformdirs

from corpus.errors import UserError
from index.cedict import Part, Sense
from index.compiling import compile_into, english_key, fingerprint
from index.scripts import fold

_PARTS: dict[str, Part] = {"name": "name", "verb": "verb", "noun": "noun"}


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
        self.fingerprint = hashlib.sha256(f"{fingerprint()}\n{self._glossary_text}".encode()).hexdigest()[:12]
        """Changes when an entry may have changed."""
        self.senses = lru_cache(maxsize=1 << 16)(self._find_senses)
        """`senses(word)`: tuple of `Sense`, likeliest first, of a Simplified word; empty when unknown."""
        self.lemmas = lru_cache(maxsize=1 << 16)(self._find_lemmas)
        """`lemmas(word)`: tuple of (English lemma, weight in (0, 1]), best first, of a Simplified word."""
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

    def _find_lemmas(self, word: str) -> tuple[tuple[str, float], ...]:
        own = [(part, 1.0) for english in self._senses_of.get(word, ()) for part in english_key(english).split()]
        row = self._row("SELECT lemmas FROM chinese WHERE word = ?", word)
        taken = {part for part, _ in own}
        return (*dict.fromkeys(own), *(item for item in _decode_weights(row) if item[0] not in taken))

    def _find_renderings(self, key: str) -> tuple[tuple[str, float], ...]:
        own = [(word, 1.0) for word in self._chinese_of.get(key, ())]
        row = self._row("SELECT words FROM english WHERE key = ?", key)
        taken = {word for word, _ in own}
        return (*own, *(item for item in _decode_weights(row) if item[0] not in taken))

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
    return Sense(english, float(weight), _PARTS.get(part, "other"))


def _decode_weights(row: tuple[str, ...] | None) -> list[tuple[str, float]]:
    pairs = [line.split("\t") for line in row[0].split("\n")] if row and row[0] else []
    return [(word, float(weight)) for word, weight in pairs]


def _open(folder: Path) -> sqlite3.Connection:
    """The compiled dictionary, compiled first where it is missing; in memory where the folder cannot be written."""
    path = folder / f"dictionary-{fingerprint()}.sqlite"
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
            os.close(handle)
        except OSError:
            return compile_into(":memory:")
        compile_into(temporary).close()
        Path(temporary).replace(path)
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
