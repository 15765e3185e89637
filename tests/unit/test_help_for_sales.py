"""Help for open deals is promised as far as marketers have time, and makes pitches fit better."""

import numpy as np
import pytest
from scipy.stats import chisquare

import scenarios
from scenarios import Scenario
from simulation.border import help_for_sales
from simulation.company import build
from simulation.queues import NOBODY
from simulation.selling import deal_hours

IN_FULL = {"behaviour.goodwill.fixed_depth": 1.0}
SMALL = {"run.quarters": 1, "run.warm_up_quarters": 0, "people.marketers": 2, "customers.installed_base": 4}


def company_with(changes=None):
    company = build(scenarios.with_changes(Scenario(), {**SMALL, **(changes or {})}), 3)
    company.lead["marketer"][0], company.lead["value"][0], company.lead["help"][0] = 1, 1e6, 1.0
    return company


def test_a_marketer_who_owes_too_much_refuses():
    company = company_with({"behaviour.together.help_backlog_h": 12.0})
    promised = [help_for_sales.ask(company, 0, 5.0) for _ in range(4)]
    assert promised == [True, True, True, False]
    assert company.marketer["owed_help_h"].tolist() == [0.0, 15.0]


def test_who_helps_is_whose_lead_it_was():
    assert help_for_sales.helper_of(company_with(), 0) == 1


def test_deals_that_reps_found_are_shared_by_all_who_serve_their_segment():
    """Were it always the same marketer, the one who designs the campaign would be buried under help."""
    changes = {"people.marketers": 9, "customers.installed_base": 900}
    company = build(scenarios.load("reference", changes=changes), 3)
    company.lead["marketer"] = NOBODY
    helpers = np.array([help_for_sales.helper_of(company, lead) for lead in range(900)])
    segments = company.lead["segment"][:900]
    assert (helpers % 3 == segments % 3).all()
    for segment in range(3):
        of_segment = np.bincount(helpers[segments == segment], minlength=9)[segment::3]
        assert chisquare(of_segment).pvalue > 0.001


def test_a_prepared_case_saves_the_reps_hours():
    company = company_with({"practices.solution_aids": 1.0, "behaviour.together.aid_saves": 0.2, **IN_FULL})
    before = deal_hours(company, 0)
    help_for_sales.prepare_case(company, 0, 0)
    assert deal_hours(company, 0) == pytest.approx(0.8 * before)
    assert company.book["n_aided"][0] == 1


def test_without_the_practice_nobody_prepares_comes_along_or_sends_anything():
    company = company_with()
    help_for_sales.prepare_case(company, 0, 0)
    assert not company.lead["is_aided"][0]
    assert not help_for_sales.come_along(company, 0, 0)
    assert help_for_sales.shorten_pause(company, 0, 0) == 1.0
    assert company.marketer["owed_help_h"].sum() == 0


def test_a_marketer_comes_along_to_key_accounts_only_and_hears_the_buyer():
    company = company_with({"practices.joint_calls": 1.0, "behaviour.learning.from_talk": 0.1})
    belief = company.marketer_belief.copy()
    assert help_for_sales.come_along(company, 0, 0)
    assert (company.marketer_belief[1] != belief[1]).any()
    company.lead["value"][0] = 100.0
    assert not help_for_sales.come_along(company, 0, 0)
    assert company.book["n_key_steps"][0] == company.book["n_accompanied"][0] == 1


def test_help_never_makes_a_pitch_worse_or_better_than_perfect():
    company = company_with()
    for fit in (0.0, 0.5, 1.0):
        company.lead["is_aided"][0] = 0
        alone = help_for_sales.better_fit(company, 0, fit, False)
        company.lead["is_aided"][0] = 1
        helped = help_for_sales.better_fit(company, 0, fit, True)
        assert alone == fit
        assert fit <= helped <= 1.0
    assert helped == 1.0


def test_buyers_decide_sooner_who_are_sent_what_they_need():
    changes = {"practices.marketing_in_funnel": True, "behaviour.together.warm_saves": 0.2}
    company = company_with({**changes, "behaviour.together.help_backlog_h": 10.0})
    company.lead["need_x"][0] = company.lead["need_y"][0] = 0.0
    company.campaign["message_x"], company.campaign["message_y"] = company.needs[0, 0]
    assert help_for_sales.shorten_pause(company, 0, 0) == pytest.approx(0.8)
    assert company.marketer["owed_help_h"][1] == pytest.approx(Scenario().behaviour.work.nurture_h)
    company.campaign["message_x"] += 100.0
    assert help_for_sales.shorten_pause(company, 0, 0) == pytest.approx(1.0)
    company.campaign["message_x"], company.marketer["owed_help_h"] = company.needs[0, 0, 0], 10.0
    assert help_for_sales.shorten_pause(company, 0, 0) == 1.0


def test_help_for_form_s_sake_takes_less_and_brings_less():
    hours, saved = [], []
    for depth in (0.0, 1.0):
        laws = {"behaviour.goodwill.bare_help": 0.2, "behaviour.goodwill.form": 0.4, "behaviour.together.aid_h": 2.0}
        company = company_with({"practices.solution_aids": 1.0, "behaviour.goodwill.fixed_depth": depth, **laws})
        help_for_sales.prepare_case(company, 0, 0)
        hours.append(company.marketer["owed_help_h"][1])
        saved.append(help_for_sales.hours_saved(company, 0))
    assert hours == pytest.approx([0.8, 2.0])
    assert saved[0] == pytest.approx(0.2 * saved[1])
