"""The numbers that move only with a written reason: some outcomes of two companies in two worlds each."""

import json
import math
from pathlib import Path

import scenarios
from scenarios import Scenario
from simulation import simulate

FOLDER = Path(__file__).parent
SEEDS = (0, 1)
TOLERANCE = 1e-9  # relative; another processor may round the last bits of a logarithm otherwise
OUTCOMES = (
    "contribution_eur",
    "bookings_eur",
    "revenue_eur",
    "gross_margin_eur",
    "pay_eur",
    "coordination_cost_eur",
    "bad_debt_eur",
    "cac_eur",
    "n_prospects",
    "n_leads",
    "n_mql",
    "n_sal",
    "n_sql",
    "n_opportunities",
    "n_won",
    "n_reports",
    "share_never_worked",
    "response_h_median",
    "cycle_days_median",
    "win_rate",
    "discount_mean",
    "retention",
    "share_reps_at_quota",
    "selling_share",
    "trust_sales_in_marketing",
    "trust_marketing_in_sales",
    "belief_error_marketing",
    "belief_error_sales",
    "lead_score_accuracy",
)

Numbers = dict[str, float]
"""Outcomes by "company, world, outcome"; a whole number that cannot be counted is NaN."""


def companies() -> dict[str, Scenario]:
    """The companies of the baseline: all defaults, and the reference company."""
    return {"defaults": Scenario(), "reference": scenarios.load("reference")}


def measure(company: dict[str, Scenario] | None = None) -> Numbers:
    """The numbers as the model gives them now."""
    numbers = {}
    for name, scenario in (company or companies()).items():
        for seed in SEEDS:
            outcomes = simulate(scenario, seed).outcomes
            numbers.update({f"{name}, world {seed}, {outcome}": outcomes[outcome] for outcome in OUTCOMES})
    return numbers


def moved(before: Numbers, after: Numbers) -> dict[str, tuple[float, float]]:
    """What differs by more than the tolerance, old and new; a number that is missing counts as NaN."""
    pairs = {key: (before.get(key, math.nan), after.get(key, math.nan)) for key in before | after}
    return {key: pair for key, pair in pairs.items() if not _same(*pair)}


def read(folder: Path = FOLDER) -> Numbers:
    """The numbers on file; none if there is no file yet."""
    file = folder / "outcomes.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def _same(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=TOLERANCE)
