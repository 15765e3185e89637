"""A study that takes a moment, to be killed, crippled and resumed."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

import scenarios
from experiments.designs.dimension import parse_vary
from experiments.execution.runner import Settings
from experiments.questions.optimise.ask import Optimised, Question, optimise
from experiments.studies.study import Study, StudyRuns, run_study
from tests.stand_in_company import Run
from tests.stand_in_scenario import slow

BASE = scenarios.load("reference")
POINTS = pd.DataFrame(
    {
        "practices": ["defined", "aligned", "defined", "aligned", None, None],
        "market.turbulence": [0.0, 0.5, 1.0, 1.5, 2.0, 2.5],
        "practices.crm_coverage": [0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
    }
)
SEEDS = tuple(range(10))
N_RUNS = len(POINTS) * len(SEEDS)
QUICK = Settings(workers=1, batch_s=0.02)


def small_study(simulate=slow, points: pd.DataFrame = POINTS, seeds: tuple[int, ...] = SEEDS) -> Study:
    """Six companies in ten worlds."""
    return Study("sweep", BASE, points, seeds, simulate=simulate)


def run_in(folder: Path, settings: Settings = QUICK) -> StudyRuns:
    """Run it, or what is missing of it."""
    return run_study(small_study(), folder, settings)


def real_study() -> Study:
    """Three small companies in twenty worlds, with the real engine."""
    small = {"run.quarters": 1, "run.warm_up_quarters": 0, "market.prospects_per_day": 4.0}
    return Study("sweep", scenarios.with_changes(BASE, small), POINTS.head(3), tuple(range(20)))


def run_real_in(folder: Path) -> StudyRuns:
    """Run that, or what is missing of it."""
    return run_study(real_study(), folder, QUICK)


def search_in(folder: Path | None) -> Optimised:
    """A question that decides what to run next by what it has found: two generations of four designs, then a front."""
    levers = tuple(parse_vary(["practices.crm_coverage=0:1", "practices.meeting_h=0:2"], BASE))
    question = Question(levers, generations=2, population=4, worlds=4, fresh=6)
    return optimise("reference", question, replace(QUICK, simulate=slow_with_a_score), folder=folder)


def slow_with_a_score(scenario: scenarios.Scenario, seed: int) -> Run:
    """As `slow`, with a relationship that meetings help."""
    outcomes = slow(scenario, seed).outcomes
    return Run(outcomes | {"relationship_score": 40 + 10 * scenario.practices.meeting_h})


def parts(folder: Path) -> list[Path]:
    """Its files of finished runs."""
    return sorted((folder / "runs").glob("part-*"))
