"""How well something said fits what somebody needs."""

import math

from simulation.compiled import compiled, in_place
from simulation.elementary import exp


@in_place
def relevance(said_x, said_y, need_x, need_y):
    """Relevance 0 to 1 of a message or pitch for a need, both positions in need space (need units).

    Worked number: one need unit apart gives exp(-1/2) = 0.607.
    """
    return exp(-0.5 * ((said_x - need_x) ** 2 + (said_y - need_y) ** 2))


@compiled
def distance(ax, ay, bx, by):
    """Distance of two positions, need units. Worked number: (0, 0) to (3, 4) is 5."""
    return math.sqrt((ax - bx) ** 2 + (ay - by) ** 2)
