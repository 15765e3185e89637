"""Every tutorial does what it shows: in plain Python, and the one for notebooks in a notebook."""

import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from simulation.code_shelf import FOLDER, root
from tests.repository import ROOT

NOTEBOOK = ROOT / "docs" / "tutorials" / "notebook.md"
PAGES = [*sorted({*NOTEBOOK.parent.glob("*.md")} - {NOTEBOOK}), ROOT / "README.md"]
BLOCK = re.compile(
    r"^(?:[^\n]*In\s`(?P<file>[^`\n]+)`[^\n]*:\n\n)?```(?P<kind>python|text|diff|bash)\n(?P<text>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
MARK = "--- next block ---"
COPIED = ("scenarios", "simulation", "experiments", "docs")


@dataclass
class Step:
    """A block of a page: Python, commands, or a change of a file; what it is said to print, None if nothing is said."""

    kind: str
    text: str
    file: str | None = None
    wanted: str | None = None


def steps_of(text: str) -> list[Step]:
    """The blocks of a page; commands count only on pages that change files, in a copy of the project."""
    changes_files = "```diff\n" in text
    steps: list[Step] = []
    for block in BLOCK.finditer(text):
        if block["kind"] == "text":
            steps[-1].wanted = block["text"]
        elif block["kind"] != "bash" or changes_files:
            steps.append(Step(block["kind"], block["text"], block["file"]))
    return steps


def changed(text: str, diff: str) -> str:
    """A file's text after a change that a page shows: lines with `-` go, lines with `+` come, others stand around."""
    lines = diff.splitlines(keepends=True)
    assert all(line[0] in " +-\n" for line in lines), f"a line of a change begins with a blank, + or -:\n{diff}"
    before = "".join(line[1:] or line for line in lines if line[0] != "+")
    after = "".join(line[1:] or line for line in lines if line[0] != "-")
    assert text.count(before) == 1, f"stands {text.count(before)} times in the file:\n{before}"
    return text.replace(before, after)


def do(command: list[str], folder: Path, project: Path) -> str:
    """What a command prints in a folder, with the modules of a project; it must not fail."""
    surroundings = {"PYTHONPATH": str(project), "PATH": "/usr/bin:/bin", "HOME": str(folder), FOLDER: str(root())}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=surroundings, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def script_of(steps: list[Step]) -> str:
    """Blocks as one program, as a reader would put them into a file."""
    return f"print({MARK!r})\n".join(step.text for step in steps)


def assert_printed(steps: list[Step], printed: list[str]) -> None:
    for step, told in zip(steps, printed, strict=True):
        if step.wanted is not None:
            assert told.strip() == step.wanted.strip(), step.text


def follow(steps: list[Step], folder: Path) -> None:
    """Do what a page shows: Python from block to block, and where files are changed, those of a copy of the project."""
    project = ROOT
    if any(step.kind == "diff" for step in steps):
        project = folder / "project"
        for name in COPIED:
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for kind, group in groupby(steps, key=lambda step: step.kind):
        together = list(group)
        if kind == "python":
            (folder / "tutorial.py").write_text(script_of(together), encoding="utf-8")
            assert_printed(together, do([sys.executable, "tutorial.py"], folder, project).split(MARK))
        for step in together:
            if kind == "diff":
                file = project / str(step.file)
                file.write_text(changed(file.read_text(encoding="utf-8"), step.text), encoding="utf-8")
            if kind == "bash":
                commands = [[sys.executable, *shlex.split(line)[1:]] for line in step.text.splitlines()]
                assert_printed([step], ["".join(do(command, project, project) for command in commands)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_does_what_it_says(page, tmp_path):
    steps = steps_of(page.read_text(encoding="utf-8"))
    assert steps, "a tutorial without code"
    follow(steps, tmp_path)


def test_a_practice_takes_three_files():
    page = (ROOT / "docs" / "tutorials" / "add_a_practice.md").read_text(encoding="utf-8")
    files = {step.file for step in steps_of(page) if step.kind == "diff"}
    assert files == {"scenarios/communication.py", "simulation/border/meetings.py", "docs/odd.md"}
    assert "takes three files" in page


def test_the_notebook_runs_as_a_notebook(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    steps = steps_of(NOTEBOOK.read_text(encoding="utf-8"))
    cells = [nbformat.v4.new_code_cell(step.text) for step in steps]
    shown = nbformat.v4.new_code_cell("result")
    notebook = nbformat.v4.new_notebook(cells=[*cells, shown])
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    printed = ["".join(out.text for out in cell.outputs if out.get("name") == "stdout") for cell in notebook.cells[:-1]]
    assert_printed(steps, printed)
    assert "text/html" in notebook.cells[-1].outputs[0]["data"]


def test_a_tutorial_that_prints_something_else_is_found(tmp_path):
    page = Path(tmp_path / "wrong.md")
    page.write_text(
        textwrap.dedent("""
        ```python
        print(1)
        ```
        ```text
        2
        ```
    """)
    )
    with pytest.raises(AssertionError):
        test_a_tutorial_does_what_it_says(page, tmp_path)


def test_a_change_that_fits_nowhere_is_found():
    assert changed("a\nb\nc\n", " a\n-b\n+B\n") == "a\nB\nc\n"
    for wrong in (" a\n-c\n+C\n", "*a\n"):
        with pytest.raises(AssertionError):
            changed("a\nb\nc\n", wrong)
