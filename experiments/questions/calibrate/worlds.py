"""How many worlds each step of a calibration lives in."""

FEWEST_RUNS = 120
N_LUCK = 12
"""Worlds in which the company as it is shows how much luck there is, and then the best that the search found."""
N_COMMON = 2
"""Worlds of each trial of the search."""
N_CANDIDATES = 8
"""Companies of which the nearest is the fitted one."""
N_FINALISTS = 4
"""Of which the nearest is found in twice as many worlds."""
FEWEST_CHOOSING = 2
"""Worlds in which they are compared, at least."""
SHARE_SEARCH, SHARE_CHOICE, SHARE_PREDICTION = 0.12, 0.06, 0.15
ROUNDS = (0.25, 0.25, 0.5)
"""Of the runs for the posterior."""
