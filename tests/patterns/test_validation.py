"""The quick form of `validate`: patterns that hold clearly, in few worlds, asked so that luck alone does not fail them.

A pattern is asked for its direction, the sign or order of its numbers; `python run.py validate` asks for the sizes.
"""

import json
from pathlib import Path

import pytest

import run
from experiments.execution.runner import Settings
from experiments.questions.validate import ablation
from experiments.questions.validate.ask import Plan, Validation, validate
from experiments.questions.validate.patterns.register import PATTERNS

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


@pytest.fixture(scope="module")
def found() -> Validation:
    return validate(Plan(",".join(HOLD), is_quick=True), Settings(workers=1))


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, places in HOLD.items() for place in places])
def test_the_pattern_shows(name: str, place: int, found: Validation) -> None:
    one = next(finding for finding in found.findings if finding.pattern.id == name).judged[place]
    assert one.is_shown(), (one.check.what, one.found, one.problem)


def test_every_run_succeeds_and_none_is_made_twice(found: Validation) -> None:
    assert found.table.failures == []
    rows = [(done.planned.variant, done.planned.seed) for done in found.table.results]
    assert len(rows) == len(set(rows))


def test_the_same_worlds_give_the_same_numbers(found: Validation) -> None:
    again = validate(Plan("V1", is_quick=True), Settings(workers=1)).findings[0]
    before = next(one for one in found.findings if one.pattern.id == "V1")
    assert [one.found for one in again.judged] == [one.found for one in before.judged]


def test_an_ablation_asks_again_in_the_worlds_of_the_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks in half of them is valued beside the validation's own numbers, and the count of runs goes on."""
    trust = next(one for one in ablation.MECHANISMS if one.name == "trust")
    monkeypatch.setattr(ablation, "MECHANISMS", (trust,))
    monkeypatch.setattr(ablation, "_few_worlds", lambda plan, pattern: plan.worlds(pattern) - 2)
    seen: list[tuple[int, int | None]] = []
    whole = validate(Plan("V19", is_quick=True), Settings(workers=1))
    without = ablation.ablate(whole, Settings(workers=1), lambda n_done, n_rows: seen.append((n_done, n_rows)))
    (cell,) = without.cells.itertuples()
    assert (cell.result, cell.n_worlds) == ("breaks", whole.plan.worlds(whole.findings[0].pattern))
    assert cell.before == ablation._values(whole.findings[0])
    assert seen == sorted(seen)
    assert [done.planned.number for done in without.table.results] == list(range(len(without.table.results)))


def test_the_command_judges_and_writes_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "found"
    words = ["validate", "--quick", "--only", "V19", "--ablate", "--workers", "1", "--json", "--out", str(folder)]
    code = run.main(words)
    said = json.loads(capsys.readouterr().out)
    assert code == (run.DONE if said["passes"] else run.DISAGREES)
    assert [one["id"] for one in said["patterns"]] == ["V19"]
    trust = next(row for row in said["ablation"] if row["mechanism"] == "trust")
    assert trust["result"] == "breaks"  # trust that never moves does not come back
    assert {path.name for path in folder.iterdir()} == {
        *("validation.html", "manifest.json", "checks.csv", "ablation.csv", "figures"),
    }


def test_all_patterns_can_be_asked_for_by_name() -> None:
    for pattern in PATTERNS:
        assert Plan(pattern.id.lower()).patterns == [pattern]
