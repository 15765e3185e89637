"""What each side gets to know of the other's work and results."""

from scenarios.declare import assumption, literature, par
from scenarios.lever import EVERYBODY, Lever, Levers, Practice

CRM = Practice("crm", "the shared CRM", "operations")
FEEDBACK = Practice("feedback", "feedback on leads", "relationship")
DEAL_REVIEWS = Practice("deal_reviews", "joint reviews of deals", "relationship")
SHARED_NUMBERS = Practice("shared_numbers", "open targets and results", "relationship")


class Information(Levers):
    """The levers of information."""

    crm_coverage: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 0.95),
        source=literature("facts 9, obstacles to alignment"),
        lever=Lever(CRM, ("coordination", "sales.REPORTS")),
    )
    """Share of lead outcomes that Marketing sees in a shared CRM without asking; reps type them in."""
    crm_accuracy: float = par(
        0.8,
        unit="share",
        ge=0,
        le=1,
        plausible=(0.5, 0.98),
        source=literature("facts 9, obstacles: accurate data"),
        lever=Lever(CRM, ("sales.REPORTS",), needs="crm_coverage"),
    )
    """Share of those entries that are right; the others teach nothing."""
    crm_delay_d: int = par(
        5,
        unit="working days",
        ge=0,
        le=250,
        plausible=(0, 21),
        source=assumption("A22"),
        lever=Lever(CRM, ("sales.REPORTS",), needs="crm_coverage"),
    )
    """Days until an outcome is typed in."""
    feedback_asked: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=assumption("A22"),
        lever=Lever(FEEDBACK, ("sales.REPORTS",)),
    )
    """Share of marketing leads for which the rep is asked to report what became of them."""
    feedback_bonus_eur: float = par(
        0.0,
        unit="EUR/report",
        ge=0,
        le=1000,
        plausible=(0, 50),
        source=assumption("A22"),
        lever=Lever(FEEDBACK, ("pay_sales",), needs="feedback_asked"),
    )
    """What a rep is paid for one report."""
    deal_review_every_d: int | None = par(
        None,
        unit="working days",
        ge=1,
        le=2520,
        plausible=(10, 126),
        source=assumption("A190"),
        lever=Lever(DEAL_REVIEWS, EVERYBODY),
    )
    """Days from one joint review of deals won and lost (calls, reasons, prices) to the next; null for none."""
    shared_numbers: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=assumption("A191"),
        lever=Lever(SHARED_NUMBERS, ("managers.MEETING",)),
    )
    """Share of its targets and results that each side lets the other see; keeping them in step costs managers time."""
