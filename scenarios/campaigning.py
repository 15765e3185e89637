"""How campaigns are kept right, and when one is wrong."""

from scenarios.declare import Section, assumption, par


class Campaigning(Section):
    """Laws of campaigns. Not the company's choice."""

    redesign_first: float = par(0.75, unit="share", ge=0, le=1, plausible=(0.4, 1), source=assumption("A263"))
    """Share of a marketer's free hours that a design under way takes before leads are seen to."""
    runs_at_least_d: int = par(5, unit="working days", ge=1, le=252, plausible=(3, 21), source=assumption("A263"))
    """Days a campaign is given before another takes its place."""
    effort_counts: float = par(0.1, unit="share/day", ge=0.001, le=1, plausible=(0.03, 0.3), source=assumption("A263"))
    """How far what Marketing puts into campaigns moves, as the market notices it, to what it puts in on a day."""
    off_target: float = par(1.0, unit="need units", ge=0.001, le=20, plausible=(0.5, 1.5), source=assumption("A264"))
    """Distance of a message from the need at which a campaign counts as wrong: 40 % of its relevance is lost."""
    corrected: float = par(0.45, unit="share", ge=0, le=1, plausible=(0.25, 0.6), source=assumption("A264"))
    """Share of its greatest error that a later message may leave for a wrong campaign to count as corrected."""
