"""What each command does: results to stdout, progress and remarks to stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.cli import NOT_FOUND
from assistant.cli_parts import opened, print_json, settings_of
from assistant.cli_shelf import add_command, backup_command, list_command, remove_command, restore_command
from assistant.homes import prepare_home
from assistant.quoting import QuoteState
from assistant.records import Answer, Status
from assistant.settings import settings_to_toml
from assistant.texts import place_text
from corpus.errors import UserError
from index.records import Passage

__all__ = ["add_command", "backup_command", "list_command", "remove_command", "restore_command"]


_NO_PASSAGE = "No passage found: search for a word or number in English or Chinese, in a collection that has articles."


def ask_command(options: argparse.Namespace) -> int:
    """Answer one question."""
    with opened(options) as assistant:
        answer = assistant.ask(" ".join(options.question))
        if options.json:
            print_json(answer.to_dict())
        else:
            print(show_answer(answer))
            if options.explain:
                print("\n" + show_trace(answer))
    return NOT_FOUND if answer.status is Status.NOT_FOUND else 0


def chat_command(options: argparse.Namespace) -> int:
    """Talk in the terminal."""
    from assistant.cli_chat import talk

    with opened(options) as assistant:
        talk(assistant)
    return 0


def serve_command(options: argparse.Namespace) -> int:
    """Open the web page."""
    with opened(options) as assistant:
        from assistant.web import serve

        serve(
            assistant,
            host=options.host,
            port=options.port,
            open_browser=options.open,
            auth=options.auth,
            max_upload=options.max_upload,
            reports=options.reports,
            evaluator=options.evaluator,
            tell=lambda line: print(line, file=sys.stderr),
        )
    return 0


def search_command(options: argparse.Namespace) -> int:
    """Find passages."""
    with opened(options) as assistant:
        passages = assistant.search(" ".join(options.query), limit=options.limit, explain=options.explain)
        if options.json:
            print_json([_passage_to_dict(passage) for passage in passages])
        elif passages:
            print("\n".join(line for passage in passages for line in _shown(passage, options.explain)))
        else:
            print(_NO_PASSAGE, file=sys.stderr)
    return 0 if passages else NOT_FOUND


def _shown(passage: Passage, explain: bool) -> Iterator[str]:
    yield f"{passage.rank}. {passage.article.title}  ({passage.document_id}, score {passage.score:.2f})"
    yield "   " + " ".join(passage.text.split())[:300]
    if explain:
        yield "   channels: " + ", ".join(f"{name} {value:.2f}" for name, value in passage.signals.items())
        for match in passage.matches:
            yield f"   {match.query} -> {match.term} ({match.channel}, {match.weight:.2f})"


def verify_command(options: argparse.Namespace) -> int:
    """Check exported quotes against the collection."""
    answers = _exported_answers(options.file)
    with opened(options) as assistant:
        rows = [
            {
                "question": answer.question,
                "number": quote.number,
                "state": assistant.verify(quote).value,
                "text": quote.text,
            }
            for answer in answers
            for quote in answer.quotes
        ]
    if options.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['state']:13} [{row['number']}] {' '.join(str(row['text']).split())[:100]}")
        print(f"{len(rows)} quotes checked", file=sys.stderr)
    return 0 if all(row["state"] == QuoteState.OK.value for row in rows) else NOT_FOUND


def show_config_command(options: argparse.Namespace) -> int:
    """Print the filled settings."""
    print(settings_to_toml(settings_of(options)), end="")
    return 0


def doctor_command(options: argparse.Namespace) -> int:
    """Check everything and tell what is wrong; exits with 1 where something is."""
    from assistant.doctor import examine

    findings = []
    for finding in examine(prepare_home(options.home), lambda: settings_of(options)):
        findings.append(finding)
        if not options.json:
            print(f"{'ok' if finding.ok else 'WRONG':6}{finding.name:12}{finding.detail}", flush=True)
            if finding.mend:
                print(f"{'':18}{finding.mend}")
    if options.json:
        print_json([asdict(finding) for finding in findings])
    return 0 if all(finding.ok for finding in findings) else 1


def show_answer(answer: Answer) -> str:
    """An answer with its numbered quotes, for a terminal."""
    lines = [answer.text]
    for quote in answer.quotes:
        article = quote.article
        published = article.published.isoformat() if article.published else ""
        parts = (article.publisher, article.title, published, place_text(quote.place, answer.language))
        source = ", ".join(part for part in parts if part)
        lines += ["", f"[{quote.number}] “{' '.join(quote.text.split())}”", f"    {source}"]
        if quote.gloss:
            lines.append(f"    gloss: {quote.gloss}")
        if quote.translation:
            lines.append(f"    machine translation: {quote.translation}")
    if answer.suggestions:
        lines += ["", *(f"> {suggestion}" for suggestion in answer.suggestions)]
    return "\n".join(lines)


def show_trace(answer: Answer) -> str:
    """The stages of an answer, one block each."""
    blocks = []
    for entry in answer.trace:
        details = {name: value for name, value in entry.items() if name not in ("stage", "milliseconds")}
        lines = [f"{entry.get('stage', '?')}  ({entry.get('milliseconds', 0)} ms)"]
        for name, value in details.items():
            items = value if isinstance(value, list) else [value]
            lines += [f"  {name}: {json.dumps(item, ensure_ascii=False)}" for item in items]
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _exported_answers(file: Path) -> list[Answer]:
    """The answers in an exported file: one answer, a list of them, or a conversation with `answers`."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        items = data.get("answers", [data]) if isinstance(data, dict) else data
        return [Answer.from_dict(item) for item in items]
    except OSError as error:
        raise UserError(f"{file} can't be read: {error.strerror}.") from None
    except (ValueError, AttributeError) as error:
        raise UserError(f"{file} holds no exported answers: {error}", "Export with `yiju ask --json`.") from None


def _passage_to_dict(passage: Passage) -> dict[str, Any]:
    return {
        "document_id": passage.document_id,
        "span": [passage.span.start, passage.span.end],
        "text": passage.text,
        "language": passage.language,
        "score": passage.score,
        "rank": passage.rank,
        "title": passage.article.title,
        "signals": dict(passage.signals),
        "matches": [
            {"query": match.query, "term": match.term, "channel": match.channel, "weight": match.weight}
            for match in passage.matches
        ],
    }
