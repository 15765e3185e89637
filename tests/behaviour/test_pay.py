"""Law 6: everybody follows their own pay. Each statement holds by more than three standard errors in paired worlds."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER
from simulation import simulate
from simulation.quality import NEVER_FIT
from tests.paired import change, values, z
from tests.standard_errors import mean_and_error
from tests.veterans import AT_PEACE, VETERANS

COMPANY = scenarios.with_changes(Scenario(), {"run.quarters": 4})
N = 8


def bar(run):
    """The mean bar of marketers at the end."""
    return run.company.marketer["bar"].mean()


def paid_by(scheme, side="marketing", **more):
    return scenarios.with_changes(COMPANY, {f"pay.{side}.scheme": scheme, **more})


def test_pay_by_mql_lowers_the_bar_and_raises_the_number():
    lower, more = z(paid_by("fixed"), {"pay.marketing.scheme": "mql"}, bar, "n_mql", n=N)
    assert lower < -3
    assert more > 3


def test_pay_by_mql_costs_trust_in_the_end():
    """Where leads are worked as agreed: reps who pick the best-looking ones hardly notice the others."""
    worked = {**AT_PEACE, "practices.sla": True, "practices.sla_tracked": True}
    two_years = scenarios.with_changes(paid_by("fixed"), {**worked, "run.quarters": 8})
    assert z(two_years, {"pay.marketing.scheme": "mql"}, "trust_sales_in_marketing", n=12)[0] < -3


def care(run):
    """The mean care with which marketers read signs at the end."""
    return run.company.marketer["care"].mean()


def quality_handed_over(run):
    """Minus the share of leads handed over that never fit."""
    lead = run.company.lead
    return -(lead["readiness"][lead["day_mql"] > 0] == NEVER_FIT).mean()


def test_pay_by_mql_costs_trust_even_where_reps_only_glance_at_most_leads():
    two_years = scenarios.with_changes(paid_by("fixed"), {**AT_PEACE, "run.quarters": 8})
    assert z(two_years, {"pay.marketing.scheme": "mql"}, "trust_sales_in_marketing", n=24)[0] < -3
    blind = scenarios.with_changes(two_years, {"behaviour.trust.glance": 0.0})
    assert z(blind, {"behaviour.trust.glance": 0.4}, "trust_sales_in_marketing", n=N)[0] < -3


def test_pay_that_only_counts_leaves_little_care_for_quality():
    careless, worse = z(paid_by("fixed"), {"pay.marketing.scheme": "mql"}, care, quality_handed_over, n=N)
    assert careless < -3
    assert worse < -3
    as_careful = {"behaviour.work.careless": 0.0}
    assert z(paid_by("mql", **as_careful), {"behaviour.work.careless": 0.5}, quality_handed_over, n=N)[0] < -3
    for scheme in ("accepted", "pipeline", "revenue"):
        assert values(paid_by(scheme), care, 1)[0] == 1.0


def test_the_harder_the_target_the_lower_the_bar():
    assert z(paid_by("mql"), {"pay.marketing.mql_target_per_quarter": 900.0}, bar, n=N)[0] < -3
    assert z(paid_by("fixed"), {"pay.marketing.mql_target_per_quarter": 900.0}, bar, n=3)[0] == 0


@pytest.mark.parametrize("scheme", ["accepted", "pipeline", "revenue"])
def test_pay_by_what_becomes_of_leads_raises_the_bar_where_it_is_told(scheme):
    much = {"practices.sla": True, "practices.sla_accepted_share": 0.95}  # more than what Sales finds
    much |= {"behaviour.attention.effort_elasticity": 0.0}  # what pays also brings hours; they shall not bring leads
    told, untold = {**much, "practices.crm_coverage": 0.9}, {**much, "practices.crm_coverage": 0.0}
    higher, fewer = z(paid_by("fixed", **told), {"pay.marketing.scheme": scheme}, bar, "n_mql", n=2 * N)
    assert higher > 3
    assert fewer < -3
    assert z(paid_by("fixed", **untold), {"pay.marketing.scheme": scheme}, bar, n=3)[0] == 0


def test_commission_on_revenue_discounts_more_than_commission_on_margin():
    margin = paid_by("margin_commission", "sales")
    assert z(margin, {"pay.sales.scheme": "commission"}, "discount_mean", n=N)[0] > 3


def test_the_thinner_the_margin_the_less_margin_pay_discounts():
    margin = paid_by("margin_commission", "sales")
    assert z(margin, {"products.standard.gross_margin": 0.2}, "discount_mean", n=2 * N)[0] < -3
    assert z(paid_by("commission", "sales"), {"products.standard.gross_margin": 0.2}, "discount_mean", n=3)[0] == 0


def share_at_the_end(run):
    """Share of signatures in the last two weeks of a quarter, relative to an even spread."""
    won = run.daily["n_won"][run.first_day :].reshape(-1, DAYS_PER_QUARTER).sum(axis=0)
    return won[-10:].sum() / won.sum() * DAYS_PER_QUARTER / 10


@pytest.fixture(scope="module")
def quarter_ends():
    """The share of signatures at quarter's end under each scheme, in 16 worlds of the reference company."""
    reference = scenarios.load("reference")
    schemes = ("salary", "commission", "quota_bonus", "accelerator")
    by_scheme = {one: scenarios.with_changes(reference, {"pay.sales.scheme": one}) for one in schemes}
    return {scheme: values(company, share_at_the_end, 16) for scheme, company in by_scheme.items()}


@pytest.mark.parametrize("scheme", ["salary", "commission"])
def test_pay_that_knows_no_quarter_signs_evenly(quarter_ends, scheme):
    mean, error = mean_and_error(quarter_ends[scheme])
    assert abs(mean - 1.0) < 3.5 * error < 0.2


@pytest.mark.parametrize("scheme", ["quota_bonus", "accelerator"])
def test_pay_by_the_quarter_bunches_signatures_at_its_end(quarter_ends, scheme):
    mean, error = mean_and_error(quarter_ends[scheme] - quarter_ends["salary"])
    assert mean > 3 * error


def test_nobody_presses_for_signatures_where_nobody_looks_at_the_quarter():
    relaxed = paid_by("commission", "sales", **{"behaviour.work.push_days": 0})
    spread = values(relaxed, share_at_the_end, N)
    assert abs(spread.mean() - 1.0) < 3.5 * spread.std(ddof=1) / np.sqrt(N)


def test_salary_alone_pays_nothing_for_results():
    run = simulate(paid_by("salary", "sales", **VETERANS), 1)
    assert (run.company.rep["pay_total"] == 0.0).all()
    assert run.outcomes["n_won"] > 50
    sales, people = run.scenario.pay.sales, run.scenario.people
    whole = people.account_executives * (sales.account_executive_base_eur + sales.account_executive_variable_eur)
    whole += people.sdrs * (sales.sdr_base_eur + sales.sdr_variable_eur)
    years = run.scenario.days / 252
    assert run.daily["pay_sales"].sum() == pytest.approx(whole * years * run.scenario.pay.on_cost)


@pytest.mark.parametrize("scheme", ["commission", "margin_commission", "quota_bonus", "accelerator"])
def test_pay_by_results_costs_about_the_variable_pay_at_quota(scheme):
    """Schemes are scaled to pay the declared variable part at quota; none pays twice or half of it for like results."""
    run = simulate(paid_by(scheme, "sales"), 1)
    executives = run.company.rep[: run.scenario.people.account_executives]
    per_quarter = run.scenario.pay.sales.account_executive_variable_eur / 4
    relative = executives["pay_total"].mean() / per_quarter / (run.scenario.days / DAYS_PER_QUARTER)
    assert 0.5 < relative / run.outcomes["quota_attainment_mean"] < 2.0


def test_a_paid_report_is_a_written_report():
    asked = scenarios.with_changes(COMPANY, {"practices.feedback_asked": 1.0})
    reports, trust = z(asked, {"practices.feedback_bonus_eur": 50.0}, "n_reports", "trust_marketing_in_sales", n=N)
    assert reports > 3
    assert trust > 3


def test_a_reward_in_common_makes_reports_likelier():
    asked = scenarios.with_changes(COMPANY, {"practices.feedback_asked": 1.0})
    mean, error = change(asked, {"practices.shared_reward": 0.5}, "n_reports", n=N)[0]
    assert mean > 3 * error


def test_commission_partly_by_margin_beside_a_bonus_spares_discounts():
    bonus = scenarios.with_changes(paid_by("quota_bonus", "sales"), {"segments.buyers.price_sensitivity": 6.0})
    assert z(bonus, {"pay.sales.margin_share": 1.0}, "discount_mean", n=2 * N)[0] < -3
    none_of_it = {"pay.sales.quota_bonus_share": 1.0, "segments.buyers.price_sensitivity": 6.0}
    only_bonus = paid_by("quota_bonus", "sales", **none_of_it)  # nothing is commission, so nothing is by margin
    assert z(only_bonus, {"pay.sales.margin_share": 1.0}, "discount_mean", n=3)[0] == 0


def test_a_higher_rate_beside_a_bonus_pays_those_above_quota_more():
    easy = paid_by("quota_bonus", "sales", **{"pay.sales.quota_eur_per_quarter": 30_000.0})
    dearer, won = z(
        easy, {"pay.sales.bonus_and_accelerator": True, "pay.sales.accelerator": 3.0}, "pay_eur", "n_won", n=N
    )
    assert dearer > 3
    assert abs(won) < 10


def test_a_mix_that_leans_to_leads_lowers_the_bar():
    assert z(paid_by("mix"), {"pay.marketing.mix_mql": 20.0}, bar, n=N)[0] < -3
