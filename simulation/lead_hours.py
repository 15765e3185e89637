"""What a lead takes of a rep's hours: what its present step (or onboarding, or complaint) needs, and what it had."""

from simulation.compiled import compiled


@compiled
def need(company, lead, hours):
    """From now on a lead needs so many hours of a rep."""
    company.lead[lead].h_left = hours


@compiled
def work_on(company, lead, hours):
    """A rep works on a lead for as many of the `hours` as it needs; returns them."""
    row = company.lead[lead]
    spent = min(hours, row.h_left)
    row.h_left -= spent
    return spent


@compiled
def count_selling(company, lead, hours):
    """So many hours of selling were given to a lead."""
    company.lead[lead].h_spent += hours


@compiled
def begin_steps(company, lead, n):
    """A purchase of so many steps begins."""
    company.lead[lead].steps_left, company.lead[lead].steps_done = n, 0


@compiled
def end_step(company, lead):
    """A step of the purchase is done."""
    company.lead[lead].steps_done += 1
    company.lead[lead].steps_left -= 1


@compiled
def one_step_left(company, lead):
    """Whatever was to go before it, only the decision is left."""
    company.lead[lead].steps_left = 1
