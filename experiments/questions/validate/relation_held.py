"""How people feel about each other, held still by parameters alone."""

from collections.abc import Mapping

_RATES = ("up", "down", "worked", "rotted", "told", "met", "informal")
TRUST_STILL: Mapping[str, float] = {
    **{f"behaviour.trust.{name}": 0.0 for name in _RATES},
    **{f"behaviour.together.{name}": 0.0 for name in ("liaison_trust", "rotation_trust", "training_trust")},
}
"""Nothing moves trust. Meetings and informal contact have one rate for trust and accounts: they move neither then."""
ACCOUNTS_STILL: Mapping[str, float] = {"behaviour.goodwill.pace": 0.0}
"""Nothing moves what people feel to owe each other."""


def held(level: float) -> dict[str, float]:
    """Trust and accounts at one level from the first day to the last."""
    return {
        **TRUST_STILL,
        **ACCOUNTS_STILL,
        "behaviour.trust.start": level,
        "behaviour.goodwill.start": level,
    }
