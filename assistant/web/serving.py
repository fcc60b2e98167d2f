"""Starting the web server."""

from __future__ import annotations

import errno
import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.web.guard import Credentials
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.facade import Assistant
    from assistant.web.evaluating import Evaluator

TRIED_PORTS = 20
MAX_UPLOAD = 20
"""Megabytes of one uploaded file."""
SECONDS_TO_CLOSE = 5


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    *,
    auth: str | None = None,
    max_upload: int = MAX_UPLOAD,
    reports: Path | None = None,
    evaluator: Callable[[Assistant, Path], Evaluator] | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Serve the page until interrupted.

    Args:
        assistant: Answers the questions.
        host: Address to listen on.
        port: First port tried; the next free one of twenty is taken.
        open_browser: Open the page in the user's browser.
        auth: `USER:PASSWORD-FILE`: asked of everyone who comes; the file's first line is the password.
        max_upload: Megabytes of one uploaded file.
        reports: Folder of evaluation reports; default: `reports` in the home folder.
        evaluator: Makes what runs evaluations, from the assistant and the folder of reports.
        tell: Called with the address, and with warnings.

    Raises:
        UserError: No port is free, or user and password can't be read.
    """
    credentials = read_credentials(auth) if auth else None
    chosen = free_port(host, port)
    loopback = is_loopback(host)
    import uvicorn

    from assistant.web.application import REPORTS, build_application

    folder = reports or assistant.home / REPORTS
    application = build_application(
        assistant,
        credentials=credentials,
        only_loopback=loopback,
        max_upload=max_upload * 1_000_000,
        reports=folder,
        evaluator=evaluator(assistant, folder) if evaluator else None,
    )
    address = f"http://{f'[{host}]' if ':' in host else host}:{chosen}"
    tell(f"Yiju is at {address} (HTTP interface: {address}/docs). Stop with Ctrl-C.")
    if not loopback and credentials is None:
        tell("Warning: everyone who reaches this address can read and change the articles; see --auth.")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    config = uvicorn.Config(
        application,
        host=host,
        port=chosen,
        log_level="warning",
        timeout_graceful_shutdown=SECONDS_TO_CLOSE,
    )
    uvicorn.Server(config).run()


def read_credentials(auth: str) -> Credentials:
    """User and password from `USER:PASSWORD-FILE`.

    Raises:
        UserError: The form is another one, or the file is missing, unreadable or empty.
    """
    user, colon, file = auth.partition(":")
    if not (user and colon and file):
        raise UserError(f"--auth {auth!r} is no USER:PASSWORD-FILE.", "For example: --auth reader:password.txt")
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(f"The password file {file} can't be read.", "Write the password into its first line.") from None
    if not lines or not lines[0].strip():
        raise UserError(f"The password file {file} is empty.", "Write the password into its first line.")
    return Credentials(user, lines[0].strip())


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def free_port(host: str, first: int) -> int:
    """The first free port from `first` on.

    Raises:
        UserError: None of the twenty ports is free, or the address is not of this machine.
    """
    for port in range(first, min(first + TRIED_PORTS, 65_536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                    raise UserError(f"{host} is no address of this machine.", "Name one with --host.") from None
                continue
            return port
    raise UserError(f"No free port from {first} to {first + TRIED_PORTS - 1} on {host}.", "Choose another with --port.")
