"""What is moved until the company shows what was said: one parameter or more for each figure that was given."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from experiments.questions.new.described_figures import WORDS
from experiments.questions.new.scaled_company import PATIENCE, Draft, Values, patience, round_to
from experiments.statistics import paired
from experiments.wording.parameters import declared
from scenarios import Scenario

MENDED = "moved to show {figure} as you say"
_LONG, _MOST_STEPS = 1.5, 14
"""A cycle so many times as long takes more steps, not only slower ones."""


@dataclass(frozen=True)
class DescribedLever:
    """Something that moves a figure: 0 leaves it as drafted, 1 is a usual move; `values` says what then stands where.

    `reach` are the sizes between which it may be moved; `direct` (None: nobody knows) is how far it must be moved to
    take a figure from what is shown to what was said, if nothing else mattered.
    """

    name: str
    figure: str
    words: str
    usual: float
    reach: tuple[float, float]
    values: Callable[[Scenario, float], Mapping[str, Any]]
    direct: Callable[[float, float], float] | None = None

    def guess(self, said: float, shown: float) -> float:
        """A move of the lever by what its figure misses; 0 where that is not known."""
        is_known = self.direct is not None and math.isfinite(shown) and shown > 0
        return self.direct(said, shown) if self.direct is not None and is_known else 0.0


def _inside(path: str, value: float) -> float:
    """A value cut to what is plausible."""
    plausible = declared(path).plausible  # type: ignore[union-attr]
    assert plausible is not None
    return min(max(value, plausible[0]), plausible[1])


def _possible(path: str, value: float) -> float:
    """A value cut to what a company can have at all."""
    low, high = _limits(path)
    return min(max(value, low), high)


@cache
def _limits(path: str) -> tuple[float, float]:
    bounds = declared(path).bounds  # type: ignore[union-attr]
    return (-math.inf if bounds.ge is None else bounds.ge), (math.inf if bounds.le is None else bounds.le)


def _prospects(company: Scenario, size: float) -> dict[str, Any]:
    return {"market.prospects_per_day": company.market.prospects_per_day * math.exp(size)}


def _lead_work(company: Scenario, size: float) -> dict[str, Any]:
    """Many leads for few marketers look after themselves, or there would not be as many."""
    work = company.behaviour.work
    hours = ("qualify_h", "project_signs_h", "hand_off_h")
    return {f"behaviour.work.{name}": getattr(work, name) * math.exp(size) for name in hours}


def _of_segments(company: Scenario, field: str, size: float) -> dict[str, Any]:
    return {
        f"segments.{name}.{field}": getattr(segment, field) * math.exp(size)
        for name, segment in company.segments.items()
    }


def _competition(company: Scenario, size: float) -> dict[str, Any]:
    return {f"segments.{name}.competition": one.competition + size for name, one in company.segments.items()}


def _pace(company: Scenario, size: float) -> dict[str, Any]:
    """Slower buyers look for longer, too."""
    return _of_segments(company, "buyer_pace_d", size) | _of_segments(company, "patience_d", size)


def _shifted(share: float, size: float) -> float:
    return 1.0 / (1.0 + math.exp(-math.log(share / (1.0 - share)) - size))


def _patience(company: Scenario, size: float) -> dict[str, Any]:
    return _of_segments(company, "patience_d", size)


def _in_logs(said: float, shown: float) -> float:
    return math.log(said / shown)


def _in_logits(said: float, shown: float) -> float:
    """From one share to another; what is shown may be all."""
    shown = min(shown, 0.999)
    return math.log(said / (1 - said)) - math.log(shown / (1 - shown))


def _down_in_logits(said: float, shown: float) -> float:
    """For what lowers a share."""
    return -_in_logits(said, shown)


def _renewal(company: Scenario, size: float) -> dict[str, Any]:
    ends = ("renewal_at_worst", "renewal_at_best")
    return {f"customers.{end}": _shifted(getattr(company.customers, end), size) for end in ends}


def _ready(company: Scenario, size: float) -> dict[str, Any]:
    wanted = _shifted(company.market.share_ready, size)
    return {"market.share_ready": min(_inside("market.share_ready", wanted), 1.0 - company.market.share_never_fit)}


def _junk(company: Scenario, size: float) -> dict[str, Any]:
    """How many channels reach who have no project now, or never."""
    pulls = ("pull_later", "pull_never_fit")
    return {
        f"channels.{name}.{pull}": getattr(channel, pull) * math.exp(size)
        for name, channel in company.channels.items()
        if channel.contacts_max > 0
        for pull in pulls
    }


def _found(company: Scenario, size: float) -> dict[str, Any]:
    path = "behaviour.attention.p_connect_cold"
    return {path: _inside(path, company.behaviour.attention.p_connect_cold * math.exp(size))}


LEVERS = (
    DescribedLever("prospects", "leads_per_month", "prospects a day", 1.0, (-5, 4), _prospects, _in_logs),
    DescribedLever("lead_work", "leads_per_month", "hours marketers need for a lead", 0.5, (-2.5, 0.5), _lead_work),
    DescribedLever(
        "competition",
        "share_won",
        "what rivals take",
        1.0,
        (-7, 5),
        _competition,
        _down_in_logits,
    ),
    DescribedLever("patience", "share_won", "how long buyers look", 0.4, (-1, 1.5), _patience),
    DescribedLever("pace", "days_to_signature", "how fast buyers move", 1.0, (-3, 3), _pace, _in_logs),
    DescribedLever(
        "value",
        "deal_value_eur",
        "what prospects spend",
        0.5,
        (-1.5, 1.5),
        lambda company, size: _of_segments(company, "deal_value_eur", size),
        _in_logs,
    ),
    DescribedLever(
        "renewal",
        "churn_per_year",
        "how many renew",
        1.0,
        (-4, 4),
        _renewal,
        _down_in_logits,
    ),
    DescribedLever("junk", "contracts_per_month", "leads without a project", 0.5, (-2, 1), _junk),
    DescribedLever("ready", "contracts_per_month", "prospects with a project", 0.4, (-1, 1), _ready),
    DescribedLever("found", "contracts_per_month", "how often cold calls reach somebody", 0.5, (-1.5, 1.5), _found),
    DescribedLever(
        "hours",
        "contracts_per_month",
        "hours a deal takes",
        0.4,
        (-1.2, 1.2),
        lambda company, size: _of_segments(company, "selling_h", size),
    ),
)


def levers_for(figures: Sequence[str]) -> tuple[DescribedLever, ...]:
    """Those of the figures that were said."""
    return tuple(lever for lever in LEVERS if lever.figure in figures)


def moved(draft: Draft, levers: Sequence[DescribedLever], sizes: paired.Values) -> Draft:
    """The draft with its levers moved."""
    for lever, size in zip(levers, sizes.tolist(), strict=True):
        why = MENDED.format(figure=WORDS[lever.figure])
        values = lever.values(draft.scenario, size)  # one after the other: two may move the same parameter
        draft = draft.more({path: (round_to(_possible(path, value), 4), why) for path, value in values.items()})
    return in_proportion(draft)


def in_proportion(draft: Draft) -> Draft:
    """With money and people of Marketing going as far as in the company that is near, whatever the size of the market.

    Spending a prospect next to what fills a channel half is as there, and so are hours next to what campaigns take.
    """
    near, company = draft.nearest, draft.scenario
    market = company.market.prospects_per_day / near.market.prospects_per_day
    money = max(1e-3, company.money.programme_eur_per_year / near.money.programme_eur_per_year / market)
    hours = company.people.marketers / near.people.marketers / market
    reach = f"your budget reaches as far as in {near.name}"
    values: Values = {
        f"channels.{name}.half_spend_eur": (round_to(channel.half_spend_eur * money), reach)
        for name, channel in near.channels.items()
        if channel.half_spend_eur > 0
    }
    campaign_h = round_to(near.behaviour.work.campaign_h * hours)
    values["behaviour.work.campaign_h"] = (campaign_h, f"your marketers keep up as well as in {near.name}")
    return draft.more(values)


def lengthened(draft: Draft, ratio: float) -> Draft:
    """A draft whose deals take `ratio` times as long has more steps, or fewer; pace does the rest."""
    if 1 / _LONG < ratio < _LONG:
        return draft
    why = "deals take longer than there" if ratio > 1 else "deals take less long than there"
    values: Values = {}
    for name, near in draft.nearest.segments.items():
        steps = int(np.clip(round(near.steps * math.sqrt(ratio)), 1, _MOST_STEPS))
        values[f"segments.{name}.steps"] = (steps, why)
        looked = patience(near, steps, draft.scenario.segments[name].buyers)
        path = f"segments.{name}.patience_d"
        values[path] = (_possible(path, looked), PATIENCE)
    return draft.more(values)


def targeted(draft: Draft, shown: Mapping[str, float]) -> Draft:
    """With quotas and targets that this company's people can make, where nobody said them."""
    values: Values = {}
    why = "what the company's people make on average"
    for path, name in (
        ("pay.sales.quota_eur_per_quarter", "booked_eur_per_quarter"),
        ("pay.marketing.mql_target_per_quarter", "mql_per_quarter"),
        ("pay.sales.sdr_target_per_quarter", "sql_per_sdr"),
    ):
        is_said = path.endswith("quota_eur_per_quarter") and draft.description["quota_eur_per_year"] is not None
        if not is_said and math.isfinite(shown[name]) and shown[name] > 0:
            values[path] = (round_to(max(1.0, shown[name])), why)
    return draft.more(values)
