"""Collections of external passages, laid out as the assistant's own home; made anew when the index's code changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.about import code_digest
from evals.bench.sets import Passage
from index.settings import IndexSettings

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.settings import AssistantSettings
    from index.collection import Collection


def open_collection(folder: Path, passages: Sequence[Passage], settings: IndexSettings | None = None) -> Collection:
    """A collection that holds exactly the passages.

    Args:
        folder: Under which homes are kept; a home left by other passages, settings or code is never used.
        passages: To index; equal texts become one document.
        settings: Of the index; None for the defaults.
    """
    from index.collection import Collection

    chosen = settings or IndexSettings()
    home = _home(folder, passages, chosen)
    finished = home / "finished"
    if home.exists() and not finished.exists():
        shutil.rmtree(home)
    collection = Collection.open(home / "collection", chosen)
    if not finished.exists():
        collection.add(passage.document() for passage in passages)
        finished.touch()
    return collection


def open_assistant(folder: Path, passages: Sequence[Passage], settings: AssistantSettings | None = None) -> Assistant:
    """An assistant on such a collection; arguments as for `open_collection`."""
    from assistant import Assistant
    from assistant.settings import AssistantSettings

    chosen = settings or AssistantSettings.model_validate({})
    open_collection(folder, passages, chosen.index).close()
    return Assistant.open(_home(folder, passages, chosen.index), chosen, bundled=False)


def _home(folder: Path, passages: Sequence[Passage], settings: IndexSettings) -> Path:
    """The home's folder; those of the same passages and settings that older code made are removed."""
    content = _digest(f"{passage.document_id} {passage.title}" for passage in passages)
    kind = f"{content}-{_digest([settings.model_dump_json()])}"
    home = folder / f"{kind}-{code_digest(('corpus', 'index'))[:8]}"
    for outdated in sorted(folder.glob(f"{kind}-*")):
        if outdated != home:
            shutil.rmtree(outdated)
    return home


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
