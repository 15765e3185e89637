"""What is measured of a run: one number per outcome, from the books and the leads after the warm-up."""

from dataclasses import dataclass
from typing import Literal

from simulation.ledger import Hours


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
