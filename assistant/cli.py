"""The command `yiju`: parses words, calls the library, maps errors to exit codes.

Exit codes: 0 done; 1 a fault that the user can mend (told in one or two lines); 2 wrong usage; 3 `ask` found no answer
in the articles, or `verify` found a quote that no longer holds; 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.facade import Assistant
    from assistant.web.evaluating import Evaluator

NOT_FOUND = 3
"""Exit code of an honest "not in these articles"."""


def main(
    arguments: Sequence[str] | None = None, *, evaluator: Callable[[Assistant, Path], Evaluator] | None = None
) -> int:
    """Run the command; returns its exit code.

    Args:
        arguments: Words of the command; default: those it was called with.
        evaluator: Makes what runs evaluations on the page, from the assistant and the folder of reports.
    """
    options = build_parser().parse_args(arguments)
    options.evaluator = evaluator
    try:
        from assistant import cli_commands

        return int(getattr(cli_commands, options.run)(options))
    except UserError as error:
        print(f"yiju: {error.message}", file=sys.stderr)
        if error.help:
            print(f"      {error.help}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("yiju: interrupted; what was finished is kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def build_parser() -> argparse.ArgumentParser:
    """The command's words; importing nothing heavy, so that `--help` is quick."""
    parser = argparse.ArgumentParser(
        prog="yiju",
        description="Answers questions from English and Chinese articles, every answer proved by verbatim quotes.",
        epilog="Exit codes: 0 done, 1 mendable fault, 2 usage, 3 not in the articles, 130 interrupted.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    ask = _command(commands, "ask", "answer one question")
    ask.add_argument("question", nargs="+", help="the question, in English or Chinese")
    ask.add_argument("--explain", action="store_true", help="print what each stage chose and why")
    _json(ask)

    _command(commands, "chat", "talk in the terminal")

    serve = _command(commands, "serve", "open the web page")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    serve.add_argument("--port", type=int, default=7860, help="port; the next free one is taken if it is busy (7860)")
    serve.add_argument("--open", action="store_true", help="open the page in the browser")
    serve.add_argument("--auth", metavar="USER:PASSWORD-FILE", help="ask for this user and the password in the file")
    serve.add_argument("--max-upload", type=_megabytes, default=20, metavar="MB", help="largest uploaded file (20)")
    serve.add_argument("--reports", type=Path, metavar="FOLDER", help="reports to show (default: reports/ in the home)")

    add = _command(commands, "add", "add articles from files, folders and addresses")
    add.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="file, folder or address (https://...): text, HTML, PDF, Word, EPUB, mail, feeds, JSON, CSV, zip",
    )
    add.add_argument("--sync", action="store_true", help="mirror folders: remove what they no longer hold, too")
    add.add_argument("--watch", action="store_true", help="mirror a folder now and after each change, until Ctrl-C")
    add.add_argument("--dry-run", action="store_true", help="tell what would be done and write nothing")
    _json(add)

    remove = _command(commands, "remove", "remove articles without a trace")
    remove.add_argument("ids", nargs="+", metavar="ID", help="document ids as `yiju list` shows them")
    _json(remove)

    listing = _command(commands, "list", "list the articles")
    listing.add_argument("--history", action="store_true", help="list the earlier versions that newer ones replaced")
    _json(listing)

    backup = _command(commands, "backup", "write articles, settings and feedback into one file")
    backup.add_argument("file", type=Path, help="file to write")
    backup.add_argument("--force", action="store_true", help="overwrite the file if it exists")

    restore = _command(commands, "restore", "put a backup into a home folder")
    restore.add_argument("file", type=Path, help="file that `yiju backup` wrote")
    restore.add_argument("--force", action="store_true", help="replace the articles that the home holds")

    search = _command(commands, "search", "find passages")
    search.add_argument("query", nargs="+", help="question or keywords, in English or Chinese")
    search.add_argument("--limit", type=int, default=5, help="at most so many passages (5)")
    search.add_argument("--explain", action="store_true", help="show which terms matched, and how")
    _json(search)

    verify = _command(commands, "verify", "check the quotes of an exported answer or conversation against the articles")
    verify.add_argument("file", type=Path, help="JSON written by `yiju ask --json` or exported from a chat")
    _json(verify)

    doctor = _command(commands, "doctor", "check disk, settings, index and models, and tell how to mend them")
    _json(doctor)

    config = _command(commands, "show-config", "print the filled settings as TOML")
    config.set_defaults(json=False)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text.capitalize() + ".")
    command.set_defaults(run=name.replace("-", "_") + "_command")
    command.add_argument(
        "--home", type=Path, help="folder of collection, indexes and settings (default: your data folder)"
    )
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="override a setting, such as answering.passages=20",
    )
    return command


def _megabytes(given: str) -> int:
    value = int(given)
    if not 1 <= value <= 10_000:
        raise argparse.ArgumentTypeError("from 1 to 10000")
    return value


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")


if __name__ == "__main__":
    sys.exit(main())
