"""The walk through `compare` names the files in the order in which they are really entered, and who calls them."""

import re
import sys
from functools import cache
from pathlib import Path
from types import CodeType

import run
from tests.architecture_rules import FLOORS
from tests.repository import ROOT

PAGE = ROOT / "docs" / "how_a_question_is_answered.md"
STEP = re.compile(r"^\| (\d+) \| `([^`]+)` \|(?: (\d+))? \|", re.MULTILINE)
MADE = ("<module>", "__init__", "__post_init__", "__enter__")
"""What only makes an object enters no file."""


def walk() -> dict[str, str]:
    """The files of the page's table in order, each with the file that calls it."""
    rows = STEP.findall(PAGE.read_text(encoding="utf-8"))
    assert [number for number, _, _ in rows] == [str(k + 1) for k in range(len(rows))]
    files = {number: file for number, file, _ in rows}
    return {file: files.get(caller, "") for _, file, caller in rows}


@cache
def file_of(code: CodeType) -> str:
    file = Path(code.co_filename)
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else ""


def entered(words: list[str], steps: list[str]) -> dict[str, str]:
    """The steps in the order of their first call, each with the nearest other step that is under way then."""
    seen: dict[str, str] = {}

    def look(frame, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name not in MADE:
            file = file_of(frame.f_code)
            if file in steps and file not in seen:
                above = frame.f_back
                while above and file_of(above.f_code) not in {*steps} - {file}:
                    above = above.f_back
                seen[file] = file_of(above.f_code) if above else "run.py"

    sys.setprofile(look)
    try:
        assert run.main(words) == 0
    finally:
        sys.setprofile(None)
    return seen


def floor(file: str) -> int:
    """How high a file stands; run.py stands above all."""
    return [*FLOORS, "run.py"].index(file.split("/")[1] if "/" in file else file)


def test_the_files_are_entered_in_the_order_of_the_page_and_from_no_lower_floor(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.questions.compare.report.exhibits", lambda comparison: [])  # no step of the walk
    small = ["--set", "run.quarters=1", "--set", "market.prospects_per_day=4"]
    words = ["compare", "small_firm", "--runs", "2", "--workers", "1", "--quiet", *small]
    run.main([*words, "--out", "before"])  # everything is imported: what is entered now is what happens
    steps = walk()
    assert steps.pop("run.py") == ""
    assert list(entered([*words, "--out", "walked"], list(steps)).items()) == list(steps.items())
    assert all(floor(file) <= floor(caller) for file, caller in steps.items())
