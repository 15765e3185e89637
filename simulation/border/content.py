"""Content: made by Marketing, looked for by reps before a step of a deal, used if it is found, trusted and better.

Every item has a message, a segment, an author and an age, and lies on its segment's shelf until newer ones push it off.
"""

import numpy as np

from simulation.averages import mean
from simulation.border import beliefs, depth, goodwill, hand_off, owed_hours
from simulation.compiled import compiled
from simulation.queues import NOBODY
from simulation.randomness import Purpose, index_from, uniform, uniforms4
from simulation.relevance import relevance

LIBRARY = np.dtype([("n_items", "i8")])  # content made so far
ITEM = np.dtype(
    [
        ("day_made", "i4"),  # put on the shelf
        ("author", "i4"),  # marketer
        ("segment", "i4"),  # for whom it is made
        ("is_for_selling", "i4"),  # serves a selling situation, not only first readers
        ("is_asked", "i4"),  # made after asking Sales
        ("u_found", "f4"),  # luck of where it was put: found by reps who find a larger share than this
        ("message_x", "f8"),  # what it says, need units
        ("message_y", "f8"),  # the same on the second axis
        ("n_used", "i4"),  # steps of deals it was used in
    ],
    align=True,
)
SHELF = 8  # places on a segment's shelf


@compiled
def make(company, marketer, hours, today):
    """Spend hours on content; items that get finished go on their segment's shelf."""
    row, item_h = company.marketer[marketer], company.rules[0].behaviour.content.item_h
    row.content_h += hours
    while row.content_h >= item_h and company.library[0].n_items < company.item.shape[0]:
        row.content_h -= item_h
        _finish_item(company, marketer, today)
        row.n_items += 1


@compiled
def _finish_item(company, marketer, today):
    """One item: for a segment in turn, with or without asking a rep what it should do."""
    library, rules, person = company.library[0], company.rules[0], company.marketer[marketer]
    row, laws, seed = company.item[library.n_items], rules.behaviour.content, company.world[0].seed
    u_asked, u_serves, row.u_found, u_rep = uniforms4(seed, Purpose.CONTENT, person.key, person.n_items)
    segment = (marketer + person.n_items) % company.segment.shape[0]
    row.day_made, row.author, row.segment = today, marketer, segment
    belief = company.marketer_belief[marketer, segment]
    row.message_x, row.message_y = belief[0], belief[1]
    rep = hand_off.next_here(company, index_from(u_rep, company.rep.shape[0]))
    row.is_asked = rep != NOBODY and u_asked < rules.practices.content_input
    if row.is_asked:
        owed_hours.owe_planning(company, rep, laws.asking_h)
        row.message_x, row.message_y = beliefs.mean_of_reps(company, segment)
    deep = _depth_of_item(company, marketer)
    company.book[today].depth_items += deep
    company.book[today].n_items_made += 1
    serves = depth.effect(rules.behaviour.goodwill.bare_item, deep)
    row.is_for_selling = u_serves < serves * (laws.p_for_selling_asked if row.is_asked else laws.p_for_selling)
    shelf = company.shelf[segment]
    shelf[company.n_on_shelf[segment] % laws.shelf] = library.n_items
    company.n_on_shelf[segment] += 1
    library.n_items += 1


@compiled
def _depth_of_item(company, marketer):
    """How much a marketer minds what reps need in the making of content, 0 to 1."""
    value, hours = mean(company.segment.deal_value_eur), company.rules[0].behaviour.content.item_h
    return goodwill.depth_of_marketer(company, marketer, NOBODY, value, hours)


@compiled
def help_from(company, rep, lead, today):
    """Before a step of a deal: what content makes of the rep's pitch; returns relevance 0 to 1, 0 if nothing serves.

    Looking takes time; so does making something up where nothing was found. Both are taken from the next day.
    """
    row, laws = company.lead[lead], company.rules[0].behaviour.content
    owed_hours.owe_content(company, rep, laws.search_h)
    item = _pick(company, lead, row.segment)
    if item == NOBODY or not _serves(company, rep, item, (lead, row.steps_done), today):
        owed_hours.owe_content(company, rep, laws.improvise_h)
        return 0.0
    it, need = company.item[item], company.needs[today, row.segment]
    it.n_used += 1
    company.book[today].n_content_used += 1
    return relevance(it.message_x, it.message_y, need[0], need[1])


@compiled
def _pick(company, lead, segment):
    """The item a rep comes upon on the shelf of a segment, by the lead's own luck; NOBODY if the shelf is empty."""
    n = min(company.n_on_shelf[segment], company.rules[0].behaviour.content.shelf)
    if n == 0:
        return NOBODY
    row = company.lead[lead]
    u = uniform(company.world[0].seed, Purpose.CONTENT_PICKED, row.prospect, row.steps_done)
    return company.shelf[segment, index_from(u, n)]


@compiled
def _serves(company, rep, item, occasion, today):
    """Whether the rep finds the item, trusts its author, and thinks it better than making something up.

    `occasion` is the lead and the step of its purchase.
    """
    it, rules = company.item[item], company.rules[0]
    if not it.is_for_selling or it.u_found >= share_found(company):
        return False
    trusted = company.trust_in_marketer[rep, it.author]
    lead, step = occasion
    if uniform(company.world[0].seed, Purpose.CONTENT_TRUSTED, company.lead[lead].prospect, step) >= trusted:
        return False
    belief = company.rep_belief[rep, it.segment]
    return relevance(it.message_x, it.message_y, belief[0], belief[1]) >= rules.behaviour.content.enough


@compiled
def share_found(company):
    """Share of content that reps find when they look, 0 to 1: more with a directory or a shared system."""
    rules, laws = company.rules[0], company.rules[0].behaviour.content
    order = max(float(rules.practices.directory), 0.5 * rules.practices.crm_coverage)
    return laws.p_found + (laws.p_found_directory - laws.p_found) * order
