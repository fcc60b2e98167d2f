"""What all tests share: a guard that keeps them off the network, and one assistant on the bundled articles."""

import os
import socket
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import pytest
from browsing import axe, chromium, opened, served  # noqa: F401 - fixtures for every file
from hypothesis import settings

settings.register_profile("without a clock", deadline=None)  # on a busy machine any example may be slow
settings.load_profile("without a clock")

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")
attempts: list[str] = []
"""Every address outside this machine that somebody tried to reach."""

_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo


def _is_local(host):
    return host is None or str(host).startswith(LOOPBACK) or host == ""


def _guarded_connect(self, address):
    if self.family != socket.AF_UNIX and not _is_local(address[0]):
        attempts.append(str(address))
        raise OSError(f"tests may not leave this machine: {address}")
    return _connect(self, address)


def _guarded_getaddrinfo(host, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else host
    if not _is_local(name):
        attempts.append(str(name))
        raise OSError(f"tests may not leave this machine: {name}")
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = _guarded_connect
socket.getaddrinfo = _guarded_getaddrinfo


@pytest.fixture(scope="session")
def network_attempts():
    return attempts


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    """One assistant on the bundled articles for the whole run; tests do not change it."""
    from assistant import Assistant

    with Assistant.open(tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture(scope="module")
def shelf(request, tmp_path_factory):
    """An assistant on a file's own `ARTICLES` beside the bundled ones: title and text by language."""
    from assistant import Assistant
    from corpus.records import Article, Document

    with Assistant.open(tmp_path_factory.mktemp("shelf")) as made:
        for language, (title, text) in request.module.ARTICLES.items():
            made.collection.add([Document.create(text, Article(title, language))])
        yield made


@pytest.fixture(scope="module")
def small(request, tmp_path_factory):
    """An assistant on a file's own `TEXTS` alone, in the order of adding."""
    from assistant import Assistant

    with Assistant.open(tmp_path_factory.mktemp("small"), bundled=False) as made:
        for text in request.module.TEXTS:
            made.add_text(text)
        yield made


@pytest.fixture
def repository():
    return Path(__file__).parent.parent
