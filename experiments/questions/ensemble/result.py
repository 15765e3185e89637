"""What a search for draws found: the accepted draws, what was ruled out, what is told of which parameter."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.designs.assumptions import Assumptions
from experiments.designs.ensembles import Ensemble
from experiments.reporting.result import Result
from experiments.statistics.history_matching import Band, told
from experiments.statistics.paired import Values, holm

if TYPE_CHECKING:
    from experiments.questions.ensemble.ask import EnsemblePlan, EnsembleQuestion
    from experiments.questions.ensemble.waves import Tried

SURE = 0.05
"""A parameter is told if its accepted values would be drawn from its whole range less often than this, all tried."""
_MIDDLE = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Wave:
    """A wave: the share of the space that it was drawn from, how many draws, how many of them show every figure."""

    share_left: float
    n_draws: int
    n_inside: int


@dataclass(frozen=True, eq=False, repr=False)
class EnsembleFound(Result):
    """What came of it.

    `first` are the draws of the first wave, from the whole space; `accepted` those that show every figure and lie in
    what is left. `explained` is the share of each figure's variance over the whole space that a stand-in foresees.
    """

    question: "EnsembleQuestion"
    plan: "EnsemblePlan"
    first: "Tried"
    accepted: "Tried"
    waves: tuple[Wave, ...]
    explained: tuple[float, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row a parameter: what the published figures say of it."""
        return self.parameters

    @property
    def n_accepted(self) -> int:
        """Draws accepted."""
        return len(self.accepted.points)

    @property
    def n_tried(self) -> int:
        """Draws tried."""
        return sum(wave.n_draws for wave in self.waves)

    @property
    def seeds(self) -> range:
        """Every world lived in."""
        return range(self.question.seed, self.question.seed + self.n_tried)

    @cached_property
    def ensemble(self) -> Ensemble:
        """The accepted draws as a table that other questions take; at most as many as were wanted."""
        from simulation.engine_module import fingerprint

        kept = self.accepted.of(np.arange(self.n_accepted) < self.question.draws)
        paths = tuple(one.path for one in self.plan.inputs)
        about = {
            "company": self.plan.company,
            "model": fingerprint(),
            "tried": self.n_tried,
            "accepted": self.n_accepted,
            "share_left": self.waves[-1].share_left,
            "figures": {one.name: [one.low, one.high] for one in self.plan.figures},
        }
        return Ensemble(Assumptions(self.plan.company, paths, kept.values), tuple(map(int, kept.seeds)), about)

    @cached_property
    def figures_table(self) -> pd.DataFrame:
        """One row a published figure: tolerance, share of all draws inside it, middle of those and of accepted ones."""
        rows = []
        for place, one in enumerate(self.plan.figures):
            prior, left = self.first.figures[:, place], self.accepted.figures[:, place]
            is_inside = float(Band(one.low, one.high).holds(prior).mean())
            explained = self.explained[place] if self.explained else np.nan
            spans = [*_middle(prior), *_middle(left)]
            rows.append(
                (
                    one.name,
                    one.says,
                    one.practices,
                    one.unit,
                    one.low,
                    one.high,
                    is_inside,
                    explained,
                    *spans,
                    one.source,
                )
            )
        heads = ["figure", "says", "practices", "unit", "low", "high", "inside", "explained"]
        middles = [f"{whose}_{round(100 * share)}" for whose in ("plausible", "accepted") for share in _MIDDLE]
        return pd.DataFrame(rows, columns=[*heads, *middles, "source"])

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """One row a parameter, the best told first: plausible range, middle of the accepted draws, how far from even.

        `distance` is that of Kolmogorov and Smirnov (0 to 1), `p_value` is corrected for all parameters (Holm).
        """
        rows = []
        for place, distance, p_value in told(self.accepted.points) if self.n_accepted else ():
            one = self.plan.inputs[place]
            low, high = one.at(np.array([0.0, 1.0]))
            rows.append((one.path, low, high, *_middle(self.accepted.values[:, place]), distance, p_value))
        names = [f"accepted_{round(100 * share)}" for share in _MIDDLE]
        table = pd.DataFrame(rows, columns=["parameter", "low", "high", *names, "distance", "p_value"])
        table["p_value"] = holm(table["p_value"].tolist())
        table["is_told"] = table["p_value"] < SURE
        return table.sort_values("distance", ascending=False, ignore_index=True)

    @cached_property
    def waves_table(self) -> pd.DataFrame:
        """One row a wave."""
        rows = [(number, one.share_left, one.n_draws, one.n_inside) for number, one in enumerate(self.waves, start=1)]
        return pd.DataFrame(rows, columns=["wave", "share_left", "n_draws", "n_inside"])


def _middle(values: Values) -> list[float]:
    known = values[np.isfinite(values)]
    return [float(one) for one in np.quantile(known, _MIDDLE)] if len(known) else [np.nan] * len(_MIDDLE)
