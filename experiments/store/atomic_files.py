"""Files that appear whole or not at all, however the program ends."""

import os
import shutil
import tempfile
from pathlib import Path

UNFINISHED = ".unfinished-"
"""How the names of files begin that were being written when somebody pulled the plug."""


def write_whole(path: Path, content: bytes) -> None:
    """Put a file with this content at `path`, in one step and to stay; raises OSError and then leaves nothing new."""
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # mkstemp makes it readable for its owner only
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def clear_unfinished(folder: Path) -> None:
    """Remove what an earlier writer of this folder left half written."""
    for path in folder.glob(f"{UNFINISHED}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the new name survive a power cut too, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows cannot open folders
        return
    try:
        os.fsync(handle)
    except OSError:  # nor can some network drives
        pass
    finally:
        os.close(handle)
