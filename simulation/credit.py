"""Credit: how likely a prospect is never to pay, and what reps and finance can see of it."""

from simulation.compiled import compiled
from simulation.elementary import power
from simulation.randomness import Purpose, normal_from, uniforms4


@compiled
def standing(company, lead):
    """Where a prospect stands among all by credit, 0 (worst) to 1: in truth, as a rep sees it, as finance finds it."""
    deals = company.rules[0].behaviour.deals
    rank, u_rep, u_finance, _ = uniforms4(company.world[0].seed, Purpose.CREDIT, lead, 0)
    seen = min(1.0, max(0.0, rank + deals.credit_sign_noise * normal_from(u_rep)))
    found = min(1.0, max(0.0, rank + deals.credit_check_noise * normal_from(u_finance)))
    return rank, seen, found


@compiled
def p_bad_debt(company, segment, rank):
    """Probability that a customer of this segment at this `rank` of credit, 0 to 1, never pays.

    Hazards of bad debt are spread as (1 + k) (1 - rank)^k with k the credit_spread, which is 1 on average.
    Worked number: 2 % for ordinary credit and k = 9 make 1 - 0.98^10 = 18.3 % at rank 0.
    """
    spread = company.rules[0].behaviour.deals.credit_spread
    hazard = (1.0 + spread) * power(1.0 - rank, spread)
    return 1.0 - power(1.0 - company.segment[segment].p_bad_debt, hazard)


@compiled
def look(company, lead):
    """A rep meets a buyer: from now on the rep has an impression of the risk."""
    row = company.lead[lead]
    rank, seen, _ = standing(company, lead)
    row.credit, row.risk_seen = rank, p_bad_debt(company, row.segment, seen)


@compiled
def eagerness(company, lead):
    """What bad credit adds to the log-odds of a win: those whom others refuse sign more readily."""
    return company.rules[0].behaviour.deals.eager_debtors * (0.5 - company.lead[lead].credit)
