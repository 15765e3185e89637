"""What each rep and each marketer believes a segment needs: learnt alone, and shared."""

from simulation.border import alarm, goodwill
from simulation.compiled import compiled, in_place
from simulation.randomness import Purpose, normal_from, uniforms4
from simulation.relevance import distance


@compiled
def begin_rep(company, rep, today):
    """First idea of a rep of the needs of today."""
    _draw_first(company, company.rep[rep].key, company.rep_belief[rep], today)


@compiled
def begin_marketer(company, marketer):
    """First idea of a marketer of the needs of the first day."""
    _draw_first(company, company.marketer[marketer].key, company.marketer_belief[marketer], 0)


@compiled
def _draw_first(company, person, belief, today):
    """First idea of one `person` (a key), `belief` (segments, 2), of the needs of today: right but for an error."""
    seed, needs = company.world[0].seed, company.needs[today]
    noise = company.rules[0].behaviour.learning.belief_noise
    for segment in range(needs.shape[0]):
        u, v, _, _ = uniforms4(seed, Purpose.FIRST_BELIEF, person, segment)
        belief[segment, 0] = needs[segment, 0] + noise * normal_from(u)
        belief[segment, 1] = needs[segment, 1] + noise * normal_from(v)


@compiled
def move_towards(belief, x, y, share):
    """Move one belief (2,) by the `share` 0 to 1 of the way to (x, y). Worked number: 0 to 1 by 0.25 is 0.25."""
    belief[0] += share * (x - belief[0])
    belief[1] += share * (y - belief[1])


@compiled
def rep_hears(company, rep, segment, heard, share):
    """A rep's belief moves by the `share` 0 to 1 of the way to what was `heard`, a position x and y."""
    move_towards(company.rep_belief[rep, segment], heard[0], heard[1], share)


@compiled
def marketer_hears(company, marketer, segment, heard, share):
    """The same of a marketer."""
    move_towards(company.marketer_belief[marketer, segment], heard[0], heard[1], share)


@compiled
def forget_rep(company, rep):
    """A rep leaves: the empty seat stands for the mean of those who are there."""
    for segment in range(company.segment.shape[0]):
        x, y = mean_of_reps(company, segment)
        company.rep_belief[rep, segment, 0], company.rep_belief[rep, segment, 1] = x, y


@compiled
def hear_buyer(company, rep, it, today):
    """A rep talks to a buyer and learns from what this one needs; `it` is a row of `lead` or of `prospect`."""
    need = company.needs[today, it.segment]
    share = company.rules[0].behaviour.learning.from_talk
    move_towards(company.rep_belief[rep, it.segment], need[0] + it.need_x, need[1] + it.need_y, share)
    alarm.note_talk(company, it.segment, need[0] + it.need_x, need[1] + it.need_y)


@compiled
def marketer_hears_buyer(company, marketer, lead, today):
    """A marketer who comes along to a buyer learns what this one needs, as a rep would."""
    row = company.lead[lead]
    need = company.needs[today, row.segment]
    share = company.rules[0].behaviour.learning.from_talk
    belief = company.marketer_belief[marketer, row.segment]
    move_towards(belief, need[0] + row.need_x, need[1] + row.need_y, share)


@compiled
def read_report(company, lead, told, today):
    """A marketer reads a rep's report about a lead; it counts as far as it is `told`, 0 to 1, and the rep believed."""
    row = company.lead[lead]
    need = company.needs[today, row.segment]
    share = company.rules[0].behaviour.learning.from_report * told * company.trust_in_rep[row.marketer, row.owner]
    move_towards(company.marketer_belief[row.marketer, row.segment], need[0] + row.need_x, need[1] + row.need_y, share)


@compiled
def exchange(company, share):
    """Both sides tell each other what they believe; everybody moves by `share`, as far as it is told and believed.

    All look first and move then: nobody hears what another has only just learnt.
    """
    if share <= 0.0:
        return
    reps_listen = company.rules[0].behaviour.learning.reps_listen
    _speak(company)
    for marketer in range(company.marketer.shape[0]):
        heard = (company.rep_belief, company.rep.told, company.trust_in_rep[marketer])
        _listen(company.marketer_belief[marketer], heard, share)
    for rep in range(company.rep.shape[0]):
        heard = (company.marketer_said, company.marketer.told, company.trust_in_marketer[rep])
        _listen(company.rep_belief[rep], heard, share * reps_listen)


@compiled
def _speak(company):
    """Everybody tells a part of what they believe; marketers are heard first, so what they said has to be kept."""
    for rep in range(company.rep.shape[0]):
        company.rep[rep].told = goodwill.told_by_rep(company, rep)
    for marketer in range(company.marketer.shape[0]):
        company.marketer[marketer].told = goodwill.told_by_marketer(company, marketer)
        for segment in range(company.segment.shape[0]):
            for axis in range(2):
                company.marketer_said[marketer, segment, axis] = company.marketer_belief[marketer, segment, axis]


@in_place
def _listen(own, heard, share):
    """Move `own` (segments, 2) towards what was `heard`: what people said, how much of it each told, and is believed.

    Those are arrays (people, segments, 2), (people,) and (people,). Where little is told or believed little is learnt.
    """
    said, told, trust = heard
    weight = 0.0
    for person in range(said.shape[0]):
        weight += told[person] * trust[person]
    if weight <= 0.0:
        return
    step = share * weight / said.shape[0]
    for segment in range(own.shape[0]):
        x, y = 0.0, 0.0
        for person in range(said.shape[0]):
            x += told[person] * trust[person] * said[person, segment, 0]
            y += told[person] * trust[person] * said[person, segment, 1]
        move_towards(own[segment], x / weight, y / weight, step)


@compiled
def mean_of_reps(company, segment):
    """What reps on average believe a segment needs: position x and y, need units."""
    return _mean(company.rep_belief, segment)


@compiled
def mean_of_marketers(company, segment):
    """What marketers on average believe a segment needs: position x and y, need units."""
    return _mean(company.marketer_belief, segment)


@compiled
def _mean(beliefs, segment):
    """Mean of the `beliefs` (people, segments, 2) of one segment: position x and y."""
    x, y, n_people = 0.0, 0.0, beliefs.shape[0]
    for person in range(n_people):
        x += beliefs[person, segment, 0]
        y += beliefs[person, segment, 1]
    return x / n_people, y / n_people


@compiled
def pool_among_reps(company, share):
    """Reps move by the `share` 0 to 1 towards what they believe on average."""
    for segment in range(company.segment.shape[0]):
        x, y = mean_of_reps(company, segment)
        for rep in range(company.rep.shape[0]):
            move_towards(company.rep_belief[rep, segment], x, y, share)


@compiled
def error_of_messages(company, today):
    """Mean distance of the running messages from what segments need today, need units."""
    error = 0.0
    for segment in range(company.segment.shape[0]):
        campaign, need = company.campaign[segment], company.needs[today, segment]
        error += distance(campaign.message_x, campaign.message_y, need[0], need[1])
    return error / company.segment.shape[0]


@compiled
def error_of_reps(company, today):
    """Mean distance of reps' beliefs from what segments need today, need units."""
    error = 0.0
    n_reps, n_segments, _ = company.rep_belief.shape
    for rep in range(n_reps):
        for segment in range(n_segments):
            belief, need = company.rep_belief[rep, segment], company.needs[today, segment]
            error += distance(belief[0], belief[1], need[0], need[1])
    return error / (n_reps * n_segments)
