"""Leads and what became of them, in one form for a company's data and for a simulated run."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.crm.window import Days

OWN, REFERRAL = "own_prospecting", "customer_referral"
"""Ways to us that are no channels: a rep found the lead; a customer sent it."""


@dataclass(frozen=True)
class KnownLeads:
    """Leads of the window, one place each in every array.

    `channels` are the names that `channel` counts. `won` is NaT for a lead that did not become a deal until the last
    day looked at. `rep` is a number per rep, `value` in EUR a year; -1 and NaN where unknown or not won.
    """

    channels: tuple[str, ...]
    contacted: Days
    channel: npt.NDArray[np.int64]
    won: Days
    rep: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.contacted)

    def part(self, keep: npt.NDArray[Any]) -> "KnownLeads":
        """The leads at some places."""
        return KnownLeads(
            self.channels,
            self.contacted[keep],
            self.channel[keep],
            self.won[keep],
            self.rep[keep],
            self.value[keep],
        )
