"""Every variant in a world lives the same joint draw, below what a company says; tables of draws come back whole."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from experiments.designs.assumptions import Assumptions, fresh_seeds
from experiments.designs.ensembles import (
    DIGITS,
    Ensemble,
    assumptions_for,
    check_draws,
    ensemble_of,
    ensemble_text,
    read_ensemble,
    rounded,
)
from experiments.designs.uncertain_inputs import placed, uncertain
from experiments.designs.variant import Variant
from experiments.reporting.doubt_section import assumptions as doubts
from experiments.wording.parameters import value_at
from scenarios.input_errors import InputError
from simulation.engine_module import fingerprint

REFERENCE = scenarios.load("reference")
PATHS = tuple(one.path for one in uncertain())
SEEDS = st.integers(0, 2**63 - 1)
SOME = st.lists(st.sampled_from(PATHS), min_size=1, max_size=5, unique=True)


def drawn(n_draws: int, paths: tuple[str, ...] = PATHS, seed: int = 0) -> Assumptions:
    """Draws of the middle of each plausible range, which any company may have."""
    rng = np.random.default_rng(seed)
    declared = {one.path: one for one in uncertain()}
    values = [[float(placed(declared[path], rng.uniform(0.45, 0.55))) for path in paths] for _ in range(n_draws)]
    return Assumptions("made up", paths, np.array(values))


TWENTY = drawn(20)


# --- a draw a world ---


@given(SEEDS, st.integers(1, 50), st.integers(0, 3))
def test_worlds_share_a_draw_if_they_are_a_table_apart(seed, n_draws, rounds):
    some = drawn(n_draws, PATHS[:1])
    assert 0 <= some.number_of(seed) < n_draws
    assert some.number_of(seed) == some.number_of(seed + rounds * n_draws)
    if n_draws > 1:
        assert some.number_of(seed) != some.number_of(seed + 1)


def test_a_draw_has_the_values_of_its_row_and_whole_numbers_stay_whole():
    draw = TWENTY.draw(23)
    assert tuple(draw) == PATHS
    for one, value in zip(uncertain(), TWENTY.values[3], strict=True):
        assert draw[one.path] == (round(value) if isinstance(one.default, int) else value)
        assert isinstance(draw[one.path], int) == isinstance(one.default, int)


def test_the_identity_is_of_paths_and_values_and_not_of_the_name():
    assert replace(TWENTY, name="other").identity == TWENTY.identity
    assert replace(TWENTY, values=TWENTY.values[::-1]).identity != TWENTY.identity
    assert replace(TWENTY, paths=PATHS[::-1]).identity != TWENTY.identity


# --- what is left open ---


@given(SOME, st.sampled_from(scenarios.companies()))
def test_left_open_is_what_neither_the_file_nor_a_change_settles(changed, name):
    company = scenarios.load(name)
    left = TWENTY.left_open_by(company, changed)
    own = {one.path for one in uncertain() if value_at(company, one.path) != one.default}
    assert set(left.paths) == set(PATHS) - own - set(changed)
    for place, path in enumerate(left.paths):
        assert left.values[:, place].tolist() == TWENTY.values[:, PATHS.index(path)].tolist()
    again = left.left_open_by(company, changed)
    assert (again.paths, again.identity) == (left.paths, left.identity)


def test_nothing_left_open_is_none():
    assert TWENTY.left_open_by(REFERENCE, PATHS) is None
    assert assumptions_for("reference", REFERENCE, PATHS) is None
    assert assumptions_for("reference", REFERENCE, fixed=True) is None


@given(SEEDS)
def test_draws_are_laid_below_what_the_company_says(seed):
    company = scenarios.with_changes(REFERENCE, {"market.turbulence": 1.234, "practices.crm_coverage": 0.5})
    here, draw = TWENTY.under(company, seed), TWENTY.draw(seed)
    assert (here.market.turbulence, here.practices) == (1.234, company.practices)
    assert all(value_at(here, path) == draw[path] for path in PATHS if path != "market.turbulence")


@given(SEEDS, st.lists(st.sampled_from(["undefined", "defined", "aligned", "integrated"]), min_size=2, max_size=4))
def test_all_variants_of_a_world_live_the_same_draw_in_whatever_order_they_come(seed, names):
    lived = [Variant(scenarios.load("reference", name), assumptions=TWENTY).in_world(seed) for name in names]
    for one, name in zip(lived, names, strict=True):
        assert (one.market, one.customers, one.behaviour) == (lived[0].market, lived[0].customers, lived[0].behaviour)
        assert one.practices == scenarios.load("reference", name).practices


def test_a_point_of_a_design_comes_on_top_of_the_draw():
    path = "behaviour.trust.start"
    variant = Variant(REFERENCE, ((path, 0.123),), TWENTY)
    assert value_at(variant.in_world(5), path) == 0.123
    assert value_at(Variant(REFERENCE, (), TWENTY).in_world(5), path) == TWENTY.draw(5)[path]


# --- tables of draws ---


@given(st.data())
def test_a_table_comes_back_as_it_was_written(tmp_path_factory, data):
    n = data.draw(st.integers(1, 6))
    values = data.draw(st.lists(st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3), min_size=n, max_size=n))
    seeds = tuple(data.draw(st.lists(SEEDS, min_size=n, max_size=n)))
    about = data.draw(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3))
    about = {**about, "company": "ours"}
    written = Ensemble(Assumptions("ours", PATHS[:3], rounded(np.array(values))), seeds, about)
    file = tmp_path_factory.mktemp("ensemble") / "ours.csv"
    file.write_text(ensemble_text(written), encoding="utf-8")
    read = read_ensemble(file)
    assert read.assumptions.values == pytest.approx(written.assumptions.values, rel=1e-12)
    assert (read.assumptions.paths, read.assumptions.name) == (PATHS[:3], "ours")
    assert dict(read.about) == about
    assert read.seeds == seeds
    assert ensemble_text(read) == ensemble_text(written)


@given(st.floats(1e-9, 1e9), st.sampled_from([-1, 1]))
def test_values_keep_four_digits(size, sign):
    kept = float(rounded(np.array([sign * size]))[0])
    assert kept == pytest.approx(sign * size, rel=0.51 * 10 ** (1 - DIGITS))
    assert float(f"{kept:.{DIGITS}g}") == pytest.approx(kept, rel=1e-12)
    assert rounded(np.zeros(1)).tolist() == [0]


HEAD = json.dumps({"company": "ours"})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no table of draws"),
        (f"# {HEAD}\nseed,market.turbulense\n1,2\n", "market.turbulense is no uncertain parameter"),
        (f"# {HEAD}\nseed,practices.liaison\n1,2\n", "practices.liaison is no uncertain parameter"),
        (f"# {HEAD}\nmarket.turbulence\n2\n", "first column must be seed"),
        (f"# {HEAD}\nmarket.turbulence,seed\n2,1\n", "first column must be seed, not market.turbulence"),
        (f"# {HEAD}\nseed,market.turbulence\n1,nan\n", 'line 3 has "nan" for market.turbulence, which is no number'),
        (f"# {HEAD}\nseed,market.turbulence\n1,1\n2,\n", 'line 4 has "" for market.turbulence, which is no number'),
        (f"# {HEAD}\nseed,market.turbulence\n1.5,1\n", 'line 3 has "1.5" for seed, which is no whole number'),
        (f"# {HEAD}\nseed,market.turbulence,market.turbulence\n1,1,1\n", "there are two columns market.turbulence"),
        (f"# {HEAD}\nseed,market.turbulence\n1,-2\n", "line 3 has -2 for market.turbulence, which must be at least"),
        (f"# {HEAD}\nseed,market.turbulence\n1,2\n3\n", "is no table of draws"),
        (f"# {HEAD}\nseed,market.turbulence\n", "a row must have a seed"),
        ("seed,market.turbulence\n1,2\n", "is no table of draws"),
    ],
)
def test_what_is_no_table_of_draws_is_refused(tmp_path, text, why):
    file = tmp_path / "ours.ensemble.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=why):
        read_ensemble(file)


@pytest.mark.parametrize("company", scenarios.companies())
def test_every_shipped_company_has_draws_of_what_it_leaves_open_that_it_may_have(company):
    base, ensemble = scenarios.load(company), ensemble_of(company)
    assert len(ensemble.seeds) == ensemble.assumptions.n_draws
    left = assumptions_for(company, base)
    for number in range(min(5, left.n_draws)):
        left.under(base, number)


def test_a_file_of_ones_own_takes_the_table_beside_it_or_that_of_whom_it_extends(tmp_path):
    ours, child = tmp_path / "ours.yaml", tmp_path / "child.yaml"
    ours.write_text("extends: small_firm\n", encoding="utf-8")
    child.write_text("extends: ours.yaml\n", encoding="utf-8")
    assert ensemble_of(child).assumptions.identity == ensemble_of("small_firm").assumptions.identity
    table = Ensemble(drawn(2, PATHS[:2]), (1, 2), {"company": "ours"})
    (tmp_path / "ours.ensemble.csv").write_text(ensemble_text(table), encoding="utf-8")
    assert ensemble_of(ours).assumptions.name == ensemble_of(child).assumptions.name == "ours"
    assert ensemble_of(child).assumptions.paths == PATHS[:2]


# --- what is said is not drawn ---


def company(folder, text):
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_a_file_says_is_settled_even_if_it_is_the_default(tmp_path):
    default = scenarios.load("reference").market.drift_per_quarter
    mine = company(tmp_path, f"extends: reference\nmarket: {{drift_per_quarter: {default}}}\n")
    drawn = assumptions_for(mine, scenarios.load(mine))
    assert "market.drift_per_quarter" not in drawn.paths
    assert "market.turbulence" in drawn.paths


def test_a_change_with_a_star_is_a_change_of_all_it_stands_for(tmp_path):
    mine = company(tmp_path, "extends: reference\n")
    path = "segments.small.deal_value_eur"
    about = {"company": "mine", "told": [path]}
    (tmp_path / "mine.ensemble.csv").write_text(f"# {json.dumps(about)}\nseed,{path}\n0,1000\n1,2000\n")
    base = scenarios.load(mine)
    assert assumptions_for(mine, base).paths == (path,)
    assert assumptions_for(mine, base).under(base, 1).segments["small"].deal_value_eur == 2000
    assert assumptions_for(mine, base, {"segments.*.deal_value_eur"}) is None
    child = tmp_path / "child.yaml"
    child.write_text("extends: mine.yaml\nsegments: {small: {deal_value_eur: 5}}\n")
    assert assumptions_for(child, scenarios.load(child)) is None


def test_more_replications_than_draws_are_refused():
    drawn = assumptions_for("reference", scenarios.load("reference"))
    check_draws(drawn, drawn.n_draws)
    check_draws(None, 10**6)
    with pytest.raises(InputError, match="need as many draws of the assumptions"):
        check_draws(drawn, drawn.n_draws + 1)


def test_draws_can_be_moved_inside_the_bounds():
    drawn = assumptions_for("reference", scenarios.load("reference"))
    place = drawn.paths.index("market.drift_per_quarter")
    twice = drawn.moved("market.drift_per_quarter", factor=2.0)
    assert (twice.values[:, place] >= drawn.values[:, place]).all()
    assert drawn.moved("market.prospects_per_day", factor=2.0) is drawn


def test_draws_are_not_moved_onto_a_bound_that_no_value_may_reach():
    path = "behaviour.work.memory"
    drawn = Assumptions("ours", (path,), np.array([[0.5], [0.9]]))
    up, down = drawn.moved(path, plus=9.0).values, drawn.moved(path, plus=-9.0).values
    assert up.max() < 1
    assert up == pytest.approx(1.0)
    assert (down == 0.001).all()


def test_a_report_says_that_its_draws_are_of_another_model(tmp_path):
    def said(model: str) -> str:
        file = tmp_path / f"{model}.csv"
        about = json.dumps({"company": "ours", "model": model})
        file.write_text(f"# {about}\nseed,market.turbulence\n1,0.5\n", encoding="utf-8")
        return " ".join(doubts({}, read_ensemble(file).assumptions))

    assert "The draws of ours were accepted by another version of the model (older, now" in said("older")
    assert "another version" not in said(fingerprint())
    assert "another version" not in " ".join(doubts({}, TWENTY))


def test_fresh_worlds_have_draws_that_follow_those_used():
    drawn = assumptions_for("reference", scenarios.load("reference"))
    fresh = fresh_seeds(drawn, range(5, 29), 40)
    assert not {drawn.number_of(seed) for seed in fresh} & {drawn.number_of(seed) for seed in range(5, 29)}
