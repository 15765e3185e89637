"""What a sweep may say: points and replications told apart, nothing of too little, assumptions drawn a world."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments.designs.dimension import Dimension
from experiments.execution.runner import Settings
from experiments.questions.sweep.ask import SweepPlan, SweepQuestion
from experiments.questions.sweep.effects import effects_on
from experiments.questions.sweep.result import Sweep
from experiments.questions.sweep.text import headline
from tests import stand_in_scenario
from tests.asking import result_of

LINE = Settings(workers=1, simulate=stand_in_scenario.simulate)


def swept(*vary: str, **options) -> Sweep:
    return result_of(SweepQuestion("reference", vary, **{"points": 16, "fixed": True, **options}), LINE)


def of(table: pd.DataFrame, path: str):
    return table.set_index("path").loc[path]


def nothing_matters(plan: SweepPlan, n_values: int, n_worlds: int, rng: np.random.Generator) -> pd.DataFrame:
    """The effects of a sweep over the values of a list that does nothing, every run with luck of its own."""
    letters = tuple("abcdefgh"[:n_values])
    points = pd.DataFrame({"market.kind": letters})
    plan = replace(plan, dimensions=(Dimension("market.kind", "lever", letters),), points=points)
    world = rng.normal(0, 3, n_worlds)
    luck = [[rng.normal() for _ in range(n_worlds)] for _ in range(n_values)]
    return effects_on(world + np.array(luck), plan).table


def test_the_worst_and_the_best_of_a_list_are_not_called_clear_for_being_far_apart():
    rng = np.random.default_rng(41)
    plan = SweepQuestion().plan()
    tables = [nothing_matters(plan, 8, 20, rng).iloc[0] for _ in range(150)]
    alarms = np.mean([table["p_holm"] < 0.05 for table in tables])
    beside = np.mean([not table["low"] <= 0 <= table["high"] for table in tables])
    assert alarms <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)
    assert beside == pytest.approx(alarms, abs=0.01)


def test_points_are_information_where_replications_are_few():
    """Twenty points with two replications each: turbulence moves contribution by 20 a unit, luck has an sd of 3."""
    rng = np.random.default_rng(3)
    plan = SweepQuestion(vary=("market.turbulence=0:2", "market.looks=1:4"), points=20, runs=2, fixed=True).plan()
    turbulence = plan.points["market.turbulence"].to_numpy()
    found = effects_on(-20 * turbulence[:, None] + rng.normal(0, 30, 2) + rng.normal(0, 3, (20, 2)), plan)
    assert not found.is_over_replications
    moved, still = of(found.table, "market.turbulence"), of(found.table, "market.looks")
    assert moved["p_holm"] < 1e-6
    assert moved["change"] == pytest.approx(40, abs=5)  # the standard error is 3 / (2 x 20)^0.5 / 0.29 = 1.6
    assert moved["rank"] < -0.9
    assert still["p_holm"] > 0.05
    assert found.explained > 0.9


def test_over_few_replications_what_does_nothing_is_seldom_called_clear():
    rng = np.random.default_rng(5)
    plan = SweepQuestion(vary=("market.turbulence=0:2", "market.looks=1:4"), points=20, runs=2, fixed=True).plan()
    found = [effects_on(rng.normal(0, 30, 2) + rng.normal(0, 3, (20, 2)), plan) for _ in range(200)]
    alarms = np.mean([(one.table["p_holm"] < 0.05).any() for one in found])
    assert alarms <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)
    assert np.mean([one.explained for one in found]) < 0.1


def test_settings_are_compared_by_market_where_worlds_are_few():
    vary = ("practices.crm_coverage=0.2,0.8", "market.turbulence=0:2")
    by_market = swept(*vary, runs=2)
    assert by_market.settings[0].standing.mean.n == 16
    assert headline(by_market).startswith("CRM coverage 0.8 does best: ")
    assert "earns most in above 99 % of 16 markets" in " ".join(by_market.conclusion)
    few = swept(*vary, runs=2, points=4)
    assert "2 replications in 4 markets say too little" in " ".join(few.conclusion)
    assert "probability_best" not in {key for one in few.content.record["settings"] for key in one if one[key]}


def test_a_constant_outcome_is_moved_by_nothing_and_an_unknown_one_by_nothing_known():
    vary, run_of = ("market.turbulence=0:2", "practices.liaison"), stand_in_scenario.Run

    def said(contribution: float) -> list[str]:
        same = Settings(
            workers=1, simulate=lambda scenario, seed: run_of({"contribution_eur": contribution * (1 + seed)})
        )
        return result_of(SweepQuestion("reference", vary, runs=3, points=8), same).conclusion

    assert said(5.0)[0] == "Answer: Contribution is the same at every point: nothing that varied moves it."
    assert len(said(5.0)) == 2
    assert said(float("nan")) == ("Answer: No answer: contribution is not known of any run.",)


def test_assumptions_are_drawn_a_world_but_for_what_varies_and_what_is_set():
    seen = {}

    def looked_at(scenario, seed):
        seen.setdefault(seed, set()).add((scenario.market.looks, scenario.behaviour.trust.start))
        return stand_in_scenario.simulate(scenario, seed)

    question = SweepQuestion(vary="market.turbulence=0:2", points=3, runs=3, changes={"market.looks": 3.5})
    drawn = result_of(question, Settings(workers=1, simulate=looked_at)).plan.assumptions
    assert not {"market.turbulence", "market.looks"} & set(drawn.paths)
    assert seen == {seed: {(3.5, drawn.draw(seed)["behaviour.trust.start"])} for seed in range(3)}
    assert replace(question, fixed=True).plan().assumptions is None
