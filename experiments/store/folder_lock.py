"""One writer at a time in a folder of results; the lock goes when its holder ends, however it ends."""

import errno
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.input_errors import InputError

LOCK = ".writing"
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)  # a link in place of the lock would have us write to what it points at


class Taken(InputError):
    """Somebody else has the folder."""


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold the folder; raises Taken that says who else does, InputError that says why it cannot be held."""
    handle = _opened(folder)
    try:
        if not _is_taken(handle):
            raise Taken(
                f"{folder} is being written by {_holder(handle)}; wait for it to end, or give another folder with --out"
            )
        _sign(folder, handle)
        yield
    finally:
        os.close(handle)


def is_being_written(folder: Path) -> bool:
    """Whether somebody holds the folder now."""
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | _NO_LINKS)
    except OSError:
        return False
    try:
        return not _is_taken(handle)
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    try:
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | _NO_LINKS, 0o644)
    except OSError as error:
        raise _no_lock(folder, error) from error


def _sign(folder: Path, handle: int) -> None:
    """Say who holds it."""
    try:
        os.truncate(handle, 0)
        os.write(handle, json.dumps({"process": os.getpid(), "machine": platform.node()}).encode())
    except OSError as error:
        raise _no_lock(folder, error) from error


def _no_lock(folder: Path, error: OSError) -> InputError:
    why = "it is a link" if error.errno == errno.ELOOP else error.strerror or str(error)
    return InputError(f"{folder / LOCK}, which keeps others out, cannot be written: {why}; give another --out")


def _is_taken(handle: int) -> bool:
    """Take the lock unless somebody else holds it; whether that worked."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN  # some network drives have no locks at all: better no lock than no study
    return True


def _holder(handle: int) -> str:
    try:
        holder = json.loads(os.pread(handle, 1000, 0))
        return f"process {holder['process']} on {holder['machine']}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "another process"
