"""What a question counts: its unit, read as if the answer stood in it, and the values of a sentence that count it.

What a number counts stands right behind it, in English ("600,000 [visitors] a year") as in Chinese (8万个[摊位]).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.dimensions import is_of_pieces
from assistant.evidence import weighed
from assistant.extraction import Candidate
from assistant.implied import asks_population, asks_residents, tells_implied
from assistant.reading import read_quantities
from assistant.records import AnswerType, Evidence, Question
from assistant.slots import Encode
from corpus.quantities import Quantity
from corpus.records import Span

_HOW_MANY = re.compile(r"\bhow many\b|多少|几", re.I)
_COMING = re.compile(r"\b(?:visit|come|came|arriv|enter)\w*|来(?![自源])|到访|入境|造访|接待", re.I)
"""Asks for visits, of which one person may make several."""
_PEOPLE = re.compile(r"\bhow many (?:people|persons)\b|(?:多少|几)人(?!次)", re.I)
_SAMPLE = "300"
"""Put in place of "how many", so that "300 trains" or 300家 tells the unit."""
_ALIKE = (("person", "visit"), ("container", "teu"), ("company", "shop"), ("product", "kind"))
"""Units in which the same thing may be counted."""
_OTHER_UNIT = 0.001
"""Factor of the odds of a sentence that counts only other things."""
_WHOLE_ZH = re.compile(r"[^，。；,;]{0,16}(?:中|(?<![公英海])里|内|当中)[，,]")
_WHOLE_EN = re.compile(r"\b(?:out of|of|among)(?: the| its| all| those| china's)*\s*$", re.I)
"""Around a number of which another one is a part: 在中国的41个大类中，... and "of the 41 classes"."""
_ASKS_PART = re.compile(r"\bhow many of\b|其中|(?:里|当中|之中)有?(?:多少|几)", re.I)
"""Asks how many of a whole something is told of."""
_PART_EN = re.compile(r"(?: (?:people|persons))? of (?:them|these|those|whom|which)\b", re.I)
_PART_ZH = re.compile(r"其中[^，。；,;]*$")
"""Around a number that tells a part: "15,000 of them" and 其中1.5万人."""
_UNLIKE = 0.5
"""Cosine below which what is counted is taken for something else than what is asked for."""
_DOUBTS = -0.5
"""The reader's log-odds up to which a sentence is not taken for the answer where it is not told what is counted: of the
bundled and public questions for a count whose sentence does not name it, those below were all answered wrongly."""
_CLOSE = 28
"""Characters around a number within which residents are told."""
_IN_ALL = re.compile(r"\b(?:in all|in total|altogether|total|overall)\b|[一总]共|共有|总数|合计", re.I)
"""Asks for the whole."""


def asked_units(question: Question) -> tuple[str, ...]:
    """The units in which a question may be answered; none where it does not ask how many of something there are.

    "How many people" and 多少人 ask for people and also take visits; 多少客商 leaves open in which of the two. Those
    who live somewhere are people.
    """
    asked = _HOW_MANY.search(question.standalone)
    by_word = not is_of_pieces(question)
    if by_word and question.answer_type is AnswerType.COUNT and asks_population(question.standalone):
        return ("person",)
    if asked is None or question.answer_type not in (AnswerType.COUNT, AnswerType.NUMBER):
        return ()
    told = f"{question.standalone[: asked.start()]}{_SAMPLE}{question.standalone[asked.end() :]}"
    place = Span(asked.start(), asked.start() + len(_SAMPLE))
    unit = next((value.unit for value in read_quantities(told) if value.span.overlaps(place)), "")
    alike = next((units for units in _ALIKE if unit in units), ())
    return (unit, *(other for other in alike if other != unit)) if unit else ()


def counted_first(asked: Sequence[str], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences anew: where one counts in an asked unit, those that count only in others fall behind.

    Args:
        asked: As `asked_units` gives it.
        evidence: Best first.
    """
    told = [{value.unit for value in read_quantities(item.text)} for item in evidence]
    if not any(units.intersection(asked) for units in told):
        return list(evidence)
    return weighed(evidence, (1.0 if units.intersection(("", *asked)) else _OTHER_UNIT for units in told))


def counting_tests(question: Question, text: str) -> Iterator[Callable[[Quantity], bool]]:
    """What tells the value that counts what is asked from others in its sentence, the strongest first."""
    asked = asked_units(question)
    if _ASKS_PART.search(question.standalone):
        yield lambda value: _is_part(value, text)
    if asked:
        if _COMING.search(question.standalone):
            yield lambda value: value.unit == "visit"
        elif _PEOPLE.search(question.standalone):
            yield lambda value: value.unit == "person"
        yield lambda value: value.unit in asked
        yield lambda value: not value.unit
    if not _IN_ALL.search(question.standalone):
        yield lambda value: not _is_whole(value, text)


def counts_residents(question: Question, value: Quantity, text: str) -> bool:
    """Whether a number can be of those who live somewhere, told close by; so is any, where it is not asked for these.

    A population is of all of them. Where a sentence tells of none who live there, that is for the premises to say.
    """
    asks = question.answer_type is AnswerType.COUNT and asks_residents(question.standalone)
    if not asks or not tells_implied(question, text):
        return True
    near = text[max(0, value.span.start - _CLOSE) : value.span.end + _CLOSE]
    whole = not asks_population(question.standalone) or not _is_part(value, text)
    return whole and tells_implied(question, near)


def _is_part(value: Quantity, text: str) -> bool:
    return bool(_PART_EN.match(text[value.span.end :]) or _PART_ZH.search(text[: value.span.start]))


def _is_whole(value: Quantity, text: str) -> bool:
    return bool(_WHOLE_EN.search(text[: value.span.start]) or _WHOLE_ZH.match(text[value.span.end :]))


def counts_another(question: Question, item: Evidence, chosen: Candidate, encode: Encode) -> bool:
    """Whether a number counts something else than is asked: in another unit, or not named there, nor like it.

    What is neither may still be right where the reader is sure: "trading partners" are told in countries.

    Args:
        question: As analysed.
        item: The chosen sentence.
        chosen: The number in it.
        encode: Bilingual encoder, texts to unit rows.
    """
    if question.answer_type is not AnswerType.COUNT or not question.focus:
        return False
    if asks_population(question.standalone) and tells_implied(question, item.simplified):
        return False
    place = chosen.span.moved(-item.sentence.span.start)
    value = next((value for value in read_quantities(item.simplified) if value.span.overlaps(place)), None)
    units = asked_units(question)
    if value is not None and units and value.unit not in ("", *units):
        return True
    reader = item.signals.get("answers", _DOUBTS)
    if item.signals.get("focus", 0.0) > 0 or reader >= 0:
        return False
    if value is None or not value.noun:
        return reader <= _DOUBTS
    asked, head, told = encode([question.focus, question.focus.split()[-1], value.noun])
    return max(float(asked @ told), float(head @ told)) < _UNLIKE
