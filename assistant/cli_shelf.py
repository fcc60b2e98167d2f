"""Commands that change and list the articles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from assistant.cli_parts import opened, print_json, progress
from assistant.facade import Assistant
from assistant.homes import prepare_home
from assistant.mirroring import follow
from corpus.errors import UserError
from corpus.records import Article
from index.adding import AddReport


def add_command(options: argparse.Namespace) -> int:
    """Add articles; refused files are told on stderr and do not stop the rest."""
    with opened(options) as assistant:
        if options.watch:
            return _watch(assistant, options.paths)
        reports = [_add(assistant, options, paths) for paths in _calls(options)]
    if options.json:
        print_json(_report_to_dict(reports))
    else:
        for report in reports:
            _tell(report, options.dry_run)
    return 1 if any(r.refused for r in reports) and not any(r.added or r.unchanged for r in reports) else 0


def _calls(options: argparse.Namespace) -> list[list[str]]:
    """Folders that are mirrored one by one, or all paths at once."""
    return [[path] for path in options.paths] if options.sync else [options.paths]


def _add(assistant: Assistant, options: argparse.Namespace, paths: list[str]) -> AddReport:
    with progress("Indexing") as show:
        if options.sync:
            return assistant.sync(paths[0], show, dry_run=options.dry_run)
        return assistant.preview(paths) if options.dry_run else assistant.add(paths, show)


def _watch(assistant: Assistant, paths: list[str]) -> int:
    if len(paths) != 1:
        raise UserError("--watch follows one folder.", "Start one command for each folder.")
    print(f"Following {paths[0]}; Ctrl-C ends it.", file=sys.stderr)

    def tell(told: AddReport | UserError) -> None:
        if isinstance(told, UserError):
            print(f"yiju: {told}", file=sys.stderr)
        else:
            _tell(told)
        sys.stdout.flush()

    for _ in follow(lambda: assistant.sync(paths[0]), Path(paths[0]), tell):
        pass
    return 0


def _tell(report: AddReport, dry_run: bool = False) -> None:
    counts = [(len(report.added), "added"), (len(report.unchanged), "unchanged"), (len(report.refused), "refused")]
    counts += [(n, name) for n, name in ((len(report.superseded), "superseded"), (len(report.removed), "removed")) if n]
    print(", ".join(f"{number} {name}" for number, name in counts) + (" (nothing was written)" if dry_run else ""))
    for refusal in report.refused:
        print(f"  refused {refusal.source}: {refusal.reason} {refusal.help}".rstrip(), file=sys.stderr)


def _report_to_dict(reports: list[AddReport]) -> dict[str, Any]:
    data: dict[str, Any] = {
        name: [id for report in reports for id in getattr(report, name)]
        for name in ("added", "unchanged", "superseded", "removed")
    }
    refused = [refusal for report in reports for refusal in report.refused]
    return data | {"refused": [{"source": r.source, "reason": r.reason, "help": r.help} for r in refused]}


def remove_command(options: argparse.Namespace) -> int:
    """Remove articles."""
    with opened(options) as assistant:
        removed = assistant.remove(options.ids)
        if options.json:
            print_json({"removed": list(removed)})
        else:
            print(f"{len(removed)} removed")
    return 0


def backup_command(options: argparse.Namespace) -> int:
    """Write a backup."""
    with opened(options) as assistant:
        count = assistant.back_up(options.file, force=options.force)
    print(f"{count} articles in {options.file}")
    return 0


def restore_command(options: argparse.Namespace) -> int:
    """Put a backup into a home folder, and make its indexes."""
    from assistant.backups import restore

    restore(options.file, prepare_home(options.home), options.force)
    with opened(options) as assistant:
        print(f"{len(assistant.articles())} articles restored")
    return 0


def list_command(options: argparse.Namespace) -> int:
    """List the articles, or their earlier versions."""
    with opened(options) as assistant:
        if options.history:
            return _list_history(assistant, options.json)
        entries = assistant.articles()
        if options.json:
            print_json([_entry_to_dict(entry.document_id, entry.article, entry.length) for entry in entries])
            return 0
        for entry in entries:
            article = entry.article
            published = article.published.isoformat() if article.published else "undated   "
            print(f"{entry.document_id}  {article.language}  {published}  {article.publisher or '-'}  {article.title}")
        print(f"{len(entries)} articles", file=sys.stderr)
    return 0


def _list_history(assistant: Assistant, as_json: bool) -> int:
    versions = assistant.collection.history()
    if as_json:
        print_json(
            [
                _entry_to_dict(version.document_id, version.article, version.length)
                | {"successor": version.successor, "replaced": version.replaced.isoformat()}
                for version in versions
            ]
        )
        return 0
    for version in versions:
        print(
            f"{version.document_id}  {version.replaced:%Y-%m-%d %H:%M}  by {version.successor}  {version.article.title}"
        )
    print(f"{len(versions)} earlier versions", file=sys.stderr)
    return 0


def _entry_to_dict(document_id: str, article: Article, length: int) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "title": article.title,
        "language": article.language,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "length": length,
    }
