"""What the intervals of a report hold: luck alone, or luck and the draws of the assumptions together."""

from experiments.designs.assumptions import Assumptions
from experiments.reporting.report import LUCK

BOTH = (
    "Intervals are 95 % each, by Student's t: where the mean over worlds and draws of the assumptions lies. One "
    "company has one draw: it may lie far from that mean."
)


def what_intervals_hold(drawn: Assumptions | None) -> str:
    """A sentence on the doubt in intervals of means."""
    return LUCK if drawn is None else BOTH
