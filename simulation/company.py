"""All state of a run: a handful of structured arrays, one per kind of agent or thing, built from a scenario."""

from typing import Any

import numpy as np

from scenarios import Channel, Product, Scenario, Segment
from scenarios.run_length import DAYS_PER_QUARTER
from simulation import market, parameters
from simulation.agents.lead import LEAD, N_LUCK, PROSPECTS_AT_ONCE, add_installed_base
from simulation.agents.manager import MANAGER, hire_managers
from simulation.agents.marketer import MARKETER, hire_marketers
from simulation.agents.rep import REP, hire_reps
from simulation.assessment import N_STATEMENTS, STATEMENT
from simulation.border.causes import N_TOPICS
from simulation.border.content import ITEM, SHELF
from simulation.border.disputes import DISPUTE
from simulation.border.qualification import open_scores
from simulation.border.trust import draw_first_trust
from simulation.campaigns import CAMPAIGN, CAMPAIGN_RUN, n_runs, open_campaigns
from simulation.channels import FLOW, N_READINESS, open_channels
from simulation.ledger import BOOK
from simulation.management import pay
from simulation.management.budget import open_budget
from simulation.management.targets import set_first_targets
from simulation.offers import OFFER, open_offers
from simulation.quarters import QUARTER
from simulation.queues import LINK, NEVER, NOBODY, PLACE, empty_links, empty_places
from simulation.status import N_STATUS, Status
from simulation.tables import Company, Tables

STATE = np.dtype(
    [
        ("seed", "i8"),  # of the run's world
        ("n_arrived", "i8"),  # rows of `lead` in use
        ("n_contactors", "i8"),  # reps who contact marketing leads: SDRs, or else everybody
        ("day_met", "i8"),  # last joint meeting
        ("campaign_h", "f8"),  # hours Marketing has put into campaigns today
        ("effort", "f8"),  # those hours relative to the usual for so many prospects, recent average
        ("effort_factor", "f8"),  # what that does to the contacts our channels make
        ("programme_per_day", "f8"),  # EUR spent on channels each day
        ("free_money_per_day", "f8"),  # EUR that can be split between channels and support for Sales
        ("share_for_sales", "f8"),  # of it, 0..1
        ("support_per_day", "f8"),  # EUR spent on assistants, data and tools for Sales each day
        ("admin_kept", "f8"),  # share of reps' administration that this leaves to them, 0..1
        ("sourced_quarter", "f8"),  # EUR of new contracts from marketing leads so far this quarter
        ("work_waits", "f8"),  # share of the last month in which work waited for Sales, 0..1
        ("reps_hungry", "f8"),  # share in which none did, 0..1
        ("brand_kept", "f8"),  # share of the brand money of the first day's mix that is still spent on brand, 0..1
        ("widest_doors", "f8"),  # factor by which being known helps cold calls, in the segment that knows us best
        ("pull", "f8", (N_READINESS,)),  # contacts of a prospect in its window that our channels now make
        ("revenue_per_day", "f8"),  # EUR recognised each day from running contracts
        ("backlog", "f8"),  # EUR booked and not yet recognised
        ("coordination_per_day", "f8"),  # EUR of practices that cost the same every day
        ("tracking", "f8"),  # share of reps whose follow-up is tracked, 0..1
        ("lead_pile", "f8"),  # work on marketing leads that waits this morning, 0 (a day's) to 1 (two days')
        ("deal_pile", "f8"),  # work on opportunities that waits, 0 (a week's) to 1 (two weeks')
        ("mql_target", "f8"),  # MQL of all Marketing this quarter
        ("sales_target", "f8"),  # EUR of all Sales this quarter
        ("forecast_sales", "f8"),  # EUR this quarter, by Sales' own feel
        ("forecast_finance", "f8"),  # EUR held to be feasible
        ("forecast_marketing", "f8"),  # EUR by the growth of the market
        ("plan", "f8"),  # EUR this quarter, of the plan of the year
        ("coached", "f8"),  # share of the coaching new people need that they get, 0..1
        ("n_vacant_executives", "i8"),  # seats of account executives nobody sits on
        ("n_vacant_sdrs", "i8"),  # the same of SDRs
        ("n_new", "i8"),  # reps who still need coaching
        ("hiring_h", "f8"),  # hours of looking for new people still to be worked by heads of Sales
        ("achieved_left", "f8"),  # EUR signed this quarter by reps who have left since
        ("bookings_quarter", "f8"),  # EUR of new contracts so far this quarter
        ("disputes_open", "i8"),  # how many disputes are open
        ("is_called", "i8"),  # whether everybody has been called together for the next morning
        ("meeting", "i8"),  # joint meeting of today: none, planned or called
        ("trained_h", "f8"),  # hours of joint training each person had last quarter, mean of both sides
        ("attainment_sales", "f8"),  # of the sales target, last quarter
        ("attainment_marketing", "f8"),  # of what Marketing is paid for, last quarter
        ("budget_moved", "f8"),  # share of the budget that last moved to Sales (negative: to Marketing)
        ("poor_leads", "f8"),  # share of marketing leads lately judged to be no projects
        ("recent_discount", "f8"),  # running mean of discounts
        ("recent_easy", "f8"),  # running share of the easy product
        ("liaison", "i8"),  # the marketer who lives with Sales for part of the time, or NOBODY
        ("exchanged_rep", "i8"),  # who is on exchange, or NOBODY
        ("exchanged_marketer", "i8"),  # likewise
        ("exchange_ends", "i8"),  # day
        ("n_items", "i8"),  # content made so far
        ("bad_debt_quarter", "f8"),  # EUR gone bad so far this quarter
        ("credit_tight", "f8"),  # how far finance has tightened its checks beyond what was chosen, 0..1
        ("finance_h", "f8"),  # managers' hours of checks and approvals that wait
        ("discount_usual", "f8"),  # discount buyers have lately been offered, share
        ("discount_pressed", "f8"),  # the same at quarter's end
        ("quarters_left", "i8"),  # of the time over which quotas are counted, this one included
        ("in_state", "i8", (N_STATUS,)),  # prospects in each Status
    ],
    align=True,
)


TABLES = Tables(
    rules=(parameters.record_dtype(Scenario), 1),  # (1,) the scenario as a record
    segment=(parameters.record_dtype(Segment), 1),  # (K,) the segments' parameters
    channel=(parameters.record_dtype(Channel), 1),  # (C,) the channels' parameters
    product=(parameters.record_dtype(Product), 1),  # (P,) the products' parameters
    state=(STATE, 1),  # (1,)
    climate=("f8", 1),  # (D,) factor on the number of prospects
    arrivals=("i8", 2),  # (D, K) prospects that appear
    needs=("f8", 3),  # (D, K, 2) need units
    flow=(FLOW, 1),  # (C,) the money that flows through a channel, and what it does
    awareness=("f8", 1),  # (K,) share of a segment that knows us
    luck=("f8", 2),  # (13, 256) luck of what the prospects are who appear next
    first_lead=("i8", 1),  # (D,) row of the first prospect that appears on a day
    lead=(LEAD, 1),  # (N,)
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
    trust_in_marketer=("f8", 2),  # (R, M) 0..1
    trust_in_rep=("f8", 2),  # (M, R) 0..1
    place=(PLACE, 1),  # (D + 4R + M,) lists of waiting leads: days, desks, portfolios
    link=(LINK, 2),  # (3, N) where each lead stands in them
    book=(BOOK, 1),  # (D,)
    quarter=(QUARTER, 1),  # (Q,)
)
"""R reps, M marketers, G managers, K segments, C channels, P products, U campaigns each, N prospects.

D days, Q quarters.
"""


def build(scenario: Scenario, seed: int) -> Company:
    """A company on the morning of its first day; same scenario and seed, same company.

    Raises ValueError for a seed outside 0 .. 2**63 - 1.
    """
    if not 0 <= seed < 2**63:
        raise ValueError(f"the seed is {seed}; it must lie between 0 and 2**63 - 1")
    company = _empty(scenario, seed)
    add_installed_base(company)
    pay.begin_period(company)
    hire_reps(company)
    hire_marketers(company)
    open_campaigns(company)
    open_scores(company)
    open_offers(company)
    open_budget(company)
    open_channels(company)
    hire_managers(company)
    draw_first_trust(company)
    set_first_targets(company)
    return company


def _empty(scenario: Scenario, seed: int) -> Company:
    rules, segment = parameters.record(scenario), parameters.table(scenario.segments)
    days, k = scenario.days, len(segment)
    climate, arrivals, needs = np.zeros(days), np.zeros((days, k), np.int64), np.zeros((days, k, 2))
    market.draw_climate(seed, rules[0], climate)
    market.draw_arrivals(seed, rules[0], segment, climate, arrivals)
    market.draw_needs(seed, rules[0], needs)
    n = scenario.customers.installed_base + int(arrivals.sum())
    people = scenario.people
    r, m = people.account_executives + people.sdrs, people.marketers
    return Company(
        TABLES,
        rules=rules,
        segment=segment,
        channel=parameters.table(scenario.channels),
        product=parameters.table(scenario.products),
        state=_first_state(seed, n),
        climate=climate,
        arrivals=arrivals,
        needs=needs,
        flow=np.zeros(len(scenario.channels), FLOW),
        awareness=np.zeros(k),
        first_lead=scenario.customers.installed_base + np.cumsum(arrivals.sum(axis=1)) - arrivals.sum(axis=1),
        luck=np.zeros((N_LUCK, PROSPECTS_AT_ONCE)),
        lead=_unborn(n),
        n_approached=np.zeros(n, np.int32),
        rep=np.zeros(r, REP),
        marketer=np.zeros(m, MARKETER),
        manager=np.zeros(people.managers, MANAGER),
        offer=np.zeros(k, OFFER),
        campaign=np.zeros(k, CAMPAIGN),
        dispute=np.zeros(N_TOPICS, DISPUTE),
        item=np.zeros(m * (1 + days // 2), ITEM),
        survey=np.zeros((days // DAYS_PER_QUARTER, N_STATEMENTS), STATEMENT),
        shelf=np.zeros((k, SHELF), np.int64),
        n_on_shelf=np.zeros(k, np.int64),
        campaign_run=np.zeros((k, n_runs(days)), CAMPAIGN_RUN),
        rep_belief=np.zeros((r, k, 2)),
        marketer_belief=np.zeros((m, k, 2)),
        trust_in_marketer=np.zeros((r, m)),
        trust_in_rep=np.zeros((m, r)),
        place=empty_places(days + 4 * r + m),
        link=empty_links(n),
        book=np.zeros(days, BOOK),
        quarter=np.zeros(days // DAYS_PER_QUARTER, QUARTER),
    )


def _first_state(seed: int, n_leads: int) -> np.ndarray:
    state = np.zeros(1, STATE)
    state["seed"], state["day_met"], state["effort"] = seed, NEVER, 1.0
    state["effort_factor"] = state["attainment_sales"] = state["attainment_marketing"] = 1.0
    state["coached"] = state["brand_kept"] = state["admin_kept"] = 1.0
    state["poor_leads"] = state["recent_easy"] = 0.5
    state["liaison"] = state["exchanged_rep"] = state["exchanged_marketer"] = NOBODY
    state["in_state"][0, Status.TO_COME] = n_leads
    return state


def _unborn(n: int) -> np.ndarray:
    one: Any = np.zeros(1, LEAD)
    for name in LEAD.names or ():
        if name.startswith("day_") or name in (
            "channel",
            "owner",
            "marketer",
            "run",
            "product",
            "seller",
            "referred_by",
        ):
            one[name] = NEVER
    return np.repeat(one, n)  # several times as fast as filling the columns of all
