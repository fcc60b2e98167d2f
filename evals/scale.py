"""Scale: how a large collection builds, opens and answers on this machine, filtered and not.

Texts are made of invented words and vectors are drawn around drawn centres, so that nothing has a licence and a million
chunks need no encoder. They are put into the database as `Collection.add` would leave them; the indexes are then built,
opened and searched by the collection itself.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.records import LANGUAGES, Article, Chunk, Document, Language, Span, text_digest
from evals.about import today, versions
from evals.metrics.latency import latency
from evals.storing import RunFiles
from evals.tables import table
from index.records import EVERYTHING, Scope

Floats = NDArray[np.float32]
SEED = 11
DIMENSION = 384
_CHUNKS_A_DOCUMENT = 5
_WORDS_A_CHUNK = {"en": 80, "zh": 70}
_VOCABULARY = 30_000
_CENTRES = 2_000
_SPREAD = 1.0
"""Length of the noise around a centre, whose length is 1: neighbours of a chunk have cosines of about a half."""
_OUTLETS = 40
_FIRST_DAY, _DAYS = date(2020, 1, 1), 1_500
_QUERIES = 100
_RECALL_AT = 100
_TOGETHER = 200
"""Documents written in one transaction."""


class DrawnEmbedder:
    """Vectors drawn by a text's digest: near each other where texts begin with the same word."""

    dimension = DIMENSION
    fingerprint = f"drawn-{SEED}-{DIMENSION}"

    def __init__(self) -> None:
        self._centres = _unit(np.random.default_rng(SEED).standard_normal((_CENTRES, DIMENSION), dtype=np.float32))

    def encode_query(self, texts: Sequence[str]) -> Floats:
        """Vectors of questions, float32 (n, 384), unit rows."""
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> Floats:
        """Vectors of passages, float32 (n, 384), unit rows."""
        rows = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
            noise = np.random.default_rng(seed).standard_normal(DIMENSION, dtype=np.float32)
            first = text.rsplit("\n", 1)[-1].split(" ", 1)[0]
            centre = int.from_bytes(hashlib.sha256(first.encode()).digest()[:4], "little") % _CENTRES
            rows[row] = self._centres[centre] + _SPREAD * noise / np.sqrt(DIMENSION)
        return _unit(rows)


def scale_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals scale`: prints a table and writes `scale.json`."""
    if not 100 <= options.chunks <= 10_000_000:
        raise UserError(f"--chunks {options.chunks}: from 100 to 10,000,000 can be measured.")
    files = RunFiles(options.out)
    folder = options.out / "collection"
    built = _in_own_process(build, folder, options.chunks) if not options.keep else {}
    asked = _in_own_process(measure, folder)
    results = {"chunks": options.chunks, **built, **asked, "date": today().isoformat()}
    results["versions"] = versions(("yiju", "chromadb", "tantivy", "numpy"))
    files.write("scale.json", [json.dumps(results, indent=1, sort_keys=True) + "\n"])
    say(table(["measure", "value", "over"], _lines(results)))
    return 0


def build(folder: Path, chunks: int) -> dict[str, Any]:
    """Write the articles and build the indexes; returns rates, disk and memory."""
    from index.collection import Collection

    shutil.rmtree(folder, ignore_errors=True)
    with Collection.open(folder, embedder=DrawnEmbedder()) as collection:
        analyzer = collection.analyzer.fingerprint
        written = _timed(lambda: _write(folder, chunks, analyzer))
    started = time.perf_counter()
    with Collection.open(folder, embedder=DrawnEmbedder()) as collection:
        seconds = time.perf_counter() - started
        assert collection.chunk_count == chunks
    return {
        "written_chunks_per_second": round(chunks / written, 1),
        "indexed_chunks_per_second": round(chunks / seconds, 1),
        "disk_megabytes": round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6),
        "build_memory_megabytes": _peak_memory(),
    }


def measure(folder: Path) -> dict[str, Any]:
    """Time to open, query times with and without filters, memory, and recall of the dense channel."""
    from index.collection import Collection

    embedder = DrawnEmbedder()
    started = time.perf_counter()
    with Collection.open(folder, embedder=embedder) as collection:
        opened = time.perf_counter() - started
        questions = list(_questions())
        first = _timed(lambda: collection.search(questions[0]))
        times: dict[str, Any] = {}
        for name, scope in _scopes().items():
            cold = _timed(lambda scope=scope: collection.search(questions[0], scope=scope))  # type: ignore[misc]
            taken = [_timed(lambda q=q, scope=scope: collection.search(q, scope=scope)) for q in questions[1:]]  # type: ignore[misc]
            figures = latency(taken)
            times[name] = {**(asdict(figures) if figures else {}), "first": cold}
        memory = _peak_memory()
        recall = _recall(collection, embedder, questions)
    return {
        "open_seconds": round(opened, 2),
        "first_query_seconds": round(first, 2),
        "query": times,
        "query_memory_megabytes": memory,
        **recall,
    }


def _write(folder: Path, count: int, analyzer: str) -> None:
    """Put articles, chunks, vectors and terms into the database."""
    from index.connections import portions
    from index.database import Database

    database, embedder = Database(folder / "collection.sqlite3"), DrawnEmbedder()
    for group in portions(_documents(count), _TOGETHER):
        texts = {text_digest(text): text for _, _, searched in group for text in searched}
        with database.writing():
            for document, chunks, searched in group:
                database.put_document(document, chunks, [text_digest(text) for text in searched])
            vectors = embedder.encode_document(list(texts.values()))
            database.put_vectors(dict(zip(texts, vectors, strict=True)), embedder.fingerprint)
            database.put_terms({digest: _terms(text) for digest, text in texts.items()}, analyzer)
    with database.writing():
        database.set_fact("store", "1")
        database.advance()
    database.close()


def _documents(count: int) -> Iterator[tuple[Document, list[Chunk], list[str]]]:
    """Documents with their chunks and what is searched for each, together `count` chunks; half of them Chinese."""
    from index.features import searched_text

    chooser = np.random.default_rng(SEED)
    words = {language: _vocabulary(language) for language in LANGUAGES}
    for number, start in enumerate(range(0, count, _CHUNKS_A_DOCUMENT)):
        language = LANGUAGES[number % 2]
        size = min(_CHUNKS_A_DOCUMENT, count - start)
        drawn = _ranks(chooser, size * _WORDS_A_CHUNK[language]).reshape(size, -1)
        pieces = [" ".join(words[language][rank] for rank in row) + "." for row in drawn]
        article = Article(
            f"Report {number}",
            language,
            publisher=f"Outlet {chooser.integers(_OUTLETS)}",
            published=_FIRST_DAY + timedelta(days=int(chooser.integers(_DAYS))),
        )
        document = Document.create("\n".join(pieces), article)
        chunks, place = [], 0
        for ordinal, piece in enumerate(pieces):
            span = Span(place, place + len(piece))
            chunks.append(Chunk(f"{document.id}:{ordinal}", document.id, ordinal, span, language, piece))
            place = span.end + 1
        yield document, chunks, [searched_text(article.title, piece) for piece in pieces]


def _ranks(chooser: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Ranks of words, each about as often as its rank allows (Zipf)."""
    return np.minimum((_VOCABULARY ** chooser.random(count)).astype(np.int64), _VOCABULARY) - 1


def _vocabulary(language: Language) -> list[str]:
    chooser = np.random.default_rng(SEED + len(language))
    if language == "zh":
        return [
            "".join(chr(0x4E00 + int(code)) for code in pair) for pair in chooser.integers(0, 8_000, (_VOCABULARY, 2))
        ]
    syllables = [f"{consonant}{vowel}" for consonant in "bcdfglmnprtv" for vowel in "aeiou"]
    return ["".join(syllables[int(part)] for part in parts) for parts in chooser.integers(0, 60, (_VOCABULARY, 4))]


def _terms(searched: str) -> list[str]:
    return [f"{'e' if word.isascii() else 'z'}:{word.strip('.').lower()}" for word in searched.split()]


def _questions() -> Iterator[str]:
    """Questions of five words, one in two of them Chinese."""
    chooser = np.random.default_rng(SEED + 1)
    words = {language: _vocabulary(language) for language in LANGUAGES}
    for number in range(_QUERIES + 1):
        yield " ".join(words[LANGUAGES[number % 2]][rank] for rank in _ranks(chooser, 5))


def _scopes() -> dict[str, Scope]:
    return {
        "all": EVERYTHING,
        "language": Scope(languages=["en"]),
        "one outlet": Scope(publishers=["Outlet 7"]),
        "ten outlets": Scope(publishers=[f"Outlet {number}" for number in range(10)]),
        "one month": Scope(published=(date(2022, 3, 1), date(2022, 3, 31))),
        "two years": Scope(published=(date(2021, 1, 1), date(2022, 12, 31))),
        "language, outlet and year": Scope(
            languages=["en"], publishers=["Outlet 7"], published=(date(2021, 1, 1), date(2021, 12, 31))
        ),
    }


def _recall(collection: Any, embedder: DrawnEmbedder, questions: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401
    """Share of the truly nearest chunks that the dense channel finds, for some questions."""
    database, found = collection._database, []
    snapshot = collection._searcher.snapshot()
    for language, partition in snapshot.partitions.items():
        ids, _, matrix = database.chunk_vectors(language, embedder.fingerprint)
        for question in questions[:20]:
            vector = embedder.encode_query([question])[0]
            scores = matrix @ vector
            true = {ids[row] for row in np.argpartition(-scores, _RECALL_AT)[:_RECALL_AT]}
            hits = {hit.id for hit in partition.nearest(vector, _RECALL_AT, EVERYTHING)}
            found.append(len(true & hits) / len(true))
    return {f"recall_at_{_RECALL_AT}": round(float(np.mean(found)), 4), "recall_questions": len(found)}


def _lines(results: dict[str, Any]) -> list[list[str]]:
    lines = (
        [
            ["writing", f"{results['written_chunks_per_second']:,} chunks/s", f"{results['chunks']:,} chunks"],
            ["indexing", f"{results['indexed_chunks_per_second']:,} chunks/s", ""],
            ["disk", f"{results['disk_megabytes']:,} MB", ""],
            ["peak memory, building", f"{results['build_memory_megabytes']:,} MB", "whole process"],
        ]
        if "disk_megabytes" in results
        else []
    )
    lines += [
        ["opening", f"{results['open_seconds']} s", f"first query {results['first_query_seconds']} s"],
        ["peak memory, searching", f"{results['query_memory_megabytes']:,} MB", "whole process"],
        [f"recall at {_RECALL_AT}", f"{results[f'recall_at_{_RECALL_AT}']}", f"n = {results['recall_questions']}"],
    ]
    for name, times in results["query"].items():
        value = f"{times['p50'] * 1000:.0f} ms, 95 %: {times['p95'] * 1000:.0f} ms"
        lines.append([f"query, {name}", value, f"n = {times['count']}, first {times['first'] * 1000:.0f} ms"])
    return lines


def _in_own_process(work: Callable[..., dict[str, Any]], *arguments: object) -> dict[str, Any]:
    """Run in a fresh process, so that peaks of memory are told apart."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *arguments).result()


def _unit(rows: Floats) -> Floats:
    scaled: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak_memory() -> int:
    """Largest resident size so far, in megabytes; the system counts in kilobytes, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1e6 if sys.platform == "darwin" else peak / 1e3)
