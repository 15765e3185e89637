"""Designs try the points they promise: their number, their balance, their types, and nothing a constraint forbids."""

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.designs.constraint import constraint
from experiments.designs.dimension import Dimension, dimension_of, parse_vary
from experiments.designs.factorial import DESIGNS, kept_by, make, usual_design
from experiments.designs.point_list import read_points
from experiments.designs.presets import companies_with
from experiments.designs.sampling import latin_hypercube, sobol_sequence
from experiments.execution.runner import Settings
from experiments.statistics.sobol_morris_designs import morris, problem, saltelli
from experiments.studies.study import Study, run_study, variants_of
from scenarios.input_errors import InputError
from tests.stand_in_scenario import simulate

BASE = scenarios.load("reference")


def vary(*texts: str) -> list[Dimension]:
    return parse_vary(texts, BASE)


# --- what varies ---


def test_a_range_a_list_and_a_path_alone():
    turbulence, meeting, scheme, rate = vary(
        "market.turbulence=0:2:5", "practices.meeting_every_d=null,5,21", "pay.marketing.scheme", "people.skill_sd"
    )
    assert turbulence.levels() == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert meeting.levels() == [None, 5, 21]
    assert set(scheme.values) == {"mql", "fixed", "accepted", "pipeline", "revenue", "mix"} & set(scheme.values)
    assert len(scheme.values) >= 3
    assert (rate.low, rate.high) == (0.05, 0.4)


def test_practices_and_pay_are_levers_and_the_market_is_not():
    roles = {
        one.path: one.role for one in vary("practices", "market.turbulence", "pay.marketing.scheme", "people.sdrs")
    }
    assert roles == {
        "practices": "lever",
        "market.turbulence": "uncertainty",
        "pay.marketing.scheme": "lever",
        "people.sdrs": "lever",
    }


def test_whole_numbers_stay_whole_and_are_equally_likely():
    (one,) = vary("people.marketers=2:5")
    drawn = one.at(np.linspace(0, 1, 4001))
    assert {type(value) for value in drawn} == {int}
    counts = np.bincount(drawn)[2:]
    assert counts.sum() == 4001
    assert counts.max() - counts.min() <= 2
    assert one.levels() == [2, 3, 4, 5]


def test_every_value_of_a_list_is_equally_likely():
    (one,) = vary("practices.liaison=true,false")
    assert one.at(np.array([0.0, 0.49, 0.5, 0.99, 1.0])) == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("market.turbulense=0:1", "did you mean market.turbulence"),
        ("market.turbulence=0:99", "market.turbulence is 99.0; it must be a number, at least 0"),
        ("market.turbulence=2:1", "the smaller end"),
        ("market.turbulence=a:b", "is no range"),
        ("market.turbulence=", "names no values"),
        ("market.turbulence=1,1", "a value is there twice"),
        ("practices.liaison=0:1", "list the values"),
        ("practices=aligend", "did you mean aligned"),
        ("segments.huge.complexity=1:2", "reference has no segments.huge.complexity"),
        ("people.sdrs=2.1:2.9", "no two whole numbers"),
        ("practices.liaison=maybe", 'practices.liaison is "maybe"; it must be true or false'),
    ],
)
def test_what_cannot_vary_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(InputError, match=sentence):
        vary(text)


def test_a_range_is_held_against_its_own_bounds_and_a_point_against_the_whole_company():
    """Two shares that together must not exceed 1 may both go from 0 to 1; a constraint leaves out what is too much."""
    both = vary("customers.weight_match=0:1:3", "customers.weight_story=0:1:3")
    points = make("grid", both, 1, BASE)
    with pytest.raises(InputError, match=r"point 5: .*together exceed 1"):
        run_study(Study("sweep", BASE, points, (0,)), settings=Settings(workers=1, simulate=simulate))
    kept = kept_by([constraint("customers.weight_match + customers.weight_story <= 1")], points, BASE).points
    assert len(run_study(Study("sweep", BASE, kept, (0,)), settings=Settings(workers=1, simulate=simulate)).table) == 6
    with pytest.raises(InputError, match=r"customers\.weight_match is 1\.5; it must be"):
        vary("customers.weight_match=0:1.5")


def test_a_path_that_varies_twice_is_refused():
    with pytest.raises(InputError, match="varies twice"):
        vary("market.turbulence=0:1", "market.turbulence=1:2")


def test_every_parameter_that_varies_by_default_gives_possible_companies():
    """Ends of the plausible range and all choices, of every fifth parameter."""
    n_varying = 0
    for parameter in scenarios.parameters()[::5]:
        try:
            found = dimension_of(parameter.path, None, BASE)
        except InputError:
            continue  # ends that do not fit the rest of the reference company, or nothing usual
        n_varying += 1
        assert len(found.levels()) >= 2
    assert n_varying > 60


# --- designs ---


def test_a_grid_has_every_combination_once():
    points = make("grid", vary("market.turbulence=0,1,2", "practices.liaison=true,false"), 1, BASE)
    assert len(points) == 6
    assert not points.duplicated().any()


def test_a_latin_hypercube_has_one_point_in_every_slice():
    shares = latin_hypercube(20, 3, seed=4)
    for column in shares.T:
        assert sorted((column * 20).astype(int)) == list(range(20))


def test_a_sobol_sequence_has_a_power_of_two_of_points_and_is_balanced():
    shares = sobol_sequence(100, 3)
    assert shares.shape == (128, 3)
    for column in shares.T:
        assert sorted((column * 128).astype(int)) == list(range(128))


@pytest.mark.parametrize("name", sorted(set(DESIGNS) - {"list"}))
def test_every_design_gives_possible_companies_the_same_each_time(name):
    dimensions = vary("practices=defined,aligned", "practices.meeting_every_d=null,5", "market.turbulence=0:2:3")
    points = make(name, dimensions, 4, BASE, seed=3)
    assert list(points.columns) == [one.path for one in dimensions]
    pd.testing.assert_frame_equal(points, make(name, dimensions, 4, BASE, seed=3))
    assert len(variants_of(Study("sweep", BASE, points, (0,)))) == len(points)
    n_of_today = (BASE.practices.meeting_every_d in (None, 5)) + (BASE.market.turbulence in (0, 1, 2))
    n_points = {"grid": 12, "latin-hypercube": 16, "sobol": 16, "morris": 16, "saltelli": 20}
    assert len(points) == n_points.get(name, 1 + 2 + 2 + 3 - n_of_today)


def test_every_combination_of_levers_meets_the_same_sampled_markets():
    points = make("latin-hypercube", vary("practices=defined,aligned", "market.turbulence=0:2"), 10, BASE)
    met = points.groupby("practices")["market.turbulence"].apply(list)
    assert met["defined"] == met["aligned"]
    assert len(set(met["defined"])) == 10


def test_one_at_a_time_begins_with_the_company_and_changes_one_value_each():
    points = make("one-at-a-time", vary("market.turbulence=0:2:3", "practices.liaison"), 1, BASE)
    first = points.iloc[0]
    assert first["market.turbulence"] == BASE.market.turbulence
    assert all((points.iloc[k] != first).sum() == 1 for k in range(1, len(points)))


def test_one_at_a_time_refuses_to_level_what_differs_in_the_company():
    """The three segments of the reference company differ in complexity; all with that of the first are another one."""
    with pytest.raises(InputError, match=r"different values in reference \(0\.6, 1\.0, 1\.5\); name one of them"):
        make("one-at-a-time", vary("segments.*.complexity=0.5,1.5"), 1, BASE)
    assert len(make("one-at-a-time", vary("segments.small.complexity=0.5,1.5"), 1, BASE)) == 3


def test_morris_moves_one_dimension_a_step():
    rows = morris(5, ["a", "b", "c"], seed=2).reshape(5, 4, 3)
    assert ((np.diff(rows, axis=1) != 0).sum(axis=2) == 1).all()


def test_saltelli_gives_the_indices_of_a_known_function():
    """Ishigami's function has first-order indices 0.314, 0.442 and 0 (a = 7, b = 0.1)."""
    from SALib.analyze import sobol

    names = ["x1", "x2", "x3"]
    x = (2 * saltelli(2048, names, seed=1) - 1) * np.pi
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = sobol.analyze(problem(names), y, calc_second_order=False, seed=1)
    assert found["S1"] == pytest.approx([0.314, 0.442, 0.0], abs=0.03)
    assert found["ST"] == pytest.approx([0.558, 0.442, 0.244], abs=0.03)


def test_the_usual_design_is_a_grid_only_where_that_is_small():
    assert usual_design(vary("practices", "practices.liaison=true,false")) == "grid"
    assert usual_design(vary("practices", "market.turbulence=0:1")) == "latin-hypercube"


@pytest.mark.parametrize(
    ("name", "n_points", "sentence"),
    [
        ("gird", 5, "did you mean grid"),
        ("grid", 0, "points must be at least 1"),
        ("sobol", 10**12, "at most 1,000,000, not 1000000000000"),
    ],
)
def test_impossible_designs_are_refused(name, n_points, sentence):
    with pytest.raises(InputError, match=sentence):
        make(name, vary("market.turbulence=0:1"), n_points, BASE)


def test_a_grid_that_nobody_can_run_is_refused():
    wide = [Dimension(f"market.x{k}", "uncertainty", steps=100) for k in range(4)]
    with pytest.raises(InputError, match="100,000,000 points"):
        make("grid", wide, 1, BASE)


# --- constraints ---


def test_constraints_leave_points_out_and_know_what_does_not_vary():
    points = make("grid", vary("practices.meeting_every_d=null,5,21,63", "practices.nurture_every_d=5,21"), 1, BASE)
    made = kept_by([constraint("practices.meeting_every_d <= practices.nurture_every_d")], points, BASE)
    kept = made.points.astype(float).to_numpy().tolist()
    assert sorted(kept) == [[5.0, 5.0], [5.0, 21.0], [21.0, 21.0]]
    assert made.n_left_out == 5
    assert list(made.points.index) == [0, 1, 2]
    assert len(kept_by([constraint("people.sdrs > 0 and not practices.liaison == true")], points, BASE).points) == 8
    assert len(kept_by([constraint("practices.meeting_every_d == None")], points, BASE).points) == 2


def test_signs_are_what_they_are():
    assert constraint("market.turbulence > +1").is_met({"market.turbulence": 1.5})
    assert not constraint("market.turbulence > +1").is_met({"market.turbulence": 0.5})
    assert constraint("-market.turbulence < -1").is_met({"market.turbulence": 1.5})


def test_a_type_that_varies_is_held_against_a_constraint_with_its_own_practices():
    points = make("grid", vary("practices", "market.turbulence=0,1"), 1, BASE)
    types = companies_with("reference", scenarios.presets())
    made = kept_by([constraint("practices.crm_coverage > 0.5")], points, BASE, types)
    close = [name for name, company in types.items() if company.practices.crm_coverage > 0.5]
    assert 0 < len(close) < len(types)
    assert made.points["practices"].tolist() == [name for name in types if name in close for _ in range(2)]


def test_a_constraint_on_one_segment_sees_a_value_that_varies_for_all():
    points = make("grid", vary("segments.*.complexity=0.5,1.5"), 1, BASE)
    made = kept_by([constraint("segments.small.complexity < 1")], points, BASE)
    assert made.points["segments.*.complexity"].tolist() == [0.5]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "market.turbulence.__class__()",
        "[x for x in (1, 2)] == 1",
        "market.turbulence ** 999 > 1",
        "(lambda: 1)() == 1",
        "market.turbulence",
        "market.turbulence >",
        "f'{market}' == ''",
        "a if b else c",
        "x" * 600,
        "-market.turbulence",
        "~market.turbulence > 1",
    ],
)
def test_anything_but_a_condition_is_refused(text):
    with pytest.raises(InputError):
        constraint(text)


@pytest.mark.parametrize(
    "text", ["market.turbulense > 1", "practices.lead_definition * 3 > 1", "1 / (people.sdrs - people.sdrs) > 0"]
)
def test_conditions_that_make_no_sense_are_told(text):
    points = make("grid", vary("market.turbulence=0,1"), 1, BASE)
    with pytest.raises(InputError):
        kept_by([constraint(text)], points, BASE)


def test_a_constraint_nothing_meets_is_told():
    points = make("grid", vary("market.turbulence=0,1"), 1, BASE)
    with pytest.raises(InputError, match="none of 2 points meets"):
        kept_by([constraint("market.turbulence > 5")], points, BASE)


# --- lists ---


def test_points_of_a_file(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("practices.meeting_every_d,practices.liaison\n5,true\nnull,false\n")
    points, dimensions = read_points(path, BASE)
    assert points.to_dict("records") == [
        {"practices.meeting_every_d": 5, "practices.liaison": True},
        {"practices.meeting_every_d": None, "practices.liaison": False},
    ]
    assert [one.role for one in dimensions] == ["lever", "lever"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "needs a line with parameter paths"),
        ("market.turbulence\n", "needs a line with parameter paths"),
        ("market.turbulense\n1\n", "column market.turbulense: .*did you mean"),
        ("market.turbulence\n1\n99\n", "column market.turbulence: .* at most 20"),
        ("market.turbulence,people.sdrs\n1\n", "line 2: 1 values for 2 columns"),
        ("people.sdrs,people.sdrs\n1,1\n", "a column is there twice"),
    ],
)
def test_wrong_lists_are_told_with_their_place(tmp_path, text, sentence):
    path = tmp_path / "points.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=sentence):
        read_points(path, BASE)
    with pytest.raises(InputError, match="cannot be read"):
        read_points(tmp_path / "gone.csv", BASE)
