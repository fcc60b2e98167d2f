"""Whether an answer names the accepted person, organisation or place, whichever way the name is written.

A name is matched when all its parts stand close together in any order ("Lee, Maria" for "Maria Lee"), or when its
Chinese form with or without the separating dot, or its romanised form with other spacing or apostrophes, stands in
the answer ("Yixin'ou" for "Yixinou"). Titles and honorifics around a name do no harm.
"""

from __future__ import annotations

import re
import unicodedata

from evals.metrics.containment import contains_pieces, pieces

_HAN = re.compile(r"[\u3400-\u9fff]")
_JOINERS = re.compile(r"[\s'’‘`·•・.\-‐‑–]")
_REACH = 2  # further pieces that may stand between the parts of a name: initials, "Mr", a comma


def names_match(text: str, name: str) -> bool:
    """Whether `text` holds `name` (at least two letters or Han characters; shorter names never match here)."""
    wanted = pieces(name)
    if len("".join(wanted)) < 2:
        return False
    given = pieces(text)
    if contains_pieces(given, wanted):
        return True
    if _HAN.search(name):
        return _joined(name) in _joined(text)
    return _romanised_match(text, name) or _parts_together(given, wanted)


def _joined(text: str) -> str:
    return _JOINERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _romanised_match(text: str, name: str) -> bool:
    """Spacing and apostrophes aside, the name stands in `text` as whole words."""
    words = [_joined(word) for word in re.split(r"[^\w'’‘`·•・.\-‐‑–]+", unicodedata.normalize("NFKC", text))]
    wanted = _joined(name)
    return any(
        "".join(words[start:end]) == wanted
        for start in range(len(words))
        for end in range(start + 1, min(start + 5, len(words) + 1))
    )


def _parts_together(text: list[str], name: list[str]) -> bool:
    """All parts of a name of two or more parts stand, in any order, within its own width and a little more."""
    if len(name) < 2 or any(len(part) < 2 for part in name):
        return False
    width = len(name) + _REACH
    return any(set(name) <= set(text[start : start + width]) for start in range(max(1, len(text) - len(name) + 1)))
