"""What people suppose before they have found out for themselves."""

from scenarios.declare import Section, assumption, literature, par


class Expectations(Section):
    """First ideas and the doubt that stays. Not the company's choice."""

    prospecting_h: float = par(20.0, unit="hours", ge=0.01, le=2000, plausible=(5, 60), source=assumption("A260"))
    """Hours of own prospecting that a new rep's first idea of it weighs as much as."""
    prospecting_found: float = par(2.0, unit="projects", ge=0, le=1000, plausible=(0.5, 5), source=assumption("A260"))
    """Projects that a new rep supposes so many hours to find."""
    deals: float = par(10.0, unit="deals", ge=0.01, le=1000, plausible=(3, 30), source=assumption("A261"))
    """Deals that a new rep's first idea of what they bring and take weighs as much as."""
    deals_won: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.15, 0.35), source=assumption("A261"))
    """Share of them that the rep supposes to win."""
    commission: float = par(
        0.1, unit="share", ge=0, le=1, plausible=(0.05, 0.2), source=literature("facts 1.6, quota 4-5 x OTE")
    )
    """Share of the price that the rep supposes to earn."""
    usual_results: float = par(
        0.8, unit="x", ge=0.01, le=5, plausible=(0.5, 1), source=literature("facts 1.5, attainment, reps at quota")
    )
    """Results relative to quota that surprise nobody, and that are supposed of who is new."""
    surest: float = par(0.98, unit="probability", ge=0, lt=1, plausible=(0.95, 0.999), source=assumption("A262"))
    """Chance of a project beyond which no rep is sure, however good a sender's leads have been."""
    told_enough: float = par(5.0, unit="leads", ge=1, le=1000, plausible=(3, 20), source=assumption("A262"))
    """Leads of whose end a marketer must have heard to hold something of their worth."""
