"""The relationship score: twenty statements about how Marketing and Sales work together, answered every quarter.

Everybody of both sides answers each statement from 1 (not at all) to 5 (fully) by what was to be seen in the quarter,
coloured by how the person feels treated by the other side. The sum over statements, averaged over people, is the
score, 20 to 100.
Source: Kotler, Rackham and Krishnaswamy 2006, topics paraphrased; the observable behind each: facts 7.
"""

import math

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation.border import causes, goodwill
from simulation.compiled import compiled
from simulation.ledger import Hours
from simulation.management import capacity, pay
from simulation.queues import NOBODY
from simulation.randomness import Purpose, normal_from, uniforms4

N_STATEMENTS = 20
SALES, MARKETING = 0, 1  # sides
LEAST, MOST = 1.0, 5.0  # of an answer
BOTH = 3  # role of who heads both sides
AT_ONCE = 4  # answers that one draw of luck is for
ABOUT_MARKETING = (2, 3, 4, 6, 12, 14)  # customers met, Sales heard, content, Sales' language, key accounts, data used
ABOUT_SALES = (5,)  # feedback given
STATEMENT = np.dtype(
    [
        ("seen", "f8"),  # how much of it was to be seen in the quarter, 0..1
        ("answers", "f8", (2,)),  # mean answer of Sales and of Marketing, 1..5
    ]
)
TOPICS = (
    "forecasts come true",
    "nobody blames the other after a miss",
    "marketers meet key customers",
    "Sales has a say in marketing plans",
    "sales material is useful",
    "Sales gives feedback willingly",
    "both speak the same language",
    "heads talk about more than today",
    "both see alike how segments buy",
    "meetings are not spent on disputes",
    "plans reach two years ahead and are made together",
    "both are measured alike",
    "Marketing has a part in key-account strategy",
    "the funnel is run together from end to end",
    "Marketing learns from the funnel's data",
    "both rise or fall together",
    "one person heads both",
    "people change sides for a while",
    "both train together",
    "each side joins the other's plan presentations",
)
"""What each statement is about, in the order of the questionnaire."""


@compiled
def ask(company, today):
    """On the last day of a quarter everybody of both sides answers; of a side without people nothing is known."""
    quarter = today // DAYS_PER_QUARTER
    look_back(company, quarter)
    n_reps = capacity.executives_here(company) + capacity.sdrs_here(company)
    if n_reps == 0:
        for statement in range(N_STATEMENTS):
            company.survey[quarter, statement].answers[SALES] = math.nan
    for rep in range(company.rep.shape[0]):
        if not company.rep[rep].is_vacant:
            person = (company.rep[rep].key, SALES, company.rep[rep].account)
            _answer(company, quarter, person, 1.0 / n_reps)
    for marketer in range(company.marketer.shape[0]):
        person = (company.marketer[marketer].key, MARKETING, company.marketer[marketer].account)
        _answer(company, quarter, person, 1.0 / company.marketer.shape[0])


@compiled
def _answer(company, quarter, person, weight):
    """One person's answers, added to the mean of the own side; `person` is key, side and the account of the other."""
    laws, seed = company.rules[0].behaviour.assessment, company.world[0].seed
    key, side, account = person
    for block in range(N_STATEMENTS // AT_ONCE):
        luck = uniforms4(seed, Purpose.SURVEY_ANSWER, key, (N_STATEMENTS // AT_ONCE) * quarter + block)
        for place in range(AT_ONCE):
            statement = company.survey[quarter, AT_ONCE * block + place]
            seen = statement.seen * (1.0 - laws.slight if _is_work_of_others(AT_ONCE * block + place, side) else 1.0)
            lived = (1.0 - laws.halo) * seen + laws.halo * account
            exact = LEAST + (MOST - LEAST) * lived + laws.noise * normal_from(luck[place])
            statement.answers[side] += weight * min(MOST, max(LEAST, np.rint(exact)))


@compiled
def _is_work_of_others(statement, side):
    """Whether a statement (0 to 19) is about what the other side does for one's own."""
    return statement in ABOUT_SALES if side == MARKETING else statement in ABOUT_MARKETING


@compiled
def look_back(company, quarter):
    """Write down what was to be seen of each statement in a quarter, 0 (nothing of it) to 1 (all of it)."""
    _look_at_results(company, quarter)
    _look_at_joint_work(company, quarter)
    _look_at_structure(company, quarter)


@compiled
def _see(company, quarter, number, share):
    """Write down for the statement with this number, 1 to 20, how much of it was to be seen."""
    company.survey[quarter, number - 1].seen = share


@compiled
def _sum(column, quarter):
    """Sum of one column of the books over a quarter."""
    total = 0.0
    for day in range(quarter * DAYS_PER_QUARTER, (quarter + 1) * DAYS_PER_QUARTER):
        total += column[day]
    return total


@compiled
def _share(part, whole):
    return min(1.0, part / whole) if whole > 0.0 else 0.0


@compiled
def _hours(company, quarter, use):
    """Hours a quarter had for one use: of Sales, of Marketing, of managers."""
    sales, marketing, managers = 0.0, 0.0, 0.0
    for day in range(quarter * DAYS_PER_QUARTER, (quarter + 1) * DAYS_PER_QUARTER):
        book = company.book[day]
        sales += book.hours_sales[use]
        marketing += book.hours_marketing[use]
        managers += book.hours_managers[use]
    return sales, marketing, managers


@compiled
def _share_of_marketing(company, quarter, use):
    """Share 0 to 1 of Marketing's hours in a quarter that went to one use."""
    _, hours, _ = _hours(company, quarter, use)
    return hours / (company.marketer.shape[0] * company.rules[0].people.hours_per_day * DAYS_PER_QUARTER)


@compiled
def _share_of_managers(company, quarter, use):
    """Share 0 to 1 of managers' hours in a quarter that went to one use."""
    _, _, hours = _hours(company, quarter, use)
    return hours / (company.manager.shape[0] * company.rules[0].people.hours_per_day * DAYS_PER_QUARTER)


@compiled
def _look_at_results(company, quarter):
    """Statements 1, 2, 5, 6, 9, 10 and 15: what came of working together."""
    conflict, book = company.conflict[0], company.book
    _see(company, quarter, 1, max(0.0, 1.0 - 2.0 * abs(conflict.attainment_sales - 1.0)))
    _see(company, quarter, 2, max(0.0, 1.0 - _blaming(company, quarter)))
    used = share_of_content_used(company, (quarter - 1) * DAYS_PER_QUARTER, quarter * DAYS_PER_QUARTER)
    _see(company, quarter, 5, used)
    _see(company, quarter, 6, _share(_sum(book.n_reports, quarter), _sum(book.n_asked, quarter)))
    _see(company, quarter, 9, 1.0 - causes.views_apart(company))
    met_sales, met_marketing, _ = _hours(company, quarter, Hours.MEETING)
    lost_sales, lost_marketing, _ = _hours(company, quarter, Hours.DISPUTES)
    met = met_sales + met_marketing
    _see(company, quarter, 10, _share(met, met + lost_sales + lost_marketing))
    _see(company, quarter, 15, _share(_sum(book.n_outcomes_known, quarter), _sum(book.n_outcomes, quarter)))


@compiled
def _blaming(company, quarter):
    """Blame to be heard: of earlier misses where people do not get on, and twice that of this quarter's miss."""
    return 0.5 * (1.0 - goodwill.mean_of_both(company)) + 2.0 * _sum(company.book.blame, quarter)


@compiled
def _look_at_joint_work(company, quarter):
    """Statements 3, 4, 7, 13, 14 and 19: what was done together."""
    book, laws = company.book, company.rules[0].behaviour.assessment
    good = _share(laws.good_leads * _sum(book.n_good, quarter), _sum(book.n_sal, quarter))
    accepted = _share(_sum(book.n_sal, quarter), _sum(book.n_mql, quarter))
    at_customers = laws.at_customers * _share_of_marketing(company, quarter, Hours.CUSTOMERS)
    along = _share(_sum(book.n_accompanied, quarter), _sum(book.n_key_steps, quarter))
    _see(company, quarter, 3, min(1.0, max(at_customers, along)))
    asked = _share_of_content_asked(company, quarter)
    _see(company, quarter, 4, max(_planned_together(company, quarter), asked))
    _see(company, quarter, 7, good * accepted)  # what is a lead to one side is a lead to the other
    aided = _share(_sum(book.n_aided, quarter), _sum(book.n_opportunities, quarter))
    _see(company, quarter, 13, max(aided, along))
    _see(company, quarter, 14, _joint_funnel(company, quarter))
    _see(company, quarter, 19, min(1.0, company.trained[0].trained_h / company.rules[0].behaviour.together.training_h))


@compiled
def _planned_together(company, quarter):
    """Share 0 to 1 of the new campaigns of this quarter that were planned with Sales."""
    return _share(_sum(company.book.n_planned_jointly, quarter), _sum(company.book.n_redesigns, quarter))


@compiled
def _joint_funnel(company, quarter):
    """How far the funnel was run together, 0 to 1: leads taken up, sent again later, and deals helped on."""
    book, laws = company.book, company.rules[0].behaviour.assessment
    followed_up = _share(_sum(book.n_sal, quarter), _sum(book.n_mql, quarter))
    again = _sum(book.n_hand_overs, quarter) - _sum(book.n_mql, quarter)
    sent_again = _share(laws.sent_again * again, _sum(book.n_recycled, quarter))
    helped_on = min(1.0, laws.helped_on * _share_of_marketing(company, quarter, Hours.OPPORTUNITIES))
    taken_up = laws.funnel_taken_up * followed_up
    return taken_up + laws.funnel_sent_again * sent_again + laws.funnel_helped_on * helped_on


@compiled
def _look_at_structure(company, quarter):
    """Statements 8, 11, 12, 16, 17, 18 and 20: how the company is built and led, and what came of that."""
    book, laws = company.book, company.rules[0].behaviour.assessment
    _see(company, quarter, 8, min(1.0, laws.heads_meet * _share_of_managers(company, quarter, Hours.MEETING)))
    planned = _planned_together(company, quarter)
    ahead = laws.looking_ahead * _share_of_marketing(company, quarter, Hours.REPORTS)
    _see(company, quarter, 11, 0.5 * planned + 0.5 * min(1.0, ahead))
    _see(company, quarter, 12, pay.share_for_common_results(company))
    apart = min(1.0, abs(company.conflict[0].attainment_sales - company.conflict[0].attainment_marketing))
    _see(company, quarter, 16, (1.0 - apart) * min(1.0, 2.0 * goodwill.mean_of_both(company)))
    _see(company, quarter, 17, 1.0 if company.manager[0].role == BOTH else 0.0)
    liaison = 0.0 if company.go_between[0].liaison == NOBODY else 1.0
    _see(company, quarter, 18, 0.5 * _has_lately_changed_sides(company, quarter) + 0.5 * liaison)
    _see(company, quarter, 20, _share(_sum(book.told_beforehand, quarter), _sum(book.n_redesigns, quarter)))


@compiled
def _has_lately_changed_sides(company, quarter):
    """Whether anybody has been on exchange in the year that ends with this quarter: 1 or 0."""
    end = (quarter + 1) * DAYS_PER_QUARTER
    return 1.0 if company.go_between[0].exchange_ends > max(0, end - DAYS_PER_YEAR) else 0.0


@compiled
def _share_of_content_asked(company, quarter):
    """Share of the items made in a quarter for which Sales was asked; 0 if none."""
    made, asked, first = 0.0, 0.0, quarter * DAYS_PER_QUARTER
    for item in range(company.library[0].n_items):
        if first <= company.item[item].day_made < first + DAYS_PER_QUARTER:
            made += 1.0
            asked += company.item[item].is_asked
    return _share(asked, made)


@compiled
def share_of_content_used(company, first, last):
    """Share of the items made from day `first` to the day before `last` that a rep has used; 0 if none."""
    made, used = 0.0, 0.0
    for item in range(company.library[0].n_items):
        if first <= company.item[item].day_made < last:
            made += 1.0
            used += company.item[item].n_used > 0
    return _share(used, made)
