"""What the company can choose about how Marketing and Sales work together. Each practice costs hours or money."""

from typing import Literal

from scenarios.declare import Section, assumption, literature, par


class Practices(Section):
    """The levers. A relationship type is a named bundle of these, and nothing else."""

    meeting_every_d: int | None = par(
        None, unit="working days", ge=1, le=2520, plausible=(1, 126), source=literature("facts 7, type descriptions")
    )
    """Days from one joint meeting to the next; null for never."""
    meeting_h: float = par(
        1.0, unit="hours", ge=0, le=8, plausible=(0.25, 3), source=literature("facts 8, meeting hours")
    )
    """Length of a joint meeting; everybody who attends loses these hours."""
    meeting_discipline: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.9), source=assumption("A20"))
    """Share of a joint meeting that serves its agenda."""
    meeting_attendance: float = par(1.0, unit="share", ge=0, le=1, plausible=(0.1, 1), source=assumption("A20"))
    """Share of the people of both sides who attend."""
    informal_contact_h_per_week: float = par(
        0.0, unit="hours/week", ge=0, le=20, plausible=(0, 2), source=assumption("A21")
    )
    """Time each person spends in informal contact with the other side (shared office, chat, social events)."""
    customer_contact_h_per_week: float = par(
        0.0, unit="hours/week", ge=0, le=40, plausible=(0, 10), source=literature("facts 9, dual track")
    )
    """Time each marketer talks to buyers in person: none is single track, where only Sales meets them; some is dual."""
    crm_coverage: float = par(
        0.0, unit="share", ge=0, le=1, plausible=(0, 0.95), source=literature("facts 9, obstacles to alignment")
    )
    """Share of lead outcomes that Marketing sees in a shared CRM without asking."""
    feedback_asked: float = par(0.0, unit="share", ge=0, le=1, plausible=(0, 1), source=assumption("A22"))
    """Share of marketing leads for which the rep is asked to report what became of them."""
    feedback_bonus_eur: float = par(0.0, unit="EUR/report", ge=0, le=1000, plausible=(0, 50), source=assumption("A22"))
    """What a rep is paid for one report."""
    lead_definition: Literal["separate", "joint"] = par(
        "separate", unit="-", source=literature("facts 7, type descriptions")
    )
    """Whether Marketing judges a lead by its own signs, or both sides by one written definition."""
    qualification_bar: float = par(0.5, unit="sd of score", ge=-5, le=5, plausible=(-1, 1.5), source=assumption("A23"))
    """Score a lead needs to be handed to Sales, before anybody's pay bends it."""
    hand_off_delay_d: int = par(1, unit="working days", ge=0, le=250, plausible=(0, 10), source=assumption("A24"))
    """Days from qualification until the lead is on the rep's desk."""
    lead_allocation: Literal["even", "by_segment"] = par("even", unit="-", source=assumption("A25"))
    """Whether leads go round in turn, or to reps who specialise in a segment."""
    sla: bool = par(False, unit="-", source=literature("facts 9, SLA"))
    """Whether both sides have signed what they owe each other: leads that get accepted, and prompt follow-up."""
    sla_tracked: bool = par(False, unit="-", source=literature("facts 9, SLA"))
    """Whether managers follow up what the agreement promises, as far as their attention goes."""
    sla_follow_up_h: float = par(
        4.0, unit="working hours", gt=0, le=24, plausible=(0.5, 8), source=literature("facts 1.3, first response")
    )
    """How often Sales promises to look at new leads; where it is tracked, reps who would look more rarely do so."""
    sla_attempts: int = par(
        4, unit="attempts", ge=1, le=30, plausible=(2, 10), source=literature("facts 1.2, touch counts")
    )
    """Attempts Sales promises to make before it gives a lead up."""
    sla_accepted_share: float = par(0.6, unit="share", ge=0, le=1, plausible=(0.3, 0.9), source=assumption("A26"))
    """Share of its leads that Marketing promises will turn out to be real projects."""
    recycling: bool = par(False, unit="-", source=literature("facts 1.2, nurture"))
    """Whether Sales gives leads that are not ready back to Marketing instead of dropping them."""
    nurture_every_d: int | None = par(
        None, unit="working days", ge=1, le=2520, plausible=(5, 42), source=literature("facts 1.2, 11 days apart")
    )
    """Days between touches of a lead that is not ready; null for no nurturing."""
    joint_planning: bool = par(False, unit="-", source=literature("facts 7, type descriptions"))
    """Whether campaigns and lead volumes are planned with Sales: its view of the need, and what the reps can handle."""
    shared_reward: float = par(
        0.0, unit="share", ge=0, le=1, plausible=(0, 0.5), source=literature("facts 3, pool share 0-50 %")
    )
    """Share of everybody's variable pay that depends on the revenue target of the whole company."""
