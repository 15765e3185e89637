"""Extremes make sense: what must be nothing is nothing, what must be certain is certain, and free things are free."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import Run, simulate
from simulation.ledger import Hours
from simulation.status import Status
from tests.paired import values, z
from tests.veterans import AT_PEACE, VETERANS

COMPANY = scenarios.with_changes(Scenario(), {"run.quarters": 4})
ATTENTION, WORK, TRUST, MARKET = (f"behaviour.{part}." for part in ("attention", "work", "trust", "market"))
NOBODY_CALLS = {ATTENTION + "p_connect_cold": 0.0}


def run_with(changes, seed=1) -> Run:
    return simulate(scenarios.with_changes(COMPANY, changes), seed)


def count(run, name):
    """A count over all days, warm-up included."""
    return run.daily[name].sum()


def test_without_budget_and_prospecting_nobody_is_reached():
    quiet = run_with({"money.programme_eur_per_year": 0.0, **NOBODY_CALLS})
    assert count(quiet, "n_leads") == count(quiet, "n_won") == count(quiet, "n_opportunities") == 0
    assert (quiet.company.lead["day_reached"] == -1).all()
    for voice in ({"money.programme_eur_per_year": 800_000.0, **NOBODY_CALLS}, {"money.programme_eur_per_year": 0.0}):
        assert count(run_with(voice), "n_leads") > 100


def test_a_channel_that_costs_nothing_needs_no_budget():
    free = {"money.programme_eur_per_year": 0.0, "channels.web.half_spend_eur": 0.0, **NOBODY_CALLS}
    assert count(run_with(free), "n_leads") > 100


def test_nobody_buys_who_cannot_wait():
    hasty = {"segments.buyers.patience_d": 0.01, ATTENTION + "patience_sigma": 0.0, "market.share_ready": 1.0}
    run = run_with({**hasty, "market.share_never_fit": 0.0})
    assert count(run, "n_won") == 0
    assert (run.company.lead["status"][run.company.lead["day_arrived"] > 0] != Status.CUSTOMER).all()
    assert count(run_with({"segments.buyers.patience_d": 130.0}), "n_won") > 50


@pytest.mark.parametrize(("base", "rate"), [(10.0, 1.0), (-10.0, 0.0)])
def test_a_company_without_equal_always_wins_and_one_without_merit_never(base, rate):
    changes = {
        ATTENTION + "win_base": base,
        ATTENTION + "p_stall": 0.0,
        ATTENTION + "p_stall_no_project": 0.0,
        "segments.buyers.competition": -base / 2,
        "segments.buyers.patience_d": 5000.0,
        ATTENTION + "understanding_weight": 0.0,
    }
    run = run_with(changes)
    assert count(run, "n_won") + count(run, "n_lost") > 100
    assert run.outcomes["win_rate"] == pytest.approx(rate, abs=0.005)


def test_nobody_connects_and_nothing_happens():
    run = run_with({**NOBODY_CALLS, ATTENTION + "p_connect": 0.0})
    assert count(run, "n_sal") > 100  # reps try
    assert count(run, "n_sql") == count(run, "n_won") == 0


@pytest.mark.parametrize(("trust", "least", "most"), [(1.0, 0.0, 0.2), (0.0, 0.99, 1.0)])
def test_full_trust_works_most_leads_and_no_trust_none(trust, least, most):
    """Who believes nothing of a sender's leads never finds out; who believes all passes over what looks like junk."""
    still = {TRUST + name: 0.0 for name in ("start_sd", "up", "down", "worked", "rotted")}
    still |= {"behaviour.together.surprise": 0.0}
    run = run_with({**still, **AT_PEACE, TRUST + "start": trust, "people.sdrs": 12})
    assert count(run, "n_mql") > 100
    assert least <= run.outcomes["share_never_worked"] <= most
    assert np.ptp(run.company.trust_in_marketer) == 0.0


def test_signs_without_noise_hand_over_exactly_the_good_ones():
    certain = {f"behaviour.learning.{name}": 1.0 for name in ("own_signs", "score_start", "score_best", "score_worst")}
    nobody_asks = {ATTENTION + "p_request": 0.0, "customers.referrals": 0.0}
    run = run_with({**certain, **nobody_asks, "practices.qualification_bar": 0.5, "pay.marketing.scheme": "fixed"})
    lead, market = run.company.lead, run.scenario.market
    handed = lead[lead["day_mql"] >= 0]
    has_project = (handed["readiness"] != 2) & (handed["day_project"] <= handed["day_mql"])
    quality = np.where(has_project, market.quality_ready, market.quality_later)
    quality[handed["readiness"] == 2] = market.quality_never_fit
    assert len(handed) > 100
    assert (quality + market.quality_spread * handed["fit"] >= 0.5 - 1e-6).all()
    assert run.outcomes["lead_score_accuracy"] == 1.0


# Prices.


def test_without_authority_nobody_gives_discounts():
    run = run_with({"money.discount_max": 0.0, "money.discount_approved_max": 0.0})
    won = run.company.lead[run.company.lead["day_won"] >= 0]
    assert len(won) > 50
    assert (won["price"] == won["value"]).all()
    assert run.outcomes["discount_mean"] == 0.0
    approved = run_with({"money.discount_max": 0.0, "money.discount_approved_max": 0.3})
    assert 0.0 < approved.outcomes["discount_mean"] <= 0.3


def test_buyers_who_do_not_mind_the_price_get_no_discount():
    """Under plain commission a lower price is less pay and no likelier a win; those in a hurry are asked, not paid."""
    indifferent = {"segments.buyers.price_sensitivity": 0.0, "pay.sales.scheme": "commission"}
    assert run_with(indifferent).outcomes["discount_mean"] == 0.0
    greedy = {**indifferent, "segments.buyers.price_sensitivity": 20.0}
    assert run_with(greedy).outcomes["discount_mean"] > 0.05


def test_a_product_that_costs_nothing_to_deliver_is_all_margin():
    run = run_with({"products.standard.gross_margin": 1.0})
    assert run.outcomes["gross_margin_eur"] == pytest.approx(run.outcomes["bookings_eur"], rel=1e-12)
    assert run.outcomes["bookings_eur"] > 0


# Customers.


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_customers_stay_or_go_as_certainly_as_they_are_told(p):
    run = run_with({"customers.renewal_at_worst": p, "customers.renewal_at_best": p})
    assert run.daily["n_due_renewal"].sum() > 50
    assert run.outcomes["retention"] == p


def test_customers_who_never_pay_leave_when_onboarding_ends():
    run = run_with({"segments.buyers.p_bad_debt": 1.0})
    lead, window = run.company.lead, run.scenario.customers.onboarding_window_d
    won = lead[lead["day_won"] >= 0]
    over = won["day_won"] + window < run.scenario.days
    assert (won["status"][over] == Status.CHURNED).all()
    assert (won["status"][~over] == Status.CUSTOMER).all()
    assert count(run, "bad_debt") == pytest.approx(won["price"][over].sum())


# Time.


ALL_COME = {"behaviour.together.skipping": 0.0, "practices.meeting_attendance": 1.0}


def free_hours(run):
    """Hours a day of Sales that are neither administration nor meetings nor reports."""
    taken = run.daily["hours_sales"][:, [Hours.ADMIN, Hours.MEETING, Hours.REPORTS]].sum(axis=1)
    return run.daily["hours_sales"].sum(axis=1) - taken


def test_meetings_that_cost_no_time_leave_every_day_as_long():
    calm = {
        **VETERANS,
        **AT_PEACE,
        "behaviour.together.preparation": 0.5,
        "practices.meeting_discipline": 1.0,
        **ALL_COME,
    }
    talk = {**calm, "practices.meeting_every_d": 1}
    none, free, dear = (free_hours(run_with(c)) for c in (calm, {**talk, "practices.meeting_h": 0.0}, talk))
    assert free == pytest.approx(none, rel=1e-12)
    people, each = COMPANY.people, 1.5 * COMPANY.practices.meeting_h  # half as long again to prepare it
    reps = people.account_executives + people.sdrs
    assert none - dear == pytest.approx(np.full(len(none), reps * each), rel=1e-9)


def test_who_only_meets_does_nothing_else():
    run = run_with({"practices.meeting_every_d": 1, "practices.meeting_h": 8.0, **ALL_COME})
    assert free_hours(run) == pytest.approx(np.zeros(len(run.daily)), abs=1e-9)
    assert count(run, "n_won") == count(run, "n_sal") == count(run, "n_mql") == 0


def test_more_hours_sell_more():
    assert z(COMPANY, {"people.admin_share_sales": 0.1}, "n_won", n=6)[0] > 3
    assert z(COMPANY, {"people.admin_share_sales": 0.9}, "n_won", n=6)[0] < -3


# Knowledge.


def growth_of_error(side):
    """How much the error of a side's beliefs grew from the first quarter to the last."""

    def growth(run):
        error = run.daily[f"belief_error_{side}"]
        return error[-63:].mean() - error[:63].mean()

    return growth


@pytest.mark.parametrize("side", ["marketing", "sales"])
def test_in_a_market_that_stands_still_nobody_forgets(side):
    still = scenarios.with_changes(COMPANY, {"market.turbulence": 0.0})
    assert values(still, growth_of_error(side), 8).max() < 0.02
    assert z(still, {"market.turbulence": 5.0}, f"belief_error_{side}", n=8)[0] > 3


def test_a_moving_market_outruns_marketing_that_hears_nothing():
    deaf = {"behaviour.learning.research_every_d": 2520, "market.turbulence": 4.0, "market.jumps_per_year": 0.0}
    grown = values(scenarios.with_changes(COMPANY, deaf), growth_of_error("marketing"), 20)
    assert grown.mean() > 3 * grown.std(ddof=1) / np.sqrt(len(grown))


def test_what_is_sold_to_nobody_s_need_does_not_last():
    """Reps who believe nonsense and never learn sell misfits, and misfits leave."""
    nonsense = {"behaviour.learning.belief_noise": 3.0, "behaviour.learning.from_talk": 0.0}
    assert z(COMPANY, nonsense, "win_rate", n=6)[0] < -3
    loved = {ATTENTION + "understanding_weight": 0.0, "customers.contract_d": 63, "customers.installed_base": 0}

    def chance_of_renewal(run):
        return run.daily["renewal_chance"].sum() / run.daily["n_due_renewal"].sum()

    assert z(scenarios.with_changes(COMPANY, loved), nonsense, chance_of_renewal, n=16)[0] < -3
