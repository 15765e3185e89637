"""How well something is done that nobody can measure: from 0, for form's sake, to 1, in full.

A rule, a target or a boss sees whether a thing was done and when. How well is the doer's choice: the gain, own pay and
what is felt to be owed, grows with depth d as d (2 - d); what it costs is hours at what they would bring elsewhere.
Sources: Hart and Moore 2008, Holmstrom and Milgrom 1991 (facts 3 and 10).
"""

import math

from simulation.compiled import compiled


@compiled
def choose(company, own, owed, hours, worth):
    """Depth 0 to 1 at which a little more brings no more than it costs.

    `own` is the pay, EUR, that doing it in full is believed to add, `owed` 0 to 1 what is felt to be owed, `hours` how
    much longer that takes than doing it for form's sake, `worth` what an hour brings elsewhere now and usually, EUR.
    Worked number: nothing paid, half of everything owed, a norm of 2.5 and a usual hour give 1 - 1 / 2.5 = 0.6.
    """
    laws = company.rules[0].behaviour.goodwill
    if not math.isnan(laws.fixed_depth):
        return laws.fixed_depth
    elsewhere, usual = worth
    gain = own + owed * laws.norm * hours * usual
    if gain <= 0.0:
        return 0.0
    return max(0.0, 1.0 - hours * elsewhere / (2.0 * gain))


@compiled
def effect(bare, depth):
    """What something done at this depth brings, relative to doing it in full: `bare` for form's sake, 1 in full.

    Worked number: a fifth for form's sake and a depth of a half make 0.2 + 0.8 x 0.75 = 0.8.
    """
    return bare + (1.0 - bare) * depth * (2.0 - depth)


@compiled
def hours_of(company, hours, depth):
    """Hours of something that takes `hours` in full, done at this depth. Worked number: 1 h at 0.5 and 0.4: 0.7 h."""
    form = company.rules[0].behaviour.goodwill.form
    return hours * (form + (1.0 - form) * depth)


@compiled
def beyond_form(company, hours):
    """How much longer something takes in full, `hours`, than for form's sake."""
    return hours * (1.0 - company.rules[0].behaviour.goodwill.form)
