"""The books: one row a day, and the moves between funnel states that keep them balanced."""

from enum import IntEnum

import numpy as np

from simulation import tape
from simulation.compiled import compiled, in_place
from simulation.queues import CALENDAR, DESK, NOBODY, PORTFOLIO, leave
from simulation.status import N_STATUS, Status
from simulation.tape import Event

LEDGER = np.dtype(
    [
        ("revenue_per_day", "f8"),  # EUR recognised each day from running contracts
        ("backlog", "f8"),  # EUR booked and not yet recognised
        ("in_state", "i8", (N_STATUS,)),  # prospects in each Status
    ]
)


class Hours(IntEnum):
    """What a working hour is spent on. Every hour given is booked under exactly one of these."""

    ADMIN = 0
    """What no practice touches: administration, travel, internal work; of managers, leading."""
    MEETING = 1
    """Joint meetings, joint planning and informal contact with the other side."""
    LEADS = 2
    """Sales: first contact with marketing leads. Marketing: qualifying, nurturing and handing over."""
    OPPORTUNITIES = 3
    """Sales: selling. Marketing: joint calls, solution aids, keeping open opportunities warm."""
    PROSPECTING = 4
    """Sales: finding prospects on one's own. Marketing: running and redesigning campaigns."""
    CUSTOMERS = 5
    """Sales: onboarding, and complaints. Marketing: talks with buyers in person."""
    REPORTS = 6
    """Sales: reports and CRM entries about leads. Marketing: market research and upstream work. Managers: following up
    leads, keeping the rules by which they are shared out, checks and approvals."""
    IDLE = 7
    """Sales: slack."""
    DISPUTES = 8
    """Quarrels with the other side, and ruling them."""
    CONTENT = 9
    """Sales: looking for content, or making do without. Marketing: making it."""
    TRAINING = 10
    """Joint training and exchanges of people; of managers also finding and coaching new people."""


N_HOURS = len(Hours)

BOOK = np.dtype(
    [
        # funnel events of the day, counts
        ("n_arrived", "f8"),
        ("n_leads", "f8"),  # prospects reached by Marketing or by a rep
        ("n_requests", "f8"),  # of them buyers who asked for a call
        ("n_mql", "f8"),  # leads handed over for the first time
        ("n_hand_overs", "f8"),  # all hand-overs; a lead given back may be handed over again
        ("n_sal", "f8"),
        ("n_passed_over", "f8"),  # glances at a marketing lead after which it was put aside
        ("n_sql", "f8"),
        ("n_opportunities", "f8"),
        ("n_own_opportunities", "f8"),  # of them found by a rep's own prospecting
        ("n_won", "f8"),
        ("n_won_easy", "f8"),  # of them with the first product, which everybody can sell
        ("n_lost", "f8"),  # opportunities not won
        ("n_walked_away", "f8"),  # projects a rep would not take up for the buyer's credit
        ("n_credit_checks", "f8"),
        ("n_refused", "f8"),  # opportunities lost as finance refused the buyer
        ("n_pressed", "f8"),  # buyers asked to sign before the quarter's end
        ("n_bad_debts", "f8"),
        ("n_never_worked", "f8"),
        ("n_recycled", "f8"),
        ("n_reports", "f8"),
        ("n_due_renewal", "f8"),
        ("n_renewed", "f8"),
        ("renewal_chance", "f8"),  # sum over contracts that ended of the chance that they were renewed
        ("n_expansions", "f8"),  # customers who bought more when they renewed
        ("n_complaints", "f8"),
        ("n_referrals", "f8"),  # prospects who came as a customer had recommended us
        ("n_redesigns", "f8"),
        ("n_disputes", "f8"),  # broken out today
        ("argued", "f8"),  # tension argued out today, in topics
        ("blame", "f8"),  # of a missed quarter, 0..1
        ("n_outcomes", "f8"),  # a rep knows what a marketing lead is worth
        ("n_asked", "f8"),  # of them those a rep is asked to report
        ("n_outcomes_known", "f8"),  # of them Marketing gets to know by CRM or report
        ("n_aided", "f8"),  # opportunities with a prepared case
        ("n_key_steps", "f8"),  # steps of key accounts
        ("n_accompanied", "f8"),  # of them with a marketer at the table
        ("n_content_used", "f8"),  # uses of content in steps of deals
        ("n_planned_jointly", "f8"),  # new designs that reps were asked about
        ("told_beforehand", "f8"),  # launches, each by the share of Sales that knew of it
        ("n_good", "f8"),  # marketing leads found to have a project
        ("n_not_now", "f8"),  # buyers asked to sign early who decide in their own time
        ("n_left_early", "f8"),  # customers who gave up before their first success
        ("disputes_open", "f8"),
        ("depth_notes", "f8"),  # hand-over notes, each by its depth 0..1
        ("n_contacts", "f8"),  # attempts to reach marketing leads
        ("depth_contacts", "f8"),  # the same, each by its depth
        ("depth_reports", "f8"),  # reports, each by its depth
        ("depth_help", "f8"),  # prepared cases, each by its depth
        ("n_items_made", "f8"),  # content finished
        ("depth_items", "f8"),  # the same, each by its depth
        ("account_sales", "f8"),  # how reps feel treated by Marketing, mean 0..1
        ("account_marketing", "f8"),  # how marketers feel treated by Sales, mean 0..1
        ("n_campaigns_off", "f8"),  # campaigns that have come to miss the need
        ("n_noticed", "f8"),  # of them, for which a new design was begun
        ("n_corrected", "f8"),  # of them, that a later message has put right
        ("days_to_notice", "f8"),  # working days, summed over n_noticed
        ("days_to_correct", "f8"),  # working days, summed over n_corrected
        ("n_left", "f8"),  # reps who quit
        ("n_hired", "f8"),  # reps who came
        ("vacant_days", "f8"),  # seats in Sales on which nobody sat
        # money of the day, EUR
        ("bookings_new", "f8"),
        ("bookings_easy", "f8"),  # of them with the first product
        ("bookings_renewal", "f8"),
        ("bookings_expansion", "f8"),  # part of bookings_renewal: what was bought on top
        ("list_price_new", "f8"),  # bookings_new before discounts
        ("revenue", "f8"),  # recognised day by day over the contract
        ("written_off", "f8"),  # revenue of broken contracts that will never be recognised
        ("bad_debt", "f8"),
        ("cost_of_delivery", "f8"),
        ("pay_sales", "f8"),
        ("pay_marketing", "f8"),
        ("pay_managers", "f8"),
        ("hiring", "f8"),  # advertisements and agents for new reps
        ("programme", "f8"),  # spent on channels, and on support for Sales
        ("support", "f8"),  # of it on support for Sales
        ("coordination", "f8"),  # money for practices; their hours are in pay
        ("onboarding_share", "f8"),  # sum over customers of the share of onboarding done
        # at the end of the day
        ("backlog", "f8"),  # booked, not yet recognised, EUR
        ("climate", "f8"),  # x
        ("trust_in_marketers", "f8"),  # mean over pairs, 0..1
        ("trust_in_reps", "f8"),  # the same of marketers in reps
        ("awareness", "f8"),  # mean share of segments that knows us, 0..1
        ("share_for_sales", "f8"),  # of the money that can be split, 0..1
        ("offer_fit", "f8"),  # mean, how well what we offer serves what segments need, 0..1
        ("belief_error_marketing", "f8"),  # mean distance of running messages from needs, need units
        ("belief_error_sales", "f8"),  # mean distance of reps' beliefs from needs, need units
        ("score_accuracy", "f8"),  # mean correlation of project signs with the truth
        ("in_state", "f8", (N_STATUS,)),  # prospects in each state
        ("hours_sales", "f8", (N_HOURS,)),  # hours given today, by use
        ("hours_marketing", "f8", (N_HOURS,)),  # the same
        ("hours_managers", "f8", (N_HOURS,)),  # the same
    ],
    align=True,
)


@compiled
def let_in(company, n, today):
    """So many prospects enter the market."""
    in_state = company.ledger[0].in_state
    in_state[Status.TO_COME] -= n
    in_state[Status.PROSPECT] += n
    company.book[today].n_arrived += n
    tape.write(company, today, Event.PROSPECTS_COME, (NOBODY, NOBODY), n)


@compiled
def let_go(company, today):
    """The prospects whose window closes today and whom nobody here knows leave the market."""
    ledger = company.ledger[0]
    n = company.leaving[today] - company.leaving_known[today]
    ledger.in_state[Status.PROSPECT] -= n
    ledger.in_state[Status.GONE] += n
    tape.write(company, today, Event.PROSPECTS_GO, (NOBODY, NOBODY), n)


@compiled
def move(company, lead, status, today):
    """Move a lead to another state, in its row, in the books and on the tape."""
    row = company.lead[lead]
    in_state = company.ledger[0].in_state
    in_state[row.status] -= 1
    in_state[status] += 1
    offer = company.offer[row.segment]
    if row.status == Status.CUSTOMER:
        offer.n_customers -= 1
    if status == Status.CUSTOMER:
        offer.n_customers += 1
    tape.write(company, today, Event.STATUS, (row.prospect, status), row.status)
    row.status = status


@in_place
def close_lead(company, lead, status, today):
    """A lead's way with us is over for now: it leaves all lists and stands in the state `status`."""
    row = company.lead[lead]
    leave(company, CALENDAR, lead)
    leave(company, DESK, lead)
    if row.status == Status.OPPORTUNITY:
        leave(company, PORTFOLIO, lead)
    row.day_lost = today
    move(company, lead, status, today)


@compiled
def reach(company, lead, status, channel, today):
    """Somebody here reaches a prospect, by a `channel`; it stands in the state `status`."""
    row = company.lead[lead]
    row.channel, row.day_reached = channel, today
    if row.day_window_end < company.book.shape[0]:
        company.leaving_known[row.day_window_end] += 1
    company.book[today].n_leads += 1
    tape.write(company, today, Event.REACHED, (row.prospect, channel), 0.0)
    move(company, lead, status, today)


@compiled
def rep_spends(company, rep, purpose, hours, today):
    """Book hours of a rep; returns them."""
    company.book[today].hours_sales[purpose] += hours
    company.rep[rep].hours[purpose] += hours
    return hours


@compiled
def marketer_spends(company, marketer, purpose, hours, today):
    """Book hours of a marketer; returns them."""
    company.book[today].hours_marketing[purpose] += hours
    company.marketer[marketer].hours[purpose] += hours
    return hours


@compiled
def manager_spends(company, manager, purpose, hours, today):
    """Book hours of a manager; returns them."""
    company.book[today].hours_managers[purpose] += hours
    company.manager[manager].hours[purpose] += hours
    return hours


@compiled
def up_to(free, wanted):
    """As many of the hours that are `wanted` as are `free`."""
    return max(0.0, min(free, wanted))


@compiled
def coordinate(company, eur, today):
    """Money is spent on a practice."""
    company.book[today].coordination += eur


@compiled
def deliver(company, eur, today):
    """What a customer has signed for is delivered at this cost."""
    company.book[today].cost_of_delivery += eur


@compiled
def count_contract(company, eur_per_day, eur):
    """So much more (or less) will be recognised each day from running contracts, and so much in all."""
    company.ledger[0].revenue_per_day += eur_per_day
    company.ledger[0].backlog += eur


@compiled
def close_the_day(company, today):
    """Recognise the day's revenue, pay the day's costs and write down where everything stands."""
    budget, ledger, book = company.budget[0], company.ledger[0], company.book[today]
    book.revenue += ledger.revenue_per_day
    ledger.backlog -= ledger.revenue_per_day
    book.programme += budget.programme_per_day + budget.support_per_day
    book.support += budget.support_per_day
    book.share_for_sales = budget.share_for_sales
    coordinate(company, company.target[0].coordination_per_day, today)
    book.backlog = ledger.backlog
    book.climate = company.climate[today]
    for status in range(N_STATUS):
        book.in_state[status] = ledger.in_state[status]
