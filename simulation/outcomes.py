"""What is measured of a run: one number per outcome, from the books and the leads after the warm-up."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from scenarios import Scenario
from scenarios.run_length import CALENDAR_DAYS_PER_WORKING_DAY, DAYS_PER_QUARTER
from simulation.compiled import compiled
from simulation.ledger import BOOK, Hours
from simulation.queues import NEVER


@dataclass(frozen=True)
class Outcome:
    """What a number means and which way is good."""

    unit: str
    better: Literal["up", "down", "neither"]
    meaning: str


OUTCOMES: dict[str, Outcome] = {
    "contribution_eur": Outcome(
        "EUR", "up", "gross margin of contracts booked, less bad debt, pay, hiring, programmes and coordination"
    ),
    "bookings_eur": Outcome("EUR", "up", "contracts signed, new and renewed"),
    "bookings_new_eur": Outcome("EUR", "up", "new contracts signed"),
    "revenue_eur": Outcome("EUR", "up", "revenue recognised day by day over the contracts"),
    "gross_margin_eur": Outcome("EUR", "up", "contracts booked less what it costs to deliver them"),
    "pay_eur": Outcome("EUR", "down", "pay of both departments and their managers, with on-costs"),
    "programme_eur": Outcome("EUR", "down", "spent outside on channels, and on support for Sales"),
    "budget_share_sales": Outcome(
        "share", "neither", "of the money for channels and support, what Sales gets at the end"
    ),
    "coordination_cost_eur": Outcome(
        "EUR", "down", "money for practices, and hours of meetings, joint training, reports and disputes at pay"
    ),
    "bad_debt_eur": Outcome("EUR", "down", "contracts never paid"),
    "n_prospects": Outcome("prospects", "neither", "appeared in the market"),
    "n_leads": Outcome("leads", "up", "prospects somebody reached"),
    "n_mql": Outcome("leads", "neither", "handed over by Marketing"),
    "n_sal": Outcome("leads", "up", "marketing leads taken up by Sales"),
    "n_sql": Outcome("leads", "up", "found by Sales to have a project"),
    "n_opportunities": Outcome("opportunities", "up", "opened by account executives"),
    "n_own_opportunities": Outcome("opportunities", "neither", "of them found by reps themselves"),
    "n_won": Outcome("deals", "up", "won"),
    "n_lost": Outcome("deals", "down", "opportunities lost"),
    "n_reports": Outcome("reports", "up", "written by reps about marketing leads"),
    "share_never_worked": Outcome("share", "down", "of leads handed over, those no rep ever contacted"),
    "response_h_median": Outcome("hours", "down", "from the hand-over by Marketing to the first attempt by a rep"),
    "cycle_days_median": Outcome("calendar days", "down", "from first contact to signature"),
    "sales_cycle_days_median": Outcome(
        "calendar days", "down", "from hand-over to Sales, or a rep's own first contact, to signature"
    ),
    "win_rate": Outcome("share", "up", "won of opportunities decided"),
    "discount_mean": Outcome("share", "down", "of list price given away"),
    "retention": Outcome("share", "up", "renewed of contracts that ended"),
    "quota_attainment_mean": Outcome("x", "up", "of account executives' quarterly quotas"),
    "share_reps_at_quota": Outcome("share", "up", "of account executives' quarters with the quota made"),
    "selling_share": Outcome("share", "up", "of reps' hours spent on leads, opportunities and customers"),
    "hours_meeting": Outcome("hours", "neither", "of everybody with the other side"),
    "trust_sales_in_marketing": Outcome("share", "up", "mean trust of reps in marketers"),
    "trust_marketing_in_sales": Outcome("share", "up", "mean trust of marketers in reps"),
    "goodwill_of_sales": Outcome("share", "up", "how well reps feel treated by marketers, mean of their accounts"),
    "goodwill_of_marketing": Outcome("share", "up", "how well marketers feel treated by reps, mean of their accounts"),
    "belief_error_marketing": Outcome("need units", "down", "distance of running messages from what is needed"),
    "belief_error_sales": Outcome("need units", "down", "distance of reps' beliefs from what is needed"),
    "lead_score_accuracy": Outcome("correlation", "up", "of project signs with the truth"),
    "relationship_score": Outcome("20 to 100", "up", "both sides' answers to twenty statements, last quarters' mean"),
    "relationship_score_sales": Outcome("20 to 100", "up", "the same, as Sales sees it"),
    "relationship_score_marketing": Outcome("20 to 100", "up", "the same, as Marketing sees it"),
    "conflict_dysfunctional": Outcome("disputes/quarter", "down", "tension that broke out"),
    "conflict_functional": Outcome("topics/quarter", "up", "tension that was argued out before it could"),
    "hours_disputes": Outcome("hours", "down", "of everybody lost to disputes"),
    "content_unused_share": Outcome("share", "down", "of content made, what no rep ever used"),
    "cac_eur": Outcome("EUR/deal", "down", "pay and programmes per deal won"),
}


COORDINATION = {
    "sales": (Hours.MEETING, Hours.TRAINING, Hours.REPORTS, Hours.DISPUTES),
    "marketing": (Hours.MEETING, Hours.TRAINING, Hours.DISPUTES),
    "managers": (Hours.MEETING, Hours.DISPUTES),
}
"""Uses of hours that are coordination. Other hours under those headings are not: Marketing's research, new people."""


def sum_up(scenario: Scenario, company: Any) -> dict[str, float]:
    """All outcomes of a company that has lived its days, after the warm-up; NaN where there is nothing to count."""
    measured = company.book[_first_day(scenario) :]
    sums = _sums(measured)
    outcomes = {**_money(scenario, measured, sums), **_funnel(sums)}
    outcomes |= _leads(scenario, company)
    outcomes |= _people(scenario, company, len(measured), sums)
    outcomes |= _relations(scenario, company, sums)
    outcomes["cac_eur"] = _ratio(outcomes["pay_eur"] + outcomes["programme_eur"], outcomes["n_won"])
    return outcomes


def _first_day(scenario: Scenario) -> int:
    return scenario.run.warm_up_quarters * DAYS_PER_QUARTER


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _sums(book: np.ndarray) -> Any:
    """One record: every column of the books, summed over its days."""
    sums = np.zeros(1, BOOK)
    _add_up(book.view(np.float64).reshape(len(book), -1), sums.view(np.float64))
    return sums[0]


@compiled
def _add_up(rows, sums):
    """Add each row of `rows` (n, m) to `sums` (m,)."""
    for row in range(rows.shape[0]):
        for place in range(rows.shape[1]):
            sums[place] += rows[row, place]


def _money(scenario: Scenario, book: np.ndarray, sums: Any) -> dict[str, float]:
    def total(*names: str) -> float:
        return float(sum(sums[name] for name in names))

    bookings = total("bookings_new", "bookings_renewal")
    margin = bookings - total("cost_of_delivery")
    pay = total("pay_sales", "pay_marketing", "pay_managers")
    met = sum(sums[f"hours_{side}"][Hours.MEETING] for side in COORDINATION)
    hours_cost = sum(
        total(f"pay_{side}") * _share_of_hours(sums[f"hours_{side}"], uses) for side, uses in COORDINATION.items()
    )
    spent = total("bad_debt", "programme", "coordination", "hiring")
    return {
        "contribution_eur": margin - pay - spent,
        "bookings_eur": bookings,
        "bookings_new_eur": total("bookings_new"),
        "revenue_eur": total("revenue"),
        "gross_margin_eur": margin,
        "pay_eur": pay,
        "programme_eur": total("programme"),
        "budget_share_sales": float(book["share_for_sales"][-1]),
        "coordination_cost_eur": total("coordination") + float(hours_cost),
        "bad_debt_eur": total("bad_debt"),
        "discount_mean": 1.0 - _ratio(total("bookings_new"), total("list_price_new")),
        "hours_meeting": float(met),
    }


def _share_of_hours(hours: np.ndarray, uses: tuple[Hours, ...]) -> float:
    return _ratio(hours[list(uses)].sum(), hours.sum())


def _funnel(sums: Any) -> dict[str, float]:
    counts = (
        "n_leads",
        "n_mql",
        "n_sal",
        "n_sql",
        "n_opportunities",
        "n_own_opportunities",
        "n_won",
        "n_lost",
        "n_reports",
    )
    outcomes = {name: float(sums[name]) for name in counts}
    outcomes["n_prospects"] = float(sums["n_arrived"])
    outcomes["win_rate"] = _ratio(outcomes["n_won"], outcomes["n_won"] + outcomes["n_lost"])
    outcomes["retention"] = _ratio(sums["n_renewed"], sums["n_due_renewal"])
    return outcomes


def _leads(scenario: Scenario, company: Any) -> dict[str, float]:
    n = len(company.lead)
    response_h, cycle_d, sales_cycle_d = np.empty(n, np.float32), np.empty(n, np.int32), np.empty(n, np.int32)
    days = (_first_day(scenario), _last_hand_over_to_count(scenario))
    counts = _read_leads(company, days, (response_h, cycle_d, sales_cycle_d))
    n_answered, n_won, n_handed, n_never = counts
    return {
        "share_never_worked": n_never / n_handed if n_handed else float("nan"),
        "response_h_median": _median(response_h[:n_answered]),
        "sales_cycle_days_median": _median(sales_cycle_d[:n_won] * CALENDAR_DAYS_PER_WORKING_DAY),
        "cycle_days_median": _median(cycle_d[:n_won] * CALENDAR_DAYS_PER_WORKING_DAY),
    }


@compiled
def _read_leads(company, days, found):
    """Go through all leads once; `days` are the first one that counts, and the first on which a hand-over does not.

    Fills `found`: hours to the first attempt, and of deals won working days from the first contact, and from the
    hand-over to Sales. Returns how many of the former and the latter there are, how many leads were handed over, and
    how many of them no rep ever contacted.
    """
    (first, end), (response_h, cycle_d, sales_cycle_d) = days, found
    n_answered, n_won, n_handed, n_never = 0, 0, 0, 0
    for lead in range(company.known[0].n_leads):
        row = company.lead[lead]
        if row.day_reached == NEVER:
            continue
        if row.day_contacted >= first and row.day_mql != NEVER:
            response_h[n_answered] = row.response_h
            n_answered += 1
        if row.day_won >= first:
            cycle_d[n_won] = row.day_won - row.day_reached
            sales_cycle_d[n_won] = row.day_won - (row.day_mql if row.day_mql != NEVER else row.day_reached)
            n_won += 1
        if first <= row.day_mql < end:
            n_handed += 1
            n_never += row.day_contacted == NEVER
    return n_answered, n_won, n_handed, n_never


def _median(values: np.ndarray) -> float:
    """Median, NaN of nothing; NumPy's own takes four times as long for so few."""
    ordered, middle = np.sort(values), len(values) // 2
    if len(values) % 2 == 1:
        return float(ordered[middle])
    return float(ordered[middle - 1 : middle + 1].mean()) if len(values) else float("nan")


def _last_hand_over_to_count(scenario: Scenario) -> int:
    """The day from which on leads handed over to Sales may not have reached the end of their shelf life."""
    return scenario.days - scenario.behaviour.work.shelf_d - scenario.practices.hand_off_delay_d


def _people(scenario: Scenario, company: Any, n_days: int, sums: Any) -> dict[str, float]:
    rep, n_executives = company.rep, scenario.people.account_executives
    sales_hours = sums["hours_sales"]
    selling = sales_hours[[Hours.LEADS, Hours.OPPORTUNITIES, Hours.CUSTOMERS]].sum()
    executives = rep[:n_executives]
    quarters = float(executives["quarters_measured"].sum())
    return {
        "selling_share": _ratio(selling, sales_hours.sum()),
        "quota_attainment_mean": _ratio(executives["attainment_sum"].sum(), quarters),
        "share_reps_at_quota": _ratio(executives["quarters_made"].sum(), quarters),
        "trust_sales_in_marketing": float(sums["trust_in_marketers"] / n_days),
        "trust_marketing_in_sales": float(sums["trust_in_reps"] / n_days),
        "goodwill_of_sales": float(sums["account_sales"] / n_days),
        "goodwill_of_marketing": float(sums["account_marketing"] / n_days),
        "belief_error_marketing": float(sums["belief_error_marketing"] / n_days),
        "belief_error_sales": float(sums["belief_error_sales"] / n_days),
        "lead_score_accuracy": float(sums["score_accuracy"] / n_days),
    }


def _relations(scenario: Scenario, company: Any, sums: Any) -> dict[str, float]:
    """How the two sides got along: survey, conflict, content."""
    quarters = scenario.run.quarters
    answers = company.survey["answers"][scenario.run.warm_up_quarters :]  # (quarters, 20, sides)
    answers = answers[~np.isnan(answers).any(axis=(1, 2))]  # quarters in which both sides had people to ask
    sales, marketing = answers.mean(axis=0).sum(axis=0) if len(answers) else (float("nan"), float("nan"))
    item = company.item[: company.library["n_items"][0]]
    counted = item[(item["day_made"] >= _first_day(scenario)) & (item["day_made"] < scenario.days - DAYS_PER_QUARTER)]
    disputed = sum(sums[f"hours_{side}"][Hours.DISPUTES] for side in ("sales", "marketing", "managers"))
    return {
        "relationship_score": float(sales + marketing) / 2,
        "relationship_score_sales": float(sales),
        "relationship_score_marketing": float(marketing),
        "conflict_dysfunctional": float(sums["n_disputes"]) / quarters,
        "conflict_functional": float(sums["argued"]) / quarters,
        "hours_disputes": float(disputed),
        "content_unused_share": _ratio((counted["n_used"] == 0).sum(), len(counted)),
    }
