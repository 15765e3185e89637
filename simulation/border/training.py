"""Joint training: what reps learn of the harder product, and how it fades."""

import numpy as np

from simulation import products
from simulation.averages import mean
from simulation.border import depth, goodwill, trust
from simulation.compiled import compiled
from simulation.elementary import exp

TRAINED = np.dtype([("trained_h", "f8")])  # hours of joint training each person had last quarter, mean of both sides


@compiled
def begin(company, rep, training):
    """Who is new in Sales has been trained so far, 0 to 1, and not jointly."""
    company.rep[rep].training, company.rep[rep].trained_h = training, 0.0


@compiled
def rep_trains(company, rep, hours):
    """A rep takes part for so many hours."""
    company.rep[rep].trained_h += hours


@compiled
def marketer_trains(company, marketer, hours):
    """The same of a marketer."""
    company.marketer[marketer].trained_h += hours


@compiled
def train(company):
    """On the last day of a quarter: what was learnt together counts, what is old is forgotten.

    Only hours that people found for it teach anything and bring them together.
    """
    laws = company.rules[0].behaviour.together
    hours, here = 0.0, 0
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        told = goodwill.told_and_believed_by_marketers(company, rep)
        taught = depth.effect(laws.bare_training, told) * learnt(company, row.trained_h)
        row.training += taught * (1.0 - row.training) - laws.training_forgotten * row.training
        row.training = max(0.0, row.training)
        if not row.is_vacant:
            hours += row.trained_h
            here += 1
        row.trained_h = 0.0
    company.trained[0].trained_h = 0.5 * (hours / max(1, here) + _taken_by_marketers(company))
    closer = min(1.0, company.trained[0].trained_h * laws.training_trust)
    trust.all_move(company, closer, 0.0)
    goodwill.all_feel(company, closer, 0.0)


@compiled
def _taken_by_marketers(company):
    """Hours of joint training a marketer had this quarter on average; the next quarter's count begins."""
    hours = mean(company.marketer.trained_h)
    for marketer in range(company.marketer.shape[0]):
        company.marketer[marketer].trained_h = 0.0
    return hours


@compiled
def learnt(company, hours):
    """Share of what is missing that so many hours of training teach. Worked number: 63 % in training_h hours."""
    return 1.0 - exp(-hours / company.rules[0].behaviour.together.training_h)


@compiled
def learn_by_doing(company, rep, lead):
    """A deal about a product that needs training, won or lost, teaches the rep about it."""
    if company.product[max(products.EASY, company.lead[lead].product)].untrained_loss > 0.0:
        row = company.rep[rep]
        row.training += company.rules[0].behaviour.deals.training_by_doing * (1.0 - row.training)
