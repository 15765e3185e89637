"""How disputes between the departments arise, what they cost, and how they end."""

from scenarios.declare import Section, assumption, literature, par


class Conflict(Section):
    """Laws of tension, disputes and blame. Not the company's choice."""

    tension_growth: float = par(0.10, unit="share/week", ge=0, le=1, plausible=(0.04, 0.25), source=assumption("A194"))
    """Share of the room left that tension about a topic grows by in a week in which its cause is at its worst."""
    tension_fading: float = par(0.04, unit="share/week", ge=0, le=1, plausible=(0.01, 0.1), source=assumption("A194"))
    """Share of tension that goes by itself in a week."""
    outbreaks: float = par(0.13, unit="outbreaks/week", ge=0, le=20, plausible=(0.05, 0.6), source=assumption("A194"))
    """Rate at which full tension between people who do not trust each other at all breaks out in a dispute."""
    aired_at_work: float = par(
        0.33, unit="share/week", ge=0, le=1, plausible=(0.05, 0.4), source=literature("facts 2.1, role clarity")
    )
    """Share of tension that fully trusting people argue out in a week of work along clear rules and hand-offs."""
    aired: float = par(0.6, unit="share/meeting", ge=0, le=1, plausible=(0.2, 0.9), source=assumption("A195"))
    """Share of tension that fully trusting people argue out in a disciplined meeting full of news."""
    argued_teaches: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.1, 1), source=assumption("A195"))
    """How far beliefs move to those of fully trusted colleagues when full tension about market and campaigns is argued
    out."""
    dispute_h_per_week: float = par(
        1.0, unit="hours/person/week", ge=0, le=40, plausible=(0.1, 1.5), source=assumption("A196")
    )
    """Time an open dispute takes from everybody of both sides."""
    hurt: float = par(0.007, unit="share/week", ge=0, le=1, plausible=(0.002, 0.03), source=assumption("A196"))
    """Share of trust that an open dispute destroys in a week, both ways."""
    fades_after_d: float = par(
        84.0, unit="working days", ge=0.01, le=2520, plausible=(42, 252), source=assumption("A196")
    )
    """Mean time after which a dispute that nobody rules dies down by itself."""
    fair_pay_gap: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A194"))
    """Difference between the two sides' base salaries that seems fair; beyond it pay is a cause of disputes."""
    ruling_prompt_h: float = par(10.0, unit="hours*days", ge=0, le=500, plausible=(0, 30), source=assumption("A193"))
    """Manager's time that hearing both sides at once costs beyond it, over the days the dispute may wait."""
    ruling_h: float = par(3.0, unit="hours", ge=0, le=200, plausible=(1, 10), source=assumption("A193"))
    """Managers' time to hear both sides of a dispute and rule."""
    one_head_faster: float = par(3.0, unit="x", ge=1, le=20, plausible=(1.5, 5), source=assumption("A193"))
    """How many times as soon one head over both sides rules."""
    blame: float = par(
        0.3, unit="share", ge=0, le=1, plausible=(0.05, 0.5), source=literature("facts 2.1, missed target x blame")
    )
    """Share of trust lost after a quarter that sold nothing, where nothing is shared; smaller misses in proportion."""
    money_moved: float = par(0.2, unit="share", ge=0.001, le=1, plausible=(0.05, 0.4), source=assumption("A238"))
    """Share of all campaign money moved from one side to the other at once that is as much of a cause as can be."""
    worst_discount: float = par(0.2, unit="share", ge=0.001, le=1, plausible=(0.1, 0.4), source=assumption("A238"))
    """Mean discount of late that is as much of a cause as can be."""
    credit_counts: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A238"))
    """How much of a cause it is that all credit for wins from marketing leads is taken."""
    pipeline_in_common: float = par(0.7, unit="share", ge=0, le=1, plausible=(0.4, 1), source=assumption("A238"))
    """How much pay by pipeline measures both sides alike, relative to pay by revenue."""
    projects_in_common: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A238"))
    """The same of pay by projects among leads."""
    poor_leads_fine: float = par(0.2, unit="share", ge=0, le=1, plausible=(0, 0.4), source=assumption("A238"))
    """Share of marketing leads without a project at which nobody complains."""
    poor_leads_worst: float = par(0.8, unit="share", ge=0.001, le=2, plausible=(0.6, 1), source=assumption("A238"))
    """The share that is as much of a cause as can be."""
    seen_enough_h: float = par(1.0, unit="hours/week", ge=0.01, le=40, plausible=(0.5, 4), source=assumption("A238"))
    """Hours a week of a marketer with Sales, or with buyers, that leave no strangers."""
    talked_of_leads: float = par(0.02, unit="share/lead", ge=0, le=1, plausible=(0.005, 0.1), source=assumption("A238"))
    """How far what people say of all leads moves with one lead."""
    talked_of_deals: float = par(0.05, unit="share/deal", ge=0, le=1, plausible=(0.01, 0.2), source=assumption("A238"))
    """How far what people say of all deals moves with one deal."""
    ruling_h_per_day: float = par(2.0, unit="hours/day", ge=0, le=24, plausible=(0.5, 4), source=assumption("A272"))
    """Hours a day that a manager gives to quarrels at most; the rest of the company has to be led too."""
