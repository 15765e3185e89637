"""How long a run lasts and on which calendar."""

from scenarios.declare import Section, assumption, par

DAYS_PER_WEEK = 5
DAYS_PER_QUARTER = 63
DAYS_PER_YEAR = 252
QUARTERS_PER_YEAR = DAYS_PER_YEAR // DAYS_PER_QUARTER
CALENDAR_DAYS_PER_WORKING_DAY = 7 / 5


class RunLength(Section):
    """The horizon of one run."""

    quarters: int = par(8, unit="quarters", ge=1, le=80, plausible=(4, 20), source=assumption("A1"))
    """How many quarters are measured."""
    warm_up_quarters: int = par(1, unit="quarters", ge=0, le=20, plausible=(1, 4), source=assumption("A1"))
    """Quarters simulated before measuring begins, so that pipelines are not empty."""
