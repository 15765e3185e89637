"""What a question says on one slide: three sums of money with their doubt, and a few sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.statistics.doubt import Spread
from experiments.wording.numbers import sentence


@dataclass(frozen=True)
class Money:
    """A gain in EUR a year with the middle 80 % of replications; these are NaN where they are not known.

    The gain is shown with no more digits than `doubt` about it allows, half of an interval.
    """

    label: str
    mean: float
    low: float
    high: float
    doubt: float


@dataclass(frozen=True)
class Slide:
    """`figures` are gains `against` something, in words; `says` are headings with a sentence each, in order.

    A sentence may have lines of its own. Headline, company and origin are those of the report.
    """

    figures: Sequence[Money]
    against: str
    says: Sequence[tuple[str, str]]


def money(label: str, gap: Spread, doubt: float | None = None) -> Money:
    """A gain as it lies over replications; the doubt is half of that spread if nothing else is said."""
    half = gap.middle.half_width if doubt is None else doubt
    return Money(label, gap.mean, gap.middle.low, gap.middle.high, half)


def in_short(text: str) -> str:
    """A sentence of a conclusion without what stands before its first colon: that is the heading on a slide."""
    return sentence(re.split(": |\N{FULLWIDTH COLON}", text, maxsplit=1)[-1]).replace("`", "")
