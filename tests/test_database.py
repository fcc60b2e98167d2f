import contextlib
import sqlite3
import threading
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UserError
from corpus.metadata import article_from_json, article_to_json
from corpus.records import Article, Chunk, Document, Report, Span, text_digest
from index.connections import portions
from index.database import Database
from index.records import Scope

days = st.none() | st.dates()
reports = st.builds(Report, title=st.text(), publisher=st.text(), published=days)
articles = st.builds(
    Article,
    title=st.text(),
    language=st.sampled_from(["en", "zh"]),
    publisher=st.text(),
    published=days,
    reports=st.lists(reports, max_size=2).map(tuple),
)


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "collection.sqlite3")
    yield opened
    opened.close()


def put(database, text, **facts):
    document = Document.create(text, Article(**{"title": "Harbour", "language": "en", **facts}), (Span(0, 1),))
    chunk = Chunk(f"{document.id}:0", document.id, 0, Span(0, len(text)), document.article.language, text)
    with database.writing():
        database.put_document(document, [chunk], [text_digest(text)])
    return document


@given(articles)
def test_metadata_survives_json(article):
    assert article_from_json(article_to_json(article)) == article


@given(st.lists(st.integers()), st.integers(1, 7))
def test_portions_join_to_the_whole(items, size):
    cut = list(portions(items, size))
    assert [item for portion in cut for item in portion] == items
    assert all(len(portion) == size for portion in cut[:-1])


@pytest.mark.parametrize(
    "text", ["Ferries wait.", "", "渡轮在等候。\r\n", "nul \0 inside", "lone \ud800 surrogate", "🛳️"], ids=ascii
)
def test_a_document_comes_back_as_it_went_in(database, text):
    document = put(database, text, published=date(2023, 5, 1), reports=(Report("r", "p", None),))
    assert database.document(document.id) == document


def test_pages_come_back_and_change_with_the_document(database):
    document = put(database, "Ferries wait. Trains leave.")
    paged = replace(document, pages=(0, 14))
    with database.writing():
        database.refresh_document(paged)
    assert database.document(document.id) == paged


def test_a_file_of_an_earlier_version_opens_and_learns_pages(tmp_path):
    file = tmp_path / "collection.sqlite3"
    first = Database(file)
    document = put(first, "Ferries wait.")
    first.close()
    with contextlib.closing(sqlite3.connect(file)) as old:
        old.execute("ALTER TABLE documents DROP COLUMN pages")
        old.commit()
    for _ in range(2):
        opened = Database(file)
        assert opened.document(document.id) == document
        assert put(opened, "Trains leave.").pages == ()
        opened.close()


def test_an_unknown_document_is_none(database):
    assert database.document("0" * 16) is None


def test_a_failed_transaction_leaves_nothing(database):
    def failing():
        with database.writing():
            database.set_fact("store", "7")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        failing()
    assert database.fact("store", "none") == "none"


def test_filters(database):
    one = put(database, "one", publisher="Gull", published=date(2023, 1, 31))
    two = put(database, "two", publisher="Tern", published=date(2023, 2, 1), language="zh")
    undated = put(database, "three", publisher="Gull")

    def ids(**scope):
        return database.document_ids(Scope(**scope))

    assert ids() == sorted([one.id, two.id, undated.id])
    assert ids(languages=["zh"]) == [two.id]
    assert ids(publishers=["Gull"]) == sorted([one.id, undated.id])
    assert ids(publishers=[]) == []
    assert ids(published=(date(2023, 1, 31), date(2023, 1, 31))) == [one.id]
    assert ids(published=(date(2023, 2, 1), None)) == [two.id]
    assert ids(published=(None, date(2023, 2, 1))) == sorted([one.id, two.id])
    assert ids(publishers=["Gull"], published=(date(2023, 2, 1), None)) == []


def test_vectors_are_kept_by_text_and_fingerprint(database):
    vector = np.array([0.6, -0.8], dtype=np.float32)
    with database.writing():
        database.put_vectors({"a": vector}, "one")
    assert np.allclose(database.vectors(["a", "b"], "one")["a"], vector, atol=1e-3)
    assert database.vectors(["a"], "other") == {}


def test_what_no_chunk_holds_is_dropped(database):
    document = put(database, "kept")
    with database.writing():
        database.put_terms({text_digest("kept"): ["e:keep"], "gone": ["e:go"]}, "f")
        database.drop_unused()
    assert database.terms([text_digest("kept"), "gone"], "f") == {text_digest("kept"): ["e:keep"]}
    with database.writing():
        database.delete_documents([document.id])
        database.drop_unused()
    assert database.terms([text_digest("kept")], "f") == {}
    assert database.chunk_count() == 0


def test_deleted_text_is_overwritten(database, tmp_path):
    document = put(database, "zanzibarite " * 2_000)
    with database.writing():
        database.delete_documents([document.id])
    database.empty_log()
    assert not [path for path in tmp_path.iterdir() if b"zanzibarite" in path.read_bytes()]


def test_readers_see_one_moment_while_another_thread_writes(database):
    with database.reading():
        assert database.chunk_count() == 0
        writer = threading.Thread(target=put, args=(database, "meanwhile"))
        writer.start()
        writer.join()
        assert database.chunk_count() == 0
    assert database.chunk_count() == 1


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path):
    (tmp_path / "collection.sqlite3").write_bytes(b"not a database, but long enough to look at " * 100)
    with pytest.raises(UserError, match="can't be opened"):
        Database(tmp_path / "collection.sqlite3")


def test_a_closed_database_says_so(database):
    database.close()
    database.close()
    with pytest.raises(UserError, match="closed"):
        database.chunk_count()


def test_the_file_is_plain_sqlite(database, tmp_path):
    put(database, "plain")
    with sqlite3.connect(tmp_path / "collection.sqlite3") as other:
        assert other.execute("SELECT COUNT(*) FROM documents").fetchone() == (1,)
    other.close()


def test_closing_waits_for_the_statements_of_other_threads(tmp_path):
    import threading

    from corpus.errors import UserError

    for attempt in range(20):
        database = Database(tmp_path / f"{attempt}.sqlite3")
        told = []

        def read(database=database, told=told):
            try:
                while True:
                    database.chunk_count()
            except UserError as error:
                told.append(error)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        database.close()
        for reader in readers:
            reader.join(timeout=10)
        assert len(told) == 3
