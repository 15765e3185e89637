"""How account executives share out the market: anybody sells to anybody, or by region, by type of customer, by product.

A patch is a region, a segment or a product. Specialists of a product know it and offer no other; where a buyer needs
more than one, two people have to call. Person p serves patch p modulo the number of patches.
"""

import math

from scenarios.practices import Practices
from simulation import products
from simulation.compiled import compiled
from simulation.parameters import choice
from simulation.randomness import Purpose, index_from, uniform

FUNCTION = choice(Practices, "sales_structure", "function")
REGION = choice(Practices, "sales_structure", "region")
CUSTOMER_TYPE = choice(Practices, "sales_structure", "customer_type")
PRODUCT = choice(Practices, "sales_structure", "product")
ANYWHERE = -1  # no patch: everybody serves it


@compiled
def are_drawn(company):
    """Whether account executives have patches at all."""
    return company.rules[0].practices.sales_structure != FUNCTION and n_patches(company) > 1


@compiled
def n_patches(company):
    """How many patches there are."""
    structure = company.rules[0].practices.sales_structure
    if structure == REGION:
        return company.rules[0].people.regions
    return company.segment.shape[0] if structure == CUSTOMER_TYPE else company.product.shape[0]


@compiled
def patch_of(company, prospect):
    """The patch a prospect belongs to; where it lives is its nature, and the same in every organisation."""
    structure = company.rules[0].practices.sales_structure
    if structure == REGION:
        u = uniform(company.world[0].seed, Purpose.REGION, prospect, 0)
        return index_from(u, company.rules[0].people.regions)
    return company.prospect[prospect].segment if structure == CUSTOMER_TYPE else wanted_product(company, prospect)


@compiled
def wanted_product(company, prospect):
    """The product a prospect likes best, whoever sells it."""
    best, best_pull = 0, -math.inf
    for product in range(company.product.shape[0]):
        pull = company.product[product].appeal + products.taste(company, prospect, product)
        if pull > best_pull:
            best, best_pull = product, pull
    return best


@compiled
def offers(company, rep, product):
    """Whether an account executive sells a product: a specialist only the own."""
    if company.rules[0].practices.sales_structure != PRODUCT:
        return True
    return serves(company, rep, product)


@compiled
def first_training(company, rep):
    """Training, 0 to 1, a rep begins with: specialists of a product that needs it are taught before they sell it."""
    training = company.rules[0].behaviour.deals.training_start
    if company.rules[0].practices.sales_structure != PRODUCT or company.rep[rep].is_sdr:
        return training
    for product in range(company.product.shape[0]):
        if company.product[product].untrained_loss > 0.0 and serves(company, rep, product):
            return max(training, company.rules[0].people.specialist_training)
    return training


@compiled
def callers_hours(company, lead):
    """Factor on the selling hours of a deal: above 1 where specialists of two products call on the same buyer.

    Worked number: a second caller who takes a third of the hours makes 1.33.
    """
    people = company.rules[0].people
    if company.rules[0].practices.sales_structure != PRODUCT or company.product.shape[0] == 1:
        return 1.0
    u = uniform(company.world[0].seed, Purpose.MIXED_NEED, company.lead[lead].prospect, 0)
    return 1.0 + people.second_caller_h if u < people.mixed_needs else 1.0


@compiled
def serves(company, rep, patch):
    """Whether an account executive serves a patch; with fewer people than patches, people serve several."""
    if patch == ANYWHERE:
        return True
    n, n_executives = n_patches(company), company.rules[0].people.account_executives
    return patch % n_executives == rep if n_executives < n else rep % n == patch


@compiled
def next_in_patch(company, rep, prospect, listed):
    """The next from `prospect` on, of those `listed` (the first, and how many), whom a rep who prospects may approach.

    An account executive with a patch goes down the list of names to one of the own patch, unless there is none near.
    """
    if company.rep[rep].is_sdr or not are_drawn(company):
        return prospect
    first, n = listed
    for step in range(min(n, company.rules[0].people.patch_looks)):
        one = first + (prospect - first + step) % n
        if serves(company, rep, patch_of(company, one)):
            return one
    return prospect


@compiled
def admin_share(company, rep):
    """Share of a rep's hours that goes to administration and travel; who stays in one region travels less."""
    people = company.rules[0].people
    if company.rules[0].practices.sales_structure == REGION and not company.rep[rep].is_sdr:
        return people.admin_share_sales * (1.0 - people.region_saves)
    return people.admin_share_sales
