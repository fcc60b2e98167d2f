"""Lexical search by tantivy over terms that were made elsewhere; one index for each language.

tantivy is named only here. It scores by BM25 (k1 = 1.2, b = 0.75; Robertson and Zaragoza, The Probabilistic Relevance
Framework, 2009).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from corpus.records import LANGUAGES, Language
from index.records import EVERYTHING, Scope
from index.stores import Entry, Hit, StoreError
from index.terms import Concept

_HEAP = 60_000_000
_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def _faults_named(method: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Let the several exceptions that tell of damage, a panic of tantivy's own among them, become `StoreError`."""

    @wraps(method)
    def wrapped(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        try:
            return method(*args, **kwargs)
        except (ValueError, OSError, RuntimeError) as error:
            raise StoreError(f"lexical store: {error}") from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":
                raise StoreError(f"lexical store: {error}") from error
            raise

    return wrapped


class LexicalStore:
    """The lexical half of a store, in a folder of its own.

    Args:
        folder: Made if missing.

    Raises:
        StoreError: The folder is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._indexes = {language: _open(folder / language) for language in LANGUAGES}

    @_faults_named
    def upsert(self, entries: Iterable[Entry]) -> None:
        """Add entries, in place of those of the same ids."""
        import tantivy

        writers: dict[Language, Any] = {}
        for entry in entries:
            if entry.language not in writers:
                writers[entry.language] = self._indexes[entry.language].writer(_HEAP, 1)
            writers[entry.language].delete_documents_by_term("chunk", entry.id)
            document = tantivy.Document()
            document.add_text("chunk", entry.id)
            document.add_text("document", entry.document_id)
            document.add_text("terms", _readable(" ".join(entry.terms)))
            document.add_text("publisher", _readable(entry.publisher))
            document.add_text("language", entry.article_language)
            if entry.published is not None:
                document.add_integer("day", entry.published.toordinal())
            writers[entry.language].add_document(document)
        self._finish(writers)

    @_faults_named
    def delete(self, chunk_ids: Collection[str]) -> None:
        """Remove chunks of any language."""
        if chunk_ids:
            writers = {language: index.writer(_HEAP, 1) for language, index in self._indexes.items()}
            for writer in writers.values():
                for chunk_id in sorted(chunk_ids):
                    writer.delete_documents_by_term("chunk", chunk_id)
            self._finish(writers)

    def _finish(self, writers: dict[Language, Any]) -> None:
        for language, writer in writers.items():
            writer.commit()
            writer.wait_merging_threads()
            self._indexes[language].reload()

    @_faults_named
    def ids(self) -> list[str]:
        """Ids of all chunks, ordered."""
        import tantivy

        found: list[str] = []
        for index in self._indexes.values():
            searcher = index.searcher()
            if searcher.num_docs:
                hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs).hits
                found.extend(searcher.doc(address).get_first("chunk") for _, address in hits)
        return sorted(found)

    @_faults_named
    def count(self, language: Language) -> int:
        """Number of chunks of a language."""
        return int(self._indexes[language].searcher().num_docs)

    @_faults_named
    def query(
        self,
        language: Language,
        concepts: Sequence[Concept],
        limit: int,
        scope: Scope = EVERYTHING,
        chunks: Collection[str] | None = None,
    ) -> list[Hit]:
        """As `Store.lexical_query`."""
        index = self._indexes[language]
        query = _query(index.schema, concepts)
        if query is None or limit < 1:
            return []
        conditions = _conditions(index.schema, scope, chunks)
        if conditions:
            query = _only(query, conditions)
        searcher = index.searcher()
        hits = searcher.search(query, limit, count=False).hits
        found = [Hit(searcher.doc(address).get_first("chunk"), score) for score, address in hits]
        return sorted(found, key=lambda hit: (-hit.score, hit.id))

    @_faults_named
    def document_frequency(self, language: Language, term: str) -> int:
        """Number of chunks of a language that hold a term."""
        return int(self._indexes[language].searcher().doc_freq("terms", _readable(term)))

    @_faults_named
    def refresh(self) -> None:
        """See what other processes have committed."""
        for index in self._indexes.values():
            index.reload()


@_faults_named
def _open(folder: Path) -> Any:  # noqa: ANN401
    import tantivy

    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("chunk", stored=True, tokenizer_name="raw", index_option="basic")
        .add_text_field("document", tokenizer_name="raw", index_option="basic")
        .add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        .add_text_field("publisher", tokenizer_name="raw", index_option="basic")
        .add_text_field("language", tokenizer_name="raw", index_option="basic")
        .add_integer_field("day", indexed=True, fast=True)
        .build()
    )
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema, str(folder), reuse=True)
    index.config_reader("Manual")
    index.reload()
    return index


def _query(schema: Any, concepts: Sequence[Concept]) -> Any:  # noqa: ANN401
    """Each concept is one disjunction-max term: the best of its alternatives, never their sum."""
    import tantivy

    query = tantivy.Query
    parts = []
    for concept in concepts:
        options = [
            query.boost_query(query.term_query(schema, "terms", _readable(a.term), "freq"), a.weight)
            for a in concept.alternatives
            if a.weight > 0
        ]
        if options:
            parts.append(
                (tantivy.Occur.Should, query.boost_query(query.disjunction_max_query(options), concept.weight))
            )
    return query.boolean_query(parts) if parts else None


def _conditions(schema: Any, scope: Scope, chunks: Collection[str] | None) -> list[Any]:  # noqa: ANN401
    """What must hold of a chunk: it is one of `chunks`, and its article is in the scope."""
    import tantivy

    sets = {
        "chunk": chunks,
        "document": scope.documents,
        "publisher": scope.publishers,
        "language": scope.languages,
    }
    query = tantivy.Query
    conditions = [
        query.term_set_query(schema, field, sorted(map(_readable, names)))
        for field, names in sets.items()
        if names is not None
    ]
    first, last = (day.toordinal() if day else None for day in scope.published or (None, None))
    if first or last:
        conditions.append(query.range_query(schema, "day", tantivy.FieldType.Integer, first, last))
    return conditions


def _only(query: Any, conditions: Sequence[Any]) -> Any:  # noqa: ANN401
    """`query`, met only by chunks that meet all conditions, with its scores unchanged."""
    import tantivy

    met = [(tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0)) for condition in conditions]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *met])


def _readable(text: str) -> str:
    """`text` without lone surrogates, which are no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
