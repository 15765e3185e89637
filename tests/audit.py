"""An auditor of a company's books, lists and people: each finding is a sentence about a law that is broken on a day.

Everything is counted again from the rows of leads and people, never read from the books it is held against.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from scenarios.pay import MarketingPay, SalesPay
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR
from simulation.company import TABLES
from simulation.ledger import Hours
from simulation.parameters import choice
from simulation.status import Status
from tests.worlds import in_states, known_once

RELATIVE = 1e-9  # of the sum of all that was added up: sums of floats in another order
SINGLE = 1e-5  # the same where a column has single precision
NEVER = -1
SALARY, FIXED = choice(SalesPay, "scheme", "salary"), choice(MarketingPay, "scheme", "fixed")
SIDES = {"sales": "rep", "marketing": "marketer", "managers": "manager"}

IN_THE_FUNNEL = (
    Status.PROSPECT,
    Status.INQUIRY,
    Status.MQL,
    Status.ACCEPTED,
    Status.SQL,
    Status.OPPORTUNITY,
    Status.RECYCLED,
)
IN_ORDER = (  # two days: the first is not after the second, and the second is not known without the first
    ("day_arrived", "day_reached"),
    ("day_reached", "day_asked"),
    ("day_reached", "day_mql"),
    ("day_mql", "day_on_desk"),
    ("day_reached", "day_contacted"),
    ("day_contacted", "day_sql"),
    ("day_sql", "day_opportunity"),
    ("day_opportunity", "day_won"),
    ("day_arrived", "day_lost"),
)

SHARES = {  # columns, or "" for a table without, of values between 0 and 1
    "trust_in_marketer": ("",),
    "trust_in_rep": ("",),
    "lead": ("interest", "satisfaction", "credit", "risk_seen", "approved"),
    "campaign": ("score_accuracy", "news"),
    "oversight": ("tracking", "coached"),
    "pile": ("lead_pile", "deal_pile"),
    "finance": ("credit_tight",),
    "budget": ("share_for_sales", "brand_kept"),
    "flow": ("saturation",),
    "offer": ("prepared", "fit"),
    "awareness": ("",),
    "rep": ("experience", "training"),
}
FINITE = [name for name, (kind, axes) in TABLES.items() if kind.names and axes == 1][4:]  # parameters stand first
NEVER_BELOW_0 = {
    "lead": ("h_left", "h_spent", "steps_left", "price", "volume", "value", "response_h", "n_tries"),
    "campaign": ("h_left", "n_untold", "n_talks", "error_off"),
    "flow": ("activation_eur", "brand_eur", "adstock"),
    "rep": (
        "owed_report_h",
        "owed_planning_h",
        "quota",
        "leads_h",
        "approaches_h",
        "deals_h",
        "deals_worth",
        "n_deals",
    ),
}

Findings = Iterator[str]


def findings(company: Any, today: int) -> list[str]:
    """Every law that a company breaks at the end of the day `today`; an empty list if its books are in order."""
    return [f"day {today}: {sentence}" for check in CHECKS for sentence in check(company, today)]


def everybody_is_somewhere(company: Any, today: int) -> Findings:
    """Prospects in = prospects in all states, counted again from the rows."""
    in_state, book = company.ledger[0]["in_state"], company.book[today]
    counted = in_states(company, today)
    for who, says in (("count", in_state), ("book", book["in_state"])):
        if counted.tolist() != says.tolist():
            yield f"prospects are in states {counted}, the {who} says {says}"
    buyers = company.lead["segment"][company.lead["status"] == Status.CUSTOMER]
    customers = np.bincount(buyers, minlength=len(company.offer))
    if customers.tolist() != company.offer["n_customers"].tolist():
        yield f"segments have {customers} customers, their offers say {company.offer['n_customers']}"
    if (here := company.first_prospect[today + 1]) != len(company.prospect) - counted[Status.TO_COME]:
        yield f"{here} prospects came, of {len(company.prospect)} {counted[Status.TO_COME]} are to come"
    yield from known_once(company)
    if company.book["n_arrived"][: today + 1].sum() != company.arrivals[: today + 1].sum():
        yield "the book and the market disagree about who came"


def who_is_handed_over_was_scored_or_asked(company: Any, today: int) -> Findings:
    """Nobody goes to Sales unscored who did not ask, and who asks does so on the day of the first contact."""
    lead = company.lead
    if ((lead["n_handed"] > 0) & (lead["n_scored"] == 0) & (lead["day_asked"] == NEVER)).any():
        yield "somebody was handed over unscored without having asked"
    asked = lead["day_asked"] != NEVER
    if (lead["day_asked"] != lead["day_reached"])[asked].any():
        yield "somebody asked on another day than that of the first contact"
    if ((lead["day_project"] == NEVER) | (lead["day_project"] > lead["day_asked"]))[asked].any():
        yield "somebody asked without a project"


def nobody_is_lost_between_states(company: Any, today: int) -> Findings:
    """What entered a state has left it or is still there, by the events in the books."""
    lead, book = company.lead, company.book[: today + 1]
    there = in_states(company, today)
    waiting = ((lead["status"] == Status.MQL) & (lead["day_contacted"] == NEVER)).sum()  # for their first contact
    n = {name: book[name].sum() for name in book.dtype.names if name.startswith("n_")}
    installed = company.rules[0]["customers"]["installed_base"]
    sides = {
        "prospects": (n["n_arrived"], n["n_leads"] + there[Status.PROSPECT] + there[Status.GONE]),
        "marketing leads": (n["n_mql"], n["n_sal"] + n["n_never_worked"] + waiting),
        "requests": (n["n_requests"], (lead["day_asked"] != NEVER).sum()),
        "hand-overs": (n["n_hand_overs"], lead["n_handed"].sum()),
        "never worked": (n["n_never_worked"], there[Status.NEVER_WORKED]),
        "opportunities": (n["n_opportunities"], n["n_won"] + n["n_lost"] + there[Status.OPPORTUNITY]),
        "customers": (installed + n["n_won"], there[Status.CUSTOMER] + there[Status.CHURNED]),
        "signatures": (n["n_won"], (lead["day_won"] >= 0).sum()),
        "renewals": (n["n_renewed"], lead["n_renewals"].sum()),
        "referrals": (n["n_referrals"], (lead["referred_by"] >= 0).sum()),
    }
    for what, (entered, accounted) in sides.items():
        if entered != accounted:
            yield f"{what}: {entered} entered, {accounted} are accounted for"


def hours_are_used(company: Any, today: int) -> Findings:
    """Hours given = hours used + idle, for each side, each person and each use."""
    per_day = company.rules[0]["people"]["hours_per_day"]
    for side, people in SIDES.items():
        rows, book = getattr(company, people), company.book[f"hours_{side}"][: today + 1]
        absent = rows["days_vacant"] if side == "sales" else np.zeros(len(rows))
        given = per_day * (len(rows) - (company.book["vacant_days"][today] if side == "sales" else 0))
        if not _near(book[today].sum(), given, per_day * len(rows)):
            yield f"{side} was given {given} hours and booked {book[today].sum()}"
        spent = rows["hours"].sum(axis=1)
        whole = per_day * (today + 1)
        if not np.all(_near(spent, whole - per_day * absent, whole)):
            yield f"{side}: hours by person {spent}, given {whole - per_day * absent} each"
        if not np.all(_near(rows["hours"].sum(axis=0), book.sum(axis=0), whole * len(rows))):
            yield f"{side}: hours by use differ between people and book"
        if book.min() < -RELATIVE * whole or rows["hours"].min() < -RELATIVE * whole:
            yield f"{side} has negative hours"


def hours_leave_their_mark(company: Any, today: int) -> Findings:
    """Hours of selling and of contacting leads are found again in the leads."""
    rep, lead, work = company.rep, company.lead, company.rules[0]["behaviour"]["work"]
    sold, in_leads = rep["hours"][:, Hours.OPPORTUNITIES].sum(), lead["h_spent"].astype(float).sum()
    if abs(sold - in_leads) > SINGLE * max(1.0, sold):
        yield f"{sold} hours of selling were booked, {in_leads} went into leads"
    glances = company.book["n_passed_over"][: today + 1].sum() * work["glance_h"]
    spent = rep["hours"][:, Hours.LEADS].sum() - rep["lead_h_ahead"].sum() - glances
    attempts, form = lead["n_attempts"].sum(), company.rules[0]["behaviour"]["goodwill"]["form"]
    least, most = form * attempts * work["contact_h"], attempts * (work["contact_h"] + work["talk_h"])
    looks_cost_time = company.rules[0]["practices"]["sla"] and company.rules[0]["practices"]["sla_tracked"]
    cut_short = company.book["n_left"][: today + 1].sum() * (work["contact_h"] + work["talk_h"])
    slack = RELATIVE * max(1.0, spent) + cut_short  # contacts of those who left
    if spent < least - slack or (spent > most + slack and not looks_cost_time):
        yield f"contacting leads took {spent} hours for {attempts} attempts"


def money_adds_up(company: Any, today: int) -> Findings:
    """Bookings - recognised - written off = change of backlog; contracts, prices and costs are found again in leads."""
    ledger, lead, money = company.ledger[0], company.lead, company.rules[0]["money"]
    (listed, cost), book = list_prices(company), company.book[: today + 1]
    contract_d = company.rules[0]["customers"]["contract_d"]
    running = lead[lead["status"] == Status.CUSTOMER]
    per_day, days_left = running["price"] * running["volume"] / contract_d, running["day_renewal"] - (today + 1)
    won, ever = lead[lead["day_won"] >= 0], lead["price"].sum() + book["bookings_renewal"].sum()
    installed = lead[: company.rules[0]["customers"]["installed_base"]]
    sides = {
        "bookings_new": (book["bookings_new"].sum(), won["price"].sum()),
        "list_price_new": (book["list_price_new"].sum(), listed[lead["day_won"] >= 0].sum()),
        "bookings_easy": (book["bookings_easy"].sum(), won["price"][won["product"] == 0].sum()),
        "contracts of the first product": (book["n_won_easy"].sum(), (won["product"] == 0).sum()),
        "bookings_renewal": (book["bookings_renewal"].sum(), lead["renewed_eur"].sum()),
        "cost_of_delivery": (
            book["cost_of_delivery"].sum(),
            cost[lead["day_won"] >= 0].sum() + lead["renewal_cost_eur"].sum(),
        ),
        "revenue a day": (ledger["revenue_per_day"] * contract_d, (running["price"] * running["volume"]).sum()),
        "backlog": (book["backlog"][today], (per_day * days_left).sum()),
        "backlog kept": (book["backlog"][today], ledger["backlog"]),
    }
    if today > 0:
        booked = book["bookings_new"][1:] + book["bookings_renewal"][1:]
        change = booked - book["revenue"][1:] - book["written_off"][1:]
        sides["change of backlog"] = (book["backlog"][today] - book["backlog"][0], change.sum())
    for what, (said, counted) in sides.items():
        if not _near(said, counted, ever):
            yield f"{what} is {said}, counted again {counted}"
    ceiling = listed[lead["day_won"] >= 0]
    if np.any(lead["renewed_eur"] < lead["price"] * lead["n_renewals"] * (1.0 - RELATIVE)):
        yield "somebody renewed below the price of the first contract"
    floor = ceiling * (1.0 - max(money["discount_max"], money["discount_approved_max"]))
    if np.any(won["price"] > ceiling) or np.any(won["price"] < floor * (1.0 - RELATIVE)):
        yield "a deal was signed above list price or below the discount authority"
    if np.any(installed["price"] != listed[: len(installed)]):
        yield "a customer of the first day pays another price than the list price"


def list_prices(company: Any) -> tuple[np.ndarray, np.ndarray]:
    """List price of what each lead was offered, and its cost of delivery; of the first product where it was none."""
    product, value = company.product[np.maximum(0, company.lead["product"])], company.lead["value"].astype(float)
    return value * product["price"], value * product["worth"] * (1.0 - product["gross_margin"])


def pay_is_paid(company: Any, today: int) -> Findings:
    """What the books paid is base pay by the day and what each person's account shows."""
    pay, people = company.rules[0]["pay"], company.rules[0]["people"]
    years, book = (today + 1) / DAYS_PER_YEAR, company.book[: today + 1]
    there = 1.0 - company.rep["days_vacant"] / (today + 1)  # share of the time somebody sat on each seat
    sdrs = company.rep["is_sdr"] == 1
    n_executives, n_sdrs = there[~sdrs].sum(), there[sdrs].sum()
    sales_base = n_executives * pay["sales"]["account_executive_base_eur"] + n_sdrs * pay["sales"]["sdr_base_eur"]
    own = 1.0 - company.rules[0]["practices"]["shared_reward"]
    if pay["sales"]["scheme"] == SALARY:  # then what others earn by results is salary, but for the shared part
        variable = n_executives * pay["sales"]["account_executive_variable_eur"]
        sales_base += own * (variable + n_sdrs * pay["sales"]["sdr_variable_eur"])
    marketing_base = people["marketers"] * pay["marketing"]["base_eur"]
    if pay["marketing"]["scheme"] == FIXED:
        marketing_base += own * people["marketers"] * pay["marketing"]["variable_eur"]
    due = {
        "pay_sales": sales_base * years + company.rep["pay_total"].sum(),
        "pay_marketing": marketing_base * years + company.marketer["pay_total"].sum(),
        "pay_managers": people["managers"] * pay["manager_eur"] * years,
    }
    for what, amount in due.items():
        if not _near(book[what].sum(), amount * pay["on_cost"], amount * pay["on_cost"]):
            yield f"{what} is {book[what].sum()}, due {amount * pay['on_cost']}"
    money = company.rules[0]["money"]
    programme = (money["programme_eur_per_year"] + money["sales_support_eur_per_year"]) * years
    if not _near(book["programme"].sum(), programme, programme):
        yield f"programmes cost {book['programme'].sum()}, planned {programme}"
    if today % DAYS_PER_QUARTER != DAYS_PER_QUARTER - 1:  # that evening the reps' accounts are cleared
        quarter = book["bookings_new"][today - today % DAYS_PER_QUARTER :].sum()
        executives = company.rep[company.rep["is_sdr"] == 0]
        credited = executives["achieved"].sum() + company.tally["achieved_left"][0]
        if not _near(credited, quarter, book["bookings_new"].sum()):
            yield f"reps were credited {credited} this quarter, the book has {quarter}"


def seats_are_taken_or_vacant(company: Any, today: int) -> Findings:
    """Who left and did not come back is missing, in every count; a new person costs what it costs."""
    rep, vacancy, book = company.rep, company.vacancy[0], company.book[: today + 1]
    vacant = rep["is_vacant"] == 1
    counted = int((vacant & (rep["is_sdr"] == 0)).sum()), int((vacant & (rep["is_sdr"] == 1)).sum())
    if counted != (vacancy["n_vacant_executives"], vacancy["n_vacant_sdrs"]):
        yield f"{counted} seats are vacant, the count says otherwise"
    if book["n_left"].sum() - book["n_hired"].sum() != vacant.sum():
        yield f"{book['n_left'].sum()} left and {book['n_hired'].sum()} came, but {vacant.sum()} seats are vacant"
    if book["vacant_days"].sum() != rep["days_vacant"].sum():
        yield "seats and book disagree about days on which nobody sat"
    n_come = book["n_hired"].sum() + company.rules[0]["practices"]["head_of_sales_from"]  # 1 in the best seller's seat
    if not _near(book["hiring"].sum(), cost := company.rules[0]["people"]["hiring_eur"] * n_come, cost):
        yield f"hiring cost {book['hiring'].sum()}, due {cost}"
    if (vacant & (rep["achieved"] + rep["variable_pay"] + rep["n_found"] != 0.0)).any():
        yield "a vacant seat has results or pay"


def campaigns_have_their_leads(company: Any, today: int) -> Findings:
    """What each campaign brought is found again in the leads that answered it, and in the books."""
    lead, run, book = company.lead, company.campaign_run, company.book[: today + 1]
    by_campaign = lead["run"] >= 0
    if (by_campaign != (lead["channel"] >= 0)).any():
        yield "a lead came by a channel and by no campaign, or the other way round"
    n_runs = run.shape[1]
    place = lead["segment"][by_campaign] * n_runs + lead["run"][by_campaign]
    mine = lead[by_campaign]
    counted = {
        "n_notices": np.ones(len(mine)),
        "n_mql": mine["day_mql"] >= 0,
        "n_won": mine["day_won"] >= 0,
        "bookings": mine["price"],
    }
    for column, weight in counted.items():
        again = np.bincount(place, weights=weight, minlength=run.size).reshape(run.shape)
        if not np.all(_near(run[column], again, again.sum())):
            yield f"campaigns were credited {run[column].sum()} {column}, leads show {again.sum()}"
    if (run["day_running"] >= 0).sum() != book["n_redesigns"].sum() + len(company.campaign):
        yield "campaigns that ran are not those that were designed"
    if (
        book["n_corrected"].sum() > book["n_campaigns_off"].sum()
        or book["n_noticed"].sum() > book["n_campaigns_off"].sum()
    ):
        yield "more campaigns were noticed or put right than went wrong"


def money_of_the_day_is_spent(company: Any, today: int) -> Findings:
    """The programme money of a day is what flows through the channels, where there are any to spend it on."""
    if company.channel["spend_share"].sum() > 0:
        flows = (company.flow["activation_eur"] + company.flow["brand_eur"]).sum()
        due = company.budget["programme_per_day"][0] / company.rules[0]["market"]["prospects_per_day"]
        if not _near(flows, due, due):
            yield f"{flows} EUR per prospect flow through channels, {due} are due"


def time_runs_forward(company: Any, today: int) -> Findings:
    """The days of a lead are in order, none lies in the future, and no step was skipped."""
    lead = company.lead
    days = {name: np.ascontiguousarray(lead[name]) for name in lead.dtype.names if name.startswith("day_")}
    for earlier, later in IN_ORDER:
        known = days[later] != NEVER
        if (known & ((days[earlier] == NEVER) | (days[earlier] > days[later]))).any():
            yield f"{later} without or before {earlier}"
        if (days[later] > today).any():
            yield f"{later} in the future"
    if ((days["day_window_end"] <= days["day_arrived"]) & (days["day_window_end"] != NEVER)).any():
        yield "a window ended before it began"
    if (days["day_window_end"][np.isin(lead["status"], IN_THE_FUNNEL)] <= today).any():
        yield "somebody is still in the funnel after having bought elsewhere"
    if (days["day_renewal"][lead["status"] == Status.CUSTOMER] <= today).any():
        yield "a contract ended and nobody decided on its renewal"


def leads_belong_to_somebody(company: Any, today: int) -> Findings:
    """Every lead is in the hands that its state says."""
    lead, executives = company.lead, company.rules[0]["people"]["account_executives"]
    sdrs = len(company.rep) - executives
    first_contactor = executives if sdrs else 0
    hands = {
        Status.MQL: (first_contactor, len(company.rep)),
        Status.ACCEPTED: (first_contactor, len(company.rep)),
        Status.SQL: (0, executives),
        Status.OPPORTUNITY: (0, executives),
        Status.CUSTOMER: (0, executives),
        Status.RECYCLED: (NEVER, NEVER + 1),
        Status.INQUIRY: (NEVER, NEVER + 1),
        Status.PROSPECT: (NEVER, NEVER + 1),
    }
    for status, (first, beyond) in hands.items():
        owner = lead["owner"][lead["status"] == status]
        if np.any((owner < first) | (owner >= beyond)):
            yield f"{status.name} leads are owned by {np.unique(owner)}, not by {first} to {beyond - 1}"
    with_marketing = np.isin(lead["status"], (Status.INQUIRY, Status.MQL, Status.RECYCLED, Status.NEVER_WORKED))
    if np.any(lead["marketer"][with_marketing] < 0):
        yield "a marketing lead has no marketer"


def values_are_possible(company: Any, today: int) -> Findings:
    """No NaN and no infinity; shares within 0 and 1; nothing negative that can't be."""
    tables = {name: getattr(company, name) for name in FINITE} | {"book": company.book[today : today + 1]}
    for name, table in tables.items():
        for column in floats_of(table.dtype):
            if not np.isfinite(table[column].sum()):
                yield f"{name}.{column} is not finite"
    for name, columns in SHARES.items():
        for column in columns:
            values = getattr(company, name)[column] if column else getattr(company, name)
            if values.min(initial=0.0) < -SINGLE or values.max(initial=0.0) > 1.0 + SINGLE:
                yield f"{name}.{column} leaves 0..1: {values.min()} to {values.max()}"
    money = company.lead["price"].sum() + company.book["bookings_renewal"].sum()
    amounts = {"book": (tables["book"], floats_of(company.book.dtype)), "rep": (company.rep, NEVER_BELOW_0["rep"])}
    amounts |= {name: (getattr(company, name), NEVER_BELOW_0[name]) for name in ("lead", "campaign", "flow")}
    for name, (table, columns) in amounts.items():
        for column in columns:
            if table[column].min(initial=0.0) < (-SINGLE if name == "lead" else -RELATIVE * max(1.0, money)):
                yield f"{name}.{column} is negative: {table[column].min()}"


@cache
def floats_of(dtype: np.dtype) -> tuple[str, ...]:
    """Names of the columns that hold numbers with a fraction."""
    return tuple(name for name in dtype.names or () if dtype[name].base.kind == "f")


def _near(value: Any, other: Any, size: Any) -> Any:
    """Whether two sums agree to the rounding of sums of this size."""
    return np.abs(np.asarray(value) - other) <= RELATIVE * np.maximum(1.0, np.abs(size))


CHECKS: tuple[Callable[[Any, int], Findings], ...] = (
    everybody_is_somewhere,
    who_is_handed_over_was_scored_or_asked,
    nobody_is_lost_between_states,
    hours_are_used,
    hours_leave_their_mark,
    money_adds_up,
    pay_is_paid,
    campaigns_have_their_leads,
    money_of_the_day_is_spent,
    seats_are_taken_or_vacant,
    time_runs_forward,
    leads_belong_to_somebody,
    values_are_possible,
)
