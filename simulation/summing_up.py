"""What a run comes to: sums of the books and of the leads when all days are lived, as the outcomes say."""

import math

import numpy as np

from scenarios.run_length import CALENDAR_DAYS_PER_WORKING_DAY, DAYS_PER_QUARTER
from simulation.averages import total
from simulation.compiled import compiled
from simulation.ledger import BOOK, Hours
from simulation.outcomes import COORDINATION
from simulation.queues import NEVER
from simulation.tables import overwrite, read_word

OUTCOME = np.dtype(
    [
        ("contribution_eur", "f8"),  # gross margin booked less bad debt, pay, hiring, programmes and coordination (EUR)
        ("bookings_eur", "f8"),  # contracts signed, new and renewed (EUR)
        ("bookings_new_eur", "f8"),  # new contracts signed (EUR)
        ("revenue_eur", "f8"),  # revenue recognised day by day over the contracts (EUR)
        ("gross_margin_eur", "f8"),  # contracts booked less what it costs to deliver them (EUR)
        ("pay_eur", "f8"),  # pay of both departments and their managers, with on-costs (EUR)
        ("programme_eur", "f8"),  # spent outside on channels, and on support for Sales (EUR)
        ("budget_share_sales", "f8"),  # of the money for channels and support, what Sales gets at the end (share)
        ("coordination_cost_eur", "f8"),  # money for practices, and hours of working together at pay (EUR)
        ("bad_debt_eur", "f8"),  # contracts never paid (EUR)
        ("n_prospects", "f8"),  # appeared in the market (prospects)
        ("n_leads", "f8"),  # prospects somebody reached (leads)
        ("n_mql", "f8"),  # handed over by Marketing (leads)
        ("n_sal", "f8"),  # marketing leads taken up by Sales (leads)
        ("n_sql", "f8"),  # found by Sales to have a project (leads)
        ("n_opportunities", "f8"),  # opened by account executives (opportunities)
        ("n_own_opportunities", "f8"),  # of them found by reps themselves (opportunities)
        ("n_won", "f8"),  # won (deals)
        ("n_lost", "f8"),  # opportunities lost (deals)
        ("n_reports", "f8"),  # written by reps about marketing leads (reports)
        ("share_never_worked", "f8"),  # of leads handed over, those no rep ever contacted (share)
        ("response_h_median", "f8"),  # from the hand-over by Marketing to the first attempt by a rep (hours)
        ("cycle_days_median", "f8"),  # from first contact to signature (calendar days)
        ("sales_cycle_days_median", "f8"),  # from hand-over to Sales, or a rep's own first contact, to signature
        ("win_rate", "f8"),  # won of opportunities decided (share)
        ("discount_mean", "f8"),  # of list price given away (share)
        ("retention", "f8"),  # renewed of contracts that ended (share)
        ("quota_attainment_mean", "f8"),  # of account executives' quarterly quotas (x)
        ("share_reps_at_quota", "f8"),  # of account executives' quarters with the quota made (share)
        ("selling_share", "f8"),  # of reps' hours spent on leads, opportunities and customers (share)
        ("hours_meeting", "f8"),  # of everybody with the other side (hours)
        ("trust_sales_in_marketing", "f8"),  # mean trust of reps in marketers (share)
        ("trust_marketing_in_sales", "f8"),  # mean trust of marketers in reps (share)
        ("goodwill_of_sales", "f8"),  # how well reps feel treated by marketers, mean of their accounts (share)
        ("goodwill_of_marketing", "f8"),  # how well marketers feel treated by reps, mean of their accounts (share)
        ("belief_error_marketing", "f8"),  # distance of running messages from what is needed (need units)
        ("belief_error_sales", "f8"),  # distance of reps' beliefs from what is needed (need units)
        ("lead_score_accuracy", "f8"),  # of project signs with the truth (correlation)
        ("relationship_score", "f8"),  # both sides' answers to twenty statements, last quarters' mean (20 to 100)
        ("relationship_score_sales", "f8"),  # the same, as Sales sees it (20 to 100)
        ("relationship_score_marketing", "f8"),  # the same, as Marketing sees it (20 to 100)
        ("conflict_dysfunctional", "f8"),  # tension that broke out (disputes/quarter)
        ("conflict_functional", "f8"),  # tension that was argued out before it could (topics/quarter)
        ("hours_disputes", "f8"),  # of everybody lost to disputes (hours)
        ("content_unused_share", "f8"),  # of content made, what no rep ever used (share)
        ("cac_eur", "f8"),  # pay and programmes per deal won (EUR/deal)
    ]
)
BY_SALES, BY_MARKETING, BY_MANAGERS = (tuple(int(use) for use in COORDINATION[side]) for side in COORDINATION)
WORDS_OF_A_DAY = BOOK.itemsize // 8
RESPONSE, CYCLE, SALES_CYCLE, N_SORTED = 0, 1, 2, 3  # what is sorted to find a median


@compiled
def sum_up(company):
    """Write down all outcomes of a company that has lived its days, after the warm-up; NaN of nothing to count."""
    first = company.rules[0].run.warm_up_quarters * DAYS_PER_QUARTER
    _add_up_the_books(company, first)
    _money(company)
    _funnel(company)
    _leads(company, first)
    _people(company, company.book.shape[0] - first)
    _relations(company, first)


@compiled
def _add_up_the_books(company, first):
    """Every column of the books, summed over the days from `first` on."""
    for word in range(WORDS_OF_A_DAY):
        overwrite(company.sums, 0, word, 0.0)
    for day in range(first, company.book.shape[0]):
        for word in range(WORDS_OF_A_DAY):
            overwrite(company.sums, 0, word, read_word(company.sums, 0, word) + read_word(company.book, day, word))


@compiled
def ratio(part, whole):
    """A part of a whole; NaN if there is nothing to have a part of."""
    return part / whole if whole != 0.0 else math.nan


@compiled
def _money(company):
    """What was signed, delivered and spent, EUR."""
    sums, out = company.sums[0], company.outcome[0]
    out.bookings_new_eur, out.bookings_eur = sums.bookings_new, sums.bookings_new + sums.bookings_renewal
    out.revenue_eur, out.programme_eur, out.bad_debt_eur = sums.revenue, sums.programme, sums.bad_debt
    out.gross_margin_eur = out.bookings_eur - sums.cost_of_delivery
    out.pay_eur = sums.pay_sales + sums.pay_marketing + sums.pay_managers
    spent = sums.bad_debt + sums.programme + sums.coordination + sums.hiring
    out.contribution_eur = out.gross_margin_eur - out.pay_eur - spent
    out.budget_share_sales = company.book[company.book.shape[0] - 1].share_for_sales
    met_at_pay = sums.pay_sales * _share_of_hours(sums.hours_sales, BY_SALES)
    met_at_pay += sums.pay_marketing * _share_of_hours(sums.hours_marketing, BY_MARKETING)
    met_at_pay += sums.pay_managers * _share_of_hours(sums.hours_managers, BY_MANAGERS)
    out.coordination_cost_eur = sums.coordination + met_at_pay
    out.discount_mean = 1.0 - ratio(sums.bookings_new, sums.list_price_new)
    out.hours_meeting = _of_all(sums, Hours.MEETING)
    out.cac_eur = ratio(out.pay_eur + out.programme_eur, sums.n_won)


@compiled
def _share_of_hours(hours, uses):
    """Share of all hours that goes to some uses."""
    spent = 0.0
    for use in uses:
        spent += hours[use]
    return ratio(spent, total(hours))


@compiled
def _of_all(sums, use):
    """Hours of everybody for one use."""
    return sums.hours_sales[use] + sums.hours_marketing[use] + sums.hours_managers[use]


@compiled
def _funnel(company):
    """How many came how far."""
    sums, out = company.sums[0], company.outcome[0]
    out.n_prospects, out.n_leads = sums.n_arrived, sums.n_leads
    out.n_mql, out.n_sal, out.n_sql = sums.n_mql, sums.n_sal, sums.n_sql
    out.n_opportunities, out.n_own_opportunities = sums.n_opportunities, sums.n_own_opportunities
    out.n_won, out.n_lost, out.n_reports = sums.n_won, sums.n_lost, sums.n_reports
    out.win_rate = ratio(sums.n_won, sums.n_won + sums.n_lost)
    out.retention = ratio(sums.n_renewed, sums.n_due_renewal)


@compiled
def _leads(company, first):
    """How leads were answered, and how long deals took, in one walk through all leads."""
    out, rules, room = company.outcome[0], company.rules[0], company.sorting
    end = company.book.shape[0] - rules.behaviour.work.shelf_d - rules.practices.hand_off_delay_d
    n_answered, n_won, n_handed, n_never = 0, 0, 0, 0
    for lead in range(company.known[0].n_leads):
        row = company.lead[lead]
        if row.day_reached == NEVER:
            continue
        if row.day_contacted >= first and row.day_mql != NEVER:
            room[RESPONSE, n_answered] = row.response_h
            n_answered += 1
        if row.day_won >= first:
            room[CYCLE, n_won] = row.day_won - row.day_reached
            room[SALES_CYCLE, n_won] = row.day_won - (row.day_mql if row.day_mql != NEVER else row.day_reached)
            n_won += 1
        if first <= row.day_mql < end:  # what is handed over later may not have reached the end of its shelf life
            n_handed += 1
            n_never += row.day_contacted == NEVER
    out.share_never_worked = ratio(float(n_never), float(n_handed))
    out.response_h_median = median(room[RESPONSE], n_answered)
    out.cycle_days_median = CALENDAR_DAYS_PER_WORKING_DAY * median(room[CYCLE], n_won)
    out.sales_cycle_days_median = CALENDAR_DAYS_PER_WORKING_DAY * median(room[SALES_CYCLE], n_won)


@compiled
def median(values, n):
    """The median of the first `n` of some values, which change places; NaN of none. Worked number: 3, 1, 9: 3."""
    if n == 0:
        return math.nan
    middle = n // 2
    upper = _in_order(values, n, middle)
    if n % 2 == 1:
        return upper
    lower = values[0]
    for place in range(middle):
        lower = max(lower, values[place])
    return 0.5 * (lower + upper)


@compiled
def _in_order(values, n, place):
    """The value that stands at a place once the first `n` are sorted; afterwards none before it is larger.

    Source: Hoare 1961, algorithm 65, Find.
    """
    low, high = 0, n - 1
    while low < high:
        pivot, up, down = values[(low + high) // 2], low, high
        while up <= down:
            while values[up] < pivot:
                up += 1
            while values[down] > pivot:
                down -= 1
            if up <= down:
                values[up], values[down] = values[down], values[up]
                up += 1
                down -= 1
        if place <= down:
            high = down
        elif place >= up:
            low = up
        else:
            break
    return values[place]


@compiled
def _people(company, n_days):
    """What people reached, how they spent their time, what they thought of each other and knew."""
    sums, out = company.sums[0], company.outcome[0]
    selling = sums.hours_sales[Hours.LEADS] + sums.hours_sales[Hours.OPPORTUNITIES] + sums.hours_sales[Hours.CUSTOMERS]
    out.selling_share = ratio(selling, total(sums.hours_sales))
    attained, made, quarters = 0.0, 0.0, 0.0
    for rep in range(company.rules[0].people.account_executives):
        row = company.rep[rep]
        attained += row.attainment_sum
        made += row.quarters_made
        quarters += row.quarters_measured
    out.quota_attainment_mean, out.share_reps_at_quota = ratio(attained, quarters), ratio(made, quarters)
    out.trust_sales_in_marketing, out.goodwill_of_sales = sums.trust_in_marketers / n_days, sums.account_sales / n_days
    out.trust_marketing_in_sales = sums.trust_in_reps / n_days
    out.goodwill_of_marketing = sums.account_marketing / n_days
    out.belief_error_marketing = sums.belief_error_marketing / n_days
    out.belief_error_sales = sums.belief_error_sales / n_days
    out.lead_score_accuracy = sums.score_accuracy / n_days


@compiled
def _relations(company, first):
    """How the two sides got along: survey, conflict, content."""
    sums, out, quarters = company.sums[0], company.outcome[0], company.rules[0].run.quarters
    out.relationship_score_sales = _score(company, 0)
    out.relationship_score_marketing = _score(company, 1)
    out.relationship_score = 0.5 * (out.relationship_score_sales + out.relationship_score_marketing)
    out.conflict_dysfunctional, out.conflict_functional = sums.n_disputes / quarters, sums.argued / quarters
    out.hours_disputes = _of_all(sums, Hours.DISPUTES)
    n_made, n_unused = 0.0, 0.0
    for item in range(company.library[0].n_items):
        row = company.item[item]
        if first <= row.day_made < company.book.shape[0] - DAYS_PER_QUARTER:
            n_made += 1.0
            n_unused += row.n_used == 0
    out.content_unused_share = ratio(n_unused, n_made)


@compiled
def _score(company, side):
    """Sum over all statements of one side's mean answer, in the quarters in which both sides had people to ask."""
    score, n_asked = 0.0, 0
    for quarter in range(company.rules[0].run.warm_up_quarters, company.survey.shape[0]):
        answered = 0.0
        for statement in range(company.survey.shape[1]):
            answers = company.survey[quarter, statement].answers
            answered += answers[side] + 0.0 * answers[1 - side]  # NaN of one side is NaN of both
        if not math.isnan(answered):
            score += answered
            n_asked += 1
    return ratio(score, float(n_asked))
