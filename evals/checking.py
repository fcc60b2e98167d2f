"""What it costs to check a chat model's answer: reading the reply and checking its claims, without the model.

The replies are made of the bundled articles: for each question a reply of three claims, the two best sentences as they
stand and one of them with a figure changed, which tries every way of mending.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.analysis import analyse
from assistant.evidence import gather_evidence
from assistant.facade import Assistant
from assistant.generating.checking import ClaimChecker
from assistant.generating.replies import ReplyReader
from assistant.records import Evidence
from assistant.settings import AssistantSettings
from evals.examples import BUNDLED, read_examples
from evals.metrics.latency import Latency, latency

SEED = 11
_PASSAGES = 12
_SOURCES = 16


def measure_checking(folder: Path, questions: int) -> Latency | None:
    """Seconds that checking took for each of so many questions of the bundled set.

    Args:
        folder: For a collection of the bundled articles.
        questions: At most so many; the first tenth warms up and does not count.
    """
    texts = [example.question for example in read_examples(BUNDLED)]
    chosen = random.Random(SEED).sample(texts, min(questions, len(texts)))
    seconds = []
    with Assistant.open(folder, AssistantSettings()) as assistant:
        for text in chosen:
            question = analyse(text)
            passages = assistant.collection.search(question.standalone, _PASSAGES)
            evidence = gather_evidence(question, passages, assistant.collection)[:_SOURCES]
            if len(evidence) < 2:
                continue
            reply = _reply(evidence)
            started = time.perf_counter()
            reader, checker = ReplyReader(), ClaimChecker(question, evidence, assistant.collection.analyzer)
            for raw in (*reader.feed(reply), *reader.close()):
                checker.check(raw)
            seconds.append(time.perf_counter() - started)
    return latency(seconds[len(seconds) // 10 :])


def _reply(evidence: Sequence[Evidence]) -> str:
    first, second = evidence[:2]
    false = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), first.text, count=1)
    said = [(first.text, first.key), (second.text, second.key), (false, first.key)]
    claims = [{"text": text, "sources": [key]} for text, key in said]
    return json.dumps({"found": True, "claims": claims}, ensure_ascii=False)
