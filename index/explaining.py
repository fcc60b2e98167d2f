"""Why a passage was found: the terms by which it meets each part of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.records import Language
from index.records import Match, Passage
from index.stores import Hit, Store
from index.terms import Concept


def explained(
    passages: Sequence[Passage], store: Store, concepts_of: Mapping[Language, Sequence[Concept]]
) -> list[Passage]:
    """Passages with the terms by which each concept was met, the heaviest first."""
    matches: dict[str, list[Match]] = {passage.chunk_id: [] for passage in passages}
    for language, concepts in concepts_of.items():
        shown = [passage.chunk_id for passage in passages if passage.language == language]
        for concept in concepts if shown else ():
            for chunk_id, match in _best_matches(store, language, concept, shown).items():
                matches[chunk_id].append(match)
    return [
        replace(p, matches=tuple(sorted(matches[p.chunk_id], key=lambda match: (-match.weight, match.query))))
        for p in passages
    ]


def _best_matches(store: Store, language: Language, concept: Concept, chunk_ids: Sequence[str]) -> dict[str, Match]:
    """For each chunk that holds the concept, the alternative that scores best there."""
    found: dict[str, Match] = {}
    for alternative in concept.alternatives:
        single = replace(concept, alternatives=(alternative,))
        hits: list[Hit] = store.lexical_query(language, [single], len(chunk_ids), chunks=chunk_ids)
        for chunk_id, score in hits:
            if chunk_id not in found or score > found[chunk_id].weight:
                term = alternative.term.partition(":")[2]
                found[chunk_id] = Match(concept.surface, term, alternative.channel, score)
    return found
