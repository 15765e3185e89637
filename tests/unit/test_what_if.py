"""A what-if answer says what it found, in figures that agree with each other, and ends as the other commands do."""

import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import run
import simulation
from experiments.execution.runner import Settings
from experiments.questions.what_if.ask import Question, WhatIf, pair_of, what_if
from experiments.questions.what_if.report import what_if_exhibits, what_if_report
from experiments.questions.what_if.text import TOGETHER, change_in_words, headline, in_sentences
from experiments.reporting.html import text
from experiments.store.provenance import PROJECT, Provenance

SHORT = {"run.quarters": 2, "market.prospects_per_day": 12.0}
MADE = Provenance(
    "python run.py what-if", "2026-11-22T10:00:00+00:00", "abc123", None, {PROJECT: "0.1.0", "numpy": "2"}
)
HERE = Settings(workers=1)


@cache
def found(path: str = "practices.meeting_every_d", value: object = 5, runs: int = 12) -> WhatIf:
    return what_if("reference", Question({path: value}, practices="undefined", given=SHORT, runs=runs), HERE)


def test_the_parts_add_up_in_every_world():
    worlds = found().worlds
    parts = worlds[[name for name in worlds.columns if name.startswith("part/")]].sum(axis=1)
    gap = worlds["after/contribution_eur"] - worlds["before/contribution_eur"]
    assert parts.to_numpy() == pytest.approx(gap.to_numpy(), abs=0.01)
    table = found().parts.set_index("part")["change"]
    assert table.drop("contribution_eur").sum() == pytest.approx(table["contribution_eur"], abs=0.01)


def test_a_licence_costs_its_price_and_nothing_else():
    answer = found("money.crm_eur_per_year", 3_000.0, runs=3)
    assert list(answer.parts["part"]) == ["coordination", "contribution_eur"]
    people = answer.pair.before.people
    dearer = 3_000.0 - answer.pair.before.money.crm_eur_per_year
    price = (
        dearer
        * answer.pair.before.practices.crm_coverage
        * (people.account_executives + people.sdrs + people.marketers)
    )
    assert answer.gain().mean == pytest.approx(-price / 2)  # half a year
    assert in_sentences(answer)[1].startswith("Where it arose: no deal was won, lost or priced differently")


def test_hours_with_the_other_side_are_told():
    hours = found().hours.set_index(["side", "activity"])["change"]
    assert hours["sales", "meeting"] > 0
    total = hours[hours.index.get_level_values("activity").isin(TOGETHER)].sum()
    assert f"{total:.1f} hours a week of all people together go to the other side" in in_sentences(found())[2]


def test_the_answer_names_the_change_and_the_worlds():
    first = in_sentences(found())[0]
    assert first.startswith("In the same 12 worlds, meeting every days = 5 instead of none is worth ")
    assert first.endswith(" in 2 quarters.")
    assert change_in_words(found()) == "meeting every days = 5 instead of none"


def test_precision_decides_the_number_of_worlds():
    from experiments.statistics.sequential import Precision

    question = Question(
        {"practices.meeting_every_d": 5},
        practices="undefined",
        given=SHORT,
        precision=Precision(0.9, fewest=4, most=8),
    )
    assert what_if("reference", question, HERE).n_worlds in (4, 5, 6, 7, 8)


def test_the_company_may_have_its_own_practices():
    pair = pair_of("reference", Question({"practices.meeting_every_d": 5}))
    assert pair.before.preset is not None
    assert pair.after.practices.meeting_every_d == 5


def test_the_report_says_the_answer_first_then_evidence_then_doubt():
    page = what_if_report(found(), what_if_exhibits(found()), MADE)
    places = [page.index(f'id="{name}"') for name in ("answer", "evidence", "doubt", "inputs", "origin")]
    assert places == sorted(places)
    assert text(headline(found())) in page
    assert 'id="figure-origins"' in page
    assert "http" not in page.split("<script>")[0].replace("http-equiv", "")


def test_a_failed_world_is_left_out_and_told(monkeypatch):
    real = simulation.simulate

    def sometimes(scenario, seed):
        if seed == 1:
            raise ZeroDivisionError("world 1")
        return real(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", sometimes)
    question = Question({"practices.meeting_every_d": 5}, practices="undefined", given=SHORT, runs=3)
    answer = what_if("reference", question, HERE)
    assert answer.n_worlds == 2
    assert "1 world failed and left out" in in_sentences(answer)[-1]


WORDS = ["what-if", "reference", "--practices", "undefined", "--set", "practices.meeting_every_d=5", "--workers", "1"]
WORDS += ["--given", "run.quarters=1", "--given", "market.prospects_per_day=6"]


def test_the_command_ends_with_the_answer_and_the_report(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main([*WORDS, "--runs", "2"]) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines[0].startswith("where it arose")
    assert Path(lines[-1]) == Path("results/reference-what-if/report.html")
    folder = Path("results/reference-what-if")
    assert len(pd.read_csv(folder / "worlds.csv")) == 2
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["changes"] == {"practices.meeting_every_d": 5}
    assert set(manifest["files"]) == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }


def test_json_is_alone_on_stdout_and_failures_end_with_3(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    real = simulation.simulate

    def sometimes(scenario, seed):
        if seed == 1:
            raise ZeroDivisionError("world 1")
        return real(scenario, seed)

    monkeypatch.setattr(simulation, "simulate", sometimes)
    assert run.main([*WORDS, "--runs", "2", "--json", "--out", "x"]) == 3
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["n_worlds"] == 1
    assert told["failures"] == [{"seed": 1, "error": "ZeroDivisionError: world 1"}]
    assert "1 run failed, e.g. world 1: ZeroDivisionError" in said.err


def test_an_interruption_ends_with_130(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def interrupted(scenario, seed):
        raise KeyboardInterrupt

    monkeypatch.setattr(simulation, "simulate", interrupted)
    assert run.main([*WORDS, "--runs", "2"]) == 130
    assert Path("results/reference-what-if-interrupted/manifest.json").exists()
