"""Every lever costs what it should and nothing else, changes what it should, and leaves the world as it is.

Two companies in the same worlds differ by one lever. The company without has every practice at rest, so that accounts
which only practices use are empty; a lever that opens another account than its declaration names is found, and so is
one that has become free of charge. What a lever moves stands in `SEEN`; one that is not there is tried all the same.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import simulate
from simulation.company import build
from simulation.ledger import Hours
from tests.levers import LEVERS as DECLARED
from tests.levers import another_value, what_it_needs
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
MEETING = tuple(f"{side}.MEETING" for side in SIDES)
COUNTS = ("n_recycled", "n_reports", "n_outcomes_known", "n_aided", "n_accompanied")
MOVES_MONEY = {"budget_rule"}  # between the programme and support for Sales; it costs neither
NEVER_MOVES = ("n_arrived", "climate", "pay_managers", "hiring", "programme", "support")


@dataclass(frozen=True)
class Lever:
    """A lever's other value, what it moves and which way, and the situation it is met in."""

    value: Any
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    counts: set[str] = field(default_factory=set)
    """What begins to be counted with it, besides the accounts of its cost."""
    given: tuple[tuple[str, Any], ...] = ()
    first_day: int | None = None
    """Day of the first difference in the books, where the lever itself says when its time comes."""


AGREED, TRACKED = ("practices.sla", True), ("practices.sla_tracked", True)
TYPED_IN, ASKED = ("practices.crm_coverage", 0.6), ("practices.feedback_asked", 1.0)
MUCH_TO_FOLLOW_UP, TWO_HEADS = ("people.tracking_h_per_rep", 4.0), ("people.managers", 2)
WE_MEET, BY_NUMBER = ("practices.meeting_every_d", 10), ("pay.marketing.scheme", "mql")
BRAINSTORM, BEHIND = ("practices.brainstorm_every_d", 20), ("pay.sales.quota_eur_per_quarter", 1e7)
FEW_MARKETERS = ("people.marketers", 2)  # so that those who design campaigns come along
MOVING, SOON_OVER = ("market.turbulence", 4.0), ("behaviour.conflict.fades_after_d", 10.0)
BAD_BLOOD, KNOWN = ("behaviour.goodwill.start", 0.1), ("channels.web.brand_share", 0.5)

SEEN = {
    "meeting_every_d": Lever(10, up=("score_accuracy",), down=("belief_error_marketing",), first_day=9),
    "meeting_h": Lever(2.0, up=MEETING, given=(WE_MEET,), first_day=9),
    "meeting_discipline": Lever(0.9, up=(*MEETING, "score_accuracy"), given=(WE_MEET,), first_day=9),
    "meeting_attendance": Lever(0.3, down=(*MEETING, "score_accuracy"), given=(WE_MEET,), first_day=9),
    "meets_ad_hoc": Lever(True, up=("argued",)),
    "informal_contact_h_per_week": Lever(1.0, up=("trust_in_marketers", "trust_in_reps"), counts={"n_recycled"}),
    "directory": Lever(True, up=("n_content_used",)),
    "brainstorm_every_d": Lever(5, down=("belief_error_marketing",), given=(MOVING,), first_day=4),
    "brainstorm_people": Lever(4, down=MEETING, given=(BRAINSTORM,), first_day=19),
    "crm_coverage": Lever(0.8, up=("score_accuracy",), counts={"n_outcomes_known"}),
    "crm_accuracy": Lever(0.3, down=("n_outcomes_known", "score_accuracy"), given=(TYPED_IN,)),
    "crm_delay_d": Lever(60, down=("score_accuracy",), given=(TYPED_IN,)),
    "feedback_asked": Lever(1.0, up=("score_accuracy",), counts={"n_outcomes_known", "n_reports"}),
    "feedback_bonus_eur": Lever(100.0, up=("n_reports", "sales.REPORTS"), given=(ASKED,)),
    "deal_review_every_d": Lever(20, up=("score_accuracy",), first_day=19),
    "shared_numbers": Lever(1.0, down=("blame",), given=(BEHIND,)),
    "lead_definition": Lever("joint", up=("marketing.LEADS",)),
    "qualification_bar": Lever(1.5, down=("n_mql", "sales.LEADS")),
    "bar_set_by": Lever("both", down=("n_mql",), given=(BY_NUMBER,)),
    "lead_target": Lever("capacity", down=("n_mql",), given=(BY_NUMBER,)),
    "hand_off_delay_d": Lever(0, up=("marketing.LEADS", "n_sql")),
    "lead_allocation": Lever("by_results"),
    "sla": Lever(True, up=("sales.LEADS", "n_sal")),
    "sla_tracked": Lever(True, up=("n_sal", "sales.LEADS"), given=(AGREED,)),
    "sla_follow_up_h": Lever(0.5, up=("sales.LEADS",), given=(AGREED, TRACKED)),
    "sla_attempts": Lever(9, up=("sales.LEADS", "n_contacts"), given=(AGREED, TRACKED)),
    "sla_accepted_share": Lever(0.9, down=("n_mql",), given=(AGREED, TRACKED, ASKED)),
    "recycling": Lever(True, up=("marketing.LEADS", "n_hand_overs"), counts={"n_recycled"}),
    "nurture_every_d": Lever(10, up=("marketing.LEADS", "n_mql")),
    "automation": Lever(True, down=("marketing.LEADS",)),
    "joint_planning": Lever(True),
    "content_input": Lever(1.0, up=("n_content_used",)),
    "joint_training_h_per_quarter": Lever(8.0, up=("managers.TRAINING",), first_day=15),
    "joint_calls": Lever(
        1.0, down=("belief_error_marketing",), counts={"n_accompanied"}, given=(MOVING, FEW_MARKETERS)
    ),
    "solution_aids": Lever(1.0, up=("marketing.OPPORTUNITIES", "depth_help"), counts={"n_aided"}),
    "marketing_in_funnel": Lever(True),
    "liaison": Lever(True, up=("argued", "score_accuracy"), down=("marketing.PROSPECTING",)),
    "rotations_per_year": Lever(6.0, up=("trust_in_marketers", "trust_in_reps")),
    "customer_contact_h_per_week": Lever(5.0, down=("belief_error_marketing",)),
    "one_head": Lever(
        True, down=("disputes_open", "managers.REPORTS", "n_sal"), given=(AGREED, TRACKED, MUCH_TO_FOLLOW_UP, TWO_HEADS)
    ),
    "sales_structure": Lever("region", down=("sales.ADMIN",)),
    "upstream_share": Lever(0.5, up=("marketing.REPORTS",), down=("marketing.PROSPECTING",)),
    "marketing_structure": Lever("staff", up=("managers.MEETING",), down=("belief_error_marketing",), given=(MOVING,)),
    "marketing_out_of_sales": Lever(True, up=("trust_in_marketers", "trust_in_reps")),
    "marketing_status": Lever(1.0, up=("sales.DISPUTES", "n_disputes")),
    "leading_side": Lever("sales", up=("sales.DISPUTES", "n_disputes"), given=(BAD_BLOOD,)),
    "head_of_sales_from": Lever("best_seller", up=("hiring",)),
    "personas": Lever(True, down=("n_leads",)),
    "sales_use_of_campaigns": Lever(0.5, up=("n_leads",), down=("awareness",), given=(BEHIND, KNOWN)),
    "senior_support": Lever(0.8, down=("managers.ADMIN",)),
    "shared_responsibility": Lever(1.0, down=("blame",), given=(BEHIND,)),
    "ruling_days": Lever(2.0, up=("managers.DISPUTES",), down=("disputes_open",), given=(SOON_OVER,)),
    "shared_reward": Lever(0.5, down=("n_mql",), given=(BY_NUMBER,)),
    "credit_shared": Lever(1.0, up=("pay_marketing",)),
}
ELSEWHERE = {
    "upstream_measure": "behaviour/test_market_side.py",
    "budget_rule": "behaviour/test_market_side.py",
}
LEVERS = {
    path.removeprefix("practices."): Lever(another_value(one), given=what_it_needs(one))
    for path, one in DECLARED.items()
} | SEEN
COSTS = {name: set(DECLARED[f"practices.{name}"].lever.costs) for name in LEVERS}

ACCOUNTS = [f"{side}.{use.name}" for side in SIDES for use in Hours] + ["coordination", *COUNTS]
MOVED = {account for lever in LEVERS.values() for account in (*lever.up, *lever.down)}
MOVED |= {account for costs in COSTS.values() for account in costs}


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
    assert opened == touched == (COSTS[name] | LEVERS[name].counts) & closed


@pytest.mark.parametrize("name", LEVERS)
def test_what_a_lever_costs_moves(name):
    off, on = pair(name)
    still = {
        account
        for account in COSTS[name]
        if [run.totals[account] for run in off] == [run.totals[account] for run in on]
    }
    assert not still


MOVING_SOMETHING = [name for name, lever in LEVERS.items() if lever.up or lever.down]


@pytest.mark.parametrize("name", MOVING_SOMETHING)
def test_a_lever_moves_what_it_should(name):
    lever, (off, on) = LEVERS[name], pair(name)
    for account in (*lever.up, *lever.down):
        sums = [(one.totals[account], other.totals[account]) for one, other in zip(off, on, strict=True)]
        moves = np.array([(after - before) / (after + before) for before, after in sums])
        moves = moves if account in lever.up else -moves
        assert moves.mean() > 3.0 * moves.std(ddof=1) / np.sqrt(len(moves)), f"{account}: {moves}"


@pytest.mark.parametrize("name", [name for name in LEVERS if name not in MOVES_MONEY])
def test_a_lever_leaves_the_world_and_what_it_does_not_pay_for(name):
    fixed = {*NEVER_MOVES, "coordination"} - COSTS[name]
    for one, other in zip(*pair(name), strict=True):
        assert one.world == other.world
        assert [column for column in fixed if one.columns[column] != other.columns[column]] == []
    here, there = (first_luck(build(scenario_with(changes), 0)) for changes in situations(name))
    if name == "marketing_out_of_sales":  # who were colleagues trust each other more from the first day
        here, there = ({key: luck[key] for key in luck if key[0] != "trust"} for luck in (here, there))
    assert {person: here[person] for person in here if person in there} == {p: there[p] for p in there if p in here}
    assert here.keys() == there.keys() or name == "head_of_sales_from"  # the best seller sells no more


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.first_day is not None])
def test_nothing_happens_before_a_levers_first_time(name):
    for one, other in zip(*pair(name), strict=True):
        differs = [day for day, (here, there) in enumerate(zip(one.days, other.days, strict=True)) if here != there]
        assert differs[0] == LEVERS[name].first_day


def test_every_lever_is_tried(sources):
    for name, file in ELSEWHERE.items():
        assert name not in SEEN
        assert name in sources[f"tests/{file}"]
    for name, lever in LEVERS.items():
        needed = dict(what_it_needs(DECLARED[f"practices.{name}"]))
        assert needed.keys() <= dict(lever.given).keys(), name
