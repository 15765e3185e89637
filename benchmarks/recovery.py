"""Does `calibrate` find what made the data? Companies whose truth is known play reality, again and again.

    python -m benchmarks.recovery [FITS] [KIND] [RUNS] [FIRST]

Each truth is drawn inside the ranges that are searched; one run of the model with it is written as a CRM export, which
is fitted from the company as shipped. KIND spoils the export so that some figures cannot be met: `values` (a 25th of
what they are, out of range), `days` (deals close 90 days later), `channel` (one channel has four times its leads);
`none` leaves it as it is. Prints a line of JSON a fit, then how often the truth lies in the 90 % interval of parameters
that are told, and whether any fit ended further from the data than it began.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

import scenarios
import simulation
from experiments.execution.runner import Settings
from experiments.questions.calibrate.ask import CalibrateQuestion
from experiments.questions.calibrate.uncertain import changes_at, parse_wishes
from experiments.studies.study import Study
from simulation.queues import NOBODY
from simulation.referral import REFERRAL

COMPANY = "small_firm"
WISHES = (
    "channels.search.contacts_max=x0.25:x4",
    "channels.content.contacts_max=x0.25:x4",
    "market.share_ready=0.1:0.6",
    "segments.*.buyer_pace_d=x0.33:x3",
    "segments.*.deal_value_eur=x0.25:x4",
)
CHANGES = {"run.quarters": 6}
KINDS = ("none", "values", "days", "channel")
_SPOILT_CHANNEL, _TIMES, _LATER_D, _VALUE_SHARE = "display", 4, 90, 0.04
_FIRST = 70_000_000  # worlds of truths, this far on met by nothing else
_START = np.datetime64("2023-01-02")
_MAPPING = """leads: {id: lead, contacted: contacted, channel: source}
deals: {lead: lead, won: won, value: value}
channels: {own_prospecting: [own], customer_referral: [referral]}
"""


@dataclass(frozen=True)
class Recovered:
    """One fit: by parameter whether it was told and whether its 90 % interval holds the truth; distances."""

    kind: str
    number: int
    told: dict[str, bool]
    holds: dict[str, bool]
    distance: dict[str, Any]
    is_good: bool
    cannot_be_met: list[str]


def recovered(number: int, kind: str, runs: int) -> Recovered:
    """Make a company, fit it, and compare."""
    company = scenarios.load(COMPANY, changes=CHANGES)
    uncertain = parse_wishes(WISHES, company)
    places = np.random.default_rng([_FIRST, number]).uniform(0.05, 0.95, len(uncertain))
    truth = scenarios.load(COMPANY, changes=CHANGES | changes_at(uncertain, places))
    with TemporaryDirectory() as folder:
        files = write_export(simulation.simulate(truth, _FIRST + number), kind, Path(folder))
        question = CalibrateQuestion(COMPANY, *files, fit=WISHES, runs=runs, seed=number, changes=CHANGES)
        plan = question.plan()
        with Study(plan, Settings(workers=1)) as study:
            result = question.conclude(plan, study)
    table = result.parameters.set_index("parameter")
    true = {one.path: one.value(place) for one, place in zip(uncertain, places.tolist(), strict=True)}
    return Recovered(
        kind=kind,
        number=number,
        told={name: table.loc[name, "verdict"] == "told" for name in true},
        holds={name: bool(table.loc[name, "low"] <= value <= table.loc[name, "high"]) for name, value in true.items()},
        distance=result.choice.distances,
        is_good=result.is_good,
        cannot_be_met=list(result.out_of_reach),
    )


def write_export(run: Any, kind: str, folder: Path) -> tuple[Path, Path, Path]:
    """The measured days of a run as a CRM would export them; returns leads, deals and mapping."""
    lead = run.company.lead[run.company.lead["day_reached"] >= run.first_day]
    names = {NOBODY: "own", REFERRAL: "referral"} | dict(enumerate(run.scenario.channels))
    sources = np.array([names[code] for code in lead["channel"].tolist()])
    if kind == "channel":
        often = np.where(sources == _SPOILT_CHANNEL, _TIMES, 1)
        lead, sources = np.repeat(lead, often), np.repeat(sources, often)
    contacted = np.busday_offset(_START, lead["day_reached"] - run.first_day)
    is_won = lead["day_won"] >= 0
    won = np.busday_offset(_START, lead["day_won"][is_won] - run.first_day)
    won = won + np.timedelta64(_LATER_D if kind == "days" else 0, "D")
    value = lead["price"][is_won] * (_VALUE_SHARE if kind == "values" else 1)
    rows = [f"L{n},{day},{source}" for n, (day, source) in enumerate(zip(contacted, sources, strict=True))]
    deals = [f"L{n},{day},{eur:.2f}" for n, day, eur in zip(np.flatnonzero(is_won), won, value, strict=True)]
    files = (folder / "leads.csv", folder / "deals.csv", folder / "mapping.yaml")
    files[0].write_text("\n".join(["lead,contacted,source", *rows, ""]))
    files[1].write_text("\n".join(["lead,won,value", *deals, ""]))
    files[2].write_text(_MAPPING)
    return files


def summary(found: Sequence[Recovered]) -> dict[str, Any]:
    """How often the truth was held, over all fits and by parameter, and how often a fit went away from the data."""
    held = [(name, one.holds[name]) for one in found for name, is_told in one.told.items() if is_told]
    by_name = {name: [is_held for other, is_held in held if other == name] for name in found[0].told}
    distances = [one.distance for one in found]
    return {
        "fits": len(found),
        "told": len(held),
        "asked": sum(len(one.told) for one in found),
        "held": float(np.mean([is_held for _, is_held in held])) if held else None,
        "held_of_all": float(np.mean([list(one.holds.values()) for one in found])),
        "by_parameter": {name: f"{sum(some)} of {len(some)}" for name, some in by_name.items()},
        "good_fits": sum(one.is_good for one in found),
        "further_than_before": sum(one["after"] > one["before"] for one in distances),
        "further_than_search": sum(one["after"] > one["best_of_search"] for one in distances),
        "further_in_other_worlds": sum(one["again_after"] > one["again_before"] for one in distances),
        "median_distance": {
            key: float(np.median([one[key] for one in distances])) for key in ("before", "best_of_search", "after")
        },
    }


def main(n_fits: int = 50, kind: str = "none", runs: int = 400, first: int = 0) -> dict[str, Any]:
    """So many fits of one kind; prints each, returns the summary."""
    found = []
    for number in range(first, first + n_fits):
        found.append(recovered(number, kind, runs))
        print(json.dumps(vars(found[-1]), default=bool), flush=True)
    return {"kind": kind, "runs": runs} | summary(found)


if __name__ == "__main__":
    words = sys.argv[1:]
    given = [int(word) if word.isdigit() else word for word in words]
    print(json.dumps(main(*given)))  # type: ignore[arg-type]
