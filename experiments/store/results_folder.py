"""A folder of results that can be read without us, ours alone from the first run to the written report."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from experiments.execution.code_identity import made_with
from experiments.store.atomic_files import UNFINISHED, clear_unfinished, write_whole
from experiments.store.folder_lock import Taken, is_being_written, sole_writer
from experiments.store.manifest import (
    DESIGN,
    MANIFEST,
    check_folder,
    default_folder,
    disk_trouble,
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
        earlier = files_of_ours(self.folder, known)
        listed = {*files, MANIFEST, *([DESIGN] if (self.folder / DESIGN).exists() else [])}
        with disk_trouble(self.folder, lambda: "finished runs are safe"):
            new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self.folder))
            try:
                for name, content in files.items():
                    (new / name).parent.mkdir(parents=True, exist_ok=True)
                    (new / name).write_bytes(content)
                # A kill from here on leaves nothing that the manifest does not know of.
                write_manifest(self.folder, {**known, IS_COMPLETE: False, "files": sorted({*earlier, *listed})})
                for name in files:
                    (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                    os.replace(new / name, self.folder / name)
                _remove(self.folder, {*earlier} - listed)
                write_manifest(self.folder, {**known, **about, IS_COMPLETE: is_complete, "files": sorted(listed)})
            finally:
                shutil.rmtree(new, ignore_errors=True)


@contextmanager
def open_results(
    folder: Path, identity: str, about: Mapping[str, Any], *, replace: bool = False
) -> Iterator[ResultsFolder]:
    """Hold a folder for what is asked; raises InputError if it is not to be had.

    `identity` says in full what is asked, so that the same question goes on; the result of another question is
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
        is_same, files = _is_of(known, own), files_of_ours(folder, known)
        with disk_trouble(folder):
            clear_unfinished(folder)
            if not is_same:
                _remove(folder, files)
            kept = {**known, "files": files} if is_same else {"files": [MANIFEST]}
            write_manifest(folder, {**kept, **about, **own, IS_COMPLETE: bool(is_same and known.get(IS_COMPLETE))})
        yield ResultsFolder(folder)


@contextmanager
def open_usual(company: str, question: str, identity: str, about: Mapping[str, Any]) -> Iterator[ResultsFolder]:
    """Hold the usual folder, or the first with a number behind it that no other question has."""
    with ExitStack() as stack:
        results = None
        while results is None:
            folder = free_folder(company, question, identity)
            try:
                results = stack.enter_context(open_results(folder, identity, about))
            except Taken:
                if _is_of(read_manifest(folder), _own(identity)):
                    raise
        yield results


def check_free(folder: Path, identity: str, *, replace: bool) -> None:
    """Raise InputError where what is asked must not be written: a folder of others, or the result of another question.

    `identity` says in full what is asked; the result of another question may be replaced if that is wished.
    """
    check_folder(folder)
    known = read_manifest(folder)
    if not replace and _holds_result(folder, known) and not _is_of(known, _own(identity)):
        what = known.get("command") or known.get("question") or "another question"
        raise Taken(
            f"{folder} holds the result of another question ({what}), or of another version of the model; give another "
            "folder with --out, or --replace to have it replaced (runs that are the same are kept)"
        )


def _own(identity: str) -> dict[str, str]:
    """What the manifest of a folder says that belongs to this question and this version of the model."""
    return {ASKED: hashlib.sha256(identity.encode()).hexdigest(), MADE_WITH: made_with()}


def _is_of(known: Mapping[str, Any], own: Mapping[str, str]) -> bool:
    return all(known.get(key) == value for key, value in own.items())


def free_folder(company: str, question: str, identity: str) -> Path:
    """The usual folder, or the first with a number behind it that no other question has written to, or writes to."""
    usual, own = default_folder(company, question), _own(identity)
    for number in count(1):
        folder = usual if number == 1 else usual.with_name(f"{usual.name}-{number}")
        known = read_manifest(folder)
        if _is_of(known, own) or not (_holds_result(folder, known) or is_being_written(folder)):
            break
    return folder


def _holds_result(folder: Path, known: Mapping[str, Any]) -> bool:
    """Whether more lies there than runs: a report, if only of a part of them."""
    return bool(known.get(IS_COMPLETE) or {*files_of_ours(folder, known)} - {MANIFEST, DESIGN})


def write_once(
    folder: Path, files: Mapping[str, bytes], identity: str, about: Mapping[str, Any], *, replace: bool
) -> None:
    """Write a result that takes no study, complete unless `about` denies it; raises InputError, StorageError."""
    with open_results(folder, identity, about, replace=replace) as results:
        results.write(files, {}, is_complete=bool(about.get(IS_COMPLETE, True)))


def save_file(path: Path, content: bytes) -> None:
    """Write one file; raises StorageError."""
    with disk_trouble(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)


def _remove(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        if name != MANIFEST:
            with suppress(OSError, ValueError):  # a folder, say, or a name that no file can have
                (folder / name).unlink(missing_ok=True)
