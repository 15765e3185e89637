"""A what-if answer says what it found, in figures that agree with each other, and ends as the other commands do."""

import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import run
import scenarios
import simulation
from experiments.designs.design import variants_of
from experiments.designs.variant import laid_on
from experiments.execution.runner import Settings
from experiments.observation.yearly import CONTRIBUTION
from experiments.questions.answer import answer
from experiments.questions.what_if.ask import WhatIfQuestion, design_of
from experiments.questions.what_if.result import WhatIf
from experiments.questions.what_if.text import TOGETHER, change_in_words, headline, in_sentences
from experiments.reporting.html import page, words
from experiments.statistics.sequential import Precision
from experiments.store.provenance import PROJECT, Provenance
from scenarios.input_errors import InputError
from tests.asking import parts_of

SHORT = {"run.quarters": 2, "market.prospects_per_day": 12.0}
MADE = Provenance(
    "python run.py what-if", "2026-11-22T10:00:00+00:00", "abc123", None, {PROJECT: "0.1.0", "numpy": "2"}
)
HERE = Settings(workers=1)
MEET = {"practices.meeting_every_d": 5}


def asked(changes: dict[str, object] = MEET, **options: object) -> WhatIf:
    question = WhatIfQuestion("reference", changes, "undefined", SHORT, **options)  # type: ignore[arg-type]
    result: WhatIf = answer(question, HERE).result
    return result


@cache
def meeting() -> WhatIf:
    """Twelve worlds without and with a weekly meeting."""
    return asked(runs=12)


def test_the_parts_add_up_in_every_world():
    worlds = meeting().worlds
    parts = worlds[[name for name in worlds.columns if name.startswith("part/")]].sum(axis=1)
    gap = worlds["after/contribution_eur"] - worlds["before/contribution_eur"]
    assert parts.to_numpy() == pytest.approx(gap.to_numpy(), abs=0.01)
    table = meeting().parts.set_index("part")["change"]
    assert table.drop(CONTRIBUTION).sum() == pytest.approx(table[CONTRIBUTION], abs=0.01)
    assert table[CONTRIBUTION] == pytest.approx(2 * gap.mean())  # of half a year


def test_a_licence_costs_its_price_and_nothing_else():
    licence = asked({"money.crm_eur_per_year": 3_000.0}, runs=3)
    assert list(licence.parts["part"]) == ["coordination", CONTRIBUTION]
    before, people = licence.before, licence.before.people
    n_people = people.account_executives + people.sdrs + people.marketers
    price = (3_000.0 - before.money.crm_eur_per_year) * before.practices.crm_coverage * n_people
    assert licence.gain().mean == pytest.approx(-price)
    assert in_sentences(licence)[2].startswith("Where it comes from: no deal was won, lost or priced differently")


def test_hours_with_the_other_side_are_told():
    hours = meeting().hours.set_index(["side", "activity"])["change"]
    assert hours["sales", "meeting"] > 0
    total = hours[hours.index.get_level_values("activity").isin(TOGETHER)].sum()
    assert f"{total:.1f} hours a week of all people together go to the other side" in in_sentences(meeting())[3]


def test_the_answer_names_the_change_and_the_worlds():
    first = in_sentences(meeting())[0]
    assert first.startswith("In the same 12 worlds, meeting every days = 5 instead of none is worth ")
    assert first.endswith("(the middle 80 % of worlds in brackets).")
    assert change_in_words(meeting()) == "meeting every days = 5 instead of none"


def test_precision_decides_the_number_of_worlds():
    result = asked(precision=Precision(0.9, fewest=4, most=8))
    assert result.n_replications in (4, 5, 6, 7, 8)
    assert result.seeds == list(range(result.n_replications))
    assert result.is_precise_enough in (True, False)


def test_the_company_may_have_its_own_practices():
    before, after = WhatIfQuestion("reference", MEET).plan().companies.values()
    assert before.preset is not None
    assert after.practices.meeting_every_d == 5


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "say what to change"),
        ({"practices.liaison": False}, "the change changes nothing"),
        ({"run.quarters": 4}, "the length of a run is no change of the company"),
        ({"practices.magic": 1}, "there is no practices.magic"),
    ],
)
def test_what_cannot_be_asked_is_answered_in_a_sentence(changes, sentence):
    with pytest.raises(InputError, match=sentence):
        WhatIfQuestion("reference", changes, "undefined").plan()


@pytest.mark.parametrize(
    "changes",
    [
        MEET | {"practices.meeting_discipline": 0.9},
        {"segments.*.complexity": 2.0},
        {"practices": {"liaison": True, "sla": True}},
        {"practices.meeting_every_d": None},
    ],
    ids=str,
)
def test_the_point_of_the_design_is_the_company_with_the_changes(changes):
    before = scenarios.load("reference", "aligned")
    (variant,) = variants_of(design_of(before, changes, [0]))
    assert laid_on(variant.scenario, dict(variant.changes)) == scenarios.with_changes(before, changes)


def test_every_run_is_there_with_what_was_changed():
    runs = meeting().runs
    assert runs["practices.meeting_every_d"].tolist() == [5] * 12
    assert runs["after/contribution_eur"].tolist() == meeting().values("after/contribution_eur").tolist()
    assert meeting().to_frame() is meeting().parts
    assert repr(meeting()) == f"<WhatIf: {headline(meeting())}>"
    assert set(meeting().figures()) == {"origins", "luck"}


def test_the_report_says_the_answer_first_then_evidence_then_doubt():
    whole = page(meeting().content, MADE, ["worlds.csv"])
    assert parts_of(whole) == ["answer", "comes-from", "sure", "hangs-on", "evidence", "compared", "made"]
    assert words(headline(meeting())) in whole
    assert 'id="figure-origins"' in whole
    assert "The same prospects, with the same luck, are lived through twice" in whole
    assert "http" not in whole.split("<script>")[0].replace("http-equiv", "")


def fail_in_world_1(monkeypatch):
    real = simulation.simulate

    def sometimes(scenario, seed):
        if seed == 1:
            raise ZeroDivisionError("world 1")
        return real(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", sometimes)


def test_a_failed_world_is_left_out_and_told(monkeypatch):
    fail_in_world_1(monkeypatch)
    result = asked(runs=3)
    assert result.n_replications == 2
    assert "1 world failed and left out" in in_sentences(result)[1]


WORDS = ["what-if", "reference", "--practices", "undefined", "--set", "practices.meeting_every_d=5", "--workers", "1"]
WORDS += ["--given", "run.quarters=1", "--given", "market.prospects_per_day=6"]


def test_the_command_ends_with_the_answer_and_the_report(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main([*WORDS, "--runs", "2"]) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines[0].startswith("Where it arose")
    assert Path(lines[-1]) == Path("results/reference-what-if/report.html")
    folder = Path("results/reference-what-if")
    assert len(pd.read_csv(folder / "worlds.csv")) == 2
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["changes"] == {"practices.meeting_every_d": 5}
    lying = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    kept = {name for name in lying if name.startswith((".writing", "runs/part-", "failures/"))}
    assert set(manifest["files"]) == lying - kept
    assert pd.read_parquet(folder / "runs.parquet")["practices.meeting_every_d"].tolist() == [5, 5]


def test_json_is_alone_on_stdout_and_failures_end_with_3(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    fail_in_world_1(monkeypatch)
    assert run.main([*WORDS, "--runs", "2", "--json", "--out", "x"]) == 3
    said = capsys.readouterr()
    record = json.loads(said.out)
    assert record["n_worlds"] == 1
    assert record["failures"] == [{"variant": "reference", "seed": 1, "error": "ZeroDivisionError: world 1"}]
    assert "1 run failed, e.g. reference in world 1: ZeroDivisionError" in said.err


def test_an_interruption_ends_with_130(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def interrupted(scenario, seed):
        raise KeyboardInterrupt

    monkeypatch.setattr(simulation, "simulate", interrupted)
    assert run.main([*WORDS, "--runs", "2"]) == 130
    assert json.loads(Path("results/reference-what-if/manifest.json").read_text())["is_complete"] is False
