"""Joint training: what reps learn of the harder product, and how it fades."""

import math

from simulation.border import trust
from simulation.compiled import compiled


@compiled
def train(company):
    """On the last day of a quarter: what was learnt together counts, what is old is forgotten."""
    hours, laws = company.rules[0].practices.joint_training_h_per_quarter, company.rules[0].behaviour.together
    share = learnt(company, hours)
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        row.training += share * (1.0 - row.training) - laws.training_forgotten * row.training
        row.training = max(0.0, row.training)
    trust.all_move(company, min(1.0, hours * laws.training_trust), 0.0)


@compiled
def learnt(company, hours):
    """Share of what is missing that so many hours of training teach. Worked number: 63 % in training_h hours."""
    return 1.0 - math.exp(-hours / company.rules[0].behaviour.together.training_h)
