"""What a lead is worth to a company like ours, which nobody in it sees: whether it has a project, how well it fits."""

from simulation.compiled import compiled

READY, LATER, NEVER_FIT = 0, 1, 2  # has a project; will have one; never will
N_READINESS = 3


@compiled
def has_project(company, lead, today):
    """Whether the lead has a project for a company like ours today."""
    row = company.lead[lead]
    return row.readiness != NEVER_FIT and row.day_project <= today


@compiled
def quality_now(company, it, today):
    """True quality today in standard deviations over all prospects: mostly whether it has a project, partly fit.

    `it` is a row of `lead` or of `prospect`.
    """
    market = company.rules[0].market
    if it.readiness == NEVER_FIT:
        return market.quality_never_fit + market.quality_spread * it.fit
    if it.day_project <= today:
        return market.quality_ready + market.quality_spread * it.fit
    return market.quality_later + market.quality_spread * it.fit
