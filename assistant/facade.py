"""The library's face: one object that holds a collection and answers questions from it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.answering import Answerer, ExtractiveAnswerer
from assistant.feedback import FEEDBACK_FILE, FeedbackBook
from assistant.generating.models import ChatModel, build_model
from assistant.homes import COLLECTION_FOLDER, bundled_articles, is_new, mark_started, prepare_home
from assistant.mirroring import Reading, mirror
from assistant.pipeline import answer_question
from assistant.quoting import QuoteState, verify_quote
from assistant.records import Answer, ArticleEntry, Event, Quote, Turn
from assistant.settings import SETTINGS_FILE, AssistantSettings, load_settings
from assistant.suggesting import suggest_questions
from corpus.reading import is_address
from corpus.records import Document, Language
from index.adding import AddReport
from index.collection import Collection
from index.given_embedder import as_embedder
from index.records import EVERYTHING, Passage, Scope

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

Progress = Callable[[int, int], None]
"""Called with (done, all); `all` is 0 while it is unknown."""
STARTER_ARTICLES = 60
"""Newest articles that starting questions are made from."""


class Assistant:
    """Answers questions from a collection of English and Chinese articles and proves every answer with quotes.

    Made by `Assistant.open`. Safe for many threads asking at once; a context manager that closes the collection.
    """

    def __init__(
        self,
        home: Path,
        settings: AssistantSettings,
        collection: Collection,
        answerer: Answerer,
        model: ChatModel | None = None,
    ) -> None:
        self.home = home
        self.settings = settings
        self.collection = collection
        self._answerer = answerer
        self._model = model
        self.feedback = FeedbackBook(home / FEEDBACK_FILE)
        self._closing = threading.Lock()

    @classmethod
    def open(
        cls,
        home: str | Path | None = None,
        settings: AssistantSettings | None = None,
        *,
        bundled: bool | None = None,
        embedder: object | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Open the assistant of a home folder, making the folder if it is missing.

        Args:
            home: Folder holding collection, indexes and `settings.toml`; default: the user's data folder.
            settings: Used instead of the home's `settings.toml`.
            bundled: Whether a new home starts with the bundled articles; default: as the settings say (yes).
            embedder: Makes the vectors instead of what the settings name: a LangChain `Embeddings`, or an object with
                the methods of `index.embedders.Embedder`.
            progress: Called with (done, all) while a new home is filled, or its index is made anew for other settings.

        Raises:
            UserError: The folder can't be used, a setting is wrong, or another process is writing.
        """
        folder = prepare_home(home)
        chosen = settings if settings is not None else load_settings(folder / SETTINGS_FILE)
        given = None if embedder is None else as_embedder(embedder)
        model = build_model(chosen.answering.model)
        collection = Collection.open(folder / COLLECTION_FOLDER, chosen.index, given, progress)
        assistant = cls(folder, chosen, collection, ExtractiveAnswerer(collection.encode_phrases), model)
        if is_new(folder):
            if chosen.bundled if bundled is None else bundled:
                assistant.add([bundled_articles()], progress=progress)
            mark_started(folder)
        return assistant

    def add(self, paths: Iterable[str | Path], progress: Progress | None = None) -> AddReport:
        """Add articles from files, folders and addresses of the web; what is there already costs nothing.

        Args:
            paths: Files, folders (searched through) and addresses that begin with http:// or https://; at a feed's
                address the articles of its entries.
            progress: Called with (done, all) chunks.

        Returns:
            Ids added and unchanged, and what was refused with reasons.

        Raises:
            UserError: A path does not exist, or another process is writing.
        """
        reading = self._reading(paths)
        return self.collection.add(reading, progress, len(reading))

    def preview(self, paths: Iterable[str | Path]) -> AddReport:
        """What `add` would report; nothing is written.

        Raises:
            UserError: A path does not exist.
        """
        return self.collection.preview(self._reading(paths))

    def _reading(self, paths: Iterable[str | Path]) -> Reading:
        listed = tuple(path if isinstance(path, str) and is_address(path) else Path(path) for path in paths)
        return Reading(listed, self.settings.reading, self.settings.fetching)

    def sync(self, folder: str | Path, progress: Progress | None = None, *, dry_run: bool = False) -> AddReport:
        """Make what the collection holds of a folder equal to the folder: added, changed and removed files.

        Args:
            folder: To be mirrored; articles that were not read from it stay as they are.
            progress: Called with (done, all) chunks.
            dry_run: Tell what would be done and write nothing.

        Raises:
            UserError: There is no such folder, it is empty though articles came from it, or another process is writing.
        """
        report = mirror(self.collection, Reading((Path(folder),), self.settings.reading), progress, dry_run)
        if report.removed and not dry_run:
            self.feedback.forget_removed(self.collection.holds)
        return report

    def back_up(self, file: str | Path, *, force: bool = False) -> int:
        """Write articles, settings and feedback into one file, for `yiju restore`; returns the number of articles.

        Args:
            file: To be written, as a whole or not at all.
            force: Overwrite an existing file.

        Raises:
            UserError: The file exists, or can't be written.
        """
        from assistant.backups import back_up

        return back_up(self, Path(file), force)

    def add_text(self, text: str, title: str = "") -> AddReport:
        """Add one pasted article; its title is recognised where none is given.

        Raises:
            UserError: The text is empty, or another process is writing.
        """
        from corpus.reading import read_text

        return self.collection.add(
            [read_text(text, name=title or "pasted text", **({"title": title} if title else {}))]
        )

    def remove(self, document_ids: Iterable[str]) -> tuple[str, ...]:
        """Remove articles without a trace, earlier versions and feedback on them included; returns their ids.

        Raises:
            UserError: An id is unknown (nothing is removed then), or another process is writing.
        """
        removed = self.collection.remove(document_ids)
        self.feedback.forget_removed(self.collection.holds)
        return removed

    def articles(self) -> list[ArticleEntry]:
        """All articles of the collection, ordered by title."""
        entries = [ArticleEntry(id, article, length) for id, article, length in self.collection.articles()]
        return sorted(entries, key=lambda entry: (entry.article.title, entry.document_id))

    def document(self, document_id: str) -> Document:
        """An article with its text.

        Raises:
            UserError: The id is unknown.
        """
        return self.collection.document(document_id)

    def search(self, query: str, limit: int = 10, scope: Scope = EVERYTHING, *, explain: bool = False) -> list[Passage]:
        """The best passages for a query in either language, best first.

        Args:
            query: Question or keywords.
            limit: At most so many passages.
            scope: Which articles may be found.
            explain: Fill `Passage.matches` with the terms that matched, and how.
        """
        return self.collection.search(query, limit, scope, explain=explain)

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Answer:
        """The answer to a question in English or Chinese, in the question's language, with verbatim quotes.

        Args:
            question: As a person would ask it.
            history: Earlier turns of the conversation, oldest first.
            scope: Which articles may be read for it.

        Raises:
            UserError: The question is empty or longer than 10,000 characters.
        """
        answer = None
        for event in self.stream(question, history, scope):
            answer = event.answer
        assert answer is not None, "a stream ends with its answer"
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Iterator[Event]:
        """The same as `ask`, as it comes: steps, pieces of text, and the whole answer last."""
        return answer_question(
            question, history, scope, self.collection, self._answerer, self.settings.answering, self._model
        )

    def starting_questions(self, language: Language, count: int = 4) -> tuple[str, ...]:
        """Questions that the newest articles in a language answer, to begin a conversation with."""
        newest = sorted(self.articles(), key=lambda entry: entry.article.published or date.min, reverse=True)
        documents = (self.document(entry.document_id) for entry in newest[:STARTER_ARTICLES])
        return suggest_questions(documents, language, count)

    def verify(self, quote: Quote) -> QuoteState:
        """Whether a quote still equals the characters that it was cut from."""
        return verify_quote(quote, self.collection)

    def as_retriever(self, limit: int = 8) -> BaseRetriever:
        """This assistant's search as a LangChain retriever."""
        from assistant.langchain_faces import make_retriever

        return make_retriever(self, limit)

    def as_runnable(self) -> Runnable[str, Answer]:
        """This assistant as a LangChain runnable: question in, `Answer` out."""
        from assistant.langchain_faces import make_runnable

        return make_runnable(self)

    def close(self) -> None:
        """Close the collection; calling it twice is fine."""
        with self._closing:
            self.collection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
