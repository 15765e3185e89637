"""One writer at a time in a folder of runs; the lock goes when its holder ends, however it ends."""

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


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold the folder; raises InputError that says who else does."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _is_taken(handle):
            raise InputError(
                f"{folder} is being written by {_holder(handle)}; wait for it to end, or give another folder with --out"
            )
        os.truncate(handle, 0)
        os.write(handle, json.dumps({"process": os.getpid(), "machine": platform.node()}).encode())
        yield
    finally:
        os.close(handle)


def is_being_written(folder: Path) -> bool:
    """Whether somebody holds the folder now."""
    try:
        handle = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _is_taken(handle)
    finally:
        os.close(handle)


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
        told = json.loads(os.pread(handle, 1000, 0))
        return f"process {told['process']} on {told['machine']}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "another process"
