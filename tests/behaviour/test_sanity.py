"""Forty settings a sales director would laugh at if they paid, in a few worlds: what must hold in each."""

from typing import NamedTuple

import numpy as np
import pytest

import scenarios
from simulation import simulate

SEEDS = range(8)
LAST_YEAR = 252


class Extreme(NamedTuple):
    """A change of a company with some practices; an outcome of it must be so many times that without the change."""

    what: str
    changes: dict[str, object]
    outcome: str = "contribution_eur"
    below: float = 1.0
    above: float = -np.inf
    practices: str = "defined"


EXTREMES = (
    Extreme("one marketer for a market of thousands", {"people.marketers": 1}, "revenue", below=0.98),
    Extreme("no money for campaigns", {"money.programme_eur_per_year": 0}, "revenue", below=0.95),
    Extreme("ten times the money for campaigns", {"money.programme_eur_per_year": 6e6}),
    Extreme("all marketers upstream", {"practices.upstream_share": 1.0}, "n_leads", below=1.0),
    Extreme("nobody is paid for results", {"pay.sales.account_executive_variable_eur": 0.0}),
    Extreme(
        "nobody in Sales is paid for results, nobody stops",
        {"pay.sales.account_executive_variable_eur": 0.0},
        "n_won",
        above=0.2,
    ),
    Extreme(
        "half the going pay",
        {"pay.sales.account_executive_base_eur": 37_500.0, "pay.sales.account_executive_variable_eur": 37_500.0},
        "n_won",
        below=0.95,
    ),
    Extreme("pay by salary alone brings no more deals", {"pay.sales.scheme": "salary"}, "n_won", below=1.0),
    Extreme("one head for fifty reps", {"people.account_executives": 50, "people.managers": 1}),
    Extreme("ten times the reps", {"people.account_executives": 80}),
    Extreme("a hundred managers", {"people.managers": 100}),
    Extreme("no manager to speak of", {"people.managers": 1}, "n_won", below=1.0),
    Extreme("daily meetings of four hours", {"practices.meeting_every_d": 1, "practices.meeting_h": 4.0}, below=0.3),
    Extreme("a daily meeting of everybody", {"practices.meeting_every_d": 1, "practices.meeting_h": 1.0}, below=0.97),
    Extreme("a day a week of brainstorms", {"practices.brainstorm_every_d": 1, "practices.brainstorm_people": 30}),
    Extreme("training all the time", {"practices.joint_training_h_per_quarter": 100.0}, practices="integrated"),
    Extreme("half of the week in small talk", {"practices.informal_contact_h_per_week": 16.0}),
    Extreme("marketers talk to buyers all day", {"practices.customer_contact_h_per_week": 30.0}),
    Extreme("twice the list price", {"products.easy.price": 1.8, "products.strategic.price": 2.3}, below=0.6),
    Extreme("three times the list price", {"products.easy.price": 2.7, "products.strategic.price": 3.45}, below=0.2),
    Extreme("a list price below cost", {"products.easy.price": 0.2, "products.strategic.price": 0.15}, below=0.2),
    Extreme("discounts without limit", {"money.discount_max": 0.6, "money.discount_approved_max": 0.6}),
    Extreme(
        "ten times the market does not sell ten times as much", {"market.prospects_per_day": 300.0}, "n_won", below=1.7
    ),
    Extreme(
        "ten times the market is not answered sooner",
        {"market.prospects_per_day": 300.0},
        "response_h_median",
        above=0.95,
        below=np.inf,
    ),
    Extreme("a tenth of the market", {"market.prospects_per_day": 3.0}, below=0.3),
    Extreme("nobody fits", {"market.share_never_fit": 0.8, "market.share_ready": 0.1}, below=0.6),
    Extreme("leads wait for a month", {"practices.hand_off_delay_d": 21}, "n_won", below=0.98),
    Extreme(
        "nobody judges leads", {"practices.qualification_bar": -5.0}, "share_never_worked", below=np.inf, above=1.2
    ),
    Extreme("only perfect leads are handed over", {"practices.qualification_bar": 4.0}, "n_mql", below=0.2),
    Extreme(
        "thirty attempts at every lead",
        {"practices.sla_attempts": 30, "practices.sla_follow_up_h": 0.5},
        practices="aligned",
    ),
    Extreme(
        "a report on every lead for 500 EUR", {"practices.feedback_asked": 1.0, "practices.feedback_bonus_eur": 500.0}
    ),
    Extreme(
        "credit checks of everybody, as strict as can be",
        {"money.credit_check": 1.0, "money.credit_check_eur": 2_000.0},
    ),
    Extreme("nobody looks after customers", {"customers.onboarding_h": 400.0}, "retention", below=0.99),
    Extreme("half of the reps leave every quarter", {"people.turnover_per_year": 2.0}, below=0.85),
    Extreme("seats stay empty for a year", {"people.vacancy_d": 252}, below=0.95),
    Extreme("needs turn over every month", {"market.turbulence": 12.0}, "win_rate", below=0.97),
    Extreme("bad blood from the first day", {"behaviour.trust.start": 0.02}, "revenue", below=0.99),
    Extreme(
        "nobody tells anybody anything",
        {"behaviour.goodwill.fixed_telling": 0.0},
        "revenue",
        below=0.98,
        practices="aligned",
    ),
    Extreme(
        "everything is done for form's sake",
        {"behaviour.goodwill.fixed_depth": 0.0},
        "revenue",
        below=0.92,
        practices="integrated",
    ),
    Extreme(
        "a rule for every lead and nobody to keep it",
        {"practices.sla_tracked": True, "people.managers": 1, "people.account_executives": 50},
    ),
)


def outcomes(practices: str, changes: dict[str, object]) -> dict[str, float]:
    """Mean outcomes over a few worlds; `revenue` is that of the last year."""
    company = scenarios.load("reference", practices, changes)
    runs = [simulate(company, seed) for seed in SEEDS]
    means = {name: float(np.mean([run.outcomes[name] for run in runs])) for name in runs[0].outcomes}
    return means | {"revenue": float(np.mean([run.daily["revenue"][-LAST_YEAR:].sum() for run in runs]))}


@pytest.fixture(scope="module")
def usual() -> dict[str, dict[str, float]]:
    return {name: outcomes(name, {}) for name in ("defined", "aligned", "integrated")}


@pytest.mark.parametrize("one", EXTREMES, ids=lambda one: one.what)
def test_what_a_sales_director_would_laugh_at_does_not_pay(one: Extreme, usual: dict[str, dict[str, float]]) -> None:
    before, after = usual[one.practices][one.outcome], outcomes(one.practices, one.changes)[one.outcome]
    assert after < one.below * before, f"{after:.4g} against {before:.4g}"
    assert after > one.above * before, f"{after:.4g} against {before:.4g}"
