"""Thumbs from the web page as examples that await review.

A thumb up keeps the answer as the accepted one; a thumb down keeps the question and leaves the answer to the reviewer.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from evals.examples import Example, add_drafts

_REFUSED = ("not_found", "chat")


def examples_from_feedback(entries: Iterable[Mapping[str, Any]]) -> list[Example]:
    """One draft a question: the latest thumb counts; entries that lack a field are left out."""
    drafts = {draft.question: draft for entry in entries if (draft := _draft(entry)) is not None}
    return list(drafts.values())


def feedback_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals from-feedback FILE --out SET`."""
    try:
        lines = options.feedback.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise UserError(
            f"{options.feedback} can't be read: {error.strerror}.", "It is feedback.jsonl in the home folder."
        ) from None
    entries = [entry for line in lines if (entry := _entry(line)) is not None]
    drafts = examples_from_feedback(entries)
    if not drafts:
        raise UserError(f"{options.feedback.name} holds no thumbs.", "They are given on the web page.")
    fresh = add_drafts(options.out, drafts)
    say(f"{fresh} drafts added to {options.out}, {len(drafts) - fresh} are there already.")
    say("Check each, fill in what is missing, and take out its review mark.")
    return 0


def _draft(entry: Mapping[str, Any]) -> Example | None:
    answer = entry.get("answer")
    question = str(entry.get("question", "")).strip()
    if not question or not isinstance(answer, Mapping) or entry.get("rating") not in ("up", "down"):
        return None
    good = entry["rating"] == "up"
    refused = answer.get("status") in _REFUSED
    short = str(answer.get("short") or answer.get("text") or "").strip()
    quotes = [quote for quote in answer.get("quotes", ()) if isinstance(quote, Mapping)] if good else []
    labels = ("thumb-up",) if good else ("thumb-down", *filter(None, [str(entry.get("reason", ""))]))
    return Example(
        id="feedback-" + hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()[:8],
        question=question,
        language="zh" if answer.get("language") == "zh" else "en",
        kind="unanswerable" if good and refused else "answerable",
        answers=((short,),) if good and not refused and short else (),
        articles=tuple(dict.fromkeys(name for quote in quotes if (name := _source(quote)))),
        quotes=tuple(str(quote.get("text", "")) for quote in quotes),
        tags=labels,
        review=True,
    )


def _source(quote: Mapping[str, Any]) -> str:
    article = quote.get("article")
    return Path(str(article.get("source", ""))).name if isinstance(article, Mapping) else ""


def _entry(line: str) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
    except json.JSONDecodeError:
        return None
    return data if isinstance(data, dict) else None
