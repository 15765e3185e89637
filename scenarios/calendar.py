"""What a company changes on its way: a lever, the working day from which on, and its new value.

    calendar:
      practices.sla@252: true

Day 0 is the first day after the warm-up. In a program, and on the command line, the same is a change of
`practices.sla@252`.
"""

import re
from typing import Any, NamedTuple

CHANGEABLE = ("practices", "pay", "money")
"""Sections whose values a company can change on its way."""
FIRST_DAY_ONLY = {
    "practices.head_of_sales_from": "who heads Sales is settled on the first day",
    "pay.sales.quota_eur_per_quarter": "later quotas follow from forecasts",
    "pay.marketing.mql_target_per_quarter": "later targets follow from forecasts",
}
"""Values that nothing looks at after the first day, and why."""
_WRITTEN = re.compile(r"(?P<path>[a-z_]+(\.[a-z_]+)+)@(?P<day>\d+)")


class PlannedChange(NamedTuple):
    """From `day` on (working days after the warm-up) the lever at a dotted `path` has this `value`."""

    path: str
    day: int
    value: Any


def planned(written: str, value: Any) -> PlannedChange:
    """A change as it is written in a calendar; raises ValueError for a key that is none."""
    read = _WRITTEN.fullmatch(written)
    if read is None or read["path"].split(".")[0] not in CHANGEABLE:
        raise ValueError(
            f"calendar: {written} is no change; write it like practices.sla@252, of {', '.join(CHANGEABLE)}"
        )
    if read["path"] in FIRST_DAY_ONLY:
        raise ValueError(f"calendar: {written} would change nothing: {FIRST_DAY_ONLY[read['path']]}")
    return PlannedChange(read["path"], int(read["day"]), value)


def is_planned(path: str) -> bool:
    """Whether a path names a change on its way, with the day after an @."""
    return "@" in path
