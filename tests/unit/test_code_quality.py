"""Lint, layout and types, so that one test command closes over all of them."""

import subprocess
import sys

import pytest

CHECKS = {
    "lint": ["ruff", "check", "--output-format", "concise", "."],
    "layout": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
}
BREACHES = {
    "lint": ("import os\n", ["ruff", "check", "--config", "pyproject.toml"], "F401"),
    "layout": ("x = {'a':1}\n", ["ruff", "format", "--check", "--config", "pyproject.toml"], "would be reformatted"),
    "types": ("def f(x):\n    return x\n", ["mypy", "--config-file", "pyproject.toml"], "no-untyped-def"),
}


def checked(root, arguments):
    """Run a tool of this environment from the root; its exit code and all it said."""
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("what", CHECKS)
def test_the_code_is_clean(what, root):
    code, said = checked(root, CHECKS[what])
    assert code == 0, said


@pytest.mark.parametrize("what", BREACHES)
def test_the_check_can_fail(what, root, tmp_path):
    text, arguments, complaint = BREACHES[what]
    file = tmp_path / "breach.py"
    file.write_text(text)
    code, said = checked(root, [*arguments, str(file)])
    assert code == 1
    assert complaint in said
