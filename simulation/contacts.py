"""Contacts: who of a buying group talks with us, which of them the house knows, and what is left when a rep goes."""

from simulation.compiled import compiled


@compiled
def engage(company, lead, share):
    """The `share` 0 to 1 of the buying group's people who do not talk with us yet begin to."""
    row = company.lead[lead]
    row.engaged += share * (1.0 - row.engaged)


@compiled
def meet_together(company, lead, effect):
    """A marketer who comes along, to the `effect` 0 to 1, brings in further people, and knows all who are there."""
    engage(company, lead, effect * company.rules[0].behaviour.deals.engaged_by_call)
    row = company.lead[lead]
    row.engaged_house = max(row.engaged_house, row.engaged)


@compiled
def lose(company, lead):
    """A rep who leaves takes contacts along, but for those whom a marketer has met or the shared CRM holds.

    Worked number: 0.8 engaged, a half of it in the CRM and 0.7 gone of the rest leave 0.52.
    """
    row, practices = company.lead[lead], company.rules[0].practices
    kept = max(row.engaged_house, practices.crm_coverage * practices.crm_accuracy * row.engaged)
    row.engaged -= company.rules[0].behaviour.deals.contacts_gone * (row.engaged - kept)


@compiled
def leaning(company, lead):
    """Log-odds of a win by how many of the buying group talk with us; 0 for half of the others, or for one buyer.

    Worked number: a weight of 1, four buyers and all engaged make 0.375.
    """
    row = company.lead[lead]
    others = 1.0 - 1.0 / row.buyers
    return company.rules[0].behaviour.deals.contacts_weight * others * (row.engaged - 0.5)
