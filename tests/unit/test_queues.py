"""The waiting lists against plain Python lists, under any order of joining, leaving and taking."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from scenarios import Scenario
from simulation import queues
from simulation.company import build
from simulation.queues import CALENDAR, DESK, NOBODY, PORTFOLIO, join, leave, schedule, take_first
from tests.waiting_lists import lists_hold_together

SCENARIO = scenarios.with_changes(
    Scenario(), {"run.quarters": 1, "run.warm_up_quarters": 0, "customers.installed_base": 12}
)
DAYS = SCENARIO.days
LEADS, PLACES = 12, 3


def members(company, kind, place):
    """The leads of a list from first to last, by walking it."""
    lead, found = company.place["first"][place], []
    while lead != NOBODY:
        found.append(int(lead))
        lead = company.link[kind, lead]["after"]
    return found


def empty_company():
    company = build(SCENARIO, 0)
    for kind in (CALENDAR, DESK, PORTFOLIO):
        for lead in range(LEADS):
            leave(company, kind, lead)
    return company


def places(company, kind):
    if kind == CALENDAR:
        return [3, 20, DAYS - 1]
    if kind == DESK:
        return [queues.lead_desk(company, 0), queues.deal_desk(company, 1), queues.inquiry_desk(company, 2)]
    return [queues.portfolio(company, rep) for rep in range(PLACES)]


MOVES = st.tuples(
    st.sampled_from(["join", "join", "leave", "take"]),
    st.sampled_from([CALENDAR, DESK, PORTFOLIO]),
    st.integers(0, LEADS - 1),
    st.integers(0, PLACES - 1),
)


@settings(max_examples=60)
@given(st.lists(MOVES, max_size=60))
def test_lists_do_what_lists_do(moves):
    company = empty_company()
    expected = {(kind, place): [] for kind in (CALENDAR, DESK, PORTFOLIO) for place in places(company, kind)}
    for what, kind, lead, number in moves:
        place = places(company, kind)[number]
        if what == "take":
            first = expected[kind, place].pop(0) if expected[kind, place] else NOBODY
            assert take_first(company, kind, place) == first
            continue
        for (of_kind, _), line in expected.items():
            if of_kind == kind and lead in line:
                line.remove(lead)
        leave(company, kind, lead) if what == "leave" else join(company, kind, place, lead)
        if what == "join":
            expected[kind, place].append(lead)
    for (kind, place), line in expected.items():
        assert members(company, kind, place) == line
        assert queues.length(company, place) == len(line)
        assert queues.first(company, place) == (line[0] if line else NOBODY)
    assert not list(lists_hold_together(company, 0))


def test_a_new_date_replaces_the_old_one():
    company = empty_company()
    schedule(company, 4, 10)
    schedule(company, 4, 12)
    assert (members(company, CALENDAR, 10), members(company, CALENDAR, 12)) == ([], [4])


def test_a_date_beyond_the_end_never_comes():
    company = empty_company()
    schedule(company, 4, 10)
    schedule(company, 4, DAYS)
    assert (company.place["length"][:DAYS] == 0).all()
    schedule(company, 4, DAYS - 1)
    assert members(company, CALENDAR, DAYS - 1) == [4]


def test_everybody_has_desks_of_their_own():
    company = empty_company()
    reps, marketers = range(len(company.rep)), range(len(company.marketer))
    of_reps = (queues.lead_desk, queues.deal_desk, queues.customer_desk, queues.portfolio)
    desks = [desk(company, rep) for desk in of_reps for rep in reps]
    desks += [queues.inquiry_desk(company, marketer) for marketer in marketers]
    assert sorted(desks) == list(np.arange(DAYS, len(company.place)))
