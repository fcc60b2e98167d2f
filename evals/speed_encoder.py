"""The Chinese encoder that comes with the project: size, loading, speed, and the same vectors on other processors.

Other processors are this one in processes of their own, with its newer instructions switched off: numpy and its linear
algebra then add in another order and by other kernels.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from statistics import median
from typing import Any

import numpy as np

from corpus.errors import UserError
from evals.about import today, versions
from evals.storing import RunFiles
from evals.tables import table
from index.student import FOLDER, Student

SENTENCES = 20_000
LOADS = 9
TARGETS = {"megabytes": 25.0, "loading_seconds": 0.15, "sentences_per_second": 20_000.0}
"""Files and loading at most, sentences at least."""


def encoder_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals speed --encoder`: prints a table and writes `speed-encoder.json`."""
    files = RunFiles(options.out)
    results = measure_encoder(_sentences())
    results |= {"date": today().isoformat(), "versions": versions(("yiju", "numpy"))}
    files.write("speed-encoder.json", [json.dumps(results, indent=1, sort_keys=True) + "\n"])
    lines = [
        ["files", f"{results['megabytes']:.1f} MB", f"at most {TARGETS['megabytes']:.0f} MB"],
        [
            "loading, median",
            f"{results['loading_seconds'] * 1000:.0f} ms",
            f"at most {TARGETS['loading_seconds'] * 1000:.0f} ms",
        ],
        ["... of one core's time", f"{results['loading_core_seconds'] * 1000:.0f} ms", ""],
        [
            f"sentences of {results['characters']:.0f} characters a second",
            f"{results['sentences_per_second']:,.0f}",
            f"at least {TARGETS['sentences_per_second']:,.0f}",
        ],
        ["... of one core's time", f"{results['sentences_per_core_second']:,.0f}", ""],
        ["same vectors on other processors", "yes" if results["same_vectors"] else "NO", "yes"],
    ]
    say(table(["measure", "value", "target"], lines))
    return 0


def measure_encoder(sentences: Sequence[str]) -> dict[str, Any]:
    """Size, loading and speed (by the clock, and by the time that processors spent on it), and the same vectors."""
    loads = [_timed(Student.load) for _ in range(LOADS)]
    student = Student.load()
    student.encode(sentences)
    rounds = [_timed(lambda: student.encode(sentences)) for _ in range(3)]
    sample = sentences[:500]
    here = hashlib.sha256(student.encode(sample).tobytes()).hexdigest()
    return {
        "megabytes": sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6,
        "loading_seconds": median(seconds for seconds, _ in loads),
        "loading_core_seconds": median(spent for _, spent in loads),
        "characters": sum(map(len, sentences)) / len(sentences),
        "sentences_per_second": len(sentences) / min(seconds for seconds, _ in rounds),
        "sentences_per_core_second": len(sentences) / min(spent for _, spent in rounds),
        "same_vectors": _digest_elsewhere(sample) == here,
    }


def _digest_elsewhere(sentences: Sequence[str]) -> str:
    """Digest of the vectors in a process without the newer instructions, on one thread.

    Raises:
        UserError: The process fails.
    """
    program = (
        "import hashlib, json, sys; from index.student import Student; "
        "print(hashlib.sha256(Student.load().encode(json.load(sys.stdin)).tobytes()).hexdigest())"
    )
    newer = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    plain = {
        "NPY_DISABLE_CPU_FEATURES": " ".join(newer),
        "OPENBLAS_CORETYPE": "Nehalem",
        "OPENBLAS_NUM_THREADS": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(sentences),
        env={**os.environ, **plain},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise UserError(f"The encoder fails without newer instructions: {done.stderr.strip()[-300:]}")
    return done.stdout.strip()


def _sentences() -> list[str]:
    """The Chinese sentences of the bundled articles, again and again."""
    from evals.speed import bundled_sentences

    return list(islice(cycle(bundled_sentences("zh")), SENTENCES))


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds that this process's processors spent."""
    began, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - spent
