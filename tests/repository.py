"""The repository as text, for tests about the code and the pages themselves."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("scenarios", "simulation", "experiments", "studio", "benchmarks", "tests", "docs")

Sources = dict[str, str]
"""Text by path from the root, with forward slashes."""


def read_sources() -> Sources:
    """Every Python file and Markdown page of ours; not what tools and runs leave behind."""
    files = [*ROOT.glob("*.py"), *ROOT.glob("*.md")]
    for folder in FOLDERS:
        files += [*ROOT.glob(f"{folder}/**/*.py"), *ROOT.glob(f"{folder}/**/*.md")]
    files = [file for file in files if "node_modules" not in file.parts]
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in sorted(files)}


def python_files(sources: Sources, *rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Path and syntax tree of each Python file, of all rooms or of those named."""
    for path, text in sources.items():
        if path.endswith(".py") and (not rooms or room_of(path) in rooms):
            yield path, _parsed(text)


def pages(sources: Sources) -> Iterator[tuple[str, str]]:
    """Path and text of each Markdown page."""
    for path, text in sources.items():
        if path.endswith(".md"):
            yield path, text


def room_of(path: str) -> str:
    """The top folder of a file, or the name of a module at the top: `run` for run.py. The command line is a room."""
    return "cli" if path.startswith("experiments/cli/") else path.split("/")[0].removesuffix(".py")


def module_name(path: str) -> str:
    """The dotted name a file is imported by: `simulation.agents` for simulation/agents/__init__.py."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)
