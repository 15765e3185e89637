"""How account executives share out the market: anybody sells to anybody, or by region, by type of customer, by product.

A patch is a region, a segment or a product. Person p serves patch p modulo the number of patches.
"""

from scenarios.practices import Practices
from simulation.compiled import compiled
from simulation.parameters import choice
from simulation.randomness import Purpose, index_from, uniform

FUNCTION = choice(Practices, "sales_structure", "function")
REGION = choice(Practices, "sales_structure", "region")
CUSTOMER_TYPE = choice(Practices, "sales_structure", "customer_type")
PRODUCT = choice(Practices, "sales_structure", "product")
ANYWHERE = -1  # no patch: everybody serves it
LOOKS = 64  # names on a list a rep goes through to find one of the own patch


@compiled
def are_drawn(company):
    """Whether account executives have patches at all."""
    return company.rules[0].practices.sales_structure != FUNCTION


@compiled
def n_patches(company):
    """How many patches there are."""
    structure = company.rules[0].practices.sales_structure
    if structure == REGION:
        return company.rules[0].people.regions
    return company.segment.shape[0] if structure == CUSTOMER_TYPE else 1


@compiled
def patch_of(company, lead):
    """The patch a prospect belongs to; where it lives is its nature, and the same in every organisation."""
    structure = company.rules[0].practices.sales_structure
    if structure == REGION:
        u = uniform(company.state[0].seed, Purpose.REGION, lead, 0)
        return index_from(u, company.rules[0].people.regions)
    return company.lead[lead].segment if structure == CUSTOMER_TYPE else 0


@compiled
def serves(company, rep, patch):
    """Whether an account executive serves a patch; with fewer people than patches, people serve several."""
    if patch == ANYWHERE:
        return True
    n, n_executives = n_patches(company), company.rules[0].people.account_executives
    return patch % n_executives == rep if n_executives < n else rep % n == patch


@compiled
def next_in_patch(company, rep, lead, known):
    """The next prospect from `lead` on, of those `known` (first row, number), whom a rep who prospects may approach.

    An account executive with a patch goes down the list of names to one of the own patch, unless there is none near.
    """
    if company.rep[rep].is_sdr or not are_drawn(company):
        return lead
    first, n = known
    for step in range(min(n, LOOKS)):
        one = first + (lead - first + step) % n
        if serves(company, rep, patch_of(company, one)):
            return one
    return lead


@compiled
def admin_share(company, rep):
    """Share of a rep's hours that goes to administration and travel; who stays in one region travels less."""
    people = company.rules[0].people
    if company.rules[0].practices.sales_structure == REGION and not company.rep[rep].is_sdr:
        return people.admin_share_sales * (1.0 - people.region_saves)
    return people.admin_share_sales
