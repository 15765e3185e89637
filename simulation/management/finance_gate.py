"""Finance: checks buyers' credit, approves of large discounts, and tightens when too much went bad."""

import numpy as np

from simulation import credit, ledger
from simulation.compiled import compiled
from simulation.ledger import Hours

FINANCE = np.dtype(
    [
        ("finance_h", "f8"),  # managers' hours of checks and approvals that wait
        ("credit_tight", "f8"),  # how far finance has tightened its checks beyond what was chosen, 0..1
        ("bad_debt_quarter", "f8"),  # EUR gone bad so far this quarter
    ]
)
REFUSED = -1  # instead of days to wait


@compiled
def strictness(company):
    """How strictly credit is checked, 0 to 1: as the company has chosen, and more after many bad debts.

    Worked number: chosen 0.4 and half tightened make 0.7.
    """
    chosen = company.rules[0].money.credit_check
    return chosen + (1.0 - chosen) * company.finance[0].credit_tight if chosen > 0.0 else 0.0


@compiled
def check(company, lead, today):
    """Finance looks at a buyer's credit: days until it has answered, or REFUSED. Costs a fee and managers' time.

    It refuses those who seem to be among the worst; a few good ones are mistaken for them.
    """
    strict = strictness(company)
    if strict <= 0.0:
        return 0
    finance, rules, book = company.finance[0], company.rules[0], company.book[today]
    deals = rules.behaviour.deals
    days = int(strict * deals.check_d) + days_behind(company)
    finance.finance_h += strict * deals.check_h
    ledger.coordinate(company, strict * rules.money.credit_check_eur, today)
    book.n_credit_checks += 1
    _, _, found = credit.standing(company, lead)
    company.lead[lead].cleared_from = today + days
    return REFUSED if found < strict * deals.check_limit else days


@compiled
def approve(company, lead, discount, today):
    """A manager is asked for a discount beyond the rep's authority, and approves of it some days from now."""
    deals, row = company.rules[0].behaviour.deals, company.lead[lead]
    row.approved, row.cleared_from = discount, max(row.cleared_from, today + deals.approval_d + days_behind(company))
    company.finance[0].finance_h += deals.approval_h


@compiled
def days_behind(company):
    """Days of work that wait at the managers who check and approve."""
    rules = company.rules[0]
    hours = rules.behaviour.deals.checks_share * rules.people.hours_per_day * company.manager.shape[0]
    return int(company.finance[0].finance_h / hours)


@compiled
def work_off(company, manager, hours, today):
    """A manager works off what waits for checks and approvals; returns the hours left of the day."""
    finance = company.finance[0]
    used = min(company.rules[0].behaviour.deals.checks_share * hours, finance.finance_h)
    finance.finance_h -= used
    ledger.manager_spends(company, manager, Hours.REPORTS, used, today)
    return hours - used


@compiled
def note_bad_debt(company, eur):
    """A customer never pays."""
    company.finance[0].bad_debt_quarter += eur


@compiled
def look_back(company):
    """At a quarter's end: tighten as far as bad debts exceeded what is tolerated, ease half of the way otherwise.

    Worked number: from 0, a quarter with twice the tolerated share or more tightens by a half.
    """
    finance, tolerated = company.finance[0], company.rules[0].money.bad_debt_tolerated
    if company.rules[0].money.credit_check <= 0.0:
        return
    bookings = company.tally[0].bookings_quarter
    share = finance.bad_debt_quarter / bookings if bookings > 0.0 else 0.0
    excess = min(1.0, max(0.0, share / tolerated - 1.0))
    finance.credit_tight += 0.5 * (excess - finance.credit_tight)
    finance.bad_debt_quarter = 0.0
