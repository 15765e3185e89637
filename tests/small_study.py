"""A study that takes a moment, to be killed, crippled and resumed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

import scenarios
from experiments.designs.design import Design
from experiments.execution.runner import OnProgress, Settings
from experiments.store.results_folder import open_results
from experiments.studies.study import DesignRuns, Study, StudyPlan
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


@dataclass(frozen=True)
class SmallStudy:
    """A design and how its runs are made."""

    design: Design
    simulate: Callable[[Any, int], Any] | None = None


def small_study(simulate=slow, points: pd.DataFrame = POINTS, seeds: tuple[int, ...] = SEEDS) -> SmallStudy:
    """Six companies in ten worlds."""
    return SmallStudy(Design(BASE, points, seeds), simulate)


def run_study(
    small: SmallStudy,
    folder: Path | None = None,
    settings: Settings = QUICK,
    on_progress: OnProgress | None = None,
    tell: Callable[[str], None] = print,
) -> DesignRuns:
    """Run it, or what is missing of it in a folder."""
    plan = StudyPlan("sweep", "reference", simulate=small.simulate, n_runs=small.design.n_runs)
    if folder is None:
        with Study(plan, settings, on_progress) as study:
            return study.run_design(small.design)
    with (
        open_results(folder, repr(small), {"question": "sweep", "n_runs": small.design.n_runs}) as results,
        Study(plan, settings, on_progress, results.archive(tell, settings.batch_s / 2)) as study,
    ):
        return study.run_design(small.design)


def run_in(folder: Path, settings: Settings = QUICK) -> DesignRuns:
    """Run the usual one, or what is missing of it."""
    return run_study(small_study(), folder, settings)


def real_study() -> SmallStudy:
    """Three small companies in twenty worlds, with the real engine."""
    small = {"run.quarters": 1, "run.warm_up_quarters": 0, "market.prospects_per_day": 4.0}
    return SmallStudy(Design(scenarios.with_changes(BASE, small), POINTS.head(3), tuple(range(20))))


def run_real_in(folder: Path) -> DesignRuns:
    """Run that, or what is missing of it."""
    return run_study(real_study(), folder)


def search_in(folder: Path | None) -> Any:
    """A question that decides what to run next by what it has found: two generations of four designs, then a front."""
    from experiments.questions.optimise.ask import OptimiseQuestion
    from tests.asking import kept, result_of

    vary = ("practices.crm_coverage=0:1", "practices.meeting_h=0:2")
    question = OptimiseQuestion("reference", vary=vary, generations=2, population=4, worlds=4, fresh=6)
    settings = replace(QUICK, simulate=slow_with_a_score)
    return result_of(question, settings) if folder is None else kept(question, folder, settings).result


def slow_with_a_score(scenario: scenarios.Scenario, seed: int) -> Run:
    """As `slow`, with a relationship that meetings help."""
    outcomes = slow(scenario, seed).outcomes
    return Run(outcomes | {"relationship_score": 40 + 10 * scenario.practices.meeting_h})


def rewrite(folder: Path, **values) -> None:
    """Have the manifest of a folder say something else."""
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | values))


def parts(folder: Path) -> list[Path]:
    """Its files of finished runs."""
    return sorted((folder / "runs").glob("part-*"))
