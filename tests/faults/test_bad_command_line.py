"""The command line answers bad input with one sentence on stderr and exit code 2, never with a trace."""

import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests.faults.bad_company_files import BAD_FILES, BadFile
from tests.repository import ROOT

WRONG_INPUT = 2


def answer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the command line says on stderr, once it has refused in the one right way."""
    assert run.main(arguments) == WRONG_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    [sentence] = said.err.splitlines()
    return sentence


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_comparing_a_bad_company_says_what_is_wrong(
    bad: BadFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_bytes(bad.content)
    sentence = answer(["compare", "bad.yaml"], capsys)
    where = "bad.yaml" if bad.line is None else f"bad.yaml, line {bad.line}"
    assert sentence.startswith(f"{where}: ")
    for words in bad.says:
        assert words in sentence
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["compare", "nowhere.yaml"], "no such file"),
        (["compare", ""], "there is no company"),
        (["compare", "aligned"], "aligned is a practice preset, not a company"),
        (["compare", "--set", "market.turbulance=2"], "did you mean market.turbulence?"),
        (["compare", "--set", "market.turbulence"], "write it like market.turbulence=0.3"),
        (["compare", "--set", "market.turbulence=[1"], "not valid YAML"),
        (["compare", "--set", "people.account_executives=0"], "at least 1"),
        (["compare", "--types", "alined,defined"], "aligned"),
        (["run", "reference", "--practices", "alined"], "did you mean aligned?"),
        (["run", "zebra"], 'there is no company "zebra"'),
        (["explain", ""], "nothing is called"),
        (["validate", "--only", "S4,XX"], 'there is no pattern "XX"; there are: S1, S2, '),
        (["validate", "--only", ""], "no pattern is named; there are: S1, S2, "),
        (["validate", "--robustness", "1"], "at least 2 draws, or 0"),
        (["validate", "--survey", "--companies", "3"], "at least 20 companies"),
        (["validate", "--knock-outs", "--company", "nowhere"], "nowhere"),
        (["validate", "--seed", "-1"], "seed must be at least 0"),
        (["validate", "--workers", "0"], "workers must be at least 1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_bad_word_on_the_command_line(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]):
    assert says in answer(arguments, capsys)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["compare", "nowhere.yaml"], "no such file"),
        (["compare", "referense"], "did you mean reference?"),
        (["explain", "market.turbulance"], "did you mean market.turbulence?"),
    ],
)
def test_a_process_of_its_own_ends_with_code_2(arguments: list[str], says: str):
    command = [sys.executable, "run.py", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == WRONG_INPUT
    assert ended.stdout == ""
    [sentence] = ended.stderr.splitlines()
    assert says in sentence
