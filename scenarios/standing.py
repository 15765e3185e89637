"""What Marketing's past and its place in the company do to its standing. Not the company's choice."""

from scenarios.declare import Section, assumption, par


class Standing(Section):
    """Laws of a department that grew out of another one, or only advises it."""

    carved_out: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A287"))
    """Share of its standing that Marketing lacks on the first day where it grew out of Sales."""
    half_life_d: float = par(
        504.0, unit="working days", ge=0.01, le=1e5, plausible=(126, 1260), source=assumption("A287")
    )
    """How long Marketing takes to earn half of that."""
    known_of_old: float = par(0.2, unit="share", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A288"))
    """Share of what trust lacks on the first day that those who were colleagues do not lack, both ways."""
    resented: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A288"))
    """Share of both sides' accounts of the first day that the parting has cost: one lost power, the other lacks it."""
    adviser: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.7), source=assumption("A289"))
    """Share of its standing that Marketing lacks where it only advises; half of it where it needs consent."""
    consent_h: float = par(8.0, unit="hours", ge=0, le=500, plausible=(2, 30), source=assumption("A289"))
    """Marketer's time to carry a design through Sales where it only advises; half of it where it needs consent."""
    consent_every_d: int = par(21, unit="working days", ge=1, le=2520, plausible=(5, 63), source=assumption("A289"))
    """Days from one look of Sales at what campaigns say to the next, where it has a say in it."""
