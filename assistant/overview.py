"""Overviews: what several sentences tell of a topic, where no one thing is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import tells
from assistant.records import Claim, Draft, Evidence, Question, Status
from assistant.slots import Encode
from assistant.wording import running

_MOST = 3
"""Sentences of an overview."""
_LEAST_MET = 0.5
"""Share of the topic's weight that a sentence of an overview meets itself."""
_LIKE = 0.7
"""Cosine of two sentences from which the second tells nothing new; of a sentence and its translation it is larger."""
_SURE = 0.9
"""Confidence in an overview whose best sentence meets the whole topic."""


def overview(question: Question, evidence: Sequence[Evidence], encode: Encode) -> Draft:
    """Up to three sentences that speak of the topic, each telling something new, of several articles where these do.

    Args:
        question: Its `standalone` is the topic.
        evidence: Best first.
        encode: Bilingual encoder, texts to unit rows.
    """
    told = [item for item in evidence if tells(item.sentence, item.text) and item.signals["coverage"] >= _LEAST_MET]
    chosen = differing(told, encode)
    met = max((item.signals["coverage"] for item in chosen or evidence), default=0.0)
    if not chosen:
        return Draft(Status.NOT_FOUND, (), _SURE * met / 2)
    return Draft(Status.ANSWERED, told_in_turn(chosen), _SURE * met)


def told_in_turn(items: Sequence[Evidence]) -> tuple[Claim, ...]:
    """Whole sentences as claims, of which the later ones add to the first."""
    claims = [Claim(running(item.text, item.sentence.language), (item.key,)) for item in items]
    return (*claims[:1], *(replace(claim, adds=True) for claim in claims[1:]))


def differing(items: Sequence[Evidence], encode: Encode) -> list[Evidence]:
    """The best items that differ from each other, the reader's language first, one of each source, then more.

    Those of one article stand together and in its order, the article of the best item first.

    Args:
        items: Any number.
        encode: Bilingual encoder, texts to unit rows.
    """
    if not items:
        return []
    best = sorted(items, key=lambda item: (-item.signals["same_language"], -item.score))
    likeness = (vectors := encode([item.text for item in best])) @ vectors.T
    taken: list[int] = []
    for again in (False, True):
        for number, item in enumerate(best):
            sources = {best[other].source for other in taken}
            passed = not again and (item.source in sources or item.sentence.language != best[0].sentence.language)
            if passed or len(taken) == _MOST:
                continue
            if all(likeness[number, other] < _LIKE for other in taken):
                taken.append(number)
    chosen = [best[number] for number in taken]
    order = [item.source for item in chosen]
    return sorted(chosen, key=lambda item: (order.index(item.source), item.document_id, item.sentence.span.start))
