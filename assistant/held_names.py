"""Whether a text holds a name, in either language: as a whole, in another spelling, or nearly all of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading import TermSource
from corpus.languages import detect_language
from index.postags import word_class
from index.terms import Alternative, Concept

_LEAST_SHARE = 0.65
"""Share of a name's words, by weight, that a document must hold: of three equal ones two."""

_TELLING_KEY = 6
"""Characters of a sound key, its mark included, from which two names that share it are taken as one."""
_SAID_OF_PLACES = frozenset(
    f"e:{word}"
    for word in "city county province prefecture district town region country state capital china chinese people "
    "republic north south east west northeast northwest southeast southwest central level surname place name "
    "river".split()
)
"""What a dictionary says of a name beside it ("Jiangsu province in southeast China")."""
_LIES_IN = 1
"""Words beside those that only tell where a place lies: Jinhua, "prefecture-level city in [Zhejiang]"."""
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    r"(?:i(?:ang|ao|an|ong|ng|e|n|u|a)?|u(?:ang|ai|an|a|e|i|n|o)?|a(?:ng|i|n|o)?|e(?:ng|i|n)?|o(?:ng|u)?)){2,}",
    re.I,
)
"""A Chinese name in Latin letters, of two syllables or more."""
_OF_WORDS = frozenset({"word", "lemma", "translation", "glossary"})


def places_zh(text: str, source: TermSource) -> list[str]:
    """The words of a Chinese question whose English is how they sound, as of 金华: Jinhua."""
    if detect_language(text) != "zh":
        return []
    concepts = source.query_concepts(text, "zh")
    return [each.surface for each in concepts if len(each.surface) > 1 and _as_it_sounds(each)]


def is_spelled_out(word: str) -> bool:
    """Whether a word is a Chinese name in Latin letters, as it sounds: Jinhua, Jinhua's."""
    return word[:1].isupper() and _PINYIN.fullmatch(re.sub(r"['’]s$", "", word)) is not None


def is_place(name: str, source: TermSource) -> bool:
    """Whether a name, in either language, is known to be of a place."""
    if detect_language(name) == "zh":
        return word_class(name) == "ns" or bool(places_zh(name, source))
    whole = (concept for concept in source.query_concepts(name, "en") if concept.surface == name)
    words = (a.term[2:] for concept in whole for a in concept.alternatives if a.channel == "translation")
    return any(word_class(word) == "ns" or places_zh(word, source) for word in words)


def _as_it_sounds(concept: Concept) -> frozenset[str]:
    """The translations of a Chinese word that are its pinyin, where it has no others than where that lies."""
    told = {a.term for a in concept.alternatives if a.channel == "translation"}
    sounds = told & {f"e:{a.term[2:]}" for a in concept.alternatives if a.channel == "pinyin"}
    return frozenset(sounds if len(told - sounds - _SAID_OF_PLACES) <= _LIES_IN else ())


def holds(name: str, held: frozenset[str], source: TermSource, *, foreign: bool = False) -> bool:
    """Whether the name as a whole, a word of its stem, or nearly all of its words are among the terms.

    A name that is no word to the search ("IT", which reads as "it") is taken as held; in terms of the other language
    also one that no dictionary translates, since it can't be told what it would be called there.

    Args:
        name: In either language.
        held: Terms of a text.
        source: Made them.
        foreign: Whether they are of the other language than the name's.
    """
    concepts = source.query_concepts(name, detect_language(name))
    known = [concept for concept in concepts if not foreign or _is_known(concept)]
    if not known or _is_related(name, held):
        return True
    met = {c: any(a.term in held for a in c.alternatives if _is_telling(a, c)) for c in concepts}
    if any(met[concept] for concept in concepts if concept.surface == name):
        return True
    words = [c for c in known if not _is_of_words(c, concepts) and any(a.channel in _OF_WORDS for a in c.alternatives)]
    told = [each for each in concepts if met[each]]
    total = sum(word.weight for word in words)
    held_weight = sum(word.weight for word in words if any(each.span.contains(word.span) for each in told))
    return total > 0 and held_weight >= _LEAST_SHARE * total


def _is_of_words(concept: Concept, others: Sequence[Concept]) -> bool:
    """Whether it stands for several words that are told apart, too: "International Trade"."""
    return any(other.span != concept.span and concept.span.contains(other.span) for other in others)


def _is_known(concept: Concept) -> bool:
    """Whether it is known what a word would be in the other language: by a dictionary, or as it reads as pinyin."""
    in_books = any(a.channel in ("translation", "glossary") for a in concept.alternatives)
    return in_books or _PINYIN.fullmatch(concept.surface) is not None


def _is_related(name: str, held: frozenset[str]) -> bool:
    """Whether a word of the same stem is among the terms: "Chinese" and China, "European" and Europe."""
    stem = name.lower()[: max(4, len(name) - 3)]
    return name.isalpha() and name.isascii() and len(name) > 4 and any(term.startswith(f"e:{stem}") for term in held)


def _is_telling(alternative: Alternative, concept: Concept) -> bool:
    """Whether a term tells the name: no key of few consonants ("t:KNS"), and no word that only says what it names."""
    if alternative.channel == "translation" and alternative.term in _SAID_OF_PLACES:
        names = {a.term for a in concept.alternatives if a.channel == "translation"}
        return names <= _SAID_OF_PLACES
    if alternative.channel == "translation" and _as_it_sounds(concept):
        return alternative.term in _as_it_sounds(concept)
    return not alternative.term.startswith("t:") or len(alternative.term) >= _TELLING_KEY
