"""A folder of results that can be read without us, ours alone from the first run to the written report."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from experiments.execution.code_identity import made_with
from experiments.store.atomic_files import UNFINISHED, clear_unfinished, write_whole
from experiments.store.folder_lock import sole_writer
from experiments.store.manifest import (
    DESIGN,
    MANIFEST,
    StorageError,
    check_folder,
    default_folder,
    files_of_ours,
    read_manifest,
    write_manifest,
)
from experiments.store.run_archive import IS_COMPLETE, RunArchive
from scenarios.input_errors import InputError

ASKED, MADE_WITH = "asked_sha256", "made_with"
"""Keys of the manifest: what was asked, and with which model, Python and libraries."""


class ResultsFolder:
    """A folder that nobody else writes to for now; made by `open_results`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def archive(self, tell: Callable[[str], None], part_s: float = 0.5) -> RunArchive:
        """Where the runs are kept. Raises StorageError."""
        return RunArchive(self.folder, tell, part_s)

    def write(self, files: Mapping[str, bytes], about: Mapping[str, Any], *, is_complete: bool) -> None:
        """Put files (by their path inside the folder) in place of those of the last time; raises StorageError.

        What others put there stays. `about` is what the manifest says besides what it has said since the beginning.
        """
        known = read_manifest(self.folder)
        listed = sorted({*files, MANIFEST, *([DESIGN] if (self.folder / DESIGN).exists() else [])})
        try:
            new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self.folder))
            try:
                for name, content in files.items():
                    (new / name).parent.mkdir(parents=True, exist_ok=True)
                    (new / name).write_bytes(content)
                for name in files:
                    (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                    os.replace(new / name, self.folder / name)
                _remove(self.folder, set(files_of_ours(known)) - set(listed))
                write_manifest(self.folder, {**known, **about, IS_COMPLETE: is_complete, "files": listed})
            finally:
                shutil.rmtree(new, ignore_errors=True)
        except OSError as error:
            raise StorageError(
                f"{self.folder}: the report cannot be written ({error.strerror or error}); finished runs are safe: "
                "make room and give the same command again"
            ) from error


@contextmanager
def open_results(
    folder: Path, identity: str, about: Mapping[str, Any], *, replace: bool = False
) -> Iterator[ResultsFolder]:
    """Hold a folder for what is asked; raises InputError if it is not to be had.

    `identity` says in full what is asked, so that the same question goes on; the conclusion of another question is
    replaced only if that is wished. `about` goes into the manifest at once.
    """
    check_folder(folder)
    own = _own(identity)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be made ({error.strerror or error}); give another folder with --out"
        ) from error
    with sole_writer(folder):
        check_free(folder, identity, replace=replace)
        known = read_manifest(folder)
        is_same = _is_of(known, own)
        try:
            clear_unfinished(folder)
            if not is_same:
                _remove(folder, files_of_ours(known))
            kept = {**known, "files": files_of_ours(known)} if is_same else {"files": [MANIFEST]}
            write_manifest(folder, {**kept, **about, **own, IS_COMPLETE: bool(is_same and known.get(IS_COMPLETE))})
        except OSError as error:
            raise StorageError(f"{folder} cannot be written ({error.strerror or error})") from error
        yield ResultsFolder(folder)


def check_free(folder: Path, identity: str, *, replace: bool) -> None:
    """Raise InputError where what is asked must not be written: a folder of others, or the result of another question.

    `identity` says in full what is asked; the result of another question may be replaced if that is wished.
    """
    check_folder(folder)
    known = read_manifest(folder)
    if known.get(IS_COMPLETE) and not replace and not _is_of(known, _own(identity)):
        raise InputError(_holds_another(folder, known))


def _own(identity: str) -> dict[str, str]:
    """What the manifest of a folder says that belongs to this question and this version of the model."""
    return {ASKED: hashlib.sha256(identity.encode()).hexdigest(), MADE_WITH: made_with()}


def _is_of(known: Mapping[str, Any], own: Mapping[str, str]) -> bool:
    return all(known.get(key) == value for key, value in own.items())


def free_folder(company: str, question: str, identity: str) -> Path:
    """The usual folder, or the first with a number behind it that does not hold the conclusion of another question."""
    usual, number = default_folder(company, question), 1
    own, folder = _own(identity), usual
    while (known := read_manifest(folder)).get(IS_COMPLETE) and not _is_of(known, own):
        number += 1
        folder = usual.with_name(f"{usual.name}-{number}")
    return folder


def write_once(
    folder: Path, files: Mapping[str, bytes], identity: str, about: Mapping[str, Any], *, replace: bool
) -> None:
    """Write a result that takes no study; raises InputError, StorageError."""
    with open_results(folder, identity, about, replace=replace) as results:
        results.write(files, {}, is_complete=True)


def save_file(path: Path, content: bytes) -> None:
    """Write one file; raises StorageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}") from error


def _holds_another(folder: Path, known: Mapping[str, Any]) -> str:
    what = known.get("command") or known.get("question") or "another question"
    return (
        f"{folder} holds the result of another question ({what}), or of another version of the model; give another "
        "folder with --out, or --replace to have it replaced (runs that are the same are kept)"
    )


def _remove(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        if name != MANIFEST:
            with suppress(IsADirectoryError, PermissionError):
                (folder / name).unlink(missing_ok=True)
