"""Answers made of the articles' own words: the best span in the best sentence, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from assistant.agreement import Agreement, compare_articles
from assistant.attribution import attributed_chance
from assistant.choosing import Choice, choose, confidence
from assistant.compared import tells_of_one
from assistant.counting import counts_another
from assistant.dimensions import asks_size
from assistant.discourse import completing
from assistant.extraction import Candidate
from assistant.fitting import holds_only_misfits, holds_value
from assistant.fuller import told_in_full
from assistant.learned import threshold
from assistant.nameless import unless_nameless
from assistant.overview import overview, told_in_turn
from assistant.polarity import tells_neither, yes_or_no
from assistant.records import AnswerType, Claim, Draft, Evidence, Question, Status
from assistant.rivals import told_otherwise
from assistant.slots import Encode
from assistant.statements import asks_words, statements
from assistant.wording import in_language, running
from corpus.quantities import covers_numbers

_SURE = 0.8
"""A span less likely than this is shown inside its whole sentence (of the bundled set's spans below it six in ten are
right, of their sentences eight)."""
_SURE_OF_VALUES = 0.5
"""The same for numbers and dates, which are found whole."""
_VALUES = frozenset(
    {
        AnswerType.SHARE,
        AnswerType.MONEY,
        AnswerType.COUNT,
        AnswerType.CHANGE,
        AnswerType.RATIO,
        AnswerType.DATE,
        AnswerType.PERIOD,
    }
)
_ON_TOPIC = 0.6
"""Confidence at least, where somebody says something on the very topic they are asked about."""
_SEEN_ALSO = 0.02
"""Share of the best sentence's odds from which the next one is pointed at: of RGB's answers with one quote 36 % then
have a second one, which tells what the first does not in 31 of 147; from .1, 13 % and 15 of 53."""
_FEW_SENTENCES = frozenset({AnswerType.REASON, AnswerType.MEANS, AnswerType.DEFINITION, AnswerType.LIST})
_SENTENCES = _FEW_SENTENCES | {AnswerType.YES_NO}
"""Types that a whole sentence answers."""
_NAMES = frozenset({AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.PLACE, AnswerType.NAME})


def _further(kind: AnswerType) -> tuple[int, float]:
    """How many sentences more are told where whole ones answer, and from which share of the best one's odds.

    Measured on the bundled set: since sentences are read with the question odds lie further apart, and with shares more
    than twice as large five right answers fewer are told.
    """
    return (2, 0.02) if kind in _FEW_SENTENCES else (1, 0.05) if kind in _NAMES else (1, 0.3)


class Answerer(Protocol):
    """Drafts an answer from evidence, pointing at it by key."""

    def answer(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """A draft whose claims cite keys of `evidence`."""


class ExtractiveAnswerer:
    """Answers with a span of the evidence; needs no language model.

    Args:
        encode: Bilingual encoder, texts to unit rows; tells how like each other the sentences of two articles are.
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def answer(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """A draft with the best span and the sentences that prove it, or "not found" where too little speaks for it.

        Args:
            question: As analysed.
            evidence: Best first, as `gather_evidence` gives it.
        """
        if question.answer_type is AnswerType.OVERVIEW:
            return overview(question, evidence, self._encode)
        choice = choose(question, evidence)
        if choice is None:
            return Draft(Status.NOT_FOUND, (), 0.0)
        chance = confidence(question, evidence, choice)
        chosen = next(item for item in evidence if item.key == choice.span.key)
        refused = Draft(Status.NOT_FOUND, (), chance / 2)
        if _misses_value(question, chosen) or tells_of_one(question, chosen) or tells_neither(question, chosen):
            return refused
        if counts_another(question, chosen, choice.span, self._encode):
            others = [item for item in evidence if item.key != chosen.key]
            return self.answer(question, others) if chosen.reading and others else refused
        chance = unless_nameless(question, chosen, told_otherwise(question, chosen, chance))
        chance = attributed_chance(question, chosen, evidence, chance)
        said, on_topic = statements(question, evidence, self._encode)
        chance = max(chance, _ON_TOPIC) if on_topic else chance
        if chance < threshold(question.language, chosen.sentence.language):
            return Draft(Status.NOT_FOUND, (), chance)
        if said:
            return Draft(Status.ANSWERED, told_in_turn(said), chance)
        if asks_words(question):
            return Draft(Status.NOT_FOUND, (), chance / 2)
        full = told_in_full(question, evidence, choice)
        agreement = compare_articles(choice.span, choice.candidates, evidence, self._encode)
        return _draft(question, evidence, full, chance, agreement)


def _misses_value(question: Question, item: Evidence) -> bool:
    """Whether a value is asked for that a sentence does not hold."""
    if question.answer_type is AnswerType.NUMBER and holds_only_misfits(question, item):
        return True
    return (question.answer_type in _VALUES or asks_size(question)) and not holds_value(question, item)


def _draft(
    question: Question, evidence: Sequence[Evidence], choice: Choice, chance: float, agreement: Agreement
) -> Draft:
    by_key = {item.key: item for item in evidence}
    own = _claim(question, choice.span, by_key, (*choice.support, *agreement.agreeing))
    if not agreement.conflicting:
        told = (own, *_more(question, choice, by_key))
        return Draft(Status.ANSWERED, told, chance, see_also=_see_also(told, choice, by_key))
    others = [_claim(question, other, by_key, ()) for other in agreement.conflicting]
    claims = sorted([own, *others], key=lambda claim: _newest_first(claim, by_key))
    return Draft(Status.CONFLICT, tuple(claims), chance)


def _more(question: Question, choice: Choice, by_key: dict[str, Evidence]) -> Iterator[Claim]:
    """Further sentences as claims of their own, where whole ones are told: what completes the best, and likely ones."""
    if question.answer_type in _VALUES or not _needs_sentence(question.answer_type, choice.span.score):
        return
    most, share = _further(question.answer_type)
    (_, highest), *others = choice.totals[: 1 + most]
    chosen = by_key[choice.span.key]
    said = chosen.text
    needed = completing(question, chosen, by_key.values())
    near = [key for key, total in others if np.exp(total - highest) >= share]
    for key in dict.fromkeys([needed.key, *near] if needed else near):
        item = by_key[key]
        if key not in choice.support and not _repeats(item.text, said):
            said += f" {item.text}"
            yield Claim(running(item.text, item.sentence.language), (key,), adds=True)


def _see_also(claims: Sequence[Claim], choice: Choice, by_key: dict[str, Evidence]) -> tuple[str, ...]:
    """The next sentence of another wording, where only one is cited and this one is not much less likely."""
    if sum(len(claim.keys) for claim in claims) > 1:
        return ()
    (best, highest), *others = choice.totals
    said = by_key[best].text
    for key, total in others:
        if not _repeats(by_key[key].text, said):
            return (key,) if np.exp(total - highest) >= _SEEN_ALSO else ()
    return ()


def _repeats(text: str, said: str) -> bool:
    return text in said or said in text


def _claim(question: Question, span: Candidate, by_key: dict[str, Evidence], more: Sequence[str]) -> Claim:
    item = by_key[span.key]
    keys = (span.key, *(key for key in more if key != span.key))
    short = _text(span.text, question, item)
    is_rendered = short not in (span.text, item.text) and question.answer_type is not AnswerType.YES_NO
    if is_rendered or not _needs_sentence(question.answer_type, span.score):
        return Claim(short, keys)
    text = running(item.text, item.sentence.language)
    if question.answer_type is AnswerType.YES_NO:
        said = yes_or_no(question, item)
        return Claim(said + text, keys, said.rstrip(": ："))
    return Claim(text, keys, short)


def _needs_sentence(kind: AnswerType, chance: float) -> bool:
    return kind in _SENTENCES or chance < (_SURE_OF_VALUES if kind in _VALUES else _SURE)


def _text(text: str, question: Question, item: Evidence) -> str:
    """The first whose numbers are all proved: the text in the reader's language, as it stands, the whole sentence."""
    day = item.article.published
    for tried in (in_language(text, question.language, day), text):
        if not covers_numbers(tried, [item.text], [day]):
            return tried
    return item.text


def _newest_first(claim: Claim, by_key: dict[str, Evidence]) -> tuple[int, str]:
    published = by_key[claim.keys[0]].article.published
    return (-published.toordinal() if published else 0, claim.keys[0])
