"""The relationship score: twenty statements about how Marketing and Sales work together, answered every quarter.

Everybody of both sides answers each statement from 1 (not at all) to 5 (fully) by what was to be seen in the quarter,
coloured by the own trust in the other side. The sum over statements, averaged over people, is the score, 20 to 100.
Source: Kotler, Rackham and Krishnaswamy 2006, topics paraphrased; the observable behind each: facts 7.
"""

import math

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER
from simulation.averages import mean
from simulation.border import causes, disputes
from simulation.compiled import compiled
from simulation.ledger import Hours
from simulation.management import capacity
from simulation.randomness import Purpose, normal_from, uniforms4

N_STATEMENTS = 20
SALES, MARKETING = 0, 1  # sides
STATEMENT = np.dtype([("seen", "f8"), ("answers", "f8", (2,))])  # 0..1; mean answer of each side, 1..5
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
            person = (company.rep[rep].key, SALES, mean(company.trust_in_marketer[rep]))
            _answer(company, quarter, person, 1.0 / n_reps)
    for marketer in range(company.marketer.shape[0]):
        person = (company.marketer[marketer].key, MARKETING, mean(company.trust_in_rep[marketer]))
        _answer(company, quarter, person, 1.0 / company.marketer.shape[0])


@compiled
def _answer(company, quarter, person, weight):
    """One person's answers, added to the mean of the own side; `person` is key, side and trust in the other side."""
    laws, seed = company.rules[0].behaviour.assessment, company.state[0].seed
    key, side, trusts = person
    for block in range(N_STATEMENTS // 4):
        luck = uniforms4(seed, Purpose.SURVEY_ANSWER, key, (N_STATEMENTS // 4) * quarter + block)
        for place in range(4):
            statement = company.survey[quarter, 4 * block + place]
            seen = statement.seen * (1.0 - laws.slight if _is_work_of_others(4 * block + place, side) else 1.0)
            lived = (1.0 - laws.halo) * seen + laws.halo * trusts
            exact = 1.0 + 4.0 * lived + laws.noise * normal_from(luck[place])
            statement.answers[side] += weight * min(5.0, max(1.0, np.rint(exact)))


@compiled
def _is_work_of_others(statement, side):
    """Whether a statement (0 to 19) is about what the other side does for one's own."""
    if side == MARKETING:
        return statement == 5  # Sales gives feedback
    is_at_customers = statement == 2 or statement == 12
    is_listening = statement == 3 or statement == 6  # to Sales' view in plans, and to its language
    return is_at_customers or is_listening or statement == 4 or statement == 14  # or makes content, or uses data


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
def _look_at_results(company, quarter):
    """Statements 1, 2, 5, 6, 9, 10 and 15: what came of working together."""
    state, practices, book = company.state[0], company.rules[0].practices, company.book
    _see(company, quarter, 1, max(0.0, 1.0 - 2.0 * abs(state.attainment_sales - 1.0)))
    apart = 1.0 - disputes.held_in_common(practices)
    _see(company, quarter, 2, 1.0 - apart * (1.0 if state.attainment_sales < 1.0 else 0.5))
    used = share_of_content_used(company, (quarter - 1) * DAYS_PER_QUARTER, quarter * DAYS_PER_QUARTER)
    _see(company, quarter, 5, used)
    _see(company, quarter, 6, _share(_sum(book.n_reports, quarter), _sum(book.n_outcomes, quarter)))
    _see(company, quarter, 9, 1.0 - causes.views_apart(company))
    met, quarrelled = 0.0, 0.0
    for day in range(quarter * DAYS_PER_QUARTER, (quarter + 1) * DAYS_PER_QUARTER):
        met += book[day].hours_sales[Hours.MEETING] + book[day].hours_marketing[Hours.MEETING]
        quarrelled += book[day].hours_sales[Hours.DISPUTES] + book[day].hours_marketing[Hours.DISPUTES]
    _see(company, quarter, 10, _share(met, met + quarrelled))
    _see(company, quarter, 15, _share(_sum(book.n_outcomes_known, quarter), _sum(book.n_outcomes, quarter)))


@compiled
def _look_at_joint_work(company, quarter):
    """Statements 3, 4, 7, 11, 13, 14, 19 and 20: what was done together."""
    practices, book = company.rules[0].practices, company.book
    overlap = 1.0 if practices.lead_definition == causes.JOINT else 0.2
    planned = float(practices.joint_planning)
    accepted = _share(_sum(book.n_sal, quarter), _sum(book.n_mql, quarter))
    at_customers = min(1.0, 0.25 * practices.customer_contact_h_per_week)
    along = _share(_sum(book.n_accompanied, quarter), _sum(book.n_key_steps, quarter))
    _see(company, quarter, 3, max(at_customers, along))
    _see(company, quarter, 4, max(planned, practices.content_input))
    _see(company, quarter, 7, overlap * accepted)
    _see(company, quarter, 11, 0.5 * planned + min(0.5, 1.5 * practices.upstream_share))
    aided = _share(_sum(book.n_aided, quarter), _sum(book.n_opportunities, quarter))
    _see(company, quarter, 13, max(aided, along))
    followed_up = practices.sla * practices.sla_tracked
    joint_funnel = 0.4 * followed_up + 0.2 * practices.recycling + 0.4 * practices.marketing_in_funnel
    _see(company, quarter, 14, joint_funnel)
    trained = practices.joint_training_h_per_quarter / company.rules[0].behaviour.together.training_h
    _see(company, quarter, 19, min(1.0, trained))
    _see(company, quarter, 20, planned * practices.meeting_discipline)


@compiled
def _look_at_structure(company, quarter):
    """Statements 8, 12, 16, 17 and 18: how the company is built and led."""
    practices = company.rules[0].practices
    _see(company, quarter, 8, min(1.0, practices.senior_support + practices.upstream_share))
    _see(company, quarter, 12, 1.0 - causes.measures_apart(company))
    _see(company, quarter, 16, min(1.0, practices.shared_reward + practices.shared_responsibility))
    _see(company, quarter, 17, float(practices.one_head))
    _see(company, quarter, 18, min(1.0, 0.25 * practices.rotations_per_year + 0.5 * practices.liaison))


@compiled
def share_of_content_used(company, first, last):
    """Share of the items made from day `first` to the day before `last` that a rep has used; 0 if none."""
    made, used = 0.0, 0.0
    for item in range(company.state[0].n_items):
        if first <= company.item[item].day_made < last:
            made += 1.0
            used += company.item[item].n_used > 0
    return _share(used, made)
