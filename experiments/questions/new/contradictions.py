"""What answers say of each other: sums that cannot come out, told before anybody believes a run."""

from collections.abc import Iterator

from experiments.questions.new.description import Description
from experiments.questions.new.scaled_company import Draft
from experiments.wording.numbers import counted, euro, number, percent
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_YEAR

_MOST_OF_HOURS = 0.6  # of a seller's day that can go into opportunities
_MOST_FOUND = 3.0  # opportunities for each lead of Marketing's: the others were found by reps
_ATTAINMENT = (0.4, 1.6)
_MONTHS = 12


def contradictions(draft: Draft) -> Iterator[str]:
    """A sentence for each sum that does not come out."""
    description, company = draft.description, draft.scenario
    yield from _of_opportunities(description, company, draft.nearest)
    yield from _of_quotas(description)
    yield from _of_money(description, company)
    yield from _of_customers(description)


def _of_opportunities(description: Description, company: Scenario, near: Scenario) -> Iterator[str]:
    contracts, won, leads = (description[name] for name in ("contracts_per_month", "share_won", "leads_per_month"))
    if contracts is None or won is None:
        return
    opportunities = contracts / won
    said = f"{number(contracts)} contracts a month at {percent(won)} won take {number(opportunities)} opportunities"
    hours_each = min(one.selling_h * (1 + 0.2 * (one.buyers - 1)) for one in near.segments.values())
    hours = company.people.account_executives * company.people.hours_per_day * DAYS_PER_YEAR / _MONTHS
    if opportunities * won * hours_each > _MOST_OF_HOURS * hours:
        yield (
            f"{said}: at {number(hours_each)} hours a deal or more, that is beyond the {number(hours)} hours a month "
            f"of {counted(company.people.account_executives, 'seller')}."
        )
    if leads is not None and opportunities > _MOST_FOUND * leads:
        yield (
            f"{said}, but Marketing brings {number(leads)} leads; reps would have to find the rest themselves, which "
            "is more than they do anywhere."
        )


def _of_quotas(description: Description) -> Iterator[str]:
    quota, contracts = description["quota_eur_per_year"], description["contracts_per_month"]
    if quota is None or contracts is None:
        return
    each = _MONTHS * contracts * description["deal_value_eur"] / description["account_executives"]
    attainment = each / quota
    if not _ATTAINMENT[0] <= attainment <= _ATTAINMENT[1]:
        word = "out of reach" if attainment < 1 else "far below what is sold"
        yield (
            f"a quota of {euro(quota)} a year is {word}: {number(contracts)} contracts a month of "
            f"{euro(description['deal_value_eur'])} are {euro(each)} a seller."
        )


def _of_money(description: Description, company: Scenario) -> Iterator[str]:
    contracts = description["contracts_per_month"]
    if contracts is None:
        return
    pay, people = company.pay, company.people
    cost = (
        people.account_executives * (pay.sales.account_executive_base_eur + pay.sales.account_executive_variable_eur)
        + people.sdrs * (pay.sales.sdr_base_eur + pay.sales.sdr_variable_eur)
        + people.marketers * (pay.marketing.base_eur + pay.marketing.variable_eur)
        + people.managers * pay.manager_eur
        + company.money.programme_eur_per_year
    )
    kept = (description["customers"] or 0) * (1 - (description["churn_per_year"] or 0.2))
    booked = (_MONTHS * contracts + kept) * description["deal_value_eur"]
    if cost > booked:
        yield (
            f"Sales and Marketing cost {euro(cost)} a year, more than all contracts signed and renewed bring "
            f"({euro(booked)}); see pay, the budget or the value of a contract."
        )


def _of_customers(description: Description) -> Iterator[str]:
    contracts, customers, churn = (description[name] for name in ("contracts_per_month", "customers", "churn_per_year"))
    if contracts is None or customers is None:
        return
    won, lost = _MONTHS * contracts, customers * (churn or 0.0)
    if lost > 2 * won:
        yield f"{number(lost)} customers leave a year and {number(won)} come: the company halves within a few years."
    if customers and won > 3 * customers:
        yield f"{number(won)} contracts are signed a year beside {number(customers)} customers: is it a young company?"
