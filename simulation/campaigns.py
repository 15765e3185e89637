"""Campaigns: what they say, when they are designed anew, what came of each, and how long a wrong one runs."""

import numpy as np

from simulation import experience, tape
from simulation.border import alarm, beliefs, goodwill, joint_planning
from simulation.compiled import compiled
from simulation.elementary import exp2, power
from simulation.management import standing, tally
from simulation.queues import NEVER, NOBODY
from simulation.relevance import distance, relevance
from simulation.tape import Event

CAMPAIGN = np.dtype(
    [
        ("owner", "i4"),  # marketer who designs it
        ("run", "i4"),  # row of `campaign_run` that runs
        ("message_x", "f8"),  # what it says: a position in need space
        ("message_y", "f8"),  # the same on the second axis
        ("h_left", "f8"),  # hours until the new design runs; 0 when none is under way
        ("h_again", "f8"),  # hours of it that meetings have opened again
        ("first_asked", "i4"),  # with joint planning: the first of the reps who plan it
        ("untold", "f8"),  # share 0..1 of Sales that has not heard of the new design
        ("day_begun", "i4"),  # of that design
        ("score_accuracy", "f8"),  # correlation of project signs with the truth, as learnt
        ("n_typed_in", "f8"),  # outcomes that wait to be typed into the CRM
        ("n_untold", "f8"),  # outcomes Marketing has not heard of yet
        # what reps have heard in their last talks
        ("n_talks", "f8"),  # how many, older ones fading
        ("talked_x", "f8"),  # mean need of their buyers
        ("talked_y", "f8"),  # the same on the second axis
        ("news", "f8"),  # share 0..1 of it that came after Marketing was last told
        # a campaign off target
        ("day_off", "i4"),  # since when; NEVER if it is not
        ("error_off", "f8"),  # greatest distance from the need since then
        ("is_noticed", "i4"),  # whether a new design has been begun since then
    ],
    align=True,
)
CAMPAIGN_RUN = np.dtype(
    [
        ("designer", "i4"),  # marketer
        ("day_begun", "i4"),  # its design began
        ("day_running", "i4"),  # NEVER: this row is still free
        ("message_x", "f8"),  # what it says, need units
        ("message_y", "f8"),  # the same on the second axis
        ("error", "f8"),  # distance from the need on the day it ran first, need units
        ("surprise", "f8"),  # how far reps who have not been told of it expected something else, 0..1
        ("n_notices", "i8"),  # prospects that answered it
        ("n_mql", "i8"),  # of them handed over to Sales
        ("n_won", "i8"),  # of them that signed
        ("bookings", "f8"),  # EUR of new contracts
    ],
    align=True,
)
EFFORT = np.dtype(
    [
        ("campaign_h", "f8"),  # hours Marketing has put into campaigns today
        ("effort", "f8"),  # those hours relative to the usual for so many prospects, recent average
        ("effort_factor", "f8"),  # what that does to the contacts our channels make
    ]
)
ROUNDING = 1e-9  # hours; a design of which less is left is done


def n_runs(days: int, runs_at_least_d: int) -> int:
    """How many campaigns a segment can have in a run of so many days, each given so many of them at least."""
    return 1 + -(-days // runs_at_least_d)


@compiled
def open_campaigns(company):
    """The campaigns of the first day: each says what its owner believes."""
    for segment in range(company.segment.shape[0]):
        campaign = company.campaign[segment]
        campaign.owner = segment % company.marketer.shape[0]
        campaign.day_off, campaign.run = NEVER, -1
        for run in range(company.campaign_run.shape[1]):
            company.campaign_run[segment, run].day_running = NEVER
        belief = company.marketer_belief[campaign.owner, segment]
        _launch(company, segment, belief[0], belief[1], 0)


@compiled
def _launch(company, segment, x, y, today):
    """A new message runs, in a row of its own."""
    campaign = company.campaign[segment]
    campaign.run += 1
    campaign.message_x, campaign.message_y = x, y
    run, need = company.campaign_run[segment, campaign.run], company.needs[today, segment]
    run.designer, run.day_begun, run.day_running = campaign.owner, campaign.day_begun, today
    run.message_x, run.message_y = x, y
    run.error = distance(x, y, need[0], need[1])
    tape.write(company, today, Event.CAMPAIGN_RUNS, (segment, campaign.owner), run.error)


@compiled
def relevance_for(company, it, today):
    """Relevance 0 to 1 of the running message of a segment for one buyer's own need, a row of `lead` or `prospect`."""
    campaign, need = company.campaign[it.segment], company.needs[today, it.segment]
    return relevance(campaign.message_x, campaign.message_y, need[0] + it.need_x, need[1] + it.need_y)


@compiled
def promise(company, lead):
    """A lead is told what the running campaign says."""
    row = company.lead[lead]
    campaign = company.campaign[row.segment]
    expect(company, lead, campaign.message_x, campaign.message_y)


@compiled
def expect(company, lead, x, y):
    """A lead expects what it was told, a position in need space."""
    company.lead[lead].promise_x, company.lead[lead].promise_y = x, y


@compiled
def answered(company, lead):
    """A prospect answers the running campaign, which gets the credit for what comes of it."""
    row = company.lead[lead]
    row.run = company.campaign[row.segment].run
    company.campaign_run[row.segment, row.run].n_notices += 1
    promise(company, lead)


@compiled
def handed_over(company, lead):
    """A lead that a campaign brought goes to Sales for the first time."""
    row = company.lead[lead]
    if row.run != NOBODY:  # else a customer has brought it
        company.campaign_run[row.segment, row.run].n_mql += 1


@compiled
def won(company, lead):
    """A deal is signed; if a campaign brought it, it counts there."""
    row = company.lead[lead]
    if row.run != NOBODY:
        run = company.campaign_run[row.segment, row.run]
        run.n_won += 1
        run.bookings += row.price
        tally.count_sourced(company, row.price)


@compiled
def look_for_error(company, segment, today):
    """Begin a new design if the running message is too far from what whoever decides believes is needed.

    Where Sales has a say, it looks at campaigns only every so many days.
    """
    campaign, rules = company.campaign[segment], company.rules[0]
    x, y = _held_by_who_decides(company, segment)
    is_near = distance(x, y, campaign.message_x, campaign.message_y) <= rules.behaviour.work.redesign_gap
    days = today - company.campaign_run[segment, campaign.run].day_running
    is_new = days < rules.behaviour.campaigning.runs_at_least_d
    is_late = standing.say_of_sales(company) > 0.0 and today % rules.behaviour.standing.consent_every_d != 0
    if is_near or is_new or is_late:
        return
    campaign.h_left, campaign.h_again, campaign.day_begun = _design_hours(company), 0.0, today
    tape.write(company, today, Event.DESIGN_BEGUN, (segment, campaign.owner), 0.0)
    _notice(company, segment, today)
    n_asked = joint_planning.ask_reps(company, segment) if rules.practices.joint_planning else 0
    company.book[today].n_planned_jointly += n_asked > 0
    campaign.untold = (1.0 - n_asked / company.rep.shape[0]) * (1.0 - standing.say_of_sales(company))


@compiled
def _design_hours(company):
    """Hours of a whole design, with those it takes to carry it through Sales where that has a say."""
    consent = standing.say_of_sales(company) * company.rules[0].behaviour.standing.consent_h
    return company.rules[0].behaviour.work.redesign_h + consent


@compiled
def brief(company, share):
    """People talk, and the `share` 0 to 1 of those who had not heard yet hears what is in the making and what runs."""
    for segment in range(company.segment.shape[0]):
        campaign = company.campaign[segment]
        campaign.untold *= 1.0 - share
        company.campaign_run[segment, campaign.run].surprise *= 1.0 - share


@compiled
def talk_over_again(company, share):
    """The `share` 0 to 1 of a meeting repeats what was said before: designs under way are opened again.

    However often people meet, a design is done twice at most; then somebody decides.
    Worked number: half a meeting of repetition, and 0.1 of a design of 10 h to be done again, add 0.5 h.
    """
    work, whole = company.rules[0].behaviour.work, _design_hours(company)
    for segment in range(company.segment.shape[0]):
        campaign = company.campaign[segment]
        if campaign.h_left > 0.0:
            stands = whole - campaign.h_left
            again = min(share * work.talked_over * whole, stands, whole - campaign.h_again)
            campaign.h_left += again
            campaign.h_again += again


@compiled
def go_on_designing(company, marketer, segment, hours, today):
    """Work on the new design until it can run; returns the hours left for other designs.

    Better marketers take fewer hours. What is learnt meanwhile goes in.
    """
    campaign, skill = company.campaign[segment], experience.skill_of_marketer(company, marketer)
    used = min(hours, campaign.h_left / skill)
    campaign.h_left = max(0.0, campaign.h_left - used * skill)
    if campaign.h_left <= ROUNDING:
        campaign.h_left = 0.0
        x, y = wished_message(company, segment)
        _launch(company, segment, x, y, today)
        company.book[today].told_beforehand += 1.0 - campaign.untold
        _surprise_sales(company, segment)
        company.book[today].n_redesigns += 1
    return hours - used


@compiled
def _surprise_sales(company, segment):
    """A launch surprises reps who were not told the more, the less it says what they believe themselves."""
    campaign = company.campaign[segment]
    x, y = beliefs.mean_of_reps(company, segment)
    surprise = campaign.untold * (1.0 - relevance(x, y, campaign.message_x, campaign.message_y))
    company.campaign_run[segment, campaign.run].surprise = surprise
    share = surprise * company.rules[0].behaviour.together.surprise
    for rep in range(company.rep.shape[0]):
        goodwill.rep_feels(company, rep, campaign.owner, 0.0, share)


@compiled
def _held_by_who_decides(company, segment):
    """What whoever decides on a message holds to be needed: position x and y, need units.

    In a line that is the owner. Where Marketing is staff, Sales decides: by what reps believe on average, drawn to the
    owner's advice as far as it is told and believed. Worked number: advice that counts for 0.4 goes 0.4 of the way;
    where both have a say, 0.7 of it.
    """
    owner, say = company.campaign[segment].owner, standing.say_of_sales(company)
    belief = company.marketer_belief[owner, segment]
    if say <= 0.0:
        return belief[0], belief[1]
    x, y = beliefs.mean_of_reps(company, segment)
    own = 1.0 - say * (1.0 - goodwill.told_and_believed_of(company, owner))
    return x + own * (belief[0] - x), y + own * (belief[1] - y)


@compiled
def wished_message(company, segment):
    """What will be said: as decided, with joint planning drawn to the reps' view as far as they are trusted."""
    x, y = _held_by_who_decides(company, segment)
    if company.rules[0].practices.joint_planning:
        told_x, told_y, weight = joint_planning.view_of_asked(company, segment)  # weight is trust
        x, y = x + weight * (told_x - x), y + weight * (told_y - y)
    return x, y


@compiled
def hear_alarm(company, heard):
    """People meet, and reps say where campaigns miss what buyers want; `heard` 0 to 1 of it reaches their owners.

    It moves them as far as it is told and Sales is believed, the more so as several say the same. Worked number: heard
    in full, credible to 0.85, told by two voices and a trust of 0.45 move the owner by 0.85 x (1 - 0.55^2) = 0.59 of
    the way to what buyers said.
    """
    for segment in range(company.segment.shape[0]):
        campaign = company.campaign[segment]
        credible = heard * alarm.credibility(company, segment)
        if credible <= 0.0:
            continue
        doubted = 1.0 - goodwill.told_and_believed_by_reps(company, campaign.owner)
        weight = credible * (1.0 - power(doubted, company.rules[0].behaviour.alarm.voices))
        said = (campaign.talked_x, campaign.talked_y)
        beliefs.marketer_hears(company, campaign.owner, segment, said, weight)
        alarm.tell(company, segment, heard)


@compiled
def run(company, hours):
    """Marketing puts so many hours of average skill into campaigns that run."""
    company.effort[0].campaign_h += hours


@compiled
def sum_up_effort(company):
    """At the end of the day: the hours Marketing has lately put into campaigns for each prospect, and their effect."""
    effort, rules = company.effort[0], company.rules[0]
    usual = rules.market.prospects_per_day * rules.behaviour.work.campaign_h
    effort.effort += rules.behaviour.campaigning.effort_counts * (effort.campaign_h / usual - effort.effort)
    effort.effort_factor = power(effort.effort, rules.behaviour.attention.effort_elasticity)
    effort.campaign_h = 0.0


@compiled
def watch(company, today):
    """At the end of the day: since when each campaign has been off target, and whether that is over.

    A campaign is wrong from the day its message is `off_target` away from the need. It is corrected when a later
    message leaves the share `corrected` of the error at most; if the need comes back by itself,
    nobody has corrected anything.
    """
    laws = company.rules[0].behaviour.campaigning
    for segment in range(company.segment.shape[0]):
        campaign, need = company.campaign[segment], company.needs[today, segment]
        error = distance(campaign.message_x, campaign.message_y, need[0], need[1])
        if campaign.day_off == NEVER:
            if error > laws.off_target:
                _go_off_target(company, segment, error, today)
        elif error <= laws.corrected * campaign.error_off:
            _end_error(company, segment, today)
        else:
            campaign.error_off = max(campaign.error_off, error)


@compiled
def _go_off_target(company, segment, error, today):
    campaign = company.campaign[segment]
    campaign.day_off, campaign.error_off, campaign.is_noticed = today, error, 0
    company.book[today].n_campaigns_off += 1
    if campaign.h_left > 0.0:
        _notice(company, segment, today)


@compiled
def _notice(company, segment, today):
    """A new design is under way: if the campaign was wrong, that has been noticed."""
    campaign, book = company.campaign[segment], company.book[today]
    if campaign.day_off != NEVER and not campaign.is_noticed:
        campaign.is_noticed = 1
        book.n_noticed += 1
        book.days_to_notice += today - campaign.day_off


@compiled
def _end_error(company, segment, today):
    campaign, book = company.campaign[segment], company.book[today]
    if company.campaign_run[segment, campaign.run].day_running > campaign.day_off:
        book.n_corrected += 1
        book.days_to_correct += today - campaign.day_off
    campaign.day_off = NEVER


@compiled
def tell_the_same_story(company, lead, today):
    """Share 0 to 1 to which reps can tell what the campaign behind a lead says, given that they may not know it.

    What surprised them they come to tell in the weeks after the launch; what they believe themselves they tell at once.
    Worked number: a complete surprise of which half is not told on the first day, and a half-life of 10 days, leave
    0.75 after 10 days.
    """
    row, laws = company.lead[lead], company.rules[0].behaviour.alarm
    run = company.campaign_run[row.segment, max(0, row.run)]
    if run.surprise <= 0.0:
        return 1.0
    return 1.0 - run.surprise * laws.surprise * exp2((run.day_running - today) / laws.surprise_half_life_d)
