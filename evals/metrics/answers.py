"""Whether an answer matches the accepted groups: every group, any string of a group.

Source of the rule: RGB (Chen et al. 2024, arXiv:2309.01431), `checkanswer` in evalue.py; there a string matches as
a substring. Here a string matches by pieces, by value where it is a quantity, or as a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Language
from evals.metrics import cmrc, squad
from evals.metrics.containment import contains, without_marks
from evals.metrics.names import names_match
from evals.metrics.quantity import quantities_match

SHORT_ANSWER: dict[Language, tuple[Callable[[str, Sequence[str]], float], Callable[[str, Sequence[str]], float]]] = {
    "en": (squad.exact_match, squad.token_f1),
    "zh": (cmrc.exact_match, cmrc.character_f1),
}
"""Exact match and F1 of short answers by their language: "308" of a Chinese one is part of 308分."""

Way = Literal["text", "value", "name", ""]
_NAMED = frozenset({"person", "organisation", "place", "name", "list"})


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """What became of one group of accepted strings."""

    accepted: tuple[str, ...]
    matched: str
    """The accepted string that was found; empty when none was."""
    way: Way
    """How it was found; empty when it was not."""


def match_groups(text: str, groups: Sequence[Sequence[str]], answer_type: str = "other") -> tuple[GroupMatch, ...]:
    """One match a group, in order; citation marks in `text` are ignored."""
    plain = without_marks(text)
    return tuple(_match_group(plain, tuple(group), answer_type) for group in groups)


def all_matched(matches: Sequence[GroupMatch]) -> float | None:
    """1.0 when every group was found, else 0.0; None when there are no groups to find."""
    return float(all(match.way for match in matches)) if matches else None


def rgb_matched(text: str, groups: Sequence[Sequence[str]], language: str) -> float:
    """RGB's own rule, for figures beside published ones: lower case, Chinese without spaces, any substring."""
    lowered = text.lower().replace(" ", "") if language == "zh" else text.lower()
    return float(all(any(_rgb_key(item, language) in lowered for item in group) for group in groups))


def _rgb_key(text: str, language: str) -> str:
    return text.lower().replace(" ", "") if language == "zh" else text.lower()


def _match_group(text: str, group: tuple[str, ...], answer_type: str) -> GroupMatch:
    for accepted in group:
        way = _match_one(text, accepted, answer_type)
        if way:
            return GroupMatch(group, accepted, way)
    return GroupMatch(group, "", "")


def _match_one(text: str, accepted: str, answer_type: str) -> Way:
    if contains(text, accepted):
        return "text"
    if quantities_match(text, accepted):
        return "value"
    if answer_type in _NAMED and names_match(text, accepted):
        return "name"
    return ""
