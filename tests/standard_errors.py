"""Agreement of a simulated number with a known answer, in standard errors, with a word on what would be noticed."""

import numpy as np

ALLOWED = 3.5  # standard errors; seeds are fixed, so going beyond is a change of the model and no bad luck


def assert_agrees(observed: float, expected: float, error: float, *, notices: float) -> None:
    """Observed and expected differ by at most 3.5 standard errors, and a theory wrong by `notices` would show.

    `notices` is relative to the expected value: with 0.1 the sample must be large enough to refuse, at the same
    strictness, a theory that is 10 % off.
    """
    assert 0 < 2 * ALLOWED * error <= notices * abs(expected), "the sample is too small to say anything"
    off = (observed - expected) / error
    assert abs(off) <= ALLOWED, f"{observed} is {off:.1f} standard errors from {expected}"


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """Mean of independent values and its standard error."""
    return float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values)))


def share_error(share: float, n: int) -> float:
    """Standard error of a share among n independent cases when the true share is `share`."""
    return float(np.sqrt(share * (1.0 - share) / n))
