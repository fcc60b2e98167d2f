"""What happens when a question is asked, stopped, repeated or taken back: states of the page, one after the other."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.records import Answer, Status
from assistant.rendering import cited_html, question_html, quotes_html, safe, say, talk_html
from assistant.suggesting import suggest_questions
from assistant.texts import text
from assistant.web.talks import Talk
from corpus.errors import UserError
from corpus.records import LANGUAGES, Language
from index.records import Scope

if TYPE_CHECKING:
    from assistant.facade import Assistant

SHOWN_STARTERS = 4
SUGGESTING_ARTICLES = 6
"""Articles that follow-up questions are made from: enough to find some, few enough to take no time."""
LONGEST_QUESTION = 10_000
_log = logging.getLogger(__name__)

Shown = tuple[Any, str, Any, Any]
"""Question box, conversation, quotes panel, conversation as data; a skipped one stays as it is."""


class Chat:
    """The conversation's handlers over one assistant; keeps nothing about its readers."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._making = threading.Lock()
        self._starters: dict[tuple[Language, int], tuple[str, ...]] = {}

    def show(self, talk_data: object, language: Language) -> tuple[str, str, dict[str, Any]]:
        """A conversation as it stands, without the text of removed articles: conversation, quotes, data."""
        talk = Talk.from_dict(talk_data).without_removed(self._assistant.collection.holds)
        return self._log_html(talk, language), quotes_html(talk.answers, language, date.today()), talk.to_dict()

    def ask(self, question: str, talk_data: object, language: Language, *restriction: Any) -> Iterator[Shown]:  # noqa: ANN401
        """The page's states while a question is answered; the restriction is what `read_scope` reads."""
        yield from self._respond(question or "", Talk.from_dict(talk_data), language, restriction)

    def act(
        self,
        event: gr.EventData,
        question: str,
        talk_data: object,
        language: Language,
        *restriction: Any,  # noqa: ANN401
    ) -> Iterator[Shown]:
        """The page's states after a button in the conversation was pressed."""
        action, turn, offered = _details(event)
        talk = Talk.from_dict(talk_data)
        asked = talk.answers[turn - 1].question if 1 <= turn <= len(talk.answers) else ""
        if action == "ask":
            yield from self._respond(offered, talk, language, restriction)
        elif action == "retry" and asked:
            yield from self._respond(asked, talk.before(turn), language, restriction)
        elif action in ("undo", "edit") and asked:
            yield asked, *self.show(talk.before(turn).to_dict(), language)
        else:
            yield question, *self.show(talk_data, language)

    def _respond(self, question: str, talk: Talk, language: Language, restriction: Sequence[Any]) -> Iterator[Shown]:
        """States while one question is answered; a fault leaves the question in its box and the talk as it was."""
        question = question.strip()
        if not question:
            yield "", *self.show(talk.to_dict(), language)
            return
        before = talk_html(talk.answers, language) if talk.answers else ""
        asked = f'{before}<section class="turn live">{question_html(question, language)}'
        try:
            yield "", f"{asked}{_step('understanding', language)}</section>", gr.skip(), gr.skip()
            said = ""
            for event in self._assistant.stream(question, talk.history(), read_scope(language, *restriction)):
                if event.kind == "step":
                    yield "", f"{asked}{_step(event.text, language)}</section>", gr.skip(), gr.skip()
                elif event.kind == "text":
                    said += event.text
                    partial = f'<div class="answer">{cited_html(said, set(), 0, language)}</div>'
                    yield "", f"{asked}{partial}</section>", gr.skip(), gr.skip()
                elif event.answer is not None:
                    answer = self._with_suggestions(event.answer, [earlier.question for earlier in talk.answers])
                    yield "", *self.show(talk.add(answer).to_dict(), language)
        except UserError as error:
            yield question, f"{asked}{_fault(safe(f'{error.message} {error.help}'))}</section>", gr.skip(), gr.skip()
        except Exception:  # the page must tell something; the log tells what
            _log.exception("A question could not be answered")
            yield question, f"{asked}{_fault(say('fault', language))}</section>", gr.skip(), gr.skip()

    def _with_suggestions(self, answer: Answer, asked: Sequence[str]) -> Answer:
        """The answer with questions to go on with, made from the articles that were read for it, where it has none."""
        count = self._assistant.settings.answering.suggestions
        if answer.suggestions or answer.status is Status.CHAT or not count:
            return answer
        documents = (self._assistant.document(id) for id in _read_documents(answer)[:SUGGESTING_ARTICLES])
        known = {question.strip() for question in (*asked, answer.question)}
        offered = suggest_questions(documents, answer.language, count + len(known))
        return replace(answer, suggestions=tuple(q for q in offered if q not in known)[:count])

    def _log_html(self, talk: Talk, language: Language) -> str:
        return talk_html(talk.answers, language, None if talk.answers else self._starting(language))

    def _starting(self, language: Language) -> tuple[str, ...] | None:
        """Starting questions that are really answered, made anew when the number of articles changes.

        None where there are no articles.
        """
        count = len(self._assistant.articles())
        if not count:
            return None
        key = (language, count)
        if key in self._starters:
            return self._starters[key]
        with self._making:
            if key not in self._starters:
                offered = self._assistant.starting_questions(language, 2 * SHOWN_STARTERS)
                self._starters[key] = self._answered(offered)
            return self._starters[key]

    def _answered(self, questions: Sequence[str]) -> tuple[str, ...]:
        kept: list[str] = []
        for question in questions:
            if len(kept) == SHOWN_STARTERS:
                break
            try:
                if self._assistant.ask(question).status is Status.ANSWERED:
                    kept.append(question)
            except Exception:  # a courtesy must never keep the page from opening
                _log.exception("A starting question could not be tried")
                return tuple(kept)
        return tuple(kept)

    def warm(self) -> None:
        """Make the starting questions before anyone comes."""
        try:
            for language in LANGUAGES:
                self._starting(language)
        except Exception:  # warming is a courtesy; the page tries again by itself
            _log.exception("Starting questions could not be made")


def read_scope(
    language: Language,
    languages: Sequence[Language],
    publishers: Sequence[str],
    documents: Sequence[str],
    first: str,
    last: str,
) -> Scope:
    """Which articles the reader wants to be searched, from the page's fields; an empty field restricts nothing.

    Raises:
        UserError: A date can't be read.
    """
    ends = (_day(first, language), _day(last, language))
    return Scope(documents or None, languages or None, publishers or None, ends if any(ends) else None)


def _read_documents(answer: Answer) -> list[str]:
    """Ids of the articles that an answer quotes, then of those that the search found for it."""
    ids = [quote.document_id for quote in answer.quotes]
    for entry in answer.trace:
        passages = entry.get("passages", [])
        ids += [str(passage["chunk"]).partition(":")[0] for passage in passages if "chunk" in passage]
    return list(dict.fromkeys(ids))


def _details(event: gr.EventData) -> tuple[str, int, str]:
    data = getattr(event, "_data", None)
    if not isinstance(data, dict):
        return "", 0, ""
    turn = data.get("turn")
    return (
        str(data.get("act", "")),
        turn if isinstance(turn, int) else 0,
        str(data.get("question", ""))[: LONGEST_QUESTION + 1],
    )


def _day(written: str | None, language: Language) -> date | None:
    if not written or not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip()[:10].replace("/", "-"))
    except ValueError:
        raise UserError(text("scope_date", language)) from None


def _step(name: str, language: Language) -> str:
    known = name if name in ("understanding", "searching", "reading") else "reading"
    return f'<div class="answer step"><span class="pulse" aria-hidden="true"></span>{say(known, language)} …</div>'


def _fault(told: str) -> str:
    return f'<div class="answer fault" role="alert">{told}</div>'
