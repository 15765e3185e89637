"""An opportunity that ends without a sale, and what a rep remembers of deals."""

from simulation.averages import mean
from simulation.border import feedback, training
from simulation.compiled import compiled
from simulation.ledger import close_lead
from simulation.status import Status


@compiled
def lose(company, lead, today):
    """Not this time: the buyers chose a rival or nothing."""
    close_lead(company, lead, Status.LOST, today)
    company.book[today].n_lost += 1
    feedback.tell_outcome(company, lead, today, 1, False)
    remember_deal(company, lead, 0.0)


@compiled
def refuse(company, lead, today):
    """Finance does not want this buyer."""
    company.book[today].n_refused += 1
    lose(company, lead, today)


@compiled
def walk_away(company, lead, today):
    """A rep does not want this buyer: it never becomes an opportunity."""
    close_lead(company, lead, Status.LOST, today)
    company.book[today].n_walked_away += 1
    feedback.tell_outcome(company, lead, today, 1, False)


@compiled
def remember_deal(company, lead, worth):
    """The rep's running estimate of what an opportunity brings, EUR of usual pay, and takes, hours; and a lesson."""
    training.learn_by_doing(company, company.lead[lead].owner, lead)
    row = company.lead[lead]
    rep, memory = company.rep[row.owner], company.rules[0].behaviour.work.memory
    rep.deals_worth = memory * rep.deals_worth + worth
    rep.deals_h = memory * rep.deals_h + row.h_spent
    rep.n_deals = memory * rep.n_deals + 1.0


@compiled
def expect_the_usual(company, rep):
    """First estimates: deals are as good as the quota supposes."""
    row, laws = company.rep[rep], company.rules[0].behaviour
    supposed = laws.expectations
    row.n_deals = supposed.deals
    row.deals_h = row.n_deals * mean(company.segment.selling_h)
    signed = row.n_deals * supposed.deals_won * mean(company.segment.deal_value_eur)
    row.deals_worth = signed * supposed.commission * (1.0 + laws.work.duty)
