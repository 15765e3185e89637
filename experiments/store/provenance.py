"""Where a result comes from: what made it, when, from which inputs, with which versions."""

import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("mesa", "numba", "numpy", "pandas", "plotly", "pyarrow", "pydantic", "scipy")
PROJECT = "revenue-together"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Provenance:
    """`model` identifies the model's code, `commit` the state of the repository (None outside one)."""

    command: str
    made_at: str
    model: str
    commit: str | None
    versions: dict[str, str]


def provenance(arguments: Sequence[str] | None = None) -> Provenance:
    """Of a result made now, by the command `python run.py ...` with these arguments (None: this program's own)."""
    from simulation import FINGERPRINT

    words = ["python", "run.py", *arguments] if arguments is not None else ["python", *sys.argv]
    return Provenance(
        command=os.fsencode(shlex.join(words)).decode(
            "utf-8", errors="replace"
        ),  # whatever the system makes of letters
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        model=FINGERPRINT,
        commit=_commit(),
        versions={"python": platform.python_version(), **{name: _version(name) for name in (PROJECT, *PACKAGES)}},
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _commit() -> str | None:
    """The commit checked out, with a plus sign if files have been changed since; None where there is no git."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head
    except (OSError, subprocess.SubprocessError):
        return None


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=5)
    return done.stdout.strip()
