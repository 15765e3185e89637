"""What happens where nobody can read what a command says, and how soon help is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli.trouble import where_it_happened
from experiments.reporting.progress import progress_bar
from experiments.reporting.terminal import complain
from tests.repository import ROOT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_stdout_is_told_in_a_sentence(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "run.py"), "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=tmp_path,
        )
    assert done.returncode == 4
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that can close a stream")
@pytest.mark.parametrize(
    ("command", "codes"),
    [
        ("list >&-", (0, 4)),
        ("schema | head -c 10", (0, 4)),
        ("--help | true", (0, 4)),
        ("--version | (exec <&-; sleep 1)", (4,)),
        ("--help >/dev/full", (4,)),
        ("zebra 2>/dev/full", (2,)),
        ("list 2>/dev/full", (0,)),
    ],
)
def test_streams_that_nobody_reads_make_no_trace_and_no_verdict(command, codes, tmp_path):
    words = f"set -o pipefail; {sys.executable} {ROOT / 'run.py'} {command}"
    done = subprocess.run(["bash", "-c", words], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode in codes
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_complaints_that_nobody_hears_stop_nothing(monkeypatch):
    class Full:
        encoding = "utf-8"

        def write(self, text):
            raise OSError(28, "No space left on device")

        def fileno(self):
            raise OSError("no file behind it")

    monkeypatch.setattr(sys, "stderr", Full())
    complain("a word")
    with progress_bar("a study") as on_progress:
        on_progress(1, 2)
    assert "cannot be written down" not in where_it_happened(ValueError("x"))
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    assert "cannot be written down" in where_it_happened(ValueError("x"))


@pytest.mark.parametrize("words", [["-h"], ["--version"], ["compare", "-h"], ["calibrate", "--help"], ["sweep", "-h"]])
def test_help_loads_nothing_heavy(words):
    heavy = (
        "numba",
        "pandas",
        "scipy",
        "plotly",
        "simulation",
        "experiments.execution.runner",
        "jinja2",
        "scenarios.scenario",
    )
    code = f"import sys, run; run.main({words}); print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(os.name == "nt", reason="Windows names are no bytes")
def test_a_company_file_whose_name_the_system_cannot_read_is_compared_all_the_same(tmp_path):
    (tmp_path / "für_uns.yaml").write_text("extends: small_firm\n")
    words = ["compare", "für_uns.yaml", "--runs", "2", "--workers", "1", "--set", "run.quarters=1", "--quiet"]
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([sys.executable, str(ROOT / "run.py"), *words], cwd=tmp_path, capture_output=True, env=plain)
    assert done.returncode == 0, done.stderr
    assert "für_uns" in next((tmp_path / "results").glob("*/report.html")).read_text(encoding="utf-8")
