"""The quarter so far: what the company, each rep and each marketer have reached, for pay, targets and the budget."""

import numpy as np

from simulation.compiled import compiled

TALLY = np.dtype(
    [
        ("bookings_quarter", "f8"),  # EUR of new contracts so far this quarter
        ("sourced_quarter", "f8"),  # EUR of new contracts from marketing leads so far this quarter
        ("achieved_left", "f8"),  # EUR signed this quarter by reps who have left since
    ]
)


@compiled
def count_sourced(company, eur):
    """A new contract came from a marketing lead."""
    company.tally[0].sourced_quarter += eur


@compiled
def count_signed(company, rep, eur):
    """A rep has signed a new contract."""
    company.tally[0].bookings_quarter += eur
    company.rep[rep].achieved += eur


@compiled
def count_found(company, rep):
    """A rep has found a lead with a project."""
    company.rep[rep].n_found += 1


@compiled
def count_mql(company, marketer):
    """A marketer has handed over a lead for the first time."""
    company.marketer[marketer].n_mql += 1


@compiled
def count_accepted(company, marketer):
    """A marketer's lead is taken up by Sales."""
    company.marketer[marketer].n_accepted += 1


@compiled
def count_good(company, marketer):
    """A marketer's lead is found to have a project."""
    company.marketer[marketer].n_good += 1


@compiled
def count_pipeline(company, marketer, eur):
    """A marketer's lead has become an opportunity of that list price."""
    company.marketer[marketer].pipeline += eur


@compiled
def count_upstream(company, marketer, hours):
    """A marketer has prepared tomorrow's business for so many hours."""
    company.marketer[marketer].upstream_h += hours


@compiled
def begin_quarter(company):
    """In the morning after a quarter: counts of the company and of Marketing are back at nothing."""
    company.tally[0].bookings_quarter, company.tally[0].sourced_quarter = 0.0, 0.0
    for marketer in range(company.marketer.shape[0]):
        row = company.marketer[marketer]
        row.n_mql, row.n_accepted, row.n_good, row.pipeline, row.upstream_h = 0, 0, 0, 0.0, 0.0


@compiled
def begin_quarter_of_rep(company, rep):
    """The same of one rep, once the quarter is paid."""
    company.rep[rep].achieved, company.rep[rep].n_found = 0.0, 0


@compiled
def keep_what_was_signed(company, rep):
    """A rep leaves: what was signed this quarter stays on a common account, until the quarter is closed."""
    company.tally[0].achieved_left += company.rep[rep].achieved
    begin_quarter_of_rep(company, rep)


@compiled
def close_common_account(company):
    """The quarter is closed."""
    company.tally[0].achieved_left = 0.0
