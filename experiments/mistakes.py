"""Mistakes in what was asked for, told in one sentence."""


class Mistake(ValueError):
    """What was asked for cannot be done; `str()` is one sentence that says why and what is allowed."""
