"""Every question is a Python function with the arguments of its command, and its result shows itself."""

import inspect
import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import experiments
import simulation
from experiments.questions.compare.ask import CompareQuestion
from scenarios.input_errors import InputError
from tests import stand_in_company as stand_in
from tests.repository import ROOT

QUICK = {"workers": 1, "progress": False, "simulate": stand_in.simulate_scenario}


@pytest.mark.parametrize("name", experiments.__all__)
def test_every_question_can_be_asked_from_python(name):
    function = getattr(experiments, name)
    arguments = inspect.signature(function).parameters
    assert {"workers", "scheduler", "out", "replace", "progress"} <= set(arguments)
    assert "seed" in arguments
    assert len(function.__doc__) > 300
    assert name in dir(experiments)


def test_arguments_are_those_of_the_command_line():
    from experiments.cli.main import QUESTIONS

    commands = {"map": "market_map", "lead": "lead_history", "agree": "agreement", "what-if": "what_if"}
    renamed = {"quick": "is_quick", "constraint": "constraints", "given_too": "given"}
    for command, function in QUESTIONS.items():
        options = {renamed.get(name, name) for name in inspect.signature(function).parameters}
        options -= {"only_read", "every", "file", "form"}  # of the command line alone
        arguments = set(inspect.signature(getattr(experiments, commands.get(command, command))).parameters)
        assert options <= arguments, command


def test_an_unknown_question_or_argument_is_told():
    with pytest.raises(AttributeError, match="has no attribute 'compair'"):
        experiments.compair  # noqa: B018
    with pytest.raises(InputError, match="compare has no argument rnus; did you mean runs"):
        experiments.compare("reference", rnus=3)


def test_nothing_is_loaded_before_it_is_used():
    heavy = ("numpy", "pandas", "numba", "plotly", "scenarios", "simulation")
    code = f"import sys, experiments; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_result_shows_itself(tmp_path):
    result = experiments.compare("reference", runs=4, **QUICK)
    assert repr(result).startswith("<Comparison: No answer yet: 4 replications are too few")
    assert len(repr(result)) < 200
    assert "<table " in result._repr_html_()
    assert result.to_frame()["variant"].iloc[0] == "integrated"
    assert set(result.figures()) >= {"money", "differences", "luck"}
    assert len(result.runs) == 16
    page = result.report(tmp_path / "page.html")
    assert page.read_text().startswith("<!DOCTYPE html>")
    with pytest.raises(InputError, match="exists; write to another file, or with replace=True"):
        result.report(page)
    assert result.report(page, replace=True) == page
    with pytest.raises(InputError, match=r"a page \(.html\) or a folder, no .csv file"):
        result.report(tmp_path / "x.csv")
    folder = result.report(tmp_path / "folder")
    other = replace(result, question=replace(result.question, seed=7))
    with pytest.raises(InputError, match="holds the result of another question"):
        other.report(folder)
    assert other.report(folder, replace=True) == folder
    assert json.loads((folder / "conclusion.json").read_text())["company"] == "reference"
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "runs.parquet")[["seed"]], result.runs[["seed"]])


def test_a_folder_keeps_the_runs(tmp_path, monkeypatch):
    first = experiments.compare("reference", runs=4, out=tmp_path / "kept", **QUICK)
    again = {**QUICK, "simulate": stand_in.simulate_scenario}
    second = experiments.compare("reference", runs=4, out=tmp_path / "kept", **again)
    pd.testing.assert_frame_equal(first.runs, second.runs)
    monkeypatch.setattr("experiments.execution.engine.get_ready", pytest.fail)
    with pytest.raises(InputError, match="another question"):  # before anything is compiled
        experiments.compare("reference", runs=5, out=tmp_path / "kept", **QUICK)


@pytest.mark.parametrize("precision", ["20 %", 0.2])
def test_a_precision_can_be_written_as_on_the_command_line(precision):
    assert experiments.compare("reference", precision=precision, is_quick=True, **QUICK).n_replications == 50


@pytest.mark.parametrize(
    ("argument", "as_typed", "value"),
    [
        ("runs", "3", 3),
        ("runs", np.int64(3), 3),
        ("types", "defined, aligned", ("defined", "aligned")),
        ("types", ["defined", "aligned"], ("defined", "aligned")),
        ("changes", ["market.turbulence=0.4"], {"market.turbulence": 0.4}),
        ("changes", "market.turbulence=0.4", {"market.turbulence": 0.4}),
    ],
)
def test_arguments_may_be_written_as_on_the_command_line(argument, as_typed, value):
    read = getattr(CompareQuestion(**{argument: as_typed}), argument)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("compare", {"runs": "many"}, 'runs must be a whole number or None, not "many"'),
        ("compare", {"runs": True}, "runs must be a whole number or None, not true"),
        ("compare", {"runs": 2.5}, "runs must be a whole number or None, not 2.5"),
        ("compare", {"types": 3}, "types must be a list"),
        ("compare", {"types": [1, 2]}, "types must be a list"),
        ("compare", {"precision": [1]}, "precision must be a precision or None, not a list"),
        ("compare", {"precision": 2}, "between 0 and 1, not 2.0"),
        ("compare", {"precision": "2%", "runs": 4}, "either --precision or --runs"),
        ("compare", {"changes": 3}, "changes must be"),
        ("compare", {"changes": {1: 2}}, "changes must be"),
        ("compare", {"changes": ["x"]}, "write it like market.turbulence=0.3"),
        ("compare", {"company": None}, "company must be text or a path, not None"),
        ("compare", {"workers": "two"}, 'workers must be a whole number or None, not "two"'),
        ("compare", {"out": 3}, "out must be text or a path or None, not 3"),
        ("compare", {"simulate": "x"}, 'simulate must be a function or None, not "x"'),
        ("validate", {"only": ["S4", "V99"]}, 'there is no pattern "V99"'),
        ("validate", {"is_quick": "yes"}, 'is_quick must be True or False, not "yes"'),
        ("sweep", {"vary": 3}, "vary must be"),
        ("market_map", {"indifference": "little"}, 'indifference must be a number, not "little"'),
        ("calibrate", {"company": "reference"}, "calibrate: missing a required argument: 'leads'"),
    ],
)
def test_what_no_argument_can_be_is_told_in_a_sentence(name, options, says):
    with pytest.raises(InputError) as told:
        getattr(experiments, name)(**options)
    assert says in str(told.value)


def test_a_scheduler_is_looked_for_before_anything_else(monkeypatch):
    def looked_for(address):
        raise InputError(f"nobody answers at {address}")

    monkeypatch.setattr("experiments.execution.dask_pool.check_scheduler", looked_for)
    with pytest.raises(InputError, match="nobody answers at tcp://nowhere:1"):
        experiments.compare(scheduler="tcp://nowhere:1")


def test_workers_may_be_written_as_on_the_command_line():
    assert experiments.compare("reference", runs=1, **{**QUICK, "workers": "1"}).n_replications == 1


def test_a_scenario_and_a_run_show_themselves_in_a_line():
    import scenarios
    from simulation import simulate

    company = scenarios.load("reference", changes={"run.quarters": 1, "market.prospects_per_day": 4})
    run = simulate(company, 1)
    for shown in (repr(company), repr(run)):
        assert "reference" in shown
        assert len(shown) < 150
    assert "<table" in run._repr_html_()
    assert set(run.tables()) >= {"days", "leads", "people"}
    assert list(run.to_frame().columns) == ["outcome", "value", "unit", "meaning"]


def marked(scenario, seed):
    """A run of an engine of one's own: nobody earns anything but one euro."""
    run = simulation.simulate(scenario, seed)
    return replace(run, outcomes={**run.outcomes, "contribution_eur": 1.0})


def test_what_if_lives_both_worlds_with_agents_of_ones_own():
    changes = {"practices.meeting_every_d": 5}
    result = experiments.what_if("small_firm", changes, runs=2, workers=1, progress=False, simulate=marked)
    assert set(result.runs["before/contribution_eur"]) == set(result.runs["after/contribution_eur"]) == {1.0}
