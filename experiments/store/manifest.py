"""What a folder of results says of itself, and whether we may write there."""

import errno
import json
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any

from experiments.store.atomic_files import UNFINISHED, write_whole
from experiments.store.folder_lock import LOCK
from experiments.store.provenance import PROJECT
from scenarios.input_errors import InputError

MANIFEST = "manifest.json"
DESIGN, RUNS, FAILURES = "design.parquet", "runs", "failures"
"""The planned runs of a study, and the folders of its finished and failed ones."""
KIND = f"{PROJECT} results"
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class StorageError(Exception):
    """The disk does not take what has to be kept; `str()` is a sentence that says what is safe and what to do."""


@contextmanager
def disk_trouble(path: Path, safe: Callable[[], str] | None = None) -> Iterator[None]:
    """Turn what the disk refuses into one sentence; `safe` says what is whole all the same."""
    try:
        yield
    except OSError as error:
        named = str(error.filename2 or error.filename or path)
        said = f"{path if UNFINISHED in named else named} cannot be written ({error.strerror or error})"
        remedy = "make room" if error.errno in _FULL else "see to that"
        raise StorageError(f"{said}; {safe()}: {remedy} and give the same command again" if safe else said) from error


def default_folder(company: str, question: str) -> Path:
    """`results/<company>-<question>`; characters that file names dislike become hyphens."""
    return Path("results") / f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', company).strip('.-') or 'company'}-{question}"


def check_folder(folder: Path) -> None:
    """Raise InputError unless results may be written to `folder`: it is new, empty, or holds results of ours."""
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; give a folder with --out")
    if folder.is_dir() and any(map(_is_content, folder.iterdir())) and not _is_ours(folder):
        raise InputError(f"{folder} holds files that are no results of ours; give another folder with --out")
    for name in (RUNS, FAILURES, "figures"):
        if (folder / name).is_symlink():
            raise InputError(f"{folder / name} is a link to elsewhere; remove it, or give another folder with --out")
    if folder == Path.cwd() or folder in Path.cwd().parents:
        raise InputError(f"{folder} is the current folder; give a folder of its own with --out")
    above = next(parent for parent in folder.parents if parent.exists())
    if not above.is_dir():
        raise InputError(f"{above} is a file, not a folder; give another folder with --out")
    if not os.access(folder if folder.is_dir() else above, os.W_OK):
        raise InputError(f"{folder if folder.is_dir() else above} cannot be written to; give another folder with --out")


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a folder of results says about itself; nothing if it is none of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return manifest if manifest["kind"] == KIND and isinstance(manifest["files"], list) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def write_manifest(folder: Path, values: Mapping[str, Any]) -> None:
    """Say it, in one step; raises OSError."""
    write_whole(folder / MANIFEST, json_text({"kind": KIND, **values}).encode(errors="replace"))


def files_of_ours(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """The files that the result in a folder consists of; a manifest may come from anybody, so none outside it."""
    return [name for name in map(str, manifest.get("files", ())) if _lies_inside(folder, name)]


def plain(value: Any) -> Any:
    """A value as JSON allows it: unknown and infinite numbers become null."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | range):
        return [plain(inner) for inner in value]
    if isinstance(value, PurePath):
        return str(value)
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def json_text(value: Any) -> str:
    """A value as indented JSON."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _lies_inside(folder: Path, name: str) -> bool:
    """Whether a file lies there, whatever links are on the way to it."""
    path = folder / name
    with suppress(OSError, ValueError):
        return bool(path.name) and path.name != ".." and path.parent.resolve().is_relative_to(folder.resolve())
    return False


def _is_ours(folder: Path) -> bool:
    """Whether results of ours lie there; a study that lost its manifest is still one."""
    return bool(read_manifest(folder)) or ((folder / LOCK).is_file() and (folder / RUNS).is_dir())


def _is_content(path: Path) -> bool:
    """Whether a file is more than the trace of a writer that was stopped before it had written anything."""
    return path.name != LOCK and not path.name.startswith(UNFINISHED)
