"""A collection of articles that can be searched: the face of this floor."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.metadata import article_to_json
from corpus.records import Article, Document, Language
from index.adding import AddReport
from index.bilingual import BilingualEmbedder
from index.bridged_pieces import BridgedPieces
from index.building import Builder
from index.closeness import Closeness
from index.copies import DATABASE_FILE
from index.database import Database
from index.dictionary import Dictionary
from index.embedders import Embedder, build_embedder
from index.features import Features, Progress
from index.glossing import Glosser
from index.joint_reading import JointReader, Reading
from index.late_interaction import LateInteraction, Window
from index.passage_reading import PassageReader
from index.records import EVERYTHING, Found, Located, Passage, Scope, Version
from index.rerankers import build_reranker
from index.searching import Searcher
from index.settings import IndexSettings
from index.store_folders import StoreFolders
from index.terms import Analyzer
from index.upkeep import Upkeep
from index.vectors import Vectors
from index.write_lock import WriteLock

if TYPE_CHECKING:
    from corpus.reading import Refusal

__all__ = ["AddReport", "Collection"]


class Collection:
    """Articles of one folder: SQLite as the truth, and indexes that are made from it.

    Made by `Collection.open`. Many threads and processes may read, one at a time may write; readers see each finished
    change at their next call.

    Args:
        folder: Exists.
        settings: Of the index.
        embedder: Used instead of the one that the settings name.
    """

    def __init__(self, folder: Path, settings: IndexSettings, embedder: Embedder | None = None) -> None:
        self.folder = folder
        self.settings = settings
        glossary = Path(settings.glossary) if settings.glossary else None
        self.analyzer = Analyzer(Dictionary(glossary=glossary))
        self._glosser = Glosser(self.analyzer.dictionary)
        self._embedder = embedder or build_embedder(settings.embedder, self.analyzer.dictionary)
        own = self._embedder if isinstance(self._embedder, BilingualEmbedder) else None
        self._phrases = own or BilingualEmbedder(dictionary=self.analyzer.dictionary)
        pieces = BridgedPieces(self._phrases.encoder, self._glosser)
        self._interaction = LateInteraction(self._phrases.encoder, pieces)
        self._reader = JointReader(pieces)
        self._database = Database(folder / DATABASE_FILE)
        folders = StoreFolders(folder / "stores", settings.store)
        features = Features(self._database, settings.chunking, self._embedder, self.analyzer)
        self._builder = Builder(self._database, folders, features)
        self._searcher = Searcher(
            self._database,
            folders,
            settings,
            self._embedder,
            self.analyzer,
            self._builder.fingerprint,
            PassageReader(Closeness(self.analyzer), self._interaction, settings.fusion),
            build_reranker(settings.reranker),
        )
        self.upkeep = Upkeep(self._builder, self._searcher, WriteLock(folder))

    @classmethod
    def open(
        cls,
        folder: Path,
        settings: IndexSettings | None = None,
        embedder: Embedder | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Open a collection, making it if the folder has none, and mending its indexes if they are damaged.

        Other settings than last time, or another embedder, make the indexes anew. Until that is finished the old ones
        stay, for processes that read them and for the next opening with the old settings; after an interruption the
        vectors that were computed are kept.

        Args:
            folder: Made if missing.
            settings: Of the index, default: as they come.
            embedder: Used instead of the one that the settings name.
            progress: Called with (done, all) chunks while the indexes are made anew.

        Raises:
            UserError: The folder or the embedder can't be used.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"Folder {folder} can't be used: {error.strerror}.", "Choose another folder.") from None
        collection = cls(folder, settings or IndexSettings(), embedder)
        try:
            collection.upkeep.mend_if_needed(progress)
        except BaseException:
            collection.close()
            raise
        return collection

    # Changing

    def add(
        self, documents: Iterable[Document | Located | Refusal], progress: Progress | None = None, expected: int = 0
    ) -> AddReport:
        """Add documents; a text that is there already costs nothing, but its metadata is refreshed.

        A new version takes the place of the old one: it was read at the same place, or it has the same address or the
        same title, publisher and day and largely the same text. The old one is kept, but no longer searched. Whatever
        is given in one call stands beside each other.

        Args:
            documents: In any number; refusals of the reader are passed through to the report.
            progress: Called with (done, all) chunks; `all` is an estimate, or 0 while it is unknown.
            expected: Number of documents that will come, for the estimate.

        Raises:
            UserError: Another process is writing.
        """
        with self.upkeep.writing():
            self.upkeep.check_settings()
            return self._builder.add(documents, progress, expected)

    def preview(self, documents: Iterable[Document | Located | Refusal]) -> AddReport:
        """What `add` would report; nothing is written."""
        return self._builder.preview(documents)

    def remove(self, document_ids: Iterable[str]) -> tuple[str, ...]:
        """Remove documents with their earlier versions, and every trace of them; the indexes are made anew.

        Returns:
            The removed ids, in the order given.

        Raises:
            UserError: An id is unknown (nothing is removed then), or another process is writing.
        """
        wanted = tuple(dict.fromkeys(document_ids))
        with self.upkeep.writing():
            self.upkeep.check_settings()
            unknown = [id for id in wanted if self._database.document(id) is None]
            if unknown:
                raise UserError(f"There is no article {', '.join(map(repr, unknown))}.", "See the ids with: yiju list")
            if wanted:
                earlier = [version.document_id for version in self._database.kinship.history(wanted)]
                self._builder.rebuild(without=[*wanted, *earlier])
        self._searcher.forget()
        return wanted

    def leave(self, places: Iterable[tuple[str, str]], dry_run: bool = False) -> tuple[str, ...]:
        """Remove documents from places (origin, id); those that were read nowhere else are removed without a trace.

        Args:
            places: As `origins_below` gives them.
            dry_run: Only tell what would be removed.

        Raises:
            UserError: Another process is writing.
        """
        left: dict[str, set[str]] = {}
        for origin, document_id in places:
            left.setdefault(document_id, set()).add(origin)
        kinship = self._database.kinship
        removed = tuple(id for id, origins in left.items() if origins >= set(kinship.origins(id)))
        if dry_run:
            return removed
        with self.upkeep.writing(), self._database.writing():
            for id in left.keys() - set(removed):
                for origin in left[id]:
                    kinship.drop_origin(id, origin)
        return self.remove(removed)

    # Reading

    def origins_below(self, folder: str) -> list[tuple[str, str]]:
        """Place and id of the current documents that were read below a folder."""
        return self._database.kinship.below(folder)

    def articles(self) -> list[tuple[str, Article, int]]:
        """Id, metadata and length in characters of every current document, ordered by title and id."""
        return self._database.articles()

    def history(self) -> list[Version]:
        """Earlier versions of articles, the latest first; `document` gives their text."""
        return self._database.kinship.history()

    def families(self, document_ids: Iterable[str]) -> dict[str, str]:
        """For each document a name that it shares with those that are wire copy or reprints of the same text."""
        return self._database.kinship.families(document_ids)

    def document(self, document_id: str) -> Document:
        """A document with its text, be it an earlier version.

        Raises:
            UserError: The id is unknown.
        """
        found = self.upkeep.retried(lambda: self._searcher.document(document_id))
        if found is None:
            raise UserError(f"There is no article {document_id!r}.", "See the ids with: yiju list")
        return found

    def holds(self, document_id: str) -> bool:
        """Whether there is a document of this id, be it an earlier version."""
        return self.upkeep.retried(lambda: self._searcher.document(document_id)) is not None

    def copy_to(self, file: Path) -> None:
        """Write a copy of the database, as it is at one moment, for `index.copies.put_copy`.

        Raises:
            UserError: The file can't be written.
        """
        self._database.copy_to(file)

    @property
    def chunk_count(self) -> int:
        """Number of chunks that can be found."""
        return self._database.chunk_count()

    def display_gloss(self, text: str, language: Language) -> str:
        """Word-by-word help beside a quote for readers of the other language (see `Glosser.display_gloss`)."""
        return self._glosser.display_gloss(text, language)

    def chunk_count_of(self, language: Language) -> int:
        """Number of chunks in a language that can be found."""
        return self._searcher.snapshot().store.count(language)

    def document_frequency(self, language: Language, term: str) -> int:
        """Number of chunks in a language that hold an indexed term (see `index.terms`)."""
        return self._searcher.snapshot().store.document_frequency(language, term)

    def digest(self) -> str:
        """16 hexadecimal digits that name the collection's content: equal content, equal digest."""
        content = hashlib.sha256()
        for document_id, article, _ in sorted(self.articles(), key=lambda entry: entry[0]):
            content.update(f"{document_id} {article_to_json(article)}\n".encode())
        return content.hexdigest()[:16]

    def search(
        self,
        query: str,
        limit: int = 10,
        scope: Scope = EVERYTHING,
        *,
        explain: bool = False,
    ) -> list[Passage]:
        """The best passages for a query in either language, best first; equal scores by id.

        Args:
            query: Question or keywords. Without any word or digit nothing is found; of more than 10,000 characters
                the first 10,000 are read.
            limit: At most so many passages.
            scope: Which articles may be found.
            explain: Fill `Passage.matches` with the terms that matched, and how.
        """
        return self.find(query, limit, scope, explain=explain).passages

    def find(self, query: str, limit: int = 10, scope: Scope = EVERYTHING, *, explain: bool = False) -> Found:
        """As `search`, with what had to be done without.

        Where the embedder fails, words alone are searched; where the reranker fails, the fused order stays.
        """
        return self.upkeep.retried(lambda: self._searcher.find(query, limit, scope, explain))

    def encode_phrases(self, texts: Sequence[str]) -> Vectors:
        """Vectors of words and phrases, float32 (n, 384), unit rows; by the embedded default, whatever embeds passages.

        So no endpoint is asked about a phrase, and how near two of them are means the same with every embedder.
        """
        return self._phrases.encode_query(texts)

    def nearness(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Cosines of a query with sentences, on the scale of the embedded default; 0 where the embedder fails.

        Args:
            query: In either language.
            texts: In either language.
        """
        return self.upkeep.retried(lambda: self._searcher.nearness(query, texts))

    def match(self, question: str, windows: Sequence[Window]) -> NDArray[np.float64]:
        """How well the words of sentences in their context meet a question's (see `LateInteraction.measure`)."""
        return self._interaction.measure(question, windows)

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Whether each sentence answers a question, and where in it the answer stands (see `JointReader`)."""
        return self._reader.read(question, windows)

    def close(self) -> None:
        """Release files; twice is fine."""
        self._searcher.forget()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
