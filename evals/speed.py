"""Speed: a query over a large collection, and indexing beside LangChain's tutorial pipeline on the same passages.

The passages are packed from sentences of the bundled articles by a fixed seed, about 100 tokens each, half of
them Chinese: one chunk a passage for both pipelines, so that chunks per second compare.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.records import LANGUAGES, Document, Kind, Language
from evals.about import today, versions
from evals.bench.sets import Passage
from evals.checking import measure_checking
from evals.metrics.latency import latency
from evals.storing import RunFiles
from evals.tables import table

SEED = 11
_LENGTHS: dict[Language, int] = {"en": 450, "zh": 160}
"""Characters of a passage: about 100 tokens in either language."""
_QUERIES = 200
_WARMING = 10
"""Passages that each pipeline indexes before the clock starts: by then its packages and models are loaded."""


def passages(count: int) -> list[Passage]:
    """`count` different passages, half of them Chinese, the same at every call."""
    chooser = random.Random(SEED)
    sentences = {language: bundled_sentences(language) for language in LANGUAGES}
    made: dict[str, Passage] = {}
    while len(made) < count:
        language = LANGUAGES[len(made) % 2]
        text, joint = "", "" if language == "zh" else " "
        while len(text) < _LENGTHS[language]:
            text += joint + chooser.choice(sentences[language])
        passage = Passage(f"speed-{len(made)}", language, f"Passage {len(made)}", text.strip())
        made.setdefault(passage.document_id, passage)
    return list(made.values())


def measure_ours(
    folder: Path, warming: Sequence[Passage], indexed: Sequence[Passage], more: Sequence[Passage]
) -> dict[str, Any]:
    """Chunks per second over `indexed`, once warm; then query times with `more` added."""
    from index.collection import Collection

    shutil.rmtree(folder, ignore_errors=True)
    with Collection.open(folder) as collection:
        collection.add(passage.document() for passage in warming)
        before = collection.chunk_count
        seconds = _timed(lambda: collection.add(passage.document() for passage in indexed))
        rate = (collection.chunk_count - before) / seconds
        collection.add(passage.document() for passage in more)
        questions = _questions()
        for question in questions[:5]:
            collection.search(question)
        times = latency([_timed(lambda q=question: collection.search(q)) for question in questions])  # type: ignore[misc]
        count = collection.chunk_count
    return {
        "indexed_chunks_per_second": round(rate, 1),
        "chunks": count,
        "query": asdict(times) if times else None,
        "peak_memory_megabytes": round(_peak_memory() / 1e6),
    }


def measure_tutorial(warming: Sequence[Passage], indexed: Sequence[Passage]) -> dict[str, Any]:
    """Chunks per second of the LangChain tutorial's pipeline over the same passages, once warm."""
    from evals.bench.baselines import index_with_chroma, split

    index_with_chroma(warming).delete_collection()
    chunks = split(indexed)
    seconds = _timed(lambda: index_with_chroma(indexed))
    return {"indexed_chunks_per_second": round(len(chunks) / seconds, 1)}


def speed_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals speed`: prints a table and writes `speed.json`."""
    files = RunFiles(options.out)
    pool = passages(_WARMING + max(options.chunks, options.indexed))
    warming, pool = pool[:_WARMING], pool[_WARMING:]
    indexed, more = pool[: options.indexed], pool[options.indexed : options.chunks - _WARMING]
    ours = measure_ours(options.out / "collection", warming, indexed, more)
    results: dict[str, Any] = {"yiju": ours, "date": today().isoformat(), "versions": versions(("yiju", "onnxruntime"))}
    lines = [
        ["query, median", f"{ours['query']['p50'] * 1000:.1f} ms", f"{ours['chunks']} chunks"],
        ["query, 95 %", f"{ours['query']['p95'] * 1000:.1f} ms", f"n = {ours['query']['count']}"],
        ["indexing", f"{ours['indexed_chunks_per_second']} chunks/s", f"{options.indexed} passages"],
        ["peak memory", f"{ours['peak_memory_megabytes']} MB", "whole process"],
    ]
    if options.baselines:
        results["tutorial"] = tutorial = measure_tutorial(warming, indexed)
        ratio = ours["indexed_chunks_per_second"] / tutorial["indexed_chunks_per_second"]
        results["indexing_ratio"] = round(ratio, 2)
        lines.append(["indexing, LangChain tutorial", f"{tutorial['indexed_chunks_per_second']} chunks/s", "the same"])
        lines.append(["ratio", f"{ratio:.2f}", ""])
    if checked := measure_checking(options.out / "bundled", _QUERIES):
        results["checking"] = asdict(checked)
        lines.append(["checking a model's answer, median", f"{checked.p50 * 1000:.1f} ms", f"n = {checked.count}"])
        lines.append(["checking a model's answer, 95 %", f"{checked.p95 * 1000:.1f} ms", "at most 15 ms wanted"])
    files.write("speed.json", [json.dumps(results, indent=1, sort_keys=True) + "\n"])
    say(table(["measure", "value", "over"], lines))
    return 0


def bundled_sentences(language: Language) -> list[str]:
    """The sentences of the bundled articles in one language, in reading order."""
    from assistant.homes import bundled_articles
    from corpus.reading import read_paths
    from corpus.sentences import split_sentences

    documents = [item for item in read_paths([bundled_articles()]) if isinstance(item, Document)]
    return [
        sentence.span.cut(document.text)
        for document in documents
        if document.article.language == language
        for sentence in split_sentences(document.text, document.boilerplate)
        if sentence.language == language and sentence.kind == Kind.PROSE
    ]


def _questions() -> list[str]:
    from evals.examples import BUNDLED, read_examples

    texts = [example.question for example in read_examples(BUNDLED)]
    return random.Random(SEED).sample(texts, min(_QUERIES, len(texts)))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak_memory() -> int:
    """Largest resident size so far, in bytes; the system counts in kilobytes, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
