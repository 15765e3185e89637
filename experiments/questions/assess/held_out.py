"""How good the reading is, in companies left out: of them the truth is known, and they are read as the survey is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.questions.assess.asked_companies import MIDDLE_90, PARTLY, TOLD, AskedCompanies, Reading, reading_of
from experiments.questions.assess.open_levers import NUMBER, YES_NO, OpenLever
from experiments.statistics.nearest_runs import Near, quantiles
from experiments.statistics.paired import Values

MOST_LEFT_OUT, SHARE_LEFT_OUT = 200, 0.1
_CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What came of reading companies left out, one a row.

    `chances` (n, types) as said, `types` the place of the true one, `is_near` whether it was drawn near to a type.
    `levers` are those that are told or partly told: of numbers `is_inside` says whether the 90 % interval held the
    truth, of yes or no and choices `said` is the probability of the likeliest value and `came` whether it was true.
    `misfit` is how unlike the answers of the companies near to each are.
    """

    chances: Values
    types: np.ndarray
    is_near: np.ndarray
    explained: Values
    is_inside: Values
    said: Values
    came: Values
    misfit: Values

    @property
    def accuracy(self) -> float:
        """Share of companies whose likeliest type was the true one."""
        return float(np.mean(self.chances.argmax(axis=1) == self.types))

    def accuracy_where(self, low: float, high: float) -> tuple[float, float, int]:
        """Where the likeliest type had a probability from `low` to below `high`: its mean, how often true, how many."""
        best = self.chances.max(axis=1)
        here = (best >= low) & (best < high)
        n = int(here.sum())
        if not n:
            return float("nan"), float("nan"), 0
        return float(best[here].mean()), float(np.mean(self.chances.argmax(axis=1)[here] == self.types[here])), n

    def coverage(self, least: float = TOLD) -> tuple[float, int]:
        """How often 90 % intervals of numbers explained at least so far held the truth, and how many there were."""
        values = self.is_inside[:, self.explained >= least]
        known = ~np.isnan(values)
        return (float(np.nanmean(values)), int(known.sum())) if known.any() else (float("nan"), 0)

    def rightness(self, least: float = TOLD) -> tuple[float, float, int]:
        """Of yes, no and choices explained at least so far: mean probability said of the likeliest, how often true."""
        said, came = self.said[:, self.explained >= least], self.came[:, self.explained >= least]
        known = ~np.isnan(said)
        if not known.any():
            return float("nan"), float("nan"), 0
        return float(said[known].mean()), float(came[known].mean()), int(known.sum())


def n_left_out(n_companies: int) -> int:
    """How many are left out."""
    return max(1, min(MOST_LEFT_OUT, round(SHARE_LEFT_OUT * n_companies)))


def held_out(companies: AskedCompanies, places: np.ndarray) -> HeldOut:
    """Read the last companies from what the others teach."""
    n = len(companies.companies)
    cut = n - n_left_out(n)
    return read_by(reading_of(companies, places, np.arange(cut)), companies, range(cut, n))


def read_by(reading: Reading, companies: AskedCompanies, rows: Sequence[int]) -> HeldOut:
    """Read companies, those of `rows`, that the reading has not learned from; they may have another size or market."""
    levers = [one for one in companies.asked if reading.explained(one) >= PARTLY]
    seen = [companies.seen[row, reading.places] for row in rows]
    found = [reading.near(answers) for answers in seen]
    judged = [
        [_judged(reading, lever, one, companies.behind[row]) for lever in levers]
        for one, row in zip(found, rows, strict=True)
    ]
    values = np.array(judged, dtype=np.float64).reshape(len(rows), len(levers), 3)
    return HeldOut(
        chances=np.array([reading.type_chances(one) for one in found]),
        types=companies.types[list(rows)],
        is_near=np.array([companies.companies[row].near is not None for row in rows]),
        explained=np.array([reading.explained(one) for one in levers]),
        is_inside=values[:, :, 0],
        said=values[:, :, 1],
        came=values[:, :, 2],
        misfit=np.array([reading.misfit(one, answers) for one, answers in zip(found, seen, strict=True)]),
    )


def _judged(reading: Reading, lever: OpenLever, found: Near, truth: Values) -> Sequence[float]:
    """Whether the interval held the truth; the probability of the likeliest value, and whether it was true."""
    columns = reading.companies.columns_of(lever.path)
    truth = truth[columns]
    if lever.kind == NUMBER:
        moved = np.clip(found.moved[:, columns][:, 0], *_ends(reading, columns))
        low, _, high = quantiles(moved, found.weights, MIDDLE_90)
        return float(low - _CLOSE <= truth[0] <= high + _CLOSE), np.nan, np.nan
    means = found.weights @ found.moved[:, columns]
    if lever.kind == YES_NO or len(lever.options) == 1:
        chance = float(np.clip(means[0], 0.01, 0.99))
        return np.nan, max(chance, 1 - chance), float((chance >= 0.5) == (truth[0] == 1))
    shares = np.clip(means, 0.01, 0.99)
    return np.nan, float(shares.max() / shares.sum()), float(truth[shares.argmax()] == 1)


def _ends(reading: Reading, columns: slice) -> tuple[float, float]:
    values = reading.companies.behind[reading.rows, columns]
    return float(values.min()), float(values.max())
