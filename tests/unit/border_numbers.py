"""Worked numbers of what the border costs in hours, of standing and of contacts; `test_worked_numbers` tries them."""

from simulation import campaigns, contacts
from simulation.border.bar import care_for_quality
from simulation.border.causes import base_pay_gap
from simulation.border.disputes import ruling_hours
from simulation.border.feedback import entry_hours
from simulation.border.help_for_sales import shorten_pause
from simulation.border.meetings import _stay_away, upkeep_hours
from simulation.border.qualification import attention
from simulation.management import standing
from tests.unit.market_numbers import company_with


def a_ruling_within_ten_days():
    laws = {"behaviour.conflict.ruling_h": 3.0, "behaviour.conflict.ruling_prompt_h": 10.0}
    return ruling_hours(company_with({**laws, "practices.ruling_days": 10.0})), 4.0


def an_entry_in_the_crm():
    hours = dict.fromkeys(("typing_h", "checking_h", "prompt_h"), 0.02)
    laws = {f"behaviour.together.crm_{name}": value for name, value in hours.items()}
    return entry_hours(company_with({**laws, "practices.crm_accuracy": 0.8, "practices.crm_delay_d": 4})), 0.04


def a_bar_set_by_both():
    at_rest = {"practices.shared_numbers": 0.0, "practices.shared_responsibility": 0.0}
    changes = {**at_rest, "behaviour.together.settling_h_per_week": 1.0, "practices.bar_set_by": "both"}
    return upkeep_hours(company_with(changes), 0), 0.2


def salaries_of_60_and_75_thousand():
    salaries = {"pay.marketing.base_eur": 60_000.0, "pay.sales.account_executive_base_eur": 75_000.0}
    return base_pay_gap(company_with(salaries)), 0.2


def pay_that_only_counts():
    return care_for_quality(company_with({"behaviour.work.duty": 0.25}), 1.0, 0.0, 0.5), 0.2


def half_the_care():
    company = company_with({"behaviour.work.careless": 0.4})
    company.marketer["care"][0] = 0.5
    return attention(company, 0), 0.8


def what_they_need_in_a_pause():
    changes = {"practices.marketing_in_funnel": True, "behaviour.together.warm_saves": 0.2}
    company = company_with(changes)
    company.lead["need_x"][0], company.lead["need_y"][0], company.lead["help"][0] = 0.0, 0.0, 1.0
    company.campaign["message_x"], company.campaign["message_y"] = company.needs[0, 0]
    return shorten_pause(company, 0, 0), 0.8


def meetings_that_bring_half_of_enough():
    laws = {"behaviour.together.skipping": 1.0, "behaviour.together.worth_coming": 0.4}
    company = company_with({**laws, "practices.senior_support": 0.2})
    company.diary["expected"][0] = 0.2
    return _stay_away(company), 0.4


def contacts_that_are_left():
    company = company_with(
        {"practices.crm_coverage": 0.5, "practices.crm_accuracy": 1.0, "behaviour.deals.contacts_gone": 0.7}
    )
    company.lead["engaged"][0] = 0.8
    contacts.lose(company, 0)
    return float(company.lead["engaged"][0]), 0.52


def four_buyers_all_engaged():
    company = company_with({"behaviour.deals.contacts_weight": 1.0})
    company.lead["engaged"][0], company.lead["buyers"][0] = 1.0, 4
    return contacts.leaning(company, 0), 0.375


def advice_of_staff():
    """Reps believe in 0, the owner in 1 on the first axis; advice counts for 0.4."""
    held = []
    for structure in ("staff", "mixed"):
        company = company_with({"practices.marketing_structure": structure, "behaviour.goodwill.fixed_telling": 1.0})
        company.trust_in_marketer[:], company.rep_belief[:], company.marketer_belief[:] = 0.4, 0.0, 1.0
        held.append(campaigns._held_by_who_decides(company, 0)[0])
    return held, [0.4, 0.7]


def standing_after_a_half_life():
    laws = {"behaviour.standing.carved_out": 0.5, "behaviour.standing.half_life_d": 100.0}
    return standing.kept(company_with({**laws, "practices.marketing_out_of_sales": True}), 100), 0.75


NUMBERS = {
    "border.meetings._stay_away": meetings_that_bring_half_of_enough,
    "contacts.lose": contacts_that_are_left,
    "contacts.leaning": four_buyers_all_engaged,
    "campaigns._held_by_who_decides": advice_of_staff,
    "management.standing.kept": standing_after_a_half_life,
    "border.help_for_sales.shorten_pause": what_they_need_in_a_pause,
    "border.bar.care_for_quality": pay_that_only_counts,
    "border.qualification.attention": half_the_care,
    "border.causes.base_pay_gap": salaries_of_60_and_75_thousand,
    "border.disputes.ruling_hours": a_ruling_within_ten_days,
    "border.feedback.entry_hours": an_entry_in_the_crm,
    "border.meetings.upkeep_hours": a_bar_set_by_both,
}
