"""Does a simulated company reproduce figures published about a real one?

Published figures lie in `scenarios/published/<company>.yaml`, with how far the simulation may be off. Leads are watched
as in the data: those reached in the first months count, and closings some months after the last of them.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import scenarios
from experiments.designs.run_table import common_worlds
from experiments.execution.runner import OnProgress, RunTable, Settings, run_design
from experiments.statistics.paired import UNKNOWN, Interval, Values, mean_of
from scenarios.input_errors import InputError, did_you_mean
from scenarios.run_length import CALENDAR_DAYS_PER_WORKING_DAY, DAYS_PER_QUARTER, DAYS_PER_YEAR
from scenarios.yaml_file import read_yaml

_FOLDER = Path(scenarios.__file__).parent / "published"
DAYS_PER_MONTH = DAYS_PER_YEAR // 12
QUANTILES = {"p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}


@dataclass(frozen=True)
class Line:
    """One published figure beside the simulated one.

    `real` and `simulated` in `unit`; `allowed` in words, empty if the figure is only shown; `is_within` None then.
    """

    figure: str
    unit: str
    real: float
    simulated: float
    interval: Interval
    allowed: str = ""
    is_within: bool | None = None


@dataclass(frozen=True)
class Agreement:
    """All figures of a company; `order` is the real order of its largest channels."""

    company: str
    source: str
    about: str
    n_runs: int
    lines: list[Line]
    order: list[str]
    table: RunTable

    @property
    def is_within(self) -> bool:
        """Whether every judged figure is within what is allowed."""
        return all(line.is_within for line in self.lines if line.is_within is not None)


@dataclass(frozen=True)
class Funnel:
    """Measures one run as the data were: leads reached in `reached_d` days, won until `watched_d`; picklable."""

    reached_d: int
    watched_d: int

    def __call__(self, run: Any) -> Mapping[str, float]:
        """`share_won`, days to won as `p25` ..., and `channel/<name>`: share won of its leads; NaN without leads."""
        lead, first = run.company.lead, run.first_day
        is_ours = lead["channel"] >= 0  # the others were found by reps
        in_time = (lead["day_reached"] >= first) & (lead["day_reached"] < first + self.reached_d)
        counted = lead[is_ours & in_time]
        is_won = (counted["day_won"] >= 0) & (counted["day_won"] < first + self.watched_d)
        days = (counted["day_won"] - counted["day_reached"])[is_won] * CALENDAR_DAYS_PER_WORKING_DAY
        found = {"n": float(len(counted)), "share_won": _share(is_won)}
        found |= {name: float(np.quantile(days, q)) if days.size else math.nan for name, q in QUANTILES.items()}
        for place, channel in enumerate(run.scenario.channels):
            found[f"channel/{channel}"] = _share(is_won[counted["channel"] == place])
        return found


def published() -> list[str]:
    """The companies with published figures."""
    return sorted(path.stem for path in _FOLDER.glob("*.yaml"))


def check_company(company: str) -> None:
    """Raise InputError unless there are published figures for the company."""
    if company not in published():
        raise InputError(f'there are no published figures for "{company}"{did_you_mean(company, published())}')


def agree(
    company: str,
    runs: int = 20,
    seed: int = 0,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> Agreement:
    """Run a company and hold it against its published figures; raises InputError if there are none for it."""
    check_company(company)
    told = read_yaml(_FOLDER / f"{company}.yaml").values
    scenario = scenarios.load(company)
    window = told["window"]
    funnel = Funnel(window["reached_months"] * DAYS_PER_MONTH, window["won_months"] * DAYS_PER_MONTH)
    if scenario.run.quarters * DAYS_PER_QUARTER < funnel.watched_d:
        raise InputError(
            f"{company} measures {scenario.run.quarters} quarters; leads are watched for {funnel.watched_d} working "
            f"days, so run.quarters must be at least {math.ceil(funnel.watched_d / DAYS_PER_QUARTER)}"
        )
    own = replace(settings or Settings(), measure=funnel)
    table = run_design({company: scenario}, common_worlds([company], range(runs), seed), own, on_progress)
    channels = told["share_won_by_channel"]
    order = _real_order(channels["real"], channels["ordered"])
    lines = list(lines_of(told, table))
    return Agreement(company, told["source"], told["about"], len(table.results), lines, order, table)


def lines_of(told: Mapping[str, Any], table: RunTable) -> Iterator[Line]:
    """Each published figure with the simulated one, its interval over runs, and the verdict."""

    def simulated(name: str) -> Values:
        """One number a run."""
        return np.array([done.outcomes.get(name, math.nan) for done in table.results])

    share, days, channels = told["share_won"], told["days_to_won"], told["share_won_by_channel"]
    line = _shown(f"leads won, of {share['n']:,}", "share", share["real"], simulated("share_won"))
    yield _judged(line, share["allowed_points"], f"within {100 * share['allowed_points']:.3g} %-point")
    for name, real in days["real"].items():
        line = _shown(f"days to won, {name} of {days['n']:,}", "calendar days", real, simulated(name))
        slack = days["allowed_share"].get(name)
        yield _judged(line, slack * real, f"within {100 * slack:.3g} %") if slack else line
    for name, real in channels["real"].items():
        figure = f"won from {name}, of {channels['n'][name]:,}"
        yield _shown(figure, "share", real, simulated(f"channel/{name}"))
    yield _order(channels["real"], {name: simulated(f"channel/{name}") for name in channels["ordered"]})


def in_short(found: Agreement) -> dict[str, Any]:
    """An agreement for programs."""
    lines = [asdict(line) | {"interval": [line.interval.low, line.interval.high]} for line in found.lines]
    return {"company": found.company, "source": found.source, "runs": found.n_runs, "figures": lines}


def _shown(figure: str, unit: str, real: float, values: Values) -> Line:
    found = mean_of(values)
    return Line(figure, unit, real, found.mean, found.interval)


def _judged(line: Line, slack: float, words: str) -> Line:
    return replace(line, allowed=words, is_within=abs(line.simulated - line.real) <= slack)


def _order(real: Mapping[str, float], values: Mapping[str, Values]) -> Line:
    """Whether channels come in the real order by their mean over runs; shown is the share of runs in which they do."""
    names = _real_order(real, values)
    means = [mean_of(values[name]).mean for name in names]
    table = np.column_stack([values[name] for name in names])
    in_order = float(np.mean(np.all(np.diff(table, axis=1) < 0, axis=1))) if len(table) else math.nan
    line = Line("runs with channels in the real order", "share", 1.0, in_order, UNKNOWN)
    return replace(line, allowed="means in that order", is_within=bool(np.all(np.diff(means) < 0)))


def _real_order(real: Mapping[str, float], names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: -real[name])


def _share(flags: npt.NDArray[np.bool_]) -> float:
    return float(flags.mean()) if flags.size else math.nan
