"""What a model says against what its sentences say: a claim stands, is mended, or falls.

Keys must be known. Every number, date, name and address must stand in a cited sentence (names also in its article's
title and outlet, and in the question, whose premises are checked elsewhere), and the words as a whole must be about
what is cited. What fails is mended where that adds nothing: another sentence that holds all of it is cited instead, a
number gets the bound that its quote has, or the clauses from the fault on are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.generating.cleaning import plain
from assistant.generating.names import Holder, Name, NameSource, find_names, holds_name, read_holder
from assistant.generating.replies import RawClaim
from assistant.reading import read_terms
from assistant.records import Claim, Evidence, Question
from corpus.languages import detect_language
from corpus.quantities import comparable, covers_numbers, find_dates, find_quantities, render
from corpus.records import Span
from index.terms import Concept

MOST_KEYS = 4
"""Sentences that one claim may cite."""
LONGEST_CLAIM = 600
"""Characters; a longer one is no short statement."""
LEAST_SHARED = 0.35
"""Share of a claim's words, by weight, that must meet what it cites or asks."""
MOST_TRIED = 2
"""Sentences that are tried in place of the cited ones."""
_CUTS = re.compile(r"[,，;；](?!\d)|\s[—–-]+\s|——|\s(?=(?:and|but|while|whereas|which|with)\s)")
_LITERALS = re.compile(r"\d[\d.,:/-]*\d|\d|[\w.+-]+@[\w.-]+\.\w+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b", re.I | re.A)
_LEAST_REST = {"en": 16, "zh": 6}
"""Characters that must be left of a statement whose last clauses fall."""


@dataclass(slots=True)
class Verdicts:
    """What became of the claims of one reply."""

    offered: int = 0
    mended: int = 0
    fallen: list[dict[str, object]] = field(default_factory=list)
    """Each with its words and why it fell."""


class ClaimChecker:
    """Checks the claims of one reply.

    Args:
        question: As analysed.
        sources: The sentences that the model was shown.
        terms: Bridges words and names of the two languages.
    """

    def __init__(self, question: Question, sources: Sequence[Evidence], terms: NameSource) -> None:
        self.verdicts = Verdicts()
        self._by_key = {item.key: item for item in sources}
        self._terms = terms
        self._asked = read_holder(question.standalone, terms)
        self._seen: set[str] = set()
        self._concepts: dict[str, list[Concept]] = {}

    def check(self, raw: RawClaim) -> Claim | None:
        """The claim that stands, perhaps mended; None where nothing of it does."""
        text = plain(raw.text)
        if text in self._seen:
            return None
        self._seen.add(text)
        self.verdicts.offered += 1
        keys = tuple(key for key in dict.fromkeys(raw.keys) if key in self._by_key)[:MOST_KEYS]
        if not text or len(text) > LONGEST_CLAIM:
            self._falls(raw, "no plain statement")
            return None
        if not keys:
            self._falls(raw, "no known key")
            return None
        missing = self.missing(text, keys)
        if not missing:
            return Claim(text, keys)
        mended = self._mend(text, keys)
        if mended is None:
            self._falls(raw, "not in the cited sentences: " + ", ".join(missing))
        else:
            self.verdicts.mended += 1
        return mended

    def missing(self, text: str, keys: Sequence[str]) -> list[str]:
        """The parts of a statement that the sentences of these keys do not hold; empty where it stands."""
        cited = [self._by_key[key] for key in keys]
        found = covers_numbers(text, [item.text for item in cited], [item.article.published for item in cited])
        found += self._absent_literals(text, cited)
        names = find_names(text)
        holders = [self._holder(item) for item in cited]
        for name in names:
            if not any(holds_name(name, holder, self._terms) for holder in (*holders, self._asked)):
                found.append(name.text)
        if not found:
            found += self._crossed(text, names, cited)
        if not found and self._shared(text, holders) < LEAST_SHARED:
            found.append("its subject")
        return found

    def _falls(self, raw: RawClaim, why: str) -> None:
        self.verdicts.fallen.append({"text": raw.text[:200], "why": why})

    def _holder(self, item: Evidence) -> Holder:
        return read_holder(f"{item.text}\n{item.article.title}\n{item.article.publisher}", self._terms)

    def _absent_literals(self, text: str, cited: Sequence[Evidence]) -> list[str]:
        """Figures that are read as no number or date, and addresses, which must stand as they are."""
        read = _values(text)
        held = "\n".join(item.text for item in cited)
        return [
            literal[0]
            for literal in _LITERALS.finditer(text)
            if not any(span.overlaps(Span(*literal.span())) for span in read) and literal[0] not in held
        ]

    def _crossed(self, text: str, names: Sequence[Name], cited: Sequence[Evidence]) -> list[str]:
        """Numbers of one article put to what another one speaks of, in a statement that cites both."""
        if len({item.document_id for item in cited}) < 2:
            return []
        return [
            figure
            for clause in _clauses(text)
            for figure in _figures(clause.cut(text))
            if not any(self._speaks_of(clause, text, names, item, cited) for item in cited if _holds(figure, item))
        ]

    def _speaks_of(
        self, clause: Span, text: str, names: Sequence[Name], item: Evidence, cited: Sequence[Evidence]
    ) -> bool:
        """Whether a sentence speaks of what a clause does: shares its words, and the names that any cited one holds."""
        holder = self._holder(item)
        if self._shared(clause.cut(text), [holder], asked=False) < LEAST_SHARED:
            return False
        others = [self._holder(other) for other in cited if other.document_id != item.document_id]
        inside = [name for name in names if clause.contains(name.span) and not holds_name(name, holder, self._terms)]
        return not any(holds_name(name, other, self._terms) for name in inside for other in others)

    def _shared(self, text: str, holders: Sequence[Holder], *, asked: bool = True) -> float:
        """Share of a statement's words, by weight, that meet what it cites or, if it counts, what is asked."""
        known = [*holders, self._asked] if asked else holders
        return self._share(text, frozenset[str]().union(*(holder.terms for holder in known)))

    def _share(self, text: str, terms: frozenset[str]) -> float:
        if text not in self._concepts:
            found = self._terms.query_concepts(text, detect_language(text))
            self._concepts[text] = [concept for concept in found if not _is_pair(concept)]
        concepts = self._concepts[text]
        total = sum(concept.weight for concept in concepts)
        met = sum(c.weight for c in concepts if any(alternative.term in terms for alternative in c.alternatives))
        return met / total if total else 1.0

    def _mend(self, text: str, keys: tuple[str, ...]) -> Claim | None:
        """The claim mended in the first way that makes it stand."""
        bounded = self._with_bounds(text, keys)
        if bounded != text and not self.missing(bounded, keys):
            return Claim(bounded, keys)
        for other in self._nearest(text, keys):
            if not self.missing(text, (other,)):
                return Claim(text, (other,))
        for shorter in _shortened(text):
            if not self.missing(shorter, keys):
                return Claim(shorter, keys)
        return None

    def _nearest(self, text: str, keys: Sequence[str]) -> list[str]:
        """Sentences that were not cited and are surely about the same, as they meet most of the statement's words."""
        shares = {
            key: self._share(text, read_terms(self._terms, item.text, item.sentence.language))
            for key, item in self._by_key.items()
            if key not in keys
        }
        near = sorted((key for key in shares if shares[key] >= 2 * LEAST_SHARED), key=lambda key: -shares[key])
        return near[:MOST_TRIED]

    def _with_bounds(self, text: str, keys: Sequence[str]) -> str:
        """The statement with "over", 近 and the like put to numbers whose quotes have them."""
        quoted = [quantity for key in keys for quantity in find_quantities(self._by_key[key].text)]
        language = detect_language(text)
        for said in sorted(find_quantities(text), key=lambda quantity: -quantity.span.start):
            same = [q for q in quoted if (q.low, q.high) == (said.low, said.high) and comparable(q, said)]
            if same and all(q.bound != said.bound for q in same):
                try:
                    text = text[: said.span.start] + render(same[0], language) + text[said.span.end :]
                except ValueError:
                    continue
        return text


def _figures(text: str) -> list[str]:
    """The numbers and dates of a text, as they stand there."""
    return [found.cut(text) for found in _values(text)]


@lru_cache(maxsize=1024)
def _values(text: str) -> list[Span]:
    return [quantity.span for quantity in find_quantities(text)] + [day.span for day in find_dates(text)]


def _holds(figure: str, item: Evidence) -> bool:
    return not covers_numbers(figure, [item.text], [item.article.published])


def _is_pair(concept: Concept) -> bool:
    """Whether a concept is only two neighbouring characters, which no other language can meet."""
    return all(alternative.channel == "pair" for alternative in concept.alternatives)


def _clauses(text: str) -> Iterator[Span]:
    start = 0
    for cut in _CUTS.finditer(text):
        yield Span(start, cut.start())
        start = cut.end()
    yield Span(start, len(text))


def _shortened(text: str) -> Iterator[str]:
    """The statement without its last clauses, the longest first, as whole sentences."""
    language = detect_language(text)
    for cut in reversed(list(_CUTS.finditer(text))):
        rest = text[: cut.start()].rstrip(" ,，;；")
        if len(rest) >= _LEAST_REST[language]:
            yield rest + ("。" if language == "zh" else ".")
