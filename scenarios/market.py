"""What the company cannot choose: how many prospects come, what they need, how needs move, who buys at all."""

from scenarios.declare import Section, assumption, calibrated, literature, par


class Market(Section):
    """The market as a whole."""

    prospects_per_day: float = par(
        30.0, unit="prospects/working day", ge=0.001, le=100_000, plausible=(3, 5000), source=assumption("A2")
    )
    """How many new prospects appear in the market on an average day, all segments together."""
    climate_sd: float = par(0.12, unit="log points", ge=0, le=1, plausible=(0.05, 0.25), source=assumption("A3"))
    """Standard deviation of the business climate, which multiplies the number of prospects."""
    climate_half_life_d: float = par(
        126.0, unit="working days", ge=0.01, le=5000, plausible=(42, 504), source=assumption("A3")
    )
    """How long a good or bad climate takes to fade by half."""
    turbulence: float = par(1.0, unit="x", ge=0, le=20, plausible=(0, 5), source=assumption("A4"))
    """Multiplies how fast needs drift and how often they jump; 0 is a market that stands still."""
    drift_per_quarter: float = par(0.35, unit="need units", ge=0, le=5, plausible=(0.1, 0.5), source=assumption("A4"))
    """Standard deviation of a segment's need after a quarter of drifting, on each of two axes.

    One need unit is the distance at which a message loses about 40 % of its relevance.
    """
    jumps_per_year: float = par(1.0, unit="jumps/year", ge=0, le=50, plausible=(0, 2), source=assumption("A4"))
    """How often a segment's need jumps (a new rule, a new technology, a new rival)."""
    jump_size: float = par(1.5, unit="need units", ge=0, le=10, plausible=(0.5, 2), source=assumption("A4"))
    """How far a need jumps."""
    need_spread: float = par(0.5, unit="need units", ge=0, le=5, plausible=(0.2, 1), source=assumption("A5"))
    """How far prospects' own needs scatter around their segment's need, on each axis."""
    share_ready: float = par(
        0.26, unit="share", ge=0, le=1, plausible=(0.16, 0.36), source=literature("facts 1.2, Johnny Grow")
    )
    """Share of prospects that have a project when they appear."""
    share_never_fit: float = par(
        0.25, unit="share", ge=0, le=1, plausible=(0.15, 0.35), source=literature("facts 1.2, Johnny Grow")
    )
    """Share of prospects that will never have a project for this company; the rest have one later."""
    project_lag_d: float = par(
        170.0, unit="working days", ge=0.01, le=2000, plausible=(60, 260), source=literature("facts 1.2, 6-11 months")
    )
    """Mean wait until the project of a later prospect starts (exponential)."""
    rivals_sd: float = par(0.2, unit="logits", ge=0, le=5, plausible=(0, 0.5), source=assumption("A240"))
    """Spread of what rivals' moves (prices, products, campaigns) take from the log-odds of a win in a segment."""
    rivals_half_life_d: float = par(
        126.0, unit="working days", ge=0.01, le=5000, plausible=(21, 378), source=assumption("A240")
    )
    """How long half of such a move lasts."""
    quality_ready: float = par(1.3, unit="sd of quality", ge=-5, le=5, plausible=(0.9, 1.7), source=assumption("A5"))
    """Quality of an average prospect with a project; over all prospects quality has mean 0 and deviation 1."""
    quality_later: float = par(-0.2, unit="sd of quality", ge=-5, le=5, plausible=(-0.5, 0.2), source=assumption("A5"))
    """Quality of an average prospect whose project is still to come."""
    quality_never_fit: float = par(
        -1.1, unit="sd of quality", ge=-5, le=5, plausible=(-1.5, -0.8), source=assumption("A5")
    )
    """Quality of an average prospect that never fits."""
    quality_spread: float = par(0.5, unit="sd of quality", ge=0, le=2, plausible=(0.3, 0.7), source=assumption("A5"))
    """How much prospects of the same kind differ in quality."""
    looks: float = par(2.0, unit="looks/window", ge=0.01, le=1000, plausible=(1, 5), source=assumption("A160"))
    """How often a prospect looks around for suppliers while it is in the market; it cannot notice us more often."""
    interest_half_life_d: float = par(
        30.0, unit="working days", ge=0.01, le=1000, plausible=(10, 60), source=assumption("A6")
    )
    """How long interest takes to halve when nobody talks to the prospect."""


class Segment(Section):
    """A group of buyers who need much the same and buy in much the same way."""

    weight: float = par(1.0, unit="-", ge=0.001, le=1e6, plausible=(0.01, 100), source=assumption("A7"))
    """Relative number of prospects in this segment."""
    deal_value_eur: float = par(
        25_000.0,
        unit="EUR/year",
        ge=1,
        le=1e9,
        plausible=(500, 500_000),
        source=literature("facts 1.4, Bridge Group 2017"),
    )
    """Median value of a first contract."""
    deal_value_sigma: float = par(0.8, unit="log points", ge=0, le=3, plausible=(0.2, 1.2), source=assumption("A8"))
    """Spread of contract values (standard deviation of the logarithm)."""
    buyers: float = par(
        3.0, unit="people", ge=1, le=50, plausible=(1, 12), source=literature("facts 1.2, Forrester: 4+ buyers in 60 %")
    )
    """Mean number of people in the buying group."""
    selling_h: float = par(
        12.0, unit="hours", ge=0.01, le=2000, plausible=(1, 120), source=literature("facts 1.5, consistency check")
    )
    """Selling hours one deal takes with one buyer; each further buyer adds a fifth."""
    buyer_pace_d: float = par(
        8.0, unit="working days", ge=0.01, le=500, plausible=(0.5, 40), source=literature("facts 1.4, cycle length")
    )
    """Mean time the buying group takes to be ready for its next step."""
    steps: int = par(2, unit="steps", ge=1, le=50, plausible=(1, 8), source=assumption("A9"))
    """Steps of a purchase with one buyer; each further buyer adds one."""
    patience_d: float = par(130.0, unit="working days", ge=0.01, le=5000, plausible=(30, 500), source=assumption("A10"))
    """Median time from the start of a project until the prospect has bought elsewhere."""
    price_sensitivity: float = par(
        2.0, unit="logits per price", ge=0, le=50, plausible=(1, 10), source=literature("facts 4, Bijmolt et al. 2005")
    )
    """How much the log-odds of a win rise when the whole price is given away (10 % off gives a tenth)."""
    competition: float = par(
        1.8, unit="logits", ge=-10, le=10, plausible=(-2, 3), source=calibrated("V20, win rate 15-35 %")
    )
    """What rivals take from the log-odds of a win."""
    complexity: float = par(1.0, unit="x", ge=0, le=10, plausible=(0, 3), source=assumption("A11"))
    """How much understanding the need weighs in a win; 0 is a commodity."""
    growth_per_year: float = par(
        0.0, unit="share/year", ge=-0.9, le=5, plausible=(-0.2, 0.5), source=assumption("A172")
    )
    """Growth of this segment's number of prospects; yesterday's segments shrink, tomorrow's grow."""
    prepared: float = par(1.0, unit="share", ge=0, le=1, plausible=(0.3, 1), source=assumption("A172"))
    """How well the company is prepared for this segment on the first day; little for tomorrow's."""
    p_bad_debt: float = par(0.04, unit="probability", ge=0, le=1, plausible=(0, 0.1), source=assumption("A12"))
    """Probability that a customer of ordinary credit never pays its first contract."""
    season_amplitude: float = par(0.0, unit="share", ge=0, le=1, plausible=(0, 0.4), source=assumption("A119"))
    """How much more prospects than on average appear at the height of the season, and how much fewer half a year on."""
    season_peak_d: int = par(0, unit="working days", ge=0, le=251, plausible=(0, 251), source=assumption("A119"))
    """Day of the year on which the season is at its height."""


class Channel(Section):
    """A way prospects come to know the company."""

    spend_share: float = par(1.0, unit="-", ge=0, le=1e6, plausible=(0, 100), source=assumption("A13"))
    """Relative share of the programme budget."""
    contacts_max: float = par(0.6, unit="contacts/prospect", ge=0, le=100, plausible=(0, 5), source=assumption("A13"))
    """Contacts a prospect with a project would have in its window if spending knew no limit."""
    half_spend_eur: float = par(20.0, unit="EUR/prospect", ge=0, le=1e6, plausible=(0, 500), source=assumption("A13"))
    """Spend per prospect at which half of those contacts happen; 0 for a channel that costs nothing."""
    hill_slope: float = par(1.0, unit="-", ge=0.01, le=10, plausible=(0.7, 2), source=literature("facts 8, Hill slope"))
    """Steepness of the rise: up to 1 each EUR brings less than the last one; above 1 a little money brings nothing."""
    retention_per_week: float = par(
        0.5, unit="share", ge=0, lt=1, plausible=(0.1, 0.9), source=literature("facts 4, retention per week")
    )
    """Share of a week's spending that is still at work a week later (adstock)."""
    brand_share: float = par(0.0, unit="share", ge=0, le=1, plausible=(0, 1), source=assumption("A161"))
    """Part of the spending that makes the company known instead of bringing leads now."""
    pull_later: float = par(0.6, unit="x", ge=0, le=10, plausible=(0, 4), source=assumption("A14"))
    """Contacts of prospects whose project is still to come, relative to those with a project."""
    pull_never_fit: float = par(0.6, unit="x", ge=0, le=10, plausible=(0, 4), source=assumption("A14"))
    """Contacts of prospects that never fit, relative to those with a project."""
    first_interest: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.9), source=assumption("A14"))
    """Interest of a prospect that answers through this channel, 0 to 1."""
