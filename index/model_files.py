"""Where a model's files are: a folder, or the hub's cache after one download; and what names their content."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from index.model_settings import LocalModelSettings

_OTHER_FORMATS = ("*.onnx", "*.onnx_data", "onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot", "*.gguf", "imgs/*")
_PICKLES = ("*.bin", "*.pt", "*.pth")
"""Weights in Python's own format; wanted only where there are no others."""
_WEIGHTS = (".safetensors", ".bin")
_HEAD = 2**16


def find_model(settings: LocalModelSettings) -> Path:
    """The folder of a model, downloading it where it is named as on the hub and not there yet.

    What was downloaded is used without asking the hub again, so a collection's vectors never change unasked.

    Raises:
        UserError: There is no such folder or model, or it may not or can't be downloaded.
    """
    folder = Path(settings.model).expanduser()
    if folder.is_dir():
        return folder
    if settings.model.startswith((".", "~", "/")) or settings.model.count("/") > 1 or "\\" in settings.model:
        raise UserError(f"There is no model folder {settings.model}.", "Correct the path in the settings.")
    return _downloaded(settings) or _download(settings)


def content_digest(folder: Path) -> str:
    """16 hexadecimal digits that name a model's files: small ones by content, weights by size, head and tail."""
    content = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder)
        if any(part.startswith(".") for part in name.parts) or file.suffix == ".md":
            continue
        size = file.stat().st_size
        content.update(f"{name.as_posix()} {size}\n".encode())
        with file.open("rb") as stream:
            content.update(stream.read(_HEAD))
            if size > _HEAD:
                stream.seek(-_HEAD, 2)
                content.update(stream.read(_HEAD))
    return content.hexdigest()[:16]


def loading_options(settings: LocalModelSettings) -> dict[str, Any]:
    """What sentence-transformers is told at loading; without progress bars."""
    import torch
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    dtype = "auto" if settings.dtype == "auto" else getattr(torch, settings.dtype)
    return {
        "device": settings.device or None,
        "local_files_only": True,
        "trust_remote_code": settings.trust_remote_code,
        "model_kwargs": {"dtype": dtype},
    }


def first_line(error: Exception) -> str:
    """What an error says first, on one line, with its kind."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:300]}" if lines else type(error).__name__


def _downloaded(settings: LocalModelSettings) -> Path | None:
    """The hub's cached copy, if it is whole."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    for ignored in ((*_OTHER_FORMATS, *_PICKLES), _OTHER_FORMATS):
        try:
            found = snapshot_download(
                settings.model, revision=settings.revision or None, local_files_only=True, ignore_patterns=list(ignored)
            )
        except HFValidationError:
            raise UserError(f"{settings.model!r} is neither a folder nor a name on the model hub.") from None
        except (OSError, ValueError):
            continue
        if any(file.suffix in _WEIGHTS for file in Path(found).rglob("*")):
            return Path(found)
    return None


def _download(settings: LocalModelSettings) -> Path:
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.constants import is_offline_mode
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    name, revision = settings.model, settings.revision or None
    if settings.local_files_only or is_offline_mode():
        missing = f"Model {name} is not on this machine, and downloading is switched off."
        raise UserError(missing, f"Download it first: hf download {name}")
    try:
        files = HfApi().list_repo_files(name, revision=revision)
        has_safe = any(file.endswith(".safetensors") for file in files)
        ignored = [*_OTHER_FORMATS, *(_PICKLES if has_safe else ())]
        return Path(snapshot_download(name, revision=revision, ignore_patterns=ignored))
    except GatedRepoError:
        raise UserError(
            f"Model {name} needs its owner's leave.", "Ask for it on the hub, then: hf auth login"
        ) from None
    except RevisionNotFoundError:
        raise UserError(f"Model {name} has no revision {revision}.", "Correct revision in the settings.") from None
    except RepositoryNotFoundError:
        raise UserError(f"There is no folder and no model {name}.", "Correct the name in the settings.") from None
    except Exception as error:  # the hub's client raises many kinds
        fault = f"Model {name} can't be downloaded: {type(error).__name__}."
        raise UserError(fault, f"Check network and disk, or name a folder. By hand: hf download {name}") from None
