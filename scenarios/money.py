"""The company's money."""

from scenarios.declare import Section, assumption, literature, par


class Money(Section):
    """Budget, margin, discount authority and the price of practices."""

    programme_eur_per_year: float = par(
        800_000.0,
        unit="EUR/year",
        ge=0,
        le=1e12,
        plausible=(10_000, 100_000_000),
        source=literature("facts 1.6, marketing 6-13 % of revenue"),
    )
    """What Marketing spends outside on its channels."""
    gross_margin: float = par(0.75, unit="share", gt=0, le=1, plausible=(0.3, 0.9), source=assumption("A40"))
    """Share of the list price that remains after delivering the product."""
    discount_max: float = par(
        0.2, unit="share", ge=0, le=0.9, plausible=(0, 0.3), source=literature("facts 8, quarter-end discount")
    )
    """Largest discount a rep may give."""
    crm_eur_per_year: float = par(
        1_500.0, unit="EUR/person/year", ge=0, le=1e6, plausible=(500, 4000), source=assumption("A41")
    )
    """Price of full CRM coverage per rep and marketer; coverage costs in proportion."""
    tracking_eur_per_year: float = par(
        10_000.0, unit="EUR/year", ge=0, le=1e8, plausible=(2_000, 50_000), source=assumption("A41")
    )
    """Reports and tools for following up an agreement."""
    joint_planning_eur_per_year: float = par(
        20_000.0, unit="EUR/year", ge=0, le=1e8, plausible=(5_000, 100_000), source=assumption("A41")
    )
    """Workshops and moderation of joint planning."""
    automation_eur_per_year: float = par(
        20_000.0, unit="EUR/year", ge=0, le=1e8, plausible=(5_000, 100_000), source=assumption("A41")
    )
    """Licence of software that scores, hands over and nurtures leads."""
    target_growth: float = par(0.05, unit="share/quarter", ge=-0.5, le=1, plausible=(0, 0.15), source=assumption("A42"))
    """Growth that finance asks of every quarter's target."""
