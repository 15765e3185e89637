"""A study runs every point in every world, and its table is the same however it came about."""

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.designs.presets import with_practices
from experiments.designs.variant import laid_on
from experiments.execution.runner import Settings
from experiments.studies.study import Study, rows_of, run_study, variants_of
from scenarios.input_errors import InputError
from tests.stand_in_company import failing_in_worlds_3_and_4, simulate_scenario
from tests.stand_in_scenario import simulate

BASE = scenarios.load("reference")
POINTS = pd.DataFrame({"practices.crm_coverage": [0.1, 0.9, 0.5], "practices.meeting_every_d": [5.0, np.nan, 63.0]})


def study(points: pd.DataFrame = POINTS, simulate=simulate_scenario, seeds=(4, 2, 3)) -> Study:
    return Study("sweep", BASE, points, seeds, simulate=simulate)


def test_every_point_meets_every_world_and_the_table_is_in_order():
    runs = run_study(study(), settings=Settings(workers=1))
    assert list(zip(runs.table["point"], runs.table["seed"], strict=True)) == [
        (point, seed) for point in range(3) for seed in (2, 3, 4)
    ]
    values = runs.values()
    assert values.shape == (3, 3)
    assert (values[1] > values[2]).all()
    assert (values[2] > values[0]).all()
    assert values[0, 0] == runs.table.query("point == 0 and seed == 4")["contribution_eur"].item()


def test_the_runs_go_world_by_world():
    rows = rows_of(study())
    assert [(row.variant, row.seed) for row in rows[:4]] == [("0", 4), ("1", 4), ("2", 4), ("0", 2)]
    assert [row.number for row in rows] == list(range(9))


def test_the_table_does_not_depend_on_the_number_of_workers():
    alone = run_study(study(simulate=simulate), settings=Settings(workers=1))
    together = run_study(study(simulate=simulate), settings=Settings(workers=2, batch_s=0.0, pool_s=-1.0))
    pd.testing.assert_frame_equal(alone.table, together.table, check_exact=True)


def test_failures_name_point_and_world_and_leave_a_gap():
    runs = run_study(study(simulate=failing_in_worlds_3_and_4), settings=Settings(workers=1))
    assert [(one.planned.variant, one.planned.seed) for one in runs.failures] == [("1", 4), ("1", 3)]
    assert np.isnan(runs.values()[1]).tolist() == [True, False, True]
    assert len(runs.table) == 7


def test_a_type_takes_the_place_of_the_companys_practices_and_an_empty_cell_is_null():
    points = POINTS.assign(practices=["undefined", "integrated", None])
    loose, close, own = [laid_on(variant.scenario, dict(variant.changes)) for variant in variants_of(study(points))]
    assert loose.practices.lead_definition == "separate"
    assert close == scenarios.load("reference", "integrated", dict(variants_of(study())[1].changes))
    assert close.practices.meeting_every_d is None
    assert own == scenarios.with_changes(BASE, {"practices.crm_coverage": 0.5, "practices.meeting_every_d": 63})


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"market.turbulence": [1.0, 99.0]}, r"point 1: market\.turbulence is 99\.0; it must be"),
        ({"market.turbulense": [1.0]}, "point 0: there is no market.turbulense; did you mean market.turbulence?"),
        ({"practices": ["aligend"]}, "did you mean aligned"),
        ({"market.turbulence": []}, "at least one point"),
    ],
)
def test_a_point_that_is_no_company_is_refused(points, sentence):
    with pytest.raises(InputError, match=sentence):
        run_study(study(pd.DataFrame(points)), settings=Settings(workers=1))


@pytest.mark.parametrize("seeds", [(), (1, 1), (-1,)])
def test_seeds_are_different_whole_numbers(seeds):
    with pytest.raises(InputError):
        study(seeds=seeds)


@pytest.mark.parametrize("company", scenarios.companies())
@pytest.mark.parametrize("name", scenarios.presets())
def test_practices_laid_on_a_company_are_those_of_its_file_with_that_type(company, name):
    assert with_practices(scenarios.load(company), name) == scenarios.load(company, practices=name)


def every_other_value(parameter: scenarios.Parameter):
    """A value that is not the default, for most kinds of parameter."""
    if parameter.choices:
        return next(choice for choice in parameter.choices if choice != parameter.default)
    assert parameter.plausible is not None
    low, high = parameter.plausible
    return low if low != parameter.default else high


def outcome_of(lay, changes):
    """The company that comes of it, or the words in which it is refused."""
    try:
        return lay(BASE, changes).model_dump_json()
    except scenarios.ScenarioError as error:
        return str(error)


def test_changes_laid_on_fast_are_those_of_the_loader():
    """Every fourth parameter alone; where the loader refuses a value, so does the fast way, in the same words."""
    single = [parameter for parameter in scenarios.parameters()[::4] if not isinstance(parameter.default, tuple)]
    changes = [{parameter.path: every_other_value(parameter)} for parameter in single]
    accepted = [outcome_of(laid_on, one) for one in changes]
    assert accepted == [outcome_of(scenarios.with_changes, one) for one in changes]
    assert sum(told.startswith("{") for told in accepted) > 80
