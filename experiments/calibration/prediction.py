"""What the fitted company predicts for the months held out, and how often that held."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.calibration.abc_step import moved
from experiments.calibration.distance import Yardstick
from experiments.calibration.target import Measured, Target
from experiments.statistics import Values

LEVELS = (0.5, 0.8, 0.95)


@dataclass(frozen=True)
class Coverage:
    """Of `n` figures, how many lie inside the intervals of a level; `kind` is empty for all figures."""

    level: float
    kind: str
    n: int
    n_inside: int

    @property
    def share(self) -> float:
        """Share inside; NaN without figures."""
        return self.n_inside / self.n if self.n else float("nan")


def carried_on(runs: Values, held_out: Values, yardstick: Yardstick, totals: Values) -> Values:
    """The held-out figures (n, figures) of runs, given how the fitted months of the same runs went.

    A world in which more leads than usual came in the fitted months goes on like that for a while. So a run's later
    figures are moved, along a regression over all runs, to what they would be had its fitted `totals` (places among
    the summaries) been those of the data. Regressed are square roots; a figure unknown in a run stays unknown.
    """
    deviations = yardstick.summaries(runs)[:, totals]
    is_known = np.isfinite(deviations).all(axis=1)
    found = np.full(held_out.shape, np.nan)
    for place in range(held_out.shape[1]):
        rows = is_known & np.isfinite(held_out[:, place])
        if rows.sum() > 2 * (deviations.shape[1] + 1):
            roots = moved(np.sqrt(held_out[rows, place : place + 1]), deviations[rows], np.ones(int(rows.sum())))
            found[rows, place] = np.maximum(roots[:, 0], 0.0) ** 2
        else:
            found[rows, place] = held_out[rows, place]
    return found


def unrest(values: Values, targets: Sequence[Target], measured: Sequence[Measured]) -> dict[str, float]:
    """How much monthly figures of the fitted part deviate from runs (n, targets) beyond luck, by kind.

    As a share of the root of a figure: campaigns, holidays and new people make real months differ more than the model
    knows. It is what is left of the squared deviations once the spread of runs is taken off, never less than 0.
    """
    found: dict[str, float] = {}
    for kind in dict.fromkeys(target.kind for target in targets):
        beyond, size = 0.0, 0.0
        for place, (target, data) in enumerate(zip(targets, measured, strict=True)):
            roots = np.sqrt(values[np.isfinite(values[:, place]), place])
            if target.kind == kind and target.month and len(roots) > 1 and np.isfinite(data.value):
                beyond += float((np.sqrt(data.value) - roots.mean()) ** 2 - roots.var(ddof=1))
                size += float(roots.mean() ** 2)
        found[kind] = float(np.sqrt(max(0.0, beyond) / size)) if size else 0.0
    return found


def with_unrest(values: Values, targets: Sequence[Target], found: dict[str, float], rng: np.random.Generator) -> Values:
    """Runs (n, targets) with that unrest added to each figure by chance."""
    share = np.array([found.get(target.kind, 0.0) for target in targets])
    roots = np.sqrt(values) * (1.0 + share * rng.standard_normal(values.shape))
    return np.asarray(np.maximum(roots, 0.0) ** 2)


def predicted(values: Values, targets: Sequence[Target], measured: Sequence[Measured]) -> pd.DataFrame:
    """One row a target: the data, the median run, and the ends of the intervals in which runs lie, by level.

    `values` are (runs, targets). Ends are those order statistics between which one more run would lie with the wished
    probability. Columns low_50, high_50 and so on, and is_inside_50 and so on.
    """
    rows = []
    for place, (target, data) in enumerate(zip(targets, measured, strict=True)):
        known = values[np.isfinite(values[:, place]), place]
        row: dict[str, object] = {
            "target": target.name,
            "kind": target.kind,
            "role": target.role,
            "month": f"{target.month:%Y-%m}" if target.month else "",
            "channel": target.channel or "",
            "horizon_d": target.horizon_d or 0,
            "unit": target.unit,
            "data": data.value,
            "n": data.n,
            "error": data.error,
            "median": float(np.median(known)) if len(known) else np.nan,
            "n_runs": len(known),
        }
        for level in LEVELS:
            low, high = interval(known, level)
            row |= {f"low_{_name(level)}": low, f"high_{_name(level)}": high}
            row[f"is_inside_{_name(level)}"] = bool(low <= data.value <= high)
        rows.append(row)
    return pd.DataFrame(rows)


def interval(known: Values, level: float) -> tuple[float, float]:
    """The middle interval in which one more value like `known` lies with probability `level`; NaN without values."""
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2], method="weibull")
    return float(low), float(high)


def coverage(table: pd.DataFrame) -> list[Coverage]:
    """How many figures of a table of predictions lie inside, by level: all of them, then each kind.

    Figures unknown on either side do not count.
    """
    known = table[table["data"].notna() & table["low_50"].notna()]
    found = []
    for level in LEVELS:
        inside = known[f"is_inside_{_name(level)}"].astype(bool)
        found.append(Coverage(level, "", len(known), int(inside.sum())))
        for kind, of_kind in inside.groupby(known["kind"], sort=False):
            found.append(Coverage(level, str(kind), len(of_kind), int(of_kind.sum())))
    return found


def _name(level: float) -> str:
    return f"{100 * level:.0f}"
