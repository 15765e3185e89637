"""Sums and means of columns. Numba's own would take as long to compile as some thirty rules."""

from simulation.compiled import compiled


@compiled
def total(values):
    """Sum of `values` (n,), from the first to the last."""
    total = 0.0
    for place in range(values.shape[0]):
        total += values[place]
    return total


@compiled
def mean(values):
    """Mean of `values` (n,); NaN if there are none. Worked number: 1, 2 and 6 have the mean 3."""
    return total(values) / values.shape[0]


@compiled
def mean_of_table(values):
    """Mean of `values` (n, m), row by row; NaN if there are none."""
    total = 0.0
    for row in range(values.shape[0]):
        for place in range(values.shape[1]):
            total += values[row, place]
    return total / (values.shape[0] * values.shape[1])
