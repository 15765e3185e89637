"""A rep: divides the day by what pays, works marketing leads, sells, prospects, looks after customers.

An account executive does all of it; an SDR only contacts, qualifies and prospects. Where a company has SDRs, its
marketing leads go to them.
"""

import numpy as np

from simulation import experience, lead_hours, lost_deals, prospecting, quarter_end, queues, selling, territories
from simulation.agents import handle
from simulation.agents.choice_of_hours import plan_the_day
from simulation.border import beliefs, disputes, follow_up, go_betweens, lead_worth, meetings, owed_hours, training
from simulation.compiled import compiled
from simulation.elementary import exp
from simulation.ledger import Hours, rep_spends, up_to
from simulation.management import pay
from simulation.queues import NOBODY, leave
from simulation.randomness import Purpose, normal_from, uniforms4
from simulation.status import Status

REP = np.dtype(
    [
        ("key", "i8"),  # identity for random draws: the same whoever else is hired
        ("is_sdr", "i4"),  # only contacts and qualifies
        ("is_vacant", "i4"),  # nobody sits here; a row is a seat, and people come and go
        ("skill", "f8"),  # of the experienced person in closing; 1 is average
        ("finding", "f8"),  # the same in finding buyers
        ("judging", "f8"),  # the same in telling who has a project
        ("slack_worth", "f8"),  # EUR an hour that slack is worth to this person
        ("experience", "f8"),  # 0..1, grows with time worked
        ("results", "f8"),  # attainment of late, the last quarter counting half
        ("day_came", "i8"),  # 0 for who was here before the first day
        ("day_back", "i8"),  # of a vacant seat: somebody may come from this day on
        ("days_vacant", "i8"),  # so far
        ("quota", "f8"),  # EUR a quarter; of an SDR leads passed on
        ("achieved", "f8"),  # EUR signed this quarter
        ("past_quota", "f8"),  # EUR of earlier quarters of this bonus period
        ("past_achieved", "f8"),  # EUR signed in them
        ("attainment", "f8"),  # of the quota, last quarter
        ("attainment_sum", "f8"),  # of all measured quarters
        ("quarters_made", "i8"),  # measured quarters with the quota reached
        ("quarters_measured", "i8"),  # in which one person sat here from start to end
        ("within_reach", "f8"),  # EUR that could yet be signed in the last days of the quarter, on average
        ("variable_pay", "f8"),  # EUR earned this quarter, paid at its end
        ("pay_total", "f8"),  # EUR of variable pay so far
        ("n_found", "i8"),  # leads with a project found this quarter
        ("told", "f8"),  # share 0..1 of what is known, told the other side when both last exchanged views
        ("account", "f8"),  # mean of how marketers have treated this person, 0..1
        ("owed_report_h", "f8"),  # hours of yesterday's reports, to be taken from today
        ("owed_planning_h", "f8"),  # hours of joint planning, likewise
        ("owed_content_h", "f8"),  # hours of looking for content and making do without, likewise
        ("trained_h", "f8"),  # hours of joint training this quarter
        ("training", "f8"),  # of what there is to learn about the harder product, 0..1
        ("lead_h_ahead", "f8"),  # hours worked on leads beyond those given (negative: in the middle of a contact)
        ("approach_h_ahead", "f8"),  # the same of prospecting
        # running estimates: results and hours, older ones fading
        ("leads_worked", "f8"),  # marketing leads worked to their end
        ("leads_found", "f8"),  # of them with a project
        ("leads_h", "f8"),  # hours spent on marketing leads
        ("approaches_found", "f8"),  # projects found by prospecting
        ("approaches_h", "f8"),  # hours spent on prospecting
        ("deals_worth", "f8"),  # EUR of own pay from opportunities
        ("deals_h", "f8"),  # selling hours they took
        ("n_deals", "f8"),  # opportunities that have ended
        ("project_worth", "f8"),  # EUR of own pay that a project is expected to bring
        ("project_h", "f8"),  # hours of selling that it is expected to take
        # expected own pay, EUR per hour
        ("usual_pay_per_h", "f8"),  # of the best use there is, on an ordinary day
        ("other_pay_per_h", "f8"),  # of the best use there is but marketing leads
        ("pay_per_h", "f8", (len(Hours),)),  # of each use of an hour
        ("best_pay_per_h", "f8"),  # of any use
        ("share", "f8", (len(Hours),)),  # of today's free hours, planned for each use
        ("hours", "f8", (len(Hours),)),  # hours spent so far, by what on
    ],
    align=True,
)
SDR_KEYS = 1_000_000  # keys of SDRs start here, those of account executives at 0
NEXT_PERSON = 10_000_000  # from the key of who left to the key of who comes


@compiled
def hire_reps(company):
    """Everybody in Sales on the first day: account executives first, then SDRs."""
    n_executives = company.rules[0].people.account_executives
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        row.is_sdr = rep >= n_executives
        row.key = rep - n_executives + SDR_KEYS if row.is_sdr else rep
        experience.draw_first_experience(company, rep)
        begin_the_job(company, rep, 0)


@compiled
def begin_the_job(company, rep, today):
    """What a person brings along: skill, a first idea of the market, the usual expectations, and nothing owed."""
    row = company.rep[rep]
    rules, supposed = company.rules[0], company.rules[0].behaviour.expectations
    u, v, w, z = uniforms4(company.world[0].seed, Purpose.REP_SKILL, row.key, 0)
    less = 0.0 if row.is_sdr else rules.people.skill_by_pay * pay.paid_less_than_elsewhere(company)
    row.skill = experience.skill_by(rules, u, less)
    row.finding, row.judging = experience.skill_by(rules, v, 0.0), experience.skill_by(rules, w, 0.0)
    row.slack_worth = rules.behaviour.work.idle_worth_eur * exp(rules.people.drive_sd * normal_from(z))
    row.results, row.lead_h_ahead, row.approach_h_ahead = supposed.usual_results, 0.0, 0.0
    training.begin(company, rep, territories.first_training(company, rep))
    pay.begin_account(company, rep)
    owed_hours.owe_nothing(company, rep)
    lead_worth.begin(company, rep)
    beliefs.begin_rep(company, rep, today)
    row.approaches_h, row.approaches_found = supposed.prospecting_h, supposed.prospecting_found
    lost_deals.expect_the_usual(company, rep)


@compiled
def follow(company, rep):
    """Somebody else takes the seat."""
    company.rep[rep].key += NEXT_PERSON


@compiled
def look_back(company, rep):
    """After a quarter: how well a rep has done lately, the last quarter counting half."""
    row = company.rep[rep]
    row.results += 0.5 * (row.attainment - row.results)


@compiled
def work_the_day(company, rep, today):
    """A rep's day: obligations first, then whatever pays best per hour as far as the rep can tell."""
    if company.rep[rep].is_vacant:
        stay_empty(company, rep, today)
        return
    hours = begin_the_day(company, rep, today)
    if not company.rep[rep].is_sdr:
        hours = quarter_end.press_for_signatures(company, rep, hours, today)
    plan_the_day(company, rep, today)
    share = company.rep[rep].share
    hours_left = follow_up_leads(company, rep, hours, hours * share[Hours.LEADS], today)
    hours_left = sell(company, rep, hours_left, hours * share[Hours.OPPORTUNITIES], today)
    hours_left = onboard(company, rep, hours_left, hours * share[Hours.CUSTOMERS], today)
    rest(company, rep, hours_left, hours * share[Hours.IDLE], today)
    prospect(company, rep, hours_left - min(hours_left, hours * share[Hours.IDLE]), today)


@compiled
def stay_empty(company, rep, today):
    """A day of a seat on which nobody sits."""
    company.rep[rep].days_vacant += 1
    company.book[today].vacant_days += 1


@compiled
def begin_the_day(company, rep, today):
    """What a rep can't choose comes first; returns the hours that are free.

    That is administration, time with Marketing, training, disputes, and what yesterday's work has left to do.
    """
    row, people = company.rep[rep], company.rules[0].people
    hours = people.hours_per_day
    admin = territories.admin_share(company, rep) * company.budget[0].admin_kept
    hours -= rep_spends(company, rep, Hours.ADMIN, up_to(hours, hours * admin), today)
    hours -= rep_spends(company, rep, Hours.MEETING, up_to(hours, meetings.hours_today(company, today)), today)
    trained = rep_spends(company, rep, Hours.TRAINING, up_to(hours, meetings.training_hours(company, today)), today)
    training.rep_trains(company, rep, trained)
    hours -= trained
    away = go_betweens.share_of_rep_away(company, rep) * people.hours_per_day
    hours -= rep_spends(company, rep, Hours.TRAINING, up_to(hours, away), today)
    hours -= rep_spends(company, rep, Hours.DISPUTES, up_to(hours, disputes.hours_today(company)), today)
    planned = rep_spends(company, rep, Hours.MEETING, up_to(hours, row.owed_planning_h), today)
    reported = rep_spends(company, rep, Hours.REPORTS, up_to(hours - planned, row.owed_report_h), today)
    looked = rep_spends(company, rep, Hours.CONTENT, up_to(hours - planned - reported, row.owed_content_h), today)
    owed_hours.rep_works_off(company, rep, planned, reported, looked)
    return hours - planned - reported - looked


@compiled
def follow_up_leads(company, rep, hours, wanted, today):
    """Contact marketing leads, the most promising of those in view first; returns the hours left of the day.

    Hours are what the rep wants to give or, if more, what the agreement asks for. A rep who need not passes over leads
    that promise less than other work.
    """
    row, work = company.rep[rep], company.rules[0].behaviour.work
    desk = queues.lead_desk(company, rep)
    needed = queues.length(company, desk) * (work.contact_h + 0.5 * work.talk_h)
    due = mean_obligation(company, rep) * needed
    if queues.length(company, queues.deal_desk(company, rep)) > 0:
        due = min(due, work.promised_most * hours)  # nobody lets all deals die to keep a promise
    given = min(hours, max(wanted, due))
    share_of_day = min(1.0, given / company.rules[0].people.hours_per_day)
    looking = min(hours - given, follow_up.extra_looks_h(company, share_of_day))
    balance = given + row.lead_h_ahead
    while balance > 0.0:
        lead = lead_worth.most_promising(company, rep, desk)
        if lead == NOBODY:
            break
        if company.lead[lead].status == Status.MQL and not _takes_up(company, rep, lead):
            follow_up.put_aside(company, lead, today)
            took = work.glance_h
        else:
            took = follow_up.attempt(company, rep, lead, today, share_of_day)
        balance -= took
        lead_worth.remember_hours(company, rep, took)
    unused = max(0.0, balance)
    row.lead_h_ahead = min(0.0, balance)
    rep_spends(company, rep, Hours.LEADS, looking + given - unused, today)
    return hours - looking - given + unused


@compiled
def mean_obligation(company, rep):
    """Share 0 to 1 of all waiting leads the rep means to work as the agreement asks."""
    return follow_up.obligation(company, rep, NOBODY)


@compiled
def _takes_up(company, rep, lead):
    """Whether the rep works a lead: bound to, or willing to."""
    if follow_up.is_obliged(company, rep, lead):
        return True
    if lead_worth.pays_more_than_other_work(company, rep, lead):
        return True
    follow_up.blame_for_junk(company, lead)
    return False


@compiled
def sell(company, rep, hours, wanted, today):
    """Work on opportunities for the hours wanted; returns the hours left of the day."""
    given = min(hours, wanted)
    unused = selling.work_opportunities(company, rep, given, today)
    rep_spends(company, rep, Hours.OPPORTUNITIES, given - unused, today)
    return hours - given + unused


@compiled
def onboard(company, rep, hours, wanted, today):
    """Bring new customers to their first success, for the hours wanted; returns the hours left of the day."""
    given = min(hours, wanted)
    unused, desk = given, queues.customer_desk(company, rep)
    while unused > 0.0:
        lead = queues.first(company, desk)
        if lead == NOBODY:
            break
        unused -= lead_hours.work_on(company, lead, unused)
        if company.lead[lead].h_left <= queues.DONE:
            lead_hours.need(company, lead, 0.0)
            leave(company, queues.DESK, lead)
    rep_spends(company, rep, Hours.CUSTOMERS, given - unused, today)
    return hours - given + unused


@compiled
def rest(company, rep, hours, wanted, today):
    """Take the slack the rep wants, if hours are left for it."""
    rep_spends(company, rep, Hours.IDLE, min(hours, wanted), today)


@compiled
def prospect(company, rep, hours, today):
    """Look for buyers on one's own with all hours that are left; who is new takes longer to find the next one."""
    row, work = company.rep[rep], company.rules[0].behaviour.work
    balance = hours + row.approach_h_ahead
    n_today, readiness = 0, experience.readiness(company, rep) * row.finding
    while balance > 0.0:
        found = row.n_found
        took = work.prospecting_h / readiness + prospecting.approach(company, rep, today, n_today)
        n_today += 1
        balance -= took
        row.approaches_found = work.memory * row.approaches_found + (row.n_found - found)
        row.approaches_h = work.memory * row.approaches_h + took
    row.approach_h_ahead = balance
    rep_spends(company, rep, Hours.PROSPECTING, hours, today)


__getattr__ = handle.late("Rep")
