"""What a sensitivity analysis shows: the effect of every input, and the survivors' shares of the variance."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.uncertain_inputs import Input
from experiments.reporting.result import Result
from experiments.statistics.paired import Values
from experiments.statistics.sobol_morris import Effects, Indices, elementary_effects, half, sobol_indices
from experiments.studies.study import DesignRuns

if TYPE_CHECKING:
    from experiments.questions.sensitivity.ask import SensitivityPlan, SensitivityQuestion


_EFFECT = ("size", "size_error", "mean", "spread")
_SHARES = ("first", "first_error", "total", "total_error")


@dataclass(frozen=True)
class Stage:
    """One design: its inputs, shares 0..1 (points x inputs), the runs, and the output of each point (NaN: unknown)."""

    inputs: tuple[Input, ...]
    shares: Values
    made: DesignRuns
    output: Values
    luck: float
    n_pulled: int = 0

    @property
    def names(self) -> list[str]:
        """Paths of the inputs."""
        return [one.path for one in self.inputs]


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity(Result):
    """What moves the output: `screening` of all inputs, `sobol` of those that survived (None if interrupted)."""

    question: "SensitivityQuestion"
    plan: "SensitivityPlan"
    screening: Stage
    sobol: Stage | None

    def to_frame(self) -> pd.DataFrame:
        """One row an input, the largest effect first."""
        return self.table

    @cached_property
    def effects(self) -> Effects:
        """Elementary effects of all inputs."""
        return elementary_effects(self.screening.shares, self.screening.output, self.screening.names)

    @cached_property
    def indices(self) -> Indices | None:
        """Sobol indices of the survivors."""
        return sobol_indices(self.sobol.output, self.sobol.names) if self.sobol else None

    @property
    def is_constant(self) -> bool:
        """Whether the output is the same at all points: nothing moves it."""
        sizes = self.effects.size
        return bool(np.isfinite(sizes).any()) and not np.nanmax(sizes) > 0

    @property
    def has_shares(self) -> bool:
        """Whether any survivor's share of the variance is known."""
        return self.indices is not None and bool(np.isfinite(self.indices.total).any())

    @cached_property
    def half_indices(self) -> Indices | None:
        """The same from half of the points."""
        if self.sobol is None:
            return None
        return sobol_indices(half(self.sobol.output, len(self.sobol.inputs)), self.sobol.names)

    @property
    def moved_by_half(self) -> float:
        """The largest difference that the second half of the points made to a total index; NaN if not known."""
        whole, first = self.indices, self.half_indices
        if whole is None or first is None:
            return float("nan")
        return float(np.max(np.abs(whole.total - first.total)))

    @property
    def is_converged(self) -> bool:
        """Whether no total index moved by more than 0.1 when the sample was doubled."""
        return self.moved_by_half <= 0.1

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row an input, the largest effect first: effect, direction, and the indices of the survivors."""
        ends = {"low": self._ends(0.0), "high": self._ends(1.0)}
        table = pd.DataFrame({"parameter": self.screening.names, **ends, **_columns(self.effects, _EFFECT)})
        if self.indices is not None and self.sobol is not None:
            shares = pd.DataFrame({"parameter": self.sobol.names, **_columns(self.indices, _SHARES)})
            table = table.merge(shares, on="parameter", how="left")
        return table.sort_values("size", ascending=False, kind="stable").reset_index(drop=True)

    def _ends(self, share: float) -> list[Any]:
        return [one.at(np.array([share]))[0] for one in self.screening.inputs]


def _columns(measured: Effects | Indices, names: Sequence[str]) -> dict[str, Values]:
    return {name: getattr(measured, name) for name in names}


def luck_share(values: Values) -> float:
    """Share of the variance of points' means that is luck: what a world does to one point and not to the others.

    `values` is points x worlds; NaN below two worlds.
    """
    known = values[~np.isnan(values).any(axis=1)]
    if known.shape[1] < 2 or known.shape[0] < 2:
        return float("nan")
    means = known.mean(axis=1)
    left = known - means[:, None] - known.mean(axis=0) + known.mean()
    free = (known.shape[0] - 1) * (known.shape[1] - 1)
    noise = float(np.sum(left**2)) / free / known.shape[1]
    varied = float(np.var(means, ddof=1))
    return min(1.0, noise / varied) if varied > 0 else float("nan")
