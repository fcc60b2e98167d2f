"""Values of other articles that can't be true together with the chosen one: of the same kind, subject and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.extraction import Candidate
from assistant.reading import CLASSES, read_dates, read_words, told_dates
from assistant.records import Evidence
from assistant.slots import Encode
from corpus.quantities import (
    DateSpan,
    Quantity,
    comparable,
    compatible,
    find_quantities,
    same_date,
)
from corpus.records import Span

LEAST_SHARE_OF_WORDS = 0.5
"""Share of what the chosen sentence meets of the question that one must meet to count a named thing differently."""
MOST_WORDS = 0.9
"""The same to give another value of any other kind, where no noun tells what it is of."""
LEAST_NEAR = 0.15
"""How much farther from the question a sentence may be that contradicts the chosen one (cosine)."""
LIKE = 0.45
"""Cosine of two sentences from which they count one thing, though their words for it differ."""
ALIKE = 0.65
"""The same from which their values of any other kind are of one thing."""
VERY_LIKE = 0.75
"""The same from which they say the same but for the value, however far apart the values are."""
FARTHEST = 10
"""Values further apart than so many times are of different things ..."""
FAR = 3
"""... and than so many times, where the sentences are not very like each other ..."""
CLOSE = 1.25
"""... and counts than so many times, where they name what they count differently."""
MANY = 100
"""Smaller counts of different things are too often close to each other by chance."""
_RELATIVE = re.compile(
    r"[今去前本上当]年|[本上当]月|\b(?:this|last|the (?:previous|same|following)) (?:year|month|week|quarter)\b", re.I
)
"""Times that can't be told apart where the article's day is not known."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A value and the sentence that tells it."""

    item: Evidence
    value: Quantity

    @property
    def time(self) -> DateSpan | None:
        """The time that the value is of: the last date before it in its sentence, else the first behind it.

        None where no time is told, or only that of the report ("today").
        """
        published, span = self.item.article.published, self.value.span
        days = [day for day in told_dates(self.item.text, published) if day.anchored]
        before = [day for day in days if day.span.end <= span.start]
        behind = [day for day in days if day.span.start >= span.end]
        day = before[-1] if before else behind[0] if behind else None
        return None if day is not None and day.precision == "day" and day.start == published else day

    @property
    def compared(self) -> list[DateSpan]:
        """Times that the sentence only compares with: 比2021年增加."""
        text, published = self.item.text, self.item.article.published
        told = told_dates(text, published)
        return [day for day in read_dates(text, published) if day.anchored and day not in told]

    @property
    def is_of_unknown_time(self) -> bool:
        """Whether it tells a time that only its article's day would make known, and that day is not known."""
        return self.item.article.published is None and _RELATIVE.search(self.item.simplified) is not None

    @property
    def candidate(self) -> Candidate:
        """The value as an answer."""
        start = self.item.sentence.span.start
        span = Span(start + self.value.span.start, start + self.value.span.end)
        return Candidate(self.item.key, self.value.span.cut(self.item.text), span, self.item.score)


def contradictions(
    chosen: Candidate, own: Evidence, candidates: Sequence[Candidate], others: Sequence[Evidence], encode: Encode
) -> Iterator[Candidate]:
    """Values of other articles that contradict the chosen one, best evidence first; of each article the first.

    Args:
        chosen: The answer's span.
        own: Its sentence.
        candidates: All spans, best first.
        others: Sentences of other sources, best first.
        encode: Bilingual encoder, texts to unit rows.
    """
    value = _value_of(own, chosen)
    if value is None:
        return
    first = _Told(own, value)
    seen: set[str] = set()
    for item in others:
        values = list(_values(item, candidates, value))
        if item.document_id in seen or any(_says_the_same(value, other) for other in values):
            continue
        told = next((told for told in (_Told(item, v) for v in values) if _contradict(first, told, encode)), None)
        if told is not None:
            seen.add(item.document_id)
            yield told.candidate


def _value_of(item: Evidence, candidate: Candidate) -> Quantity | None:
    """The quantity that a span holds, read in its sentence, where its counted noun stands."""
    start = candidate.span.start - item.sentence.span.start
    span = Span(start, start + len(candidate.span))
    return next((q for q in find_quantities(item.text) if q.kind != "ordinal" and q.span.overlaps(span)), None)


def _values(item: Evidence, candidates: Sequence[Candidate], like: Quantity) -> Iterator[Quantity]:
    """Values of a sentence that could be of the same thing: any count, else those that may answer the question."""
    if like.kind == "number":
        yield from (value for value in find_quantities(item.text) if comparable(value, like))
        return
    for candidate in candidates:
        value = _value_of(item, candidate) if candidate.key == item.key else None
        if value is not None and comparable(value, like):
            yield value


def _says_the_same(one: Quantity, two: Quantity) -> bool:
    return (one.unit, one.low, one.high) == (two.unit, two.low, two.high)


def _contradict(one: _Told, two: _Told, encode: Encode) -> bool:
    """Whether two values can't both be true of the same subject, time and scope."""
    if not _within(FARTHEST, one, two) or not _same_scope(one.value, two.value):
        return False
    if one.is_of_unknown_time or two.is_of_unknown_time or not _same_time(one, two):
        return False
    if _other_places(one.item, two.item):
        return False
    if one.value.kind == "number" and one.value.unit and one.value.unit == two.value.unit:
        differ = not compatible(one.value, two.value) or _bettered(one.value, two.value)
        return differ and _within(FAR, one, two) and _same_subject(one.item, two.item, LEAST_SHARE_OF_WORDS, encode)
    if compatible(one.value, two.value):
        return False
    likeness = _likeness(one.item, two.item, encode)
    if one.value.kind == "number":
        unstated = one.time is None and two.time is None
        same = one.time is not None and two.time is not None
        many = min(one.value.low, two.value.low) >= MANY
        return likeness >= LIKE and (unstated or same) and many and _within(CLOSE, one, two)
    far = FARTHEST if likeness >= VERY_LIKE else FAR
    return likeness >= ALIKE and _within(far, one, two) and _same_subject(one.item, two.item, MOST_WORDS, encode)


def _bettered(one: Quantity, two: Quantity) -> bool:
    """Whether one counts out what the other only gives a bound of ("over 230 countries", "233 countries").

    Both can be true, but the reader should get the better figure, and learn who says what.
    """
    return any(value.bound in ("over", "at_least", "under", "at_most") for value in (one, two))


def _within(times: float, one: _Told, two: _Told) -> bool:
    small, large = sorted((abs(one.value.low), abs(two.value.low)))
    return large <= times * small


def _same_scope(one: Quantity, two: Quantity) -> bool:
    """Whether both are levels or both changes, measured against the same."""
    return (one.change is None) == (two.change is None) and one.basis == two.basis


def _same_time(one: _Told, two: _Told) -> bool:
    """Whether two values can be of the same time: they name the same stretch, or one names none.

    What is compared with a time is not of it.
    """
    if one.time and two.time:
        return same_date(one.time, two.time)
    return not any(
        first.time and same_date(first.time, day)
        for first, second in ((one, two), (two, one))
        for day in second.compared
    )


def _other_places(one: Evidence, two: Evidence) -> bool:
    """Whether two sentences tell of different places: each names some, none in common, and not both the one asked for.

    Known of Chinese sentences only, whose dictionary knows places.
    """
    (first, first_asked), (second, second_asked) = _places(one), _places(two)
    return bool(first and second) and not first & second and not (first_asked and second_asked)


def _places(item: Evidence) -> tuple[set[str], bool]:
    """The places that a sentence names and the question does not, and whether it names one that the question does."""
    words = read_words(item.simplified)
    places = [t for t, c in zip(words.tokens, words.classes, strict=True) if CLASSES[c] == "place"]
    asked = [place for place in places if any(word.span.overlaps(place.span) for word in item.matched)]
    return {place.text for place in places if place not in asked}, bool(asked)


def _same_subject(own: Evidence, item: Evidence, least: float, encode: Encode) -> bool:
    """Whether a sentence meets the same parts of the question as the chosen one, and is as near to it in meaning.

    The learned score does not tell: it is made to prefer one of two sentences that say the same. One whose nearness to
    the question was not measured must be like the chosen one.
    """
    met, wanted = ({word.asked for word in one.matched} for one in (item, own))
    shared = sum(any(word.overlaps(other) for other in met) for word in wanted)
    if shared < least * len(wanted):
        return False
    if all("nearness" in one.signals for one in (item, own)):
        return item.signals["nearness"] >= own.signals["nearness"] - LEAST_NEAR
    return _likeness(own, item, encode) >= ALIKE


def _likeness(one: Evidence, two: Evidence, encode: Encode) -> float:
    vectors = encode([one.text, two.text])
    return float(vectors[0] @ vectors[1])
