"""Worked numbers of the rules about the market, channels, campaigns and money; `test_worked_numbers` tries them."""

from types import SimpleNamespace

import numpy as np

import scenarios
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK
from simulation import campaigns, channels, market, offers
from simulation.agents import lead
from simulation.agents.lead import LEAD
from simulation.border import alarm, bar
from simulation.company import build
from simulation.management import budget
from simulation.measured.lead_fates import customers_of, delivery_costs
from simulation.quality import READY
from simulation.summing_up import median


def company_with(changes):
    """A company on its first morning."""
    small = {"run.quarters": 1, "run.warm_up_quarters": 0, "market.prospects_per_day": 2.0}
    return build(scenarios.with_changes(Scenario(), {**small, **changes}), 0)


def half_full():
    company = company_with({"channels.web.half_spend_eur": 20.0, "channels.web.hill_slope": 1.7})
    return channels.saturation(company, 0, 20.0), 0.5


def half_known():
    company = company_with(
        {
            "behaviour.brand.unpaid": 0.15,
            "behaviour.brand.half_spend_eur": 30.0,
            "behaviour.attention.message_weight": 0.0,
            "channels.web.brand_share": 1.0,
            "money.programme_eur_per_year": 30.0 * 2.0 * 252,
        }
    )
    return channels.awareness_aim(company, 0, 0), 0.575


def known_by_more():
    company = company_with({"behaviour.brand.response": 1.0, "behaviour.brand.unpaid": 0.15})
    company.awareness[0] = 0.45
    return channels.response(company, 0), 1.3


def a_look():
    company = company_with({"market.looks": 2.0})
    company.reach["pull"][0] = 0.7
    return lead.most_noticed(company, 0, 0), 0.35


def a_buyer_asks():
    """A buyer with a project, half of whose need the message meets: exp(-d ** 2 / 2) = 0.5 at d = 1.1774."""
    company = company_with({"behaviour.attention.p_request": 0.2, "customers.installed_base": 1})
    row = company.lead[0]
    row["readiness"], row["day_project"], row["need_x"], row["need_y"] = READY, 0, 0.0, 0.0
    segment = int(row["segment"])
    company.campaign["message_x"][segment] = company.needs[0, segment, 0] + 1.1774
    company.campaign["message_y"][segment] = company.needs[0, segment, 1]
    return lead.p_request(company, 0, 0), 0.1


def alarmed():
    """A company of which ten buyers have said that its message is 1.5 off."""
    company = company_with({"market.need_spread": 0.5, "behaviour.alarm.doubt": 8.0})
    campaign = company.campaign[0]
    campaign["n_talks"], campaign["news"] = 10.0, 1.0
    campaign["talked_x"], campaign["talked_y"] = campaign["message_x"] + 1.5, campaign["message_y"]
    company.campaign[0] = campaign
    return company


def ten_odd_talks():
    return alarm.credibility(alarmed(), 0), 0.85


def believed():
    """Reps who owe Marketing everything tell all there is."""
    company = alarmed()
    company.rules["behaviour"]["goodwill"]["fixed_telling"], company.rules["behaviour"]["alarm"]["voices"] = 1.0, 2.0
    company.trust_in_rep[:] = 0.45
    campaigns.hear_alarm(company, 1.0)
    moved = company.marketer_belief[0, 0, 0] - company.campaign["message_x"][0]
    return moved / 1.5, 0.59


def half_told():
    company = company_with(
        {
            "behaviour.alarm.surprise": 0.5,
            "behaviour.alarm.surprise_half_life_d": 10.0,
        }
    )
    company.lead["run"][0], company.campaign_run["day_running"][0, 1] = 1, 5
    company.campaign_run["surprise"][0, 1] = 1.0
    return campaigns.tell_the_same_story(company, 0, 15), 0.75


def half_said_again():
    company = company_with({"behaviour.work.redesign_h": 10.0, "behaviour.work.talked_over": 0.1})
    company.campaign["h_left"][0] = 4.0
    campaigns.talk_over_again(company, 0.5)
    return company.campaign["h_left"][0] - 4.0, 0.5


def two_years_of_growth():
    kind = company_with({"segments.buyers.growth_per_year": 0.5}).segment[0]
    assert kind["growth_per_year"] == 0.5
    return market.growth(kind, 504), 2.25


def half_made_good():
    company = company_with(
        {"behaviour.upstream.offer_h": 80.0, "people.skill_sd": 0.0, "segments.buyers.prepared": 0.0}
    )
    offers.work_upstream(company, 0, 80.0, 0)
    return company.offer["prepared"][0], 0.5


def a_poor_offer():
    company = company_with(
        {
            "behaviour.upstream.win_weight": 1.5,
            "behaviour.upstream.satisfaction_weight": 0.3,
            "segments.buyers.complexity": 1.0,
        }
    )
    company.offer["fit"][0] = 0.6
    return company


def one_more_of_fifty():
    company = company_with({})
    company.offer["n_customers"][0], company.offer["heard"][0] = 50, 0.5
    offers.hear_customer(company, 0)
    return company.offer["heard"][0], 0.51


def half_of_them_heard():
    company = a_poor_offer()
    company.offer["heard"][0], company.rules["behaviour"]["upstream"]["spared"] = 0.5, 0.5
    return offers.loyalty_kept(company, 0), 0.91


def an_eighth():
    company = company_with({"money.half_support_eur": 12_000.0, "money.support_saves_most": 0.25})
    return budget.admin_saved(company, 12_000.0), 0.125


def shown():
    company = company_with(
        {"practices.crm_coverage": 0.5, "practices.crm_accuracy": 0.8, "practices.feedback_asked": 0.0}
    )
    return budget.can_show(company), 0.4


def on_target_and_a_goal_above_it():
    company = company_with({"pay.marketing.mql_target_per_quarter": 120.0, "people.marketers": 4})
    company.marketer["n_mql"][0] = 30
    return bar.short_of_leads(company, 0, DAYS_PER_QUARTER - DAYS_PER_WEEK, 1.5), 1 / 3


PRODUCT = [("price", "f8"), ("worth", "f8"), ("gross_margin", "f8")]


def a_run_with_one_deal():
    """One lead with a list price of 10,000, sold at 9,000 on a measured day, at a gross margin of 0.7."""
    lead, product = np.zeros(1, LEAD), np.array([(1.0, 1.0, 0.7)], PRODUCT)
    lead["value"], lead["price"], lead["day_won"] = 10_000, 9_000, 70
    return SimpleNamespace(company=SimpleNamespace(lead=lead, product=product), first_day=63)


def margin_of_a_deal():
    return customers_of(a_run_with_one_deal()).new[0], 6_000.0


def cost_of_a_deal():
    return delivery_costs(a_run_with_one_deal())[0], 3_000.0


NUMBERS = {
    "summing_up.median": lambda: (median(np.array([3.0, 1.0, 9.0]), 3), 3.0),
    "measured.lead_fates.customers_of": margin_of_a_deal,
    "measured.lead_fates.delivery_costs": cost_of_a_deal,
    "border.bar.short_of_leads": on_target_and_a_goal_above_it,
    "channels.saturation": half_full,
    "channels.awareness_aim": half_known,
    "channels.response": known_by_more,
    "agents.lead.most_noticed": a_look,
    "agents.lead.p_request": a_buyer_asks,
    "border.alarm.credibility": ten_odd_talks,
    "border.alarm.room": lambda: (alarm.room(company_with({"behaviour.alarm.room_d": 21.0}), 63), 1 / 3),
    "campaigns.hear_alarm": believed,
    "campaigns.tell_the_same_story": half_told,
    "campaigns.talk_over_again": half_said_again,
    "market.growth": two_years_of_growth,
    "offers.work_upstream": half_made_good,
    "offers.win_logit": lambda: (offers.win_logit(a_poor_offer(), 0), -0.6),
    "offers.satisfaction_kept": lambda: (offers.satisfaction_kept(a_poor_offer(), 0), 0.88),
    "offers.hear_customer": one_more_of_fifty,
    "offers.loyalty_kept": half_of_them_heard,
    "management.budget.admin_saved": an_eighth,
    "management.budget.can_show": shown,
}
