"""The tables of a collection's database, and the conditions that its statements share."""

from __future__ import annotations

import json

from index.records import Scope

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, text BLOB NOT NULL, length INTEGER NOT NULL, article TEXT NOT NULL, boilerplate TEXT NOT NULL,
    title TEXT NOT NULL, language TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT,
    pages TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunks (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, language TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_by_title ON documents(title, publisher);
CREATE INDEX IF NOT EXISTS documents_by_language ON documents(language, publisher, published);
CREATE INDEX IF NOT EXISTS documents_by_publisher ON documents(publisher, published);
CREATE INDEX IF NOT EXISTS documents_by_day ON documents(published);
CREATE INDEX IF NOT EXISTS chunks_by_language ON chunks(language);
CREATE INDEX IF NOT EXISTS documents_by_url ON documents(json_extract(article, '$.url'));
CREATE INDEX IF NOT EXISTS chunks_by_document ON chunks(document_id);
CREATE INDEX IF NOT EXISTS chunks_by_digest ON chunks(digest);
CREATE TABLE IF NOT EXISTS vectors (
    digest TEXT NOT NULL, fingerprint TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (digest, fingerprint)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS terms (
    digest TEXT NOT NULL, fingerprint TEXT NOT NULL, terms TEXT NOT NULL, PRIMARY KEY (digest, fingerprint)
) WITHOUT ROWID;
"""
URL = "json_extract(article, '$.url')"
CURRENT = "id NOT IN (SELECT document_id FROM superseded)"
THEN = "CROSS JOIN"
"""Joins in the order written: SQLite would else walk through all chunks of a language to find those of one outlet."""
LATER_COLUMNS = (("documents", "pages", "TEXT NOT NULL DEFAULT '[]'"),)
"""Table, name and kind of columns that files made by earlier versions lack; each is the last of its table."""


def in_scope(scope: Scope) -> tuple[str, list[object]]:
    """Condition on a document `d`, and its values: it is current and in the scope; an undated one is in no range."""
    conditions, values = [f"d.{CURRENT}"], list[object]()
    for column, wanted in (("id", scope.documents), ("language", scope.languages), ("publisher", scope.publishers)):
        if wanted is not None:
            conditions.append(f"d.{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([readable(name) for name in wanted]))
    for comparison, day in zip((">=", "<="), scope.published or (None, None), strict=True):
        if day is not None:
            conditions.append(f"d.published {comparison} ?")
            values.append(day.isoformat())
    return " AND ".join(conditions), values


def readable(text: str) -> str:
    """`text` without lone surrogates, which SQLite's text can't hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
