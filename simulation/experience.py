"""Experience on the job: it grows with time worked and turns skill into results; who is new is slower and errs more."""

import numpy as np

from scenarios.run_length import DAYS_PER_WEEK
from simulation.compiled import compiled
from simulation.elementary import exp
from simulation.randomness import Purpose, exponential_from, normal_from, uniform

NEWCOMERS = np.dtype([("n_new", "i8")])  # reps who still need coaching
FADES = 3.0  # exp(-3) = 5 %: what is still missing when the ramp is over


@compiled
def grown(experience, days, ramp_d):
    """Experience 0 to 1 after `days` more on the job: what is missing shrinks to 5 % in `ramp_d` days (facts 1.5).

    Worked number: 0 after 35 days of a ramp of 105 is 1 - exp(-1) = 0.632; without a ramp everybody knows it all.
    """
    if ramp_d <= 0.0:
        return 1.0
    return 1.0 - (1.0 - experience) * exp(-FADES * days / ramp_d)


@compiled
def ramp_d(company, rep):
    """Working days a new rep takes to nearly full experience; an SDR's job is learnt sooner."""
    people = company.rules[0].people
    return people.ramp_sdr_d if company.rep[rep].is_sdr else people.ramp_executive_d


@compiled
def draw_first_experience(company, rep):
    """Experience of somebody who was here before the first day: the time since is drawn, with mean tenure_start_d."""
    row, people = company.rep[rep], company.rules[0].people
    u = uniform(company.world[0].seed, Purpose.TENURE, row.key, 0)
    row.experience = grown(0.0, exponential_from(u, people.tenure_start_d), ramp_d(company, rep))


@compiled
def begin(company, rep):
    """Who is new has none."""
    company.rep[rep].experience = 0.0


@compiled
def learn_on_the_job(company, today):
    """A week of work makes everybody in Sales more experienced; who is new and not coached learns more slowly."""
    if today % DAYS_PER_WEEK != DAYS_PER_WEEK - 1:
        return
    days, n_new = DAYS_PER_WEEK * learning_speed(company), 0
    for rep in range(company.rep.shape[0]):
        row = company.rep[rep]
        if not row.is_vacant:
            row.experience = grown(row.experience, days, ramp_d(company, rep))
            n_new += row.experience < company.rules[0].people.knows_the_job
    company.newcomers[0].n_new = n_new


@compiled
def learning_speed(company):
    """Speed 0 to 1 at which new people learn: full where heads of Sales find the time to coach them all.

    Worked number: a coaching weight of 0.4 and nobody coached give 0.6.
    """
    return 1.0 - company.rules[0].people.coaching_weight * (1.0 - company.oversight[0].coached)


@compiled
def skill_by(rules, u, less):
    """A skill, 1 is average, by luck `u`, and by so much `less` where pay draws no better; nobody is hopeless.

    Worked number: average luck and 0.1 less make 0.9.
    """
    return max(rules.people.least_skill, 1.0 + rules.people.skill_sd * normal_from(u) - less)


@compiled
def readiness(company, rep):
    """Share 0 to 1 of their skill and speed that a rep has by now. Worked number: 0.5 to begin with, half way 0.75."""
    least = company.rules[0].people.beginner_share
    return least + (1.0 - least) * company.rep[rep].experience


@compiled
def skill_now(company, rep):
    """Skill of a rep today, 1 is average: that of the experienced person, as far as experience and coaching go."""
    oversight = company.oversight[0]
    coached = oversight.coached * oversight.coach
    return company.rep[rep].skill * readiness(company, rep) * brought_to_bear(company, coached)


@compiled
def brought_to_bear(company, coached):
    """Share 0 to 1 of their skill that people bring to bear of whose coaching the share `coached` is had.

    Worked number: a lift of 0.12 and half of the coaching leave 0.94.
    """
    return 1.0 - company.rules[0].people.coaching_lift * (1.0 - coached)


@compiled
def skill_of_marketer(company, marketer):
    """Skill of a marketer today, 1 is average."""
    return company.marketer[marketer].skill * brought_to_bear(company, company.oversight[0].coached_marketing)
