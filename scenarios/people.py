"""Who works in the company, and how many hours they have."""

from scenarios.declare import Section, assumption, literature, par


class People(Section):
    """Head counts, hours and skill."""

    account_executives: int = par(8, unit="people", ge=1, le=5000, plausible=(1, 1000), source=assumption("A15"))
    """Reps who run opportunities to a signature."""
    sdrs: int = par(4, unit="people", ge=0, le=5000, plausible=(0, 1000), source=literature("facts 1.5, SDR:AE 1:2.5"))
    """Sales development reps, who only contact and qualify; with none the account executives do it."""
    marketers: int = par(6, unit="people", ge=1, le=2000, plausible=(1, 500), source=assumption("A15"))
    """People in Marketing."""
    managers: int = par(3, unit="people", ge=1, le=1000, plausible=(1, 200), source=assumption("A15"))
    """Heads of department and chief executive."""
    hours_per_day: float = par(8.0, unit="hours/day", gt=0, le=24, plausible=(6, 10), source=assumption("A16"))
    """Working hours of a person."""
    admin_share_sales: float = par(
        0.4, unit="share", ge=0, lt=1, plausible=(0.25, 0.55), source=literature("facts 1.5, selling share of time")
    )
    """Share of a rep's hours that no practice touches: administration, travel, internal work."""
    admin_share_marketing: float = par(0.35, unit="share", ge=0, lt=1, plausible=(0.2, 0.5), source=assumption("A16"))
    """Share of a marketer's hours that no practice touches."""
    skill_sd: float = par(0.2, unit="-", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A17"))
    """Spread of skill between people (1 is average)."""
    tracking_h_per_rep: float = par(0.1, unit="hours/day", ge=0, le=8, plausible=(0.02, 0.5), source=assumption("A18"))
    """Manager's time it takes to follow up one rep's leads for a day."""
