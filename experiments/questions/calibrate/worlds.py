"""How many worlds each step of a calibration lives in."""

FEWEST_RUNS = 120
N_LUCK = 12
"""Worlds in which the company as it is shows how much luck there is."""
N_COMMON = 2
"""Worlds of each trial of the search."""
SHARE_SEARCH, SHARE_PREDICTION = 0.12, 0.18
ROUNDS = (0.25, 0.25, 0.5)
"""Of the runs for the posterior."""
