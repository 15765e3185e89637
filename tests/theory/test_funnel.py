"""The funnel as a thinned stream: each gate keeps a known share, and shares of gates in a row multiply."""

import math

import numpy as np
import pytest
from scipy.stats import norm

import scenarios
from scenarios import Scenario
from simulation import simulate
from simulation.status import Status
from tests.standard_errors import assert_agrees, mean_and_error, share_error
from tests.veterans import AT_PEACE, VETERANS
from tests.worlds import everybody

# Quality is a standard normal number, everybody has a project, and all gates stand open until a test narrows one.
OPEN = {
    **VETERANS,
    **AT_PEACE,
    "run.quarters": 6,
    "run.warm_up_quarters": 0,
    "market.prospects_per_day": 40.0,
    "market.share_ready": 1.0,
    "market.looks": 4.0,
    "behaviour.together.surprise": 0.0,
    "market.share_never_fit": 0.0,
    "market.quality_ready": 0.0,
    "market.quality_spread": 1.0,
    "market.interest_half_life_d": 1000.0,
    "market.turbulence": 0.0,
    "customers.installed_base": 0,
    "people.sdrs": 30,
    "people.account_executives": 1,
    "people.marketers": 12,
    "people.admin_share_sales": 0.0,
    "segments.buyers.patience_d": 30.0,
    "behaviour.attention.patience_sigma": 0.0,
    "behaviour.attention.message_weight": 0.0,
    "behaviour.attention.effort_elasticity": 0.0,
    "behaviour.attention.p_request": 0.0,
    "behaviour.attention.p_connect": 1.0,
    "behaviour.attention.further_attempt": 1.0,
    "behaviour.goodwill.fixed_depth": 1.0,  # everything is done in full, and nothing beyond what is asked
    "behaviour.goodwill.discretion": 0.0,
    "behaviour.attention.p_connect_cold": 0.0,
    "behaviour.attention.speed_floor": 1.0,
    "channels.web.contacts_max": 3.0,
    "channels.web.half_spend_eur": 0.0,
    "channels.web.first_interest": 1.0,
    "practices.qualification_bar": -5.0,
    "practices.hand_off_delay_d": 0,
    "pay.marketing.scheme": "fixed",
    "behaviour.trust.start": 1.0,
    "behaviour.trust.start_sd": 0.0,
    "behaviour.trust.down": 0.0,
    "behaviour.work.own_attempts": 1,
    "behaviour.work.attempt_gap_d": 1,
    "behaviour.work.opening_bar": -5.0,
    "behaviour.work.busy_bar": 0.0,
    "behaviour.work.judging_noise": 0.0,
    "behaviour.work.choice_sharpness": 20.0,
    "behaviour.work.idle_worth_eur": 0.0,
}
PATIENCE_D = 31


def funnel(seed=6, **changes):
    """Prospects of a run that had time to pass through the whole funnel."""
    run = simulate(scenarios.with_changes(Scenario(), {**OPEN, **changes}), seed)
    lead = everybody(run.company)
    return lead[lead["day_arrived"] < run.scenario.days - PATIENCE_D]


def share_agrees(mask, expected, notices):
    assert_agrees(float(mask.mean()), expected, share_error(expected, len(mask)), notices=notices)


@pytest.mark.parametrize("contacts", [0.2, 1.0, 3.0])
def test_the_share_reached_is_one_less_the_chance_of_no_contact(contacts):
    lead = funnel(**{"channels.web.contacts_max": contacts})
    share_agrees(lead["day_reached"] >= 0, 1.0 - math.exp(-contacts), notices=0.2)
    assert set(np.unique(lead["status"][lead["day_reached"] < 0])) == {Status.GONE}


def test_contacts_come_at_a_constant_rate():
    """The first of c contacts in a window: an exponential wait cut off at the window's end."""
    contacts = 2.0
    lead = funnel(**{"channels.web.contacts_max": contacts})
    waited = (lead["day_reached"] - lead["day_arrived"] - 1 + 0.5)[lead["day_reached"] >= 0] / (PATIENCE_D - 1)
    expected = 1.0 / contacts - math.exp(-contacts) / (1.0 - math.exp(-contacts))
    mean, error = mean_and_error(waited)
    assert_agrees(mean, expected, error, notices=0.15)


def test_channels_share_leads_by_their_contacts():
    values = scenarios.resolved(scenarios.with_changes(Scenario(), OPEN))
    web = values["channels"]["web"]
    values["channels"] = {"web": {**web, "contacts_max": 0.3}, "events": {**web, "contacts_max": 0.6}}
    lead = simulate(Scenario.model_validate(values), 6).company.lead
    share_agrees(lead["channel"][lead["day_reached"] >= 0] == 1, 2 / 3, notices=0.1)


def test_a_budget_at_half_spend_buys_half_of_the_contacts():
    per_prospect = 20.0
    changes = {
        "channels.web.half_spend_eur": per_prospect,
        "money.programme_eur_per_year": per_prospect * 40.0 * 252,
        "channels.web.contacts_max": 2.0,
    }
    share_agrees(funnel(**changes)["day_reached"] >= 0, 1.0 - math.exp(-1.0), notices=0.1)


@pytest.mark.parametrize(("weight", "correlation"), [(0.0, 0.35), (1.0, 0.6)])
def test_a_score_is_a_standard_normal_number_that_goes_with_quality(weight, correlation):
    """Selection by a correlated normal score: the tail beyond the bar, and the known mean quality in it."""
    bar = 0.4
    lead = funnel(
        **{
            "practices.qualification_bar": bar,
            "behaviour.learning.project_sign_weight_separate": weight,
            "behaviour.learning.own_signs": 0.35,
            "behaviour.learning.score_start": 0.6,
            "behaviour.learning.score_best": 0.6,
        }
    )
    reached = lead[lead["day_reached"] >= 0]
    passed = reached["day_mql"] >= 0
    tail = norm.sf(bar)
    share_agrees(passed, tail, notices=0.1)
    mean, error = mean_and_error(reached["fit"][passed])
    assert_agrees(mean, correlation * norm.pdf(bar) / tail, error, notices=0.5)


def test_signs_that_know_everything_are_the_quality():
    certain = dict.fromkeys(("own_signs", "score_start", "score_best"), 1.0)
    changes = {f"behaviour.learning.{name}": value for name, value in certain.items()}
    lead = funnel(**{"practices.qualification_bar": 0.4, **changes})
    reached = lead[lead["day_reached"] >= 0]
    assert ((reached["day_mql"] >= 0) == (reached["fit"] >= np.float32(0.4))).all()


@pytest.mark.parametrize("attempts", [1, 2, 4])
def test_attempts_reach_a_geometric_share(attempts):
    """Interest has hardly faded by then: half-lives of 1000 days make an error below half a percent."""
    p = 0.4
    lead = funnel(**{"behaviour.attention.p_connect": p, "behaviour.work.own_attempts": attempts})
    contacted = lead[lead["day_contacted"] >= 0]
    assert len(contacted) == (lead["day_mql"] >= 0).sum()
    share_agrees(contacted["day_sql"] >= 0, 1.0 - (1.0 - p) ** attempts, notices=0.15)


def test_each_further_attempt_reaches_fewer():
    p, further, attempts = 0.4, 0.5, 3
    changes = {"p_connect": p, "further_attempt": further}
    changes = {f"behaviour.attention.{name}": value for name, value in changes.items()}
    lead = funnel(**changes, **{"behaviour.work.own_attempts": attempts})
    missed = math.prod(1.0 - p * further**before for before in range(attempts))
    share_agrees(lead["day_sql"][lead["day_contacted"] >= 0] >= 0, 1.0 - missed, notices=0.15)


@pytest.mark.parametrize("depth", [0.0, 0.5])
def test_what_is_done_for_form_s_sake_reaches_fewer_and_finds_less(depth):
    """A contact at depth d reaches b + (1 - b) d (2 - d) as many, and shows as much of a good lead's quality."""
    p, bare, bar = 0.8, 0.5, 0.3
    laws = {"fixed_depth": depth, "bare_connect": bare, "bare_talk": bare, "bare_prepared": 1.0}
    changes = {f"behaviour.goodwill.{name}": value for name, value in laws.items()}
    lead = funnel(**changes, **{"behaviour.attention.p_connect": p, "behaviour.work.opening_bar": bar})
    effect = bare + (1.0 - bare) * depth * (2.0 - depth)
    share_agrees(lead["day_sql"][lead["day_contacted"] >= 0] >= 0, p * effect * norm.sf(bar / effect), notices=0.2)


@pytest.mark.parametrize(("bar", "noise"), [(0.5, 0.0), (0.5, 1.0), (-0.3, 2.0)])
def test_judgement_keeps_the_tail_of_quality_and_error_together(bar, noise):
    lead = funnel(**{"behaviour.work.opening_bar": bar, "behaviour.work.judging_noise": noise})
    talked = lead[lead["day_contacted"] >= 0]
    share_agrees(talked["day_sql"] >= 0, norm.sf(bar / math.hypot(1.0, noise)), notices=0.12)


def test_gates_in_a_row_multiply():
    p, bar = 0.5, 0.5
    lead = funnel(**{"behaviour.attention.p_connect": p, "behaviour.work.opening_bar": bar})
    expected = (1.0 - math.exp(-3.0)) * p * norm.sf(bar)
    share_agrees(lead["day_sql"] >= 0, expected, notices=0.25)


def test_a_thinned_poisson_stream_is_poisson():
    lead = funnel(**{"channels.web.contacts_max": 0.5})
    by_day = np.bincount(lead["day_arrived"][lead["day_reached"] >= 0])
    flat = scenarios.with_changes(Scenario(), {**OPEN, "market.climate_sd": 0.0, "channels.web.contacts_max": 0.5})
    run = simulate(flat, 6)
    lead = run.company.lead[run.company.lead["day_arrived"] < run.scenario.days - PATIENCE_D]
    by_day = np.bincount(lead["day_arrived"][lead["day_reached"] >= 0])
    assert_agrees(by_day.var(ddof=1) / by_day.mean(), 1.0, math.sqrt(2 / (len(by_day) - 1)), notices=0.6)


def test_surveys_leave_the_known_error():
    """Beliefs that move by a share a to truth plus noise s settle at variance a / (2 - a) s^2."""
    share, noise = 0.6, 0.25
    values = scenarios.resolved(Scenario())
    values["segments"] = {f"s{i}": values["segments"]["buyers"] for i in range(60)}
    values["market"] |= {"turbulence": 0.0, "prospects_per_day": 0.01}
    values["behaviour"]["learning"] |= {
        "research_every_d": 1,
        "research_noise": noise,
        "from_research": share,
        "belief_noise": 0.0,
    }
    values["behaviour"]["work"]["research_h"] = 0.0  # every survey is finished
    values["run"] = {"quarters": 1, "warm_up_quarters": 0}
    values["customers"]["installed_base"] = 0
    errors = []
    for seed in range(12):
        company = simulate(Scenario.model_validate(values), seed).company
        errors.append((company.marketer_belief - company.needs[-1]).ravel())
    squares = np.concatenate(errors) ** 2
    expected = share / (2.0 - share) * noise**2
    assert_agrees(squares.mean(), expected, expected * math.sqrt(2 / len(squares)), notices=0.15)
