"""The standing of Marketing next to Sales: as the company means it, less what its past and its place leave undone."""

from scenarios.practices import Practices
from simulation.compiled import compiled
from simulation.elementary import exp2
from simulation.parameters import choice

MIXED = choice(Practices, "marketing_structure", "mixed")
STAFF = choice(Practices, "marketing_structure", "staff")


@compiled
def say_of_sales(company):
    """Share 0 to 1 of the say that Sales has in what Marketing tells: none in a line, all where it is only staff."""
    structure = company.rules[0].practices.marketing_structure
    if structure == STAFF:
        return 1.0
    return 0.5 if structure == MIXED else 0.0


@compiled
def kept(company, today):
    """Share 0 to 1 of the standing it is meant to have that Marketing has in fact.

    A department that grew out of Sales begins with less and earns the rest over years; who only advises has less as
    long as that is so. Worked number: a half lacked at first, and one half-life, leave 0.75.
    """
    practices, laws, has = company.rules[0].practices, company.rules[0].behaviour.standing, 1.0
    if practices.marketing_out_of_sales:
        has -= laws.carved_out * exp2(-today / laws.half_life_d)
    return has * (1.0 - laws.adviser * say_of_sales(company))


@compiled
def of_marketing(company, today):
    """Standing of Marketing, 0 to 1; that of Sales is what is left, and 0.5 is equal."""
    return company.rules[0].practices.marketing_status * kept(company, today)
