"""Practices between two companies are shared out among families: each once, and together they make the goal."""

from itertools import permutations
from typing import get_args

import pytest

import scenarios
from experiments.designs.company_today import TYPES
from experiments.designs.practice_bundles import by_family, family_of, practices_between
from experiments.designs.variant import laid_on
from scenarios.lever import Family


@pytest.mark.parametrize(("start", "goal"), [*permutations(TYPES, 2)])
def test_families_partition_the_practices(start, goal):
    first, last = (scenarios.load("reference", name) for name in (start, goal))
    practices = practices_between(first, last)
    families = by_family(practices)
    assert sorted(change for one in families for change in one.changes) == sorted(
        change for one in practices for change in one.changes
    )
    assert sorted(map(repr, (was for one in families for was in one.was))) == sorted(
        map(repr, (was for one in practices for was in one.was))
    )
    order = get_args(Family)
    assert [one.name for one in families] == sorted({family_of(one.name) for one in practices}, key=order.index)


@pytest.mark.parametrize("goal", TYPES[1:])
def test_all_families_together_make_the_goal(goal):
    first, last = (scenarios.load("reference", name) for name in (TYPES[0], goal))
    every = {path: value for one in by_family(practices_between(first, last)) for path, value in one.changes}
    made = laid_on(first, every)
    assert (made.practices, made.pay) == (last.practices, last.pay)


def test_of_no_practices_there_is_no_family():
    assert by_family(()) == ()
