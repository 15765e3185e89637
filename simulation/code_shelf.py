"""Where machine code is kept between processes: files that are whole or not read, one process compiling at a time.

They lie in the user's folder for caches, or where the environment says: REVENUE_TOGETHER_CACHE, or Numba's own
NUMBA_CACHE_DIR. Where no file can be written, everything goes on without.
"""

import errno
import hashlib
import os
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from numba import config
from platformdirs import user_cache_path

FOLDER = "REVENUE_TOGETHER_CACHE"
_TOLD = "REVENUE_TOGETHER_CACHE_TOLD"  # so that workers do not repeat what this process has said
_DIGEST_BYTES = 32
_QUICKLY = 1  # of nine levels: half the size at once, and read as fast as the file itself
_KEEP_OF_A_NAME, _KEEP_UNUSED_S, _UNFINISHED_S = 6, 30 * 86400.0, 3600.0
_UNFINISHED = ".unfinished-"


def root() -> Path:
    """The folder of all machine code of this user."""
    given = os.environ.get(FOLDER) or config.CACHE_DIR
    return Path(given) if given else user_cache_path("revenue-together", appauthor=False)


class Shelf:
    """The files of one set of tools: what another version of Numba or another processor made stands elsewhere."""

    def __init__(self, tools: str) -> None:
        self.folder = root() / f"code-{tools}"

    def read(self, name: str) -> bytes | None:
        """The content of a file; None if there is none, or it is not what was written."""
        path = self.folder / name
        try:
            whole = path.read_bytes()
        except OSError:
            return None
        packed = whole[_DIGEST_BYTES:]
        if hashlib.sha256(packed).digest() != whole[:_DIGEST_BYTES]:
            return None
        with suppress(OSError):
            os.utime(path)  # it is in use: clearing up begins with what is not
        return zlib.decompress(packed)

    def write(self, name: str, content: bytes) -> None:
        """Put a file there in one step; says so, once, where that cannot be."""
        packed = zlib.compress(content, _QUICKLY)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(packed).digest() + packed)
                os.replace(unfinished, self.folder / name)
            except BaseException:
                Path(unfinished).unlink(missing_ok=True)
                raise
        except OSError as error:
            _complain(self.folder, error)

    def newest(self, beginning: str, end: str) -> list[str]:
        """Names of files, those that were used last first."""
        files = [path for path in _files(self.folder) if path.name.startswith(beginning) and path.name.endswith(end)]
        return [path.name for path in sorted(files, key=_last_used, reverse=True)]

    def clear(self, beginning: str, end: str) -> None:
        """Remove what has not been used for long: the oldest of a name, half-written files, code of other tools."""
        for name in self.newest(beginning, end)[_KEEP_OF_A_NAME:]:
            _remove(self.folder / name)
        for path in _files(self.folder):
            if path.name.startswith(_UNFINISHED) and _last_used(path) < time.time() - _UNFINISHED_S:
                _remove(path)
        for folder in _files(self.folder.parent):
            is_ours = folder.name.startswith("code-") and folder != self.folder
            if is_ours and max(map(_last_used, _files(folder)), default=0.0) < time.time() - _KEEP_UNUSED_S:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else compiles, then have others wait. The lock ends with its holder, however that ends."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            _complain(self.folder, error)
            yield
            return
        try:
            _lock(handle)
            yield
        finally:
            os.close(handle)


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # somebody has just removed it
        return 0.0


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _lock(handle: int) -> None:
    """Take the lock as soon as it is free; on drives that have none, several may compile the same thing."""
    with suppress(OSError):
        if os.name != "nt":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
            return
        import msvcrt

        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
                return
            except OSError as error:
                if error.errno not in (errno.EDEADLK, errno.EACCES):  # those are: ten seconds were not enough
                    raise


def _complain(folder: Path, error: OSError) -> None:
    if os.environ.get(_TOLD):
        return
    os.environ[_TOLD] = "1"
    print(
        f"The compiled model cannot be kept in {folder} ({error.strerror or error}): it is compiled anew each time; "
        f"the environment variable {FOLDER} can name a folder that can be written.",
        file=sys.stderr,
    )
