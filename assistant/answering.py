"""Answers made of the articles' own words: the best span in the best sentence, with how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.agreement import compare_articles
from assistant.choosing import Choice, choose, confidence
from assistant.extraction import Candidate
from assistant.learned import threshold
from assistant.records import AnswerType, Claim, Draft, Evidence, Question, Status
from assistant.wording import in_language

_SURE = {
    AnswerType.REASON: 0.4,
    AnswerType.MEANS: 0.4,
    AnswerType.DEFINITION: 0.3,
    AnswerType.LIST: 0.15,
    AnswerType.YES_NO: 1.0,
}
"""A span that answers a question of these types gives way to its whole sentence if it is less likely than this."""


class Answerer(Protocol):
    """Drafts an answer from evidence, pointing at it by key."""

    def answer(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """A draft whose claims cite keys of `evidence`."""


class ExtractiveAnswerer:
    """Answers with a span of the evidence; needs no language model."""

    def answer(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """A draft with the best span and the sentences that prove it, or "not found" where too little speaks for it.

        Args:
            question: As analysed.
            evidence: Best first, as `gather_evidence` gives it.
        """
        choice = choose(question, evidence)
        if choice is None:
            return Draft(Status.NOT_FOUND, (), 0.0)
        chance = confidence(question, evidence, choice)
        if chance < threshold(question.language):
            return Draft(Status.NOT_FOUND, (), chance)
        return _draft(question, evidence, choice, chance)


def _draft(question: Question, evidence: Sequence[Evidence], choice: Choice, chance: float) -> Draft:
    by_key = {item.key: item for item in evidence}
    agreement = compare_articles(choice.span, choice.candidates, evidence)
    own = _claim(question, choice.span, by_key, (*choice.support, *agreement.agreeing))
    if not agreement.conflicting:
        return Draft(Status.ANSWERED, (own,), chance)
    others = [_claim(question, other, by_key, ()) for other in agreement.conflicting]
    claims = sorted([own, *others], key=lambda claim: _newest_first(claim, by_key))
    return Draft(Status.CONFLICT, tuple(claims), chance)


def _claim(question: Question, span: Candidate, by_key: dict[str, Evidence], more: Sequence[str]) -> Claim:
    item = by_key[span.key]
    whole = span.score < _SURE.get(question.answer_type, 0.0)
    text = item.text if whole else span.text
    keys = (span.key, *(key for key in more if key != span.key))
    return Claim(in_language(text, question.language, item.article.published), keys)


def _newest_first(claim: Claim, by_key: dict[str, Evidence]) -> tuple[int, str]:
    published = by_key[claim.keys[0]].article.published
    return (-published.toordinal() if published else 0, claim.keys[0])
