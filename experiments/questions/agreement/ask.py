"""Does a simulated company reproduce figures published about a real one?

Published figures lie in `scenarios/published/<company>.yaml`, with how far the simulation may be off. Leads are watched
as in the data: those reached in the first months count, and closings some months after the last of them.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.designs.design import Design
from experiments.questions.agreement.watched_leads import Funnel
from experiments.questions.question import Question, StudyInterrupted
from experiments.studies.study import Study, StudyPlan
from scenarios.differences import difference
from scenarios.input_errors import InputError, check_least, check_seed, did_you_mean
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from scenarios.yaml_file import read_yaml

if TYPE_CHECKING:
    from experiments.questions.agreement.result import Agreement

DAYS_PER_MONTH = DAYS_PER_YEAR // 12
_FOLDER = Path(scenarios.__file__).parent / "published"


@dataclass(frozen=True)
class AgreePlan(StudyPlan):
    """`published` has the figures of the real company, and how far the simulation may be off."""

    published: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AgreeQuestion(Question):
    """A company with published figures, averaged over `runs` runs; run k has seed `seed` + k."""

    name = "agree"
    takes_company_as_it_is = False

    company: str = "olist_signup"
    runs: int = 20
    seed: int = 0

    def _check(self) -> None:
        check_least("runs", self.runs, 1)
        check_seed(self.seed)
        known = sorted(path.stem for path in _FOLDER.glob("*.yaml"))
        if self.company not in known:
            raise InputError(f'there are no published figures for "{self.company}"{did_you_mean(self.company, known)}')

    @property
    def file(self) -> Path:
        """Where the published figures lie."""
        return _FOLDER / f"{self.company}.yaml"

    def plan(self) -> AgreePlan:
        """The company and its published figures; raises InputError if its runs are too short for them."""
        published, scenario = read_yaml(self.file).values, scenarios.load(self.company)
        window = published["window"]
        funnel = Funnel(window["reached_months"] * DAYS_PER_MONTH, window["won_months"] * DAYS_PER_MONTH)
        if scenario.run.quarters * DAYS_PER_QUARTER < funnel.watched_d:
            raise InputError(
                f"{self.company} measures {scenario.run.quarters} quarters; leads are watched for {funnel.watched_d} "
                f"working days, so run.quarters must be at least {math.ceil(funnel.watched_d / DAYS_PER_QUARTER)}"
            )
        return AgreePlan(
            question=self.name,
            company=scenario.name,
            measure=funnel,
            n_runs=self.runs,
            companies={self.company: scenario},
            origin=difference(self.company),
            files=(hashlib.sha256(self.file.read_bytes()).hexdigest(),),
            published=published,
        )

    def conclude(self, plan: AgreePlan, study: Study) -> "Agreement":
        """Run the company and hold it against its figures."""
        import pandas as pd

        from experiments.questions.agreement.result import Agreement

        seeds = tuple(range(self.seed, self.seed + self.runs))
        done = study.run_design(Design(plan.companies[self.company], pd.DataFrame(index=range(1)), seeds))
        if done.is_interrupted and done.table.empty:
            raise StudyInterrupted
        failures = [one.of_variant([self.company]) for one in done.failures]
        return Agreement(self, plan, study.runs, failures=failures, is_interrupted=done.is_interrupted)
