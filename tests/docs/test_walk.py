"""The walk through `compare` names the files in the order in which they are really entered."""

import re
import sys
from pathlib import Path

import run
from tests.repository import ROOT

PAGE = ROOT / "docs" / "how_a_question_is_answered.md"


def steps() -> list[str]:
    """The files of the page's table, in order."""
    return re.findall(r"^\| \d+ \| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def entered(words: list[str]) -> list[str]:
    """The files of ours whose functions are called, in the order of their first call."""
    seen: dict[str, None] = {}

    def note(frame, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name not in ("<module>", "__init__", "__post_init__", "__enter__"):
            file = Path(frame.f_code.co_filename)
            if file.is_relative_to(ROOT) and ".venv" not in file.parts:
                seen.setdefault(file.relative_to(ROOT).as_posix())

    sys.setprofile(note)
    try:
        assert run.main(words) == 0
    finally:
        sys.setprofile(None)
    return list(seen)


def test_the_files_are_entered_in_the_order_of_the_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.questions.compare.report.exhibits", lambda comparison: [])  # no step of the walk
    small = ["--set", "run.quarters=1", "--set", "market.prospects_per_day=4"]
    words = ["compare", "small_firm", "--runs", "2", "--workers", "1", "--quiet", *small]
    run.main([*words, "--out", "before"])  # everything is imported: what is entered now is what happens
    order = entered([*words, "--out", "walked"])
    walked = [step for step in steps() if step != "run.py"]
    assert [file for file in order if file in walked] == walked
