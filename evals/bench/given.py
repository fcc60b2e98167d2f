"""Sets that bring a question's documents with it: RGB (noise, abstention) and CLAPNQ (answer or abstain).

Source of the document choice: RGB's `processdata` in evalue.py (Chen et al. 2024, arXiv:2309.01431): five
documents, of which a share `noise` (rounded up) is negative. RGB shuffles them; here their order does not
matter, for they are indexed together.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.bench.answers import Outcome, abstention, has_answer, outcome
from evals.bench.homes import open_assistant
from evals.bench.sets import SEED, Passage, Question, read_lines
from evals.intervals import estimate
from evals.metrics.answers import rgb_matched
from evals.progress import Progress
from evals.summary import rounded
from index.records import Scope

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings

_DOCUMENTS = 5
NOISES = (0.8, 0.0)
_LEVEL = 2  # quotes read beside the answer


@dataclass(frozen=True, slots=True)
class Given:
    """A question with the documents that it may be answered from."""

    question: Question
    passages: tuple[Passage, ...]
    groups: tuple[tuple[str, ...], ...] = ()
    """Accepted answers; none where the documents do not tell."""
    kind: str = ""


def choose_documents(line: Mapping[str, Any], noise: float) -> list[str]:
    """The documents that RGB gives with a question at a share of noise in [0, 1]."""
    negatives = math.ceil(_DOCUMENTS * noise)
    positives = _DOCUMENTS - negatives
    given = line["positive"]
    if line["kind"] == "int":
        chosen = [group[0] for group in given if group]
        chosen += [text for rank in range(1, _DOCUMENTS) for group in given for text in group[rank : rank + 1]]
        chosen = chosen[: max(positives, len(given))]
        return chosen + list(line["negative"][: _DOCUMENTS - len(chosen)])
    positives = max(min(positives, len(given)), _DOCUMENTS - len(line["negative"]))
    chosen = list(given[:positives])
    return chosen + list(line["negative"][: _DOCUMENTS - len(chosen)])


def rgb(data: Path, homes: Path, limit: int | None = None, settings: AssistantSettings | None = None) -> dict[str, Any]:
    """All figures of RGB by language, kind and noise, and the refusals of its abstain list."""
    lines = _sample(read_lines(data / "rgb" / "rgb.jsonl"), limit)
    absent = [_given(line, line["docs"], ()) for line in _sample(read_lines(data / "rgb" / "abstain.jsonl"), limit)]
    by_noise = {
        noise: [_given(line, choose_documents(line, noise), _groups(line)) for line in lines] for noise in NOISES
    }
    outcomes = ask_given([*by_noise[NOISES[0]], *by_noise[NOISES[1]], *absent], homes, "rgb", settings)
    noisy, clean, refused = outcomes[: len(lines)], outcomes[len(lines) : 2 * len(lines)], outcomes[2 * len(lines) :]
    result: dict[str, Any] = {"records": outcomes}
    for language in ("en", "zh"):
        chosen = [item for item in refused if item["language"] == language]
        answerable = [item for item in clean if item["language"] == language]
        for noise, items in ((NOISES[0], noisy), (NOISES[1], clean)):
            for kind in sorted({item["kind"] for item in items if item["language"] == language}):
                values = [
                    item["scores"]["rgb"] for item in items if (item["language"], item["kind"]) == (language, kind)
                ]
                result[f"{language} {kind}, noise {noise:g}"] = {"accuracy": rounded(estimate(values))}
        if chosen and answerable:
            result[f"{language} abstain"] = abstention(answerable, chosen) | {
                "false_refusals_at_noise_0": rounded(estimate([item["scores"]["refused"] for item in answerable]))
            }
    return result


def clapnq(
    data: Path, homes: Path, limit: int | None = None, settings: AssistantSettings | None = None
) -> dict[str, Any]:
    """Answer-or-abstain over one given passage: AUROC, refusals, and the quotes of the answerable ones."""
    lines = _sample(read_lines(data / "clapnq_abstain" / "pairs.jsonl"), limit)
    items = [_given(line, [line["text"]], (), title=line["title"]) for line in lines]
    outcomes = ask_given(items, homes, "clapnq_abstain", settings)
    pairs = list(zip(lines, outcomes, strict=True))
    answerable = [item for line, item in pairs if line["answerable"]]
    absent = [item for line, item in pairs if not line["answerable"]]
    support = [has_answer(line["support_sentences"], item["quotes"][:1]) for line, item in pairs if line["answerable"]]
    return {
        "records": outcomes,
        "en": abstention(answerable, absent)
        | {
            "first_quote_in_support": rounded(estimate(support)),
            "false_refusals": rounded(estimate([item["scores"]["refused"] for item in answerable])),
        },
    }


def ask_given(
    items: Sequence[Given], homes: Path, name: str, settings: AssistantSettings | None = None
) -> list[Outcome]:
    """Each question asked of its own documents only; all documents lie in one collection."""
    union = {passage.document_id: passage for item in items for passage in item.passages}
    outcomes = []
    with (
        open_assistant(homes, list(union.values()), settings) as assistant,
        Progress(f"answers: {name}", len(items)) as progress,
    ):
        for item in items:
            ids = [passage.document_id for passage in item.passages]
            found = outcome(assistant, item.question, progress, Scope(documents=ids))
            said = "\n".join([found["text"], *found["quotes"][:_LEVEL]])
            refused = found["scores"]["refused"] == 1.0
            correct = 0.0 if refused else rgb_matched(said, item.groups, item.question.language)
            found["scores"]["rgb"] = correct if item.groups else None
            outcomes.append(found | {"language": item.question.language, "kind": item.kind})
    return outcomes


def _sample(lines: list[dict[str, Any]], limit: int | None) -> list[dict[str, Any]]:
    """At most `limit` lines, chosen by a fixed seed, in their order."""
    if limit is None or len(lines) <= limit:
        return lines
    return [lines[pick] for pick in sorted(random.Random(SEED).sample(range(len(lines)), limit))]


def _given(
    line: Mapping[str, Any], texts: Sequence[str], groups: tuple[tuple[str, ...], ...], title: str = ""
) -> Given:
    language = "zh" if line["lang"] == "zh" else "en"
    passages = tuple(Passage(f"{line['id']}-{rank}", language, title, text) for rank, text in enumerate(texts))  # type: ignore[arg-type]
    question = Question(line["id"], language, line["question"])  # type: ignore[arg-type]
    return Given(question, passages, groups, line.get("kind", ""))


def _groups(line: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) if isinstance(group, list) else (group,) for group in line["answers"])
