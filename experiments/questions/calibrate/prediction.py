"""What the fitted company predicts for the months held out, and how often that held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from experiments.crm.window import Window, month_after
from experiments.questions.calibrate.target import Measured, Target
from experiments.statistics.paired import Values

LEVELS = (0.5, 0.8, 0.95)
_UNRESTS = np.linspace(0.0, 0.5, 501)
_USUAL_UNREST = 0.05  # a figure that wanders by a tenth a month is nothing unusual


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


def unrest(
    values: Values, targets: Sequence[Target], measured: Sequence[Measured], rng: np.random.Generator
) -> dict[str, Values]:
    """How much monthly figures of the fitted part wander from month to month beyond the model and sampling, by kind.

    As a share of the root of a figure, one standard deviation a month: campaigns, holidays, a team that learns. Told by
    how the ratio of the data to the median run changes from one month to the next. As few months leave it open, it is
    drawn for each run (n,) from what they leave possible.
    """
    series: dict[tuple[str, str | None, int | None], dict[date, tuple[float, float]]] = {}
    for place, (target, data) in enumerate(zip(targets, measured, strict=True)):
        known = values[np.isfinite(values[:, place]), place]
        if target.month and data.value > 0 and np.isfinite(data.error) and len(known) and np.median(known) > 0:
            ratio = float(np.sqrt(data.value / np.median(known)))
            months = series.setdefault((target.kind, target.channel, target.horizon_d), {})
            months[target.month] = (ratio, (ratio * data.error / (2 * data.value)) ** 2)
    beyond: dict[str, list[tuple[float, float]]] = {}
    for (kind, _, _), months in series.items():
        for month, (ratio, noise) in months.items():
            if month_after(month) in months:
                next_ratio, next_noise = months[month_after(month)]
                beyond.setdefault(kind, []).append(((next_ratio - ratio) ** 2, noise + next_noise))
    return {kind: _beyond(np.array(changes), len(values), rng) for kind, changes in beyond.items()}


def _beyond(changes: Values, n: int, rng: np.random.Generator) -> Values:
    """Draws (n,) of what squared changes (first column) hold beyond noise (second), as a standard deviation.

    Changes are normal with noise and unrest; before they are seen, unrest has a half-Cauchy distribution (Gelman 2006).
    """
    squares, noise = changes.T
    variance = noise[:, None] + _UNRESTS**2
    log_likelihood = -0.5 * (np.log(variance) + squares[:, None] / variance).sum(axis=0)
    chances = np.exp(log_likelihood - log_likelihood.max()) / (1.0 + (_UNRESTS / _USUAL_UNREST) ** 2)
    return np.asarray(rng.choice(_UNRESTS, size=n, p=chances / chances.sum()))


def with_unrest(
    values: Values,
    targets: Sequence[Target],
    unrest_of: Mapping[str, Values],
    window: Window,
    rng: np.random.Generator,
) -> Values:
    """Runs (n, targets) with that unrest (n,) laid on each monthly figure by chance.

    It adds up month by month: `k` months after the last of `n` fitted ones its variance is that of k steps, and of
    what the mean of the fitted months misses of their last, (n - 1)(2n - 1) / 6n steps.
    """
    n = max(1, sum(month < window.fitted_until for month in window.months_of_deals))
    missed = (n - 1) * (2 * n - 1) / (6 * n)
    share = np.zeros(values.shape)
    for place, target in enumerate(targets):
        if target.month and target.month >= window.fitted_until and target.kind in unrest_of:
            first, last = window.fitted_until, target.month
            n_steps = 12 * (last.year - first.year) + last.month - first.month + 1
            share[:, place] = unrest_of[target.kind] * np.sqrt(n_steps + missed)
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
    rows = []
    for level in LEVELS:
        inside = known[f"is_inside_{_name(level)}"].astype(bool)
        rows.append(Coverage(level, "", len(known), int(inside.sum())))
        for kind, of_kind in inside.groupby(known["kind"], sort=False):
            rows.append(Coverage(level, str(kind), len(of_kind), int(of_kind.sum())))
    return rows


def _name(level: float) -> str:
    return f"{100 * level:.0f}"
