"""Dense search by a Chroma server (`chroma run`), which several processes share.

Only vectors live on the server, in collections whose names begin with a name of this store; a file in the store's
folder keeps that name, so that every process that shares the folder finds them, and a rebuilt store gets new ones.
"""

from __future__ import annotations

import logging
import secrets
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import UserError
from corpus.records import Language
from index.dense import HNSW, ChromaStore
from index.stores import StoreError

_NAME = "server"
"""File with the server's address and the store's name there."""
_PATIENCE = 5.0
"""Seconds that a server may take to say that it is there."""
_log = logging.getLogger(__name__)


class ChromaServerStore(ChromaStore):
    """The dense half of a store on a server.

    Args:
        url: Of the server.
        folder: Keeps the store's name on the server.
        fresh: Make the collections instead of expecting them.

    Raises:
        StoreError: The folder or the server does not know the store.
        UserError: The server can't be reached.
    """

    def __init__(self, url: str, folder: Path, fresh: bool) -> None:
        super().__init__(folder)
        self._url = url.rstrip("/")
        self._fresh = fresh
        if fresh:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _NAME).write_text(f"{self._url} yiju-{secrets.token_hex(8)}", encoding="utf-8")
        self._name = _url_and_name(folder)[1]
        self.count("en")

    def _connect(self) -> Any:  # noqa: ANN401
        import chromadb
        from chromadb.config import Settings

        self.check_reachable()
        parts = urlsplit(self._url)
        secure = parts.scheme == "https"
        return chromadb.HttpClient(
            host=parts.hostname or "",
            port=parts.port or (443 if secure else 80),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )

    def _chunks_of(self, language: Language) -> Any:  # noqa: ANN401
        name = f"{self._name}-{language}"
        if self._fresh:
            return self._client.get_or_create_collection(name, embedding_function=None, configuration=HNSW)
        return self._client.get_collection(name, embedding_function=None)

    def check_reachable(self) -> None:
        """The server answers.

        Raises:
            UserError: It does not.
        """
        try:
            with urllib.request.urlopen(f"{self._url}/api/v2/heartbeat", timeout=_PATIENCE):
                pass
        except (OSError, urllib.error.URLError, ValueError) as error:
            raise UserError(
                f"The Chroma server {self._url} can't be reached: {getattr(error, 'reason', error)}.",
                'Start it with: chroma run --path FOLDER; or set index.store.kind = "local".',
            ) from None


def drop_from_server(folder: Path) -> None:
    """Delete what a discarded store has on its server, if it has anything there."""
    try:
        ChromaServerStore(_url_and_name(folder)[0], folder, fresh=False).drop()
    except StoreError:
        return
    except UserError as error:
        _log.warning("Vectors of a discarded index stay on the server. %s", error.message)


def _url_and_name(folder: Path) -> tuple[str, str]:
    try:
        url, name = (folder / _NAME).read_text(encoding="utf-8").split()
    except (OSError, ValueError) as error:
        raise StoreError(f"dense store: its name on the server is lost: {error}") from None
    return url, name
