"""Every tutorial does what it shows: in plain Python, and the one for notebooks in a notebook."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.repository import ROOT

PAGES = [*sorted((ROOT / "docs" / "tutorials").glob("*.md")), ROOT / "README.md"]
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MARK = "--- next block ---"


def steps_of(text: str) -> list[tuple[str, str | None]]:
    """Each block of Python with what it is said to print; None where nothing is said."""
    steps: list[tuple[str, str | None]] = []
    for kind, content in BLOCK.findall(text):
        if kind == "python":
            steps.append((content, None))
        else:
            steps[-1] = (steps[-1][0], content)
    return steps


def script_of(steps: list[tuple[str, str | None]]) -> str:
    """All blocks as one program, as a reader would put them into a file."""
    return f"print({MARK!r})\n".join(code for code, _ in steps)


def assert_printed(steps: list[tuple[str, str | None]], printed: list[str]) -> None:
    for (code, wanted), told in zip(steps, printed, strict=True):
        if wanted is not None:
            assert told.strip() == wanted.strip(), code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_prints_what_it_says(page, tmp_path):
    steps = steps_of(page.read_text(encoding="utf-8"))
    assert steps, "a tutorial without code"
    (tmp_path / "tutorial.py").write_text(script_of(steps), encoding="utf-8")
    command = [sys.executable, "tutorial.py"]
    surroundings = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=surroundings, check=False)
    assert done.returncode == 0, done.stderr
    assert_printed(steps, done.stdout.split(MARK))


def test_the_notebook_runs_as_a_notebook(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    steps = steps_of((ROOT / "docs" / "tutorials" / "notebook.md").read_text(encoding="utf-8"))
    cells = [nbformat.v4.new_code_cell(code) for code, _ in steps]
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
        test_a_tutorial_prints_what_it_says(page, tmp_path)
