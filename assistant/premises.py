"""What a question takes for granted: its names and years must stand where the answer comes from.

"How many booths does the market of Atlantis have?" is not answered by the booths of another market, nor is a figure of
2024 an answer about 2019. Names are looked for across languages and spellings, years also through words such as "last
year". What else must be told close to an answer: `assistant.implied`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from assistant.abbreviations import spelled_out
from assistant.held_names import holds, is_place, places_zh
from assistant.implied import absent_nearby
from assistant.numbered import absent_numbers
from assistant.question_words import ASKING_ZH
from assistant.reading import TermSource, read_terms, told_dates
from assistant.records import AnswerType, Draft, Evidence, Question, Status
from assistant.roles import reverses
from assistant.slots import certain_names
from assistant.subjects import absent_subjects, with_before
from assistant.superlatives import lacks_superlative
from corpus.languages import detect_language
from corpus.quantities import DateSpan, dates_overlap, find_dates
from corpus.records import Document, Language, Span

_DAYS_OF_NEWS = 7
"""Days before an article on which what it tells was said."""
_AROUND = 200
"""Characters before and behind a sentence in which it is looked for."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year, also one that is written like a part of a name: 2022世界乒乓球锦标赛."""
_UNKNOWN_YEAR = re.compile(r"[今去明前]年|本年|本届|上届|(?:this|last|next) year(?!['’])", re.I)
"""Times known only to who knows the day of the article."""
_SINCE = re.compile(r"(?:自从?|\bsince) ?$", re.I)
"""Before a time from which on something is so."""
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_INITIALS = re.compile(r"['’]s [A-Z]{2,5}$")
"""What a name has, called by its initials."""
_KIND = re.compile(
    r"(?: (?:Final|Ceremony|Tournament|Championship|Election|Match|Game|Draft|Season|Team)s?"
    r"|(?<=[\u4e00-\u9fff]{2})队)$"
)
"""What a name has at its end only to say what it names."""
_NO_NOUN = re.compile(rf"^(?:people|how|what)\b|有$|{ASKING_ZH.pattern}", re.I)
"""Words of a question that imply something without naming it."""
_CHINA = frozenset({"China", "Chinese", "中国"})
_AT_HOME = re.compile(r"[全我]国|国内")
"""What a sentence in Chinese may call China: the whole country, our country, at home."""


class Library(Protocol):
    """What is needed of a collection."""

    @property
    def analyzer(self) -> TermSource:
        """Terms of texts and concepts of questions."""

    def document(self, document_id: str) -> Document:
        """A document by its id."""


def hold_premises(question: Question, draft: Draft, evidence: list[Evidence], library: Library) -> Draft:
    """The draft, or "not found" with a line that names the premise which neither it nor the best evidence shares.

    Args:
        question: As analysed.
        draft: From any answerer.
        evidence: Holds the keys that the draft cites.
        library: Where the evidence was found.
    """
    if draft.status is Status.NOT_FOUND:
        return draft
    by_key = {item.key: item for item in evidence}
    kept = []
    absent: tuple[str, ...] = ()
    strict = draft.status is Status.CONFLICT  # what nobody knows the other language's name of can't contradict
    for claim in draft.claims:
        missing = _absent(question, by_key[claim.keys[0]], library, strict=strict)
        if missing:
            absent = absent or missing
        else:
            kept.append(claim)
    if kept:
        status = Status.ANSWERED if len(kept) == 1 else draft.status
        also = tuple(key for key in draft.see_also if not _absent(question, by_key[key], library))
        return replace(draft, status=status, claims=tuple(kept), see_also=also)
    nearest = _absent(question, evidence[0], library)  # what a refusal quotes
    named = [what for what in absent if what and what in nearest and not _NO_NOUN.search(what)]
    note = f"{_note(named, question.language)} {draft.note}".strip()
    return Draft(Status.NOT_FOUND, (), draft.confidence / 2, note)


def _absent(question: Question, item: Evidence, library: Library, *, strict: bool = False) -> tuple[str, ...]:
    """Names, years and whatever else a question implies that a sentence and its document do not share.

    An empty word where the sentence tells the reverse of what is asked, or no superlative.
    """
    document, source = library.document(item.document_id), library.analyzer
    at_home = _CHINA if _AT_HOME.search(item.simplified) else frozenset()
    unheld = (
        *absent_names(question, document, source, strict=strict),
        *absent_subjects(question, _asked_names(question.standalone, source), item, document, source),
    )
    absent = (
        *(name for name in unheld if name not in at_home and not spelled_out(item.text, name)),
        *absent_years(question, item, document),
        *absent_numbers(question.standalone, _titled(document)),
        *absent_nearby(question, _nearby(question, item, document)),
        *(("",) if _tells_another(question, item, source) else ()),
    )
    return tuple(dict.fromkeys(absent))


def shares_premises(question: Question, item: Evidence, library: Library) -> bool:
    """Whether all that a question takes for granted stands close to a sentence.

    Times in the sentence itself; names there, right before it or in its article's title.
    """
    document, source = library.document(item.document_id), library.analyzer
    asked = _asked_times(question)
    told = _anchored(item.text, document)
    if not all(any(dates_overlap(day, other) for other in told) for day in asked):
        return False
    if absent_nearby(question, _nearby(question, item, document)) or _tells_another(question, item, source):
        return False
    held = read_terms(source, with_before(item, document, _AROUND), document.article.language)
    return all(holds(name, held, source) for name in _asked_names(question.standalone, source))


def _tells_another(question: Question, item: Evidence, source: TermSource) -> bool:
    """Whether a sentence tells the reverse of what is asked, or of something that is not said to be the largest."""
    return reverses(question.standalone, item.simplified, source) or lacks_superlative(question, item)


def absent_names(
    question: Question, document: Document, source: TermSource, *, strict: bool = False
) -> tuple[str, ...]:
    """Names of the question that a document does not hold, in any spelling known.

    Args:
        question: As analysed.
        document: Where they are looked for.
        source: Tells the terms of texts.
        strict: Whether a name that no dictionary translates is absent from a document in the other language.
    """
    names = _asked_names(question.standalone, source)
    if not names:
        return ()
    held = _terms(document, source)
    foreign = not strict and document.article.language != detect_language(question.standalone)
    return tuple(name for name in names if not holds(name, held, source, foreign=foreign))


@lru_cache(maxsize=256)
def _asked_names(text: str, source: TermSource) -> tuple[str, ...]:
    """The sure names of a question, those in its dates left out; of "Tesla's CEO" only whose it is.

    What somebody has may be told in other words, such as "chief executive", where it is called by its initials alone;
    and so may what something is: the final of the "World Cup Final", the 队 of 德国队.
    """
    days = [day.span for day in find_dates(text)]
    sure = [*certain_names(text), *places_zh(text, source)]
    told = [name for name in sure if not any(day.overlaps(_place(name, text)) for day in days)]
    names = (part for name in told for part in _places_apart(name, source))
    return tuple(dict.fromkeys(_KIND.sub("", _INITIALS.sub("", name)) for name in names))


def _places_apart(name: str, source: TermSource) -> tuple[str, ...]:
    """Two places that only stand beside each other, as in "Is Yiwu China's largest market?"; else the name."""
    ahead, _, last = name.rpartition(" ")
    is_two = ahead and not is_place(name, source) and is_place(ahead, source) and is_place(last, source)
    return (ahead, last) if is_two else (name,)


def _place(name: str, text: str) -> Span:
    start = text.index(name)
    return Span(start, start + len(name))


def absent_years(question: Question, item: Evidence, document: Document) -> tuple[str, ...]:
    """Years and dates of the question that neither the sentence nor, where it tells no time, its document speaks of."""
    asked = _asked_times(question)
    if not asked:
        return ()
    own = _own_dates(item, document)
    told = own or _document_dates(document) or _own_year(document)
    if not told:
        return ()  # nothing tells of what time it speaks
    years = set(_YEAR.findall(item.text))
    return tuple(
        day.span.cut(question.standalone)
        for day in asked
        if not (day.precision == "year" and str(day.start.year) in years)
        and not any(dates_overlap(day, other) for other in told)
    )


def _asked_times(question: Question) -> list[DateSpan]:
    """The times of a question that have a year, less those that something is only compared with."""
    return [day for day in told_dates(question.standalone) if day.anchored]


def _own_dates(item: Evidence, document: Document) -> list[DateSpan]:
    """The times that a sentence tells of; none where a word such as 今年 tells of one that can't be known.

    Not of it are those that something is compared with, that it has gone on since, or that stand in brackets.
    """
    published = document.article.published
    text = item.simplified
    if published is None and _UNKNOWN_YEAR.search(text):
        return []
    aside = [Span(*found.span()) for found in _ASIDE.finditer(text)]
    return [
        day
        for day in told_dates(item.text, published)
        if day.anchored
        and not _is_of_the_report(day, document)
        and not _SINCE.search(text[: day.span.start])
        and not any(place.overlaps(day.span) for place in aside)
    ]


def _own_year(document: Document) -> list[DateSpan]:
    """The year of an article's publication."""
    published = document.article.published
    return find_dates(f"in {published.year}") if published else []


def _is_of_the_report(day: DateSpan, document: Document) -> bool:
    """Whether a day is told only because something was said or published on it, right before the article."""
    published = document.article.published
    return day.precision == "day" and published is not None and 0 <= (published - day.start).days <= _DAYS_OF_NEWS


def _nearby(question: Question, item: Evidence, document: Document) -> str:
    """An article's title and a sentence with what stands close to it; a count must be told of in its own sentence."""
    if question.answer_type is AnswerType.COUNT:
        return item.text
    around = Span(max(0, item.sentence.span.start - _AROUND), item.sentence.span.end + _AROUND)
    return f"{document.article.title}\n{around.cut(document.text)}"


def _titled(document: Document) -> str:
    return f"{document.article.title}\n{document.text}"


def _terms(document: Document, source: TermSource) -> frozenset[str]:
    article = document.article
    return read_terms(source, _titled(document), article.language)


@lru_cache(maxsize=256)
def _document_dates(document: Document) -> list[DateSpan]:
    return _anchored(_titled(document), document)


def _anchored(text: str, document: Document) -> list[DateSpan]:
    return [day for day in find_dates(text, None, document.article.published) if day.anchored]


def _note(absent: Sequence[str], language: Language) -> str:
    if not absent:
        return ""
    if language == "zh":
        return f"文章里与此最接近的内容没有提到{'、'.join(absent)}。"
    return f"The nearest article does not speak of {', '.join(absent)}."
