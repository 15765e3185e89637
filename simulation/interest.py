"""How a lead's interest fades without contact and is restored by contact."""

from simulation import tape
from simulation.compiled import compiled
from simulation.elementary import exp2
from simulation.queues import NOBODY
from simulation.tape import Event


@compiled
def work_out_fading(company):
    """Write down, once and for all, which share of an interest is left after each number of days."""
    for days in range(company.fading.shape[0]):
        company.fading[days] = exp2(-days / company.rules[0].market.interest_half_life_d)


@compiled
def interest_now(company, lead, today):
    """Interest 0 to 1 of a lead today: it halves every half-life since somebody last talked to it.

    Worked number: 0.8 after one half-life is 0.4.
    """
    row = company.lead[lead]
    return row.interest * company.fading[today - row.day_interest]


@compiled
def raise_interest(company, lead, today, lift):
    """Restore the share `lift` (0 to 1) of the interest that is missing. Worked number: 0.4 and 0.5 give 0.7."""
    now = interest_now(company, lead, today)
    set_interest(company, lead, today, now + lift * (1.0 - now))


@compiled
def set_interest(company, lead, today, interest):
    """A lead's interest is this today, 0 to 1, and fades from now on."""
    row = company.lead[lead]
    row.interest, row.day_interest = interest, today
    tape.write(company, today, Event.INTEREST, (row.prospect, NOBODY), interest)
