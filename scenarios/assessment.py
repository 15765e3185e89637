"""How people answer a questionnaire about working with the other side."""

from scenarios.declare import Section, assumption, par


class Assessment(Section):
    """Laws of answering."""

    halo: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.1, 0.4), source=assumption("A210"))
    """Weight of a person's trust in the other side in every answer; the rest is what was to be seen."""
    slight: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A210"))
    """Share of the other side's efforts that people overlook; they see all of their own."""
    noise: float = par(0.6, unit="points of 1 to 5", ge=0, le=4, plausible=(0.3, 1), source=assumption("A210"))
    """Standard deviation of single answers around what a person means."""
