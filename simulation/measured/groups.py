"""The funnel by segment and by channel, campaigns, and every lead in readable words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from scenarios.run_length import CALENDAR_DAYS_PER_WORKING_DAY
from simulation.measured.column import Column, columns, frame
from simulation.measured.lead_fates import Fate, Flags, by_prospect, customers_of, fates_of, list_prices

if TYPE_CHECKING:
    import pandas as pd

OWN_PROSPECTING, RECOMMENDED = "own prospecting", "recommended"
FUNNEL = columns(
    ("n_leads", "leads", "reached in the measured days"),
    ("n_mql", "leads", "last handed over to Sales in the measured days"),
    ("n_worked", "leads", "contacted by Sales in the measured days"),
    ("n_sql", "leads", "found to have a project in the measured days"),
    ("n_opportunities", "opportunities", "opened in the measured days"),
    ("n_won", "deals", "won in the measured days"),
    ("n_lost", "opportunities", "lost in the measured days"),
    ("won_per_lead", "share", "deals won per lead reached"),
    ("win_rate", "share", "won of opportunities decided"),
    ("share_never_worked", "share", "of leads handed over and ended, those no rep ever contacted"),
    ("response_h_median", "hours", "from the hand-over to the first attempt by a rep"),
    ("response_within_1h", "share", "of leads contacted, those within an hour of the hand-over"),
    ("response_within_24h", "share", "of leads contacted, those within a day of the hand-over"),
    ("cycle_days_median", "calendar days", "from the first contact to the signature"),
    ("bookings_new_eur", "EUR", "new contracts signed"),
    ("discount", "share", "of list price given away on new contracts"),
    ("margin_eur", "EUR", "gross margin of new contracts and renewals"),
)
MARKET = columns(
    ("n_prospects", "prospects", "appeared in the measured days"),
    (
        "n_bought",
        "prospects",
        "with a project who bought in the measured days, from the company or when their window ended",
    ),
    ("market_share", "share", "of these, won by the company"),
    ("n_customers", "customers", "at the end"),
    ("churn", "share", "of all customers of the whole run, those who left"),
)
SEGMENTS = [Column("segment", "-", "name of the segment"), *MARKET, *FUNNEL]
CHANNELS = [
    Column("channel", "-", f"name of the channel, or {OWN_PROSPECTING} of reps, or {RECOMMENDED} by a customer"),
    *FUNNEL,
]


def funnel_of(run: Any, where: Flags) -> list[float]:
    """The values of `FUNNEL` for some leads of a run."""
    lead, first, brought = run.company.lead, run.first_day, customers_of(run)

    def since(column: str) -> Flags:
        """Which leads reached this step in measured days."""
        return np.asarray(where & (lead[column] >= first))

    won, given_up = since("day_won"), since("day_lost") & (fates_of(lead) == Fate.LOST)
    handed, worked = since("day_mql"), since("day_contacted")
    ended = handed & (lead["day_lost"] >= 0) | handed & (lead["day_contacted"] >= 0)
    response = lead["response_h"][worked & (lead["day_mql"] >= 0)]
    days = (lead["day_won"] - lead["day_reached"])[won] * CALENDAR_DAYS_PER_WORKING_DAY
    booked, listed = float(lead["price"][won].sum()), float(list_prices(run)[won].sum())
    reached, lost = int(since("day_reached").sum()), int(given_up.sum())
    return [
        *(reached, int(handed.sum()), int(worked.sum()), int(since("day_sql").sum())),
        *(int(since("day_opportunity").sum()), int(won.sum()), lost),
        *(share(won.sum(), reached), share(won.sum(), won.sum() + lost)),
        share((ended & (lead["day_contacted"] < 0)).sum(), ended.sum()),
        median(response),
        *(share((response <= limit).sum(), len(response)) for limit in (1.0, 24.0)),
        median(days),
        *(booked, 1.0 - share(booked, listed)),
        float((brought.new + brought.renewed)[where].sum()),
    ]


def market_of(run: Any, prospects: Flags, leads: Flags) -> list[float]:
    """The values of `MARKET` for some prospects of a run, and for those of them whom the company knows."""
    from simulation.status import Status

    lead, first, last = run.company.lead, run.first_day, run.scenario.days
    arrived = prospects & (run.company.prospect["day_arrived"] >= first)
    arrived[: run.scenario.customers.installed_base] = False
    n_won = (leads & (lead["day_won"] >= first)).sum()
    n_bought = n_won + (prospects & buys_elsewhere(run, first, last)).sum()
    is_customer, has_churned = lead["status"] == Status.CUSTOMER, lead["status"] == Status.CHURNED
    return [
        *(int(arrived.sum()), int(n_bought), share(n_won, n_bought)),
        int((leads & is_customer).sum()),
        share((leads & has_churned).sum(), (leads & (is_customer | has_churned)).sum()),
    ]


def buys_elsewhere(run: Any, first: int, last: int) -> Flags:
    """Which prospects with a project are not the company's, and their window ends on the days `first` to `last` - 1."""
    from simulation.status import Status

    prospect, lead = run.company.prospect, run.company.lead
    end = prospect["day_window_end"]
    has_project = (prospect["day_project"] >= 0) & (prospect["day_project"] <= end)
    is_ours = (lead["day_won"] >= 0) | np.isin(lead["status"], [Status.CUSTOMER, Status.CHURNED])
    return np.asarray(has_project & ~by_prospect(run.company, is_ours, False) & (end >= first) & (end < last))


def segments(run: Any) -> "pd.DataFrame":
    """One row a segment."""
    rows = []
    for place, name in enumerate(run.scenario.segments):
        prospects, leads = (table["segment"] == place for table in (run.company.prospect, run.company.lead))
        rows.append([name, *market_of(run, prospects, leads), *funnel_of(run, leads)])
    return frame(SEGMENTS, rows)


def channels(run: Any) -> "pd.DataFrame":
    """One row a channel, then what reps found themselves, and what customers recommended."""
    from simulation.queues import NOBODY
    from simulation.referral import REFERRAL

    lead = run.company.lead
    reached = lead["day_reached"] >= 0
    names = [*enumerate(run.scenario.channels), (NOBODY, OWN_PROSPECTING), (REFERRAL, RECOMMENDED)]
    return frame(CHANNELS, ([name, *funnel_of(run, reached & (lead["channel"] == place))] for place, name in names))


CAMPAIGNS = columns(
    ("segment", "-", "whom it addresses"),
    ("number", "-", "of the campaign among those of its segment, from 0"),
    ("designer", "-", "number of the marketer who designed it"),
    ("day_begun", "working days", "day its design was begun"),
    ("day_running", "working days", "first day it ran"),
    ("day_replaced", "working days", "day the next one took its place; the day after the last if none did"),
    ("error", "need units", "distance of its message from the need on its first day"),
    ("n_notices", "prospects", "answered it"),
    ("n_mql", "leads", "of them handed over to Sales"),
    ("n_won", "deals", "of them won"),
    ("bookings_eur", "EUR", "new contracts with them"),
)


def campaigns(run: Any) -> "pd.DataFrame":
    """One row a campaign that ran, segment by segment in the order of running."""
    return frame(CAMPAIGNS, _campaign_rows(run, run.company.campaign_run))


def _campaign_rows(run: Any, told: npt.NDArray[Any]) -> Iterator[list[Any]]:
    for place, segment in enumerate(run.scenario.segments):
        ran = told[place][told[place]["day_running"] >= 0]
        ends = [*ran["day_running"][1:], run.scenario.days]
        for number, (row, end) in enumerate(zip(ran, ends, strict=True)):
            counts = [int(row[name]) for name in ("n_notices", "n_mql", "n_won")]
            days = [int(row[name]) for name in ("day_begun", "day_running")]
            yield [
                *(segment, number, int(row["designer"]), *days, int(end)),
                *(float(row["error"]), *counts, float(row["bookings"])),
            ]


LEADS = columns(
    ("lead", "-", "number of the prospect"),
    ("segment", "-", "name of its segment"),
    ("readiness", "-", "whether it has a project: ready, later, or never fits"),
    ("status", "-", "where it stood at the end"),
    ("channel", "-", f"how it came, or {OWN_PROSPECTING}, or {RECOMMENDED}; nothing for a customer of the first day"),
    ("marketer", "-", "number of the marketer who looked after it"),
    ("rep", "-", "number of the rep who had it last"),
    ("value_eur", "EUR/year", "list price of what was, or would be, sold to it"),
    ("price_eur", "EUR/year", "signed"),
    ("margin_eur", "EUR", "gross margin of its contracts in the measured days"),
    ("day_arrived", "working days", "appeared"),
    ("day_project", "working days", "its project starts"),
    ("day_window_end", "working days", "it has bought elsewhere, or stopped listening"),
    ("day_reached", "working days", "first reached"),
    ("day_asked", "working days", "asked for a call"),
    ("day_mql", "working days", "last handed over to Sales"),
    ("day_contacted", "working days", "last taken up by a rep"),
    ("day_sql", "working days", "found to have a project"),
    ("day_opportunity", "working days", "opportunity opened"),
    ("day_won", "working days", "signed"),
    ("day_lost", "working days", "lost, or given up"),
    ("response_h", "hours", "from the hand-over to the first attempt after it"),
    ("n_handed", "times", "handed over to Sales"),
    ("n_attempts", "attempts", "of reps to reach it"),
    ("n_nurtured", "touches", "by Marketing while it was not ready"),
    ("selling_h", "hours", "of selling spent on it"),
    ("satisfaction", "0 to 1", "as a customer"),
    ("n_renewals", "contracts", "renewed"),
)
_DAYS = [column.name for column in LEADS if column.name.startswith("day_")]


def leads(run: Any) -> "pd.DataFrame":
    """One row a lead, in words, by the number of the prospect; what never happened is empty."""
    import pandas as pd

    from simulation.status import Status

    rows = run.company.lead
    brought = customers_of(run)
    ways = [*run.scenario.channels, RECOMMENDED, OWN_PROSPECTING]  # -1 is the last, -2 the one before
    reached, contacted = rows["day_reached"] >= 0, rows["day_contacted"] >= 0
    is_customer = np.isin(rows["status"], [Status.CUSTOMER, Status.CHURNED])
    table = pd.DataFrame(
        {
            "lead": rows["prospect"],
            "segment": np.array(list(run.scenario.segments))[rows["segment"]],
            "readiness": np.array(["ready", "later", "never fits"])[rows["readiness"]],
            "status": np.array([status.name.lower().replace("_", " ") for status in Status])[rows["status"]],
            "channel": np.where(reached, np.array(ways)[rows["channel"]], None),
            "marketer": _known(rows["marketer"], rows["marketer"] >= 0),
            "rep": _known(rows["owner"], rows["owner"] >= 0),
            "value_eur": list_prices(run),
            "price_eur": np.where(is_customer, rows["price"], np.nan),
            "margin_eur": brought.new + brought.renewed,
            **{name: _known(rows[name], rows[name] >= 0) for name in _DAYS},
            "response_h": np.where(contacted & (rows["day_mql"] >= 0), rows["response_h"], np.nan),
            **{name: rows[name] for name in ("n_handed", "n_attempts", "n_nurtured")},
            "selling_h": rows["h_spent"],
            "satisfaction": np.where(is_customer, rows["satisfaction"], np.nan),
            "n_renewals": rows["n_renewals"],
        }
    )
    return table.sort_values("lead").reset_index(drop=True)


def _known(values: npt.NDArray[Any], is_known: Flags) -> Any:
    """Whole numbers, empty where unknown."""
    import pandas as pd

    return pd.arrays.IntegerArray(np.where(is_known, values, 0).astype(np.int64), ~is_known)


def share(part: float, whole: float) -> float:
    """Part of a whole; NaN of nothing."""
    return float(part / whole) if whole else float("nan")


def median(values: npt.NDArray[Any]) -> float:
    """The middle value; NaN of none."""
    return float(np.median(values)) if len(values) else float("nan")
