"""Intervals of shares."""

import math


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of n. Worked number: 0.5 of 100 is 0.404 to 0.596."""
    if n == 0:
        return math.nan, math.nan
    z = 1.959964
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return centre - reach, centre + reach
