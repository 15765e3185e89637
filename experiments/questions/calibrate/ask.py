"""What values of a company's uncertain parameters fit its own data, and do they predict the months held out?"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import scenarios
from experiments.crm.export import Export
from experiments.crm.import_files import read_export
from experiments.crm.known_leads import KnownLeads
from experiments.crm.mapping import CrmMapping, read_mapping
from experiments.designs.company_today import company_today
from experiments.questions.calibrate.measured_run import MeasuredRun
from experiments.questions.calibrate.nearest import NEAREST, from_nearest
from experiments.questions.calibrate.target import (
    FEWEST_LEADS,
    FITTED,
    HELD_OUT,
    SHOWN,
    Measured,
    Target,
    measure_with_error,
    targets_of,
)
from experiments.questions.calibrate.uncertain import Times, Uncertain, parse_wishes, usual_wishes
from experiments.questions.calibrate.worlds import (
    FEWEST_CHOOSING,
    FEWEST_RUNS,
    N_CANDIDATES,
    N_COMMON,
    N_FINALISTS,
    N_LUCK,
    ROUNDS,
    SHARE_CHOICE,
    SHARE_PREDICTION,
    SHARE_SEARCH,
)
from experiments.questions.question import Question
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from scenarios import Scenario
from scenarios.differences import difference
from scenarios.input_errors import check_least, check_seed

if TYPE_CHECKING:
    from experiments.questions.calibrate.result import Calibration

_RUNS_CHOOSING = N_CANDIDATES + 2 * N_FINALISTS + 4  # for each of the first worlds; the last two are lived in two


@dataclass(frozen=True)
class CalibrateQuestion(Question):
    """A company (or `nearest`: the shipped one nearest to the data), its CRM export, what to fit, how much to run.

    One file may hold leads and deals; without a mapping the columns must tell all by themselves. `fit` is like `--fit`
    (none: the mapping's wishes, or the usual), `runs` in all.
    """

    name = "calibrate"
    takes_company_as_it_is = False

    company: str | Path
    leads: str | Path
    deals: str | Path | None = None
    mapping: str | Path | None = None
    fit: Sequence[str] = ()
    runs: int = 1600
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def _check(self) -> None:
        check_least("runs", self.runs, FEWEST_RUNS, "fewer leave nothing to tell")
        check_seed(self.seed)

    @property
    def n_trials(self) -> int:
        """Points the search tries."""
        return max(8, round(SHARE_SEARCH * self.runs / N_COMMON))

    @property
    def n_choosing(self) -> int:
        """Worlds in which the candidates are compared first; later some are in twice as many."""
        return max(FEWEST_CHOOSING, round(SHARE_CHOICE * self.runs / _RUNS_CHOOSING))

    @property
    def n_predicted(self) -> int:
        """Runs that predict."""
        return max(30, round(SHARE_PREDICTION * self.runs))

    @property
    def n_draws(self) -> tuple[int, ...]:
        """Draws of each round of the posterior."""
        left = self.runs - self._n_besides
        return tuple(max(20, round(share * left)) for share in ROUNDS)

    @property
    def n_in_all(self) -> int:
        """Runs in all, the minima included."""
        return self._n_besides + sum(self.n_draws)

    @property
    def _n_besides(self) -> int:
        """Runs of all steps but the posterior's."""
        choice = _RUNS_CHOOSING * self.n_choosing
        return 2 * N_LUCK + N_COMMON * self.n_trials + choice + self.n_predicted

    def plan(self) -> "CalibratePlan":
        """Read the data and settle what is fitted to what; raises InputError."""
        deals = Path(self.deals) if self.deals is not None else None
        files = (self.leads, *(one for one in (deals, self.mapping) if one is not None))
        mapping = read_mapping(Path(self.mapping)) if self.mapping is not None else CrmMapping()

        @cache
        def export_for(channels: tuple[str, ...]) -> Export:
            """The export as a company with these channels knows it."""
            return read_export(Path(self.leads), deals, mapping, list(channels))

        def plan_for(company: str | Path) -> CalibratePlan:
            """The plan for a company to begin with."""
            scenario = company_today(company, self.changes)
            return self._plan_of(company, scenario, export_for(tuple(scenario.channels)))

        plan = from_nearest(plan_for, self.seed) if self.company == NEAREST else plan_for(self.company)
        hashes = tuple(hashlib.sha256(Path(one).read_bytes()).hexdigest() for one in files)
        wishes = self.fit or mapping.fit or tuple(usual_wishes(plan.scenario, plan.measure.channels, plan.times))
        return replace(plan, files=hashes, uncertain=tuple(parse_wishes(wishes, plan.scenario)))

    def _plan_of(self, company: str | Path, scenario: Scenario, export: Export) -> "CalibratePlan":
        """What is settled by data and company, but for what is to be fitted."""
        known, window = export.leads.channels, export.window
        targets = targets_of(window, known, has_reps=export.knows_reps, has_values=export.knows_values)
        measured = measure_with_error(export.leads, targets)
        judged = tuple(_judged(target, one) for target, one in zip(targets, measured, strict=True))
        scenario = scenarios.with_changes(scenario, {"run.quarters": window.quarters})
        return CalibratePlan(
            question=self.name,
            company=scenario.name,
            measure=MeasuredRun(known, window, judged),
            n_runs=self.n_in_all,
            is_exact=False,
            companies={"company": scenario},
            origin=difference(company),
            begins_with=company,
            times=_values_said(export.leads, scenario),
            scenario=scenario,
            export=export,
            mapping=export.mapping,
            targets=judged,
            measured=tuple(measured),
        )

    def conclude(self, plan: "CalibratePlan", study: Study) -> "Calibration":
        """Search, fit and predict; raises InputError if nothing can be measured."""
        from experiments.questions.calibrate.fitting import Fitting

        return Fitting(self, plan, study).calibration()

    def what(self, plan: "CalibratePlan") -> str:
        """The company and how many parameters."""
        return f"{plan.company}, {counted(len(plan.uncertain), 'parameter')}"


@dataclass(frozen=True, kw_only=True)
class CalibratePlan(StudyPlan):
    """A company, its data, and what of it is uncertain: all that is settled before the first run.

    `begins_with` is the company asked for, or the nearest of those `compared`, each with its distance from the data.
    `times` has the data's figures as multiples of the company's: of its deal values, and of its leads where they were
    counted.
    """

    begins_with: str | Path
    measure: MeasuredRun
    scenario: Scenario
    export: Export
    mapping: CrmMapping
    targets: tuple[Target, ...]
    measured: tuple[Measured, ...]
    uncertain: tuple[Uncertain, ...] = ()
    times: Times = field(default_factory=Times)
    compared: tuple[tuple[str, float], ...] = ()

    @property
    def is_fitted(self) -> Any:
        """Which targets are fitted."""
        return np.array([target.role == FITTED for target in self.targets])

    @property
    def targets_table(self) -> pd.DataFrame:
        """Every target with its value in the data, of how many it is made, and its standard error."""
        rows = [
            (target.name, target.role, target.unit, one.value, one.n, one.error)
            for target, one in zip(self.targets, self.measured, strict=True)
        ]
        return pd.DataFrame(rows, columns=["target", "role", "unit", "value", "n", "standard_error"])

    @property
    def left_out_table(self) -> pd.DataFrame:
        """What of the export does not count, and why."""
        rows = [asdict(one) for one in self.export.left_out]
        return pd.DataFrame(rows, columns=["file", "reason", "n", "example"])


def _judged(target: Target, measured: Measured) -> Target:
    """A held-out share of very few leads is shown, not judged: any interval would hold it."""
    is_thin = target.role == HELD_OUT and target.kind == "won_share" and measured.n < FEWEST_LEADS
    return replace(target, role=SHOWN) if is_thin else target


def _values_said(leads: KnownLeads, company: Scenario) -> Times:
    """How much more deals are worth in the data than the company's file says, on the median."""
    values = leads.value[leads.value > 0]
    own = [segment.deal_value_eur for segment in company.segments.values()]
    return Times(value=float(np.median(values)) / math.exp(np.log(own).mean())) if len(values) else Times()
