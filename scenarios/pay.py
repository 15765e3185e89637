"""What people earn, and for what."""

from typing import Literal

from scenarios.declare import Section, assumption, literature, par


class SalesPay(Section):
    """Pay of the reps."""

    scheme: Literal["salary", "commission", "margin_commission", "quota_bonus", "accelerator"] = par(
        "quota_bonus", unit="-", source=literature("facts 3, suggested schemes")
    )
    """What variable pay follows: nothing (all of it is salary), revenue, margin, or a quota.

    A quota either has a bonus for reaching it, or a higher rate above it (accelerator).
    """
    account_executive_base_eur: float = par(
        75_000.0, unit="EUR/year", ge=0, le=1e7, plausible=(10_000, 150_000), source=literature("facts 1.6, OTE 50/50")
    )
    """Base salary of an account executive."""
    account_executive_variable_eur: float = par(
        75_000.0, unit="EUR/year", ge=0, le=1e7, plausible=(5_000, 150_000), source=literature("facts 1.6, OTE 50/50")
    )
    """Variable pay of an account executive who makes the quota."""
    sdr_base_eur: float = par(
        50_000.0,
        unit="EUR/year",
        ge=0,
        le=1e7,
        plausible=(8_000, 80_000),
        source=literature("facts 1.6, SDR 65/35-70/30"),
    )
    """Base salary of an SDR."""
    sdr_variable_eur: float = par(
        25_000.0,
        unit="EUR/year",
        ge=0,
        le=1e7,
        plausible=(2_000, 40_000),
        source=literature("facts 1.6, SDR 65/35-70/30"),
    )
    """Variable pay of an SDR who makes the target of qualified leads."""
    quota_eur_per_quarter: float = par(
        150_000.0,
        unit="EUR/quarter",
        ge=1,
        le=1e10,
        plausible=(10_000, 500_000),
        source=literature("facts 1.6, quota 4-5 x OTE"),
    )
    """Quota of one account executive in the first quarter; later quotas follow from the three forecasts."""
    sdr_target_per_quarter: float = par(
        25.0, unit="SQL/quarter", ge=0.01, le=1e5, plausible=(5, 300), source=assumption("A30")
    )
    """Qualified leads an SDR must deliver in a quarter to earn the full variable pay."""
    sdr_cap: float = par(1.5, unit="x", ge=1, le=100, plausible=(1, 3), source=assumption("A281"))
    """Leads of an SDR relative to that target beyond which nothing more is paid."""
    quota_bonus_share: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A31"))
    """Part of the variable pay that is a lump sum for reaching quota (scheme quota_bonus); the rest is commission."""
    margin_share: float = par(0.0, unit="share", ge=0, le=1, plausible=(0, 1), source=assumption("A291"))
    """Part of the commission that is counted by margin instead of revenue (all of it in scheme margin_commission)."""
    bonus_and_accelerator: bool = par(False, unit="-", source=assumption("A291"))
    """Whether the scheme quota_bonus also pays the higher rate above quota."""
    bonus_period: Literal["quarter", "year"] = par("quarter", unit="-", source=literature("facts 1.7, largest in 12"))
    """Over what time the quota of schemes quota_bonus and accelerator, and a cap, are counted."""
    cap: float | None = par(
        None, unit="x", ge=0.1, le=100, plausible=(1, 3), source=literature("facts 3, Misra & Nair")
    )
    """Results relative to quota beyond which nothing more is paid; null for no cap."""
    accelerator: float = par(
        1.5, unit="x", ge=1, le=10, plausible=(1.2, 2.5), source=literature("facts 1.6, accelerators")
    )
    """Commission rate above quota relative to below it (scheme accelerator, and quota_bonus where it pays both)."""


class MarketingPay(Section):
    """Pay of the marketers."""

    scheme: Literal["fixed", "mql", "accepted", "pipeline", "revenue", "mix"] = par(
        "mql", unit="-", source=literature("facts 3, suggested schemes")
    )
    """What variable pay follows: leads handed over, projects among them, pipeline, revenue, or a mix of the four.

    Fixed: it follows nothing and is salary.
    """
    base_eur: float = par(60_000.0, unit="EUR/year", ge=0, le=1e7, plausible=(8_000, 120_000), source=assumption("A32"))
    """Base salary of a marketer."""
    variable_eur: float = par(10_000.0, unit="EUR/year", ge=0, le=1e7, plausible=(0, 40_000), source=assumption("A32"))
    """Variable pay of a marketer who makes the target."""
    mix_mql: float = par(1.0, unit="x", ge=0, le=100, plausible=(0, 3), source=assumption("A291"))
    """Weight of leads handed over in a mix, relative to its other parts."""
    mix_accepted: float = par(1.0, unit="x", ge=0, le=100, plausible=(0, 3), source=assumption("A291"))
    """The same of projects among them."""
    mix_pipeline: float = par(1.0, unit="x", ge=0, le=100, plausible=(0, 3), source=assumption("A291"))
    """The same of pipeline."""
    mix_revenue: float = par(1.0, unit="x", ge=0, le=100, plausible=(0, 3), source=assumption("A291"))
    """The same of revenue."""
    mql_target_per_quarter: float = par(
        300.0, unit="MQL/quarter", ge=0.01, le=1e7, plausible=(10, 100_000), source=assumption("A33")
    )
    """Leads Marketing as a whole must hand over in the first quarter."""
    project_share_target: float = par(
        0.15, unit="share", ge=0.001, le=1, plausible=(0.05, 0.5), source=assumption("A33")
    )
    """Share of the leads due that should turn out to be projects (schemes accepted and mix)."""
    pipeline_target: float = par(
        2.0, unit="x", ge=0.01, le=100, plausible=(0.5, 5), source=literature("facts 1.5, pipeline coverage")
    )
    """Pipeline due from Marketing relative to the sales target (schemes pipeline and mix)."""
    upstream_target_h: float = par(
        150.0, unit="hours/quarter", ge=0.01, le=2000, plausible=(60, 300), source=assumption("A33")
    )
    """Hours of preparing tomorrow's business due from an upstream marketer who is measured by the long run."""
    win_share: float = par(0.2, unit="share", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A120"))
    """Part of the pay for a win from a marketing lead that is due to its marketer where credit is shared in full."""
    attainment_max: float = par(1.5, unit="x", ge=1, le=10, plausible=(1, 2), source=assumption("A33"))
    """Attainment above which variable pay does not rise."""


class Pay(Section):
    """Pay of both sides."""

    sales: SalesPay = SalesPay()
    marketing: MarketingPay = MarketingPay()
    manager_eur: float = par(
        130_000.0, unit="EUR/year", ge=0, le=1e7, plausible=(20_000, 300_000), source=assumption("A32")
    )
    """Pay of a manager."""
    on_cost: float = par(1.25, unit="x", ge=1, le=3, plausible=(1.1, 1.5), source=assumption("A34"))
    """What a person costs the company relative to the pay."""
