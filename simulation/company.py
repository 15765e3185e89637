"""All state of a run: a handful of structured arrays, one per kind of agent or thing, built from a scenario."""

import numpy as np

from scenarios import Channel, Product, Scenario, Segment
from scenarios.run_length import DAYS_PER_QUARTER
from simulation import parameters
from simulation.acquaintance import KNOWN
from simulation.agents.lead import LEAD, add_installed_base
from simulation.agents.manager import MANAGER, OVERSIGHT, take_roles
from simulation.agents.marketer import MARKETER, hire_marketers
from simulation.agents.rep import REP, hire_reps
from simulation.agents.staffing import VACANCIES, promote_best_seller
from simulation.assessment import N_STATEMENTS, STATEMENT
from simulation.border.causes import IMPRESSIONS, N_TOPICS
from simulation.border.content import ITEM, LIBRARY, SHELF
from simulation.border.disputes import CONFLICT, DISPUTE
from simulation.border.go_betweens import GO_BETWEENS
from simulation.border.goodwill import open_accounts
from simulation.border.lead_worth import SENDER
from simulation.border.meetings import DIARY
from simulation.border.qualification import open_scores
from simulation.border.training import TRAINED
from simulation.border.trust import draw_first_trust
from simulation.calendar import LEARNING, TIMETABLE, timetable
from simulation.campaigns import CAMPAIGN, CAMPAIGN_RUN, EFFORT, n_runs, open_campaigns
from simulation.channels import FLOW, REACH, open_channels
from simulation.compiled import compiled
from simulation.experience import NEWCOMERS
from simulation.interest import work_out_fading
from simulation.ledger import BOOK, LEDGER
from simulation.management import pay
from simulation.management.budget import BUDGET, open_budget
from simulation.management.capacity import PILES
from simulation.management.finance_gate import FINANCE
from simulation.management.pay import PERIOD
from simulation.management.tally import TALLY
from simulation.management.targets import TARGETS, set_first_targets
from simulation.offers import OFFER, open_offers
from simulation.prospects import LOOK, PROSPECT
from simulation.quality import N_READINESS
from simulation.quarter_end import DISCOUNTS
from simulation.quarters import QUARTER
from simulation.queues import INQUIRY_DESKS, LINK, N_KINDS, NEVER, NOBODY, PLACE, empty_places
from simulation.randomness import WORLD
from simulation.status import Status
from simulation.summing_up import N_SORTED, OUTCOME
from simulation.tables import Company, Tables, one_row
from simulation.tape import ENTRY, TAPE_HEAD, room_for
from simulation.webassembly import work
from simulation.world import world_of

TABLES = Tables(
    "Company",
    rules=(parameters.record_dtype(Scenario), 1),  # (1,) the scenario as a record
    timetable=(TIMETABLE, 1),  # (T,) what the company changes on its way
    learning=(LEARNING, 1),  # (1,) what that still takes
    segment=(parameters.record_dtype(Segment), 1),  # (K,) the segments' parameters
    channel=(parameters.record_dtype(Channel), 1),  # (C,) the channels' parameters
    product=(parameters.record_dtype(Product), 1),  # (P,) the products' parameters
    world=(WORLD, 1),  # (1,) of all luck
    known=(KNOWN, 1),  # (1,) leads so far
    effort=(EFFORT, 1),  # (1,) what Marketing puts into campaigns
    reach=(REACH, 1),  # (1,) what channels and being known bring about
    budget=(BUDGET, 1),  # (1,) how money is split
    ledger=(LEDGER, 1),  # (1,) running contracts, and where prospects stand
    tally=(TALLY, 1),  # (1,) the quarter so far
    target=(TARGETS, 1),  # (1,) what is asked of each side
    period=(PERIOD, 1),  # (1,) over which quotas are counted
    pile=(PILES, 1),  # (1,) how far Sales lags behind
    finance=(FINANCE, 1),  # (1,) checks and bad debts
    vacancy=(VACANCIES, 1),  # (1,) empty seats in Sales
    newcomers=(NEWCOMERS, 1),  # (1,) who is new in Sales
    oversight=(OVERSIGHT, 1),  # (1,) what heads of Sales found time for today
    conflict=(CONFLICT, 1),  # (1,) open disputes, and results for all to see
    impression=(IMPRESSIONS, 1),  # (1,) what people have lately seen
    diary=(DIARY, 1),  # (1,) joint meetings
    trained=(TRAINED, 1),  # (1,) joint training
    go_between=(GO_BETWEENS, 1),  # (1,) who lives with the other side
    library=(LIBRARY, 1),  # (1,) all content
    discount=(DISCOUNTS, 1),  # (1,) what buyers are used to
    climate=("f8", 1),  # (D,) factor on the number of prospects
    arrivals=("i8", 2),  # (D, K) prospects that appear
    rivals=("f8", 2),  # (D, K) what rivals' moves take from the log-odds of a win
    needs=("f8", 3),  # (D, K, 2) need units
    flow=(FLOW, 1),  # (C,) the money that flows through a channel, and what it does
    chance=("f8", 1),  # (3K,) probability that a look finds us, by segment and readiness, if the message fits
    awareness=("f8", 1),  # (K,) share of a segment that knows us
    prospect=(PROSPECT, 1),  # (N,) everybody who may buy, the customers of the first day before all others
    first_prospect=("i8", 1),  # (D + 1,) the first prospect that appears on a day
    look=(LOOK, 1),  # (L,) looks around for suppliers, day by day
    first_look=("i8", 1),  # (D + 1,) where the looks of a day begin
    leaving=("i8", 1),  # (D,) prospects whose window closes on a day
    leaving_known=("i8", 1),  # (D,) of them, those who are known here
    known_as=("i4", 1),  # (N,) row of `lead` of each prospect, NOBODY of those nobody here knows
    stranger=(LEAD, 1),  # (1,) how each row of `lead` begins
    fading=("f8", 1),  # (D + 2,) share of an interest that is left after so many days
    lead=(LEAD, 1),  # (N,) those who are known here, in the order in which they became so, and room for all others
    n_approached=("i4", 1),  # (N,) times reps have approached a prospect on their own; most tries look at nothing else
    rep=(REP, 1),  # (R,)
    marketer=(MARKETER, 1),  # (M,)
    manager=(MANAGER, 1),  # (G,)
    dispute=(DISPUTE, 1),  # (12,) one per topic
    item=(ITEM, 1),  # (I,) content
    survey=(STATEMENT, 2),  # (Q, 20) what was seen of each statement, and what both sides answered
    shelf=("i8", 2),  # (K, 8) rows of `item`
    n_on_shelf=("i8", 1),  # (K,) items ever put there
    offer=(OFFER, 1),  # (K,) what the company offers each segment
    campaign=(CAMPAIGN, 1),  # (K,) the running message and the lead score of each segment
    campaign_run=(CAMPAIGN_RUN, 2),  # (K, U) each campaign that has run
    rep_belief=("f8", 3),  # (R, K, 2) need units
    marketer_belief=("f8", 3),  # (M, K, 2) need units
    marketer_said=("f8", 3),  # (M, K, 2) beliefs as they were when both sides last exchanged views, need units
    sender=(SENDER, 2),  # (R, M) what a rep has found of a marketer's leads
    trust_in_marketer=("f8", 2),  # (R, M) 0..1
    trust_in_rep=("f8", 2),  # (M, R) 0..1
    account_of_rep=("f8", 2),  # (R, M) 0..1, how a rep feels treated by a marketer
    account_of_marketer=("f8", 2),  # (M, R) 0..1, how a marketer feels treated by a rep
    place=(PLACE, 1),  # (D + 4R + M,) lists of waiting leads: days, desks, portfolios
    link=(LINK, 2),  # (3, N) where each lead stands in them, with room for all others
    book=(BOOK, 1),  # (D,)
    quarter=(QUARTER, 1),  # (Q,)
    tape=(ENTRY, 1),  # (T,) what happened, and room for more; no row where nobody asked for it
    tape_head=(TAPE_HEAD, 1),  # (1,) how far it is written
    sums=(BOOK, 1),  # (1,) the books after the warm-up, summed up when all days are lived
    sorting=("f8", 2),  # (3, N) room to sort in
    outcome=(OUTCOME, 1),  # (1,) what the run comes to
)
"""R reps, M marketers, G managers, K segments, C channels, P products, U campaigns each, N prospects, L looks.

D days, Q quarters. From `climate` to `leaving` the market is that of a `World`, shared and never written.
"""

TABLES.growing = {
    "lead": (0, "known", "n_leads"),
    "link": (1, "known", "n_leads"),
    "tape": (0, "tape_head", "n_entries"),
}

FIRST = {
    "effort": {"effort": 1.0, "effort_factor": 1.0},
    "budget": {"admin_kept": 1.0, "brand_kept": 1.0},
    "oversight": {"coached": 1.0, "coached_marketing": 1.0},
    "conflict": {"attainment_sales": 1.0, "attainment_marketing": 1.0},
    "impression": {"poor_leads": 0.5, "recent_easy": 0.5, "left_to_lie": 0.5, "credit_taken": 0.5},
    "diary": {"day_met": NEVER, "expected": 1.0},
    "go_between": {"liaison": NOBODY, "exchanged_rep": NOBODY, "exchanged_marketer": NOBODY},
}
"""What tables of one row begin with, where it is something."""
NOT_YET = ("channel", "owner", "marketer", "run", "product", "seller", "referred_by")  # of a lead, besides days


def build(scenario: Scenario, seed: int, *, tape: bool = False) -> Company:
    """A company on the morning of its first day; same scenario and seed, same company.

    With a `tape` it writes down what happens (`simulation.tape`).

    Raises ValueError for a seed outside 0 .. 2**63 - 1.
    """
    if not 0 <= seed < 2**63:
        raise ValueError(f"the seed is {seed}; it must lie between 0 and 2**63 - 1")
    company = unprepared(scenario, seed, tape)
    work(prepare, company)
    return company


@compiled
def prepare(company):
    """Everything that has happened before the first morning: who is here, and what they have, know and expect."""
    work_out_fading(company)
    add_installed_base(company)
    pay.begin_period(company)
    hire_reps(company)
    promote_best_seller(company)
    hire_marketers(company)
    open_campaigns(company)
    open_scores(company)
    open_offers(company)
    open_budget(company)
    open_channels(company)
    take_roles(company)
    draw_first_trust(company)
    open_accounts(company)
    set_first_targets(company)


def unprepared(scenario: Scenario, seed: int, has_tape: bool = False) -> Company:
    """A company of which nothing is there yet but its market, its people's seats and its rules."""
    rules, segment = parameters.record(scenario), parameters.table(scenario.segments)
    days, k, world = scenario.days, len(segment), world_of(scenario, seed, rules, segment)
    n, n_known = len(world.prospect), scenario.customers.installed_base
    people = scenario.people
    r, m = people.account_executives + people.sdrs, people.marketers
    room = room_for(n, days, r, m) if has_tape else 0
    given = {
        "rules": rules,
        "timetable": timetable(scenario, rules),
        "segment": segment,
        "channel": parameters.table(scenario.channels),
        "product": parameters.table(scenario.products),
        "world": one_row(WORLD, seed=seed),
        **dict(world.tables()),
        "ledger": one_row(LEDGER, in_state=_in_states({Status.TO_COME: n - n_known, Status.PROSPECT: n_known})),
        "flow": np.zeros(len(scenario.channels), FLOW),
        "chance": np.zeros(N_READINESS * k),
        "awareness": np.zeros(k),
        "leaving_known": np.zeros(days, np.int64),
        "known_as": np.full(n, NOBODY, np.int32),
        "stranger": _stranger(),
        "fading": np.zeros(days + 2),
        "lead": np.empty(n, LEAD),
        "n_approached": np.zeros(n, np.int32),
        "rep": np.zeros(r, REP),
        "marketer": np.zeros(m, MARKETER),
        "manager": np.zeros(people.managers, MANAGER),
        "offer": np.zeros(k, OFFER),
        "campaign": np.zeros(k, CAMPAIGN),
        "dispute": np.zeros(N_TOPICS, DISPUTE),
        "item": np.zeros(m * (1 + days // 2), ITEM),
        "survey": np.zeros((days // DAYS_PER_QUARTER, N_STATEMENTS), STATEMENT),
        "shelf": np.zeros((k, SHELF), np.int64),
        "n_on_shelf": np.zeros(k, np.int64),
        "campaign_run": np.zeros((k, n_runs(days, scenario.behaviour.campaigning.runs_at_least_d)), CAMPAIGN_RUN),
        "rep_belief": np.zeros((r, k, 2)),
        "marketer_belief": np.zeros((m, k, 2)),
        "marketer_said": np.zeros((m, k, 2)),
        "sender": np.zeros((r, m), SENDER),
        "trust_in_marketer": np.zeros((r, m)),
        "trust_in_rep": np.zeros((m, r)),
        "account_of_rep": np.zeros((r, m)),
        "account_of_marketer": np.zeros((m, r)),
        "place": empty_places(days + INQUIRY_DESKS * r + m),
        "link": np.empty((N_KINDS, n), LINK),
        "book": np.zeros(days, BOOK),
        "quarter": np.zeros(days // DAYS_PER_QUARTER, QUARTER),
        "sorting": np.zeros((N_SORTED, n)),
        "tape": np.zeros(room, ENTRY),
        "tape_head": one_row(TAPE_HEAD, room=room),
    }
    others = {name: kind for name, (kind, _) in TABLES.items() if name not in given}
    return Company(TABLES, **given, **{name: one_row(kind, **FIRST.get(name, {})) for name, kind in others.items()})


def _in_states(counts: dict[Status, int]) -> list[int]:
    return [counts.get(status, 0) for status in Status]


def _stranger() -> np.ndarray:
    """A row of `lead` before anything has happened."""
    days = [name for name in LEAD.names or () if name.startswith("day_")]
    return one_row(LEAD, status=Status.PROSPECT, **dict.fromkeys(days, NEVER), **dict.fromkeys(NOT_YET, NOBODY))
