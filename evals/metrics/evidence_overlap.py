"""Whether a quote overlaps the sentence that people marked as the proof.

Source of the task: ExpMRC (Cui et al. 2022, doi:10.1016/j.heliyon.2022.e09290), there scored by F1; a quoting
system that cuts whole sentences either meets the marked one or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from corpus.records import Span
from evals.metrics.containment import folded

_SHARE = 0.5


def spans_overlap(quote: Span, evidence: Sequence[Span]) -> float | None:
    """1.0 when the quote shares at least one character with a marked span of the same text; None without marks."""
    return float(any(quote.overlaps(span) for span in evidence)) if evidence else None


def texts_overlap(quote: str, evidence: Sequence[str]) -> float | None:
    """1.0 when the quote and a marked sentence share a run of at least half of the shorter one; None without marks.

    For use where offsets of the marks are unknown; case, punctuation and white space are ignored.
    """
    marked = [folded(sentence) for sentence in evidence if folded(sentence)]
    if not marked:
        return None
    key = folded(quote)
    return float(bool(key) and any(_share(key, sentence) >= _SHARE for sentence in marked))


def _share(first: str, second: str) -> float:
    if first in second or second in first:
        return 1.0
    run = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return run.size / min(len(first), len(second))
