"""The order of a working day: the list `DAY` below. All that happens in the model happens in one of its steps."""

from typing import Any, NamedTuple

from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_WEEK
from simulation import assessment, calendar, campaigns, channels, experience, ledger, offers, quarters, queues, tape
from simulation.agents import lead, manager, marketer, rep, staffing
from simulation.averages import mean, mean_of_table
from simulation.border import beliefs, disputes, feedback, go_betweens, meetings, qualification, training
from simulation.compiled import compiled, one_after_another
from simulation.management import capacity, pay
from simulation.queues import NOBODY, take_first
from simulation.tables import fetch_ahead


@compiled
def let_prospects_come_and_go(company, today):
    """Prospects enter the market; those nobody here knows leave it when their window closes."""
    ledger.let_in(company, company.first_prospect[today + 1] - company.first_prospect[today], today)
    ledger.let_go(company, today)


@compiled
def let_prospects_look(company, today):
    """Every prospect that looks around for suppliers this day, those longest in the market first."""
    lead.look_at_chances(company)
    for place in range(company.first_look[today], company.first_look[today + 1]):
        lead.look_around(company, place, today)


@compiled
def let_leads_act(company, today):
    """Every lead that set itself this day acts; those who set it first act first."""
    one = take_first(company, queues.CALENDAR, today)
    while one != NOBODY:
        fetch_ahead(company.lead, max(0, queues.first(company, today)))  # who acts next has not been looked at for long
        lead.act(company, one, today)
        one = take_first(company, queues.CALENDAR, today)


@compiled
def let_managers_work(company, today):
    """Each manager's day."""
    for row in range(company.manager.shape[0]):
        manager.work_the_day(company, row, today)


@compiled
def let_marketers_work(company, today):
    """Each marketer's day."""
    for row in range(company.marketer.shape[0]):
        marketer.work_the_day(company, row, today)


@compiled
def let_reps_work(company, today):
    """Each rep's day."""
    for row in range(company.rep.shape[0]):
        rep.work_the_day(company, row, today)


@compiled
def live_side_by_side(company, today):
    """What goes on between the departments whether they meet or not."""
    disputes.live_with(company, today)
    go_betweens.go_between(company, today)


@compiled
def end_the_day(company, today):
    """Pay, recognise revenue, take stock; a week makes people more experienced."""
    experience.learn_on_the_job(company, today)
    campaigns.sum_up_effort(company)
    channels.run(company, today)
    campaigns.watch(company, today)
    offers.look_at_offers(company, today)
    pay.pay_salaries(company, today)
    if today % DAYS_PER_QUARTER == DAYS_PER_QUARTER - 1:
        close_the_quarter(company, today)
    ledger.close_the_day(company, today)
    take_stock(company, today)
    tape.write_trust(company, today)


@compiled
def close_the_quarter(company, today):
    """What a quarter's last evening brings."""
    disputes.blame(company, today)  # who is to blame if the target was missed
    training.train(company)  # what was learnt together, and forgotten
    assessment.ask(company, today)  # how both sides think they work together
    pay.settle_quarter(company, today)  # what everybody earned
    quarters.close(company, today)  # how it went, before a new target is set


@compiled
def take_stock(company, today):
    """How people stand to each other and to the truth; trust is looked at once a week, as it moves slowly."""
    book = company.book[today]
    if today % DAYS_PER_WEEK == 0:
        book.account_sales = mean_of_table(company.account_of_rep)
        book.account_marketing = mean_of_table(company.account_of_marketer)
        book.trust_in_marketers = mean_of_table(company.trust_in_marketer)
        book.trust_in_reps = mean_of_table(company.trust_in_rep)
    else:
        book.account_sales = company.book[today - 1].account_sales
        book.account_marketing = company.book[today - 1].account_marketing
        book.trust_in_marketers = company.book[today - 1].trust_in_marketers
        book.trust_in_reps = company.book[today - 1].trust_in_reps
    book.belief_error_marketing = beliefs.error_of_messages(company, today)
    book.belief_error_sales = beliefs.error_of_reps(company, today)
    book.awareness = mean(company.awareness)
    book.offer_fit = offers.mean_fit(company)
    book.score_accuracy = mean(company.campaign.score_accuracy)


class Step(NamedTuple):
    """One step of the day: what is done, a compiled function of a company and the day, and why just then."""

    do: Any
    why: str


DAY = (
    Step(calendar.keep_calendar, "what was decided begins in the morning, before anybody works by it"),
    Step(qualification.grow_stale, "needs have moved overnight: what scores are built on ages"),
    Step(let_prospects_come_and_go, "the market comes first: nobody chooses it"),
    Step(let_prospects_look, "buyers look around in their own time, and may notice us"),
    Step(let_leads_act, "those we know move at their own pace: answer, go on, walk away, renew"),
    Step(feedback.read_crm, "so do the entries that reps have made"),
    Step(staffing.look_after_people, "who has quit does not come in the morning, who is new does"),
    Step(meetings.open_diary, "whether people meet today is known before anybody plans the day"),
    Step(capacity.look_at_desks, "how much work waits for Sales is plain to see in the morning"),
    Step(let_managers_work, "targets and follow-up are known before the work begins"),
    Step(meetings.hold, "people meet in the morning, before they use what they heard"),
    Step(live_side_by_side, "tension, disputes and go-betweens: what people do to each other meanwhile"),
    Step(let_marketers_work, "a lead qualified in the morning can be called in the afternoon"),
    Step(let_reps_work, "reps compete for nothing but prospects: first come, first served"),
    Step(end_the_day, "money and books last, when everything has happened"),
)
"""The day: compiled days and the Mesa model walk this list, and it stands nowhere else."""

_walk = one_after_another(*(step.do for step in DAY))


@compiled
def live_a_day(company, today):
    """One working day of the whole company: every step of `DAY`."""
    _walk(company, today)
