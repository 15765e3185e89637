"""The books by day and by quarter."""

from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.run_length import DAYS_PER_QUARTER
from simulation.measured.column import Column, columns

if TYPE_CHECKING:
    import pandas as pd

FLOWS = columns(
    ("n_arrived", "prospects", "appeared in the market"),
    ("n_leads", "leads", "prospects reached by Marketing or by a rep"),
    ("n_requests", "leads", "of them buyers who asked for a call"),
    ("n_mql", "leads", "handed over to Sales for the first time"),
    ("n_hand_overs", "leads", "handed over, also those that had been given back"),
    ("n_sal", "leads", "marketing leads taken up by Sales"),
    ("depth_notes", "notes", "handed over with leads, each by its depth, 0 to 1"),
    ("n_contacts", "attempts", "to reach marketing leads"),
    ("depth_contacts", "attempts", "the same, each by its depth"),
    ("n_good", "leads", "from Marketing that were found to have a project"),
    ("n_passed_over", "glances", "at marketing leads that were put aside, once or again"),
    ("n_sql", "leads", "found by Sales to have a project"),
    ("n_opportunities", "opportunities", "opened by account executives"),
    ("n_own_opportunities", "opportunities", "of them found by reps themselves"),
    ("n_won", "deals", "won"),
    ("n_won_easy", "deals", "of them with the first product, which everybody can sell"),
    ("n_lost", "opportunities", "not won"),
    ("n_walked_away", "leads", "projects a rep would not take up for the buyer's credit"),
    ("n_credit_checks", "checks", "made by finance"),
    ("n_refused", "opportunities", "lost because finance refused the buyer"),
    ("n_pressed", "buyers", "asked to sign before the quarter's end"),
    ("n_not_now", "buyers", "of them those who decide in their own time"),
    ("n_bad_debts", "customers", "who never pay"),
    ("n_never_worked", "leads", "given up without any contact by Sales"),
    ("n_recycled", "leads", "given back to Marketing"),
    ("n_reports", "reports", "written by reps about marketing leads"),
    ("depth_reports", "reports", "the same, each by its depth"),
    ("n_left_early", "customers", "who gave up before their first success"),
    ("n_due_renewal", "contracts", "ended"),
    ("n_renewed", "contracts", "of them renewed"),
    ("renewal_chance", "contracts", "of them to be expected to renew: the sum of their chances"),
    ("n_expansions", "customers", "who bought more when they renewed"),
    ("n_complaints", "customers", "who complained"),
    ("n_referrals", "prospects", "who came as a customer had recommended the company"),
    ("n_redesigns", "campaigns", "replaced by a new design"),
    ("n_planned_jointly", "campaigns", "whose new design was begun with reps who were asked"),
    ("told_beforehand", "campaigns", "replaced, each by the share of Sales that knew of it"),
    ("n_disputes", "disputes", "broken out"),
    ("argued", "topics", "tension argued out"),
    ("blame", "0 to 1", "for a missed quarter"),
    ("n_outcomes", "leads", "of which a rep has learnt what they are worth"),
    ("n_asked", "leads", "of them those a rep is asked to report"),
    ("n_outcomes_known", "leads", "of them those Marketing gets to know of by CRM or report"),
    ("n_aided", "opportunities", "with a case and price prepared by Marketing"),
    ("depth_help", "opportunities", "the same, each by the depth of the help"),
    ("n_key_steps", "steps", "of deals with key accounts"),
    ("n_accompanied", "steps", "of them with a marketer at the table"),
    ("n_items_made", "items", "of content finished"),
    ("depth_items", "items", "the same, each by how far it minds what reps need"),
    ("n_content_used", "uses", "of content in steps of deals"),
    ("n_campaigns_off", "campaigns", "that have come to miss the need"),
    ("n_noticed", "campaigns", "of them, for which a new design was begun"),
    ("n_corrected", "campaigns", "of them, put right by a later message"),
    ("days_to_notice", "working days", "summed over n_noticed"),
    ("days_to_correct", "working days", "summed over n_corrected"),
    ("n_left", "reps", "who quit"),
    ("n_hired", "reps", "who came"),
    ("vacant_days", "seats", "in Sales on which nobody sat that day"),
    ("bookings_new", "EUR", "new contracts signed"),
    ("bookings_easy", "EUR", "of them with the first product"),
    ("bookings_renewal", "EUR", "contracts renewed"),
    ("bookings_expansion", "EUR", "part of bookings_renewal: what was bought on top"),
    ("list_price_new", "EUR", "new contracts before discounts"),
    ("revenue", "EUR", "recognised, day by day over the contract"),
    ("written_off", "EUR", "revenue of broken contracts that will never be recognised"),
    ("bad_debt", "EUR", "contracts never paid"),
    ("cost_of_delivery", "EUR", "of contracts booked"),
    ("pay_sales", "EUR", "pay of Sales, with on-costs"),
    ("pay_marketing", "EUR", "pay of Marketing, with on-costs"),
    ("pay_managers", "EUR", "pay of managers, with on-costs"),
    ("programme", "EUR", "spent outside on channels and on support for Sales"),
    ("support", "EUR", "of it on support for Sales"),
    ("hiring", "EUR", "advertisements and agents for new reps"),
    ("coordination", "EUR", "money for practices; their hours are in pay"),
    ("onboarding_share", "customers", "sum over customers of the share of onboarding done"),
)
"""What happens on a day: a quarter's is the sum."""

LEVELS = columns(
    ("disputes_open", "disputes", "open"),
    ("backlog", "EUR", "booked, not yet recognised"),
    ("climate", "x", "factor on the number of prospects"),
    ("trust_in_marketers", "0 to 1", "mean trust of reps in marketers"),
    ("trust_in_reps", "0 to 1", "mean trust of marketers in reps"),
    ("account_sales", "0 to 1", "how well reps feel treated by Marketing, mean of their accounts"),
    ("account_marketing", "0 to 1", "how well marketers feel treated by Sales, mean of their accounts"),
    ("awareness", "0 to 1", "mean share of segments that knows the company"),
    ("share_for_sales", "share", "of the money for channels and support, what Sales gets"),
    ("offer_fit", "0 to 1", "how well what the company offers serves what segments need, mean over segments"),
    ("belief_error_marketing", "need units", "mean distance of running messages from what is needed"),
    ("belief_error_sales", "need units", "mean distance of reps' beliefs from what is needed"),
    ("score_accuracy", "correlation", "of project signs with the truth, mean over segments"),
)
"""How things stand in the evening: a quarter's is the mean over its days."""

_GROUPS = {
    "in_state": ("prospects", "in the funnel state"),
    "hours_sales": ("hours", "of all reps on"),
    "hours_marketing": ("hours", "of all marketers on"),
    "hours_managers": ("hours", "of all managers on"),
}
_DESCRIBED = {column.name: column for column in [*FLOWS, *LEVELS]}
_LEVEL_NAMES = {column.name for column in LEVELS}


def book_columns() -> list[Column]:
    """Every column of the books, in their order; those of several kinds one by one."""
    from simulation.ledger import BOOK, Hours
    from simulation.status import Status

    found = []
    for name in BOOK.names or ():
        if name in _GROUPS:
            unit, words = _GROUPS[name]
            kinds = Status if name == "in_state" else Hours
            found += [Column(f"{name}_{kind.name.lower()}", unit, f"{words} {_plain(kind.name)}") for kind in kinds]
        else:
            found.append(_DESCRIBED.get(name, Column(name, "-", _plain(name))))
    return found


def undescribed() -> list[str]:
    """Columns of the books that nobody has described yet; they are told by their name."""
    from simulation.ledger import BOOK

    return [name for name in BOOK.names or () if name not in _GROUPS and name not in _DESCRIBED]


def _plain(name: str) -> str:
    return name.lower().removeprefix("n_").replace("_", " ")


def day_columns() -> list[Column]:
    """Columns of the table of days."""
    return [Column("day", "working days", "number of the day, warm-up included"), *book_columns()]


def days(run: Any) -> "pd.DataFrame":
    """The books, one row a day."""
    import pandas as pd

    from simulation.ledger import Hours
    from simulation.status import Status

    columns: dict[str, Any] = {"day": range(len(run.daily))}
    for name in run.daily.dtype.names:
        values = run.daily[name]
        kinds = Status if name == "in_state" else Hours
        parts = (
            {f"{name}_{kind.name.lower()}": values[:, kind] for kind in kinds} if values.ndim > 1 else {name: values}
        )
        columns |= parts
    return pd.DataFrame(columns)


OWN_QUARTER = columns(
    ("quarter", "quarters", "number of the quarter; 1 is the first one measured, those before belong to the warm-up"),
    ("is_measured", "-", "whether outcomes count it"),
    ("contribution", "EUR", "gross margin less bad debt, pay, programmes, hiring and money for practices"),
    ("win_rate", "share", "won of opportunities decided"),
    ("retention", "share", "renewed of contracts that ended"),
    ("discount", "share", "of list price given away on new contracts"),
)
TARGETS = columns(
    ("plan", "EUR", "new contracts, of the plan of the year"),
    ("target", "EUR", "new contracts, the compromise of the three forecasts"),
    ("forecast_sales", "EUR", "new contracts, by Sales' own feel"),
    ("forecast_finance", "EUR", "new contracts held to be feasible by finance"),
    ("forecast_marketing", "EUR", "new contracts, by the growth of the market"),
    ("forecast_error", "share", "of the target by which bookings missed it, either way"),
    ("plan_attainment", "x", "new contracts relative to the plan"),
    ("mql_due", "leads", "Marketing was to hand over"),
    ("mql_delivered", "leads", "Marketing handed over"),
)
"""What was planned and asked for, from the company's own table of quarters."""
COSTS = ("cost_of_delivery", "bad_debt", "pay_sales", "pay_marketing", "pay_managers", "programme", "hiring")


def quarter_columns() -> list[Column]:
    """Columns of the table of quarters."""
    return [*OWN_QUARTER, *TARGETS, *book_columns()]


def quarters(run: Any) -> "pd.DataFrame":
    """The books by quarter, warm-up included: sums of what happened, means of how things stood, rates, targets."""
    import pandas as pd

    book = days(run).drop(columns="day")
    group = np.arange(len(book)) // DAYS_PER_QUARTER
    means = [name for name in book.columns if name in _LEVEL_NAMES or name.startswith("in_state_")]
    table = book.groupby(group).sum()
    table[means] = book[means].groupby(group).mean()
    warm_up = run.scenario.run.warm_up_quarters
    costs = table[[name for name in (*COSTS, "coordination") if name in table]].sum(axis=1)
    own = {
        "quarter": np.arange(len(table)) + 1 - warm_up,
        "is_measured": np.arange(len(table)) >= warm_up,
        "contribution": table["bookings_new"] + table["bookings_renewal"] - costs,
        "win_rate": _share(table["n_won"], table["n_won"] + table["n_lost"]),
        "retention": _share(table["n_renewed"], table["n_due_renewal"]),
        "discount": 1.0 - _share(table["bookings_new"], table["list_price_new"]),
    }
    own |= {column.name: run.company.quarter[column.name] for column in TARGETS}
    return pd.concat([pd.DataFrame(own, index=table.index), table], axis=1)


def _share(part: "pd.Series[float]", whole: "pd.Series[float]") -> "pd.Series[float]":
    return part / whole.where(whole > 0)
