"""How a lead goes from Marketing to Sales and back."""

from typing import Literal

from scenarios.declare import assumption, literature, par
from scenarios.lever import Lever, Levers, Practice

LEAD_DEFINITION = Practice("lead_definition", "the lead definition", "operations")
LEAD_TARGET = Practice("lead_target", "the target of leads", "operations")
HAND_OFF = Practice("hand_off", "the speed of the hand-off", "operations")
LEAD_ALLOCATION = Practice("lead_allocation", "the allocation of leads", "operations")
SLA = Practice("sla", "the SLA", "operations")
NURTURE = Practice("nurture", "recycling and nurture of leads", "operations")
AUTOMATION = Practice("automation", "marketing automation", "operations")


class LeadProcess(Levers):
    """The levers of the lead process."""

    lead_definition: Literal["separate", "joint"] = par(
        "separate",
        unit="-",
        source=literature("facts 7, type descriptions"),
        lever=Lever(LEAD_DEFINITION, ("marketing.LEADS",)),
    )
    """Whether Marketing judges a lead by its own signs, or both sides by one written definition."""
    qualification_bar: float = par(
        0.7,
        unit="sd of score",
        ge=-5,
        le=5,
        plausible=(-1, 1.5),
        source=assumption("A23"),
        lever=Lever(LEAD_DEFINITION, ("sales.LEADS",)),
    )
    """Score a lead needs to be handed to Sales, before anybody's pay bends it."""
    personas: bool = par(
        False,
        unit="-",
        source=literature("facts 9, SLA: ideal customer"),
        lever=Lever(LEAD_DEFINITION, ("marketing.MEETING",)),
    )
    """Whether both sides keep up portraits of who buys and who never will, so that fewer of the latter are reached."""
    bar_set_by: Literal["marketing", "both"] = par(
        "marketing", unit="-", source=assumption("A23"), lever=Lever(LEAD_DEFINITION, ("managers.MEETING",))
    )
    """Whether each marketer may bend the bar, or only both sides together, in a meeting."""
    lead_target: Literal["volume", "capacity"] = par(
        "volume", unit="-", source=literature("facts 9, leads: volume"), lever=Lever(LEAD_TARGET, ("managers.MEETING",))
    )
    """Whether Marketing's target of leads grows every quarter, or follows from how many leads the reps can handle."""
    hand_off_delay_d: int = par(
        1,
        unit="working days",
        ge=0,
        le=250,
        plausible=(0, 10),
        source=assumption("A24"),
        lever=Lever(HAND_OFF, ("marketing.LEADS",)),
    )
    """Days from the hand-over until the lead is on the rep's desk."""
    lead_allocation: Literal["even", "by_segment", "by_experience", "by_results"] = par(
        "even", unit="-", source=assumption("A25"), lever=Lever(LEAD_ALLOCATION, ("managers.REPORTS",))
    )
    """Who gets a lead: everybody equally often, specialists of its segment, the experienced or the successful first."""
    sla: bool = par(False, unit="-", source=literature("facts 9, SLA"), lever=Lever(SLA, ("sales.LEADS",)))
    """Whether both sides have signed what they owe each other: leads that get accepted, and prompt follow-up."""
    sla_tracked: bool = par(
        False,
        unit="-",
        source=literature("facts 9, SLA"),
        lever=Lever(SLA, ("coordination", "managers.REPORTS"), needs="sla"),
    )
    """Whether managers follow up what the agreement promises, as far as their attention goes."""
    sla_follow_up_h: float = par(
        4.0,
        unit="working hours",
        ge=0.01,
        le=24,
        plausible=(0.5, 8),
        source=literature("facts 1.3, first response"),
        lever=Lever(SLA, ("sales.LEADS",), needs="sla_tracked"),
    )
    """How often Sales promises to look at new leads; where it is tracked, reps who would look more rarely do so."""
    sla_attempts: int = par(
        4,
        unit="attempts",
        ge=1,
        le=30,
        plausible=(2, 10),
        source=literature("facts 1.2, touch counts"),
        lever=Lever(SLA, ("sales.LEADS",), needs="sla_tracked"),
    )
    """Attempts Sales promises to make before it gives a lead up."""
    sla_accepted_share: float = par(
        0.6,
        unit="share",
        ge=0,
        le=1,
        plausible=(0.3, 0.9),
        source=assumption("A26"),
        lever=Lever(SLA, ("marketing.LEADS",), needs="sla"),
    )
    """Share of its leads that Marketing promises will turn out to be real projects."""
    recycling: bool = par(
        False, unit="-", source=literature("facts 1.2, nurture"), lever=Lever(NURTURE, ("marketing.LEADS",))
    )
    """Whether Sales gives leads that are not ready back to Marketing instead of dropping them."""
    nurture_every_d: int | None = par(
        None,
        unit="working days",
        ge=1,
        le=2520,
        plausible=(5, 42),
        source=literature("facts 1.2, 11 days apart"),
        lever=Lever(NURTURE, ("marketing.LEADS",)),
    )
    """Days between touches of a lead that is not ready; null for no nurturing."""
    automation: bool = par(
        False,
        unit="-",
        source=literature("facts 1.6, martech 22-24 % of budget"),
        lever=Lever(AUTOMATION, ("coordination",)),
    )
    """Whether software scores, hands over and nurtures leads; it saves marketers' hours and costs a licence."""
