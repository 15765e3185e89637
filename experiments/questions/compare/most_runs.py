"""How many runs it takes to say where the gain of one way of working over another comes from."""

from experiments.designs.practice_bundles import practices_between
from experiments.studies import family_values, leaner_way
from scenarios import Scenario

FRESH_ROUNDS = 4
"""The leaner bundle is measured in so many times as many worlds as it was sought in."""


def most_to_explain(start: Scenario, goal: Scenario, n_worlds: int) -> int:
    """Runs for families and for the leaner way, at most; 0 where they differ in nothing a company decides."""
    if not n_worlds or (start.practices == goal.practices and start.pay == goal.pay):
        return 0
    practices = practices_between(start, goal)
    lean = leaner_way.most_runs(len(practices), n_worlds, FRESH_ROUNDS * n_worlds)
    return family_values.most_runs(practices, n_worlds) + lean
