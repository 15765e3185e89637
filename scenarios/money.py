"""The company's money."""

from scenarios.declare import Section, assumption, literature, par


class Money(Section):
    """Budget, discounts, credit and the price of practices."""

    programme_eur_per_year: float = par(
        800_000.0,
        unit="EUR/year",
        ge=0,
        le=1e12,
        plausible=(10_000, 100_000_000),
        source=literature("facts 1.6, marketing 6-13 % of revenue"),
    )
    """What Marketing spends outside on its channels."""
    sales_support_eur_per_year: float = par(
        0.0, unit="EUR/year", ge=0, le=1e12, plausible=(0, 10_000_000), source=assumption("A170")
    )
    """What is spent on assistants, data and tools for reps; they take over administration."""
    half_support_eur: float = par(
        12_000.0, unit="EUR/rep/year", ge=1, le=1e7, plausible=(3_000, 40_000), source=assumption("A170")
    )
    """Support per rep and year that takes over half of what can be taken over."""
    support_saves_most: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A170"))
    """Share of reps' administration that can be taken over at all."""
    budget_step: float = par(0.05, unit="share/quarter", ge=0, le=1, plausible=(0.02, 0.2), source=assumption("A171"))
    """Share of the money, or of the way to what is asked for, by which the split may move in a quarter."""
    most_for_sales: float = par(0.6, unit="share", ge=0, le=1, plausible=(0.3, 0.9), source=assumption("A279"))
    """Share of the money that Sales can get at most: some of the programme is contracted, or nobody would sell without
    it."""
    discount_max: float = par(
        0.2, unit="share", ge=0, le=0.9, plausible=(0, 0.3), source=literature("facts 8, quarter-end discount")
    )
    """Largest discount a rep may give alone."""
    discount_approved_max: float = par(0.2, unit="share", ge=0, le=0.9, plausible=(0, 0.5), source=assumption("A117"))
    """Largest discount with a manager's approval, which takes time; none if below the above."""
    credit_check: float = par(0.0, unit="share", ge=0, le=1, plausible=(0, 1), source=literature("facts 9, credit"))
    """How strictly finance looks at buyers' credit before they sign; 0 not at all. Takes fees, time and some sales."""
    credit_check_eur: float = par(150.0, unit="EUR/check", ge=0, le=1e5, plausible=(20, 500), source=assumption("A116"))
    """Fee of one full credit check."""
    bad_debt_tolerated: float = par(
        0.02,
        unit="share",
        ge=0.001,
        le=1,
        plausible=(0.005, 0.05),
        source=literature("facts 9, credit department tightens"),
    )
    """Share of a quarter's new contracts gone bad above which finance tightens its checks for everyone."""
    crm_eur_per_year: float = par(
        1_500.0, unit="EUR/person/year", ge=0, le=1e6, plausible=(500, 4000), source=assumption("A41")
    )
    """Price of full CRM coverage per rep and marketer; coverage costs in proportion."""
    crm_upkeep_eur_per_year: float = par(
        30_000.0, unit="EUR/year", ge=0, le=1e8, plausible=(10_000, 80_000), source=assumption("A41")
    )
    """Upkeep of a CRM that covers everything (administration, interfaces), whatever the number of people; likewise."""
    tracking_eur_per_year: float = par(
        12_000.0, unit="EUR/year", ge=0, le=1e8, plausible=(2_000, 50_000), source=assumption("A41")
    )
    """Reports and tools for following up an agreement."""
    joint_planning_eur_per_year: float = par(
        20_000.0, unit="EUR/year", ge=0, le=1e8, plausible=(5_000, 100_000), source=assumption("A41")
    )
    """Workshops and moderation of joint planning."""
    automation_eur_per_year: float = par(
        25_000.0, unit="EUR/year", ge=0, le=1e8, plausible=(5_000, 100_000), source=assumption("A41")
    )
    """Licence of software that scores, hands over and nurtures leads."""
    target_growth: float = par(0.02, unit="share/quarter", ge=-0.5, le=1, plausible=(0, 0.15), source=assumption("A42"))
    """Growth that finance asks of every quarter's target."""
    over_assigned: float = par(1.15, unit="x", ge=0.5, le=3, plausible=(1, 1.3), source=assumption("A243"))
    """All quotas together, relative to the sales target."""
    quota_by_history: float = par(0.5, unit="share", ge=0, le=1, plausible=(0, 1), source=assumption("A243"))
    """Part of a quota that follows what the rep has lately sold, where quotas are not planned jointly."""
    least_quota: float = par(0.2, unit="share", ge=0.001, le=1, plausible=(0.05, 0.5), source=assumption("A280"))
    """Share of the first quarter's quota that is asked at least; of a quota that anybody's results count at least."""
    forecast_forgiven: float = par(0.2, unit="share", ge=0, le=10, plausible=(0.05, 0.3), source=assumption("A247"))
    """Error of a forecast of Marketing's that nobody minds."""
    forecast_remembered: float = par(1.0, unit="x", ge=0, le=20, plausible=(0.3, 3), source=assumption("A247"))
    """Share of what Marketing's forecasts count that is lost, relative to the error of one that is worse."""
    forecast_regained: float = par(
        0.15, unit="share/quarter", ge=0, le=1, plausible=(0.05, 0.3), source=assumption("A247")
    )
    """Share of it that a good quarter brings back."""
    delivery_eur_per_year: float | None = par(
        None, unit="EUR/year", ge=0, le=1e12, plausible=(100_000, 1e9), source=literature("facts 9, feasible volume")
    )
    """Contracts that production and services can deliver well at a time; null for no such limit."""
