"""Published figures beside simulated ones, and whether these are within what is allowed."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.reporting.result import Result
from experiments.statistics.paired import UNKNOWN, Interval, Values, mean_of

if TYPE_CHECKING:
    from experiments.questions.agreement.ask import AgreePlan, AgreeQuestion


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


@dataclass(frozen=True, eq=False, repr=False)
class Agreement(Result):
    """A company beside the real one."""

    question: "AgreeQuestion"
    plan: "AgreePlan"

    def to_frame(self) -> pd.DataFrame:
        """A row a published figure: real, simulated with its interval, what is allowed, whether it is within."""
        ends = [{"low": one.interval.low, "high": one.interval.high} for one in self.lines]
        rows = [asdict(one) | span for one, span in zip(self.lines, ends, strict=True)]
        heads = ["figure", "unit", "real", "simulated", "low", "high", "allowed", "is_within"]
        return pd.DataFrame(rows)[heads]

    @cached_property
    def lines(self) -> list[Line]:
        """Each published figure with the simulated one, its interval over runs, and the verdict."""
        return list(lines_of(self.plan.published, self.runs))

    @property
    def order(self) -> list[str]:
        """The real order of the largest channels."""
        channels = self.plan.published["share_won_by_channel"]
        return _real_order(channels["real"], channels["ordered"])

    @property
    def outside(self) -> list[str]:
        """The judged figures that are further off than allowed."""
        return [line.figure for line in self.lines if line.is_within is False]

    @property
    def holds(self) -> bool:
        """Whether every judged figure is within what is allowed."""
        return not self.outside


def lines_of(published: Mapping[str, Any], runs: pd.DataFrame) -> Iterator[Line]:
    """Each published figure with the simulated one, its interval over runs, and the verdict."""

    def simulated(name: str) -> Values:
        """One number a run."""
        return np.asarray(runs[name], dtype=np.float64) if name in runs else np.full(len(runs), math.nan)

    share, days, channels = (published[name] for name in ("share_won", "days_to_won", "share_won_by_channel"))
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


def _shown(figure: str, unit: str, real: float, values: Values) -> Line:
    mean = mean_of(values)
    return Line(figure, unit, real, mean.mean, mean.interval)


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
