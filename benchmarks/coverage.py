"""Are the intervals and chances of `compare` as sure as they say? A simulated company plays reality, again and again.

    python -m benchmarks.coverage [DRAWS]

Every draw of a company's ensemble lives in a world of its own under all types. One of them is reality; of all others
some are taken as if they were a comparison, and its 80 % interval and its chances are held against what reality did.
Writes `docs/images/reliability.svg` and prints a line of JSON a company.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from experiments.designs.company_today import TYPES, company_today
from experiments.designs.design import TYPE_COLUMN, Design
from experiments.designs.ensembles import assumptions_for
from experiments.designs.presets import companies_with
from experiments.observation.kept_outcomes import KeptOutcomes
from experiments.observation.yearly import CONTRIBUTION
from experiments.statistics.doubt import shares_best, spread
from experiments.statistics.paired import Values
from experiments.studies.study import Study, StudyPlan

COMPANIES = ("reference", "small_firm", "fast_simple_market", "aiqi_software")
N_CASES, N_TAKEN = 200, 100
_BINS = np.linspace(0, 1, 11)
_FIRST = 3_000_000  # seeds this far on are met by nothing else
_PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "reliability.svg"


@dataclass(frozen=True)
class Coverage:
    """Of a company: how often 80 % intervals of differences between two types hold reality, by pair of types.

    `said` and `came` are chances to be best, and whether that came true (0 or 1), one a case and type.
    """

    company: str
    by_pair: dict[str, float]
    said: Values
    came: Values

    @property
    def mean(self) -> float:
        """Over all pairs."""
        return float(np.mean(list(self.by_pair.values())))


def lived(company: str, n_draws: int) -> Values:
    """Contribution a year of every draw (one a world) under every type: draws x types."""
    import pandas as pd

    base = company_today(company, {})
    drawn = assumptions_for(company, base)
    assert drawn is not None
    plan = StudyPlan("coverage", company, measure=KeptOutcomes((CONTRIBUTION,)), assumptions=drawn)
    seeds = range(_FIRST, _FIRST + min(n_draws, drawn.n_draws))
    points = pd.DataFrame({TYPE_COLUMN: list(TYPES)})
    with Study(plan) as study:
        runs = study.run_design(Design(base, points, tuple(seeds), companies_with(company, TYPES)))
    return runs.values(CONTRIBUTION).T


def coverage(company: str, table: Values, seed: int = 0) -> Coverage:
    """Hold interval and chances of some draws against another one, case by case."""
    table = table[~np.isnan(table).any(axis=1)]
    rng = np.random.default_rng(seed)
    cases = [_case(rng, len(table)) for _ in range(N_CASES)]
    by_pair = {
        f"{TYPES[b]} less {TYPES[a]}": float(np.mean([_holds(table, case, a, b) for case in cases]))
        for a, b in combinations(range(len(TYPES)), 2)
    }
    said = np.concatenate([shares_best(table[taken]) for _, taken in cases])
    came = np.concatenate([(table[real] == table[real].max()).astype(float) for real, _ in cases])
    return Coverage(company, by_pair, said, came)


def _case(rng: np.random.Generator, n: int) -> tuple[int, Values]:
    order = rng.permutation(n)
    return int(order[0]), order[1 : 1 + min(N_TAKEN, n - 1)]


def _holds(table: Values, case: tuple[int, Values], a: int, b: int) -> bool:
    real, taken = case
    middle = spread(table[taken, b] - table[taken, a]).middle
    return bool(middle.low <= table[real, b] - table[real, a] <= middle.high)


def reliability(found: Sequence[Coverage]) -> Iterator[tuple[float, float, int]]:
    """By tenth of what was said: the mean of it, how often it came true, in how many cases."""
    said, came = (np.concatenate([getattr(one, name) for one in found]) for name in ("said", "came"))
    places = np.clip(np.digitize(said, _BINS) - 1, 0, len(_BINS) - 2)
    for place in range(len(_BINS) - 1):
        is_here = places == place
        if is_here.any():
            yield float(said[is_here].mean()), float(came[is_here].mean()), int(is_here.sum())


def picture(points: Sequence[tuple[float, float, int]]) -> str:
    """What was said against what came true, as SVG; the area of a dot goes by the number of cases."""
    size, edge = 360, 46
    most = max(n for _, _, n in points)

    def at(share: float) -> float:
        """A share on either axis, pixels from the left."""
        return edge + share * (size - 2 * edge)

    dots = "".join(
        f'<circle cx="{at(said):.1f}" cy="{size - at(came):.1f}" r="{3 + 9 * (n / most) ** 0.5:.1f}" fill="#0072B2" '
        f'fill-opacity="0.75"><title>said {said:.0%}, came true {came:.0%} of {n}</title></circle>'
        for said, came, n in points
    )
    ticks = "".join(
        f'<text x="{at(share):.0f}" y="{size - edge + 18}" text-anchor="middle">{share:.0%}</text>'
        f'<text x="{edge - 6}" y="{size - at(share) + 4:.0f}" text-anchor="end">{share:.0%}</text>'
        for share in (0, 0.5, 1)
    )
    low, high = at(0), at(1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="12">'
        f'<rect width="{size}" height="{size}" fill="white"/>'
        f'<path d="M{low} {size - low}L{high} {size - high}" stroke="#999" stroke-dasharray="4 4"/>'
        f'<path d="M{low} {size - high}V{size - low}H{high}" fill="none" stroke="#333"/>{ticks}{dots}'
        f'<text x="{size / 2}" y="{size - 8}" text-anchor="middle">chance to be best, as said</text>'
        f'<text transform="translate(12 {size / 2}) rotate(-90)" text-anchor="middle">how often it came true</text>'
        "</svg>\n"
    )


def main(n_draws: int = 300) -> list[dict[str, Any]]:
    """All companies; writes the picture, returns a record each and the reliability of all."""
    found = [coverage(company, lived(company, n_draws)) for company in COMPANIES]
    points = list(reliability(found))
    _PICTURE.write_text(picture(points), encoding="utf-8")
    return [
        *({"company": one.company, "coverage": one.mean, "by_pair": one.by_pair} for one in found),
        {"reliability": points},
    ]


if __name__ == "__main__":
    for record in main(*map(int, sys.argv[1:2])):
        print(json.dumps(record))
