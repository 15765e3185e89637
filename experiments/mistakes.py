"""Mistakes in what was asked for, told in one sentence."""


class Mistake(ValueError):
    """What was asked for cannot be done; `str()` is one sentence that says why and what is allowed."""


def check_least(name: str, value: int, least: int, why: str = "") -> None:
    """Raise Mistake unless a number of what is asked for is large enough; `why` may say what fewer would do."""
    if value < least:
        raise Mistake(f"{name} must be at least {least}, not {value}{f': {why}' if why else ''}")


def check_seed(seed: int) -> None:
    """Raise Mistake unless worlds may be numbered from `seed` on."""
    if not 0 <= seed < 2**62:
        raise Mistake(f"seed must be at least 0 and less than 2**62, not {seed}")
