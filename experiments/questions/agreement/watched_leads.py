"""What is measured of a run to hold it against published figures: leads watched just as in the data."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scenarios.run_length import CALENDAR_DAYS_PER_WORKING_DAY

QUANTILES = {"p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}


@dataclass(frozen=True)
class Funnel:
    """Measures one run as the data were: leads reached in `reached_d` days, won until `watched_d`; picklable."""

    reached_d: int
    watched_d: int

    def __call__(self, run: Any) -> Mapping[str, float]:
        """`share_won`, days to won as `p25` ..., and `channel/<name>`: share won of its leads; NaN without leads."""
        lead, first = run.company.lead, run.first_day
        is_ours = lead["channel"] >= 0  # the others were found by reps
        in_time = (lead["day_reached"] >= first) & (lead["day_reached"] < first + self.reached_d)
        counted = lead[is_ours & in_time]
        is_won = (counted["day_won"] >= 0) & (counted["day_won"] < first + self.watched_d)
        days = (counted["day_won"] - counted["day_reached"])[is_won] * CALENDAR_DAYS_PER_WORKING_DAY
        values = {"n": float(len(counted)), "share_won": _share(is_won)}
        values |= {name: float(np.quantile(days, q)) if days.size else math.nan for name, q in QUANTILES.items()}
        for place, channel in enumerate(run.scenario.channels):
            values[f"channel/{channel}"] = _share(is_won[counted["channel"] == place])
        return values


def _share(flags: npt.NDArray[np.bool_]) -> float:
    return float(flags.mean()) if flags.size else math.nan
