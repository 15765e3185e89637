"""Every lever costs what it should and nothing else, changes what it should, and leaves the world as it is.

Two companies in the same worlds differ by one lever. The company without has every practice at rest, so that accounts
which only practices use are empty; a lever that opens another account than those named here is found, and so is one
that has become free of charge.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from scenarios.practices import Practices
from simulation import simulate
from simulation.company import build
from simulation.ledger import Hours
from tests.worlds import exogenous, first_luck

WORLDS = range(12)
AT_REST: dict[str, Any] = {
    "run.quarters": 4,
    "run.warm_up_quarters": 0,
    "people.account_executives": 4,
    "people.sdrs": 2,
    "people.marketers": 4,
    "people.managers": 3,
    "people.turnover_per_year": 0.0,
    "market.prospects_per_day": 20.0,
    "market.turbulence": 1.0,
    "money.credit_check": 0.0,
    "money.discount_max": 0.2,
    "money.discount_approved_max": 0.2,
    "practices.senior_support": 0.0,
    "practices.shared_responsibility": 0.0,
}
SIDES = ("sales", "marketing", "managers")
MEETING = {f"{side}.MEETING" for side in SIDES}
COUNTS = ("n_recycled", "n_reports", "n_outcomes_known", "n_aided", "n_accompanied")
NEVER_MOVES = ("n_arrived", "climate", "pay_managers", "hiring", "programme", "support")


@dataclass(frozen=True)
class Lever:
    """A lever's other value, the accounts it opens, what it moves and which way, and the situation it is met in."""

    value: Any
    opens: set[str] = field(default_factory=set)
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    given: tuple[tuple[str, Any], ...] = ()
    first_day: int | None = None
    """Day of the first difference in the books, where the lever itself says when its time comes."""


AGREED, TRACKED = ("practices.sla", True), ("practices.sla_tracked", True)
TYPED_IN, ASKED = ("practices.crm_coverage", 0.6), ("practices.feedback_asked", 1.0)
MUCH_TO_FOLLOW_UP = ("people.tracking_h_per_rep", 2.0)
WE_MEET, BY_NUMBER = ("practices.meeting_every_d", 10), ("pay.marketing.scheme", "mql")
BRAINSTORM, BEHIND = ("practices.brainstorm_every_d", 20), ("pay.sales.quota_eur_per_quarter", 1e7)
FEW_MARKETERS = ("people.marketers", 2)  # so that those who design campaigns come along
MOVING, SOON_OVER = ("market.turbulence", 4.0), ("behaviour.conflict.fades_after_d", 10.0)

LEVERS = {
    "meeting_every_d": Lever(10, MEETING, ("score_accuracy",), ("belief_error_marketing",), first_day=9),
    "meeting_h": Lever(2.0, set(), tuple(MEETING), given=(WE_MEET,), first_day=9),
    "meeting_discipline": Lever(0.9, set(), (*MEETING, "score_accuracy"), given=(WE_MEET,), first_day=9),
    "meeting_attendance": Lever(0.3, set(), (), (*MEETING, "score_accuracy"), given=(WE_MEET,), first_day=9),
    "meets_ad_hoc": Lever(True, MEETING, ("argued",)),
    "informal_contact_h_per_week": Lever(1.0, MEETING | {"n_recycled"}, ("trust_in_marketers", "trust_in_reps")),
    "directory": Lever(True, {"marketing.MEETING"}, ("n_content_used",)),
    "brainstorm_every_d": Lever(10, MEETING, (), ("belief_error_marketing",), given=(MOVING,), first_day=9),
    "brainstorm_people": Lever(4, set(), (), tuple(MEETING), given=(BRAINSTORM,), first_day=19),
    "crm_coverage": Lever(0.8, {"coordination", "sales.REPORTS", "n_outcomes_known"}, ("score_accuracy",)),
    "crm_accuracy": Lever(0.3, set(), (), ("n_outcomes_known", "score_accuracy"), given=(TYPED_IN,)),
    "crm_delay_d": Lever(60, set(), (), ("score_accuracy",), given=(TYPED_IN,)),
    "feedback_asked": Lever(1.0, {"sales.REPORTS", "n_reports", "n_outcomes_known"}, ("score_accuracy",)),
    "feedback_bonus_eur": Lever(100.0, set(), ("n_reports", "sales.REPORTS"), given=(ASKED,)),
    "deal_review_every_d": Lever(20, MEETING, ("score_accuracy",), first_day=19),
    "shared_numbers": Lever(1.0, {"managers.MEETING"}, (), ("blame",), given=(BEHIND,)),
    "lead_definition": Lever("joint", set(), ("marketing.LEADS",)),
    "qualification_bar": Lever(1.5, set(), (), ("n_mql", "sales.LEADS")),
    "bar_set_by": Lever("both", {"managers.MEETING"}, (), ("n_mql",), given=(BY_NUMBER,)),
    "lead_target": Lever("capacity", {"managers.MEETING"}, (), ("n_mql",), given=(BY_NUMBER,)),
    "hand_off_delay_d": Lever(0, set(), ("marketing.LEADS", "n_sql")),
    "lead_allocation": Lever("by_results", {"managers.REPORTS"}),
    "sla": Lever(True, set(), ("sales.LEADS", "n_sal")),
    "sla_tracked": Lever(True, {"coordination", "managers.REPORTS"}, ("n_sal", "sales.LEADS"), given=(AGREED,)),
    "sla_follow_up_h": Lever(0.5, set(), ("sales.LEADS",), given=(AGREED, TRACKED)),
    "sla_attempts": Lever(9, set(), ("sales.LEADS", "n_sql"), given=(AGREED, TRACKED)),
    "sla_accepted_share": Lever(0.9, set(), (), ("n_mql",), given=(AGREED, TRACKED, ASKED)),
    "recycling": Lever(True, {"n_recycled"}, ("marketing.LEADS", "n_hand_overs")),
    "nurture_every_d": Lever(10, set(), ("marketing.LEADS", "n_mql")),
    "automation": Lever(True, {"coordination"}, (), ("marketing.LEADS",)),
    "joint_planning": Lever(True, {"coordination", "sales.MEETING"}),
    "content_input": Lever(1.0, {"sales.MEETING"}, ("n_content_used",)),
    "joint_training_h_per_quarter": Lever(
        8.0, {"sales.TRAINING", "marketing.TRAINING"}, ("managers.TRAINING",), first_day=15
    ),
    "joint_calls": Lever(
        1.0,
        {"marketing.OPPORTUNITIES", "n_accompanied"},
        (),
        ("belief_error_marketing",),
        given=(MOVING, FEW_MARKETERS),
    ),
    "solution_aids": Lever(1.0, {"marketing.OPPORTUNITIES", "n_aided"}, (), ("sales.OPPORTUNITIES",)),
    "marketing_in_funnel": Lever(True, {"marketing.OPPORTUNITIES"}),
    "liaison": Lever(True, {"marketing.MEETING"}, ("argued", "score_accuracy"), ("marketing.PROSPECTING",)),
    "rotations_per_year": Lever(6.0, {"sales.TRAINING", "marketing.TRAINING"}, ("trust_in_marketers", "trust_in_reps")),
    "customer_contact_h_per_week": Lever(5.0, {"marketing.CUSTOMERS"}, (), ("belief_error_marketing",)),
    "one_head": Lever(
        True, set(), (), ("disputes_open", "managers.REPORTS", "n_sal"), given=(AGREED, TRACKED, MUCH_TO_FOLLOW_UP)
    ),
    "upstream_share": Lever(0.5, set(), ("marketing.REPORTS",), ("marketing.PROSPECTING",)),
    "marketing_status": Lever(1.0, set(), ("sales.DISPUTES", "n_disputes")),
    "leading_side": Lever("sales", set(), ("sales.DISPUTES", "n_disputes")),
    "senior_support": Lever(0.8, {"managers.MEETING"}, (), ("managers.ADMIN",)),
    "shared_responsibility": Lever(1.0, {"managers.MEETING"}, (), ("blame",), given=(BEHIND,)),
    "ruling_days": Lever(2.0, set(), ("managers.DISPUTES",), ("disputes_open",), given=(SOON_OVER,)),
    "shared_reward": Lever(0.5, set(), (), ("n_mql",), given=(BY_NUMBER,)),
    "credit_shared": Lever(1.0, set(), ("pay_marketing",)),
}
ELSEWHERE = {
    "sales_structure": "behaviour/test_people.py",
    "upstream_measure": "behaviour/test_market_side.py",
    "budget_rule": "behaviour/test_market_side.py",
}


ACCOUNTS = [f"{side}.{use.name}" for side in SIDES for use in Hours] + ["coordination", *COUNTS]
MOVED = {account for lever in LEVERS.values() for account in (*lever.up, *lever.down)}


@dataclass(frozen=True)
class Seen:
    """What is kept of a run: accounts at the end, columns and days of the books to compare, and its world."""

    totals: dict[str, float]
    columns: dict[str, bytes]
    days: list[int]
    world: dict[str, int]


def seen(scenario, seed):
    run = simulate(scenario, seed)
    return Seen(
        totals={account: total(run.daily, account) for account in {*ACCOUNTS, *MOVED}},
        columns={column: run.daily[column].tobytes() for column in (*NEVER_MOVES, "coordination")},
        days=[hash(day.tobytes()) for day in run.daily],
        world={name: hash(column) for name, column in exogenous(run.company).items()},
    )


def total(book, account):
    """What an account holds at the end: `side.USE` are hours, other names columns of the books."""
    side, _, use = account.partition(".")
    return float(book[f"hours_{side}"][:, Hours[use]].sum() if use else book[account].sum())


def scenario_with(changes):
    return scenarios.with_changes(Scenario(), {**AT_REST, **dict(changes)})


@cache
def runs(changes: tuple[tuple[str, Any], ...]) -> list[Seen]:
    """The company at rest but for these changes, once in each world."""
    return [seen(scenario_with(changes), seed) for seed in WORLDS]


def situations(name):
    """What is changed in the company without and with a lever, where it is met."""
    lever = LEVERS[name]
    return lever.given, (*lever.given, (f"practices.{name}", lever.value))


def pair(name):
    """The runs without and with a lever."""
    without, with_it = situations(name)
    return runs(without), runs(with_it)


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_opens_its_accounts_and_no_other(name):
    off, on = pair(name)
    closed = {account for account in ACCOUNTS if not any(run.totals[account] for run in off)}
    opened = {account for account in closed if all(run.totals[account] > 0.0 for run in on)}
    touched = {account for account in closed if any(run.totals[account] for run in on)}
    assert opened == touched == LEVERS[name].opens


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.up or lever.down])
def test_a_lever_moves_what_it_should(name):
    lever, (off, on) = LEVERS[name], pair(name)
    for account in (*lever.up, *lever.down):
        sums = [(one.totals[account], other.totals[account]) for one, other in zip(off, on, strict=True)]
        moves = np.array([(after - before) / (after + before) for before, after in sums])
        moves = moves if account in lever.up else -moves
        assert moves.mean() > 3.0 * moves.std(ddof=1) / np.sqrt(len(moves)), f"{account}: {moves}"


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_leaves_the_world_and_what_it_does_not_pay_for(name):
    fixed = (*NEVER_MOVES, *(() if "coordination" in LEVERS[name].opens else ("coordination",)))
    for one, other in zip(*pair(name), strict=True):
        assert one.world == other.world
        assert [column for column in fixed if one.columns[column] != other.columns[column]] == []
    here, there = (first_luck(build(scenario_with(changes), 0)) for changes in situations(name))
    assert here == there


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.first_day is not None])
def test_nothing_happens_before_a_levers_first_time(name):
    for one, other in zip(*pair(name), strict=True):
        differs = [day for day, (here, there) in enumerate(zip(one.days, other.days, strict=True)) if here != there]
        assert differs[0] == LEVERS[name].first_day


def test_every_lever_is_tried(sources):
    assert set(Practices.model_fields) - LEVERS.keys() == ELSEWHERE.keys()
    for name, file in ELSEWHERE.items():
        assert name in sources[f"tests/{file}"]
