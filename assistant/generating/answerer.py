"""Answers drafted by a chat model, claim by checked claim; where it fails, the extractive answer and why."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answering import Answerer
from assistant.generating.checking import ClaimChecker
from assistant.generating.failures import ModelFailure, Reason
from assistant.generating.models import ChatModel
from assistant.generating.names import NameSource
from assistant.generating.prompting import ANSWER_SCHEMA, answer_prompt, gives_orders
from assistant.generating.replies import RawClaim, ReplyReader
from assistant.generating.rewriting import Rewriting, rewrite_question
from assistant.generating.translating import translate_claims, translate_quotes
from assistant.records import Answer, Claim, Draft, Evidence, Question, Status, Turn
from assistant.texts import text as words
from corpus.languages import detect_language

MOST_CLAIMS = 8
"""Claims of one answer; a model that goes on is not heard."""
_SHARE_FOR_REWRITING = 1 / 3
"""Of the time limit, so that the answer keeps the most of it."""
_LEAST_SECONDS = 0.2
"""Less time than this is not worth a call."""


@dataclass(slots=True)
class _Heard:
    """What one reply gave."""

    claims: list[Claim] = field(default_factory=list)
    foreign: list[Claim] = field(default_factory=list)
    """Claims from the first on that is not in the question's language; shown when they are translated."""

    def take(self, claim: Claim, question: Question) -> bool:
        """Add a claim; True where it can be shown at once."""
        if self.foreign or detect_language(claim.text) != question.language:
            self.foreign.append(claim)
            return False
        self.claims.append(claim)
        return True


class GenerativeAnswerer:
    """A chat model's help with one question: made when the question comes, which starts its time limit.

    Args:
        model: Shared by all questions.
        terms: Bridges the two languages.
        fallback: Answers where the model does not.
        history: Earlier turns, oldest first.
    """

    def __init__(self, model: ChatModel, terms: NameSource, fallback: Answerer, history: Sequence[Turn] = ()) -> None:
        self._model = model
        self._terms = terms
        self._fallback = fallback
        self._history = history
        self._limit = model.settings.time_limit
        self._ends = time.monotonic() + self._limit
        self.report: dict[str, Any] = {"model": model.settings.model}
        """What the model did, as plain data for the trace."""

    def rewrite(self, text: str) -> Rewriting:
        """The question for itself, and more to search for; empty where the model is not asked or fails."""
        if not self._model.settings.rewrite:
            return Rewriting()
        ends = min(self._ends, time.monotonic() + self._limit * _SHARE_FOR_REWRITING)
        try:
            return rewrite_question(text, self._history, self._model, self._terms, ends)
        except ModelFailure as failure:
            self.report["rewriting"] = f"{failure.reason.value} {failure.detail}".strip()
            return Rewriting()

    def answer(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """The whole draft."""
        *_, last = self.drafts(question, evidence)
        return last

    def drafts(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """Drafts that grow by one checked claim; each begins with the claims of the one before, the last is whole.

        Args:
            question: As analysed.
            evidence: Best first, as `gather_evidence` gives it.
        """
        sources = [item for item in evidence if not gives_orders(item.text)][: self._model.settings.sources]
        if not sources:
            yield self._fallback.answer(question, evidence)
            return
        checker = ClaimChecker(question, sources, self._terms)
        reader, heard = ReplyReader(), _Heard()
        failure: ModelFailure | None = None
        try:
            for raw in self._raw_claims(question, sources, reader):
                claim = checker.check(raw)
                if claim is not None and heard.take(claim, question):
                    yield _drafted(heard.claims, evidence)
                if len(heard.claims) + len(heard.foreign) == MOST_CLAIMS:
                    break
        except ModelFailure as caught:
            failure = caught
        heard.claims += self._in_readers_language(heard.foreign, question, checker)
        self.report |= {
            "offered": checker.verdicts.offered,
            "kept": len(heard.claims),
            "mended": checker.verdicts.mended,
            "fallen": checker.verdicts.fallen,
        }
        yield self._concluded(question, evidence, heard.claims, failure or _fault(reader, heard.claims))

    def translate(self, answer: Answer) -> Answer:
        """The answer with translations beside quotes of the other language, as far as the model gives good ones."""
        foreign = [quote for quote in answer.quotes if quote.language != answer.language]
        if not foreign or not self._may_translate():
            return answer
        try:
            found = translate_quotes(foreign, answer.language, self._model, self._terms, self._ends)
        except ModelFailure as failure:
            self.report["translation"] = f"{failure.reason.value} {failure.detail}".strip()
            return answer
        quotes = (
            replace(quote, translation=found[quote.number], gloss="") if quote.number in found else quote
            for quote in answer.quotes
        )
        return replace(answer, quotes=tuple(quotes))

    def _raw_claims(self, question: Question, sources: Sequence[Evidence], reader: ReplyReader) -> Iterator[RawClaim]:
        messages = answer_prompt(question, sources, self._history)
        for piece in self._model.pieces(messages, ANSWER_SCHEMA, self._ends):
            yield from reader.feed(piece)
        yield from reader.close()

    def _concluded(
        self, question: Question, evidence: Sequence[Evidence], claims: list[Claim], failure: ModelFailure | None
    ) -> Draft:
        if failure is None:
            return _drafted(claims, evidence) if claims else Draft(Status.NOT_FOUND, (), evidence[0].score / 2)
        self.report |= {"reason": failure.reason.value, "detail": failure.detail}
        draft = self._fallback.answer(question, evidence)
        note = words(failure.reason.value, question.language)
        if failure.reason in _HEARD:
            told = self._in_readers_language(draft.claims, question, ClaimChecker(question, evidence, self._terms))
            draft = replace(draft, claims=tuple(told))
        if not claims:
            return replace(draft, note=note)
        cited = {key for claim in claims for key in claim.keys}
        more = [claim for claim in draft.claims if claim.keys[0] not in cited]
        return replace(_drafted([*claims, *more], evidence), note=note)

    def _in_readers_language(self, claims: Sequence[Claim], question: Question, checker: ClaimChecker) -> list[Claim]:
        """Claims translated where they need it; as they are where no translation holds."""
        foreign = [claim for claim in claims if detect_language(claim.text) != question.language]
        if not foreign or not self._may_translate():
            return list(claims)
        try:
            found = translate_claims(foreign, question.language, self._model, checker, self._ends)
        except ModelFailure as failure:
            self.report["translation"] = f"{failure.reason.value} {failure.detail}".strip()
            return list(claims)
        return [found.get(claim, claim) for claim in claims]

    def _may_translate(self) -> bool:
        failed = "translation" in self.report or self.report.get("reason") not in (None, *_HEARD)
        return self._model.settings.translate and not failed and self._ends - time.monotonic() > _LEAST_SECONDS


_HEARD = (Reason.UNPROVED, Reason.GARBAGE, Reason.REFUSED)
"""Reasons after which the endpoint still answers, so that it may be asked to translate."""


def _fault(reader: ReplyReader, claims: Sequence[Claim]) -> ModelFailure | None:
    """Why a reply that came whole gave no claim; None where it did, or says that the sources do not tell."""
    if claims:
        return None
    if reader.claims_given:
        return ModelFailure(Reason.UNPROVED)
    if reader.says_not_found:
        return None
    return ModelFailure(Reason.REFUSED if reader.refuses else Reason.GARBAGE)


def _drafted(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> Draft:
    """A draft of checked claims, as sure as the sentences that prove them are."""
    scores = {item.key: item.score for item in evidence}
    sure = [max(scores[key] for key in claim.keys) for claim in claims]
    return Draft(Status.ANSWERED, tuple(claims), sum(sure) / len(sure))
