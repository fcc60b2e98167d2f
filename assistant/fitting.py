"""Spans held to the type that was asked for: a share is answered by a share, whole, with its bound and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.bounds import asks_bound, is_bounded
from assistant.counting import asked_units, counted_first, counts_residents
from assistant.defining import tells_what
from assistant.dimensions import is_measured_so, is_of_pieces
from assistant.evidence import fitting_first, weighed
from assistant.extraction import Candidate
from assistant.given import beside_given, given_first, in_its_words_first, is_given
from assistant.latest import latest_alone
from assistant.nameless import named_first
from assistant.opposites import names_asked, opposed_by
from assistant.polarity import telling_first
from assistant.preferring import GROWTH, Test, currency_named, from_to, preferences
from assistant.reading import read_dates, read_quantities
from assistant.records import AnswerType, Evidence, Question
from assistant.rivals import implied_first, rivals_last
from assistant.timing import asks_since, datable, timely_first, untimely
from assistant.whereabouts import located_first
from assistant.wholes import is_of_nation
from corpus.quantities import Quantity
from corpus.records import Span

_KINDS: dict[AnswerType, frozenset[str]] = {
    AnswerType.SHARE: frozenset({"share"}),
    AnswerType.MONEY: frozenset({"money"}),
    AnswerType.COUNT: frozenset({"number", "measure", "fold"}),
    AnswerType.NUMBER: frozenset({"number", "measure", "money", "fold", "share", "period"}),
    AnswerType.RATIO: frozenset({"ratio", "fold", "share"}),
    AnswerType.PERIOD: frozenset({"period"}),
    AnswerType.CHANGE: frozenset({"share", "points", "fold", "money", "number"}),
}
"""Kinds of quantities that answer a type of question."""

_DEMANDING = frozenset(
    {AnswerType.SHARE, AnswerType.MONEY, AnswerType.RATIO, AnswerType.PERIOD, AnswerType.DATE, AnswerType.CHANGE}
)
"""Types that only a sentence with such a value can answer."""

_PROPORTION = re.compile(r"\b(?:share|proportion|portion)\b|比重|占比|份额|比例", re.I)
"""Whose change is told in shares or in points."""
_AMOUNT = re.compile(
    r"\bby (?:how|what)\b|\bhow much (?:more|less|higher|lower|faster)\b|[涨增升降减跌]幅|幅度|了多少", re.I
)
"""Questions for a change that want its amount, not its ends."""
_TWO_SIDES = re.compile(r"\bratio\b|之比|[进出]出?口比|[和与跟对].{1,12}比[例率值]?(?:是|为|$)", re.I)
"""Asks for how two things stand to each other, not for the part that one has in a whole."""
_NOW = re.compile(r"today|now(?:adays)?|currently|今天|今日|如今|现在|目前|眼下", re.I)
_PLACE = re.compile(r"第几|排名?(?:在)?第?[几多]|\b(?:what|which) (?:place|rank|position)\b", re.I)
_MOST_SURE = 0.99
_MISFIT = 0.001
"""Factor of the odds of a sentence whose values are all about something else, or without the bound asked for."""
_UNNAMED = 0.03
"""The same of a sentence that names none of several opposites, where another names the asked one."""


def holds_value(question: Question, item: Evidence) -> bool:
    """Whether a sentence holds a value of the asked kind, time and thing; so does any where no value is asked for.

    A count may be told as any number, "how much duty" by a percentage, but "how many clerks" not by a sum.
    """
    if not _wants_value(question):
        return True
    values = _quantities(question, item.simplified)
    if not values and question.answer_type is AnswerType.COUNT:
        values = [
            value
            for value in read_quantities(item.simplified)
            if (value.kind not in ("money", "share") or not is_of_pieces(question))
            and counts_residents(question, value, item.simplified)
        ]
    return not all(map(_misfits(question, item), values)) or bool(_days(question, item))


def holds_only_misfits(question: Question, item: Evidence) -> bool:
    """Whether all values of a sentence that might be asked for are of another time, or of the opposite."""
    values = _quantities(question, item.simplified)
    return bool(values) and all(map(_misfits(question, item), values))


def _wants_value(question: Question) -> bool:
    return question.answer_type in _KINDS or question.answer_type is AnswerType.DATE


def fit_candidates(
    question: Question, evidence: Sequence[Evidence], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """A candidate for each value of the asked type, whole, as likely as the best span that meets it; all where none is.

    A value that its sentence tells from all others by time, currency, change or counted noun is as likely as that any
    span of the sentence answers.

    Args:
        question: As analysed.
        evidence: Holds the keys of the candidates.
        candidates: Best first.
    """
    if not _wants_value(question):
        return list(candidates)
    by_key = {item.key: item for item in evidence}
    spans: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        spans.setdefault(candidate.key, []).append(candidate)
    fitting = [value for key, own in spans.items() for value in _fitted(question, by_key[key], own)]
    return sorted(fitting, key=lambda value: -value.score) or list(candidates)


def _fitted(question: Question, item: Evidence, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The values of one sentence as candidates."""
    values, told_apart = _preferred(question, item)
    for value in values:
        span = value.moved(item.sentence.span.start)
        score = max((candidate.score for candidate in candidates if candidate.span.overlaps(span)), default=0.0)
        if told_apart and len(values) == 1:
            score = _chance_of_any(candidates)
        if score:
            yield Candidate(item.key, value.cut(item.text), span, score)


def _chance_of_any(candidates: Sequence[Candidate]) -> float:
    """The chance in [0, 1) that one of the spans of a sentence answers: those that don't overlap exclude each other."""
    apart: list[Candidate] = []
    for candidate in candidates:
        if not any(candidate.span.overlaps(other.span) for other in apart):
            apart.append(candidate)
    return min(_MOST_SURE, sum(candidate.score for candidate in apart))


def fitting_evidence(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences with a value of the asked kind, where the question asks for such a one and any has it; else all.

    Where a currency, a change or a share of a whole is asked for, only those with such a value, where any has it.
    """
    if question.answer_type in _KINDS:
        evidence = counted_first(
            asked_units(question),
            timely_first(question, evidence, lambda item: bool(_quantities(question, item.simplified))),
        )
        evidence = implied_first(question, _misfits_last(question, evidence))
        evidence = latest_alone(question, evidence, lambda item: _fit(question, item))
        evidence = fitting_first(evidence, [_is_told_bounded(question, item) for item in evidence], _MISFIT)
    else:
        evidence = located_first(question, named_first(question, rivals_last(question, evidence)))
        evidence = fitting_first(evidence, [tells_what(question, i.simplified, i.matched) for i in evidence], _UNNAMED)
    evidence = in_its_words_first(question, given_first(question, telling_first(question, evidence)))
    if question.answer_type not in _DEMANDING:
        return evidence
    found = [(item, _quantities(question, item.simplified)) for item in evidence]
    for demand in _demands(question):
        strict = [item for item, values in found if any(demand(value) for value in values)]
        if strict:
            return strict
    if question.answer_type is AnswerType.CHANGE:
        return evidence
    return [item for item, values in found if values or _days(question, item)] or evidence


def _is_told_bounded(question: Question, item: Evidence) -> bool:
    """Whether a sentence tells a value with a bound on the side that a question asks for; so does any where none is."""
    asked = question.standalone
    return not asks_bound(asked) or any(is_bounded(v, asked) for v in _quantities(question, item.simplified))


def _misfits_last(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences anew: those whose values are all told of another time, or of the opposite, fall behind.

    So do, less far, those that do not name which of several opposites they tell, where one with a fitting value does.
    """
    told = [_quantities(question, item.simplified) for item in evidence]
    falls = [bool(v) and all(map(_misfits(question, item), v)) for item, v in zip(evidence, told, strict=True)]
    named = [names_asked(question, item.simplified) for item in evidence]
    is_told = any(n and v and not f for n, v, f in zip(named, told, falls, strict=True))
    unnamed = _UNNAMED if is_told else 1.0
    factors = (_MISFIT if f else 1.0 if n else unnamed for f, n in zip(falls, named, strict=True))
    return weighed(evidence, factors)


def _fit(question: Question, item: Evidence) -> list[Quantity]:
    """The values of a sentence that are of the asked kind and not of another time, or of the opposite."""
    misfits = _misfits(question, item)
    return [value for value in _quantities(question, item.simplified) if not misfits(value)]


def _misfits(question: Question, item: Evidence) -> Test:
    """Tells of a value of a sentence whether it is of another time or whole than the asked one, or of the opposite."""
    opposed = opposed_by(question)
    return lambda value: (
        untimely(question, value, item)
        or opposed(value, item.simplified)
        or is_of_nation(question, value, item.simplified)
    )


def _preferred(question: Question, item: Evidence) -> tuple[list[Span], bool]:
    """The values of a sentence that are of the asked type, and whether anything told them from its others."""
    told = _told_days(question, item)
    beside = beside_given(told, question, item.simplified)
    days, told_apart = beside or told, bool(beside)
    fitting = _quantities(question, item.simplified)
    for preferred in preferences(question, item, fitting):
        kept = [quantity for quantity in fitting if preferred(quantity)]
        told_apart = told_apart or 0 < len(kept) < len(fitting)
        fitting = kept or fitting
    spans = [quantity.span for quantity in fitting]
    if question.answer_type is AnswerType.CHANGE:
        spans = _with_both_ends(spans, item.simplified)
    return [*days, *spans], told_apart


def _with_both_ends(spans: Sequence[Span], text: str) -> list[Span]:
    """Values of a change, whole where it is told by where it began and ended: "from one-thousandth to one-fiftieth"."""
    whole = from_to(text)
    return list(dict.fromkeys(next((both for both in whole if both.overlaps(span)), span) for span in spans))


def _days(question: Question, item: Evidence) -> list[Span]:
    """Dates of a sentence that may answer a question for one: the one beside a sum that it names, else all."""
    told = _told_days(question, item)
    return beside_given(told, question, item.simplified) or told


def _told_days(question: Question, item: Evidence) -> list[Span]:
    """Dates of a sentence that do not stand in a question which asks for one."""
    if question.answer_type not in (AnswerType.DATE, AnswerType.PERIOD):
        return []
    found = datable(question, read_dates(item.simplified, item.article.published))
    places = [day.span for day in found if day.span.cut(item.simplified) not in question.standalone]
    return [place for place in places if not (asks_since(question) and _NOW.fullmatch(place.cut(item.simplified)))]


def _quantities(question: Question, text: str) -> list[Quantity]:
    """Quantities of the asked type that do not stand in the question itself."""
    kinds = _KINDS.get(question.answer_type, frozenset())
    if question.answer_type is AnswerType.NUMBER and _PLACE.search(question.standalone):
        kinds = frozenset({"ordinal"})
    found = [quantity for quantity in read_quantities(text) if quantity.kind in kinds]
    if question.answer_type is AnswerType.CHANGE and _AMOUNT.search(question.standalone):
        ends = from_to(text)
        found = [quantity for quantity in found if not any(both.overlaps(quantity.span) for both in ends)]
    return [
        q
        for q in found
        if not is_given(q, text, question) and is_measured_so(question, q, text) and counts_residents(question, q, text)
    ]


def _demands(question: Question) -> Iterator[Test]:
    """What a value must be, the strongest first."""
    currency = currency_named(question.standalone)
    if currency:
        yield lambda quantity: quantity.currency == currency
    if question.answer_type is AnswerType.CHANGE:
        if _PROPORTION.search(question.standalone):
            yield lambda quantity: quantity.kind in ("share", "points")
        yield lambda quantity: quantity.change is not None
    if question.answer_type is AnswerType.RATIO and _TWO_SIDES.search(question.standalone):
        yield lambda quantity: quantity.kind == "ratio"
    if question.answer_type is AnswerType.SHARE and not GROWTH.search(question.standalone):
        yield lambda quantity: quantity.change is None
