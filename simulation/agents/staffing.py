"""Who comes and goes in Sales: why reps leave, what becomes of their deals, how a seat is filled again.

A row of `rep` is a seat. Who leaves takes skill, beliefs and trust along; who comes has a key of their own, so that
their luck is theirs, and the same in every organisation in which this seat changes hands for the same time.
"""

import numpy as np

from scenarios.practices import Practices
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation import contacts, experience, quarter_end, queues, tape
from simulation.agents import rep as reps
from simulation.border import beliefs, follow_up, goodwill, hand_off, trust
from simulation.compiled import compiled
from simulation.elementary import exp, expm1
from simulation.interest import interest_now, set_interest
from simulation.management import pay
from simulation.parameters import choice
from simulation.queues import NOBODY
from simulation.randomness import Purpose, uniform
from simulation.status import Status
from simulation.tape import Event

VACANCIES = np.dtype(
    [
        ("n_vacant_executives", "i8"),  # seats of account executives nobody sits on
        ("n_vacant_sdrs", "i8"),  # the same of SDRs
        ("hiring_h", "f8"),  # hours of looking for new people still to be worked by heads of Sales
    ]
)
BEST_SELLER = choice(Practices, "head_of_sales_from", "best_seller")
DAYS_PER_MONTH = 21
MONTHS_PER_YEAR = DAYS_PER_YEAR // DAYS_PER_MONTH


@compiled
def promote_best_seller(company):
    """Where the head of Sales comes from the ranks: the best seller is no seller any more, and a newcomer comes."""
    people, best = company.rules[0].people, 0
    if company.rules[0].practices.head_of_sales_from != BEST_SELLER:
        return
    for rep in range(people.account_executives):
        if company.rep[rep].skill > company.rep[best].skill:
            best = rep
    company.book[0].hiring += people.hiring_eur
    reps.follow(company, best)
    experience.begin(company, best)
    reps.begin_the_job(company, best, 0)


@compiled
def look_after_people(company, today):
    """People come and go overnight: seats for which somebody was found are filled; once a month some quit."""
    vacancy = company.vacancy[0]
    if today > 0 and today % DAYS_PER_QUARTER == 0:
        _look_back(company, today)
    if vacancy.n_vacant_executives + vacancy.n_vacant_sdrs > 0:
        _fill_seats(company, today)
    if today > 0 and today % DAYS_PER_MONTH == 0:
        _end_the_month(company, today)


@compiled
def _end_the_month(company, today):
    """Once a month people think about what they get here, and some quit."""
    if hand_off.is_by_merit(company):
        hand_off.resent_merit(company)
    if company.rules[0].people.turnover_per_year <= 0.0:
        return
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        u = uniform(company.world[0].seed, Purpose.LEAVING, row.key, today // DAYS_PER_MONTH)
        if not row.is_vacant and u < p_leave(company, rep, today):
            leave_company(company, rep, today)


@compiled
def _look_back(company, today):
    """After a quarter: how well each rep has done lately, the last quarter counting half."""
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        if not row.is_vacant and today - row.day_came >= DAYS_PER_QUARTER:
            reps.look_back(company, rep)


@compiled
def p_leave(company, rep, today):
    """Probability that a rep quits this month: likelier after poor results and for who feels badly treated.

    Source: facts 1.5, 30 % a year. Worked number: at 0.3 a year, results of 0.8 and an account of 0.5 it is 0.025.
    """
    people, usual = company.rules[0].people, company.rules[0].behaviour.expectations.usual_results
    shortfall = usual - min(2.0 * usual, company.rep[rep].results)
    strain = people.usual_account - company.rep[rep].account
    rate = people.turnover_per_year / MONTHS_PER_YEAR
    reasons = people.quit_results * shortfall + people.quit_conflict * strain
    if not company.rep[rep].is_sdr:
        reasons += people.quit_pay * pay.paid_less_than_elsewhere(company)
    return -expm1(-rate * exp(reasons))


@compiled
def leave_company(company, rep, today):
    """A rep quits: pay is settled, colleagues take over what is open, and a successor has to be found."""
    row, vacancy, people = company.rep[rep], company.vacancy[0], company.rules[0].people
    row.is_vacant, row.day_back = 1, today + people.vacancy_d
    if row.is_sdr:
        vacancy.n_vacant_sdrs += 1
    else:
        vacancy.n_vacant_executives += 1
    vacancy.hiring_h += people.hiring_h
    company.book[today].n_left += 1
    tape.write(company, today, Event.REP_LEFT, (rep, row.key), 0.0)
    pay.pay_off(company, rep, today)
    quarter_end.give_up(company, rep)
    _pass_list_on(company, queues.PORTFOLIO, queues.portfolio(company, rep), today)
    _pass_list_on(company, queues.DESK, queues.deal_desk(company, rep), today)
    _pass_list_on(company, queues.DESK, queues.lead_desk(company, rep), today)
    _pass_list_on(company, queues.DESK, queues.customer_desk(company, rep), today)
    beliefs.forget_rep(company, rep)
    trust.forget_rep(company, rep)
    goodwill.meet(company, rep)


@compiled
def look_for_people(company, hours):
    """Heads of Sales have looked for new people for so many hours."""
    company.vacancy[0].hiring_h -= hours


@compiled
def _pass_list_on(company, kind, place, today):
    """All leads of one list of a rep who leaves go to colleagues, each by its own luck."""
    lead = queues.first(company, place)
    while lead != NOBODY:
        following = company.link[kind, lead].after
        _pass_on(company, lead, today)
        lead = following


@compiled
def _pass_on(company, lead, today):
    """One lead of a rep who leaves goes to a colleague, to the same kinds of list; buyers in talks like it less.

    Where no colleague is left it waits for the successor.
    """
    row = company.lead[lead]
    colleague = hand_off.stand_in(company, lead, today)
    if colleague != row.owner:
        for kind in (queues.DESK, queues.PORTFOLIO):
            place = company.link[kind, lead].place
            if place != NOBODY:
                queues.join(company, kind, place + colleague - row.owner, lead)
        hand_off.give_to(company, lead, colleague, today)
    if row.status == Status.OPPORTUNITY or row.status == Status.SQL:
        kept = interest_now(company, lead, today) * (1.0 - company.rules[0].people.new_face_loss)
        set_interest(company, lead, today, kept)
        follow_up.forget_need(company, lead)
        contacts.lose(company, lead)


@compiled
def _fill_seats(company, today):
    """Somebody comes where a seat has been empty long enough and the heads of Sales have done their part."""
    vacancy, per_hire = company.vacancy[0], company.rules[0].people.hiring_h
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        if row.is_vacant and today >= row.day_back:
            others = vacancy.n_vacant_executives + vacancy.n_vacant_sdrs - 1
            if vacancy.hiring_h <= others * per_hire + queues.DONE:
                _arrive(company, rep, today)


@compiled
def _arrive(company, rep, today):
    """A new rep takes a seat: own skill, own beliefs, no experience, no results."""
    row, vacancy, book = company.rep[rep], company.vacancy[0], company.book[today]
    if row.is_sdr:
        vacancy.n_vacant_sdrs -= 1
    else:
        vacancy.n_vacant_executives -= 1
    row.is_vacant, row.day_came = 0, today
    experience.begin(company, rep)
    reps.follow(company, rep)
    reps.begin_the_job(company, rep, today)
    trust.meet_newcomer(company, rep)
    goodwill.meet(company, rep)
    book.n_hired += 1
    tape.write(company, today, Event.REP_CAME, (rep, row.key), 0.0)
    book.hiring += company.rules[0].people.hiring_eur
