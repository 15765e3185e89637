"""Companies in which something is at rest, for laws that hold where nothing else interferes."""

VETERANS = {
    "people.ramp_executive_d": 0.0,
    "people.ramp_sdr_d": 0.0,
    "people.turnover_per_year": 0.0,
    "people.coaching_all_h_per_week": 0.0,
}
"""Everybody knows the job, needs no coaching, and stays."""

AT_PEACE = {"behaviour.conflict.outbreaks": 0.0, "behaviour.conflict.blame": 0.0}
"""Nobody quarrels, loses hours to it or resents the other side for it."""
