"""How people take up what is changed while they work."""

from scenarios.declare import Section, assumption, par


class Change(Section):
    """Laws of change. Not the company's choice."""

    learnt_d: float = par(42.0, unit="working days", ge=0.01, le=2520, plausible=(10, 126), source=assumption("A244"))
    """Working days in which people who owe each other half of everything come to do 63 % of what is new."""
    by_training_h: float = par(0.1, unit="x/hour", ge=0, le=10, plausible=(0, 0.4), source=assumption("A244"))
    """How much faster, for each hour of joint training a quarter."""
    setup_h: float = par(3.0, unit="hours/person", ge=0, le=200, plausible=(1, 16), source=assumption("A245"))
    """Time of everybody for each lever that is changed."""
    setup_eur: float = par(5_000.0, unit="EUR", ge=0, le=1e9, plausible=(1_000, 50_000), source=assumption("A245"))
    """What each lever that is changed costs at once, in advice, tools and contracts."""
    setup_h_per_day: float = par(1.0, unit="hours/day", ge=0.01, le=24, plausible=(0.5, 3), source=assumption("A278"))
    """Hours a day that everybody gives to what is changed, until that is done."""
    learnt_enough: float = par(0.99, unit="share", ge=0.001, le=1, plausible=(0.95, 1), source=assumption("A278"))
    """Share of what is new that counts as all of it, once it is learnt."""
