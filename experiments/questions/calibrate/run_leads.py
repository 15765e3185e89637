"""The leads of a simulated run in the form of a company's data."""

from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.crm.known_leads import OWN, REFERRAL, KnownLeads
from experiments.crm.window import Window

_NONE = -1


def leads_of_run(run: Any, channels: tuple[str, ...], window: Window) -> KnownLeads:
    """The leads of a simulated run as a CRM would know them: those reached on a day of the window, by these channels.

    Without channels, where a company's data know none, all of them count together. The first measured day is the first
    day of leads in the window; deals count until the window's last day.
    """
    from simulation.queues import NOBODY
    from simulation.referral import REFERRAL as FROM_CUSTOMER

    first = run.first_day
    calendar = window.calendar(run.scenario.days - first)
    lead = run.company.lead
    lead = lead[(lead["day_reached"] >= first) & (lead["day_reached"] - first < len(calendar))]
    places = {name: place for place, name in enumerate(run.scenario.channels)}
    codes = {OWN: NOBODY, REFERRAL: FROM_CUSTOMER} | places
    channel = np.full(len(lead), _NONE)
    for place, name in enumerate(channels):
        channel[lead["channel"] == codes[name]] = place
    contacted = calendar[lead["day_reached"] - first]
    lead, channel, contacted = _those((channel >= 0) | (not channels), lead, channel, contacted)
    lead, channel, contacted = _those(contacted <= np.datetime64(window.leads_until), lead, channel, contacted)
    is_won = lead["day_won"] >= first
    is_won[is_won] = calendar[lead["day_won"][is_won] - first] <= np.datetime64(window.deals_until)
    won = np.full(len(lead), np.datetime64("NaT"), "datetime64[D]")
    won[is_won] = calendar[lead["day_won"][is_won] - first]
    rep = np.where(is_won, lead["owner"], _NONE).astype(np.int64)
    value = np.where(is_won, lead["price"], np.nan)
    return KnownLeads(channels, contacted, channel.astype(np.int64), won, rep, value)


def _those(keep: npt.NDArray[np.bool_], *arrays: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    return [array[keep] for array in arrays]
