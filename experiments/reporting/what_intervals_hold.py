"""What the intervals of a report hold: luck alone, or luck and the draws of the assumptions together."""

from experiments.designs.assumptions import Assumptions
from experiments.wording.language import say


def luck_alone() -> str:
    """A sentence on the doubt in intervals over worlds, where nothing was drawn."""
    return say(
        "Intervals are 95 % each, by Student's t, and hold luck only: what other worlds would have brought with the "
        "same assumptions."
    )


def what_intervals_hold(drawn: Assumptions | None) -> str:
    """A sentence on the doubt in intervals of means."""
    if drawn is None:
        return luck_alone()
    return say(
        "Intervals are 95 % each, by Student's t: where the mean over worlds and draws of the assumptions lies. One "
        "company has one draw: it may lie far from that mean."
    )
