"""Results of slow steps kept in a folder, by a digest of everything that they depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def remember(folder: Path, key: object, compute: Callable[[], Any]) -> Any:  # noqa: ANN401 - plain JSON data
    """`compute()` as plain JSON data, taken from `folder` where it was computed before for an equal `key`."""
    digest = hashlib.sha256(json.dumps(key, sort_keys=True, default=str).encode()).hexdigest()[:24]
    path = folder / f"{digest}.json"
    if path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    value = compute()
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
    return value
