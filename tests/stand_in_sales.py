"""A stand-in for the simulation with a funnel of three numbers, and CRM exports of it."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

import scenarios
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER

LEAD = np.dtype([("day_reached", "i4"), ("channel", "i4"), ("day_won", "i4"), ("owner", "i4"), ("price", "f8")])
MAPPING = """leads: {id: lead, contacted: first contact, channel: source}
deals: {lead: lead, won: won, rep: rep, value: value}
dates: day-month-year
"""
START = np.datetime64("2023-01-02")


@dataclass(frozen=True)
class Run:
    """What calibration looks at in a run."""

    scenario: Scenario
    company: Any
    first_day: int


def company(**market: float) -> Scenario:
    """A small company with two channels."""
    changes = {f"market.{name}": value for name, value in market.items()}
    return scenarios.load("fast_simple_market", changes=changes)


def simulate(scenario: Scenario, seed: int) -> Run:
    """Half the prospects become leads, `share_ready` of them deals, after `project_lag_d` days on average."""
    rng = np.random.default_rng([seed, 7])
    market, days = scenario.market, scenario.days
    lead = np.zeros(rng.poisson(0.5 * market.prospects_per_day * days), LEAD)
    n = len(lead)
    lead["day_reached"] = rng.integers(0, days, n)
    lead["channel"] = rng.integers(0, len(scenario.channels), n)
    day_won = lead["day_reached"] + rng.exponential(market.project_lag_d, n).astype(int)
    is_won = (rng.random(n) < market.share_ready) & (day_won < days)
    lead["day_won"] = np.where(is_won, day_won, -1)
    lead["owner"] = rng.integers(0, 5, n)
    lead["price"] = rng.lognormal(8.0, 0.5, n)
    first = scenario.run.warm_up_quarters * DAYS_PER_QUARTER
    return Run(scenario, SimpleNamespace(lead=lead), first)


def write_export(run: Any, folder: Path) -> tuple[str, ...]:
    """Write the measured days of a run as a CRM would export them; returns the words of the command line for it."""
    lead = run.company.lead
    lead = lead[(lead["day_reached"] >= run.first_day) & (lead["channel"] >= 0)]
    names = list(run.scenario.channels)
    calendar = np.busday_offset(START, np.arange(run.scenario.days - run.first_day))
    texts = [str(day) for day in calendar]
    german = [f"{text[8:]}-{text[5:7]}-{text[:4]}" for text in texts]
    leads = ["lead,first contact,source"]
    deals = ["lead,won,rep,value"]
    for number, row in enumerate(lead):
        leads.append(f"L{number},{german[row['day_reached'] - run.first_day]},{names[row['channel']]}")
        if row["day_won"] >= 0:
            won = german[row["day_won"] - run.first_day]
            deals.append(f"L{number},{won},r{row['owner']},{row['price']:.2f}")
    for name, lines in (("leads.csv", leads), ("deals.csv", deals)):
        (folder / name).write_text("\n".join(lines) + "\n")
    (folder / "mapping.yaml").write_text(MAPPING)
    files = (("--leads", "leads.csv"), ("--deals", "deals.csv"), ("--map", "mapping.yaml"))
    return tuple(word for option, name in files for word in (option, str(folder / name)))
