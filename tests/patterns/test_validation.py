"""The quick form of `validate`: patterns that hold clearly, in few worlds, asked so that luck alone does not fail them.

A pattern is asked for its direction, the sign or order of its numbers; `python run.py validate` asks for the sizes.
"""

import json
from pathlib import Path

import pytest

import run
from experiments.cli.options import DISAGREES, DONE
from experiments.execution.runner import Settings
from experiments.questions.validate import ablation, mechanisms
from experiments.questions.validate.ask import ValidateQuestion
from experiments.questions.validate.patterns.register import PATTERNS
from experiments.questions.validate.result import Validation
from tests.asking import result_of

HOLD = {
    "S10": (0, 2),
    "V1": (1,),
    "V5": (0, 1, 2),
    "V16": (0, 1, 2, 3),
    "V17": (0,),
    "V18": (1, 3, 4, 5),
    "V19": (0, 1, 2),
}
"""Patterns, and the places of those of their checks that hold with so much room that a few worlds show it."""


HERE = Settings(workers=1)


@pytest.fixture(scope="module")
def validation() -> Validation:
    result: Validation = result_of(ValidateQuestion(",".join(HOLD), is_quick=True), HERE)
    return result


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, places in HOLD.items() for place in places])
def test_the_pattern_shows(name: str, place: int, validation: Validation) -> None:
    one = next(finding for finding in validation.findings if finding.pattern.id == name).judged[place]
    assert one.is_shown(), (one.check.what, one.estimate, one.problem)


def test_every_run_succeeds_and_none_is_made_twice(validation: Validation) -> None:
    assert validation.failures == []
    assert not validation.runs.duplicated(["condition", "seed"]).any()
    assert len(validation.runs) == validation.question.plan().n_runs


def test_the_same_worlds_give_the_same_numbers(validation: Validation) -> None:
    again = result_of(ValidateQuestion("V1", is_quick=True), HERE).findings[0]
    before = next(one for one in validation.findings if one.pattern.id == "V1")
    assert [one.estimate for one in again.judged] == [one.estimate for one in before.judged]


def test_an_ablation_asks_again_in_the_worlds_of_the_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks in half of them is valued beside the validation's own numbers, and the count of runs goes on."""
    trust = next(one for one in mechanisms.MECHANISMS if one.name == "trust")
    monkeypatch.setattr(mechanisms, "MECHANISMS", (trust,))
    monkeypatch.setattr(ablation, "few_worlds", lambda pattern, n_worlds: n_worlds - 2)
    seen: list[tuple[int, int | None]] = []
    question = ValidateQuestion("V19", is_quick=True, ablate=True)
    whole = result_of(question, HERE, lambda n_done, n_runs: seen.append((n_done, n_runs)))
    assert whole.ablation is not None
    (cell,) = whole.ablation.cells.itertuples()
    assert (cell.result, cell.n_worlds) == ("breaks", question.worlds(whole.findings[0].pattern))
    assert cell.before == ablation._values(whole.findings[0])
    assert [n_done for n_done, _ in seen] == sorted(n_done for n_done, _ in seen)
    assert not whole.runs.duplicated(["setting", "condition", "seed"]).any()
    plan = question.plan()
    assert plan.n_runs is not None
    assert len(whole.runs) <= plan.n_runs
    assert not plan.is_exact


def test_the_command_judges_and_writes_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = [one for one in mechanisms.MECHANISMS if one.name == "trust"] + [*mechanisms.MECHANISMS[:2]]
    monkeypatch.setattr(mechanisms, "MECHANISMS", tuple(dict.fromkeys(few)))
    folder = tmp_path / "found"
    words = ["validate", "--quick", "--only", "V19", "--ablate", "--workers", "1", "--json", "--out", str(folder)]
    code = run.main(words)
    said = json.loads(capsys.readouterr().out)
    assert code == (DONE if said["passes"] else DISAGREES)
    assert [one["id"] for one in said["patterns"]] == ["V19"]
    trust = next(row for row in said["ablation"] if row["mechanism"] == "trust")
    assert trust["result"] == "breaks"  # trust that never moves does not come back
    written = {path.name for path in folder.iterdir()} - {".writing", "runs", "design.parquet", "failures"}
    assert written == {
        *("report.html", "conclusion.json", "manifest.json", "checks.csv", "ablation.csv", "figures"),
        *("runs.csv", "runs.parquet"),
    }


def test_all_patterns_can_be_asked_for_by_name() -> None:
    for pattern in PATTERNS:
        assert ValidateQuestion(pattern.id.lower()).patterns == [pattern]
