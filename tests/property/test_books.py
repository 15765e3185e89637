"""Law 5: the books balance every day, in every company; nothing appears and nothing vanishes."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from scenarios import Scenario
from simulation.company import build
from simulation.engine import live_days
from simulation.queues import CALENDAR, DESK, NEVER, PORTFOLIO, lead_desk, leave
from simulation.status import Status
from tests.audit import findings
from tests.scenario_strategies import SEEDS, companies, scenario_of
from tests.waiting_lists import everybody_waits_where_they_should, lists_hold_together

DAY = 100
EVENTS = (
    "n_requests",
    "n_reports",
    "n_recycled",
    "n_never_worked",
    "n_renewed",
    "n_redesigns",
    "bad_debt",
    "written_off",
    "n_own_opportunities",
    "n_left",
    "n_hired",
)


def all_findings(company, today):
    in_lists = [*lists_hold_together(company, today), *everybody_waits_where_they_should(company, today)]
    return [*findings(company, today), *in_lists]


# Everything at once, so that every state and every event is met for sure.
BUSY = {
    "run.quarters": 2,
    "run.warm_up_quarters": 0,
    "market.prospects_per_day": 10.0,
    "customers.contract_d": 30,
    "customers.onboarding_window_d": 10,
    "segments.a.buyer_pace_d": 2.0,
    "segments.a.p_bad_debt": 0.5,
    "segments.a.patience_d": 40.0,
    "channels.a.contacts_max": 3.0,
    "practices.meeting_every_d": 5,
    "practices.informal_contact_h_per_week": 1.0,
    "practices.feedback_asked": 1.0,
    "practices.crm_coverage": 0.5,
    "practices.sla": True,
    "practices.recycling": True,
    "practices.nurture_every_d": 5,
    "practices.joint_planning": True,
    "people.turnover_per_year": 3.0,
    "people.vacancy_d": 5,
    "people.hiring_h": 4.0,
    "behaviour.work.recycle_rest_d": 5,
    "behaviour.work.shelf_d": 3,
    "behaviour.trust.start": 0.3,
}


def test_the_books_balance_every_day_in_every_company():
    happened = Counter()

    def audit(changes, seed):
        scenario = scenario_of(changes)
        company = build(scenario, seed)
        for today in range(scenario.days):
            live_days(company, today, today + 1)
            assert not all_findings(company, today)
        happened.update(Status(n).name for n in np.flatnonzero(company.book["in_state"].any(axis=0)))
        happened.update(event for event in EVENTS if company.book[event].any())

    for seed in range(3):
        audit(BUSY, seed)
    settings(max_examples=70, phases=[Phase.generate])(given(changes=companies(), seed=SEEDS)(audit))()
    seldom = [name for name in (*Status.__members__, *EVENTS) if name != "TO_COME" and happened[name] < 3]
    assert not seldom, f"too few of the companies see {seldom}"


def test_the_books_of_the_default_company_balance():
    company = build(Scenario(), 3)
    for today in range(Scenario().days):
        live_days(company, today, today + 1)
        if today % 21 == 0:
            assert not all_findings(company, today)


# Fraud: what each falsified entry must set off.


def row_in(company, status):
    return int(np.flatnonzero(company.lead["status"] == status)[0])


def add(table, column, amount=1.0, row=-1):
    def falsify(company):
        getattr(company, table)[column][row] += amount

    return falsify


def book(column, amount=1.0):
    return add("book", column, amount, row=DAY - 1)


def of_a_lead(status, column, amount):
    def falsify(company):
        company.lead[column][row_in(company, status)] += amount

    return falsify


def of_who_asked(column, number):
    def falsify(company):
        company.lead[column][np.flatnonzero(company.lead["day_asked"] != NEVER)[0]] = number

    return falsify


def hand_over_unscored(company):
    scored = (company.lead["n_handed"] > 0) & (company.lead["day_asked"] == NEVER)
    company.lead["n_scored"][np.flatnonzero(scored)[0]] = 0


def hide_a_lead(company):
    company.lead["status"][row_in(company, Status.INQUIRY)] = Status.LOST


def steal_an_hour(company):
    company.book["hours_sales"][DAY - 1, 2] -= 1.0


def give_one_person_the_hour_of_another(company):
    company.rep["hours"][0, 2] += 1.0
    company.rep["hours"][1, 2] -= 1.0


def shift_an_hour_between_uses(company):
    company.rep["hours"][0, 3] += 1.0
    company.rep["hours"][0, 2] -= 1.0
    company.book["hours_sales"][DAY - 1, 3] += 1.0
    company.book["hours_sales"][DAY - 1, 2] -= 1.0


def cut_a_list(company):
    lead = int(np.flatnonzero(company.link[CALENDAR]["after"] != -1)[0])
    company.link[CALENDAR, lead]["after"] = -1


def forget_a_lead(company):
    inquiries = np.flatnonzero(company.lead["status"] == Status.INQUIRY)
    leave(company, CALENDAR, inquiries[company.lead["day_window_end"][inquiries] < Scenario().days][0])


def close_a_circle(company):
    day = int(np.flatnonzero(company.place["length"][: Scenario().days] > 2)[0])
    first, last, _ = company.place[day]
    company.link[CALENDAR, first]["before"], company.link[CALENDAR, last]["after"] = last, first


def leave_the_portfolio(company):
    company.link[PORTFOLIO, row_in(company, Status.OPPORTUNITY)]["place"] = -1


def lie_on_another_desk(company):
    on_desk = company.link[DESK]["place"] != -1
    lead = int(np.flatnonzero(on_desk & (company.lead["status"] == Status.OPPORTUNITY))[0])
    company.link[DESK, lead]["place"] = lead_desk(company, 0)


def not_a_number(company):
    company.rep["deals_worth"][0] = np.nan


def trust_too_much(company):
    company.trust_in_marketer[0, 0] = 1.1


FRAUDS = {
    "hidden lead": (hide_a_lead, "prospects are in states"),
    "invented customer": (add("offer", "n_customers", 1, row=0), "customers, their offers say"),
    "invented lead": (book("n_leads"), "prospects: "),
    "invented request": (book("n_requests"), "requests: "),
    "invented MQL": (book("n_mql"), "marketing leads: "),
    "invented opportunity": (book("n_opportunities"), "opportunities: "),
    "invented renewal": (book("n_renewed"), "renewals: "),
    "stolen hour": (steal_an_hour, "was given"),
    "swapped hour": (give_one_person_the_hour_of_another, "hours by person"),
    "renamed hour": (shift_an_hour_between_uses, "hours of selling"),
    "invented booking": (book("bookings_new"), "bookings_new is"),
    "hidden discount": (of_a_lead(Status.CUSTOMER, "price", -1.0), "revenue a day"),
    "vanished revenue": (book("revenue", -1.0), "change of backlog"),
    "unpaid wage": (book("pay_marketing", -1.0), "pay_marketing is"),
    "invented hire": (book("n_hired"), "seats are vacant"),
    "unpaid agent": (book("hiring", 1.0), "hiring cost"),
    "hidden absence": (book("vacant_days"), "on which nobody sat"),
    "unearned credit": (add("rep", "achieved", row=0), "reps were credited"),
    "early contact": (of_a_lead(Status.OPPORTUNITY, "day_sql", -50), "before day_contacted"),
    "forgotten window": (of_a_lead(Status.INQUIRY, "day_window_end", -10_000), "window ended before"),
    "stolen lead": (of_a_lead(Status.OPPORTUNITY, "owner", 8), "are owned by"),
    "cut list": (cut_a_list, "is torn"),
    "endless list": (close_a_circle, "in a circle"),
    "miscounted list": (add("place", "length", row=DAY + 1), "not as long"),
    "forgotten lead": (forget_a_lead, "never notice"),
    "lost opportunity": (leave_the_portfolio, "portfolio"),
    "wrong desk": (lie_on_another_desk, "desk part"),
    "unread lead": (hand_over_unscored, "handed over unscored"),
    "late request": (of_who_asked("day_reached", 0), "asked on another day"),
    "idle request": (of_who_asked("day_project", NEVER), "asked without a project"),
    "early request": (of_who_asked("day_project", DAY), "asked without a project"),
    "not a number": (not_a_number, "not finite"),
    "blind trust": (trust_too_much, "leaves 0..1"),
}


@pytest.mark.parametrize("fraud", FRAUDS)
def test_the_audit_notices(fraud):
    company = build(Scenario(), 5)
    live_days(company, 0, DAY)
    assert not all_findings(company, DAY - 1)
    falsify, sentence = FRAUDS[fraud]
    falsify(company)
    assert any(sentence in finding for finding in all_findings(company, DAY - 1))
