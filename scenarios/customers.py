"""What becomes of customers after they sign."""

from scenarios.declare import Section, assumption, literature, par


class Customers(Section):
    """Onboarding, satisfaction, renewal."""

    installed_base: int = par(
        150, unit="customers", ge=0, le=1_000_000, plausible=(0, 100_000), source=assumption("A50")
    )
    """Customers on the first day, with contract ends spread over the year."""
    contract_d: int = par(252, unit="working days", ge=1, le=5000, plausible=(63, 756), source=assumption("A51"))
    """Length of a contract."""
    onboarding_h: float = par(6.0, unit="hours", ge=0, le=2000, plausible=(0, 40), source=assumption("A52"))
    """Rep's hours that bring a new customer to its first success."""
    onboarding_window_d: int = par(42, unit="working days", ge=1, le=500, plausible=(10, 63), source=assumption("A52"))
    """Time in which those hours help."""
    renewal_at_best: float = par(
        0.93,
        unit="probability",
        ge=0,
        le=1,
        plausible=(0.8, 0.98),
        source=literature("facts 1.4, churn by contract value"),
    )
    """Probability that a satisfied customer renews."""
    renewal_at_worst: float = par(
        0.5,
        unit="probability",
        ge=0,
        le=1,
        plausible=(0.2, 0.7),
        source=literature("facts 1.4, churn x 1.5-2.5 for poor fit"),
    )
    """Probability that a disappointed customer renews."""
    renewal_pay_share: float = par(0.2, unit="share", ge=0, le=1, plausible=(0, 0.5), source=assumption("A53"))
    """Commission rate of a renewal relative to a new contract."""
    weight_match: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.3, 0.7), source=assumption("A54"))
    """Part of satisfaction that depends on the product having been sold to a need it meets."""
    weight_story: float = par(0.2, unit="share", ge=0, le=1, plausible=(0.1, 0.3), source=assumption("A54"))
    """Part that depends on the campaign having promised what the rep sold; the rest depends on onboarding."""
    installed_satisfaction: float = par(0.7, unit="share", ge=0, le=1, plausible=(0.4, 0.9), source=assumption("A50"))
    """Satisfaction of the customers of the first day."""
    complaints: float = par(0.8, unit="complaints/contract", ge=0, le=1, plausible=(0.2, 1), source=assumption("A121"))
    """Probability that a wholly disappointed customer complains before its contract ends; a content one never does."""
    complaint_h: float = par(3.0, unit="hours", ge=0, le=500, plausible=(0.5, 20), source=assumption("A121"))
    """Rep's hours that one complaint takes."""
    complaint_window_d: int = par(10, unit="working days", ge=1, le=250, plausible=(2, 21), source=assumption("A121"))
    """Days after which a complaint that nobody has looked after has done its harm."""
    complaint_mended: float = par(0.3, unit="share", ge=0, le=1, plausible=(0, 0.6), source=assumption("A121"))
    """Share of the missing satisfaction that a complaint looked after restores."""
    complaint_loss: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.8), source=assumption("A121"))
    """Share of satisfaction lost by one that was left."""
    expansion_at_best: float = par(0.3, unit="probability", ge=0, le=1, plausible=(0, 0.6), source=assumption("A122"))
    """Probability that a fully satisfied customer buys more when it renews."""
    expansion_share: float = par(0.25, unit="share", ge=0, le=10, plausible=(0.1, 0.6), source=assumption("A122"))
    """How much more it then buys."""
    advocate_from: float = par(0.8, unit="share", ge=0, le=1, plausible=(0.6, 0.95), source=assumption("A123"))
    """Satisfaction above which a customer recommends the company."""
    referrals: float = par(0.25, unit="probability", ge=0, le=1, plausible=(0, 0.8), source=assumption("A123"))
    """Probability that a fully satisfied customer recommends us when onboarding has ended, and at each renewal."""
    acquaintances: int = par(25, unit="prospects", ge=1, le=100_000, plausible=(5, 100), source=assumption("A286"))
    """Prospects of whom a customer thinks before it knows nobody to whom to recommend us."""
    referral_interest: float = par(0.75, unit="share", ge=0, le=1, plausible=(0.4, 0.95), source=assumption("A123"))
    """Interest of a prospect to whom a customer has recommended us."""
    leaves_early: float = par(0.15, unit="probability", ge=0, le=1, plausible=(0.03, 0.3), source=assumption("A52"))
    """Probability that a customer whom nothing satisfies gives up when the time for onboarding ends."""
