"""Worked numbers of the rules about the market, channels, campaigns and money; `test_worked_numbers` tries them."""

import scenarios
from scenarios import Scenario
from simulation import campaigns, channels
from simulation.agents import lead
from simulation.border import alarm
from simulation.company import build


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
    company.state["pull"][0] = 0.7
    return lead.most_noticed(company, 0), 0.35


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
    company = alarmed()
    company.trust_in_rep[:] = 0.45
    campaigns.hear_alarm(company, 1.0)
    moved = company.marketer_belief[0, 0, 0] - company.campaign["message_x"][0]
    return moved / 1.5, 0.70


def half_told():
    company = company_with(
        {
            "behaviour.alarm.surprise": 0.5,
            "behaviour.alarm.surprise_half_life_d": 10.0,
            "practices.joint_planning": False,
        }
    )
    company.lead["run"][0], company.campaign_run["day_running"][0, 1] = 1, 5
    return campaigns.tell_the_same_story(company, 0, 15), 0.75


NUMBERS = {
    "channels.saturation": half_full,
    "channels.awareness_aim": half_known,
    "channels.response": known_by_more,
    "agents.lead.most_noticed": a_look,
    "border.alarm.credibility": ten_odd_talks,
    "campaigns.hear_alarm": believed,
    "campaigns.tell_the_same_story": half_told,
}
