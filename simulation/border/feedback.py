"""What Marketing hears of its leads: through the shared CRM, by reports reps write, or at the next meeting."""

from simulation.border import beliefs, depth, goodwill, owed_hours, qualification, trust
from simulation.compiled import compiled
from simulation.management import pay
from simulation.queues import NOBODY
from simulation.randomness import Purpose, uniforms4


@compiled
def tell_outcome(company, lead, today, occasion, is_good):
    """A rep knows what a marketing lead is worth (occasion 0: after a talk; 1: after the decision).

    The CRM shows the outcome, once it is typed in; a report tells the need behind it too, at once. What neither tells
    waits for a meeting.
    """
    row, practices = company.lead[lead], company.rules[0].practices
    if row.marketer == NOBODY:
        return
    talks = 2 * row.n_handed + occasion
    u_crm, u_report, _, _ = uniforms4(company.world[0].seed, Purpose.OUTCOME_TOLD, row.prospect, talks)
    is_seen = u_crm < practices.crm_coverage
    told, is_reported = 0.0, u_report < practices.feedback_asked * willingness(company, row.owner, row.marketer)
    company.book[today].n_asked += u_report < practices.feedback_asked
    deep = _depth_of_report(company, lead) if is_reported or is_seen else 0.0
    if is_reported:
        told = depth.effect(company.rules[0].behaviour.goodwill.bare_report, deep)
        _report(company, lead, deep, today)
    if is_seen:
        owed_hours.owe_report(company, row.owner, depth.hours_of(company, entry_hours(company), deep))
        is_seen = u_crm < practices.crm_coverage * practices.crm_accuracy
    company.book[today].n_outcomes += 1
    n = 1.0 if occasion == 0 else 0.0  # talks, in which a project was found or not
    n_good = n if is_good else 0.0
    if is_reported:
        company.book[today].n_outcomes_known += 1
        qualification.learn_outcomes(company, row.segment, told)
        qualification.count_projects(company, row.marketer, n, n_good)
    elif is_seen:
        company.campaign[row.segment].n_typed_in += depth.effect(company.rules[0].behaviour.goodwill.bare_report, deep)
        company.marketer[row.marketer].typed_in += n
        company.marketer[row.marketer].typed_in_good += n_good
    else:
        company.campaign[row.segment].n_untold += 1


@compiled
def entry_hours(company):
    """Rep's hours for one entry in the shared CRM: typing, checking it, and the interruption where it is due at once.

    Worked number: 0.02 h each at an accuracy of 0.8 and a delay of 4 days make 0.02 + 0.016 + 0.004 = 0.04 h.
    """
    practices, together = company.rules[0].practices, company.rules[0].behaviour.together
    checking = together.crm_checking_h * practices.crm_accuracy
    return together.crm_typing_h + checking + together.crm_prompt_h / (1.0 + practices.crm_delay_d)


@compiled
def willingness(company, rep, marketer):
    """Probability 0 to 1 that a rep writes a report when asked.

    Nobody pays for it unless there is a bonus; so it takes that something is felt to be owed. A bonus convinces by what
    it is worth next to what the rep earns in that time, but pays for the report, not for what is in it.
    """
    rules = company.rules[0]
    free = rules.behaviour.trust.willing * min(1.0, 2.0 * goodwill.owed_by_rep(company, rep, marketer))
    bonus = rules.practices.feedback_bonus_eur
    if bonus <= 0.0:
        return free
    return free + (1.0 - free) * bonus / (bonus + rules.behaviour.work.report_h * company.rep[rep].best_pay_per_h)


@compiled
def _depth_of_report(company, lead):
    """How much of what there is to tell a rep writes down, 0 to 1; nobody pays for that."""
    row, hours = company.lead[lead], company.rules[0].behaviour.work.report_h
    return goodwill.depth_of_rep(company, row.owner, row.marketer, 0.0, hours)


@compiled
def _report(company, lead, deep, today):
    """The rep writes, going so deep, 0 to 1; the time is taken from the next day."""
    row, rules = company.lead[lead], company.rules[0]
    owed_hours.owe_report(company, row.owner, depth.hours_of(company, rules.behaviour.work.report_h, deep))
    pay.reward_report(company, row.owner)
    beliefs.read_report(company, lead, depth.effect(rules.behaviour.goodwill.bare_report, deep), today)
    trust.outcome_told(company, lead)
    goodwill.marketer_is_treated(company, row.marketer, row.owner, deep)
    company.book[today].depth_reports += deep
    company.book[today].n_reports += 1


@compiled
def read_crm(company, today):
    """What reps have typed in by now tells how to read the signs, and each marketer what the own leads were worth.

    On average an entry waits for crm_delay_d days.
    """
    share = 1.0 / (1.0 + company.rules[0].practices.crm_delay_d)
    for segment in range(company.segment.shape[0]):
        campaign = company.campaign[segment]
        if campaign.n_typed_in > 0.0:
            qualification.learn_outcomes(company, segment, share * campaign.n_typed_in)
            company.book[today].n_outcomes_known += share * campaign.n_typed_in
            campaign.n_typed_in *= 1.0 - share
    for marketer in range(company.marketer.shape[0]):
        row = company.marketer[marketer]
        if row.typed_in > 0.0:
            qualification.count_projects(company, marketer, share * row.typed_in, share * row.typed_in_good)
            row.typed_in *= 1.0 - share
            row.typed_in_good *= 1.0 - share


@compiled
def hear_outcomes(company, share):
    """Marketing hears the `share` 0 to 1 of what became of its leads, as far as it is told and believed."""
    for segment in range(company.segment.shape[0]):
        campaign = company.campaign[segment]
        heard = share * goodwill.told_and_believed_by_reps(company, campaign.owner)
        hearsay = company.rules[0].behaviour.learning.hearsay
        qualification.learn_outcomes(company, segment, hearsay * campaign.n_untold * heard)
        campaign.n_untold *= 1.0 - heard
