"""How far a prospect has come in its own mind, read from where it stands with us."""

from enum import IntEnum

from simulation.compiled import compiled
from simulation.interest import interest_now
from simulation.referral import advocacy
from simulation.status import Status


class Stage(IntEnum):
    """The stages of buying, from never having heard of the company to recommending it."""

    UNAWARE = 0
    AWARE = 1
    CONSIDERING = 2
    PREFERRING = 3
    INTENDING = 4
    CUSTOMER = 5
    LOYAL = 6
    ADVOCATE = 7


@compiled
def buying_stage(company, lead, today):
    """The `Stage` of a lead today.

    Nobody reached is unaware. Who is in the funnel is aware, and considers us while warm; with a project found by
    Sales it considers us, prefers us while warm, and intends to buy one step from its decision. A customer who has
    renewed is loyal, one satisfied enough to recommend us an advocate. Who has left us knows us.
    """
    row = company.lead[lead]
    if row.status == Status.CUSTOMER:
        if advocacy(company, row.satisfaction) > 0.0:
            return Stage.ADVOCATE
        return Stage.LOYAL if row.n_renewals > 0 else Stage.CUSTOMER
    if row.status in (Status.TO_COME, Status.PROSPECT, Status.GONE):
        return Stage.UNAWARE
    if row.status in (Status.LOST, Status.CHURNED, Status.NEVER_WORKED):
        return Stage.AWARE
    is_warm = interest_now(company, lead, today) >= company.rules[0].behaviour.attention.warm
    if row.status in (Status.SQL, Status.OPPORTUNITY):
        if row.status == Status.OPPORTUNITY and row.steps_left == 1 and is_warm:
            return Stage.INTENDING
        return Stage.PREFERRING if is_warm else Stage.CONSIDERING
    return Stage.CONSIDERING if is_warm else Stage.AWARE
